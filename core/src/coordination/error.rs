//! `OnceError`: why once-only work has no result.

use crate::error::{Error, source_of};
use std::fmt;

/// The reason why [`Once::run`](super::Once::run) or [`OnceTransaction::run`](super::OnceTransaction::run) returns no
/// result. `T` is
/// the type of the result, and `X` that of the work's own error.
///
/// If `X` is [`Error`], `?` makes an [`Error`] of it. It is an error itself for every `X` that can be shown, so `?` also makes a
/// `Box<dyn std::error::Error + Send + Sync>` or an `anyhow::Error` of it, if the work returns these. Match on
/// [`Failed`](OnceError::Failed) to see what the error of the work is and what its source is.
#[derive(Debug)]
#[non_exhaustive]
pub enum OnceError<T, X> {
    /// The work failed with this error. It has left no record, so the next call does the work.
    Failed(X),
    /// The work is done, and its result could not be recorded. It is here, so that it is not lost.
    NotRecorded {
        /// What the work returned.
        result: T,
        /// Why it was not recorded. [`is_too_large`](Error::is_too_large) and [`is_encode`](Error::is_encode): a
        /// record without the result was written, so no other call does the work; they fail with
        /// [`is_result_not_stored`](Error::is_result_not_stored). [`is_conflict`](Error::is_conflict): the work took
        /// longer than its time, and another call has taken it over. Every other error: it is not known whether it
        /// was recorded; if not, another call does the work when its time is over.
        error: Error,
    },
    /// The request failed, and the work was not done, or not committed. Among others:
    ///
    /// - [`is_in_progress`](Error::is_in_progress): another call is doing it;
    /// - [`is_payload_mismatch`](Error::is_payload_mismatch): it was begun with another payload;
    /// - [`is_result_not_stored`](Error::is_result_not_stored): it is done, and its result could not be stored;
    /// - [`is_decode`](Error::is_decode): it is done, and its stored result is not a `T`.
    Request(Error),
}

impl<T, X> From<Error> for OnceError<T, X> {
    fn from(error: Error) -> Self {
        OnceError::Request(error)
    }
}

impl<T> From<OnceError<T, Error>> for Error {
    fn from(error: OnceError<T, Error>) -> Self {
        match error {
            OnceError::Failed(error)
            | OnceError::NotRecorded { error, .. }
            | OnceError::Request(error) => error,
        }
    }
}

impl<T, X: fmt::Display> fmt::Display for OnceError<T, X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OnceError::Failed(error) => error.fmt(f),
            OnceError::NotRecorded { error, .. } => error.fmt(f),
            OnceError::Request(error) => error.fmt(f),
        }
    }
}

// Not only for an `X` that is an error: `Box<dyn Error>` and `anyhow::Error` are none.
impl<T: fmt::Debug, X: fmt::Debug + fmt::Display + 'static> std::error::Error for OnceError<T, X> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            OnceError::Failed(error) => source_of(error),
            OnceError::NotRecorded { error, .. } | OnceError::Request(error) => error.source(),
        }
    }
}
