//! What an update makes of an item.

use crate::document::{self, Document};
use monotable_core::expr::{self, Action};
use monotable_core::request::PrimaryKey;
use monotable_core::value::{self, Map};
use monotable_core::{Error, Kind, Result, TableDef};

/// Refuses actions on the attributes of the primary key.
pub(super) fn keeps_key(table: &TableDef, actions: &[Action]) -> Result<()> {
    let roots = actions.iter().map(|action| action.path().root());
    match roots.into_iter().find(|root| [table.pk, table.sk].contains(root)) {
        Some(root) => Err(refuse(&format!("`{root}` is part of the item's key"))),
        None => Ok(()),
    }
}

fn refuse(why: &str) -> Error {
    let message = format!("{why}, which an update cannot change: put a new item, delete the old");
    Error::new(Kind::InvalidRequest, message)
}

/// The item that actions make of `old`; of none, it begins with the key alone, also where they
/// take things away only, as DynamoDB has it.
///
/// # Errors
///
/// `InvalidRequest` if an action cannot be done, `Encode` if the item cannot be stored.
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
        return Err(refuse(&format!("`{}` says what the item is", table.tag)));
    }
    Document::encode(&item)
}
