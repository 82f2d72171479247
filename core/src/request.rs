//! Requests as plain data, and their answers.
//!
//! The typed layer creates these requests, and a [`Backend`](crate::Backend) runs them. They can be
//! logged, compared in tests and sent again. Their keys are already rendered and checked.

mod attributes;
mod batch;
mod bookmark;
mod cursor;
mod keys;
mod operation;
mod page;
mod query;
mod read;
mod transact;
mod write;

pub use attributes::{AttributeKeys, AttributeRange};
pub(crate) use attributes::{bytes as value_bytes, check_bytes, check_value, compare};
pub use batch::{BatchFetched, BatchGet, BatchItem, BatchWrite, BatchWritten};
pub(crate) use bookmark::Bookmark;
pub use cursor::Cursor;
pub(crate) use keys::HasKeys;
pub use operation::Operation;
pub use page::Page;
pub use query::{Position, Queried, Query, QueryKeys, Select, SortKeys};
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

/// Creates the table.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CreateTable {
    /// The table.
    pub table: &'static TableDef,
}

impl CreateTable {
    /// Returns a request to create this table.
    #[must_use]
    pub fn new(table: &'static TableDef) -> Self {
        CreateTable { table }
    }
}
