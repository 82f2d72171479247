//! `lease`: how a lease is got. `held` is the lease itself.

use super::MARGIN;
use super::held::Lease;
use super::hold::Hold;
use super::place::{alone, within};
use super::table::{Coordinated, CoordinatedIn, HasRoom};
use crate::backend::{At as _, Backend, Origin, Verb};
use crate::error::Result;
use crate::ops::{Anywhere, InTable, SameTable, partition_key};
use crate::query::{Partition, Transacts};
use crate::request::PrimaryKey;
use crate::schema::{Entity, LEASE, Schema};
use crate::table::Table;
use std::fmt;
use std::fmt::Display;
use std::marker::PhantomData;
use std::time::Duration;

/// A lease that can be got: from [`Table::lease`].
///
/// `P` says where its item is: [`Anywhere`] (in a partition of its own), or in the [`Partition`] of an entity.
#[must_use = "a lease is not held until it is acquired"]
#[doc(alias("lock", "mutex", "leader election", "distributed lock"))]
pub struct Acquire<S, B: Backend, P = Anywhere> {
    table: Table<S, B>,
    key: Result<PrimaryKey>,
    verb: Verb,
    ttl: Duration,
    margin: Duration,
    scope: PhantomData<fn() -> P>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Names a lease, which one holder at a time can have. It ends after `ttl`, unless it is renewed or released.
    ///
    /// # Example: one worker makes the report
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use std::time::Duration;
    /// let a_minute = Duration::from_secs(60);
    /// if let Some(lease) = shop.lease("report", a_minute).acquire().await? {
    ///     // Nobody else has it.
    ///     assert!(shop.lease("report", a_minute).acquire().await?.is_none());
    ///     lease.release().await?;
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn lease(&self, name: impl Display, ttl: Duration) -> Acquire<S, B>
    where
        S: Coordinated,
    {
        Acquire::new(self, alone::<S>(&LEASE, &[name.to_string()]), Verb::Lease, ttl)
    }

    /// Names a lease like [`lease`](Table::lease), whose item is in a partition of entities. So a transaction in this
    /// partition can check it, see [`Lease::check`], also on a backend whose transactions stay in one partition.
    pub fn lease_in<E, I>(
        &self,
        partition: Partition<E, I>,
        name: impl Display,
        ttl: Duration,
    ) -> Acquire<S, B, Partition<InTable<S, E>>>
    where
        E: Entity<Table: SameTable<S, E>>,
        I: Transacts,
        S: CoordinatedIn<E, Room: HasRoom<E>>,
    {
        let name = [name.to_string()];
        let key = partition_key(partition).and_then(|pk| within::<S>(&LEASE, pk, &name));
        Acquire::new(self, key, Verb::LeaseIn, ttl)
    }
}

impl<S: Schema, B: Backend, P> Acquire<S, B, P> {
    fn new(table: &Table<S, B>, key: Result<PrimaryKey>, verb: Verb, ttl: Duration) -> Self {
        Acquire { table: table.clone(), key, verb, ttl, margin: MARGIN, scope: PhantomData }
    }

    /// Sets how much longer than the end of a lease others wait, because their clocks may differ. The default is
    /// [`MARGIN`]. It has no effect on a lease that was released.
    pub fn clock_margin(self, margin: Duration) -> Self {
        Acquire { margin, ..self }
    }

    /// Gets the lease, or returns `None` if another holder has it. It is one request. It does not wait: a function has
    /// no time to wait, and is called again.
    ///
    /// The number of the lease, its [fence](Lease::fence), is greater than that of every holder before. The item is never
    /// deleted, so the numbers of one name only grow.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) and [`is_invalid_request`](crate::Error::is_invalid_request) before any
    /// I/O; the errors of the backend.
    pub async fn acquire(self) -> Result<Option<Lease<S, B, P>>> {
        let Acquire { table, key, verb, ttl, margin, .. } = self;
        let origin = Origin::Table(S::DEF.name, verb);
        let got = {
            let client = table.client(origin);
            Hold::acquire(client, &LEASE, key.at(origin)?, ttl, margin).await.at(origin)?
        };
        Ok(got.map(|(hold, _)| Lease::new(table, hold, ttl, origin)))
    }
}

impl<S, B: Backend, P> fmt::Debug for Acquire<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acquire")
            .field("key", &self.key)
            .field("ttl", &self.ttl)
            .finish_non_exhaustive()
    }
}
