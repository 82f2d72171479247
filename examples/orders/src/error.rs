//! `Error`: why a handler refused, in the words of the application.

use std::fmt;

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a handler refused.
#[derive(Debug)]
pub enum Error {
    /// Another customer has this e-mail address.
    EmailTaken,
    /// There is no such customer.
    NoCustomer,
    /// There is already another order with this id.
    OrderExists,
    /// The order has changed since it was loaded, or is not in a state for this.
    OrderChanged,
    /// The text of the cursor is not from the page before.
    BadCursor,
    /// The store failed.
    Store(monotable::Error),
}

impl From<monotable::Error> for Error {
    fn from(error: monotable::Error) -> Self {
        Error::Store(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::EmailTaken => f.write_str("another customer has this e-mail address"),
            Error::NoCustomer => f.write_str("there is no such customer"),
            Error::OrderExists => f.write_str("there is already another order with this id"),
            Error::OrderChanged => f.write_str("the order has changed: load it again"),
            Error::BadCursor => f.write_str("the cursor is not from the page before"),
            Error::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Store(error) => Some(error),
            _ => None,
        }
    }
}
