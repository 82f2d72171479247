//! `#[derive(KeySpace)]`.

use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::names::{CRATE, ENTITY, IN_KEY_SPACE, KEY_SPACE};
use crate::variants::{self, Variant};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Ident, Path, Type, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let krate = krate(&cx, input);
    let variants = variants(&cx, input);
    match cx.finish() {
        Ok(()) => expand(input, &krate, &variants),
        Err(faults) => stub(input, &krate, &variants, &faults),
    }
}

/// The path in `#[key_space(crate = "..")]`.
fn krate(cx: &Ctxt, input: &DeriveInput) -> Path {
    let mut krate = None;
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(KEY_SPACE)) {
        attr::each(cx, attr, IN_KEY_SPACE, |name, meta| {
            match name {
                CRATE => attr::set(cx, meta, &mut krate, attr::krate(meta)?),
                _ => return Ok(false),
            }
            Ok(true)
        });
    }
    krate.unwrap_or_else(|| parse_quote!(::monotable))
}

fn variants<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Vec<Variant<'a>> {
    let name = input.ident.unraw();
    attr::refuse_generics(cx, &input.generics, "a key space", "write one enum for each");
    let Data::Enum(data) = &input.data else {
        let message = format!(
            "a key space is an enum with a variant for each entity that shares the keys: `enum {name} {{ User(User), Org(Org) }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    let variants = variants::of(cx, data, "a key space", |variant| {
        attr::refuse(cx, &variant.attrs, &[ENTITY, KEY_SPACE], |name| {
            format!(
                "`{name}` stands above the enum or above the struct of an entity, and not above a variant"
            )
        });
    });
    if data.variants.len() < 2 {
        let message = format!(
            "key space `{name}` has {} of the entities that share the keys: it needs a variant for each, at least two",
            if data.variants.is_empty() { "none" } else { "only one" }
        );
        cx.error(&input.ident, message);
    }
    variants
}

fn expand(input: &DeriveInput, krate: &Path, variants: &[Variant<'_>]) -> TokenStream {
    let ident = &input.ident;
    let name = ident.unraw().to_string();
    let Some(first) = variants.first().map(|variant| variant.ty) else {
        return TokenStream::new();
    };
    let types: Vec<&Type> = variants.iter().map(|variant| variant.ty).collect();
    let first_entity = quote_spanned!(first.span()=> <#first as __m::Entity>::Stored);
    let names =
        types.iter().map(|ty| quote_spanned!(ty.span()=> <<#ty as __m::Entity>::Stored as __m::Shares<#ident>>::NAME));
    let from = variants::from(ident, variants);
    let (visit, make) = (variants::visit(ident, variants), variants::make(ident, variants));
    let entities = variants.iter().map(|variant| {
        let variant_ident = &variant.variant.ident;
        let entity = if variant.is_boxed { quote!(&**__entity) } else { quote!(__entity) };
        quote!(#ident::#variant_ident(__entity) => #entity,)
    });
    // By name, so that they are found whatever the span of the code around them.
    let (shared, table) = (quote!(__shared), quote!(__Table));
    let checks = types.iter().map(|ty| {
        quote_spanned! {ty.span()=>
            let () = <<#ty as __m::Entity>::Table as __m::SameTableAs<#table, #ty>>::IS;
            __m::assert_shared(#name, #shared, <#ty as __m::Entity>::DEF);
        }
    });
    let functions = functions(input, krate);
    quote! {
        #functions
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl __m::KeySpace for #ident {
                type Table = <#first_entity as __m::Entity>::Table;
                type First = #first_entity;
                const DEF: &'static __m::SpaceDef =
                    &__m::SpaceDef::new(#name, &[#(#names),*]);
            }
            #[automatically_derived]
            impl __m::KeySpaceImpl for #ident {
                #visit
                #make
                fn entity(&self) -> &(dyn ::core::any::Any + ::core::marker::Send + ::core::marker::Sync) {
                    match self {
                        #(#entities)*
                    }
                }
            }
            #(
                #[automatically_derived]
                impl __m::HoldsShared<#types> for #ident {
                    const DEF: &'static __m::SpaceDef = <#ident as __m::KeySpace>::DEF;
                    fn visit<__V: __m::VisitSpace>(__visit: __V) -> __V::Output {
                        __visit.space::<#ident>()
                    }
                }
            )*
            #(#from)*
            const _: () = {
                type #table = <#ident as __m::KeySpace>::Table;
                let #shared = <<#ident as __m::KeySpace>::First as __m::Entity>::DEF;
                #(#checks)*
            };
        };
    }
}

/// Returns the functions of the enum. They are outside of the `const _`, as those of an entity.
fn functions(input: &DeriveInput, krate: &Path) -> TokenStream {
    let (ident, vis) = (&input.ident, &input.vis);
    let m = quote!(#krate::__private);
    let name = ident.unraw();
    let doc = format!(
        " The keys of `{name}`. The requests that write begin at the entity in it, or at its key."
    );
    quote! {
        #[automatically_derived]
        #[allow(
            dead_code, private_bounds, private_interfaces, unused_qualifications,
            clippy::all, clippy::absolute_paths
        )]
        #[doc = #doc]
        impl #ident {
            /// The key that an item of any of the entities has. If it has several parts, they are given as a
            /// tuple.
            #vis fn key(
                parts: impl #m::IntoParts<#m::SpaceParts<#ident>>,
            ) -> #m::SpaceKey<#ident> {
                #m::SpaceKey::new(parts)
            }
            /// Reads the item with this key, whichever of the entities it is of.
            #vis fn get(
                parts: impl #m::IntoParts<#m::SpaceParts<#ident>>,
            ) -> #m::GetShared<#ident> {
                Self::key(parts).get()
            }
        }
    }
}

/// Returns the code for a key space with errors: the errors, and an implementation with the error type.
fn stub(
    input: &DeriveInput,
    krate: &Path,
    variants: &[Variant<'_>],
    faults: &Faults,
) -> TokenStream {
    if !input.generics.params.is_empty() {
        return faults.items();
    }
    let (ident, vis, error): (&Ident, _, _) = (&input.ident, &input.vis, Faults::error());
    let distinct = variants::distinct(variants);
    faults.stub(&quote! {
        use #krate::__private as __m;
        // Constants, because a constant of the error type can be called with any arguments.
        #[automatically_derived]
        #[allow(dead_code, missing_docs, non_upper_case_globals)]
        impl #ident {
            #vis const key: #error = #error;
            #vis const get: #error = #error;
        }
        #[automatically_derived]
        impl __m::KeySpace for #ident {
            type Table = #error;
            type First = #error;
            const DEF: &'static __m::SpaceDef = #error;
        }
        #[automatically_derived]
        impl __m::KeySpaceImpl for #ident {
            fn visit<__V: __m::Visit>(&self, _: __V) -> __V::Output {
                loop {}
            }
            fn make<__M: __m::Make>(_: usize, _: __M) -> __m::Result<Self> {
                loop {}
            }
            fn entity(&self) -> &(dyn ::core::any::Any + ::core::marker::Send + ::core::marker::Sync) {
                loop {}
            }
        }
        // The error may be in the list of entities.
        #[automatically_derived]
        impl<__E> __m::HoldsShared<__E> for #ident {
            const DEF: &'static __m::SpaceDef = #error;
            fn visit<__V: __m::VisitSpace>(_: __V) -> __V::Output {
                loop {}
            }
        }
        #(
            #[automatically_derived]
            impl ::core::convert::From<#distinct> for #ident {
                fn from(_: #distinct) -> Self {
                    loop {}
                }
            }
        )*
    })
}
