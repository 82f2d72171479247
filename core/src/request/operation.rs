//! `Operation`: the names of the operations of a store.

/// An operation of a store. There is one for each kind of request that a [`Backend`](crate::Backend)
/// runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// A [`Get`](super::Get).
    Get,
    /// A [`Put`](super::Put).
    Put,
    /// An [`Update`](super::Update).
    Update,
    /// A [`Delete`](super::Delete).
    Delete,
    /// A [`Query`](super::Query).
    Query,
    /// A [`BatchGet`](super::BatchGet).
    BatchGet,
    /// A [`BatchWrite`](super::BatchWrite).
    BatchWrite,
    /// A [`TransactGet`](super::TransactGet).
    TransactGet,
    /// A [`TransactWrite`](super::TransactWrite).
    TransactWrite,
    /// A [`CreateTable`](super::CreateTable).
    CreateTable,
    /// Opening a feed of changes, or reading a page of it: see [`ChangeFeed`](crate::ChangeFeed).
    ReadChanges,
}

impl Operation {
    /// Returns the operation's name, such as `batch_get`, for stores that have no name of their own
    /// for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Operation::Get => "get",
            Operation::Put => "put",
            Operation::Update => "update",
            Operation::Delete => "delete",
            Operation::Query => "query",
            Operation::BatchGet => "batch_get",
            Operation::BatchWrite => "batch_write",
            Operation::TransactGet => "transact_get",
            Operation::TransactWrite => "transact_write",
            Operation::CreateTable => "create_table",
            Operation::ReadChanges => "read_changes",
        }
    }
}
