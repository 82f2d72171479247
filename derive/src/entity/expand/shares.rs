//! The key space with whose entities an entity shares its keys.

use crate::entity::model::Entity;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Path;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

/// Returns the key space as data, and the access pattern on the primary key.
pub(super) fn def(entity: &Entity<'_>) -> Option<TokenStream> {
    let space = holds(entity, entity.shares.as_ref()?);
    let pattern = match &entity.primary_pattern {
        Some(pattern) => {
            let pattern = pattern.unraw().to_string();
            quote!(::core::option::Option::Some(#pattern))
        }
        None => quote!(::core::option::Option::None),
    };
    Some(quote!(.shares(#space::DEF, #pattern)))
}

/// Returns the function of the entity that calls another one with its key space.
pub(super) fn item(entity: &Entity<'_>) -> Option<TokenStream> {
    let space = holds(entity, entity.shares.as_ref()?);
    Some(quote! {
        fn in_space<__V: __m::VisitSpace>(
            __visit: __V,
        ) -> ::core::option::Option<__V::Output> {
            ::core::option::Option::Some(#space::visit(__visit))
        }
    })
}

/// Returns the implementation that says to the key space that the entity is in it.
pub(super) fn implementation(entity: &Entity<'_>) -> Option<TokenStream> {
    let (ident, space, name) = (entity.ident, entity.shares.as_ref()?, &entity.name);
    Some(quote! {
        #[automatically_derived]
        impl __m::Shares<#space> for #ident {
            const NAME: &'static ::core::primitive::str = #name;
        }
    })
}

/// Returns the key space by what it says of the entity. A type that is no key space of the entity is then
/// reported at the type.
fn holds(entity: &Entity<'_>, space: &Path) -> TokenStream {
    let ident = entity.ident;
    quote_spanned!(space.span()=> <#space as __m::HoldsShared<#ident>>)
}
