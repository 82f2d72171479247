//! Executes writes of items. A write is first planned on the store as it is. If no write of the
//! request is refused, the planned changes are made together.

use super::log::{self, Cause};
use super::{cost, expiry, index, many, update};
use crate::document::{self, Document};
use crate::layout;
use crate::store::{Batch, Change, Lookup, Row as _};
use monotable_core::expr::{self, Expr, digest};
use monotable_core::request::{
    BatchItem, BatchWrite, Check, Delete, Outcome, PrimaryKey, Put, Returning, TransactItem,
    Update, Written,
};
use monotable_core::schema::TableDef;
use monotable_core::{Cost, Error, Kind, Result, value};
use std::hash::{Hash as _, Hasher};

/// A write of one item.
#[derive(Debug, Clone)]
pub(crate) struct Write {
    pub(super) table: &'static TableDef,
    entity: &'static str,
    pub(super) key: PrimaryKey,
    condition: Option<Expr>,
    returning: Returning,
    kind: WriteKind,
}

/// What a write does to its item.
#[derive(Debug, Clone)]
enum WriteKind {
    /// Replaces the item with this one.
    Put(Document),
    /// Changes some attributes.
    Update(Vec<expr::Action>),
    /// Removes the item.
    Delete,
    /// Checks the condition and changes nothing.
    Check,
}

impl Write {
    /// Prepares a put.
    ///
    /// # Errors
    ///
    /// `TooLarge` if the item is over the limit.
    pub(crate) fn put(request: Put<Document>) -> Result<Self> {
        let write = Write::any_put(request);
        if let WriteKind::Put(item) = &write.kind {
            write.check_size(item)?;
        }
        Ok(write)
    }

    fn any_put(request: Put<Document>) -> Self {
        let Put { table, entity, key, item, condition, returning, .. } = request;
        Write { table, entity, key, condition, returning, kind: WriteKind::Put(item) }
    }

    /// Prepares an update.
    ///
    /// # Errors
    ///
    /// `InvalidRequest` if it changes the item's key, or if its actions are not possible on any
    /// item.
    pub(crate) fn update(request: Update) -> Result<Self> {
        let Update { table, entity, key, actions, condition, returning, .. } = request;
        update::keeps_key(table, &actions)?;
        expr::check(&actions)?;
        Ok(Write { table, entity, key, condition, returning, kind: WriteKind::Update(actions) })
    }

    /// Prepares a delete.
    pub(crate) fn delete(request: Delete) -> Self {
        let Delete { table, entity, key, condition, returning, .. } = request;
        Write { table, entity, key, condition, returning, kind: WriteKind::Delete }
    }

    /// Prepares a write of a transaction. The size of its item is not checked here but in
    /// [`plan_one`], because an item over the limit cancels the transaction.
    ///
    /// # Errors
    ///
    /// `InvalidRequest` for an update without actions, and as for [`update`](Write::update).
    pub(super) fn of(request: TransactItem<Document>) -> Result<Self> {
        Ok(match request {
            TransactItem::Put(put) => Write::any_put(put),
            TransactItem::Update(update) if update.actions.is_empty() => {
                let message = format!(
                    "{} `{}`: an update in a transaction must change something; leave it out, or \
                     use a condition check instead",
                    update.entity, update.key
                );
                return Err(Error::new(Kind::InvalidRequest, message));
            }
            TransactItem::Update(update) => Write::update(update)?,
            TransactItem::Delete(delete) => Write::delete(delete),
            TransactItem::Check(Check { table, entity, key, condition, .. }) => {
                let (condition, returning) = (Some(condition), Returning::Nothing);
                Write { table, entity, key, condition, returning, kind: WriteKind::Check }
            }
        })
    }

    /// Returns the key of the row that this writes.
    pub(super) fn row(&self) -> Vec<u8> {
        layout::row(&self.key.pk, &self.key.sk)
    }

    /// Returns the approximate size of this write in bytes.
    pub(crate) fn weight(&self) -> usize {
        let size = match &self.kind {
            WriteKind::Put(item) => item.as_ref().len(),
            // This leaves out the values, which are rarely large. The size need not be exact,
            // because it only limits how many requests are committed together.
            WriteKind::Update(actions) => size_of_val(actions.as_slice()),
            WriteKind::Delete | WriteKind::Check => 0,
        };
        size + self.key.pk.len() + self.key.sk.len()
    }

    /// The size of an item of this write, if it is within the limit.
    fn check_size(&self, item: &Document) -> Result<usize> {
        many::LIMITS.check_item(self.entity, &self.key, item)
    }

    /// Hashes everything that distinguishes this write from another one. The order of the entries
    /// in maps does not matter.
    pub(super) fn digest(&self, hasher: &mut impl Hasher) {
        self.key.hash(hasher);
        self.condition.is_some().hash(hasher);
        self.condition.iter().for_each(|condition| digest::condition(condition, hasher));
        match &self.kind {
            WriteKind::Put(item) => {
                0u8.hash(hasher);
                match value::to_map(item.as_ref()) {
                    Ok(item) => digest::map(&item, hasher),
                    // If these bytes are not an item, they are hashed as bytes.
                    Err(_) => item.as_ref().hash(hasher),
                }
            }
            WriteKind::Update(actions) => {
                (1u8, actions.len()).hash(hasher);
                actions.iter().for_each(|action| digest::action(action, hasher));
            }
            WriteKind::Delete => 2u8.hash(hasher),
            WriteKind::Check => 3u8.hash(hasher),
        }
    }
}

