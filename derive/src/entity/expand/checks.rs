//! The const checks. Each has the span of the user's code, so that its error points there.

use super::{bucket, templates};
use crate::entity::model::{Entity, Resolved};
use crate::serde::FieldAttrs;
use crate::template::{Format, Segment};
use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

pub(super) fn checks(entity: &Entity<'_>) -> TokenStream {
    let ident = entity.ident;
    // By name, so that they are found whatever the span of the code around them.
    let (def, table) = (quote!(def), quote!(table));
    let templates = templates(entity);
    // With a bucket that its type has not, which is a type error, the checks say nothing.
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
    let aliases = entity.owner().aliases().enumerate().map(|(at, (alias, _))| {
        let at = Literal::usize_unsuffixed(at);
        quote_spanned!(alias.span()=> __m::assert_alias(#def, #table, #at);)
    });
    let all_fields = quote_spanned!(ident.span()=> __m::assert_fields(#def, #table););
    // Calls of functions that are not generic, in the constant that is there anyway: each body is
    // work for users' compilers.
    quote! {
        let #def = <#ident as __m::Entity>::DEF;
        let #table = __m::table_of::<#ident>();
        #(let _ = #buckets;)*
        #(#templates)*
        #(#fields)*
        #all_fields
        #(#aliases)*
    }
}

/// Whether a template can be at fault for some types of its parts. One cannot that says nothing after the
/// colon and in which each part ends its component, and then core has nothing to check.
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

/// Whether the stored name is like those that key attributes usually have. Such a field is checked
/// by itself, so that the error is shown at the field.
fn is_usual(serde: &FieldAttrs) -> bool {
    let name = &serde.name;
    !serde.is_skipped && (name.ends_with("pk") || name.ends_with("sk") || name.starts_with('_'))
}
