//! Index entries: which items have one, which attributes an index shows, and how the entries change
//! with the item.

use super::cost;
use crate::document;
use crate::layout;
use crate::store::Change;
use monotable_core::schema::{IndexDef, TableDef};
use monotable_core::{Cost, Result, value};

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
                let keys = [table.pk, table.sk, index.pk, index.sk];
                Projector::Only(keys.into_iter().chain(others).collect())
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
fn key<'a>(index: &IndexDef, item: &'a [u8]) -> Option<(&'a str, &'a str)> {
    Some((value::text(item, index.pk)?, value::text(item, index.sk)?))
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
        let old = old.and_then(|item| Some((key(index, item)?, item)));
        let new = new.and_then(|item| Some((key(index, item)?, item)));
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
