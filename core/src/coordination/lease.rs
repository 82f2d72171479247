//! `lease`: how a lease is got. `held` is the lease itself.

use super::held::{FENCE, Got, Lease, UNTIL, until};
use super::place::{alone, within};
use super::table::{Coordinated, CoordinatedIn, HasRoom};
use super::{MARGIN, RETRY, later, nonzero, present, too_often};
use crate::backend::{At as _, Backend, Client, Item as _, Origin, Readable as _, Verb};
use crate::error::{Error, Kind, Result};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::ops::{Anywhere, InTable, SameTable, partition_key};
use crate::query::{Partition, Transacts};
use crate::random;
use crate::request::{Outcome, PrimaryKey, Returning, Update};
use crate::schema::{Entity, LEASE, OWNER, Schema, TableDef};
use crate::table::Table;
use crate::value::{Number, Value};
use jiff::Timestamp;
use serde::Deserialize;
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

/// What is read of a stored lease.
#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "_fence")]
    fence: u64,
    #[serde(rename = "_until")]
    until: i64,
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
    /// [`is_invalid_key`](Error::is_invalid_key) and [`is_invalid_request`](Error::is_invalid_request) before any
    /// I/O; the errors of the backend.
    pub async fn acquire(self) -> Result<Option<Lease<S, B, P>>> {
        let Acquire { table, key, verb, ttl, margin, .. } = self;
        let origin = Origin::Table(S::DEF.name, verb);
        let got = {
            let client = table.client(origin);
            acquire(client, key, ttl, margin).await.at(origin)?
        };
        Ok(got.map(|got| Lease::new(table, got, ttl, origin)))
    }
}

async fn acquire<B: Backend>(
    client: Client<'_, B>,
    key: Result<PrimaryKey>,
    ttl: Duration,
    margin: Duration,
) -> Result<Option<Got>> {
    nonzero("the time of a lease", ttl)?;
    let (key, owner) = (key?, random::name()?);
    let mut failed = None;
    for attempt in 0..RETRY.attempts {
        RETRY.pause(client.backend, attempt).await;
        let now = present(client.backend);
        let mut update = Update::new(
            client.table,
            LEASE.tag,
            key.clone(),
            taken(client.table, &owner, now, ttl),
        );
        update.condition = Some(is_free(client.table, now, margin));
        update.returning = Returning::New;
        let item = match Box::pin(client.update(update)).await {
            Ok(written) => match written.outcome {
                Outcome::Done => written.item,
                // The answer to an earlier attempt was lost.
                Outcome::Refused { current: Some(item) } if item.text(OWNER) == Some(&*owner) => {
                    Some(item)
                }
                Outcome::Refused { .. } => return Ok(None),
            },
            Err(error) if error.is_retryable() => {
                failed = Some(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        let Some(item) = item else {
            let message = format!("the store did not return the lease `{key}` that it wrote");
            return Err(Error::new(Kind::Unavailable, message));
        };
        let Stored { fence, until } = item.decode()?;
        return Ok(Some(Got { key, owner, fence, until }));
    }
    Err(failed.unwrap_or_else(too_often))
}

/// The actions that give the lease to `owner`.
fn taken(table: &TableDef, owner: &str, now: Timestamp, ttl: Duration) -> Vec<Action> {
    let set = |name, text: &str| Action::Set(Path::attribute(name), Value::from(text));
    vec![
        Action::Count(Path::attribute(FENCE), Number::from(1_u64)),
        set(OWNER, owner),
        Action::Set(Path::attribute(UNTIL), until(later(now, ttl))),
        set(table.tag, LEASE.tag),
    ]
}

/// Holds if nobody has the lease, as far as the clocks agree.
fn is_free(table: &TableDef, now: Timestamp, margin: Duration) -> Expr {
    let margin = i64::try_from(margin.as_millis()).unwrap_or(i64::MAX);
    let over = until(now.as_millisecond().saturating_sub(margin));
    Expr::Absent(Path::attribute(table.pk))
        .or(Expr::Absent(Path::attribute(OWNER)))
        .or(Expr::Compare(Path::attribute(UNTIL), Comparison::Le, over))
}

impl<S, B: Backend, P> fmt::Debug for Acquire<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acquire")
            .field("key", &self.key)
            .field("ttl", &self.ttl)
            .finish_non_exhaustive()
    }
}
