//! Versions, expiry, unique constraints, and the times that writes set.

use super::{fields, segments};
use crate::entity::model::Entity;
use crate::field::{is_workflow, number};
use crate::spans;
use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned as _;

/// Returns the type of `role` for what the writes of the entity have to maintain.
pub(super) fn role(entity: &Entity<'_>) -> TokenStream {
    let mut rules = match (entity.version, entity.unique.is_empty()) {
        (None, true) => quote!(__m::role::Free),
        (Some(_), true) => quote!(__m::role::Locked),
        (None, false) => quote!(__m::role::Guarded),
        (Some(_), false) => quote!(__m::role::LockedAndGuarded),
    };
    let mut unique = entity.unique.iter();
    if unique.len() > 0 && unique.all(|unique| entity.has_guard_in_partition(unique)) {
        rules = quote!(__m::role::GuardedWithin<#rules>);
    }
    let states: Vec<_> = entity.owner().may_be_workflows().collect();
    if !states.is_empty() {
        let states = states.iter().map(|(_, field)| is_workflow(field.ty));
        rules = quote!(<#rules as __m::role::IfWorkflow<{ #(#states)||* }>>::Rules);
    }
    if entity.created.is_some() {
        rules = quote!(__m::role::Dated<#rules>);
    }
    if let Some((on, missing)) = entity.updated_beside() {
        let (index, missing) = (&on.index, fields::markers(entity, &missing));
        rules = quote!(__m::role::UpdatedBeside<#rules, #index, #missing>);
    }
    if entity.shares.is_some() {
        rules = quote!(__m::role::Sharing<#rules>);
    }
    rules
}

/// Returns the rules as data, if there are any.
pub(super) fn def(entity: &Entity<'_>) -> Option<TokenStream> {
    let stored = |field: usize| entity.fields.get(field).map(|field| &field.serde.name);
    let is_stamped = entity.created.is_some() || entity.updated.is_some();
    if entity.version.is_none() && entity.ttl.is_none() && entity.unique.is_empty() && !is_stamped {
        return None;
    }
    let named = |field: Option<usize>| match field.and_then(stored) {
        Some(name) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    };
    let version = named(entity.version);
    let (created, updated) = (named(entity.created), named(entity.updated));
    let stamps = is_stamped.then(|| quote!(.stamps(#created, #updated)));
    let expires = entity.ttl.is_some();
    let unique = entity.unique.iter().map(|unique| {
        let name = &unique.name;
        let fields = unique.fields.iter().map(|field| stored(*field));
        let (pk, sk) = (segments(entity, &unique.pk), segments(entity, &unique.sk));
        quote!(__m::UniqueDef::new(#name, &[#(#fields),*], [#pk, #sk]))
    });
    Some(quote!(.rules(__m::Rules::new(#version, #expires, &[#(#unique),*]) #stamps)))
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
    let (stamp, states) = (stamp(entity), states(entity));
    quote!(#version #expires #stamp #states)
}

/// Returns the function for the states that the entity is in, if fields can be workflows.
fn states(entity: &Entity<'_>) -> Option<TokenStream> {
    let states = entity.owner().may_be_workflows().map(|(at, field)| {
        let (number, ident, ty) = (number(at), field.ident, field.ty);
        quote!(__m::IsWorkflow::<#ty>::state(&self.#ident, #number))
    });
    let states: Vec<_> = states.collect();
    (!states.is_empty()).then(|| {
        quote! {
            fn in_workflows(&self) -> __m::List<__m::InState> {
                __m::states([#(#states),*])
            }
        }
    })
}

/// Returns the function for the times that writes set, if there are any. A type that is not such a time is
/// reported at the field's type.
fn stamp(entity: &Entity<'_>) -> Option<TokenStream> {
    let stamped = [entity.created, entity.updated].into_iter().flatten();
    let arms = stamped.filter_map(|at| {
        let field = entity.fields.get(at)?;
        let (number, marker, ty) = (number(at), entity.owner().marker(at), field.ty);
        let stamp = spans::all_at(ty.span(), quote!(__m::stamp::<#marker, #ty>(__now)));
        Some(quote!(#number => ::core::option::Option::Some(#stamp),))
    });
    let arms: Vec<_> = arms.collect();
    (!arms.is_empty()).then(|| {
        quote! {
            fn stamp(
                __field: u16,
                __now: __m::Timestamp,
            ) -> ::core::option::Option<::core::result::Result<__m::Stamp, __m::ValueError>> {
                match __field {
                    #(#arms)*
                    _ => ::core::option::Option::None,
                }
            }
        }
    })
}
