//! The code for keys that consist of attributes.

use super::index_def;
use crate::attr::path_name;
use crate::entity::model::{AttributeKey, Entity};
use crate::nearest::enumerate;
use crate::spans;
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Ident, Path};

/// Returns the keys as data. A field that cannot be in such a key is reported at its type.
pub(super) fn defs(entity: &Entity<'_>) -> impl Iterator<Item = TokenStream> {
    entity.attribute_keys.iter().map(|on| {
        let def = index_def(entity, &on.index);
        let attributes = |fields: &[usize]| {
            let all = fields.iter().filter_map(|at| {
                let field = entity.fields.get(*at)?;
                let (marker, ty) = (entity.owner().marker(*at), field.ty);
                let name = &field.serde.name;
                let code = quote!(__m::key_attribute::<#marker, #ty>(#name));
                Some(spans::all_at(ty.span(), code))
            });
            quote!(&[#(#all),*])
        };
        let (partition, sort) = (attributes(&on.partition), attributes(&on.sort));
        quote!(__m::IndexKey::of_attributes(#def, __m::KeyAttributes::new(#partition, #sort)))
    })
}

/// Returns the places of the keys in the entity's list, which come after the keys with templates.
pub(super) fn places<'a>(
    entity: &'a Entity<'_>,
) -> impl Iterator<Item = (Literal, &'a AttributeKey)> {
    let first = entity.indexes.len();
    let keys = entity.attribute_keys.iter().enumerate();
    keys.map(move |(at, on)| (Literal::usize_unsuffixed(first + at), on))
}

/// Returns the functions of the access patterns.
pub(super) fn patterns(entity: &Entity<'_>, m: &Path) -> impl Iterator<Item = TokenStream> {
    entity.attribute_keys.iter().filter_map(|on| Some(pattern(entity, on.pattern.as_ref()?, on, m)))
}

fn pattern(entity: &Entity<'_>, function: &Ident, on: &AttributeKey, m: &Path) -> TokenStream {
    let (ident, vis, index) = (entity.ident, entity.vis, &on.index);
    let arguments = on.partition.iter().filter_map(|at| Some((*at, entity.fields.get(*at)?)));
    let arguments: Vec<_> = arguments.collect();
    let parameters = arguments.iter().map(|(at, field)| {
        let (name, marker, ty) = (field.ident, entity.owner().marker(*at), field.ty);
        let start = spans::moved(name.span(), quote!(#m::IntoValue<));
        let end = spans::moved(name.span(), quote!(>));
        quote!(#name: impl #start #marker, #ty #end)
    });
    let values = arguments.iter().map(|(at, field)| {
        let (name, marker, ty) = (field.ident, entity.owner().marker(*at), field.ty);
        quote!(#m::attribute_arg::<#marker, #ty>(#name))
    });
    let free = remaining(entity, on, m);
    let text = function.unraw().to_string();
    let doc = doc(entity, on);
    quote! {
        #[doc = #doc]
        #vis fn #function(#(#parameters),*) -> #m::Query<#ident, #free, #index> {
            #m::Query::of_attributes(#text, [#(#values),*])
        }
    }
}

fn doc(entity: &Entity<'_>, on: &AttributeKey) -> String {
    let names = |fields: &[usize]| {
        let names = fields.iter().filter_map(|at| entity.fields.get(*at));
        let names: Vec<_> = names.map(|field| field.ident.unraw().to_string()).collect();
        enumerate(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let order = match on.sort.as_slice() {
        [] => "in no order".to_owned(),
        sort => format!("in the order of {}", names(sort)),
    };
    let (index, partition) = (path_name(&on.index), names(&on.partition));
    format!(" Queries index `{index}`: the items with these values of {partition}, {order}.")
}

/// Returns the list type of the attributes that are not bound yet.
pub(super) fn remaining(entity: &Entity<'_>, on: &AttributeKey, m: &Path) -> TokenStream {
    let mut list = None;
    for at in on.sort.iter().rev() {
        let Some(field) = entity.fields.get(*at) else { continue };
        let (marker, ty) = (entity.owner().marker(*at), field.ty);
        let rest = list.map(|rest| quote!(, #rest));
        list = Some(quote!(#m::Attribute<#marker, #ty #rest>));
    }
    list.unwrap_or_else(|| quote!(#m::End))
}

/// Returns the const checks that the indexes have attributes as their keys.
pub(super) fn checks(entity: &Entity<'_>, def: &TokenStream) -> TokenStream {
    let checks = places(entity).map(|(at, on)| {
        let span: Span = on.index.span();
        quote::quote_spanned!(span=> __m::assert_attributes(#def, #at);)
    });
    quote!(#(#checks)*)
}
