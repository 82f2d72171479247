//! The bounds that say which backends can hold a table: an entity with unique fields needs transactions
//! across partitions, for its guards.

use super::{Backend, CrossPartitionTransactions};
use crate::error::Result;
use crate::field::role::{Dated, Free, Guarded, Locked, LockedAndGuarded, Sharing, UpdatedBeside};
use crate::request::{TransactWrite, Transacted};
use crate::schema::{Entity, Schema};
use futures_util::future::BoxFuture;

/// Runs the transaction that writes an item and its unique guards.
///
/// The table's handle has this function pointer. So the bound on the backend is checked once, where the
/// handle is created, and requests need no such bound. Only transactions with guards use the pointer,
/// so only they need the box.
#[doc(hidden)]
pub type TransactGuards<B> = for<'a> fn(
    &'a B,
    TransactWrite<<B as Backend>::Item>,
) -> BoxFuture<'a, Result<Transacted<<B as Backend>::Item>>>;

/// The tables that backend `B` can hold. Implemented by `#[derive(Table)]`.
///
/// A backend can hold every table, with these exceptions: if an entity has unique fields, the backend has to have
/// [`CrossPartitionTransactions`], it has to serve the table's global indexes
/// ([`ServesIndexes`](super::ServesIndexes)), and indexes whose keys are attributes need
/// [`AttributeIndexes`](super::AttributeIndexes).
// The backend is a parameter, and the table has no associated list of entities, because an entity may
// be more private than its table.
pub trait HeldBy<B: Backend>: Schema {
    /// For the derives.
    #[doc(hidden)]
    fn transact_guards() -> Option<TransactGuards<B>>;
}

/// The rules of entities that backend `B` can write. If entity `E` has unique fields, the backend has to
/// have [`CrossPartitionTransactions`].
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

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>> WrittenBy<E, B> for Dated<R> {
    const TRANSACT: Option<TransactGuards<B>> = R::TRANSACT;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>, I, X> WrittenBy<E, B> for UpdatedBeside<R, I, X> {
    const TRANSACT: Option<TransactGuards<B>> = R::TRANSACT;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>> WrittenBy<E, B> for Sharing<R> {
    const TRANSACT: Option<TransactGuards<B>> = R::TRANSACT;
}

fn transact<B: CrossPartitionTransactions>(
    backend: &B,
    request: TransactWrite<B::Item>,
) -> BoxFuture<'_, Result<Transacted<B::Item>>> {
    Box::pin(backend.transact_write(request))
}

/// Lists of entities, `(E1, (E2, ()))`, all of which backend `B` can write.
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
