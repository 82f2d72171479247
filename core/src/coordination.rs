//! Once-only work, leases and rate limits: what functions that keep no state need around a table.
//!
//! A serverless function can be called twice for one message, can die in the middle of its work, and can be frozen
//! and go on an hour later. What it needs to know of its other calls is in the table, in items beside those of the
//! entities. A table has them if it says so: `#[table(coordination)]`.
//!
//! | to | call | what it keeps |
//! |---|---|---|
//! | do work once for each key, although calls are repeated | [`Table::once`](crate::Table::once) | a record with the result, until its time to live is over |
//! | do it by a transaction, with the record in the same commit | [`Once::in_transaction`] | the same |
//! | let one worker at a time do something | [`Table::lease`](crate::Table::lease) | an item for each name, for ever |
//! | allow a number of calls in each window of time | [`Table::rate_limit`](crate::Table::rate_limit) | a counter for each window, until it is over |
//!
//! These items cannot collide with those of entities: their keys begin with `$`, which no key of an entity does. In a
//! table with raw keys, the compiler checks it. They are no entities, so no read returns them and no
//! [`delete_all`](crate::Partition::delete_all) deletes them. They are deleted by the table's ttl attribute, except
//! for leases.
//!
//! # Clocks
//!
//! A record of work that is being done, and a lease, end at a time that the holder's clock says, and another machine
//! compares this time with its own clock. So the other one waits a little longer: by default [`MARGIN`], which is more
//! than clocks of a cloud differ. If clocks differ by more, two workers can do the same work at the same time. Neither
//! of them can overwrite what the other one has recorded, and a write that checks the [fence](Lease::fence) of its lease
//! is refused if the lease has been taken over. So with [`Once::in_transaction`], and with fenced writes, nothing depends on
//! clocks.
//!
//! There is no thread that renews anything in the background: a frozen function would not run it.

// Requests are boxed here: each would be in the future of a call as often as it is sent in it, and with it in those of
// the program.

mod error;
mod fenced;
mod held;
mod hold;
mod in_transaction;
mod lease;
mod once;
mod payload;
mod place;
mod rate;
mod record;
mod table;

pub use error::OnceError;
#[doc(hidden)]
pub use fenced::LeaseCheckAlone;
pub use fenced::{InOwnPartition, LeaseCheck};
pub use held::Lease;
pub(crate) use hold::Hold;
#[doc(hidden)]
pub use in_transaction::CommitsAnywhere;
pub use in_transaction::OnceTransaction;
pub use lease::Acquire;
pub use once::Once;
pub(crate) use place::alone;
pub use rate::{Rate, RateLimit};
pub use table::{Coordinated, CoordinatedIn, HasRoom, Room};

use crate::backend::{Backend, Retry};
use crate::error::{Error, Kind};
use jiff::Timestamp;
use std::time::Duration;

/// How much longer than the stored time others wait before they take over work or a lease: 2 seconds, unless
/// `clock_margin` sets another time.
pub const MARGIN: Duration = Duration::from_secs(2);

/// The attempts of a request whose repetition does no harm, because a random name says whose the item is.
const RETRY: Retry = Retry { attempts: 6, longest: Duration::from_secs(1) };

/// Returns the present time.
pub(crate) fn present(backend: &impl Backend) -> Timestamp {
    Timestamp::try_from(backend.now()).unwrap_or(Timestamp::MAX)
}

/// Returns the time in milliseconds since 1970 at which `after` is over.
fn later(now: Timestamp, after: Duration) -> i64 {
    let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
    now.as_millisecond().saturating_add(after)
}

/// Rounds milliseconds up to seconds.
fn in_seconds(milliseconds: i64) -> i64 {
    milliseconds.saturating_add(999).div_euclid(1000)
}

/// Returns the error for a time of nothing.
fn nonzero(what: &str, time: Duration) -> Result<(), Error> {
    if time.is_zero() {
        let message = format!("{what} is zero: give it at least a second");
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    Ok(())
}

/// The error if all attempts were in vain because others changed the item.
fn too_often() -> Error {
    let message = "other calls changed the item during each attempt: send the request again later";
    Error::new(Kind::Conflict, message)
}
