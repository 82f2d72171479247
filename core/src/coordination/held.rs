//! `Lease`: a lease that is held.

use super::fenced::{LeaseCheck, lost};
use super::{RETRY, later, present, too_often};
use crate::backend::{At as _, Backend, Item as _, Origin, Readable as _};
use crate::error::Result;
use crate::expr::{Action, Comparison, Expr, Path};
use crate::ops::Anywhere;
use crate::request::{Outcome, PrimaryKey, Update};
use crate::schema::{LEASE, OWNER, Schema};
use crate::table::Table;
use crate::value::{Number, Value};
use jiff::Timestamp;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// The attributes of a lease.
pub(super) const FENCE: &str = "_fence";
pub(super) const UNTIL: &str = "_until";

/// A lease that was got.
pub(super) struct Got {
    pub(super) key: PrimaryKey,
    pub(super) owner: String,
    pub(super) fence: u64,
    /// In milliseconds since 1970.
    pub(super) until: i64,
}

/// Returns a time as an attribute has it.
pub(super) fn until(milliseconds: i64) -> Value {
    Value::Number(Number::from(milliseconds))
}

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
    key: PrimaryKey,
    owner: String,
    fence: u64,
    until: i64,
    ttl: Duration,
    origin: Origin,
    scope: PhantomData<fn() -> P>,
}

impl<S: Schema, B: Backend, P> Lease<S, B, P> {
    pub(super) fn new(table: Table<S, B>, got: Got, ttl: Duration, origin: Origin) -> Self {
        let Got { key, owner, fence, until } = got;
        Lease { table, key, owner, fence, until, ttl, origin, scope: PhantomData }
    }

    /// Returns the fencing number of the lease. It is greater than that of each holder before, also if the lease was
    /// released.
    #[must_use]
    pub fn fence(&self) -> u64 {
        self.fence
    }

    /// Returns when the lease ends by the clock of this machine. Others wait for the
    /// [margin](super::Acquire::clock_margin) more.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        Timestamp::from_millisecond(self.until).unwrap_or(Timestamp::MAX)
    }

    /// Returns how long the lease is still held, by the clock of this machine; zero if its time is over.
    #[must_use]
    pub fn time_left(&self) -> Duration {
        let left = self.until.saturating_sub(present(self.table.backend()).as_millisecond());
        Duration::from_millis(u64::try_from(left).unwrap_or(0))
    }

    /// Makes the lease last for its time from now on. It also succeeds if the time is over and nobody else has got the
    /// lease.
    ///
    /// # Errors
    ///
    /// [`is_lease_lost`](crate::Error::is_lease_lost) if another holder has got it since; the errors of the backend.
    pub async fn renew(&mut self) -> Result<()> {
        let new = later(present(self.table.backend()), self.ttl);
        self.change(Action::Set(Path::attribute(UNTIL), until(new)), false).await?;
        self.until = new;
        Ok(())
    }

    /// Gives the lease back, so that others can get it at once.
    ///
    /// # Errors
    ///
    /// [`is_lease_lost`](crate::Error::is_lease_lost) if another holder has got it since: then the work of this holder and
    /// that of the other one may have happened at the same time. The errors of the backend: then others get the lease when
    /// its time is over.
    pub async fn release(self) -> Result<()> {
        self.change(Action::Remove(Path::attribute(OWNER)), true).await
    }

    /// Makes a transaction depend on the lease: it succeeds only if nobody else has got the lease since. Otherwise it is
    /// cancelled, and [`is_lease_lost`](crate::Error::is_lease_lost) holds for the error.
    ///
    /// It does not depend on any clock. So it also succeeds if the time of the lease is over and nobody has got it.
    pub fn check(&self) -> LeaseCheck<S, P> {
        LeaseCheck::new(self.key.clone(), self.is_held())
    }

    /// Holds if the lease is held by this holder.
    fn is_held(&self) -> Expr {
        let is = |name, value| Expr::Compare(Path::attribute(name), Comparison::Eq, value);
        // The name alone is not enough: the write that got the lease may arrive a second time, much later.
        is(OWNER, Value::from(self.owner.as_str())).and(self.has_fence())
    }

    fn has_fence(&self) -> Expr {
        let fence = Value::Number(Number::from(self.fence));
        Expr::Compare(Path::attribute(FENCE), Comparison::Eq, fence)
    }

    async fn change(&self, action: Action, releases: bool) -> Result<()> {
        let client = self.table.client(self.origin);
        let mut update = Update::new(S::DEF, LEASE.tag, self.key.clone(), vec![action]);
        update.condition = Some(self.is_held());
        let mut failed = None;
        for attempt in 0..RETRY.attempts {
            RETRY.pause(client.backend, attempt).await;
            match Box::pin(client.update(update.clone())).await {
                Ok(written) => match written.outcome {
                    Outcome::Done => return Ok(()),
                    // Only this holder can have released it: an earlier attempt has, and its answer was lost.
                    Outcome::Refused { current: Some(item) }
                        if releases && self.is_released(&item)? =>
                    {
                        return Ok(());
                    }
                    Outcome::Refused { .. } => return Err(lost(&self.key)).at(self.origin),
                },
                Err(error) if error.is_retryable() => failed = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(failed.unwrap_or_else(too_often)).at(self.origin)
    }

    /// Returns whether a stored lease was released by this holder.
    fn is_released(&self, item: &B::Item) -> Result<bool> {
        let fence = self.has_fence();
        Ok(item.text(OWNER).is_none() && fence.holds(Some(&item.decode()?)))
    }
}

impl<S, B: Backend, P> fmt::Debug for Lease<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease")
            .field("key", &self.key)
            .field("fence", &self.fence)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
