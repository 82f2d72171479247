//! `in_transaction`: once-only work that is a transaction, with its record in the same commit.

use super::error::OnceError;
use super::once::Once;
use super::record::Record;
use super::{RETRY, present, too_often};
use crate::backend::{At as _, Backend, CrossPartitionTransactions, Transactions, Verb};
use crate::error::{Error, Kind, Result};
use crate::ops::{Anywhere, Explain, Last, Prepared, Transaction};
use crate::query::Partition;
use crate::request::{PrimaryKey, Put, TransactItem};
use crate::schema::{EntityDef, Schema};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::future::Future;

/// The name of a record in the error of a transaction.
static NAME: EntityDef = EntityDef::new("Once", [&[], &[]], &[], &[]);

/// The backends that write a record in a partition of its own together with other items: those with
/// [`CrossPartitionTransactions`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no transactions across partitions, and this record is in a partition of its own: use `once_in(..)` with the partition of the writes",
    label = "this backend's transactions stay in one partition",
    note = "code that is generic over the backend asks for them: `B: CrossPartitionTransactions`"
)]
#[doc(hidden)]
pub trait CommitsAnywhere: CrossPartitionTransactions {}
#[diagnostic::do_not_recommend]
impl<B: CrossPartitionTransactions> CommitsAnywhere for B {}

/// Once-only work that is a transaction, whose record is one of its writes: from [`Once::in_transaction`].
#[must_use = "nothing is done until `run` is called"]
pub struct OnceTransaction<S, B: Backend, P = Anywhere> {
    once: Once<S, B, P>,
    transaction: Transaction<S, B, P>,
}

impl<S: Schema, B: Backend> Once<S, B> {
    /// Says that the work is a transaction. Its record is written in the same commit, so both happen or neither, and the
    /// writes happen exactly once for each key.
    ///
    /// If all writes are in one partition, use [`once_in`](crate::Table::once_in), which works on every backend with
    /// [`Transactions`].
    ///
    /// # Example: count an order once
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use std::time::Duration;
    /// let a_day = Duration::from_secs(24 * 60 * 60);
    /// for _delivery in 0..2 {
    ///     shop.once("count", "ORD-001", a_day)
    ///         .in_transaction()
    ///         .run(async |writes| {
    ///             let count = Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1);
    ///             Ok::<_, monotable::Error>((writes.add(count), ()))
    ///         })
    ///         .await?;
    /// }
    /// assert_eq!(Customer::get("C001").send(&shop).await?.unwrap().order_count, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn in_transaction(self) -> OnceTransaction<S, B>
    where
        B: CommitsAnywhere,
    {
        let transaction = self.table.transaction();
        OnceTransaction { once: self, transaction }
    }
}

impl<S: Schema, B: Backend, E> Once<S, B, Partition<E>> {
    /// Says that the work is a transaction in the partition of the record, which is written in the same commit, see
    /// [`Once::in_transaction`](Once::in_transaction).
    pub fn in_transaction(self) -> OnceTransaction<S, B, Partition<E>>
    where
        B: Transactions,
    {
        let transaction = Transaction::in_partition_of(&self.table, self.key.as_ref());
        OnceTransaction { once: self, transaction }
    }
}

impl<S: Schema, B: Backend, P> OnceTransaction<S, B, P> {
    /// Calls `work` with an empty transaction, and sends the one that it returns together with the record of the result
    /// that it returns. If it has happened before, the work is not done, and its result is returned.
    ///
    /// There is no record that the work is in progress: two calls can do the work at the same time, one of them commits,
    /// and the other one gets the result of the first. So what the work does besides the transaction can happen more than
    /// once; use [`Once::run`] for that. Whatever dies when, the writes happen once.
    ///
    /// It costs a consistent read, and one more write in the transaction. The record counts for the limits of a
    /// transaction.
    ///
    /// # Errors
    ///
    /// See [`OnceError`]. There is no [`NotRecorded`](OnceError::NotRecorded): a result that cannot be stored is an error
    /// before anything is written. [`Request`](OnceError::Request) has the errors of [`Transaction::send`]. If
    /// [`is_outcome_unknown`](Error::is_outcome_unknown), do it again: a repeated call finds out.
    pub async fn run<T, X, F, W>(self, work: F) -> Result<T, OnceError<T, X>>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce(Transaction<S, B, P>) -> W,
        W: Future<Output = Result<(Transaction<S, B, P>, T), X>>,
    {
        let OnceTransaction { once, transaction } = self;
        let (table, ttl) = (once.table.clone(), once.ttl);
        let client = table.client(once.origin());
        let record = once.record().at(client.origin)?;
        if let Some(item) = record.read(client).await.at(client.origin)? {
            return Ok(record.result(&item).at(client.origin)?);
        }
        let (transaction, result) = work(transaction).await.map_err(OnceError::Failed)?;
        let put = record.done(client.backend, &result, ttl).at(client.origin)?;
        match send(&record, client.backend, transaction, put).await.at(client.origin)? {
            None => Ok(result),
            Some(item) => Ok(record.result(&item).at(client.origin)?),
        }
    }
}

/// Sends the transaction with the record. Returns the record of another call, if that was faster.
async fn send<S: Schema, B: Backend, P>(
    record: &Record,
    backend: &B,
    transaction: Transaction<S, B, P>,
    mut put: Put<B::Item>,
) -> Result<Option<B::Item>> {
    // A store takes a token again with the same writes only, so the time in the condition stays.
    let now = present(backend);
    put.condition = Some(record.is_free(now));
    let mut failed = None;
    for attempt in 0..RETRY.attempts {
        RETRY.pause(backend, attempt).await;
        let explain = Explain::of_record(Verb::Once, &NAME, refused);
        let write = Prepared::new(TransactItem::Put(put.clone()), explain);
        // A clone has the same token, so the writes happen once, however often they are sent.
        match transaction.clone().send_with(write).await {
            Ok(Last::Done) => return Ok(None),
            Ok(Last::Refused(Some(item))) if record.is_own(&item) => return Ok(None),
            Ok(Last::Refused(Some(item))) => return record.done_by_another(item, now).map(Some),
            Ok(Last::Refused(None)) => {}
            Err(error) if error.is_retryable() => failed = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(failed.unwrap_or_else(too_often))
}

fn refused(key: &PrimaryKey) -> Error {
    Error::new(Kind::ConditionFailed, format!("there is a record `{key}`"))
}

impl<S, B: Backend, P> fmt::Debug for OnceTransaction<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnceTransaction").field(&self.once).finish()
    }
}
