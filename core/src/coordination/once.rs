//! `once`: work that is done once for each key.

use super::error::OnceError;
use super::payload::fingerprint;
use super::place::{alone, within};
use super::record::{Begun, Record};
use super::table::{Coordinated, CoordinatedIn, HasRoom};
use super::{MARGIN, nonzero};
use crate::backend::{At as _, Backend, Client, Origin, Verb};
use crate::error::Result;
use crate::ops::{Anywhere, InTable, SameTable, partition_key};
use crate::query::{Partition, Transacts};
use crate::request::{PrimaryKey, Put};
use crate::schema::{Entity, ONCE, Schema};
use crate::table::Table;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::fmt::Display;
use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

/// How long work can take, unless [`Once::time_left`] says it: the longest time that a function of AWS Lambda has.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// Work that is done once for each key, although it is asked for several times: from [`Table::once`].
///
/// `P` says where the record is: [`Anywhere`] (in a partition of its own), or in the [`Partition`] of an entity.
#[must_use = "nothing is done until `run` is called"]
#[doc(alias("idempotency", "idempotent", "exactly once", "deduplication"))]
pub struct Once<S, B: Backend, P = Anywhere> {
    pub(super) table: Table<S, B>,
    pub(super) key: Result<PrimaryKey>,
    verb: Verb,
    pub(super) ttl: Duration,
    time_left: Duration,
    margin: Duration,
    payload: Result<Option<String>>,
    scope: PhantomData<fn() -> P>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Begins work that is done once for each key, such as a payment that a message asks for which can be delivered
    /// twice. `work` is the name of the work, and `key` says which one of this name. The result is kept for `ttl` and
    /// returned to repeated calls. Then the work can be done again.
    ///
    /// Both can be any text that is not empty and not too long for a key. In a table with raw keys, they have no `#`.
    ///
    /// # Example: charge a customer once
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use std::time::Duration;
    /// # let charge = async |_: &Order| Ok::<_, monotable::Error>("receipt 7".to_owned());
    /// # let order = order("ORD-003", 100);
    /// let a_day = Duration::from_secs(24 * 60 * 60);
    /// for _delivery in 0..2 {
    ///     // The second delivery gets the result of the first one.
    ///     let receipt = shop
    ///         .once("charge", &order.order_id, a_day)
    ///         .run(async || charge(&order).await)
    ///         .await?;
    ///     assert_eq!(receipt, "receipt 7");
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn once(&self, work: impl Display, key: impl Display, ttl: Duration) -> Once<S, B>
    where
        S: Coordinated,
    {
        let key = alone::<S>(&ONCE, &[work.to_string(), key.to_string()]);
        Once::new(self, key, Verb::Once, ttl)
    }

    /// Begins work like [`once`](Table::once), with its record in a partition of entities. So a transaction in this
    /// partition can write the record, see [`in_transaction`](Once::in_transaction), also on a backend whose
    /// transactions stay in one partition.
    ///
    /// No read returns the record: neither that of the partition nor its count.
    ///
    /// # Example: an order and its record, in the partition of the customer
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use std::time::Duration;
    /// # let a_day = Duration::from_secs(24 * 60 * 60);
    /// let id = shop
    ///     .once_in(Customer::partition("C001"), "place", "request-1", a_day)
    ///     .in_transaction()
    ///     .run(async |writes| {
    ///         let order = order("ORD-003", 100);
    ///         let count = Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1);
    ///         let writes = writes.add(order.create()).add(count);
    ///         Ok::<_, monotable::Error>((writes, order.order_id))
    ///     })
    ///     .await?;
    /// assert_eq!(id, "ORD-003");
    /// # Ok(()) }) }
    /// ```
    pub fn once_in<E, I>(
        &self,
        partition: Partition<E, I>,
        work: impl Display,
        key: impl Display,
        ttl: Duration,
    ) -> Once<S, B, Partition<InTable<S, E>>>
    where
        E: Entity<Table: SameTable<S, E>>,
        I: Transacts,
        S: CoordinatedIn<E, Room: HasRoom<E>>,
    {
        let parts = [work.to_string(), key.to_string()];
        let key = partition_key(partition).and_then(|pk| within::<S>(&ONCE, pk, &parts));
        Once::new(self, key, Verb::OnceIn, ttl)
    }
}

impl<S: Schema, B: Backend, P> Once<S, B, P> {
    fn new(table: &Table<S, B>, key: Result<PrimaryKey>, verb: Verb, ttl: Duration) -> Self {
        Once {
            table: table.clone(),
            key,
            verb,
            ttl,
            time_left: LONGEST,
            margin: MARGIN,
            payload: Ok(None),
            scope: PhantomData,
        }
    }

    /// Says what the work is done with, such as the request. A repeated call with another payload fails with
    /// [`is_payload_mismatch`](crate::Error::is_payload_mismatch) instead of returning the result of other work.
    ///
    /// A hash of the payload is stored, and not the payload. It does not depend on the order of the entries of a map or
    /// of the fields of a struct. A list is compared in its order, so a field that is a `HashSet` has to be stored as a
    /// set, with [`set`](crate::set). The hash finds mistakes: it does not protect against a sender who chooses both
    /// payloads on purpose.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::coordination::OnceError;
    /// # use std::time::Duration;
    /// # let a_day = Duration::from_secs(24 * 60 * 60);
    /// let pay = async |cents: u64| {
    ///     let once = shop.once("charge", "ORD-003", a_day).payload(&cents);
    ///     once.run(async || Ok::<_, monotable::Error>(cents)).await
    /// };
    /// assert_eq!(pay(4_500).await?, 4_500);
    /// match pay(9_900).await {
    ///     Err(OnceError::Request(error)) => assert!(error.is_payload_mismatch()),
    ///     other => panic!("{other:?}"),
    /// }
    /// # Ok(()) }) }
    /// ```
    pub fn payload<T: Serialize + ?Sized>(self, payload: &T) -> Self {
        Once { payload: fingerprint(payload).map(Some), ..self }
    }

