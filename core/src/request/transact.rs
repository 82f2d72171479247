//! Transactions.

use super::{Get, Write};
use crate::cost::Cost;
use crate::error::Error;
use crate::schema::TableDef;

/// Writes that all happen or none, whatever their partitions.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactWrite<I> {
    /// The table.
    pub table: &'static TableDef,
    /// The writes, of different items. What they ask to give back is not given.
    pub writes: Vec<Write<I>>,
    /// Sent again with the same token within ten minutes, the same writes are not made again.
    pub token: String,
}

impl<I> TransactWrite<I> {
    /// Writes of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, writes: Vec<Write<I>>, token: String) -> Self {
        TransactWrite { table, writes, token }
    }
}

/// What became of a transaction's writes.
#[derive(Debug, Clone)]
pub struct Transacted<I> {
    /// Whether they happened.
    pub outcome: TransactOutcome<I>,
    /// What they cost.
    pub cost: Cost,
}

/// Whether a transaction happened.
#[derive(Debug, Clone)]
pub enum TransactOutcome<I> {
    /// It did.
    Done,
    /// Nothing changed: a reason for each write, in their order.
    Cancelled(Vec<Reason<I>>),
}

/// Why one write of a cancelled transaction could not happen.
#[derive(Debug, Clone)]
pub enum Reason<I> {
    /// It could have.
    Fine,
    /// Its condition did not hold.
    Refused {
        /// The stored item, if there is one.
        current: Option<I>,
    },
    /// Something else: a conflict with another transaction, throttling, an item too large.
    Failed(Error),
}

/// Reads items as they are at one moment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TransactGet {
    /// The table.
    pub table: &'static TableDef,
    /// Which items.
    pub gets: Vec<Get>,
}

impl TransactGet {
    /// Reads of one table.
    #[must_use]
    pub fn new(table: &'static TableDef, gets: Vec<Get>) -> Self {
        TransactGet { table, gets }
    }
}

/// What a [`TransactGet`] found, in the order of its gets.
#[derive(Debug, Clone)]
pub struct TransactFetched<I> {
    /// The items.
    pub items: Vec<Option<I>>,
    /// What the reads cost.
    pub cost: Cost,
}
