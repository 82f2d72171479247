//! `transaction`: writes that happen together or not at all.

mod partition;
mod refused;

pub use partition::{Admits, Anywhere};

use super::support::{IntoWrite, Prepared, cancelled, join_guards};
use crate::backend::{
    At as _, Backend, CrossPartitionTransactions, Item, Origin, TransactWrites, Transactions, Verb,
    transact_writes,
};
use crate::error::{Error, Kind, Result};
use crate::random;
use crate::request::{PrimaryKey, Reason, TransactItem, TransactOutcome, TransactWrite};
use crate::schema::Schema;
use crate::table::Table;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

/// A prepared write of a transaction.
type Part<I> = Prepared<I, TransactItem<I>>;

/// Makes several writes together: all of them happen, or none. From [`Table::transaction`].
///
/// `P` says where the items are: [`Anywhere`] in the table, or in a [`Partition`](crate::Partition), from
/// [`Table::transaction_in`].
///
/// A write is encoded when it is added, so the transaction borrows nothing. You can clone it, and send
/// the clone if it is not known whether the first one happened: a transaction and its clones happen
/// only once, if they are sent within ten minutes.
///
/// # Example: create an order and count it
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
/// # Example: find out which write cancelled the transaction
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
#[doc(alias = "TransactWriteItems")]
pub struct Transaction<S, B: Backend, P = Anywhere> {
    table: Table<S, B>,
    /// The partition key of all items, if the transaction is in one partition.
    partition: Option<String>,
    writes: Result<Vec<Part<B::Item>>>,
    token: String,
    transact: TransactWrites<B>,
    scope: PhantomData<fn() -> P>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Creates an empty transaction. The writes that are added to it happen together or not at all, in
    /// whichever partitions their items are.
    ///
    /// On a backend whose transactions stay in one partition, use [`transaction_in`](Table::transaction_in).
    pub fn transaction(&self) -> Transaction<S, B>
    where
        B: CrossPartitionTransactions,
    {
        Transaction::new(self, None)
    }
}

impl<S: Schema, B: Backend, P> Transaction<S, B, P> {
    fn new(table: &Table<S, B>, partition: Option<String>) -> Self
    where
        B: Transactions,
    {
        let (writes, token) = match random::name() {
            Ok(token) => (Ok(Vec::new()), token),
            Err(error) => (Err(error), String::new()),
        };
        let (table, transact) = (table.clone(), transact_writes);
        Transaction { table, partition, writes, token, transact, scope: PhantomData }
    }

    /// Creates an empty transaction in the partition of an item with this key.
    pub(crate) fn in_partition_of(table: &Table<S, B>, key: Result<&PrimaryKey, &Error>) -> Self
    where
        B: Transactions,
    {
        match key {
            Ok(key) => Transaction::new(table, Some(key.pk.clone())),
            Err(error) => {
                Transaction { writes: Err(error.clone()), ..Transaction::new(table, None) }
            }
        }
    }

    fn origin(&self) -> Origin {
        let verb = match self.partition {
            None => Verb::Transaction,
            Some(_) => Verb::TransactionIn,
        };
        Origin::Table(S::DEF.name, verb)
    }

    /// Adds a write.
    #[allow(clippy::should_implement_trait, reason = "it adds a request, and is not a sum")]
    pub fn add<W: IntoWrite<S>>(mut self, write: W) -> Self
    where
        P: Admits<W::Entity, W::Rules>,
    {
        self.push(write);
        self
    }

    /// Adds a write, like [`add`](Transaction::add), to a transaction in a variable.
    ///
    /// # Example: add writes in a loop
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let orders = [order("ORD-003", 100), order("ORD-004", 100)];
    /// let mut transaction = shop.transaction();
    /// for order in &orders {
    ///     transaction.push(order.create());
    ///     transaction.push(item(&order.order_id, "PROD-001").into_create());
    /// }
    /// transaction.send().await?;
    /// # Ok(()) }) }
    /// ```
    pub fn push<W: IntoWrite<S>>(&mut self, write: W)
    where
        P: Admits<W::Entity, W::Rules>,
    {
        let origin = self.origin();
        if let Ok(writes) = &mut self.writes {
            let write = write.into_write(self.table.backend()).and_then(|write| {
                if let Some(partition) = &self.partition {
                    partition::check(partition, writes.len(), &write).at(origin)?;
                }
                Ok(write)
            });
            match write {
                Ok(write) => writes.push(write),
                Err(error) => self.writes = Err(error),
            }
        }
    }

    /// Adds several writes.
    pub fn add_all<W: IntoWrite<S>>(self, writes: impl IntoIterator<Item = W>) -> Self
    where
        P: Admits<W::Entity, W::Rules>,
    {
        writes.into_iter().fold(self, Self::add)
    }

    /// Uses `token` instead of a random idempotency token. It has 1 to 36 characters.
    ///
    /// The same writes with the same token happen only once within ten minutes, whichever process
    /// sends them and how often. Other writes with the same token fail with
    /// [`is_invalid_request`](Error::is_invalid_request). Cosmos DB knows no tokens: there, the token is in the items that
    /// the transaction has written, so it is recognised until somebody else has written all of them, however long that is.
    ///
    /// Writes of an entity with a version, a ttl or a time that writes set contain the time at which they were
    /// added to the transaction. So they are the same in a clone of the transaction, but not in a transaction that
    /// is built again. The same is true of a step of a workflow without an
    /// [`idempotency_token`](crate::Advance::idempotency_token) of its own. For such entities, treat the error as "already done", or add a write that can
    /// happen only once, such as the create of a receipt.
    ///
    /// # Example: handle a message that may be delivered twice
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let message_id = "m-1";
    /// let count = Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1);
    /// for _ in 0..2 {
    ///     shop.transaction().add(count.clone()).idempotency_token(message_id).send().await?;
    /// }
    /// assert_eq!(Customer::get("C001").send(&shop).await?.unwrap().order_count, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn idempotency_token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }

