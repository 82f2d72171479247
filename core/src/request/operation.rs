//! The operations of a store, by name.

/// An operation of a store: one for each request that a [`Backend`](crate::Backend) runs.
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
}

impl Operation {
    /// The operation's name for stores that have no name of their own for it, e.g. `batch_get`.
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
        }
    }
}
