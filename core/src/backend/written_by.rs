//! The bounds that say which backends can hold a table: an entity with unique fields needs transactions
//! for its guards, across partitions if they are in other partitions than their items.

use super::{Backend, CrossPartitionTransactions, TransactWrites, Transactions, transact_writes};
use crate::field::role::{
    Dated, Free, Guarded, GuardedWithin, Locked, LockedAndGuarded, Sharing, UpdatedBeside,
    WithStates,
};
use crate::schema::{Entity, Schema};

/// The tables that backend `B` can hold. Implemented by `#[derive(Table)]`.
///
/// A backend can hold every table, with these exceptions: if an entity has unique fields, the backend has to have
/// [`CrossPartitionTransactions`], or [`Transactions`] if all guards are in the partitions of their items, and it has to
/// serve the table's global indexes ([`Backend::Indexes`]).
// The backend is a parameter, and the table has no associated list of entities, because an entity may
// be more private than its table.
pub trait HeldBy<B: Backend>: Schema {
    /// For the derives.
    #[doc(hidden)]
    fn transact_guards() -> Option<TransactWrites<B>>;
}

/// The rules of entities that backend `B` can write. If entity `E` has unique fields, the backend has to
/// have [`CrossPartitionTransactions`], or [`Transactions`] for guards in the partition of the item.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, and `{B}` has no transactions across partitions to write their guards in: remove `unique`, give it the `pk` of `{E}`, or use another backend",
    label = "this backend cannot write `{E}`",
    note = "a guard is an item in a partition of its own, and is written in one transaction with its entity",
    note = "`unique(team, name, pk = \"TEAM#{{team}}\", sk = \"NAME#{{name}}\")` of an entity with `pk = \"TEAM#{{team}}\"` keeps the name unique in the team, and its guard is in the partition of the item",
    note = "code that is generic over the backend asks for such transactions: `B: CrossPartitionTransactions`"
)]
pub trait WrittenBy<E, B: Backend> {
    #[doc(hidden)]
    const TRANSACT: Option<TransactWrites<B>>;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend> WrittenBy<E, B> for Free {
    const TRANSACT: Option<TransactWrites<B>> = None;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend> WrittenBy<E, B> for Locked {
    const TRANSACT: Option<TransactWrites<B>> = None;
}

#[diagnostic::do_not_recommend]
impl<E, B: CrossPartitionTransactions> WrittenBy<E, B> for Guarded {
    const TRANSACT: Option<TransactWrites<B>> = Some(transact_writes);
}

#[diagnostic::do_not_recommend]
impl<E, B: CrossPartitionTransactions> WrittenBy<E, B> for LockedAndGuarded {
    const TRANSACT: Option<TransactWrites<B>> = Some(transact_writes);
}

impl<E, B: WritesGuards<E>, R> WrittenBy<E, B> for GuardedWithin<R> {
    const TRANSACT: Option<TransactWrites<B>> = Some(transact_writes);
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>> WrittenBy<E, B> for Dated<R> {
    const TRANSACT: Option<TransactWrites<B>> = R::TRANSACT;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>, I, X> WrittenBy<E, B> for UpdatedBeside<R, I, X> {
    const TRANSACT: Option<TransactWrites<B>> = R::TRANSACT;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>> WrittenBy<E, B> for WithStates<R> {
    const TRANSACT: Option<TransactWrites<B>> = R::TRANSACT;
}

#[diagnostic::do_not_recommend]
impl<E, B: Backend, R: WrittenBy<E, B>> WrittenBy<E, B> for Sharing<R> {
    const TRANSACT: Option<TransactWrites<B>> = R::TRANSACT;
}

/// The backends that write guards in the partition of an item of entity `E`: those with transactions.
#[diagnostic::on_unimplemented(
    message = "`{E}` has unique fields, and `{Self}` has no transactions to write their guards in: remove `unique`, or use another backend",
    label = "this backend cannot write `{E}`",
    note = "code that is generic over the backend asks for transactions: `B: Transactions`"
)]
pub trait WritesGuards<E>: Transactions {}
#[diagnostic::do_not_recommend]
impl<E, B: Transactions> WritesGuards<E> for B {}

/// Lists of entities, `(E1, (E2, ()))`, all of which backend `B` can write.
#[doc(hidden)]
pub trait AllWrittenBy<B: Backend> {
    #[doc(hidden)]
    const TRANSACT: Option<TransactWrites<B>>;
}

impl<B: Backend> AllWrittenBy<B> for () {
    const TRANSACT: Option<TransactWrites<B>> = None;
}

impl<B, E, Rest> AllWrittenBy<B> for (E, Rest)
where
    B: Backend,
    E: Entity<Rules: WrittenBy<E, B>>,
    Rest: AllWrittenBy<B>,
{
    const TRANSACT: Option<TransactWrites<B>> = match E::Rules::TRANSACT {
        None => Rest::TRANSACT,
        some => some,
    };
}
