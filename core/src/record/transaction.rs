//! Writes that all happen or none.

use super::key::Key;
use super::keys::encode;
use super::prepared::{Explain, Prepared, cancelled};
use super::put::{Record as _, has_version, next_version};
use super::unique::{self, Guard};
use super::update::memory::Memory;
use crate::backend::{Backend, CrossPartitionTransactions};
use crate::error::{Error, Kind, Result};
use crate::expiry::{is_absent, is_present};
use crate::field::Condition;
use crate::item::Item as _;
use crate::random;
use crate::request::{self, PrimaryKey, Reason, TransactOutcome, TransactWrite, Write};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use crate::trace;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

/// A write of table `S` that a transaction can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a write of table `{S}`: a transaction takes `put`, `create`, `update`, `delete`, `move_to` and `check` of the table's own entities",
    label = "not a write of table `{S}`"
)]
pub trait IntoWrite<S> {
    /// The write as plain data; `backend` encodes items.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn into_write<B: Backend>(self, backend: &B) -> Result<Prepared<B::Item>>;
}

/// The table of entity `E`, as seen by a request of table `S`: the two are the same.
#[diagnostic::on_unimplemented(
    message = "`{E}` lives in table `{Self}`, and this is a request of table `{S}`: make it with a `Table<{Self}, _>`",
    label = "lives in table `{Self}`"
)]
#[doc(hidden)]
pub trait SameTable<S, E> {}
#[diagnostic::do_not_recommend]
impl<S, E> SameTable<S, E> for S {}

/// Implemented by nothing: a check is part of a transaction.
#[diagnostic::on_unimplemented(
    message = "a check of `{Self}` is not sent alone: add it to a transaction, `table.transaction().add(..)`",
    label = "not in a transaction"
)]
#[doc(hidden)]
pub trait CheckAlone {}

/// Writes nothing; the transaction happens only if the stored item is so. From [`Key::check`].
#[must_use = "a check does nothing until a transaction with it is sent"]
pub struct Check<E: Entity> {
    key: Key<E>,
    condition: Option<Condition<E>>,
}

impl<E: Entity> Check<E> {
    pub(super) fn new(key: Key<E>) -> Self {
        Check { key, condition: None }
    }

    /// The item has to be so, too.
    pub fn when(mut self, condition: Condition<E>) -> Self {
        self.condition = Some(match self.condition {
            Some(known) => known.and(condition),
            None => condition,
        });
        self
    }

    // What newcomers try, as other requests have it.
    #[doc(hidden)]
    pub fn send<T>(self, _: T) -> std::future::Ready<Result<()>>
    where
        E: CheckAlone,
    {
        std::future::ready(Err(cancelled()))
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>> IntoWrite<S> for Check<E> {
    fn into_write<B: Backend>(self, _: &B) -> Result<Prepared<B::Item>> {
        let prepared = || -> Result<Prepared<B::Item>> {
            let mut condition = is_present(E::Table::DEF, E::DEF);
            if let Some(more) = self.condition {
                condition = condition.and(more.into_expr()?);
            }
            let key = self.key.render()?;
            let mut explain = Explain::new::<E>("check");
            explain.needs_item = true;
            let check = request::Check::new(E::Table::DEF, E::DEF.name, key, condition);
            Ok(Prepared::new(Write::Check(check), explain))
        };
        prepared().map_err(|error| error.context(|| format!("{}::check", E::DEF.name)))
    }
}

impl<E: Entity> Clone for Check<E> {
    fn clone(&self) -> Self {
        Check { key: self.key.clone(), condition: self.condition.clone() }
    }
}

impl<E: Entity> fmt::Debug for Check<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").field("key", &self.key).field("when", &self.condition).finish()
    }
}

/// Puts an entity under another key: from [`Record::move_to`](super::Record::move_to).
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Move<'a, E> {
    old: &'a E,
    new: &'a E,
}

impl<'a, E: Entity> Move<'a, E> {
    pub(super) fn new(old: &'a E, new: &'a E) -> Self {
        Move { old, new }
    }

    /// Sends the transaction.
    ///
    /// # Errors
    ///
    /// [`is_stale`](Error::is_stale) if the old item differs from the one that was loaded, or
    /// [`is_conflict`](Error::is_conflict) if its version does;
    /// [`is_not_found`](Error::is_not_found) if it is gone;
    /// [`is_condition_failed`](Error::is_condition_failed) if the new key is taken;
    /// [`is_invalid_request`](Error::is_invalid_request) if both have one key.
    pub async fn send<B: CrossPartitionTransactions>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<()> {
        let prepared = IntoWrite::<E::Table>::into_write(self, table.backend())?;
        prepared.send(table.backend(), E::Table::DEF).await?;
        Ok(())
    }

