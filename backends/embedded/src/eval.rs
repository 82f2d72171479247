//! The one evaluator of requests, over any [`Store`](crate::store::Store).

mod cost;
mod index;
mod read;
mod write;

pub(crate) use read::{get, query};
pub(crate) use write::{Write, plan};

use monotable_core::{Error, Kind};

/// A key or an entry that nothing of ours wrote.
fn damaged(what: &str) -> Error {
    let message = format!("the store is damaged: {what}; restore it from a backup");
    Error::new(Kind::Unavailable, message)
}

#[cfg(test)]
mod tests;
