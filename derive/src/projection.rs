//! `#[derive(Projection)]`.

use crate::attr;
use crate::ctxt::{Ctxt, Faults};
use crate::field::{markers, module};
use crate::names::{CRATE, FIELD, IN_PROJECTED_FIELD, IN_PROJECTION, OF, PROJECTION};
use crate::spans;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Ident, Path, Type, parse_quote};

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::default();
    let attrs = Attrs::parse(&cx, input);
    let fields = fields(&cx, input);
    match (cx.finish(), &attrs.of) {
        (Ok(()), Some(of)) => expand(input, &attrs, of, &fields),
        (Err(faults), _) => stub(input, &attrs, &faults),
        // Without `of`, there is an error.
        (Ok(()), None) => TokenStream::new(),
    }
}

/// The options in `#[projection(..)]` of the struct.
#[derive(Default)]
struct Attrs {
    of: Option<Path>,
    krate: Option<Path>,
}

impl Attrs {
    fn parse(cx: &Ctxt, input: &DeriveInput) -> Self {
        let mut attrs = Attrs::default();
        let before = cx.is_clean();
        for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(PROJECTION)) {
            attr::each(cx, attr, IN_PROJECTION, |name, meta| {
                match name {
                    OF => attr::set(cx, meta, &mut attrs.of, attr::type_path(meta, "Order")?),
                    CRATE => attr::set(cx, meta, &mut attrs.krate, attr::krate(meta)?),
                    _ => return Ok(false),
                }
                Ok(true)
            });
        }
        if attrs.of.is_none() && before == cx.is_clean() {
            let message = "a projection says which entity it is of: add `#[projection(of = Order)]` with the entity";
            cx.error(&input.ident, message);
        }
        attrs
    }

    fn krate(&self) -> Path {
        self.krate.clone().unwrap_or_else(|| parse_quote!(::monotable))
    }
}

/// A field of the struct.
struct Field<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    /// The entity's constant for the field, such as `TOTAL`.
    constant: Ident,
}

fn fields<'a>(cx: &Ctxt, input: &'a DeriveInput) -> Vec<Field<'a>> {
    let name = input.ident.unraw();
    let own = "write a struct for each entity";
    attr::refuse_generics(cx, &input.generics, "a projection", own);
    let Data::Struct(data) = &input.data else {
        let message = format!(
            "a projection is a struct with some fields of an entity: `struct {name} {{ total: u32, .. }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    let syn::Fields::Named(named) = &data.fields else {
        let message = format!(
            "the fields of a projection have the names of the entity's fields: write `struct {name} {{ total: u32, .. }}`"
        );
        cx.error(&input.ident, message);
        return Vec::new();
    };
    if named.named.is_empty() {
        let message =
            format!("`{name}` has no field: add some of the entity's, such as `total: u32`");
        cx.error(&input.ident, message);
    }
    let fields = named.named.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let named = entity_field(cx, field).unwrap_or_else(|| ident.clone());
        let constant = named.unraw().to_string().to_uppercase();
        let constant = Ident::new(&constant, named.span());
        Some(Field { ident, ty: &field.ty, constant })
    });
    fields.collect()
}

/// The name in `#[projection(field = name)]`, if there is one.
fn entity_field(cx: &Ctxt, field: &syn::Field) -> Option<Ident> {
    let mut named = None;
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident(PROJECTION)) {
        attr::each(cx, attr, IN_PROJECTED_FIELD, |name, meta| {
            if name != FIELD {
                return Ok(false);
            }
            let message = "`field` takes the name of the entity's field: `field = total`";
            let value = meta.value().and_then(|value| value.call(Ident::parse_any));
            let value = value.map_err(|fault| syn::Error::new(fault.span(), message))?;
            attr::set(cx, meta, &mut named, value);
            Ok(true)
        });
    }
    named
}

fn expand(input: &DeriveInput, attrs: &Attrs, of: &Path, fields: &[Field<'_>]) -> TokenStream {
    let (ident, krate, module) = (&input.ident, attrs.krate(), module(&input.ident));
    // The entity. If the type is none, the constant has the one error, and this is the error type.
    let entity = quote!(__Entity);
    let is_entity = spans::all_at(of.span(), quote!(__m::is_entity::<#of>()));
    let constants = fields.iter().map(|field| {
        let (constant, span) = (&field.constant, field.constant.span());
        let entity = spans::all_at(span, entity.clone());
        quote_spanned!(span=> #entity::#constant)
    });
    let constants: Vec<_> = constants.collect();
    let names = fields.iter().map(|field| field.ident);
    let list = names.clone().rev();
    let list = list.fold(quote!(()), |list, name| quote!((#module::#name, #list)));
    let places = names.clone().zip(&constants).map(|(name, constant)| {
        quote! {
            impl __m::ProjectedField for #module::#name {
                type Place = __m::Place<
                    __m::Name<{ __m::name_of(#constant) }>,
                    { __m::is_key(#constant) },
                >;
            }
        }
    });
    let values = fields.iter().zip(&constants).map(|(field, constant)| {
        let (ident, ty) = (field.ident, field.ty);
        let read = spans::all_at(ty.span(), quote!(__m::projected::<#ty, _, _, _>));
        quote!(#ident: #read(__from, #constant)?)
    });
    let markers = markers(&module, &input.vis, names);
    quote! {
        #markers
        const _: () = {
            use #krate::__private as __m;
            const __ENTITY: usize = #is_entity;
            type __Entity = <[(); __ENTITY] as __m::IfEntity<#of>>::Type;
            #(#places)*
            #[automatically_derived]
            impl __m::ProjectionOf<#entity> for #ident {
                type Fields = #list;
                fn names() -> __m::List<&'static str> {
                    __m::list([#(#constants.name()),*])
                }
                fn read(__from: &__m::Attributes<#entity>) -> __m::Result<Self> {
                    ::core::result::Result::Ok(#ident { #(#values),* })
                }
            }
        };
    }
}

/// Returns the code for a projection with errors: the errors, and an implementation with the error type.
fn stub(input: &DeriveInput, attrs: &Attrs, faults: &Faults) -> TokenStream {
    if !input.generics.params.is_empty() {
        return faults.items();
    }
    let (ident, krate, error) = (&input.ident, attrs.krate(), Faults::error());
    faults.stub(&quote! {
        use #krate::__private as __m;
        #[automatically_derived]
        impl<__E: __m::Entity> __m::ProjectionOf<__E> for #ident {
            type Fields = #error;
            fn names() -> __m::List<&'static str> {
                loop {}
            }
            fn read(_: &__m::Attributes<__E>) -> __m::Result<Self> {
                loop {}
            }
        }
    })
}
