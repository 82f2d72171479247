//! From the model to code.

mod checks;
mod functions;
mod impls;
mod markers;

use super::arguments::Argument;
use super::model::{Entity, Keys, Part, Resolved, option_of};
use super::visibility::is_as_wide;
use crate::spans;
use crate::template::{Format, Segment, Unit};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Ident, Type};

pub(crate) fn expand(entity: &Entity<'_>) -> TokenStream {
    let markers = markers::modules(entity);
    let functions = functions::inherent(entity);
    let krate = &entity.krate;
    let (impls, checks) = (impls::impls(entity), checks::checks(entity));
    quote! {
        #markers
        #functions
        const _: () = {
            use #krate::__private as __m;
            #impls
            #checks
        };
    }
}

/// The constant that holds a template: one for each distinct text.
struct Constant<'a> {
    name: Ident,
    template: &'a Resolved,
}

/// The templates of the entity, each once, the primary key's first.
fn constants<'a>(entity: &'a Entity<'_>) -> Vec<Constant<'a>> {
    let mut all: Vec<Constant<'a>> = Vec::new();
    let mut add = |template: &'a Resolved, name: Ident| {
        if all.iter().all(|known| known.template.text.value() != template.text.value()) {
            all.push(Constant { name, template });
        }
    };
    add(&entity.primary.pk, format_ident!("__PK"));
    add(&entity.primary.sk, format_ident!("__SK"));
    for (at, on) in entity.indexes.iter().enumerate() {
        add(&on.keys.pk, format_ident!("__PK{}", at + 1));
        add(&on.keys.sk, format_ident!("__SK{}", at + 1));
    }
    all
}

/// The constant that holds this template.
fn constant<'a>(constants: &'a [Constant<'_>], template: &Resolved) -> Option<&'a Ident> {
    let same = |known: &&Constant<'_>| known.template.text.value() == template.text.value();
    constants.iter().find(same).map(|constant| &constant.name)
}

/// A template as data.
fn segments(entity: &Entity<'_>, template: &Resolved) -> TokenStream {
    let segments = template.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote!(__m::literal(#text)),
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
        quote!(.unit(__m::Unit::#unit))
    });
    let descending = format.descending.then(|| quote!(.descending()));
    let or_empty = format.or_empty.then(|| quote!(.or_empty()));
    quote!(__m::Format::OWN #width #unit #descending #or_empty)
}

fn unit_variant(unit: Unit) -> Ident {
    Ident::new(unit.variant(), Span::call_site())
}

/// A field's position.
fn number(field: usize) -> Literal {
    Literal::u16_unsuffixed(u16::try_from(field).unwrap_or(u16::MAX))
}

fn ty<'a>(entity: &'a Entity<'_>, field: usize) -> &'a Type {
    // A template's fields were looked up in this very list.
    entity.fields.get(field).map_or_else(|| unreachable!(), |field| field.ty)
}

/// `<Type as KeyPart>::item`, of a field's type.
fn as_part(entity: &Entity<'_>, field: usize, item: &str) -> TokenStream {
    spans::key_part(key_type(entity, field), item, quote!(__m))
}

/// The type of a field as keys see it. An `Option` in an index key is told by its name: asking
/// the type checker (a trait for `T` and `Option<T>`) works for aliases too, but every function
/// that names the projection then repeats the error of a type which is no part.
fn key_type<'a>(entity: &'a Entity<'_>, field: usize) -> &'a Type {
    let ty = ty(entity, field);
    if entity.is_primary(field) { ty } else { option_of(ty).unwrap_or(ty) }
}

/// The type of an argument: of the whole field, or of its bucket. `m` is `__private`.
fn argument_type(entity: &Entity<'_>, argument: &Argument, m: &TokenStream) -> TokenStream {
    part_type(entity, argument.field, argument.bucket(), m)
}

fn part_type(
    entity: &Entity<'_>,
    field: usize,
    bucket: Option<Unit>,
    m: &TokenStream,
) -> TokenStream {
    let ty = key_type(entity, field);
    match bucket {
        Some(unit) => {
            let unit = unit_variant(unit);
            spans::all_at(ty.span(), quote!(#m::BucketOf<#ty, #m::unit::#unit>))
        }
        None => quote!(#ty),
    }
}

/// The method that gives the bucket of a field.
fn bucket(entity: &Entity<'_>, field: usize, unit: Unit) -> TokenStream {
    let (ty, unit) = (key_type(entity, field), unit_variant(unit));
    spans::all_at(ty.span(), quote!(<#ty as __m::Bucketed<__m::unit::#unit>>::bucket))
}

/// Code that names the type of a bucket, at the field's type: if the type has no such buckets, that
/// is reported once, where it is written.
fn at_bucket(entity: &Entity<'_>, keys: &Keys, code: TokenStream) -> TokenStream {
    match keys.parts().find(|part| part.format.bucket().is_some()) {
        Some(part) => spans::all_at(ty(entity, part.field).span(), code),
        None => code,
    }
}

/// The marker that stands for a field in keys and queries.
fn part_marker(entity: &Entity<'_>, field: usize) -> TokenStream {
    let module = markers::module(entity);
    let ident = entity.fields.get(field).map(|field| field.ident);
    quote!(#module::#ident)
}

/// The marker that stands for a field in its constant.
fn field_marker(entity: &Entity<'_>, field: usize) -> TokenStream {
    if is_split(entity, field) {
        let module = markers::private_module(entity);
        let ident = entity.fields.get(field).map(|field| field.ident);
        quote!(#module::#ident)
    } else {
        part_marker(entity, field)
    }
}

/// Whether a field needs two markers: it is part of a key, which is as visible as the struct, and
/// it is less visible itself.
fn is_split(entity: &Entity<'_>, at: usize) -> bool {
    let hidden = entity.fields.get(at).is_some_and(|field| !is_as_wide(entity.vis, field.vis));
    hidden && entity.is_key(at)
}

/// The parts of a list of a query's free parts.
fn remaining_type(entity: &Entity<'_>, parts: &[&Part], m: &TokenStream) -> TokenStream {
    let mut list = None;
    for part in parts.iter().rev() {
        let marker = part_marker(entity, part.field);
        let ty = part_type(entity, part.field, part.format.bucket(), m);
        let rest = list.map(|rest| quote!(, #rest));
        list = Some(quote!(#m::Part<#marker, #ty #rest>));
    }
    list.unwrap_or_else(|| quote!(#m::End))
}
