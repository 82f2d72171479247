//! Index entries: which items have one, which attributes an index shows, and how the entries change
//! with the item.

use super::cost;
use crate::document;
use crate::layout;
use crate::store::Change;
use monotable_core::backend::Limits;
use monotable_core::schema::{IndexDef, IndexKeys, KeyAttribute, KeyType, TableDef};
use monotable_core::value::{self, Value};
use monotable_core::{Cost, Error, Kind, Result};

/// The attributes that an index, or the table itself, shows of an item.
pub(super) enum Projector<'a> {
    /// All attributes.
    Whole,
    /// Only the attributes with these names.
    Only(Vec<&'a str>),
}

impl<'a> Projector<'a> {
    pub(super) fn new(table: &'a TableDef, index: &'a IndexDef) -> Self {
        match table.projected(index) {
            None => Projector::Whole,
            Some(others) => {
                let keys = [table.pk, table.sk].into_iter().chain(table.index_key_names(index));
                Projector::Only(keys.chain(others).collect())
            }
        }
    }

    /// Returns the projection of `item`, or `None` if that is the whole item.
    pub(super) fn project(&self, item: &[u8]) -> Result<Option<Vec<u8>>> {
        match self {
            Projector::Whole => Ok(None),
            Projector::Only(names) => {
                value::project(item, names).map(Some).map_err(document::damaged)
            }
        }
    }

    /// Returns the size of the projection of `item` in bytes.
    fn size(&self, item: &[u8]) -> Result<usize> {
        match self.project(item)? {
            Some(projected) => document::size(&projected),
            None => document::size(item),
        }
    }

    /// Returns whether the projections of two items have the same attributes, in any order.
    fn same(&self, one: &[u8], other: &[u8]) -> Result<bool> {
        match (self.project(one)?, self.project(other)?) {
            (Some(one), Some(other)) => same(&one, &other),
            _ => same(one, other),
        }
    }
}

/// Returns whether two encoded items have the same attributes, in any order.
fn same(one: &[u8], other: &[u8]) -> Result<bool> {
    // The attributes are usually in the same order. Then the items need not be decoded.
    if one == other {
        return Ok(true);
    }
    let attributes = |item| value::to_map(item).map_err(document::damaged);
    Ok(attributes(one)? == attributes(other)?)
}

/// The key of an item on an index.
#[derive(PartialEq)]
enum Key<'a> {
    Texts(&'a str, &'a str),
    /// The values of the attributes of the partition key and of the sort key.
    Attributes(Vec<Value>, Vec<Value>),
}

impl<'a> Key<'a> {
    /// Returns the key of an item, if the item has all of it.
    fn of(table: &TableDef, index: &IndexDef, item: &'a [u8]) -> Result<Option<Self>> {
        Ok(match table.index_keys(index) {
            IndexKeys::Texts { pk, sk } => {
                value::text(item, pk).zip(value::text(item, sk)).map(|(pk, sk)| Key::Texts(pk, sk))
            }
            IndexKeys::Attributes(keys) => {
                let partition = values(item, keys.partition)?;
                partition.zip(values(item, keys.sort)?).map(|(pk, sk)| Key::Attributes(pk, sk))
            }
            _ => None,
        })
    }

    /// Returns the key of the entry in the index.
    fn entry(&self, index: &IndexDef, row: &[u8]) -> Vec<u8> {
        match self {
            Key::Texts(pk, sk) => layout::entry(index.name, pk, sk, row),
            Key::Attributes(pk, sk) => layout::attribute_entry(index.name, pk, sk, row),
        }
    }
}

/// Returns the values of attributes, if the item has all of them.
pub(super) fn values(item: &[u8], attributes: &[KeyAttribute]) -> Result<Option<Vec<Value>>> {
    let mut values = Vec::with_capacity(attributes.len());
    for attribute in attributes {
        match value::attribute(item, attribute.name).map_err(document::damaged)? {
            Some(value) if value.kind() == attribute.ty.name() => values.push(value),
            _ => return Ok(None),
        }
    }
    Ok(Some(values))
}

