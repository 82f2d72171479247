//! `LeaseCheck`: the check of a lease in a transaction.

use crate::backend::{Backend, Verb};
use crate::error::{Error, Kind, Result};
use crate::expr::Expr;
use crate::field::role::Free;
use crate::ops::{Admits, Anywhere, Explain, IntoWrite, Prepared};
use crate::query::Partition;
use crate::request::{Check, PrimaryKey, TransactItem};
use crate::schema::{EntityDef, LEASE, Schema};
use std::fmt;
use std::marker::PhantomData;

/// The name of a lease in the error of a transaction.
static NAME: EntityDef = EntityDef::new("Lease", [&[], &[]], &[], &[]);

/// A part of a transaction that writes nothing, and cancels the transaction if the lease is no longer held: from
/// [`Lease::check`](super::Lease::check).
#[must_use = "a check does nothing until a transaction with it is sent"]
pub struct LeaseCheck<S, P = Anywhere> {
    key: PrimaryKey,
    condition: Expr,
    types: PhantomData<fn() -> (S, P)>,
}

/// Marks the check of a lease that is in a partition of its own, and not in one of an entity.
#[derive(Debug)]
pub enum InOwnPartition {}

impl<S: Schema, P> LeaseCheck<S, P> {
    pub(super) fn new(key: PrimaryKey, condition: Expr) -> Self {
        LeaseCheck { key, condition, types: PhantomData }
    }

    /// Not sent alone.
    #[doc(hidden)]
    pub fn send<Any>(self, _: Any) -> std::future::Ready<Result<()>>
    where
        S: LeaseCheckAlone,
    {
        std::future::ready(Ok(()))
    }

    fn prepare<B: Backend>(self) -> Prepared<B::Item, TransactItem<B::Item>> {
        let check = Check::new(S::DEF, LEASE.what, self.key, self.condition);
        Prepared::new(TransactItem::Check(check), Explain::of_record(Verb::Check, &NAME, lost))
    }
}

impl<S: Schema> IntoWrite<S> for LeaseCheck<S> {
    type Entity = InOwnPartition;
    type Rules = Free;

    fn into_write<B: Backend>(self, _: &B) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        Ok(self.prepare::<B>())
    }
}

impl<S: Schema, E> IntoWrite<S> for LeaseCheck<S, Partition<E>> {
    type Entity = E;
    type Rules = Free;

    fn into_write<B: Backend>(self, _: &B) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        Ok(self.prepare::<B>())
    }
}

/// Implemented by nothing, so that the compiler explains that a check is part of a transaction.
#[diagnostic::on_unimplemented(
    message = "a check of a lease is not sent alone: add it to a transaction, `table.transaction().add(lease.check())`",
    label = "not in a transaction"
)]
#[doc(hidden)]
pub trait LeaseCheckAlone {}

// The types of two partitions are not compared here: that the lease is in the partition of the transaction is checked
// before anything is sent.
impl<P, R> Admits<InOwnPartition, R> for Partition<P> {}

/// The error for a lease that is no longer held.
pub(super) fn lost(key: &PrimaryKey) -> Error {
    let message = format!(
        "the lease `{key}` is no longer held, because its time was over and another holder got it, or because it was released: stop the work"
    );
    Error::new(Kind::LeaseLost, message)
}

impl<S, P> fmt::Debug for LeaseCheck<S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeaseCheck").field("key", &self.key).finish_non_exhaustive()
    }
}
