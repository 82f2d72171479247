//! The code for the fields of an entity.

use super::as_part;
use crate::entity::model::{Entity, IndexKey};
use crate::entity::role::Role;
use crate::spans;
use crate::types::option_of;
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

pub(super) fn fields(entity: &Entity<'_>) -> TokenStream {
    let owner = entity.owner();
    let value_type = owner.value_type();
    let fields = owner.stored().map(|(at, _)| {
        let items = [is_in(entity, at), (entity.ttl == Some(at)).then(|| expires(entity, at))];
        owner.def(at, &role(entity, at), &part(entity, at), &items.into_iter().flatten().collect())
    });
    quote!(#value_type #(#fields)*)
}

/// Returns the role of the field, which says what an update can do with it.
fn role(entity: &Entity<'_>, field: usize) -> TokenStream {
    let role = match entity.role(field) {
        Role::Plain => quote!(Plain),
        Role::PrimaryKey => quote!(PrimaryKey),
        Role::FeedsIndex => quote!(FeedsIndex),
        Role::Version => quote!(Version),
        Role::Unique => quote!(Unique),
        Role::Expires => quote!(Expires),
        Role::GuardsExpire => quote!(GuardsExpire),
        Role::Stale { index, missing } => {
            let Some(index) = entity.indexes.get(index).map(|on| &on.index) else {
                return TokenStream::new();
            };
            let missing = missing.iter().map(|field| entity.owner().marker(*field));
            let missing: Vec<_> = missing.collect();
            let missing = match missing.as_slice() {
                [one] => one.clone(),
                many => quote!((#(#many),*)),
            };
            // An index less visible than the entity is reported where it is named.
            return quote_spanned!(index.span()=> type Role = __m::role::Stale<#index, #missing>;);
        }
    };
    quote!(
        type Role = __m::role::#role;
    )
}

/// The type that says whether values are parts of keys. All of it is at the field's type, so that a
/// type which is no part is reported once.
fn part(entity: &Entity<'_>, at: usize) -> TokenStream {
    if !entity.is_part(at) {
        return quote!(
            type Part = __m::NoPart;
        );
    }
    let ty = entity.fields.get(at).map(|field| field.ty);
    let kind = as_part(entity, at, "Kind");
    let (first, last) = spans::ends(super::key_type(entity, at));
    let close = quote_spanned!(last=> >;);
    if entity.is_primary(at) || ty.and_then(option_of).is_none() {
        quote_spanned!(first=> type Part = __m::IsPart<#kind #close)
    } else {
        quote_spanned!(first=> type Part = __m::MayBePart<#kind #close)
    }
}

/// The tests of a field that decides whether there are index keys.
fn is_in(entity: &Entity<'_>, at: usize) -> Option<TokenStream> {
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
            fn is_in(value: &#ty, index: usize) -> bool {
                match index {
                    #(#arms)*
                    _ => true,
                }
            }
        }
    })
}

/// When an item with this value expires. A type that does not say is reported where it is written.
fn expires(entity: &Entity<'_>, at: usize) -> TokenStream {
    let ty = entity.fields.get(at).map(|field| field.ty);
    let expiry = spans::all_at(ty.span(), quote!(__m::ExpiresAt::expiry(value)));
    quote! {
        fn expires(value: &#ty) -> __m::Expiry {
            #expiry
        }
    }
}
