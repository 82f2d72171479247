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
    /// The item's key; the item holds it too.
    pub key: PrimaryKey,
    /// The item as the backend encoded it.
    pub item: I,
    /// What must hold of the stored item for the write to happen.
    pub condition: Option<Expr>,
    /// Whether the item that was there before is wanted. [`Returning::New`] gives nothing here.
    pub returning: Returning,
}

impl<I> Put<I> {
    /// An unconditional write.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey, item: I) -> Self {
        Put { table, entity, key, item, condition: None, returning: Returning::Nothing }
    }
}

/// Changes places of one item.
///
/// An item that is not there is made from its key and what the actions set, as DynamoDB does it;
/// the typed layer always adds the condition that it is there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Update {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// Which item.
    pub key: PrimaryKey,
    /// The changes, of places that do not overlap.
    pub actions: Vec<Action>,
    /// What must hold of the stored item for the write to happen.
    pub condition: Option<Expr>,
    /// Whether the item is wanted, as it was or as it is now.
    pub returning: Returning,
}

impl Update {
    /// An unconditional update.
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
    /// Which item.
    pub key: PrimaryKey,
    /// What must hold of the stored item for the write to happen.
    pub condition: Option<Expr>,
    /// Whether the item that was there before is wanted. [`Returning::New`] gives nothing here.
    pub returning: Returning,
}

impl Delete {
    /// An unconditional delete.
    #[must_use]
    pub fn new(table: &'static TableDef, entity: &'static str, key: PrimaryKey) -> Self {
        Delete { table, entity, key, condition: None, returning: Returning::Nothing }
    }
}

/// Which item a write gives back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Returning {
    /// None.
    #[default]
    Nothing,
    /// The item as it was before, if there was one.
    Old,
    /// The item as it is now.
    New,
}

/// What became of a write.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Written<I> {
    /// Whether it happened.
    pub outcome: Outcome<I>,
    /// The item that [`Returning`] asked for.
    pub item: Option<I>,
    /// What it cost; a refused write costs too.
    pub cost: Cost,
}

impl<I> Written<I> {
    /// A write that happened, with the item that was asked for, or one that was refused.
    #[must_use]
    pub fn new(outcome: Outcome<I>, item: Option<I>, cost: Cost) -> Self {
        Written { outcome, item, cost }
    }
}

/// Whether a write happened.
#[derive(Debug, Clone)]
pub enum Outcome<I> {
    /// It did.
    Done,
    /// Its condition did not hold, and nothing changed.
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
    /// Changes places of it.
    Update(Update),
    /// Deletes it.
    Delete(Delete),
}

impl<I> Write<I> {
    /// The item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        match self {
            Write::Put(put) => &put.key,
            Write::Update(update) => &update.key,
            Write::Delete(delete) => &delete.key,
        }
    }

    /// The entity's name.
    #[must_use]
    pub fn entity(&self) -> &'static str {
        match self {
            Write::Put(put) => put.entity,
            Write::Update(update) => update.entity,
            Write::Delete(delete) => delete.entity,
        }
    }

    /// What must hold of the stored item for the write to happen.
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
