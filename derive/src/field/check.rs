//! Rules of fields, one function each.

use super::Field;
use crate::ctxt::Ctxt;
use crate::types::{option_of, owned, reference_in, shown};
use syn::ext::IdentExt as _;
use syn::{Path, TypeReference};

pub(crate) fn check(cx: &Ctxt, fields: &[Field<'_>], krate: &Path, what: &str) {
    fields_own_their_data(cx, fields, what);
    constants_differ(cx, fields);
    stored_names_differ(cx, fields);
    aliases_differ(cx, fields);
    sets_read_back(cx, fields, krate);
}

/// Refuses references, because what is read from a store has nothing to refer to. `what` is "an entity" or
/// "a document".
fn fields_own_their_data(cx: &Ctxt, fields: &[Field<'_>], what: &str) {
    for field in fields.iter().filter(|field| !field.serde.is_skipped) {
        if let Some(reference) = reference_in(field.ty) {
            let message = format!(
                "{what} owns its data: write `{}` instead of `{}`",
                owned(reference),
                shown_with_spaces(reference)
            );
            cx.error(reference, message);
        }
    }
}

/// Returns a reference as it is written: `&'static str`.
fn shown_with_spaces(reference: &TypeReference) -> String {
    let lifetime = reference.lifetime.as_ref().map(|lifetime| format!("{lifetime} "));
    format!("&{}{}", lifetime.unwrap_or_default(), shown(&reference.elem))
}

/// Checks the names of the constants that the fields become, which are their names in capitals.
fn constants_differ(cx: &Ctxt, fields: &[Field<'_>]) {
    for (at, field) in fields.iter().enumerate() {
        let before = fields.iter().take(at).find(|before| before.constant == field.constant);
        if let Some(before) = before {
            let message = format!(
                "`{}` and `{}` would both be the constant `{}`: rename one, and give it `#[serde(rename = \"..\")]`",
                before.ident.unraw(),
                field.ident.unraw(),
                field.constant
            );
            cx.error(field.ident, message);
        }
    }
}

/// Checks that each field is stored in its own attribute.
fn stored_names_differ(cx: &Ctxt, fields: &[Field<'_>]) {
    let stored: Vec<_> = fields.iter().filter(|field| !field.serde.is_skipped).collect();
    for (at, field) in stored.iter().enumerate() {
        let name = &field.serde.name;
        if let Some(before) = stored.iter().take(at).find(|before| before.serde.name == *name) {
            let message = format!(
                "`{}` and `{}` are both stored as `{name}`: give one of them another `rename`",
                before.ident.unraw(),
                field.ident.unraw()
            );
            cx.error(field.ident, message);
        }
    }
}

/// Checks that each stored name is read into only one field.
fn aliases_differ(cx: &Ctxt, fields: &[Field<'_>]) {
    for (at, field) in fields.iter().enumerate() {
        for alias in &field.serde.aliases {
            let (ident, name) = (field.ident.unraw(), alias.value());
            let others = || fields.iter().enumerate().filter(|(other, _)| *other != at);
            let stored = |(_, other): &(usize, &Field<'_>)| {
                !other.serde.is_skipped && other.serde.name == name
            };
            let read = |(other, field): &(usize, &Field<'_>)| {
                *other < at && field.serde.aliases.iter().any(|alias| alias.value() == name)
            };
            if let Some((_, other)) = others().find(stored) {
                let message = format!(
                    "`{ident}` cannot be read from `{name}`, under which `{}` is stored: remove the alias",
                    other.ident.unraw()
                );
                cx.error(alias, message);
            } else if let Some((_, other)) = others().find(read) {
                let message = format!(
                    "`{}` and `{ident}` are both read from `{name}`: remove one alias",
                    other.ident.unraw()
                );
                cx.error(alias, message);
            }
        }
    }
}

/// Checks that an `Option` with a serde function has a default, because `None` is not stored: serde reads a
/// missing field as `None` only if the field has no function. In a document, `None` is stored as null.
pub(crate) fn options_read_back(cx: &Ctxt, fields: &[Field<'_>], krate: &Path) {
    for field in fields {
        if let Some((path, name)) = &field.serde.read_with
            && option_of(field.ty).is_some()
            && field.serde.default.is_none()
            && !field.serde.is_skipped
            && !field.is_set(krate)
        {
            let message = format!(
                "`{}` is an `Option` read by `{name}`, and a `None` that is not stored could not be read back: add `#[serde(default)]`",
                field.ident.unraw()
            );
            cx.error(path, message);
        }
    }
}

/// Checks that a set has a default, because a store has no attribute for an empty set.
fn sets_read_back(cx: &Ctxt, fields: &[Field<'_>], krate: &Path) {
    for field in fields {
        if field.is_set(krate) && field.serde.default.is_none() && !field.serde.is_skipped {
            let message = format!(
                "`{}` is stored as a set, and stores keep no empty sets, which could not be read back: add `#[serde(default)]`",
                field.ident.unraw()
            );
            cx.error(&field.serde.write_with, message);
        }
    }
}
