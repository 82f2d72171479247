//! The code for an entity, from its model.

mod attributes;
mod checks;
mod fields;
mod functions;
mod impls;
mod rules;
mod shares;

use super::arguments::Argument;
use super::model::{Entity, IndexKey, Keys, Part, Resolved};
use crate::field::{not_workflow, number};
use crate::spans;
use crate::template::{Format, Segment, Unit};
use crate::types::option_of;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Ident, Path, Type};

pub(crate) fn expand(entity: &Entity<'_>) -> TokenStream {
    let markers = entity.owner().markers();
    let functions = functions::inherent(entity);
    let krate = &entity.krate;
    let (impls, checks) = (impls::impls(entity), checks::checks(entity));
    let scope = not_workflow(entity.owner());
    quote! {
        #markers
        #functions
        const _: () = {
            use #krate::__private as __m;
            #scope
            #impls
            #checks
        };
    }
}

/// Returns the templates of the entity with the numbers that core gives them, each text once: those of the
/// primary key, of the indexes, and of the unique constraints.
fn templates<'a>(entity: &'a Entity<'_>) -> Vec<(usize, &'a Resolved)> {
    let primary = [&entity.primary.pk, &entity.primary.sk];
    let on_indexes = entity.indexes.iter().flat_map(|on| [&on.keys.pk, &on.keys.sk]);
    // Keys of attributes have numbers, too, but no templates.
    let none = entity.attribute_keys.iter().flat_map(|_| [None, None]);
    let unique = entity.unique.iter().flat_map(|unique| [&unique.pk, &unique.sk]);
    let mut all: Vec<(usize, &Resolved)> = Vec::new();
    let rendered = primary.into_iter().chain(on_indexes).map(Some);
    for (number, template) in rendered.chain(none).chain(unique.map(Some)).enumerate() {
        let Some(template) = template else { continue };
        if all.iter().all(|(_, known)| known.text.value() != template.text.value()) {
            all.push((number, template));
        }
    }
    all
}

/// Returns a template as data.
fn segments(entity: &Entity<'_>, template: &Resolved) -> TokenStream {
    let segments = template.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote!(__m::Segment::Literal(#text)),
        Segment::Part(part) => {
            let (number, format) = (number(part.field), format(part.format));
            let name = entity.fields.get(part.field).map(|field| field.ident.unraw().to_string());
            let class = as_part(entity, part.field, "CLASS");
            quote!(__m::part(#number, #name, #format, #class))
        }
    });
    quote!(&[#(#segments),*])
}

fn format(format: Format) -> TokenStream {
    let width = format.width.map(|width| {
        let width = Literal::u8_unsuffixed(width);
        quote!(.width(#width))
    });
    let unit = format.unit.map(|unit| {
        let unit = unit_variant(unit);
        if format.is_bucket {
            quote!(.bucket(__m::Unit::#unit))
        } else {
            quote!(.unit(__m::Unit::#unit))
        }
    });
    let descending = format.descending.then(|| quote!(.descending()));
    let or_empty = format.or_empty.then(|| quote!(.or_empty()));
    quote!(__m::Format::OWN #width #unit #descending #or_empty)
}

fn unit_variant(unit: Unit) -> Ident {
    Ident::new(unit.variant(), Span::call_site())
}

fn ty<'a>(entity: &'a Entity<'_>, field: usize) -> &'a Type {
    // The fields of a template were looked up in the same list.
    entity.fields.get(field).map_or_else(|| unreachable!(), |field| field.ty)
}

/// Returns the type of the key in queries: the index, or for a second key on it, that one.
fn target(on: &IndexKey, m: &Path) -> TokenStream {
    let index = &on.index;
    if on.number == 1 {
        return quote!(#index);
    }
    let number = Literal::usize_unsuffixed(on.number);
    quote!(#m::Nth<#index, #number>)
}

/// Returns a reference to the index that fails if the table does not list it.
fn index_def(entity: &Entity<'_>, index: &Path) -> TokenStream {
    let table = &entity.table;
    quote_spanned!(index.span()=> <#table as __m::Lists<#index>>::INDEX)
}

/// Returns the name of `monotable::__private` in the constant that contains the implementations. It is a path,
/// because tokens would be copied by the compiler.
fn m() -> Path {
    Ident::new("__m", Span::call_site()).into()
}

/// `<Type as KeyPart>::item`, of a field's type.
fn as_part(entity: &Entity<'_>, field: usize, item: &str) -> TokenStream {
    spans::key_part(key_type(entity, field), item, m())
}

/// Returns the type of a field as keys see it. An `Option` in an index key is recognised by its name. A trait
/// for `T` and `Option<T>` would also work for aliases, but every function that names the projection would
/// repeat the error for a type that is not a key part.
fn key_type<'a>(entity: &'a Entity<'_>, field: usize) -> &'a Type {
    let ty = ty(entity, field);
    if entity.is_primary(field) { ty } else { option_of(ty).unwrap_or(ty) }
}

/// Returns the type of an argument: that of the whole field, or of its bucket. `m` is `__private`.
fn argument_type(entity: &Entity<'_>, argument: &Argument, m: &Path) -> TokenStream {
    part_type(entity, argument.field, argument.bucket(), m)
}

fn part_type(entity: &Entity<'_>, field: usize, bucket: Option<Unit>, m: &Path) -> TokenStream {
    let ty = key_type(entity, field);
    match bucket {
        Some(unit) => {
            let unit = unit_variant(unit);
            spans::all_at(ty.span(), quote!(#m::BucketOf<#ty, #m::unit::#unit>))
        }
        None => quote!(#ty),
    }
}

/// Returns the method that returns the bucket of a field.
fn bucket(entity: &Entity<'_>, field: usize, unit: Unit) -> TokenStream {
    let (ty, unit) = (key_type(entity, field), unit_variant(unit));
    spans::all_at(ty.span(), quote!(<#ty as __m::Bucketed<__m::unit::#unit>>::bucket))
}

/// Returns code that names the type of a bucket, with the span of the field's type. If the type has no such
/// buckets, this is reported once, at the type.
fn at_bucket(entity: &Entity<'_>, keys: &Keys, code: TokenStream) -> TokenStream {
    match keys.parts().find(|part| part.format.bucket().is_some()) {
        Some(part) => spans::all_at(ty(entity, part.field).span(), code),
        None => code,
    }
}

/// Returns the list type of the parts that are not bound yet.
fn remaining_type(entity: &Entity<'_>, parts: &[&Part], m: &Path) -> TokenStream {
    let mut list = None;
    for part in parts.iter().rev() {
        let marker = entity.owner().marker(part.field);
        let ty = part_type(entity, part.field, part.format.bucket(), m);
        let rest = list.map(|rest| quote!(, #rest));
        list = Some(quote!(#m::Part<#marker, #ty #rest>));
    }
    list.unwrap_or_else(|| quote!(#m::End))
}
