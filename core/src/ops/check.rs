//! `check`: a condition on an item, as part of a transaction.

use super::support::{Conditions, Explain, InTable, IntoWrite, Prepared, SameTable, cancelled};
use crate::backend::{At as _, Backend, Item, Origin, Verb};
use crate::entity::Key;
use crate::error::Result;
use crate::expiry::is_present;
use crate::field::IntoCondition;
use crate::field::role::Free;
use crate::request::{self, TransactItem};
use crate::schema::{Entity, Schema};
use std::fmt;

impl<E: Entity> Key<E> {
    /// Makes a transaction depend on the item: it succeeds only if the item exists and the conditions
    /// of [`when`](Check::when) hold.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-003", 100);
    /// shop.transaction()
    ///     .add(Customer::key("C001").check().when(Customer::BLOCKED.eq(false)))
    ///     .add(order.create())
    ///     .send()
    ///     .await?;
    /// # Ok(()) }) }
    /// ```
    pub fn check(self) -> Check<E> {
        Check::new(self)
    }
}

/// Implemented by nothing, so that the compiler explains that a check is part of a transaction.
#[diagnostic::on_unimplemented(
    message = "a check of `{Self}` is not sent alone: add it to a transaction, `table.transaction().add(..)`",
    label = "not in a transaction"
)]
#[doc(hidden)]
pub trait CheckAlone {}

/// A part of a transaction that writes nothing, and cancels the transaction unless the item exists and
/// the conditions hold: from [`Key::check`].
#[must_use = "a check does nothing until a transaction with it is sent"]
pub struct Check<E: Entity> {
    key: Key<E>,
    when: Conditions<E>,
}

impl<E: Entity> Check<E> {
    fn new(key: Key<E>) -> Self {
        Check { key, when: Conditions::default() }
    }

    /// Also requires that `condition` holds for the stored item. Conditions from repeated calls are
    /// combined with AND.
    pub fn when(self, condition: impl IntoCondition<E>) -> Self {
        Check { key: self.key, when: self.when.and(condition.into_condition()) }
    }

    // Newcomers try this method, because all other requests have it. It gives them a message.
    #[doc(hidden)]
    pub fn send<T>(self, _: T) -> std::future::Ready<Result<()>>
    where
        E: CheckAlone,
    {
        std::future::ready(Err(cancelled()))
    }
}

impl<E: Entity> Check<E> {
    fn prepare<I: Item>(self) -> Result<Prepared<I, TransactItem<I>>> {
        let condition = self.when.and_all(is_present(E::Table::DEF, E::DEF))?;
        let key = self.key.render()?;
        let check = request::Check::new(E::Table::DEF, E::DEF.name, key, condition);
        let mut explain = Explain::new::<E>(Verb::Check);
        explain.needs_item = true;
        Ok(Prepared::new(TransactItem::Check(check), explain))
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>> IntoWrite<S> for Check<E> {
    type Entity = InTable<S, E>;
    type Rules = Free;

    fn into_write<B: Backend>(self, _: &B) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        self.prepare().at(Origin::Entity(E::DEF.name, Verb::Check))
    }
}

impl<E: Entity> Clone for Check<E> {
    fn clone(&self) -> Self {
        Check { key: self.key.clone(), when: self.when.clone() }
    }
}

impl<E: Entity> fmt::Debug for Check<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").field("key", &self.key).field("when", &self.when).finish()
    }
}
