//! What an entity with faults expands to: the faults, and an implementation of the error type, so
//! that code which uses the entity raises no more.

use super::parse::pattern;
use crate::ctxt::Faults;
use crate::names::ACCESS;
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Ident, parse_quote};

pub(crate) fn stub(input: &DeriveInput, faults: &Faults) -> TokenStream {
    let items = faults.items();
    let (ident, vis, error, ty) = (&input.ident, &input.vis, faults.value(), faults.ty());
    // Constants, because a constant of the error type can be called with any arguments.
    let names = names(input);
    let krate = super::parse::krate(input).unwrap_or_else(|| parse_quote!(::monotable));
    // What a generic type is not in general, the stub does not claim.
    let mut generics = input.generics.clone();
    if !generics.params.is_empty() {
        generics.make_where_clause().predicates.push(parse_quote!(
            Self: ::core::marker::Send + ::core::marker::Sync + 'static
        ));
    }
    let (params, arguments, where_clause) = generics.split_for_impl();
    let (own_params, _, own_where_clause) = input.generics.split_for_impl();
    quote! {
        #items
        #[automatically_derived]
        #[allow(dead_code, missing_docs, non_upper_case_globals)]
        impl #own_params #ident #arguments #own_where_clause {
            #(#vis const #names: #ty = #error;)*
        }
        const _: () = {
            use #krate::__private as __m;
            #[automatically_derived]
            impl #params __m::Entity for #ident #arguments #where_clause {
                type Table = #ty;
                type Key = #ty;
                type Stored = #ty;
                const DEF: &'static __m::EntityDef = #error;
                fn part(&self, _: u16) -> ::core::option::Option<&dyn __m::PartValue> {
                    loop {}
                }
                fn key_part(_: &Self::Key, _: u16) -> ::core::option::Option<&dyn __m::PartValue> {
                    loop {}
                }
                fn stored(&self) -> &Self::Stored {
                    loop {}
                }
                fn from_stored(_: Self::Stored) -> Self {
                    loop {}
                }
                fn to_key(&self) -> Self::Key {
                    loop {}
                }
                fn read_key(_: &__m::KeyParts<'_>) -> __m::Result<Self::Key> {
                    loop {}
                }
            }
        };
    }
}

/// The names that the derive would have given to the struct, as far as can be told.
fn names(input: &DeriveInput) -> Vec<Ident> {
    let ident = |name: &str| Ident::new(name, input.ident.span());
    let mut names = vec![ident("key"), ident("get")];
    for attr in input.attrs.iter().filter(|attr| attr.path().is_ident(ACCESS)) {
        let _ = attr.parse_nested_meta(|meta| {
            names.extend(pattern(&meta.path).ok());
            // The name comes first; the rest may be at fault.
            Err(meta.error("enough"))
        });
    }
    if let Data::Struct(data) = &input.data {
        let fields = data.fields.iter().filter_map(|field| field.ident.as_ref());
        names.extend(fields.map(|field| ident(&field.unraw().to_string().to_uppercase())));
    }
    let mut distinct: Vec<Ident> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}
