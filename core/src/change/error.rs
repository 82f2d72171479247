//! `ConsumerError`: why a consumer has stopped.

use crate::error::{Error, source_of};
use crate::request::PrimaryKey;
use std::fmt;

/// The reason why a [`Consumer`](super::Consumer) has stopped. `E` is the type of the handler's own error.
///
/// If `E` is [`Error`], `?` makes an [`Error`] of it. It is an error itself for every `E` that can be shown, so `?` also makes a
/// `Box<dyn std::error::Error + Send + Sync>` or an `anyhow::Error` of it, if the handler returns these. The error of the handler is in
/// the text. Match on [`Handler`](ConsumerError::Handler) to see what it is and what its source is.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConsumerError<E> {
    /// The handler has failed. The next step calls it for the same change.
    Handler {
        /// The name of the change.
        id: String,
        /// The key of the item.
        key: PrimaryKey,
        /// The error of the handler.
        error: E,
    },
    /// The feed could not be read, or the position could not be written. Among others:
    ///
    /// - [`is_decode`](Error::is_decode): an item is unknown;
    /// - [`is_lease_lost`](Error::is_lease_lost): another worker has taken over;
    /// - [`is_trimmed`](Error::is_trimmed): changes after the position are no longer kept, so some are lost.
    Request(Error),
}

impl<E> From<Error> for ConsumerError<E> {
    fn from(error: Error) -> Self {
        ConsumerError::Request(error)
    }
}

impl From<ConsumerError<Error>> for Error {
    fn from(error: ConsumerError<Error>) -> Self {
        match error {
            ConsumerError::Handler { error, .. } | ConsumerError::Request(error) => error,
        }
    }
}

impl<E: fmt::Display> fmt::Display for ConsumerError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConsumerError::Handler { id, key, error } => {
                write!(f, "the handler of change `{id}` of item `{key}` failed: {error}")
            }
            ConsumerError::Request(error) => error.fmt(f),
        }
    }
}

// Not only for an `E` that is an error: `Box<dyn Error>` and `anyhow::Error` are none.
impl<E: fmt::Debug + fmt::Display + 'static> std::error::Error for ConsumerError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ConsumerError::Handler { error, .. } => source_of(error),
            ConsumerError::Request(error) => error.source(),
        }
    }
}
