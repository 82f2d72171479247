//! Writes of single items.

use super::PrimaryKey;
use crate::cost::Cost;
use crate::expr::{Action, Expr};
use crate::schema::TableDef;

/// Writes a whole item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Put<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The item's key, which is also in the item.
    pub key: PrimaryKey,
    /// The item as the backend encoded it.
    pub item: I,
    /// The condition that has to hold for the stored item. Otherwise the write is refused.
    pub condition: Option<Expr>,
    /// Whether to return the item that was stored before. [`Returning::New`] returns nothing here.
    pub returning: Returning,
}

impl<I> Put<I> {
    /// Returns an unconditional put.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey, item: I) -> Self {
        Put { table, entity, key, item, condition: None, returning: Returning::Nothing }
    }
}

/// Changes parts of one item.
///
/// If the item does not exist, it is created from its key and the values that the actions set, like on
/// DynamoDB. The typed layer always adds the condition that the item exists.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Update {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The item's key.
    pub key: PrimaryKey,
    /// The changes. Their paths do not overlap.
    pub actions: Vec<Action>,
    /// The condition that has to hold for the stored item. Otherwise the write is refused.
    pub condition: Option<Expr>,
    /// Whether to return the item as it was before, or as it is now.
    pub returning: Returning,
}

impl Update {
    /// Returns an unconditional update.
    #[must_use]
    pub fn new(
        table: &'static TableDef,
        entity: &'static str,
        key: PrimaryKey,
        actions: Vec<Action>,
    ) -> Self {
        let returning = Returning::Nothing;
        Update { table, entity, key, actions, condition: None, returning }
    }
}

/// Deletes one item.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delete {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The item's key.
    pub key: PrimaryKey,
    /// The condition that has to hold for the stored item. Otherwise the write is refused.
    pub condition: Option<Expr>,
    /// Whether to return the item that was stored before. [`Returning::New`] returns nothing here.
    pub returning: Returning,
}

impl Delete {
    /// Returns an unconditional delete.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Delete { table, entity, key, condition: None, returning: Returning::Nothing }
    }
}

/// The item that a write returns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Returning {
    /// No item.
    #[default]
    Nothing,
    /// The item as it was before, if there was one.
    Old,
    /// The item as it is now.
    New,
}

/// The answer to a [`Put`], [`Update`] or [`Delete`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Written<I> {
    /// Whether the write happened.
    pub outcome: Outcome<I>,
    /// The item that the request's [`Returning`] asked for.
    pub item: Option<I>,
    /// The cost of the write. A refused write has a cost, too.
    pub cost: Cost,
}

impl<I> Written<I> {
    /// Returns the answer of a write that happened, with the item to return, or of a refused write.
    #[must_use]
    pub fn new(outcome: Outcome<I>, item: Option<I>, cost: Cost) -> Self {
        Written { outcome, item, cost }
    }
}

/// Whether a write happened.
#[derive(Debug, Clone)]
pub enum Outcome<I> {
    /// The write happened.
    Done,
    /// The condition did not hold, and nothing changed.
    Refused {
        /// The stored item, if there is one.
        current: Option<I>,
    },
}

/// A write of one item.
#[derive(Debug, Clone)]
pub enum Write<I> {
    /// Writes the whole item.
    Put(Put<I>),
    /// Changes parts of the item.
    Update(Update),
    /// Deletes the item.
    Delete(Delete),
}

impl<I> Write<I> {
    /// Returns the item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            Write::Put(put) => &put.key,
            Write::Update(update) => &update.key,
            Write::Delete(delete) => &delete.key,
        }
    }

    /// Returns the entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            Write::Put(put) => put.entity,
            Write::Update(update) => update.entity,
            Write::Delete(delete) => delete.entity,
        }
    }

    /// Returns the condition that has to hold for the stored item, if there is one.
    #[must_use]
    pub fn condition(&self) -> Option<&Expr> {
        match self {
            Write::Put(put) => put.condition.as_ref(),
            Write::Update(update) => update.condition.as_ref(),
            Write::Delete(delete) => delete.condition.as_ref(),
        }
    }
}

impl<I> From<Put<I>> for Write<I> {
    fn from(put: Put<I>) -> Self {
        Write::Put(put)
    }
}

impl<I> From<Update> for Write<I> {
    fn from(update: Update) -> Self {
        Write::Update(update)
    }
}

impl<I> From<Delete> for Write<I> {
    fn from(delete: Delete) -> Self {
        Write::Delete(delete)
    }
}
