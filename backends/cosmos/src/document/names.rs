//! Names of properties: a document has some that belong to Cosmos DB, and an entity may have fields of these names.
//!
//! Such an attribute is stored with `_` after its name, and so is one whose name is such a name followed by `_`. So
//! every name has a form of its own, and nearly all names are stored as they are.

use std::borrow::Cow;

/// The property that names the write which created or replaced the document. With it, a client whose answer was lost
/// recognises its own write.
pub(crate) const OPERATION: &str = "_op";

/// The property with what the worker of an index keeps in a document of its container, and with what it has to know of
/// a deleted item.
pub(crate) const INDEX: &str = "_index";

/// Returns whether this is a property of a document that is no attribute of its item: one of the service, the name of the
/// last write ([`OPERATION`]), or what the workers of indexes keep ([`INDEX`]).
#[inline]
fn is_reserved(name: &str) -> bool {
    match name {
        "id" | "ttl" => true,
        _ if !name.starts_with('_') => false,
        "_rid" | "_self" | "_etag" | "_attachments" | "_ts" | "_lsn" | OPERATION | INDEX => true,
        _ => false,
    }
}

/// Returns whether the name is a reserved one, with any number of `_` after it.
fn is_marked(name: &str) -> bool {
    is_reserved(name) || (name.ends_with('_') && is_reserved(name.trim_end_matches('_')))
}

/// Returns the name under which an attribute is stored.
pub(crate) fn stored(attribute: &str) -> Cow<'_, str> {
    match is_marked(attribute) {
        true => Cow::Owned(format!("{attribute}_")),
        false => Cow::Borrowed(attribute),
    }
}

/// Returns the name of the attribute that is stored in a property, if it is one of an attribute.
#[inline(always)]
pub(crate) fn attribute(property: Cow<'_, str>) -> Option<Cow<'_, str>> {
    match is_usual(&property) {
        true => Some(property),
        false => unusual(property),
    }
}

/// Returns whether the name is certainly one of an attribute, and is stored as it is. Nearly all are.
#[inline(always)]
fn is_usual(name: &str) -> bool {
    !matches!(name.as_bytes(), [b'_', ..] | [b'i', b'd', ..] | [b't', b't', ..] | [.., b'_'])
}

fn unusual(property: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if is_reserved(&property) {
        return None;
    }
    if !is_marked(&property) {
        return Some(property);
    }
    match property {
        Cow::Borrowed(name) => name.strip_suffix('_').map(Cow::Borrowed),
        Cow::Owned(name) => name.strip_suffix('_').map(|name| Cow::Owned(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_its_own_form() {
        let names =
            ["id", "id_", "id__", "ttl", "_ts", "_ts_", "_op", "name", "_", "", "idx", "pk"];
        let forms = names.map(|name| stored(name).into_owned());
        for (name, form) in names.iter().zip(&forms) {
            assert_eq!(attribute(Cow::Borrowed(form)).as_deref(), Some(*name));
            assert_eq!(forms.iter().filter(|other| *other == form).count(), 1, "{form}");
        }
        for reserved in
            ["id", "ttl", "_rid", "_self", "_etag", "_attachments", "_ts", "_lsn", OPERATION, INDEX]
        {
            assert_eq!(attribute(Cow::Borrowed(reserved)), None, "{reserved}");
        }
    }

    #[test]
    fn usual_names_are_stored_as_they_are() {
        for name in ["name", "customer_id", "pk", "sk", "_type", "_ttl", "_write", "ids"] {
            assert_eq!(stored(name), name);
        }
    }
}
