//! `IntoWrite`: the writes that a transaction can hold.

use super::prepared::Prepared;
use crate::backend::Backend;
use crate::error::Result;
use crate::request::TransactItem;

/// A write of table `S` that a transaction can hold.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a write of table `{S}`: a transaction takes `put`, `create`, `update`, `delete`, `move_to` and `check` of the table's own entities",
    label = "not a write of table `{S}`"
)]
pub trait IntoWrite<S> {
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
pub trait SameTable<S, E> {}
#[diagnostic::do_not_recommend]
impl<S, E> SameTable<S, E> for S {}
