//! What a document of the change feed tells.

use crate::deletion::SORT_KEY;
use crate::document::names::{self, INDEX};
use crate::index_ids as ids;
use monotable_core::request::PrimaryKey;
use monotable_core::schema::TableDef;
use serde_json::{Map, Value};

/// A change of an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// The key of the item.
    pub(crate) key: PrimaryKey,
    /// The name of its entity, if it is known: a note about a deleted item does not say it.
    pub(crate) tag: Option<String>,
    /// The document of the item; `None` if it was deleted.
    pub(crate) document: Option<Map<String, Value>>,
    /// When it was written, in seconds since 1970.
    pub(crate) at: i64,
}

impl Change {
    /// Reads a document of the feed; `None` if it is neither an item of the table nor a note about a deleted one.
    pub(crate) fn of(table: &TableDef, document: Value) -> Option<Self> {
        let Value::Object(document) = document else { return None };
        let at = document.get("_ts").and_then(Value::as_i64).unwrap_or_default();
        let pk = text(&document, table.pk)?.to_owned();
        let tag = text(&document, table.tag).map(str::to_owned);
        let id = document.get("id")?.as_str()?;
        if ids::is_of_deleted(id) {
            let sk = document.get(INDEX)?.get(SORT_KEY)?.as_str()?.to_owned();
            return Some(Change { key: PrimaryKey { pk, sk }, tag: None, document: None, at });
        }
        let sk = text(&document, table.sk)?.to_owned();
        Some(Change { key: PrimaryKey { pk, sk }, tag, document: Some(document), at })
    }
}

/// Returns an attribute that is a text.
pub(crate) fn text<'a>(document: &'a Map<String, Value>, attribute: &str) -> Option<&'a str> {
    document.get(&*names::stored(attribute))?.as_str()
}

/// Returns the changes of each item, in their order, and the items in the order of their first change.
pub(crate) fn by_item(changes: Vec<Change>) -> Vec<Vec<Change>> {
    let mut items: Vec<Vec<Change>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for change in changes {
        let place = *places.entry(change.key.clone()).or_insert(items.len());
        match items.get_mut(place) {
            Some(item) => item.push(change),
            None => items.push(vec![change]),
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use monotable_core::key::Encoding;
    use serde_json::json;

    static TABLE: TableDef =
        TableDef::new("Work", ["pk", "sk", "_type"], Encoding::Escaped, &[], &[]);

    fn key(sk: &str) -> PrimaryKey {
        PrimaryKey { pk: "P".to_owned(), sk: sk.to_owned() }
    }

    #[test]
    fn items_and_notes_are_changes_and_nothing_else_is() {
        let item = json!({"id": "S", "pk": "P", "sk": "S", "_ts": 7});
        let change = Change::of(&TABLE, item.clone()).unwrap();
        assert_eq!((change.key, change.at), (key("S"), 7));
        assert_eq!(change.document, item.as_object().cloned());
        let note = json!({"id": "_:deleted_-S", "pk": "P", "_index": {"deleted": "S"}, "_ts": 8});
        let expected = Change { key: key("S"), tag: None, document: None, at: 8 };
        assert_eq!(Change::of(&TABLE, note), Some(expected));
        for other in [
            json!({"id": "S", "pk": "P"}),
            json!({"id": "S", "pk": 1, "sk": "S"}),
            json!({"id": "_:deleted_-S", "pk": "P"}),
            json!({"pk": "P", "sk": "S"}),
            json!("text"),
        ] {
            assert_eq!(Change::of(&TABLE, other.clone()), None, "{other}");
        }
    }

    #[test]
    fn the_changes_of_an_item_stay_in_order() {
        let change = |sk: &str, at| Change { key: key(sk), tag: None, document: None, at };
        let all = vec![change("a", 1), change("b", 2), change("a", 3)];
        let items = by_item(all);
        assert_eq!(items, [vec![change("a", 1), change("a", 3)], vec![change("b", 2)]]);
    }
}
