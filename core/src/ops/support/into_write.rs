//! `IntoWrite`: the writes that a transaction can hold.

use super::prepared::Prepared;
use crate::backend::Backend;
use crate::error::Result;
use crate::request::TransactItem;
use crate::schema::Entity;

/// A write of table `S` that a transaction can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a write: give the transaction `order.put()`, or the same with `create`, `update`, `advance`, `delete`, `move_to` or `check`",
    label = "not a write of table `{S}`",
    note = "several are added with `.add_all(orders.iter().map(Order::put))`"
)]
pub trait IntoWrite<S> {
    /// The entity that it writes.
    #[doc(hidden)]
    type Entity;
    /// The rules of the entity, or [`Free`](crate::field::role::Free) if the write never changes guards.
    #[doc(hidden)]
    type Rules;

    /// The write as plain data; `backend` encodes items.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn into_write<B: Backend>(
        self,
        backend: &B,
    ) -> Result<Prepared<B::Item, TransactItem<B::Item>>>;
}

/// The table of entity `E`, as seen by a request of table `S`: the two are the same.
#[diagnostic::on_unimplemented(
    message = "`{E}` lives in table `{Self}`, and this is a request of table `{S}`: make it with a `Table<{Self}, _>`",
    label = "lives in table `{Self}`"
)]
#[doc(hidden)]
pub trait SameTable<S, E> {
    /// The entity. So what depends on it gives no second error for an entity of another table.
    type Entity;
}
#[diagnostic::do_not_recommend]
impl<S, E> SameTable<S, E> for S {
    type Entity = E;
}

/// The entity `E`, which is in table `S`.
pub(crate) type InTable<S, E> = <<E as Entity>::Table as SameTable<S, E>>::Entity;