    /// Says how long the work can take: the time that this call has left. The default is 15 minutes. If this time, and
    /// the [margin](Once::clock_margin), is over and there is no result, the call has died, and the next call takes the
    /// work over. It has no effect on [`in_transaction`](Once::in_transaction), where no work is in progress.
    ///
    /// A function that knows its deadline passes what is left until then, or zero if the deadline has passed.
    pub fn time_left(self, time_left: Duration) -> Self {
        Once { time_left, ..self }
    }

    /// Sets how much longer than [`time_left`](Once::time_left) other calls wait, because their clocks may differ. The
    /// default is [`MARGIN`].
    pub fn clock_margin(self, margin: Duration) -> Self {
        Once { margin, ..self }
    }

    /// Does the work, unless it is done, and returns its result.
    ///
    /// First a record that the work is in progress is written, and at the end its result: two requests. If a call
    /// finds the result, it is one request. If the work fails, its record is deleted, so the next call does it again.
    /// The result has to fit into one item.
    ///
    /// Each call has a random name, and the end of the work is written on the condition that the record still has this
    /// name. So if a call was frozen for longer than its [time](Once::time_left), and another one has taken the work
    /// over, the first one cannot change what the other one records. For the same reason, an answer that was lost does no
    /// harm: the call finds its own name in the record.
    ///
    /// If the call dies after the work has had its effect and before the result is recorded, the next call does the work
    /// again. No store can prevent it for an effect outside of the store. Pass the same key to what has the effect, if it
    /// takes one, or use [`in_transaction`](Once::in_transaction) if the effect is a write of this table. A call whose future is
    /// [dropped](crate::ops#dropped-futures) has died.
    ///
    /// # Errors
    ///
    /// See [`OnceError`].
    ///
    /// # Example: find out why there is no result
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::coordination::OnceError;
    /// # use std::time::Duration;
    /// # let charge = async || Err::<String, _>("the card is refused");
    /// let done = shop
    ///     .once("charge", "ORD-003", Duration::from_secs(24 * 60 * 60))
    ///     .time_left(Duration::from_secs(30))
    ///     .run(charge)
    ///     .await;
    /// match done {
    ///     Ok(receipt) => println!("charged: {receipt}"),
    ///     // The next call charges.
    ///     Err(OnceError::Failed(reason)) => println!("not charged: {reason}"),
    ///     // The answer is known, but a repeated call does not get it.
    ///     Err(OnceError::NotRecorded { result, error }) => println!("charged: {result}, but {error}"),
    ///     Err(OnceError::Request(error)) if error.is_in_progress() => println!("try again later"),
    ///     Err(OnceError::Request(error)) => return Err(error),
    ///     Err(_) => {}
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn run<T, X, F, W>(self, work: F) -> Result<T, OnceError<T, X>>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce() -> W,
        W: Future<Output = Result<T, X>>,
    {
        let longest = self.time_left.saturating_add(self.margin);
        let (table, ttl) = (self.table.clone(), self.ttl);
        let client = table.client(self.origin());
        let record = self.record().at(client.origin)?;
        if let Begun::Done(item) = record.begin(client, longest).await.at(client.origin)? {
            return Ok(record.result(&item).at(client.origin)?);
        }
        match work().await {
            // The result is not borrowed across an await, because it need not be `Sync`.
            Ok(result) => {
                match end(&record, client, record.done(client.backend, &result, ttl), ttl).await {
                    Ok(()) => Ok(result),
                    Err(error) => Err(OnceError::NotRecorded { result, error }),
                }
            }
            Err(failed) => {
                // If this fails, the record expires. The error of the work says more.
                let _ = record.forget(client).await;
                Err(OnceError::Failed(failed))
            }
        }
    }

    pub(super) fn origin(&self) -> Origin {
        Origin::Table(S::DEF.name, self.verb)
    }

    /// The record of this call.
    pub(super) fn record(self) -> Result<Record> {
        nonzero("the time to live of a result", self.ttl)?;
        Record::new(S::DEF, self.key?, self.payload?)
    }
}

/// Writes the record of work that is done. If the result cannot be stored, records that the work is done.
async fn end<B: Backend>(
    record: &Record,
    client: Client<'_, B>,
    done: Result<Put<B::Item>>,
    ttl: Duration,
) -> Result<()> {
    let ended = match done {
        Ok(put) => record.end(client, put).await,
        Err(error) => match record.unstored(client.backend, ttl) {
            Ok(put) => record.end(client, put).await.and(Err(error)),
            Err(_) => Err(error),
        },
    };
    ended.at(client.origin)
}

impl<S, B: Backend, P> fmt::Debug for Once<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once")
            .field("key", &self.key)
            .field("ttl", &self.ttl)
            .finish_non_exhaustive()
    }
}
