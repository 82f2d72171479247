//! Requests that a transaction cannot hold, each with a message of its own.

use super::Part;
use crate::backend::Backend;
use crate::error::Result;
use crate::field::role::Free;
use crate::ops::{Get, GetMany, IntoWrite, Returns};
use crate::query::Query;
use crate::schema::Entity;

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "a transaction only writes: several items of the same moment are read by `shop.transact_get((Order::get(..), Customer::get(..)))`",
    label = "not a write"
)]
#[doc(hidden)]
pub trait ReadInTransaction {
    fn never<R>() -> R;
}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "a transaction returns no items: leave `.returning_old()` and `.returning_new()` out",
    label = "returns an item"
)]
#[doc(hidden)]
pub trait ReturnInTransaction {
    fn never<R>() -> R;
}

macro_rules! refused {
    ($([$($g:tt)*] $type:ty, $entity:ty, $on:ty: $never:ident;)*) => {$(
        impl<S, $($g)*> IntoWrite<S> for $type
        where
            $on: $never,
        {
            type Entity = $entity;
            type Rules = Free;

            fn into_write<B: Backend>(self, _: &B) -> Result<Part<B::Item>> {
                <$on>::never()
            }
        }
    )*};
}

refused! {
    [E: Entity] Get<E>, E, E: ReadInTransaction;
    [E: Entity] GetMany<E>, E, E: ReadInTransaction;
    [E, R, I] Query<E, R, I>, E, E: ReadInTransaction;
    [Request: IntoWrite<S>, Which] Returns<Request, Which>, Request::Entity, Request: ReturnInTransaction;
}
