//! Writes: first planned against the store as it is, then made, together.

use super::{cost, index};
use crate::document::{self, Document};
use crate::layout;
use crate::store::{Change, Lookup, Row as _};
use monotable_core::expr::Expr;
use monotable_core::request::{Delete, Outcome, PrimaryKey, Put, Written};
use monotable_core::{Cost, Error, Item as _, Kind, Result, TableDef};

/// The greatest size of an item in bytes, names included: DynamoDB's, so that what is stored here
/// can be stored there.
const ITEM_LIMIT: usize = 400 * 1024;

/// A write of one item.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    table: &'static TableDef,
    key: PrimaryKey,
    condition: Option<Expr>,
    action: Action,
}

/// What a write does.
#[derive(Debug, Clone)]
enum Action {
    /// Writes the whole item.
    Put(Document),
    /// Removes it.
    Delete,
}

impl Write {
    /// A put, if its item is not over the limit.
    pub(crate) fn put(request: Put<Document>) -> Result<Self> {
        let Put { table, entity, key, item, condition, .. } = request;
        let size = item.size()?;
        if size > ITEM_LIMIT {
            let message = format!(
                "{entity} `{key}` is {size} bytes with its attributes' names, over the limit of \
                 {ITEM_LIMIT}: split it into several items"
            );
            return Err(Error::new(Kind::TooLarge, message));
        }
        Ok(Write { table, key, condition, action: Action::Put(item) })
    }

    /// A delete.
    pub(crate) fn delete(request: Delete) -> Self {
        let Delete { table, key, condition, .. } = request;
        Write { table, key, condition, action: Action::Delete }
    }

    /// Roughly what it takes to carry it.
    pub(crate) fn weight(&self) -> usize {
        let item = match &self.action {
            Action::Put(item) => item.as_ref().len(),
            Action::Delete => 0,
        };
        item + self.key.pk.len() + self.key.sk.len()
    }
}

/// What some writes come to.
#[derive(Debug)]
pub(crate) struct Plan {
    /// What becomes of each of them.
    pub(crate) written: Vec<Written<Document>>,
    /// What changes; nothing if one of them is refused.
    pub(crate) changes: Vec<Change>,
}

/// Plans writes of different items, which are all made or none.
pub(crate) fn plan(store: &impl Lookup, writes: &[Write]) -> Result<Plan> {
    let mut plan = Plan { written: Vec::with_capacity(writes.len()), changes: Vec::new() };
    let mut refused = false;
    for write in writes {
        let written = plan_one(store, write, &mut plan.changes)?;
        refused |= matches!(written.outcome, Outcome::Refused { .. });
        plan.written.push(written);
    }
    if refused {
        plan.changes.clear();
    }
    Ok(plan)
}

fn plan_one(
    store: &impl Lookup,
    write: &Write,
    changes: &mut Vec<Change>,
) -> Result<Written<Document>> {
    let row = layout::row(&write.key.pk, &write.key.sk);
    let stored = store.row(&row)?;
    let old = stored.as_ref().map(AsRef::as_ref);
    let new = match &write.action {
        Action::Put(item) => Some(item),
        Action::Delete => None,
    };
    let mut cost = cost_of_row(old, new)?;
    let holds = match write.condition {
        None => true,
        Some(Expr::Absent(ref path)) if path.root() == write.table.pk => old.is_none(),
        ref other => {
            let message = format!("the embedded store cannot check {other:?}");
            return Err(Error::new(Kind::Unsupported, message));
        }
    };
    if !holds {
        let current = stored.map(|row| row.document());
        return Ok(Written { outcome: Outcome::Refused { current }, item: None, cost });
    }
    cost += index::follow(write.table, &row, old, new, changes)?;
    if old.is_some() || new.is_some() {
        changes.push(Change::Row(row, new.cloned()));
    }
    Ok(Written { outcome: Outcome::Done, item: None, cost })
}

/// By the greater of the two sizes, refused or not.
fn cost_of_row(old: Option<&[u8]>, new: Option<&Document>) -> Result<Cost> {
    let old = old.map_or(Ok(0), document::size)?;
    let new = new.map_or(Ok(0), Document::size)?;
    Ok(cost::write(old.max(new)))
}