/// Refuses an item with a key attribute of an index that has another type, or is not of a key's length, as
/// DynamoDB does.
///
/// The typed layer writes no such item. It would be missing from the index without a word.
pub(super) fn check(table: &TableDef, item: &[u8]) -> Result<()> {
    let limits = [Limits::DYNAMODB.partition_key_bytes, Limits::DYNAMODB.sort_key_bytes];
    for index in table.indexes {
        let text = |name| [KeyAttribute::new(name, KeyType::Text)];
        let texts;
        let keys: [&[KeyAttribute]; 2] = match table.index_keys(index) {
            IndexKeys::Texts { pk, sk } => {
                texts = [text(pk), text(sk)];
                [&texts[0], &texts[1]]
            }
            IndexKeys::Attributes(keys) => [keys.partition, keys.sort],
            _ => continue,
        };
        for (attributes, longest) in keys.into_iter().zip(limits) {
            check_key(index, attributes, longest, item)?;
        }
    }
    Ok(())
}

/// Checks a partition key or a sort key. All of its attributes together have a limited length.
fn check_key(
    index: &IndexDef,
    attributes: &[KeyAttribute],
    longest: usize,
    item: &[u8],
) -> Result<()> {
    let mut total = 0;
    for KeyAttribute { name, ty, .. } in attributes {
        let wrong = match (value::text(item, name), ty) {
            (Some(""), KeyType::Text) => "is empty".to_owned(),
            (Some(text), KeyType::Text) => {
                total += text.len();
                if total <= longest {
                    continue;
                }
                format!("has {total} bytes, of at most {longest}")
            }
            _ => match value::attribute(item, name).map_err(document::damaged)? {
                Some(Value::Number(number)) if *ty == KeyType::Number => {
                    total += value::front::number_size(&number.to_string());
                    if total <= longest {
                        continue;
                    }
                    format!("has {total} bytes, of at most {longest}")
                }
                Some(other) => format!("is a {}, and has to be a {}", other.kind(), ty.name()),
                None => continue,
            },
        };
        let message = format!("attribute `{name}` is a key of index `{}`: it {wrong}", index.name);
        return Err(Error::new(Kind::SchemaMismatch, message));
    }
    Ok(())
}

/// Updates the index entries of a row after a change of its item. Adds the changes of the entries
/// to `changes`, and returns their cost: one write for each entry that is added or removed, and so
/// two writes where a key changes.
pub(super) fn follow(
    table: &TableDef,
    row: &[u8],
    old: Option<&[u8]>,
    new: Option<&[u8]>,
    changes: &mut Vec<Change>,
) -> Result<Cost> {
    let mut total = Cost::ZERO;
    for index in table.indexes {
        let key = |item: Option<_>| -> Result<Option<(Key<'_>, &[u8])>> {
            let Some(item) = item else { return Ok(None) };
            Ok(Key::of(table, index, item)?.map(|key| (key, item)))
        };
        let (old, new) = (key(old)?, key(new)?);
        if old.is_none() && new.is_none() {
            continue;
        }
        let projector = Projector::new(table, index);
        if let (Some((old_key, old)), Some((new_key, new))) = (&old, &new)
            && old_key == new_key
        {
            // The entry points to the row, so it does not change here. On DynamoDB, the index has a
            // copy of the attributes, and the copy is written if they change.
            if !projector.same(old, new)? {
                total += cost::write(projector.size(old)?.max(projector.size(new)?));
            }
            continue;
        }
        if let Some((key, item)) = old {
            changes.push(Change::Entry(key.entry(index, row), false));
            total += cost::write(projector.size(item)?);
        }
        if let Some((key, item)) = new {
            changes.push(Change::Entry(key.entry(index, row), true));
            total += cost::write(projector.size(item)?);
        }
    }
    Ok(total)
}
