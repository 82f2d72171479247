//! Index entries: when there is one, what it holds, and how it follows its row.

use super::cost;
use crate::document;
use crate::layout;
use crate::store::Change;
use monotable_core::{Cost, IndexDef, Result, TableDef, value};

/// What entries of an index hold of their rows.
pub(super) enum Projector<'a> {
    /// All attributes.
    Whole,
    /// The attributes with these names.
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

    /// The projection of `item`; `None` if it is `item` itself.
    pub(super) fn project(&self, item: &[u8]) -> Result<Option<Vec<u8>>> {
        match self {
            Projector::Whole => Ok(None),
            Projector::Only(names) => {
                value::project(item, names).map(Some).map_err(document::damaged)
            }
        }
    }

    /// The size in bytes of the projection of `item`.
    fn size(&self, item: &[u8]) -> Result<usize> {
        match self.project(item)? {
            Some(projected) => document::size(&projected),
            None => document::size(item),
        }
    }

    /// Whether the projections of two items are the same, in whatever order their attributes are.
    fn same(&self, one: &[u8], other: &[u8]) -> Result<bool> {
        match (self.project(one)?, self.project(other)?) {
            (Some(one), Some(other)) => same(&one, &other),
            _ => same(one, other),
        }
    }
}

/// Whether two encoded items have the same attributes.
fn same(one: &[u8], other: &[u8]) -> Result<bool> {
    // Most are in the same order, and need not be decoded.
    if one == other {
        return Ok(true);
    }
    let attributes = |item| value::to_map(item).map_err(document::damaged);
    Ok(attributes(one)? == attributes(other)?)
}

/// An index's key in an item: there is one if both attributes are there.
fn key<'a>(index: &IndexDef, item: &'a [u8]) -> Option<(&'a str, &'a str)> {
    Some((value::text(item, index.pk)?, value::text(item, index.sk)?))
}

/// Makes the index entries of a row follow a change of its item. Adds what has to change, and gives what
/// that costs: a write for each entry written and for each removed, so two where a key changes.
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
            // The entry points to the row: nothing changes here, but DynamoDB keeps a copy.
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
