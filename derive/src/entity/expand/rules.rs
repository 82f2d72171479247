//! Versions, expiry and unique constraints.

use super::segments;
use crate::entity::model::Entity;
use crate::spans;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned as _;

/// Returns the type of `role` for what the writes of the entity have to maintain.
pub(super) fn role(entity: &Entity<'_>) -> TokenStream {
    match (entity.version, entity.unique.is_empty()) {
        (None, true) => quote!(Free),
        (Some(_), true) => quote!(Locked),
        (None, false) => quote!(Guarded),
        (Some(_), false) => quote!(LockedAndGuarded),
    }
}

/// Returns the rules as data, if there are any.
pub(super) fn def(entity: &Entity<'_>) -> Option<TokenStream> {
    let stored = |field: usize| entity.fields.get(field).map(|field| &field.serde.name);
    if entity.version.is_none() && entity.ttl.is_none() && entity.unique.is_empty() {
        return None;
    }
    let version = match entity.version.and_then(stored) {
        Some(name) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    };
    let expires = entity.ttl.is_some();
    let unique = entity.unique.iter().map(|unique| {
        let name = &unique.name;
        let fields = unique.fields.iter().map(|field| stored(*field));
        let (pk, sk) = (segments(entity, &unique.pk), segments(entity, &unique.sk));
        quote!(__m::UniqueDef::new(#name, &[#(#fields),*], [#pk, #sk]))
    });
    Some(quote!(.rules(__m::Rules::new(#version, #expires, &[#(#unique),*]))))
}

/// Returns the functions that read the version and the expiry of a value, with the span of the field.
pub(super) fn items(entity: &Entity<'_>) -> TokenStream {
    let field = |field: usize| entity.fields.get(field).map(|field| (field.ident, field.ty.span()));
    let version = entity.version.and_then(field).map(|(ident, span)| {
        let version = spans::all_at(span, quote!(__m::version(&self.#ident)));
        quote! {
            fn version(&self) -> u64 {
                #version
            }
        }
    });
    let expires = entity.ttl.and_then(field).map(|(ident, span)| {
        let expires = spans::all_at(span, quote!(__m::ExpiresAt::expires_at(&self.#ident)));
        quote! {
            fn expires(&self) -> ::core::option::Option<i64> {
                #expires
            }
        }
    });
    quote!(#version #expires)
}
