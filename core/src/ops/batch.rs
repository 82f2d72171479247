//! `batch`: many puts and deletes, each of which succeeds or fails on its own.

mod refused;

use super::delete::Delete;
use super::put::Put;
use super::support::{Progress, SameTable, Unconditional, Unprocessed, Written, write_all};
use crate::backend::{At as _, Backend, Origin, Verb};
use crate::cost::Cost;
use crate::error::{Error, Kind, Result};
use crate::field::role::{Batched, BatchedPut};
use crate::request::{BatchItem, PrimaryKey};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::collections::HashSet;
use std::fmt;

/// A write of table `S` that a batch can hold: a put or a delete without a condition.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a write for a batch: give it `order.put()` or `order.delete()`, and several with `.add_all(orders.iter().map(Order::put))`",
    label = "not a put or a delete",
    note = "stores make the writes of a batch one by one, without conditions: for everything else, use a transaction"
)]
pub trait IntoBatch<S> {
    /// The write as plain data; `backend` encodes items.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn into_batch<B: Backend>(self, backend: &B) -> Result<BatchItem<B::Item>>;
}

impl<S, E: Entity<Rules: BatchedPut<E>, Table: SameTable<S, E>>> IntoBatch<S>
    for Put<'_, E, Unconditional>
{
    fn into_batch<B: Backend>(self, backend: &B) -> Result<BatchItem<B::Item>> {
        let put = self.request(backend)?;
        Ok(BatchItem::put(put.entity, put.key, put.item))
    }
}

impl<S, E: Entity<Rules: Batched<E>, Table: SameTable<S, E>>> IntoBatch<S>
    for Delete<E, Unconditional>
{
    fn into_batch<B: Backend>(self, _: &B) -> Result<BatchItem<B::Item>> {
        let delete = self.request()?;
        Ok(BatchItem::delete(delete.entity, delete.key))
    }
}

/// Sends any number of puts and deletes, each of which succeeds or fails on its own: from
/// [`Table::batch`].
///
/// The writes are sent in as few calls as the store allows. Several calls run at the same time, and
/// their order is not defined. Writes that the store does not process are sent again, after random
/// pauses that become longer. A batch needs fewer calls than single writes, and costs the same number
/// of units.
///
/// # Example: write, and send again what was not processed
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # let (a, b) = (item("ORD-001", "PROD-001"), item("ORD-001", "PROD-002"));
/// let old = OrderItem::key("ORD-001", "PROD-009");
/// let report = shop.batch().add(a.put()).add(b.put()).add(old.delete()).send().await?;
/// if !report.unprocessed.is_empty() {
///     report.into_retry().send().await?.into_result()?;
/// }
/// # Ok(()) }) }
/// ```
///
/// # Example: many writes, with progress
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # let orders: Vec<_> = (0..100).map(|id| order(&format!("{id}"), 100)).collect();
/// let batch = shop.batch().add_all(orders.iter().map(Order::put));
/// let report = batch
///     .send_with(|progress| println!("{} of {}", progress.written, progress.total))
///     .await?;
/// report.into_result()?;
/// # assert_eq!(Order::by_customer("C001").count(&shop).await?, 102);
/// # Ok(()) }) }
/// ```
#[must_use = "a batch does nothing until it is sent"]
#[doc(alias = "BatchWriteItem")]
pub struct Batch<S, B: Backend> {
    table: Table<S, B>,
    writes: Result<Vec<BatchItem<B::Item>>>,
}

/// The result of a [`Batch`]. Check [`unprocessed`](BatchReport::unprocessed), or turn the report
/// into an error with [`into_result`](BatchReport::into_result).
#[must_use = "some writes may be unprocessed: look at `unprocessed`, or use `into_result`"]
pub struct BatchReport<S, B: Backend> {
    /// How many writes happened.
    pub written: usize,
    /// The writes that did not happen, or for which it is not known whether they happened.
    pub unprocessed: Vec<Unprocessed<B::Item>>,
    /// The cost of the calls, as far as it is known.
    pub cost: Cost,
    table: Table<S, B>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Creates an empty batch. Any number of puts and deletes can be added to it.
    pub fn batch(&self) -> Batch<S, B> {
        Batch { table: self.clone(), writes: Ok(Vec::new()) }
    }
}

impl<S: Schema, B: Backend> Batch<S, B> {
    const ORIGIN: Origin = Origin::Table(S::DEF.name, Verb::Batch);

