//! Enums whose variants hold entities: those of tables and of key spaces.

use crate::ctxt::Ctxt;
use crate::types::{argument_of, shown};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{DataEnum, Fields, Type};

/// A variant and the entity that it holds.
pub(crate) struct Variant<'a> {
    pub(crate) variant: &'a syn::Variant,
    pub(crate) ty: &'a Type,
    /// Whether the variant holds a `Box` of the entity.
    pub(crate) is_boxed: bool,
}

/// Reads the variants of an enum. `what` is the enum, for messages, and `check` checks each variant.
pub(crate) fn of<'a>(
    cx: &Ctxt,
    data: &'a DataEnum,
    what: &str,
    check: impl Fn(&syn::Variant),
) -> Vec<Variant<'a>> {
    let variants = data.variants.iter().filter_map(|variant| {
        check(variant);
        entity(cx, variant, what)
    });
    let variants: Vec<_> = variants.collect();
    for (at, entity) in variants.iter().enumerate() {
        let same = |before: &&Variant<'_>| {
            before.ty.to_token_stream().to_string() == entity.ty.to_token_stream().to_string()
        };
        if let Some(before) = variants.iter().take(at).find(same) {
            let message = format!(
                "`{}` and `{}` hold the same entity: keep one of them",
                before.variant.ident, entity.variant.ident
            );
            cx.error(&entity.variant.ident, message);
        }
    }
    variants
}

/// The entity of a variant that holds just that.
fn entity<'a>(cx: &Ctxt, variant: &'a syn::Variant, what: &str) -> Option<Variant<'a>> {
    let ty: Option<&Type> = match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            fields.unnamed.first().map(|field| &field.ty)
        }
        _ => None,
    };
    if ty.is_none() {
        let name = &variant.ident;
        let message = format!("a variant of {what} holds one entity: write `{name}({name})`");
        cx.error(variant, message);
    }
    ty.map(|ty| match argument_of(ty, "Box") {
        Some(inner) => Variant { variant, ty: unwrapped(cx, variant, inner, what), is_boxed: true },
        None => Variant { variant, ty: unwrapped(cx, variant, ty, what), is_boxed: false },
    })
}

/// Types that a user might put around the entity of a variant, and that are refused. Only one `Box` is not.
const WRAPPERS: &[&str] = &["Box", "Arc", "Rc", "Option", "Vec"];

/// The entity, which is not to be in anything else.
fn unwrapped<'a>(cx: &Ctxt, variant: &syn::Variant, ty: &'a Type, what: &str) -> &'a Type {
    let mut inner = ty;
    while let Some(wrapped) = WRAPPERS.iter().find_map(|name| argument_of(inner, name)) {
        inner = wrapped;
    }
    if !std::ptr::eq(inner, ty) {
        let message = format!(
            "a variant of {what} holds the entity itself, or a `Box` of it: write `{}({})`",
            variant.ident,
            shown(inner)
        );
        cx.error(ty, message);
    }
    inner
}

/// Returns the conversions from the entities to the enum.
pub(crate) fn from(ident: &Ident, variants: &[Variant<'_>]) -> impl Iterator<Item = TokenStream> {
    variants.iter().map(move |entity| {
        let (variant, ty) = (&entity.variant.ident, entity.ty);
        let value = if entity.is_boxed { quote!(__m::boxed(__entity)) } else { quote!(__entity) };
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#ty> for #ident {
                fn from(__entity: #ty) -> Self {
                    #ident::#variant(#value)
                }
            }
        }
    })
}

/// Returns the function that visits the entity. It uses every variant's field, so that an enum whose items are
/// never read mixed raises no warning about dead code.
pub(crate) fn visit(ident: &Ident, variants: &[Variant<'_>]) -> TokenStream {
    let arms = variants.iter().map(|entity| {
        let (variant, visit) = (&entity.variant.ident, as_variant(entity.ty, "visit"));
        quote!(#ident::#variant(__entity) => #visit(__entity, __visit),)
    });
    quote! {
        fn visit<__V: __m::Visit>(&self, __visit: __V) -> __V::Output {
            match self {
                #(#arms)*
            }
        }
    }
}

/// Returns the function that makes the variant with this number.
pub(crate) fn make(ident: &Ident, variants: &[Variant<'_>]) -> TokenStream {
    let last = variants.len() - 1;
    let arms = variants.iter().enumerate().map(|(at, entity)| {
        let (variant, make) = (&entity.variant.ident, as_variant(entity.ty, "make"));
        // The number is that of a variant.
        let number = Literal::usize_unsuffixed(at);
        let number = if at == last { quote!(_) } else { quote!(#number) };
        let made = quote!(#make(__make));
        let made = if entity.is_boxed {
            quote!(::core::result::Result::map(#made, __m::boxed))
        } else {
            made
        };
        quote!(#number => ::core::result::Result::map(#made, #ident::#variant),)
    });
    quote! {
        fn make<__M: __m::Make>(__entity: usize, __make: __M) -> __m::Result<Self> {
            match __entity {
                #(#arms)*
            }
        }
    }
}

/// A function of core for an entity. It names the entity's trait once, as all else that a table
/// asks of a variant, so that a type which is no entity is one error.
fn as_variant(ty: &Type, function: &str) -> TokenStream {
    let function = Ident::new(function, ty.span());
    quote_spanned! {ty.span()=>
        <<#ty as __m::Entity>::Stored as __m::Variant<#ty>>::#function
    }
}

/// Returns the types of the entities, each once.
pub(crate) fn distinct<'a>(variants: &[Variant<'a>]) -> Vec<&'a Type> {
    let mut names = Vec::new();
    let mut distinct = Vec::new();
    for entity in variants {
        let name = entity.ty.to_token_stream().to_string();
        if !names.contains(&name) {
            names.push(name);
            distinct.push(entity.ty);
        }
    }
    distinct
}