    /// Sends the transaction. An empty transaction does nothing.
    ///
    /// # Errors
    ///
    /// Before any I/O: the first error of a write that was added;
    /// [`is_too_large`](Error::is_too_large) for more than 100 items or 4 MB (2 MB in Cosmos DB), with unique guards;
    /// [`is_invalid_request`](Error::is_invalid_request) for two writes of the same item, and for an item
    /// that is not in the partition of [`transaction_in`](Table::transaction_in);
    /// [`is_unique_violation`](Error::is_unique_violation) if two writes take the same unique value. One
    /// write can take a value that another one gives up.
    ///
    /// [`is_cancelled`](Error::is_cancelled) if one of the writes was not possible. Then none of them
    /// happened, and [`reasons`](Error::reasons) has an error for each write that was not possible. If
    /// it is not known whether the transaction happened
    /// ([`is_outcome_unknown`](Error::is_outcome_unknown)), send a clone of it.
    pub async fn send(self) -> Result<()> {
        let origin = self.origin();
        match self.run().await? {
            (_, TransactOutcome::Done) => Ok(()),
            (prepared, TransactOutcome::Cancelled(reasons)) => {
                Err(explain(&prepared, &reasons)).at(origin)
            }
        }
    }

    /// Sends the transaction with one more write, which is not of an entity.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Transaction::send), unless the store refused that write.
    pub(crate) async fn send_with(mut self, last: Part<B::Item>) -> Result<Last<B::Item>> {
        let origin = self.origin();
        if let Ok(writes) = &mut self.writes {
            if let Some(partition) = &self.partition {
                partition::check(partition, writes.len(), &last).at(origin)?;
            }
            writes.push(last);
        }
        let (prepared, mut reasons) = match self.run().await? {
            (_, TransactOutcome::Done) => return Ok(Last::Done),
            (prepared, TransactOutcome::Cancelled(reasons)) => (prepared, reasons),
        };
        match reasons.pop() {
            Some(Reason::Refused { current }) => Ok(Last::Refused(current)),
            last => {
                reasons.extend(last);
                Err(explain(&prepared, &reasons)).at(origin)
            }
        }
    }

    async fn run(self) -> Result<(Vec<Part<B::Item>>, TransactOutcome<B::Item>)> {
        let client = self.table.client(self.origin());
        let mut prepared = self.writes.at(client.origin)?;
        join_guards(&mut prepared).at(client.origin)?;
        let items = check::<B>(&prepared, &self.token).at(client.origin)?;
        if items.is_empty() {
            return Ok((prepared, TransactOutcome::Done));
        }
        let request = TransactWrite::new(S::DEF, items, self.token);
        let outcome = client.transact_write(self.transact, request).await?.outcome;
        Ok((prepared, outcome))
    }
}

/// What became of a transaction with one more write.
pub(crate) enum Last<I> {
    Done,
    /// Nothing was written, because the store refused the last write. This is the stored item.
    Refused(Option<I>),
}

/// Checks the token, the size and the keys of a transaction, and returns all its writes.
fn check<B: Backend>(
    prepared: &[Part<B::Item>],
    token: &str,
) -> Result<Vec<TransactItem<B::Item>>> {
    if !(1..=36).contains(&token.chars().count()) {
        let message = format!("the token `{token}` does not have 1 to 36 characters");
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    let (count, most) = (prepared.iter().map(Prepared::len).sum::<usize>(), B::LIMITS.transaction);
    if count > most {
        let message = format!(
            "writes {count} items with their unique guards, but at most {most} are allowed: split it"
        );
        return Err(Error::new(Kind::TooLarge, message));
    }
    let items: Vec<_> = prepared.iter().flat_map(Prepared::items).collect();
    let mut keys: HashSet<&PrimaryKey> = HashSet::with_capacity(count);
    let mut bytes = 0;
    for item in &items {
        if !keys.insert(item.key()) {
            let message = format!(
                "uses item `{}` twice: a transaction can have one write or check of each item, and a write \
                 can have a condition, with `when`",
                item.key()
            );
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        if let TransactItem::Put(put) = item {
            bytes += put.item.size()?;
        }
    }
    let most = B::LIMITS.transaction_bytes;
    if bytes > most {
        let message =
            format!("has {bytes} bytes of items, but at most {most} are allowed: split it");
        return Err(Error::new(Kind::TooLarge, message));
    }
    Ok(items)
}

/// The error of a cancelled transaction, with a reason for each request that was at fault.
fn explain<I: Item>(prepared: &[Part<I>], reasons: &[Reason<I>]) -> Error {
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
    let message = format!(
        "nothing was written, because of {} (the first request is request 0)",
        faults.join("; ")
    );
    Error::new(Kind::Cancelled, message).with_reasons(all)
}

impl<S, B: Backend, P> Clone for Transaction<S, B, P> {
    fn clone(&self) -> Self {
        Transaction {
            table: self.table.clone(),
            partition: self.partition.clone(),
            writes: self.writes.clone(),
            token: self.token.clone(),
            transact: self.transact,
            scope: PhantomData,
        }
    }
}

impl<S, B: Backend, P> fmt::Debug for Transaction<S, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Transaction");
        if let Some(partition) = &self.partition {
            out.field("partition", partition);
        }
        match &self.writes {
            Ok(writes) => {
                let keys = writes.iter().flat_map(Prepared::items).map(|it| it.key().to_string());
                out.field("keys", &keys.collect::<Vec<_>>())
            }
            Err(error) => out.field("error", error),
        };
        out.field("token", &self.token).finish()
    }
}
