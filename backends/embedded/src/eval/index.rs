//! Index entries: which items have one, which attributes an index shows, and how the entries change
//! with the item.

use super::cost;
use crate::document;
use crate::layout;
use crate::store::Change;
use monotable_core::backend::Limits;
use monotable_core::schema::{IndexDef, TableDef};
use monotable_core::{Cost, Error, Kind, Result, value};

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
                let keys = [table.pk, table.sk].into_iter().chain(table.index_keys(index));
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

/// Returns the partition key and the sort key of an item on an index, if the item has both.
fn key<'a>(table: &TableDef, index: &IndexDef, item: &'a [u8]) -> Option<(&'a str, &'a str)> {
    let [pk, sk] = table.index_keys(index);
    Some((value::text(item, pk)?, value::text(item, sk)?))
}

/// Refuses an item with a key attribute of an index that is not a text of a key's length, as DynamoDB does.
///
/// The typed layer writes no such item. It would be missing from the index without a word.
pub(super) fn check(table: &TableDef, item: &[u8]) -> Result<()> {
    for index in table.indexes {
        let limits = [Limits::DYNAMODB.partition_key_bytes, Limits::DYNAMODB.sort_key_bytes];
        for (name, longest) in table.index_keys(index).into_iter().zip(limits) {
            let wrong = match value::text(item, name) {
                Some("") => "is empty".to_owned(),
                Some(text) if text.len() > longest => {
                    format!("has {} bytes, of at most {longest}", text.len())
                }
                Some(_) => continue,
                None => match value::attribute(item, name).map_err(document::damaged)? {
                    Some(other) => format!("is a {}, and has to be a text", other.kind()),
                    None => continue,
                },
            };
            let message =
                format!("attribute `{name}` is a key of index `{}`: it {wrong}", index.name);
            return Err(Error::new(Kind::SchemaMismatch, message));
        }
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
        let old = old.and_then(|item| Some((key(table, index, item)?, item)));
        let new = new.and_then(|item| Some((key(table, index, item)?, item)));
        if old.is_none() && new.is_none() {
            continue;
        }
        let projector = Projector::new(table, index);
        if let (Some((old_key, old)), Some((new_key, new))) = (old, new)
            && old_key == new_key
        {
            // The entry points to the row, so it does not change here. On DynamoDB, the index has a
            // copy of the attributes, and the copy is written if they change.
            if !projector.same(old, new)? {
                total += cost::write(projector.size(old)?.max(projector.size(new)?));
            }
            continue;
        }
        if let Some(((pk, sk), item)) = old {
            changes.push(Change::Entry(layout::entry(index.name, pk, sk, row), false));
            total += cost::write(projector.size(item)?);
        }
        if let Some(((pk, sk), item)) = new {
            changes.push(Change::Entry(layout::entry(index.name, pk, sk, row), true));
            total += cost::write(projector.size(item)?);
        }
    }
    Ok(total)
}
