//! Applies the actions of an update to an item.

use crate::document::{self, Document};
use monotable_core::expr::{self, Action};
use monotable_core::request::PrimaryKey;
use monotable_core::schema::TableDef;
use monotable_core::value::{self, Map};
use monotable_core::{Error, Kind, Result};

/// Checks that no action changes an attribute of the primary key.
pub(super) fn keeps_key(table: &TableDef, actions: &[Action]) -> Result<()> {
    let roots = actions.iter().map(|action| action.path().root());
    match roots.into_iter().find(|root| [table.pk, table.sk].contains(root)) {
        Some(root) => Err(refuse(&format!("`{root}` is part of the item's key"))),
        None => Ok(()),
    }
}

fn refuse(why: &str) -> Error {
    let message =
        format!("{why}, which an update cannot change: put a new item and delete the old one");
    Error::new(Kind::InvalidRequest, message)
}

/// Returns the item after the actions. If there is no old item, they start from an item that has
/// only the key. So an update that only removes attributes creates an item, too, as on DynamoDB.
///
/// # Errors
///
/// - `InvalidRequest` if an action is not possible on this item;
/// - `Encode` if the new item cannot be stored.
pub(super) fn apply(
    table: &TableDef,
    key: &PrimaryKey,
    actions: &[Action],
    old: Option<&[u8]>,
) -> Result<Document> {
    let Some(old) = old else {
        let mut item = Map::new();
        item.insert(table.pk, key.pk.as_str());
        item.insert(table.sk, key.sk.as_str());
        expr::apply(actions, &mut item)?;
        return Document::encode(&item);
    };
    let mut item = value::to_map(old).map_err(document::damaged)?;
    let tag = item.get(table.tag).cloned();
    expr::apply(actions, &mut item)?;
    if item.get(table.tag) != tag.as_ref() {
        return Err(refuse(&format!("`{}` is the tag of the item's entity", table.tag)));
    }
    Document::encode(&item)
}
