//! Names of properties: a document has some that belong to Cosmos DB, and an entity may have fields of these names.
//!
//! Such an attribute is stored with `_` after its name, and so is one whose name is such a name followed by `_`. So
//! every name has a form of its own, and nearly all names are stored as they are.

use std::borrow::Cow;

/// The properties of a document that are no attributes of its item: those of the service, the name of the last write
/// ([`OPERATION`]), and what the workers of indexes keep ([`INDEX`]).
const RESERVED: [&str; 10] =
    ["id", "ttl", "_rid", "_self", "_etag", "_attachments", "_ts", "_lsn", OPERATION, INDEX];

/// The property that names the write which created or replaced the document. With it, a client whose answer was lost
/// recognises its own write.
pub(crate) const OPERATION: &str = "_op";

/// The property with what the worker of an index keeps in a document of its container, and with what it has to know of
/// a deleted item.
pub(crate) const INDEX: &str = "_index";

/// Returns whether the name is a reserved one, with any number of `_` after it.
fn is_marked(name: &str) -> bool {
    // Most names end here.
    name.len() <= 24 && RESERVED.contains(&name.trim_end_matches('_'))
}

/// Returns the name under which an attribute is stored.
pub(crate) fn stored(attribute: &str) -> Cow<'_, str> {
    match is_marked(attribute) {
        true => Cow::Owned(format!("{attribute}_")),
        false => Cow::Borrowed(attribute),
    }
}

/// Returns the name of the attribute that is stored in a property, if it is one of an attribute.
pub(crate) fn attribute(property: Cow<'_, str>) -> Option<Cow<'_, str>> {
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
        for reserved in RESERVED {
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
