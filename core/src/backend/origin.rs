//! `Origin`: the call of the user that a request comes from, for error messages and tracing.

use crate::error::Result;
use std::fmt;

/// A method of the typed layer, named as the user writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Exists,
    GetMany,
    TransactGet,
    TransactGetIn,
    Put,
    Create,
    Update,
    Advance,
    UpdateWith,
    Delete,
    MoveTo,
    Check,
    Transaction,
    TransactionIn,
    Batch,
    CreateIfMissing,
    Once,
    OnceIn,
    Lease,
    LeaseIn,
    RateLimit,
    Changes,
    Consumer,
}

impl Verb {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::Exists => "exists",
            Verb::GetMany => "get_many",
            Verb::TransactGet => "transact_get",
            Verb::TransactGetIn => "transact_get_in",
            Verb::Put => "put",
            Verb::Create => "create",
            Verb::Update => "update",
            Verb::Advance => "advance",
            Verb::UpdateWith => "update_with",
            Verb::Delete => "delete",
            Verb::MoveTo => "move_to",
            Verb::Check => "check",
            Verb::Transaction => "transaction",
            Verb::TransactionIn => "transaction_in",
            Verb::Batch => "batch",
            Verb::CreateIfMissing => "create_if_missing",
            Verb::Once => "once",
            Verb::OnceIn => "once_in",
            Verb::Lease => "lease",
            Verb::LeaseIn => "lease_in",
            Verb::RateLimit => "rate_limit",
            Verb::Changes => "changes",
            Verb::Consumer => "consumer",
        }
    }
}

/// The entity or table and the method that the user called. It is displayed as `Order::put`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    /// A request of one entity.
    Entity(&'static str, Verb),
    /// A query of one entity, by its access pattern.
    Pattern(&'static str, &'static str),
    /// A request of a table, for entities of any type.
    Table(&'static str, Verb),
}

impl Origin {
    /// The entity's name, if the request is of one entity.
    pub(crate) fn entity(self) -> Option<&'static str> {
        match self {
            Origin::Entity(entity, _) | Origin::Pattern(entity, _) => Some(entity),
            Origin::Table(..) => None,
        }
    }

    /// The access pattern's name, if the request is a query.
    pub(crate) fn pattern(self) -> Option<&'static str> {
        match self {
            Origin::Pattern(_, pattern) => Some(pattern),
            Origin::Entity(..) | Origin::Table(..) => None,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, method) = match *self {
            Origin::Entity(subject, verb) | Origin::Table(subject, verb) => (subject, verb.name()),
            Origin::Pattern(subject, pattern) => (subject, pattern),
        };
        write!(f, "{subject}::{method}")
    }
}

/// Adds the called method to an error, unless the error already names a more exact place.
pub(crate) trait At {
    fn at(self, origin: Origin) -> Self;
}

impl<T> At for Result<T> {
    fn at(self, origin: Origin) -> Self {
        self.map_err(|error| error.context(|| origin.to_string()))
    }
}
