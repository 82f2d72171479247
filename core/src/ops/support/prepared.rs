//! `Prepared`: a typed write as plain data, and how it is sent.

use super::explain::{Explain, cancelled};
use super::guard::Guard;
use crate::backend::{At as _, Backend, Client, Item, Transactions, transact_writes};
use crate::cost::Cost;
use crate::error::{Error, Result};
use crate::expiry::is_absent;
use crate::random;
use crate::request::{
    Delete, Outcome, Put, Reason, TransactItem, TransactOutcome, TransactWrite, Transacted, Write,
};
use crate::schema::TableDef;

/// What a typed write becomes: the write `W` of its own item, and what is written with it in one
/// transaction.
///
/// `W` is a request such as [`Put`], or a [`TransactItem`] as part of a transaction.
#[derive(Debug)]
pub struct Prepared<I, W> {
    pub(crate) own: W,
    /// The item that a move creates.
    pub(crate) created: Option<Put<I>>,
    pub(crate) guards: Vec<Guard<I>>,
    pub(crate) explain: Explain<I>,
}

impl<I: Clone, W: Clone> Clone for Prepared<I, W> {
    fn clone(&self) -> Self {
        Prepared {
            own: self.own.clone(),
            created: self.created.clone(),
            guards: self.guards.clone(),
            explain: self.explain.clone(),
        }
    }
}

impl<I: Item, W> Prepared<I, W> {
    pub(crate) fn new(own: W, explain: Explain<I>) -> Self {
        Prepared { own, created: None, guards: Vec::new(), explain }
    }

    pub(crate) fn with_guards(self, guards: Vec<Guard<I>>) -> Self {
        Prepared { guards, ..self }
    }

    /// Converts the write to a part of a transaction.
    pub(crate) fn into_transaction(self) -> Prepared<I, TransactItem<I>>
    where
        W: Into<Write<I>>,
    {
        let Prepared { own, created, guards, explain } = self;
        Prepared { own: own.into().into(), created, guards, explain }
    }
}

impl<I: Item> Prepared<I, TransactItem<I>> {
    /// How many items it writes or checks.
    pub(crate) fn len(&self) -> usize {
        1 + usize::from(self.created.is_some()) + self.guards.len()
    }

    /// All its writes, in this order: its own item, the item that a move creates, the guards.
    pub(crate) fn items(&self) -> impl Iterator<Item = TransactItem<I>> {
        let created = self.created.iter().cloned().map(TransactItem::Put);
        let guards = self.guards.iter().map(|guard| guard.write.clone().into());
        std::iter::once(self.own.clone()).chain(created).chain(guards)
    }

    /// Maps the cancellation reasons of this request's writes to one error, or `None` if none of
    /// its writes was at fault.
    pub(crate) fn reason(&self, reasons: &[Reason<I>]) -> Option<Error> {
        let mut reasons = reasons.iter();
        let own = reasons.next().and_then(|reason| {
            failure(reason, |current| self.explain.refused(self.own.key(), current))
        });
        let created = self.created.as_ref().and_then(|put| {
            failure(reasons.next()?, |current| self.explain.taken(&put.key, current))
        });
        let guards = self.guards.iter().zip(reasons);
        let mut guards = guards
            .filter_map(|(guard, reason)| failure(reason, |_| guard.refused(self.explain.entity)));
        let error = own.or(created).or_else(|| guards.next());
        error.map(|error| error.context(|| self.explain.origin().to_string()))
    }
}

/// The error of one write of a cancelled transaction, if it was at fault.
fn failure<I>(reason: &Reason<I>, refused: impl FnOnce(Option<&I>) -> Error) -> Option<Error> {
    match reason {
        Reason::Fine => None,
        Reason::Refused { current } => Some(refused(current.as_ref())),
        Reason::Failed(error) => Some(error.clone()),
    }
}

