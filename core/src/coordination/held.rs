//! `Lease`: a lease that is held.

use super::fenced::LeaseCheck;
use super::hold::Hold;
use crate::backend::{At as _, Backend, Origin};
use crate::error::Result;
use crate::ops::Anywhere;
use crate::schema::Schema;
use crate::table::Table;
use jiff::Timestamp;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// A lease that is held: from [`Acquire::acquire`](super::Acquire::acquire).
///
/// Nothing renews it in the background. A program that needs longer calls [`renew`](Lease::renew) between two steps of
/// its work. If it is dropped, others get it when its time is over; [`release`](Lease::release) gives it back at once.
///
/// # Writes under a lease
///
/// To hold a lease is not enough: a program can be frozen for a minute between the check of the time and its next
/// write, and another one has got the lease since. So writes that have to be under the lease are conditioned on it, in
/// one of two ways:
///
/// - A transaction that has the lease's [`check`](Lease::check). It happens only if nobody else has got the lease.
/// - A field of the written item that holds the greatest [`fence`](Lease::fence) that has written it. This needs no
///   transaction. A holder from before can write until the next one has written.
///
/// # Example: both ways
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # use std::time::Duration;
/// # Page { url: "report".into(), visits: 0 }.create().send(&shop).await?;
/// let Some(lease) = shop.lease("report", Duration::from_secs(60)).acquire().await? else {
///     return Ok(());
/// };
/// let orders = Order::by_customer("C001").count(&shop).await?;
///
/// let update = Customer::key("C001").update().set(Customer::ORDER_COUNT, orders as u32);
/// match shop.transaction().add(update).add(lease.check()).send().await {
///     Err(error) if error.is_lease_lost() => return Ok(()), // Another worker goes on.
///     done => done?,
/// }
///
/// // The field is a number of the page that only grows.
/// let key = Page::key("report");
/// key.update()
///     .set(Page::VISITS, lease.fence())
///     .when(Page::VISITS.le(lease.fence()))
///     .send(&shop)
///     .await?;
/// lease.release().await?;
/// # Ok(()) }) }
/// ```
#[must_use = "a lease that is dropped is held until its time is over: call `release`"]
pub struct Lease<S, B: Backend, P = Anywhere> {
    table: Table<S, B>,
    hold: Hold,
    ttl: Duration,
    origin: Origin,
    scope: PhantomData<fn() -> P>,
}

impl<S: Schema, B: Backend, P> Lease<S, B, P> {
    pub(super) fn new(table: Table<S, B>, hold: Hold, ttl: Duration, origin: Origin) -> Self {
        Lease { table, hold, ttl, origin, scope: PhantomData }
    }

    /// Returns the fencing number of the lease. It is greater than that of each holder before, also if the lease was
    /// released.
    #[must_use]
    pub fn fence(&self) -> u64 {
        self.hold.fence
    }

    /// Returns when the lease ends by the clock of this machine. Others wait for the
    /// [margin](super::Acquire::clock_margin) more.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.hold.until).unwrap_or(Timestamp::MAX)
    }

    /// Returns how long the lease is still held, by the clock of this machine; zero if its time is over.
    #[must_use]
    pub fn time_left(&self) -> Duration {
        self.hold.time_left(self.table.backend())
    }

    /// Makes the lease last for its time from now on. It also succeeds if the time is over and nobody else has got the
    /// lease.
    ///
    /// # Errors
    ///
    /// [`is_lease_lost`](crate::Error::is_lease_lost) if another holder has got it since; the errors of the backend.
    pub async fn renew(&mut self) -> Result<()> {
        let client = self.table.client(self.origin);
        self.hold.renew(client, self.ttl, Vec::new()).await.at(self.origin)
    }

    /// Gives the lease back, so that others can get it at once.
    ///
    /// # Errors
    ///
    /// [`is_lease_lost`](crate::Error::is_lease_lost) if another holder has got it since: then the work of this holder and
    /// that of the other one may have happened at the same time. The errors of the backend: then others get the lease when
    /// its time is over.
    pub async fn release(self) -> Result<()> {
        let Lease { table, hold, origin, .. } = self;
        hold.release(table.client(origin)).await.at(origin)
    }

    /// Makes a transaction depend on the lease: it succeeds only if nobody else has got the lease since. Otherwise it is
    /// cancelled, and [`is_lease_lost`](crate::Error::is_lease_lost) holds for the error.
    ///
    /// It does not depend on any clock. So it also succeeds if the time of the lease is over and nobody has got it.
    pub fn check(&self) -> LeaseCheck<S, P> {
        LeaseCheck::new(self.hold.key.clone(), self.hold.is_held())
    }
}

impl<S, B: Backend, P> fmt::Debug for Lease<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("key", &self.hold.key)
            .field("fence", &self.hold.fence)
            .field("until", &self.hold.until)
            .finish_non_exhaustive()
    }
}