/// Prepares the writes of a batch.
///
/// # Errors
///
/// - `InvalidRequest` if two writes are of the same item;
/// - `TooLarge` if there are too many writes, or if an item is over the limit.
pub(crate) fn batch(request: BatchWrite<Document>) -> Result<Vec<Write>> {
    let keys = request.writes.iter().map(BatchItem::key);
    many::check_keys("a batch of writes", keys, many::LIMITS.batch_write)?;
    let table = request.table;
    let writes = request.writes.into_iter().map(|write| match write {
        BatchItem::Put { entity, key, item, .. } => Write::put(Put::new(table, entity, key, item)),
        BatchItem::Delete { entity, key, .. } => Ok(Write::delete(Delete::new(table, entity, key))),
    });
    writes.collect()
}

impl super::Writes for Vec<Write> {
    type Answer = Vec<Written<Document>>;

    fn table(&self) -> Option<&'static TableDef> {
        self.first().map(|write| write.table)
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn weight(&self) -> usize {
        self.iter().map(Write::weight).sum()
    }

    fn perform(&self, batch: &mut impl Batch, now: i64) -> Result<Self::Answer> {
        let plan = plan(batch.lookup(), self)?;
        log::make(batch, plan.changes, Cause::Write, now)?;
        Ok(plan.written)
    }
}

/// The result of planning several writes.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The answer to each write.
    pub(crate) written: Vec<Written<Document>>,
    /// The changes of all writes. Empty if one of the writes is refused.
    pub(crate) changes: Vec<Change>,
}

/// Plans writes of different items, of which all are made or none.
pub(crate) fn plan(store: &impl Lookup, writes: &[Write]) -> Result<Plan> {
    let mut plan = Plan { written: Vec::with_capacity(writes.len()), changes: Vec::new() };
    let mut refused = false;
    for write in writes {
        let Planned { outcome, item, row_cost, index_cost, changes, .. } = plan_one(store, write)?;
        refused |= matches!(outcome, Outcome::Refused { .. });
        plan.changes.extend(changes);
        plan.written.push(Written::new(outcome, item, row_cost + index_cost));
    }
    if refused {
        plan.changes.clear();
    }
    Ok(plan)
}

/// The result of planning one write.
pub(super) struct Planned {
    pub(super) outcome: Outcome<Document>,
    /// The item that the write returns.
    item: Option<Document>,
    /// The cost of writing the item, which is charged even if the write is refused.
    pub(super) row_cost: Cost,
    /// The cost of writing the index entries.
    pub(super) index_cost: Cost,
    /// The size of the new item, or of the stored item if the write puts no new one.
    pub(super) bytes: usize,
    pub(super) changes: Vec<Change>,
}

/// Plans one write.
///
/// # Errors
///
/// `InvalidRequest`, `TooLarge` or `Encode` if the write is not possible on this item. All other
/// errors are faults of the store.
pub(super) fn plan_one(store: &impl Lookup, write: &Write) -> Result<Planned> {
    let row = write.row();
    let stored = store.row(&row)?;
    let old = stored.as_ref().map(AsRef::as_ref);
    let kept = || stored.as_ref().map(|row| row.document());
    let old_size = old.map_or(Ok(0), document::size)?;
    let mut planned = Planned {
        outcome: Outcome::Done,
        item: None,
        row_cost: cost::write(old_size),
        index_cost: Cost::ZERO,
        bytes: old_size,
        changes: Vec::new(),
    };
    if let WriteKind::Put(item) = &write.kind {
        // The larger of the two sizes is charged, even if the write is refused.
        planned.bytes = write.check_size(item)?;
        planned.row_cost = cost::write(old_size.max(planned.bytes));
    }
    let holds = write.condition.as_ref().map_or(Ok(true), |condition| condition.holds_encoded(old));
    if !holds.map_err(document::damaged)? {
        planned.outcome = Outcome::Refused { current: kept() };
        return Ok(planned);
    }
    let new = match &write.kind {
        WriteKind::Put(item) => Some(item.clone()),
        WriteKind::Update(actions) => Some(update::apply(write.table, &write.key, actions, old)?),
        WriteKind::Delete => None,
        WriteKind::Check => return Ok(planned),
    };
    if let (WriteKind::Update(_), Some(new)) = (&write.kind, &new) {
        planned.bytes = write.check_size(new)?;
        planned.row_cost = cost::write(old_size.max(planned.bytes));
    }
    if let Some(new) = &new {
        index::check(write.table, new.as_ref())?;
    }
    planned.item = match (write.returning, &write.kind) {
        (Returning::Old, _) => kept(),
        (Returning::New, WriteKind::Update(_)) => new.clone(),
        (Returning::New | Returning::Nothing, _) => None,
    };
    let next = new.as_ref().map(Document::as_ref);
    planned.index_cost = index::follow(write.table, &row, old, next, &mut planned.changes)?;
    expiry::follow(write.table, &row, old, next, &mut planned.changes)?;
    if old.is_some() || new.is_some() {
        planned.changes.push(Change::Row(row, new));
    }
    Ok(planned)
}