    /// Adds a put or a delete.
    #[allow(clippy::should_implement_trait, reason = "it adds a request, and is not a sum")]
    pub fn add(mut self, write: impl IntoBatch<S>) -> Self {
        self.push(write);
        self
    }

    /// Adds several puts or deletes.
    pub fn add_all<W: IntoBatch<S>>(mut self, writes: impl IntoIterator<Item = W>) -> Self {
        for write in writes {
            self.push(write);
        }
        self
    }

    /// Adds a put or a delete, like [`add`](Batch::add), to a batch in a variable.
    pub fn push(&mut self, write: impl IntoBatch<S>) {
        if let Ok(writes) = &mut self.writes {
            match write.into_batch(self.table.backend()) {
                Ok(write) => writes.push(write),
                Err(error) => self.writes = Err(error),
            }
        }
    }

    /// Sends the batch. If the future is dropped, [any of the writes may have
    /// happened](crate::ops#dropped-futures).
    ///
    /// # Errors
    ///
    /// Before any I/O: the first error of a write that was added, and
    /// [`is_invalid_request`](Error::is_invalid_request) if two writes are of the same item, because
    /// a batch has no order. Later errors are in the report, because some of the writes may have
    /// happened.
    pub async fn send(self) -> Result<BatchReport<S, B>> {
        self.send_with(|_| {}).await
    }

    /// Sends the batch, and calls `progress` after each call to the store that made some of its
    /// writes.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Batch::send).
    pub async fn send_with(
        self,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<BatchReport<S, B>> {
        let client = self.table.client(Self::ORIGIN);
        let writes = self.writes.at(client.origin)?;
        check_distinct(&writes).at(client.origin)?;
        // The client checks each call, too. Here a key that is too long is found before the first call.
        B::LIMITS.check_keys(writes.as_slice()).at(client.origin)?;
        let Written { written, unprocessed, cost } = write_all(client, writes, progress).await;
        Ok(BatchReport { written, unprocessed, cost, table: self.table })
    }
}

/// Refuses two writes of the same item: their order would not be defined.
fn check_distinct<I>(writes: &[BatchItem<I>]) -> Result<()> {
    let mut keys: HashSet<&PrimaryKey> = HashSet::with_capacity(writes.len());
    let Some(twice) = writes.iter().find(|write| !keys.insert(write.key())) else { return Ok(()) };
    let message = format!(
        "writes item `{}` twice, and a batch has no order: leave one of them out",
        twice.key()
    );
    Err(Error::new(Kind::InvalidRequest, message))
}

impl<S: Schema, B: Backend> BatchReport<S, B> {
    /// Returns a batch of the unprocessed writes, to send them again. A put or a delete can safely
    /// happen twice, unless another writer changes the item in between.
    pub fn into_retry(self) -> Batch<S, B> {
        let writes = self.unprocessed.into_iter().map(|it| it.write).collect();
        Batch { table: self.table, writes: Ok(writes) }
    }

    /// Returns `Ok` if every write happened.
    ///
    /// # Errors
    ///
    /// The error of the first unprocessed write, with its key and the number of unprocessed writes.
    pub fn into_result(self) -> Result<()> {
        let Some(first) = self.unprocessed.first() else { return Ok(()) };
        let uncertain = self.unprocessed.iter().filter(|it| it.uncertain).count();
        let message = format!(
            "{} of {} writes were not processed, {uncertain} of which may have happened; the first \
             is item `{}`: {}",
            self.unprocessed.len(),
            self.unprocessed.len() + self.written,
            first.key(),
            first.error
        );
        let error = Error::new(first.error.kind(), message).with_source(first.error.clone());
        Err(error).at(Batch::<S, B>::ORIGIN)
    }
}

impl<S, B: Backend> Clone for Batch<S, B> {
    fn clone(&self) -> Self {
        Batch { table: self.table.clone(), writes: self.writes.clone() }
    }
}

impl<S, B: Backend> fmt::Debug for Batch<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.writes {
            Ok(writes) => f.debug_struct("Batch").field("writes", &writes.len()).finish(),
            Err(error) => f.debug_struct("Batch").field("error", error).finish(),
        }
    }
}

impl<S, B: Backend> fmt::Debug for BatchReport<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unprocessed = self.unprocessed.iter().map(|it| (it.key().to_string(), &it.error));
        let mut out = f.debug_struct("BatchReport");
        out.field("written", &self.written);
        out.field("unprocessed", &unprocessed.collect::<Vec<_>>());
        out.field("cost", &self.cost).finish()
    }
}