impl<I: Item> Prepared<I, Delete> {
    /// The deletes of an expired item and of its guards, as separate writes.
    ///
    /// The guards have expired, too, and other items may have taken their values since. So a guard may
    /// stay while the item is deleted, which one transaction would not allow. The item is the last, so
    /// that an interrupted delete can be continued. Another writer may create the item again in between:
    /// then its guards, like the item, have not expired and stay.
    pub(crate) fn into_separate_writes(
        self,
        table: &TableDef,
    ) -> impl Iterator<Item = Prepared<I, Write<I>>> {
        let Prepared { mut own, guards, explain, .. } = self;
        let has_expired = is_absent(table, explain.entity);
        // The condition keeps an item that was created in its place since.
        own.condition = Some(has_expired.clone());
        // A guard that belongs to another item is no item of the entity, and does not meet its condition.
        let of_guards = explain.of_a_guard();
        let guards = guards.into_iter();
        let guards = guards.map(move |mut guard| {
            guard.only_if(has_expired.clone());
            Prepared::new(guard.write, of_guards.clone())
        });
        guards.chain([Prepared::new(own.into(), explain)])
    }
}

/// The result of a write.
pub(crate) struct Sent<I> {
    /// The item that was asked for.
    pub(crate) item: Option<I>,
    pub(crate) cost: Cost,
    /// Whether the write had happened before, as its mark in the stored item shows. Then `item` is the
    /// stored item, whatever was asked for.
    pub(crate) happened_before: bool,
}

impl<I: Item, W: Into<Write<I>>> Prepared<I, W> {
    /// Sends the write, in a transaction if unique guards are written with it.
    pub(crate) async fn send<B: Backend<Item = I>>(self, client: Client<'_, B>) -> Result<Sent<I>> {
        if self.guards.is_empty() {
            return self.send_alone(client).await;
        }
        let client = client.at(self.explain.origin());
        let prepared = self.into_transaction();
        let done = client.transact_guards(prepared.request(client.table)?).await?;
        prepared.done(done).at(client.origin)
    }

    /// Sends the write in a transaction with the item that a move creates.
    pub(crate) async fn send_together<B: Transactions<Item = I>>(
        self,
        client: Client<'_, B>,
    ) -> Result<()> {
        let client = client.at(self.explain.origin());
        let prepared = self.into_transaction();
        let request = prepared.request(client.table)?;
        let done = client.transact_write(transact_writes, request).await?;
        prepared.done(done).at(client.origin)?;
        Ok(())
    }

    /// Sends the write of its own item as one request, for writes without guards.
    pub(crate) async fn send_alone<B>(self, client: Client<'_, B>) -> Result<Sent<I>>
    where
        B: Backend<Item = I>,
    {
        let Prepared { own, explain, .. } = self;
        let client = client.at(explain.origin());
        let own = own.into();
        let key = own.key().clone();
        let written = match own {
            Write::Put(put) => client.put(put).await?,
            Write::Update(update) => client.update(update).await?,
            Write::Delete(delete) => client.delete(delete).await?,
        };
        let cost = written.cost;
        match written.outcome {
            Outcome::Done => Ok(Sent { item: written.item, cost, happened_before: false }),
            Outcome::Refused { current } if explain.happened(current.as_ref()) => {
                Ok(Sent { item: current, cost, happened_before: true })
            }
            Outcome::Refused { current } => {
                Err(explain.refused(&key, current.as_ref())).at(client.origin)
            }
        }
    }
}

impl<I: Item> Prepared<I, TransactItem<I>> {
    /// The transaction that consists of this write only.
    fn request(&self, table: &'static TableDef) -> Result<TransactWrite<I>> {
        Ok(TransactWrite::new(table, self.items().collect(), random::name()?))
    }

    /// The result of a transaction that consists of this write only.
    fn done(&self, done: Transacted<I>) -> Result<Sent<I>> {
        let cost = done.cost;
        let TransactOutcome::Cancelled(reasons) = done.outcome else {
            return Ok(Sent { item: None, cost, happened_before: false });
        };
        if let Some(Reason::Refused { current }) = reasons.first()
            && self.explain.happened(current.as_ref())
        {
            return Ok(Sent { item: current.clone(), cost, happened_before: true });
        }
        Err(self.reason(&reasons).unwrap_or_else(cancelled))
    }
}
