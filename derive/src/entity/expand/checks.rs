//! What the compiler checks besides types, each at the user's own words.

use super::{bucket, constants};
use crate::entity::model::Entity;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(super) fn checks(entity: &Entity<'_>) -> TokenStream {
    let ident = entity.ident;
    let primary = [&entity.primary.pk, &entity.primary.sk].map(|template| template.text.value());
    let templates = constants(entity);
    let templates = templates.iter().map(|constant| {
        let (name, span) = (&constant.name, constant.template.text.span());
        let whole = primary
            .contains(&constant.template.text.value())
            .then(|| quote_spanned!(span=> __m::assert_whole_parts(#name);));
        // With a bucket that its type has not, which is a type error, the check says nothing.
        let buckets = constant
            .template
            .parts()
            .filter_map(|part| part.format.bucket().map(|unit| bucket(entity, part.field, unit)));
        quote_spanned!(span=> const _: () = { #(let _ = #buckets;)* __m::assert_parts(#name); #whole };)
    });
    let fields = entity.fields.iter().filter(|field| !field.serde.is_skipped).map(|field| {
        let name = &field.serde.name;
        quote_spanned!(field.ident.span()=>
            __m::assert_attribute_free::<#ident>(#name);)
    });
    let aliases = entity.fields.iter().flat_map(|field| &field.serde.aliases).map(|alias| {
        quote_spanned!(alias.span()=>
            __m::assert_alias_free::<#ident>(#alias);)
    });
    quote! {
        #(#templates)*
        const _: () = { #(#fields)* #(#aliases)* };
    }
}
