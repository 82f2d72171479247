//! What the compiler checks besides types, each at the user's own words.

use super::{bucket, templates};
use crate::entity::model::Entity;
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
    let templates = templates.iter().map(|(number, template)| {
        let number = Literal::usize_unsuffixed(*number);
        quote_spanned!(template.text.span()=> __m::assert_template(#def, #number);)
    });
    let fields = entity.fields.iter().filter(|field| !field.serde.is_skipped).map(|field| {
        let name = &field.serde.name;
        quote_spanned!(field.ident.span()=> __m::assert_attribute_free(#table, #name);)
    });
    let aliases = entity
        .fields
        .iter()
        .flat_map(|field| &field.serde.aliases)
        .map(|alias| quote_spanned!(alias.span()=> __m::assert_alias_free(#table, #alias);));
    // One body, because each is work for users' compilers, and functions that are not generic.
    quote! {
        const _: () = {
            let (#def, #table) = (<#ident as __m::Entity>::DEF, __m::table_of::<#ident>());
            #(let _ = #buckets;)*
            #(#templates)*
            #(#fields)*
            #(#aliases)*
        };
    }
}
