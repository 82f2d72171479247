//! Requests that a batch cannot hold, each with a message of its own.

use super::IntoBatch;
use crate::backend::Backend;
use crate::error::Result;
use crate::ops::{Conditional, Create, Delete, Move, Put, Update, UpdateOrCreate};
use crate::request::BatchItem;
use crate::schema::Entity;

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "a batch checks nothing, so it takes no `create` and no `.when(..)`: write `put` or `delete` without a condition, or use a transaction",
    label = "checks the stored item"
)]
#[doc(hidden)]
pub trait CheckInBatch {
    fn never<R>() -> R;
}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "a batch takes only `put` and `delete`: write the whole item with `put`, or use a transaction",
    label = "neither a put nor a delete"
)]
#[doc(hidden)]
pub trait UpdateInBatch {
    fn never<R>() -> R;
}

macro_rules! refused {
    ($([$($g:tt)*] $type:ty: $never:ident;)*) => {$(
        impl<S, E: Entity + $never, $($g)*> IntoBatch<S> for $type {
            fn into_batch<B: Backend>(self, _: &B) -> Result<BatchItem<B::Item>> {
                E::never()
            }
        }
    )*};
}

refused! {
    [] Create<'_, E>: CheckInBatch;
    [] Put<'_, E, Conditional>: CheckInBatch;
    [] Delete<E, Conditional>: CheckInBatch;
    [M] Update<E, M>: UpdateInBatch;
    [M] UpdateOrCreate<'_, E, M>: UpdateInBatch;
    [] Move<'_, E>: UpdateInBatch;
}
