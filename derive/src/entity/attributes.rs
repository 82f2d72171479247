//! Keys that consist of attributes of the items: `pk(field, ..), sk(field, ..)`.

use super::model::{AttributeKey, Entity};
use crate::attr::path_name;
use crate::ctxt::Ctxt;
use crate::field::{self, Field};
use crate::types::{bare, option_of};
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Ident, Path, Token, Type};

/// The greatest number of fields in a partition key or a sort key: DynamoDB's.
const MOST: usize = 4;

/// Reads the fields in `pk(field, ..)`.
pub(super) fn list(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<Ident>> {
    let name = path_name(&meta.path);
    let fields;
    syn::parenthesized!(fields in meta.input);
    let parsed = fields.parse_terminated(Ident::parse_any, Token![,]);
    let parsed: Punctuated<Ident, Token![,]> = parsed.map_err(|fault| {
        let message = format!(
            "`{name}(..)` lists fields, without quotes, braces and text between them: `{name}(field, other_field)`"
        );
        syn::Error::new(fault.span(), message)
    })?;
    if parsed.is_empty() {
        let message = match name.as_str() {
            "sk" => "`sk()` lists no field: name up to four, or leave `sk` out".to_owned(),
            _ => format!("`{name}()` lists no field: name up to four"),
        };
        return Err(syn::Error::new_spanned(&meta.path, message));
    }
    Ok(parsed.into_iter().collect())
}

/// Returns the places of the fields in a list. `what` is `pk` or `sk`.
pub(super) fn resolve(
    cx: &Ctxt,
    what: &str,
    names: &[Ident],
    fields: &[Field<'_>],
) -> Option<Vec<usize>> {
    if let Some(fifth) = names.get(MOST) {
        let message = format!(
            "a key has at most four fields in `{what}`, and this is one more: leave it out"
        );
        cx.error(fifth, message);
        return None;
    }
    let found = names.iter().map(|name| match field::find(fields, &name.unraw().to_string()) {
        Ok(found) => Some(found),
        Err(known) => {
            let message =
                format!("`{what}` lists `{}`, which is not a field: {known}", name.unraw());
            cx.error(name, message);
            None
        }
    });
    // All of them are looked up, so that each unknown one is reported.
    found.collect::<Vec<_>>().into_iter().collect()
}

/// Refuses a field that is twice in one key.
pub(super) fn check_distinct(cx: &Ctxt, names: &[Ident]) {
    for (at, name) in names.iter().enumerate() {
        if names.iter().take(at).any(|before| before == name) {
            let message = format!("`{}` is twice in this key: keep one", name.unraw());
            cx.error(name, message);
        }
    }
}

pub(super) fn check(cx: &Ctxt, entity: &Entity<'_>) {
    for (at, on) in entity.attribute_keys.iter().enumerate() {
        indexes_differ(cx, entity, at, on);
    }
    for (at, field) in entity.fields.iter().enumerate() {
        if entity.is_attribute(at) {
            times_are_in_order(cx, field);
        }
    }
}

/// Refuses a second key on one index.
fn indexes_differ(cx: &Ctxt, entity: &Entity<'_>, at: usize, on: &AttributeKey) {
    let index = path_name(&on.index);
    let is_same = |path: &Path| path_name(path) == index;
    let before = entity.attribute_keys.iter().take(at).map(|on| &on.index);
    let mut before = before.chain(entity.indexes.iter().map(|on| &on.index));
    if before.any(is_same) {
        let message = format!(
            "`{}` has two keys on index `{index}`, but its items have the attributes of one: keep one, or use another index",
            entity.ident.unraw()
        );
        cx.error(&on.index, message);
    }
}

/// Types of times that serde stores as texts of different lengths, if they are not declared otherwise.
const TIMES: &[&str] = &["Timestamp", "OffsetDateTime"];
/// The same, with a time zone as its parameter: that of chrono.
const ZONED: &str = "DateTime";

/// Refuses a time that is not stored in its order. The compiler checks this by type; here types that are known by
/// name get a better message.
fn times_are_in_order(cx: &Ctxt, field: &Field<'_>) {
    let ty = option_of(field.ty).unwrap_or(field.ty);
    let Type::Path(path) = bare(ty) else { return };
    let Some(last) = path.path.segments.last() else { return };
    let is_zoned = last.ident == ZONED && !last.arguments.is_none();
    let is_time = is_zoned || TIMES.iter().any(|time| last.ident == time);
    if !is_time || field.has_form() {
        return;
    }
    let default = if option_of(field.ty).is_some() { "default, " } else { "" };
    let message = format!(
        "`{}` is a time, which serde stores as a text without the order of times: add `#[serde({default}with = \"monotable::timestamp::s\")]`, or `ms`, `us` or `ns`",
        field.ident.unraw()
    );
    cx.error(field.ty, message);
}
