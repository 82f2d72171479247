//! Many writes, each by itself.

mod run;

pub(super) use run::write_all;

use super::delete::Delete;
use super::put::{Put, Unconditional};
use super::transaction::SameTable;
use crate::backend::Backend;
use crate::cost::Cost;
use crate::error::{Error, Kind, Result};
use crate::field::role::Batched;
use crate::request::{PrimaryKey, Write};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

/// A write of table `S` that a batch can hold: a put or a delete without a condition.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be in a batch, which takes `put` and `delete` without conditions: use a transaction",
    label = "not for a batch",
    note = "stores make the writes of a batch one by one, and check nothing"
)]
pub trait IntoBatch<S> {
    /// The write as plain data; `backend` encodes items.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn into_batch<B: Backend>(self, backend: &B) -> Result<Write<B::Item>>;
}

impl<S, E: Entity<Rules: Batched<E>, Table: SameTable<S, E>>> IntoBatch<S>
    for Put<'_, E, Unconditional>
{
    fn into_batch<B: Backend>(self, backend: &B) -> Result<Write<B::Item>> {
        Ok(self.prepare(backend)?.own)
    }
}

impl<S, E: Entity<Rules: Batched<E>, Table: SameTable<S, E>>> IntoBatch<S>
    for Delete<E, Unconditional>
{
    fn into_batch<B: Backend>(self, _: &B) -> Result<Write<B::Item>> {
        Ok(self.prepare()?.own)
    }
}

/// Puts and deletes of any number, each by itself: from [`Table::batch`].
///
/// They are sent in as few calls as the store allows, some at the same time and in no order. What
/// the store does not get to is sent again, after pauses of growing, random length. It is cheaper
/// in calls than single writes and costs as many units.
///
/// # Example: write, and look what was left over
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # let (a, b) = (item("ORD-001", "PROD-001"), item("ORD-001", "PROD-002"));
/// let old = OrderItem::key("ORD-001", "PROD-009");
/// let report = shop.batch().add(a.put()).add(b.put()).add(old.delete()).send().await?;
/// if !report.left.is_empty() {
///     report.into_rest().send().await?.into_result()?;
/// }
/// # Ok(()) }) }
/// ```
///
/// # Example: many, with progress
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
pub struct Batch<S, B: Backend> {
    backend: B,
    writes: Result<Vec<Write<B::Item>>>,
    schema: PhantomData<fn() -> S>,
}

/// How far a batch has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Writes that have happened.
    pub written: usize,
    /// All writes of the batch.
    pub total: usize,
}

/// What became of a batch. Look at [`left`](BatchReport::left), or make an error of it with
/// [`into_result`](BatchReport::into_result).
#[must_use = "writes may be left over: look at `left`, or use `into_result`"]
pub struct BatchReport<S, B: Backend> {
    /// How many writes happened.
    pub written: usize,
    /// The writes that did not happen, or of which it is not known.
    pub left: Vec<Left<B::Item>>,
    /// What it cost, as far as it is known.
    pub cost: Cost,
    backend: B,
    schema: PhantomData<fn() -> S>,
}

/// A write that was left over.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Left<I> {
    /// The write.
    pub write: Write<I>,
    /// Whether it may have happened after all: its call failed on the way.
    pub uncertain: bool,
    /// Why it was left over.
    pub error: Error,
}

impl<I> Left<I> {
    /// The item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        self.write.key()
    }
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Puts and deletes of any number: begins an empty batch.
    pub fn batch(&self) -> Batch<S, B> {
        Batch { backend: self.backend().clone(), writes: Ok(Vec::new()), schema: PhantomData }
    }
}

impl<S: Schema, B: Backend> Batch<S, B> {
    /// Adds a put or a delete.
    #[allow(clippy::should_implement_trait, reason = "it adds a request, it is no sum")]
    pub fn add(mut self, write: impl IntoBatch<S>) -> Self {
        self.push(write);
        self
    }

    /// Adds puts or deletes.
    pub fn add_all<W: IntoBatch<S>>(mut self, writes: impl IntoIterator<Item = W>) -> Self {
        for write in writes {
            self.push(write);
        }
        self
    }

    fn push(&mut self, write: impl IntoBatch<S>) {
        if let Ok(writes) = &mut self.writes {
            match write.into_batch(&self.backend) {
                Ok(write) => writes.push(write),
                Err(error) => self.writes = Err(error),
            }
        }
    }

    /// Sends the batch.
    ///
    /// # Errors
    ///
    /// Before any I/O: what adding a write found, and
    /// [`is_invalid_request`](Error::is_invalid_request) for two writes of one item, which would
    /// happen in no order. What goes wrong later is in the report, because some of the writes may
    /// have happened.
    pub async fn send(self) -> Result<BatchReport<S, B>> {
        self.send_with(|_| {}).await
    }

    /// Sends the batch, and tells each time when some of it has happened.
    ///
    /// # Errors
    ///
    /// As [`send`](Batch::send).
    pub async fn send_with(
        self,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<BatchReport<S, B>> {
        let context = |error: Error| error.context(|| format!("{}::batch", S::DEF.name));
        let writes = self.writes.map_err(context)?;
        let mut keys = HashSet::with_capacity(writes.len());
        if let Some(twice) = writes.iter().find(|write| !keys.insert(write.key())) {
            let message = format!(
                "writes item `{}` twice, and a batch has no order: leave one of them out",
                twice.key()
            );
            return Err(context(Error::new(Kind::InvalidRequest, message)));
        }
        drop(keys);
        let done = write_all(&self.backend, S::DEF, writes, progress).await;
        let run::Done { written, left, cost } = done;
        Ok(BatchReport { written, left, cost, backend: self.backend, schema: PhantomData })
    }
}

impl<S: Schema, B: Backend> BatchReport<S, B> {
    /// The writes that were left over, as a batch to be sent again. Puts and deletes may happen
    /// twice without harm, unless somebody else writes the items in between.
    pub fn into_rest(self) -> Batch<S, B> {
        let writes = self.left.into_iter().map(|left| left.write).collect();
        Batch { backend: self.backend, writes: Ok(writes), schema: PhantomData }
    }

    /// Whether all is written.
    ///
    /// # Errors
    ///
    /// The first error of a write that was left over, naming how many there are and the item.
    pub fn into_result(self) -> Result<()> {
        let Some(first) = self.left.first() else { return Ok(()) };
        let uncertain = self.left.iter().filter(|left| left.uncertain).count();
        let message = format!(
            "{} of {} writes were left over, {uncertain} of which may have happened; the first is \
             item `{}`: {}",
            self.left.len(),
            self.left.len() + self.written,
            first.key(),
            first.error
        );
        let error = Error::new(first.error.kind(), message).with_source(first.error.clone());
        Err(error.context(|| format!("{}::batch", S::DEF.name)))
    }
}

impl<S, B: Backend> Clone for Batch<S, B> {
    fn clone(&self) -> Self {
        let (backend, writes) = (self.backend.clone(), self.writes.clone());
        Batch { backend, writes, schema: PhantomData }
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
        let left = self.left.iter().map(|left| (left.key().to_string(), &left.error));
        let mut out = f.debug_struct("BatchReport");
        out.field("written", &self.written).field("left", &left.collect::<Vec<_>>());
        out.field("cost", &self.cost).finish()
    }
}
