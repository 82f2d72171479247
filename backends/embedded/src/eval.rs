//! Executes requests on any [`Store`](crate::store::Store).

mod cost;
mod expiry;
mod index;
mod log;
mod many;
mod read;
mod request;
mod switch;
mod token;
mod transact;
mod update;
mod write;

pub(crate) use expiry::{now, purge};
#[cfg(test)]
pub(crate) use log::{Cause, make};
pub(crate) use many::{LIMITS, check_keys};
#[cfg(test)]
pub(crate) use read::{get, query};
pub(crate) use request::{Adopt, Reads, Writes, commit};
pub(crate) use switch::Switch;
pub(crate) use transact::Transaction;
#[cfg(test)]
pub(crate) use write::plan;
pub(crate) use write::{Write, batch};

use monotable_core::{Error, Kind};

/// Returns the error for a stored key that is not valid.
fn damaged(what: &str) -> Error {
    let message = format!("the store is damaged: {what}; restore it from a backup");
    Error::new(Kind::Unavailable, message)
}

#[cfg(test)]
mod tests;