    /// The old item's delete is the write of its own; the new item's create comes with the guards.
    fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item>> {
        let Move { old, new } = *self;
        let (table, rules) = (E::Table::DEF, E::DEF.rules);
        let from = old.primary_key().render()?;
        // The version goes on, so that nobody who holds the old entity takes the new for it.
        let version = rules.version.map(|_| next_version(old.version().max(new.version())));
        let (to, item) = encode(backend, new, version)?;
        if from == to {
            let message = format!("both have the key `{from}`: use `update` or `put`");
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        let mut explain = Explain::new::<E>("move_to");
        explain.needs_item = true;
        let mut condition = Some(is_present(table, E::DEF));
        if let Some(field) = rules.version {
            has_version(field, old.version()).require(&mut condition);
            explain.version = Some(old.version());
        } else {
            let (memory, mut fresh) = (Memory::of(old)?, None);
            for name in E::DEF.fields.iter().filter(|name| !name.is_empty()) {
                memory.unchanged::<E>(name)?.require(&mut fresh);
            }
            explain.fresh.clone_from(&fresh);
            if let Some(fresh) = fresh {
                fresh.require(&mut condition);
            }
        }
        let mut delete = request::Delete::new(table, E::DEF.name, from.clone());
        delete.condition = condition;
        let mut put = request::Put::new(table, E::DEF.name, to.clone(), item);
        put.condition = Some(is_absent(table, E::DEF));
        let mut guards = vec![Guard::entity(Write::Put(put))];
        let (before, after) = (unique::keys(old)?, unique::keys(new)?);
        for (unique, key) in &before {
            let key = key.clone();
            guards.push(if after.iter().any(|(_, kept)| *kept == key) {
                unique::hand_over::<E, B::Item>(unique, key, &from, &to, new.expires())
            } else {
                unique::free::<E, B::Item>(unique, key, &from)
            });
        }
        for (unique, key) in after {
            if !before.iter().any(|(_, known)| *known == key) {
                guards.push(unique::take::<E, B>(backend, unique, key, &to, new.expires())?);
            }
        }
        Ok(Prepared { guards, ..Prepared::new(Write::Delete(delete), explain) })
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>> IntoWrite<S> for Move<'_, E> {
    fn into_write<B: Backend>(self, backend: &B) -> Result<Prepared<B::Item>> {
        let prepared = self.prepare(backend);
        prepared.map_err(|error| error.context(|| format!("{}::move_to", E::DEF.name)))
    }
}

/// Writes that all happen or none: from [`Table::transaction`].
///
/// What is added is encoded at once, so the transaction borrows nothing. It can be cloned, and sent
/// again if it is not known whether it happened: within ten minutes, the same transaction does not
/// happen twice.
///
/// # Example: an order, and the count of the customer's orders
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # let order = order("ORD-003", 100);
/// shop.transaction()
///     .add(order.create())
///     .add(Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1))
///     .send()
///     .await?;
/// # Ok(()) }) }
/// ```
///
/// # Example: which of the writes was at fault
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # let (new, taken) = (order("ORD-003", 100), order("ORD-001", 100));
/// let error = shop.transaction().add(new.create()).add(taken.create()).send().await.unwrap_err();
/// assert!(error.is_cancelled());
/// for (at, reason) in error.reasons().iter().enumerate() {
///     if let Some(reason) = reason {
///         println!("request {at}: {reason}, stored is {:?}", reason.current::<Order>());
///     }
/// }
/// # assert!(error.reasons()[0].is_none());
/// # assert_eq!(error.reasons()[1].as_ref().unwrap().current::<Order>().unwrap().total, 4_500);
/// # Ok(()) }) }
/// ```
#[must_use = "a transaction does nothing until it is sent"]
pub struct Transaction<S, B: Backend> {
    backend: B,
    writes: Result<Vec<Prepared<B::Item>>>,
    token: String,
    schema: PhantomData<fn() -> S>,
}

impl<S: Schema, B: CrossPartitionTransactions> Table<S, B> {
    /// Writes that all happen or none: begins an empty transaction.
    pub fn transaction(&self) -> Transaction<S, B> {
        let backend = self.backend().clone();
        let (writes, token) = match random::name() {
            Ok(token) => (Ok(Vec::new()), token),
            Err(error) => (Err(error), String::new()),
        };
        Transaction { backend, writes, token, schema: PhantomData }
    }
}

impl<S: Schema, B: Backend> Transaction<S, B> {
    /// Adds a write.
    #[allow(clippy::should_implement_trait, reason = "it adds a request, it is no sum")]
    pub fn add(mut self, write: impl IntoWrite<S>) -> Self {
        if let Ok(writes) = &mut self.writes {
            match write.into_write(&self.backend) {
                Ok(write) => writes.push(write),
                Err(error) => self.writes = Err(error),
            }
        }
        self
    }

    /// Adds writes.
    pub fn add_all<W: IntoWrite<S>>(self, writes: impl IntoIterator<Item = W>) -> Self {
        writes.into_iter().fold(self, Self::add)
    }

    /// Sends this token instead of a random one: 1 to 36 characters. With one token, the same
    /// writes happen once within ten minutes, however often and from wherever they are sent; other
    /// writes with the token are [`is_invalid_request`](Error::is_invalid_request).
    ///
    /// Writes of an entity with a version or a ttl hold the time at which they were added, so they
    /// are the same in clones of one transaction, and others in one that is built again: take the
    /// error for "made already", or add a write to the transaction that happens once, such as the
    /// create of a receipt.
    ///
    /// # Example: a message that may be delivered twice
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let message_id = "m-1";
    /// let count = Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1);
    /// for _ in 0..2 {
    ///     shop.transaction().add(count.clone()).token(message_id).send().await?;
    /// }
    /// assert_eq!(Customer::get("C001").send(&shop).await?.unwrap().order_count, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// Sends the transaction. An empty one does nothing.
    ///
    /// # Errors
    ///
    /// Before any I/O: what adding a write found, [`is_too_large`](Error::is_too_large) for more
    /// than 100 items or 4 MB (unique guards count), and
    /// [`is_invalid_request`](Error::is_invalid_request) for two writes of one item.
    ///
    /// [`is_cancelled`](Error::is_cancelled) if a write could not happen, so that none did:
    /// [`reasons`](Error::reasons) has an error for each write at fault. Where it is not known
    /// whether it happened ([`is_unavailable`](Error::is_unavailable)), send a clone.
    pub async fn send(self) -> Result<()> {
        let context = |error: Error| error.context(|| format!("{}::transaction", S::DEF.name));
        let prepared = self.writes.map_err(context)?;
        check::<B>(&prepared, &self.token).map_err(context)?;
        if prepared.is_empty() {
            return Ok(());
        }
        let writes = prepared.iter().flat_map(Prepared::writes).cloned().collect();
        let span = trace::span(&self.backend, S::DEF, "TransactWriteItems", None, None);
        let sent = self.backend.transact_write(TransactWrite::new(S::DEF, writes, self.token));
        let done = trace::run(span, sent, |done| Some(done.cost)).await.map_err(context)?;
        match done.outcome {
            TransactOutcome::Done => Ok(()),
            TransactOutcome::Cancelled(reasons) => Err(context(explain(&prepared, &reasons))),
        }
    }
}

/// What can be known before it is sent.
fn check<B: Backend>(prepared: &[Prepared<B::Item>], token: &str) -> Result<()> {
    if !(1..=36).contains(&token.chars().count()) {
        let message = format!("the token `{token}` has not 1 to 36 characters");
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    let (count, most) = (prepared.iter().map(Prepared::len).sum::<usize>(), B::LIMITS.transaction);
    if count > most {
        let message = format!(
            "writes {count} items with their unique guards, and a transaction takes {most}: split it"
        );
        return Err(Error::new(Kind::TooLarge, message));
    }
    let mut keys: HashSet<&PrimaryKey> = HashSet::with_capacity(count);
    let mut bytes = 0;
    for write in prepared.iter().flat_map(Prepared::writes) {
        if !keys.insert(write.key()) {
            let message = format!(
                "writes item `{}` twice: a transaction takes one request for each item",
                write.key()
            );
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        if let Write::Put(put) = write {
            bytes += put.item.size()?;
        }
    }
    let most = B::LIMITS.transaction_bytes;
    if bytes > most {
        let message = format!("holds {bytes} bytes, and a transaction takes {most}: split it");
        return Err(Error::new(Kind::TooLarge, message));
    }
    Ok(())
}

/// The error of a cancelled transaction, with a reason for each request.
fn explain<I: crate::Item>(prepared: &[Prepared<I>], reasons: &[Reason<I>]) -> Error {
    let mut rest = reasons;
    let mut all = Vec::with_capacity(prepared.len());
    for write in prepared {
        let (own, behind) = rest.split_at_checked(write.len()).unwrap_or((rest, &[]));
        all.push(write.reason(own));
        rest = behind;
    }
    let faults: Vec<String> = all
        .iter()
        .enumerate()
        .filter_map(|(at, reason)| Some(format!("request {at}: {}", reason.as_ref()?)))
        .collect();
    if faults.is_empty() {
        return cancelled();
    }
    let message = format!("nothing was written, because of {}", faults.join("; "));
    Error::new(Kind::Cancelled, message).with_reasons(all)
}

impl<S, B: Backend> Clone for Transaction<S, B> {
    fn clone(&self) -> Self {
        Transaction {
            backend: self.backend.clone(),
            writes: self.writes.clone(),
            token: self.token.clone(),
            schema: PhantomData,
        }
    }
}

impl<S, B: Backend> fmt::Debug for Transaction<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Transaction");
        match &self.writes {
            Ok(writes) => {
                let keys = writes.iter().flat_map(Prepared::writes).map(|it| it.key().to_string());
                out.field("keys", &keys.collect::<Vec<_>>())
            }
            Err(error) => out.field("error", error),
        };
        out.field("token", &self.token).finish()
    }
}
