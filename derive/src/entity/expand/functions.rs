//! The public items of the struct: field constants, `key`, `get` and the access patterns.

use super::{argument_type, at_bucket, attributes, remaining_type, target, unit_variant};
use crate::attr::path_name;
use crate::entity::arguments::{Argument, arguments, remaining};
use crate::entity::model::{Entity, IndexKey, Keys};
use crate::entity::role::IndexKeyFields;
use crate::field::number;
use crate::field::visibility::narrower;
use crate::nearest::enumerate;
use crate::spans;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Ident, Path};

pub(super) fn inherent(entity: &Entity<'_>) -> TokenStream {
    let (ident, krate) = (entity.ident, &entity.krate);
    // This is outside of the `const _`. Inside, messages would call the functions `_::<impl Order>::get`.
    let m = private(krate);
    let constants = entity.owner().constants();
    let together = entity.together();
    let together = together.iter().map(|together| self::together(entity, together, &m));
    let (key, partition) = (key(entity, &m), partition(entity, &m));
    let patterns =
        entity.patterns().map(|(name, keys, index)| pattern(entity, name, keys, index, &m));
    let of_attributes = attributes::patterns(entity, &m);
    // On the page of the struct, the methods of a trait are at the end, where nobody looks for them.
    let doc = format!(
        " The fields, keys and queries of `{0}`. The requests [`put`, `create`, `update` and \
         `delete`](#impl-EntityExt-for-E) of a `{0}` are methods of the trait `EntityExt`, which is in the \
         prelude. Without a `{0}`, a change or a delete begins at the key: `{0}::key(..)`.\n\n A query that is \
         not among these functions is not declared: write `#[access(by_.., index = .., pk = \"..\", \
         sk = \"..\")]` above `{0}`.",
        ident.unraw()
    );
    quote! {
        #[automatically_derived]
        #[allow(
            dead_code, private_bounds, private_interfaces, unused_qualifications,
            clippy::all, clippy::absolute_paths
        )]
        #[doc = #doc]
        impl #ident {
            #(#constants)*
            #(#together)*
            #key
            #partition
            #(#patterns)*
            #(#of_attributes)*
        }
    }
}

/// `monotable::__private`.
fn private(krate: &Path) -> Path {
    let mut path = krate.clone();
    path.segments.push(Ident::new("__private", Span::call_site()).into());
    path
}

/// Returns the constant of the fields that are set together. It is as visible as the least visible of them.
fn together(entity: &Entity<'_>, together: &IndexKeyFields, m: &Path) -> TokenStream {
    let (ident, constant) = (entity.ident, &together.constant);
    let markers = together.fields.iter().map(|field| entity.owner().marker(*field));
    let fields: Vec<_> =
        together.fields.iter().filter_map(|field| entity.fields.get(*field)).collect();
    let types = fields.iter().map(|field| field.ty);
    let vis = fields.iter().fold(entity.vis, |vis, field| narrower(vis, field.vis));
    let names: Vec<_> = fields.iter().map(|field| field.ident.unraw().to_string()).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let stored = fields.iter().map(|field| &field.serde.name);
    let index = entity.indexes.get(together.index).map(|on| path_name(&on.index));
    let doc = format!(
        " The fields {}, which an update by key sets together so that index `{}` stays true.",
        enumerate(&names),
        index.unwrap_or_default()
    );
    quote! {
        #[doc = #doc]
        #vis const #constant: #m::IndexKeyFields<#ident, (#(#markers,)*), (#(#types,)*)> =
            #m::IndexKeyFields::new(&[#(#stored),*]);
    }
}

fn templates(keys: &Keys) -> String {
    format!("`{}` / `{}`", keys.pk.text.value(), keys.sk.text.value())
}

/// `name: impl IntoPart<Type>`. The bound is at the field: if an argument has another type, the compiler
/// shows the field, too.
fn parameter(entity: &Entity<'_>, argument: &Argument, m: &Path) -> TokenStream {
    let name = name(entity, argument);
    let ty = argument_type(entity, argument, m);
    let span = name.map_or_else(Span::call_site, Ident::span);
    let (start, end) = (spans::moved(span, quote!(#m::IntoPart<)), spans::moved(span, quote!(>)));
    quote!(#name: impl #start #ty #end)
}

fn name<'a>(entity: &'a Entity<'_>, argument: &Argument) -> Option<&'a Ident> {
    entity.fields.get(argument.field).map(|field| field.ident)
}

fn key(entity: &Entity<'_>, m: &Path) -> TokenStream {
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

fn partition(entity: &Entity<'_>, m: &Path) -> TokenStream {
    let (ident, vis) = (entity.ident, entity.vis);
    let arguments = arguments(entity.primary.pk.parts());
    let parameters = arguments.iter().map(|argument| parameter(entity, argument, m));
    let body = body(entity, &arguments, &quote!(#m::Partition), None, m);
    let doc = format!(" The partition of the primary key: `{}`.", entity.primary.pk.text.value());
    let function = quote! {
        #[doc = #doc]
        #vis fn partition(#(#parameters),*) -> #m::Partition<#ident> {
            #body
        }
    };
    at_bucket(entity, &entity.primary, function)
}

fn pattern(
    entity: &Entity<'_>,
    function: &Ident,
    keys: &Keys,
    index: Option<&IndexKey>,
    m: &Path,
) -> TokenStream {
    let (ident, vis) = (entity.ident, entity.vis);
    let arguments = arguments(keys.pk.parts());
    let parameters = arguments.iter().map(|argument| parameter(entity, argument, m));
    let free = remaining(&keys.sk, &arguments);
    let free = remaining_type(entity, &free, m);
    let on = index.map(|on| target(on, m)).map(|target| quote!(, #target));
    let place = match index {
        None => "the primary key".to_owned(),
        Some(on) => {
            format!("index `{}`", path_name(&on.index))
        }
    };
    let mixed = if keys.is_mixed {
        " Items of other entities can be among those that it reads: the store charges for them, and \
         leaves them out."
    } else {
        ""
    };
    let doc = format!(" Queries {place}: {}.{mixed}", templates(keys));
    let text = function.unraw().to_string();
    let body = body(entity, &arguments, &quote!(#m::Query), Some(quote!(#text,)), m);
    let function = quote! {
        #[doc = #doc]
        #vis fn #function(#(#parameters),*) -> #m::Query<#ident, #free #on> {
            #body
        }
    };
    at_bucket(entity, keys, function)
}

/// Returns the call of a function of core that makes a `what` of a partition key with these arguments.
fn body(
    entity: &Entity<'_>,
    arguments: &[Argument],
    what: &TokenStream,
    pattern: Option<TokenStream>,
    m: &Path,
) -> TokenStream {
    if let [argument] = arguments
        && argument.buckets.is_empty()
    {
        let (field, name) = (number(argument.field), name(entity, argument));
        let part = spans::key_part(argument_type(entity, argument, m), "as_part", m);
        return quote!(#what::of(#pattern #field, #name, #part));
    }
    let names = arguments.iter().map(|argument| name(entity, argument));
    let values = arguments.iter().flat_map(|argument| values(entity, argument, m));
    let converted = names.map(|name| quote!(let #name = #m::IntoPart::into_part(#name);));
    quote! {
        #(#converted)*
        #what::new(#pattern &[#(#values),*])
    }
}

/// Returns what the argument of a pattern becomes in the query: the value itself, or its buckets.
fn values(entity: &Entity<'_>, argument: &Argument, m: &Path) -> Vec<TokenStream> {
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
