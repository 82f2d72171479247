//! Which backends can hold a table: unique guards need transactions across partitions.

use super::{Backend, CrossPartitionTransactions};
use crate::error::Result;
use crate::field::role::{Free, Guarded, Locked, LockedAndGuarded};
use crate::request::{TransactWrite, Transacted};
use crate::schema::{Entity, Schema};
use futures_util::future::BoxFuture;

/// Runs the transaction that writes an item and its unique guards.
///
/// A function pointer in the table's handle, so that requests need no bound of their own: that the
/// backend has such transactions is checked once, where the handle is made. Only transactions with
/// guards go through it, so only they pay for the box.
#[doc(hidden)]
pub type TransactGuards<B> = for<'a> fn(
    &'a B,
    TransactWrite<<B as Backend>::Item>,
) -> BoxFuture<'a, Result<Transacted<<B as Backend>::Item>>>;

/// The tables that backend `B` can hold: all of them, unless an entity has unique fields and the
/// backend has no [`CrossPartitionTransactions`]. Implemented by `#[derive(Table)]`.
///
/// A trait with a parameter, and no associated list of entities, because an entity may be more
/// private than its table.
pub trait HeldBy<B: Backend>: Schema {
    /// For the derives.
    #[doc(hidden)]
    fn transact_guards() -> Option<TransactGuards<B>>;
}

/// The rules of entities `E` that backend `B` can write: all backends can, unless the entity has
/// unique fields.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, and `{B}` has no transactions across partitions to write their guards in: remove `unique`, or use another backend",
    label = "this backend cannot write `{E}`",
    note = "a guard is an item in a partition of its own, and is written in one transaction with its entity",
    note = "code that is generic over the backend asks for such transactions: `B: CrossPartitionTransactions`"
)]
pub trait WrittenBy<E, B: Backend> {
    #[doc(hidden)]
    const TRANSACT: Option<TransactGuards<B>>;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend> WrittenBy<E, B> for Free {
    const TRANSACT: Option<TransactGuards<B>> = None;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend> WrittenBy<E, B> for Locked {
    const TRANSACT: Option<TransactGuards<B>> = None;
}

#[diagnostic::do_not_recommend]
impl<E, B: CrossPartitionTransactions> WrittenBy<E, B> for Guarded {
    const TRANSACT: Option<TransactGuards<B>> = Some(transact);
}

#[diagnostic::do_not_recommend]
impl<E, B: CrossPartitionTransactions> WrittenBy<E, B> for LockedAndGuarded {
    const TRANSACT: Option<TransactGuards<B>> = Some(transact);
}

fn transact<B: CrossPartitionTransactions>(
    backend: &B,
    request: TransactWrite<B::Item>,
) -> BoxFuture<'_, Result<Transacted<B::Item>>> {
    Box::pin(backend.transact_write(request))
}

/// The entities of a table, `(E1, (E2, ()))`, each of which backend `B` can write.
#[doc(hidden)]
pub trait AllWrittenBy<B: Backend> {
    #[doc(hidden)]
    const TRANSACT: Option<TransactGuards<B>>;
}

impl<B: Backend> AllWrittenBy<B> for () {
    const TRANSACT: Option<TransactGuards<B>> = None;
}

impl<B, E, Rest> AllWrittenBy<B> for (E, Rest)
where
    B: Backend,
    E: Entity<Rules: WrittenBy<E, B>>,
    Rest: AllWrittenBy<B>,
{
    const TRANSACT: Option<TransactGuards<B>> = match E::Rules::TRANSACT {
        None => Rest::TRANSACT,
        some => some,
    };
}
