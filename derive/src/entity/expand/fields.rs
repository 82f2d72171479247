//! The code for the fields of an entity.

use super::as_part;
use crate::entity::model::{Entity, IndexKey};
use crate::entity::role::Role;
use crate::field::is_workflow;
use crate::spans;
use crate::types::{may_be_workflow, option_of};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

pub(super) fn fields(entity: &Entity<'_>) -> TokenStream {
    let owner = entity.owner();
    let fields = owner.stored().map(|(at, _)| {
        let expires = (entity.ttl == Some(at)).then(|| expires(entity, at));
        let items = [when(entity, at), owner.absent(at), expires];
        let (role, span) = role(entity, at).unzip();
        let items = items.into_iter().flatten().collect();
        owner.def(at, role, part(entity, at), span.flatten(), &items)
    });
    fields.collect()
}

/// Returns the role of the field, which says what an update can do with it; `None` if it can do everything.
/// The span is that of the index that the role names: an index that is less visible than the entity is
/// reported there.
fn role(entity: &Entity<'_>, field: usize) -> Option<(TokenStream, Option<Span>)> {
    let role = without_states(entity, field);
    let ty = entity.fields.get(field).map(|field| field.ty)?;
    let can_be_state =
        matches!(entity.role(field), Role::Plain | Role::FeedsIndex | Role::Stale { .. });
    if !can_be_state || !may_be_workflow(ty) {
        return role;
    }
    let (role, span) = role.unwrap_or_else(|| (quote!(__m::role::Plain), None));
    let is = is_workflow(ty);
    Some((quote!(<#role as __m::role::IfWorkflow<{ #is }>>::Role), span))
}

/// Returns the role that the field has if it is not the state of a workflow.
fn without_states(entity: &Entity<'_>, field: usize) -> Option<(TokenStream, Option<Span>)> {
    let role = match entity.role(field) {
        Role::Plain => return None,
        Role::PrimaryKey if entity.is_known_by_key(field) => quote!(PrimaryKey),
        Role::PrimaryKey => quote!(PrimaryBucket),
        Role::FeedsIndex => quote!(FeedsIndex),
        Role::Version => quote!(Version),
        Role::Created => quote!(Created),
        Role::Updated => quote!(Updated),
        Role::Unique => quote!(Unique),
        Role::Expires => quote!(Expires),
        Role::GuardsExpire => quote!(GuardsExpire),
        Role::Stale { index, missing } => {
            let index = entity.indexes.get(index).map(|on| &on.index)?;
            let missing = markers(entity, &missing);
            return Some((quote!(__m::role::Stale<#index, #missing>), Some(index.span())));
        }
    };
    Some((quote!(__m::role::#role), None))
}

/// Returns the markers of fields as one type.
pub(super) fn markers(entity: &Entity<'_>, fields: &[usize]) -> TokenStream {
    let markers = fields.iter().map(|field| entity.owner().marker(*field));
    let markers: Vec<_> = markers.collect();
    match markers.as_slice() {
        [one] => quote!(#one),
        many => quote!((#(#many),*)),
    }
}

/// Returns the type that says how the values of the field are parts of keys, if they are, and the ends of that
/// type. The whole type is at the field's type, so that a type that is not a key part is reported once.
fn part(entity: &Entity<'_>, at: usize) -> Option<(TokenStream, (Span, Span))> {
    let ty = entity.fields.get(at).map(|field| field.ty)?;
    if !entity.is_part(at) {
        return None;
    }
    let kind = as_part(entity, at, "Kind");
    let (first, last) = spans::ends(super::key_type(entity, at));
    let close = quote_spanned!(last=> >);
    let part = if entity.is_primary(at) || option_of(ty).is_none() {
        quote_spanned!(first=> __m::IsPart<#kind #close)
    } else {
        quote_spanned!(first=> __m::MayBePart<#kind #close)
    };
    Some((part, (first, last)))
}

/// Returns the conditions on a field that decides whether there are index keys.
fn when(entity: &Entity<'_>, at: usize) -> Option<TokenStream> {
    let field = entity.fields.get(at)?;
    let ty = field.ty;
    let arms = entity.indexes.iter().enumerate().filter_map(|(index, on): (_, &IndexKey)| {
        let tests = on.when.iter().filter(|when| when.field == at).map(|when| when.test(field));
        let tests: Vec<_> = tests.collect();
        let index = Literal::usize_unsuffixed(index);
        match tests.as_slice() {
            [] => None,
            [one] => Some(quote!(#index => #one,)),
            many => Some(quote!(#index => #((#many))&&*,)),
        }
    });
    let arms: Vec<_> = arms.collect();
    (!arms.is_empty()).then(|| {
        quote! {
            #[allow(unreachable_patterns)]
            fn when(__value: &#ty, __index: usize) -> bool {
                match __index {
                    #(#arms)*
                    _ => true,
                }
            }
        }
    })
}

/// Returns the function for the time at which an item expires. A type without such a time is reported at the
/// field's type.
fn expires(entity: &Entity<'_>, at: usize) -> TokenStream {
    let ty = entity.fields.get(at).map(|field| field.ty);
    let expiry = spans::all_at(ty.span(), quote!(__m::ExpiresAt::expiry(__value)));
    quote! {
        fn expires(__value: &#ty) -> __m::Expiry {
            #expiry
        }
    }
}
