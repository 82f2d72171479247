//! Converting keys to attribute values, and back.

use crate::codec::value_to_attribute;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::request::{Position, PrimaryKey, Query, QueryKeys};
use monotable_core::schema::{IndexKeys, KeyAttribute, KeyType, TableDef};
use monotable_core::value::Value;
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
        let pk = request.keys.texts().map_or("", |(pk, _)| pk).to_owned();
        let key = PrimaryKey { pk, sk: after.sort().to_owned() };
        return Ok(primary(table, &key));
    };
    let Some(key) = after.primary() else {
        let message = "a position in an index needs the primary key of its item";
        return Err(Error::new(Kind::InvalidCursor, message));
    };
    let mut start = primary(table, key);
    match (&request.keys, table.index_keys(index)) {
        (QueryKeys::Attributes(keys), IndexKeys::Attributes(names)) => {
            let partition = names.partition.iter().zip(&keys.partition);
            for (attribute, value) in partition.chain(names.sort.iter().zip(after.attributes())) {
                start.insert(attribute.name.to_owned(), value_to_attribute(value)?);
            }
        }
        (QueryKeys::Texts { pk: partition, .. }, IndexKeys::Texts { pk, sk }) => {
            start.insert(pk.to_owned(), AttributeValue::S(partition.clone()));
            start.insert(sk.to_owned(), AttributeValue::S(after.sort().to_owned()));
        }
        // The key condition has been refused.
        _ => {}
    }
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
            let primary = read_primary(request.table, last)?;
            match request.table.index_keys(index) {
                IndexKeys::Attributes(names) => {
                    let sort = names.sort.iter().map(|attribute| value(last, attribute));
                    Position::in_attributes(sort.collect::<Result<_>>()?, primary)
                }
                IndexKeys::Texts { sk, .. } => Position::in_index(text(last, sk)?, primary),
                _ => Position::in_table(primary.sk),
            }
        }
    })
}

/// Reads the value of a key attribute.
fn value(from: &Map, attribute: &KeyAttribute) -> Result<Value> {
    let value = match (from.get(attribute.name), attribute.ty) {
        (Some(AttributeValue::S(text)), KeyType::Text) => Some(Value::Text(text.clone())),
        (Some(AttributeValue::N(digits)), KeyType::Number) => {
            digits.parse().ok().map(Value::Number)
        }
        _ => None,
    };
    value.ok_or_else(|| {
        let (name, ty) = (attribute.name, attribute.ty.name());
        let message = format!("DynamoDB answered with a key whose `{name}` is not a {ty}");
        Error::new(Kind::Decode, message)
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
