//! The fields of an entity that are attributes in the keys of indexes: checks before they are written.
//!
//! Stores refuse an item whose key attribute is empty or too long. This is true of each item that has the
//! attribute, also if the item is not in the index.

use crate::backend::Item;
use crate::error::{Error, Result};
use crate::expr::Action;
use crate::key::{PARTITION_KEY_BYTES, SORT_KEY_BYTES};
use crate::request::{check_bytes, check_value, value_bytes};
use crate::schema::{Entity, KeyAttribute, Schema};
use crate::value::{Map, Value};

/// The attributes of the partition key or of the sort key of an index.
struct Group {
    index: &'static str,
    what: &'static str,
    attributes: &'static [KeyAttribute],
    /// How many bytes they have together at most.
    most: usize,
}

/// Returns the attributes of all indexes whose keys are attributes. Most tables have none.
fn groups<E: Entity>() -> impl Iterator<Item = Group> {
    let table = E::Table::DEF;
    table.indexes.iter().flat_map(|index| {
        let groups = table.key_attributes(index).map(|keys| {
            [
                ("partition", keys.partition, PARTITION_KEY_BYTES),
                ("sort", keys.sort, SORT_KEY_BYTES),
            ]
        });
        let groups = groups.into_iter().flatten();
        groups.map(|(what, attributes, most)| Group { index: index.name, what, attributes, most })
    })
}

/// Checks the texts in the key attributes of an item that is written.
pub(super) fn check_item<E: Entity, D: Item>(item: &D) -> Result<()> {
    check_texts::<E>(|name| item.text(name))
}

/// Checks the texts in the key attributes of an item that an update leaves.
pub(crate) fn check_map<E: Entity>(item: &Map) -> Result<()> {
    check_texts::<E>(|name| match item.get(name) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    })
}

fn check_texts<'a, E: Entity>(text: impl Fn(&'static str) -> Option<&'a str>) -> Result<()> {
    for group in groups::<E>() {
        let check = || -> Result<()> {
            let mut total = 0;
            for attribute in group.attributes {
                // A number is never too long, and the store knows its exact size.
                let Some(text) = text(attribute.name) else { continue };
                total += text.len();
                if text.is_empty() {
                    check_value(attribute, &Value::from(""))?;
                }
            }
            check_bytes(group.what, group.attributes, total, group.most)
        };
        check().map_err(|error: Error| error.on_index(group.index))?;
    }
    Ok(())
}

/// Checks the values that an update gives to key attributes.
pub(crate) fn check_actions<E: Entity>(actions: &[Action]) -> Result<()> {
    for group in groups::<E>() {
        for action in actions.iter().filter(|action| action.path().steps().is_empty()) {
            let (Action::Set(path, value) | Action::SetIfAbsent(path, value)) = action else {
                continue;
            };
            let attribute = group.attributes.iter().find(|it| it.name == path.root());
            let Some(attribute) = attribute else { continue };
            let one = std::slice::from_ref(attribute);
            check_value(attribute, value)
                .and_then(|()| check_bytes(group.what, one, value_bytes(value), group.most))
                .map_err(|error| error.on_index(group.index))?;
        }
    }
    Ok(())
}
