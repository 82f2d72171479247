//! Requests as plain data: what the typed layer makes and a [`Backend`](crate::Backend) runs.
//!
//! They can be logged, asserted on and replayed. Keys are rendered and checked already.

mod batch;
mod cursor;
mod operation;
mod page;
mod query;
mod read;
mod transact;
mod write;

pub use batch::{BatchFetched, BatchGet, BatchItem, BatchWrite, BatchWritten};
pub(crate) use cursor::Bookmark;
pub use cursor::Cursor;
pub use operation::Operation;
pub use page::Page;
pub use query::{Position, Queried, Query, Select, SortKeys};
pub use read::{Fetched, Get};
pub use transact::{
    Check, Reason, TransactFetched, TransactGet, TransactItem, TransactOutcome, TransactWrite,
    Transacted,
};
pub use write::{Delete, Outcome, Put, Returning, Update, Write, Written};

use crate::schema::TableDef;
use std::fmt;

/// A rendered primary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrimaryKey {
    /// The partition key.
    pub pk: String,
    /// The sort key.
    pub sk: String,
}

impl fmt::Display for PrimaryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.pk, self.sk)
    }
}

/// Brings the table into being.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CreateTable {
    /// The table.
    pub table: &'static TableDef,
}

impl CreateTable {
    /// For a table.
    #[must_use]
    pub fn new(table: &'static TableDef) -> Self {
        CreateTable { table }
    }
}
