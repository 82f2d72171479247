//! What users see on the struct itself: field constants, `key`, `get` and the access patterns.

use super::{
    argument_type, at_bucket, field_marker, number, part_marker, remaining_type, unit_variant,
};
use crate::entity::arguments::{Argument, arguments, remaining};
use crate::entity::model::{Entity, Keys};
use crate::entity::visibility::narrower;
use crate::spans;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::{Ident, Path};

pub(super) fn inherent(entity: &Entity<'_>) -> TokenStream {
    let (ident, krate) = (entity.ident, &entity.krate);
    let m = quote!(#krate::__private);
    let constants = constants(entity, &m);
    let key = key(entity, &m);
    let patterns =
        entity.patterns().map(|(name, keys, index)| pattern(entity, name, keys, index, &m));
    quote! {
        #[automatically_derived]
        #[allow(dead_code, private_bounds, private_interfaces, clippy::all)]
        impl #ident {
            #(#constants)*
            #key
            #(#patterns)*
        }
    }
}

fn constants<'a>(
    entity: &'a Entity<'_>,
    m: &'a TokenStream,
) -> impl Iterator<Item = TokenStream> + 'a {
    let stored = entity.fields.iter().enumerate().filter(|(_, field)| !field.serde.is_skipped);
    stored.map(move |(at, field)| {
        let (ident, constant) = (entity.ident, &field.constant);
        let vis = narrower(entity.vis, field.vis);
        let marker = field_marker(entity, at);
        let doc =
            format!(" The field `{}`, stored as `{}`.", field.ident.unraw(), field.serde.name);
        quote! {
            #[doc = #doc]
            #vis const #constant: #m::Field<#ident, #marker> = #m::Field::new();
        }
    })
}

fn templates(keys: &Keys) -> String {
    format!("`{}` / `{}`", keys.pk.text.value(), keys.sk.text.value())
}

/// `name: impl IntoPart<marker, Type>`.
fn parameter(entity: &Entity<'_>, argument: &Argument, m: &TokenStream) -> TokenStream {
    let name = name(entity, argument);
    let marker = part_marker(entity, argument.field);
    let ty = argument_type(entity, argument, m);
    quote!(#name: impl #m::IntoPart<#marker, #ty>)
}

fn name<'a>(entity: &'a Entity<'_>, argument: &Argument) -> Option<&'a Ident> {
    entity.fields.get(argument.field).map(|field| field.ident)
}

fn key(entity: &Entity<'_>, m: &TokenStream) -> TokenStream {
    let (ident, vis) = (entity.ident, entity.vis);
    let arguments = arguments(entity.primary.parts());
    let parameters: Vec<_> =
        arguments.iter().map(|argument| parameter(entity, argument, m)).collect();
    let names: Vec<_> = arguments.iter().map(|argument| name(entity, argument)).collect();
    let doc = format!(" The primary key: {}.", templates(&entity.primary));
    let functions = quote! {
        #[doc = #doc]
        #vis fn key(#(#parameters),*) -> #m::Key<#ident> {
            #m::Key::new((#(#m::IntoPart::into_part(#names),)*))
        }
        /// Reads the item with this key.
        #vis fn get(#(#parameters),*) -> #m::Get<#ident> {
            Self::key(#(#names),*).get()
        }
    };
    at_bucket(entity, &entity.primary, functions)
}

fn pattern(
    entity: &Entity<'_>,
    function: &Ident,
    keys: &Keys,
    index: Option<&Path>,
    m: &TokenStream,
) -> TokenStream {
    let (ident, vis) = (entity.ident, entity.vis);
    let arguments = arguments(keys.pk.parts());
    let parameters = arguments.iter().map(|argument| parameter(entity, argument, m));
    let names: Vec<_> = arguments.iter().map(|argument| name(entity, argument)).collect();
    let values = arguments.iter().flat_map(|argument| values(entity, argument, m));
    let free = remaining(&keys.sk, &arguments);
    let free = remaining_type(entity, &free, m);
    let on = index.map(|index| quote!(, #index));
    let place = match index {
        None => "the primary key".to_owned(),
        Some(index) => {
            format!("index `{}`", index.to_token_stream().to_string().replace(' ', ""))
        }
    };
    let doc = format!(" Queries {place}: {}.", templates(keys));
    let text = function.unraw().to_string();
    let function = quote! {
        #[doc = #doc]
        #vis fn #function(#(#parameters),*) -> #m::Query<#ident, #free #on> {
            #(let #names = #m::IntoPart::into_part(#names);)*
            #m::Query::new(#text, &[#(#values),*])
        }
    };
    at_bucket(entity, keys, function)
}

/// What a pattern's argument gives to the query: itself, or the buckets that it is.
fn values(entity: &Entity<'_>, argument: &Argument, m: &TokenStream) -> Vec<TokenStream> {
    let name = name(entity, argument);
    let field = number(argument.field);
    let part = spans::key_part(argument_type(entity, argument, m), "as_part", m);
    if argument.buckets.is_empty() {
        return vec![quote!(#m::arg(#field, #part(&#name)))];
    }
    let bucket = |unit: &_| {
        let unit = unit_variant(*unit);
        quote!(#m::bucket_arg(#field, #m::Unit::#unit, #part(&#name)))
    };
    argument.buckets.iter().map(bucket).collect()
}
