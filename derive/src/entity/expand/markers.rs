//! The hidden modules of field markers.
//!
//! Markers are empty enums: a unit struct would be a pattern, and shadow the function argument of
//! its name.

use super::is_split;
use crate::entity::model::Entity;
use crate::entity::parse;
use crate::entity::visibility::{from_inside, narrower};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

pub(super) fn module(entity: &Entity<'_>) -> Ident {
    parse::module(entity.ident, "fields")
}

pub(super) fn private_module(entity: &Entity<'_>) -> Ident {
    parse::module(entity.ident, "private_fields")
}

/// A marker for each field that is stored, and a second one where [`is_split`] says so.
pub(super) fn modules(entity: &Entity<'_>) -> TokenStream {
    let mut shared = Vec::new();
    let mut private = Vec::new();
    for (at, field) in entity.fields.iter().enumerate() {
        let ident = field.ident;
        let vis = from_inside(narrower(entity.vis, field.vis));
        if is_split(entity, at) {
            private.push(quote!(#vis enum #ident {}));
            let vis = from_inside(entity.vis);
            shared.push(quote!(#vis enum #ident {}));
        } else if !field.serde.is_skipped {
            shared.push(quote!(#vis enum #ident {}));
        }
    }
    let expand = |name: Ident, markers: &[TokenStream]| {
        let vis = entity.vis;
        quote! {
            #[doc(hidden)]
            #[allow(dead_code, missing_docs, missing_debug_implementations, non_camel_case_types, unreachable_pub)]
            #vis mod #name {
                #(#markers)*
            }
        }
    };
    let mut out = expand(module(entity), &shared);
    if !private.is_empty() {
        out.extend(expand(private_module(entity), &private));
    }
    out
}
