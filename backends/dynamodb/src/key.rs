//! Converting keys to attribute values, and back.

use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::request::{Position, PrimaryKey, Query};
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};
use std::collections::HashMap;

/// Attribute values by their names.
pub(crate) type Map = HashMap<String, AttributeValue>;

/// Converts a primary key.
pub(crate) fn primary(table: &TableDef, key: &PrimaryKey) -> Map {
    let text = |key: &String| AttributeValue::S(key.clone());
    Map::from([(table.pk.to_owned(), text(&key.pk)), (table.sk.to_owned(), text(&key.sk))])
}

/// Reads the primary key of an item or of a key.
///
/// # Errors
///
/// `Decode` if a key attribute is missing.
pub(crate) fn read_primary(table: &TableDef, from: &Map) -> Result<PrimaryKey> {
    Ok(PrimaryKey { pk: text(from, table.pk)?, sk: text(from, table.sk)? })
}

/// The start of a page: all key attributes of the item before it, as DynamoDB requires.
///
/// # Errors
///
/// `InvalidCursor` if a position on an index has no primary key.
pub(crate) fn start(request: &Query, after: &Position) -> Result<Map> {
    let table = request.table;
    let Some(index) = request.index else {
        let key = PrimaryKey { pk: request.pk.clone(), sk: after.sort().to_owned() };
        return Ok(primary(table, &key));
    };
    let Some(key) = after.primary() else {
        let message = "a position in an index needs the primary key of its item";
        return Err(Error::new(Kind::InvalidCursor, message));
    };
    let mut start = primary(table, key);
    let [pk, sk] = table.index_keys(index);
    start.insert(pk.to_owned(), AttributeValue::S(request.pk.clone()));
    start.insert(sk.to_owned(), AttributeValue::S(after.sort().to_owned()));
    Ok(start)
}

/// The position at which a page ended.
///
/// # Errors
///
/// `Decode` if a key attribute is missing.
pub(crate) fn end(request: &Query, last: &Map) -> Result<Position> {
    Ok(match request.index {
        None => Position::in_table(text(last, request.table.sk)?),
        Some(index) => {
            let [_, sk] = request.table.index_keys(index);
            Position::in_index(text(last, sk)?, read_primary(request.table, last)?)
        }
    })
}

fn text(from: &Map, name: &str) -> Result<String> {
    match from.get(name) {
        Some(AttributeValue::S(text)) => Ok(text.clone()),
        _ => {
            let message = format!("DynamoDB answered with a key whose `{name}` is not a text");
            Err(Error::new(Kind::Decode, message))
        }
    }
}
