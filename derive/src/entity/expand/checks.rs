//! The const checks of an entity. Each has the span of the user's code, so that its error points there.

use super::{attributes, bucket, templates};
use crate::attr::path_name;
use crate::entity::model::{Entity, Resolved};
use crate::serde::FieldAttrs;
use crate::template::{Format, Segment};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

pub(super) fn checks(entity: &Entity<'_>) -> TokenStream {
    let ident = entity.ident;
    // The functions are found by their names, whatever the span of the code around them is.
    let (def, table) = (quote!(__def), quote!(__table));
    let templates = templates(entity);
    // If a type does not have a bucket, that is a type error, and the checks report nothing.
    let buckets = templates
        .iter()
        .flat_map(|(_, template)| template.parts())
        .filter_map(|part| part.format.bucket().map(|unit| bucket(entity, part.field, unit)));
    let templates = templates.iter().filter(|(_, template)| can_fail(template));
    let templates = templates.map(|(number, template)| {
        let number = Literal::usize_unsuffixed(*number);
        quote_spanned!(template.text.span()=> __m::assert_template(#def, #number);)
    });
    let fields = entity.fields.iter().enumerate().filter(|(_, field)| is_usual(&field.serde));
    let fields = fields.map(|(at, field)| {
        let at = Literal::usize_unsuffixed(at);
        quote_spanned!(field.ident.span()=> __m::assert_field(#def, #table, #at);)
    });
    let mixed = entity.indexes.iter().enumerate().filter(|(_, on)| on.keys.is_mixed);
    let mixed = mixed.map(|(at, on)| {
        let (at, span) = (Literal::usize_unsuffixed(at), on.index.span());
        quote_spanned!(span=> __m::assert_mixed(#def, #at);)
    });
    let aliases = entity.owner().aliases().enumerate().map(|(at, (alias, _))| {
        let at = Literal::usize_unsuffixed(at);
        quote_spanned!(alias.span()=> __m::assert_alias(#def, #table, #at);)
    });
    let keys = entity.indexes.iter().enumerate().map(|(at, on)| {
        let (at, name, is_written) =
            (Literal::usize_unsuffixed(at), path_name(&on.index), !on.is_local);
        quote_spanned!(on.at.span()=> __m::assert_partition_key(#def, #at, #name, #is_written);)
    });
    let states = entity.owner().no_states(|field| {
        let (from, instead) = if entity.is_primary(field) {
            ("in the primary key", "the templates of the key")
        } else if entity.is_unique(field) {
            ("unique", "`unique(..)`")
        } else {
            return None;
        };
        Some(format!("and it is {from}, which a step cannot change: take it out of {instead}"))
    });
    let attributes = attributes::checks(entity, &def);
    let all_fields = quote_spanned!(ident.span()=> __m::assert_fields(#def, #table););
    // The calls are in the constant that exists anyway, and the functions are not generic, because each
    // body takes the compilers of users some time.
    quote! {
        let #def = <#ident as __m::Entity>::DEF;
        let #table = __m::table_of::<#ident>();
        #(let _ = #buckets;)*
        #(#keys)*
        #(#templates)*
        #(#mixed)*
        #(#fields)*
        #all_fields
        #attributes
        #(#states)*
        #(#aliases)*
    }
}

/// Returns whether a template can be wrong for some types of its parts. If no part has a format and each part
/// ends its component, it cannot, and core has nothing to check.
fn can_fail(template: &Resolved) -> bool {
    let next = template.segments.iter().skip(1).map(Some).chain([None]);
    template.segments.iter().zip(next).any(|(segment, next)| match segment {
        Segment::Literal(_) => false,
        Segment::Part(part) => {
            let ends = match next {
                None => true,
                Some(Segment::Literal(text)) => text.starts_with('#'),
                Some(Segment::Part(_)) => false,
            };
            part.format != Format::default() || !ends
        }
    })
}

/// Returns whether the stored name is like the usual names of key attributes. Such a field has its own check,
/// so that the error is shown at the field.
fn is_usual(serde: &FieldAttrs) -> bool {
    let name = &serde.name;
    !serde.is_skipped && (name.ends_with("pk") || name.ends_with("sk") || name.starts_with('_'))
}
