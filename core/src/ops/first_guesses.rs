//! Methods that newcomers try first and that do not exist, such as `shop.put(order)` and `query.delete()`. They
//! are declared here so that the compiler can say what to write instead.
//!
//! Each of them has a bound on a trait that nothing implements, and this trait has the message. They are not in
//! the documentation. Most of them
//!
//! - return any type, so that what is called on the result gives no second error;
//! - take `&mut self`, because the compiler looks for such methods last: it finds a method of the same name in a
//!   trait of the user before.
//!
//! Functions of entities, such as `Order::scan`, are in [`NoScan`](super::NoScan). Two kinds have no message:
//!
//! - `Order::delete(..)` and `Order::update(..)`: those are methods of `EntityExt`, and a second function of the
//!   same name would be ambiguous.
//! - `order.save()`: it would need a trait, and the compiler would propose this trait for every type that lacks a
//!   method `save`.

mod never;

use super::{Batch, Hydrate, Transaction};
use crate::backend::Backend;
use crate::error::Result;
use crate::field::Field;
use crate::query::{Collection, CollectionQuery, Partition, PartitionQuery, Query};
use crate::table::Table;
use never::*;
use std::future::Ready;

impl<S, B: Backend> Table<S, B> {
    #[doc(hidden)]
    pub fn put<T, Any>(&mut self, _: T) -> Any
    where
        S: PutOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn create<T, Any>(&mut self, _: T) -> Any
    where
        S: CreateOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn insert<T, Any>(&mut self, _: T) -> Any
    where
        S: SaveOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn save<T, Any>(&mut self, _: T) -> Any
    where
        S: SaveOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn update<T, Any>(&mut self, _: T) -> Any
    where
        S: UpdateOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn delete<T, Any>(&mut self, _: T) -> Any
    where
        S: DeleteOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn query<T, Any>(&mut self, _: T) -> Any
    where
        S: QueryOnTable,
    {
        S::never()
    }

    // The entity is often named here, as in `shop.get::<Order>(..)`.
    #[doc(hidden)]
    pub fn get<E>(&mut self, _: impl Sized) -> Ready<Result<Option<E>>>
    where
        S: GetOnTable,
    {
        S::never()
    }

    // The handle is often used after this.
    #[doc(hidden)]
    pub fn cached<T>(&mut self, _: T) -> Result<Table<S, B>>
    where
        S: CachedOnTable,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn scan<E>(&mut self) -> Ready<Result<Vec<E>>>
    where
        S: ScanOnTable,
    {
        S::never()
    }
}

impl<S, B: Backend, P> Transaction<S, B, P> {
    #[doc(hidden)]
    pub fn put<T, Any>(&mut self, _: T) -> Any
    where
        S: WriteOnTransaction,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn create<T, Any>(&mut self, _: T) -> Any
    where
        S: WriteOnTransaction,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn update<T, Any>(&mut self, _: T) -> Any
    where
        S: WriteOnTransaction,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn delete<T, Any>(&mut self, _: T) -> Any
    where
        S: WriteOnTransaction,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn get<T, Any>(&mut self, _: T) -> Any
    where
        S: GetOnTransaction,
    {
        S::never()
    }
}

impl<S, B: Backend> Batch<S, B> {
    #[doc(hidden)]
    pub fn put<T, Any>(&mut self, _: T) -> Any
    where
        S: WriteOnBatch,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn delete<T, Any>(&mut self, _: T) -> Any
    where
        S: WriteOnBatch,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn create<T, Any>(&mut self, _: T) -> Any
    where
        S: ConditionOnBatch,
    {
        S::never()
    }

    #[doc(hidden)]
    pub fn update<T, Any>(&mut self, _: T) -> Any
    where
        S: ConditionOnBatch,
    {
        S::never()
    }
}

impl<E, R, I> Query<E, R, I> {
    #[doc(hidden)]
    pub fn delete<Any>(&mut self) -> Any
    where
        E: DeleteOnQuery,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn update<Any>(&mut self) -> Any
    where
        E: UpdateOnQuery,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn order_by<T, Any>(&mut self, _: T) -> Any
    where
        E: OrderOfQuery,
    {
        E::never()
    }
}

impl<E, I> Partition<E, I> {
    #[doc(hidden)]
    pub fn send<T, Any>(&mut self, _: T) -> Any
    where
        E: ReadPartition,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn all<T, Any>(&mut self, _: T) -> Any
    where
        E: ReadPartition,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn stream<T, Any>(&mut self, _: T) -> Any
    where
        E: ReadPartition,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn page<T, Any>(&mut self, _: T) -> Any
    where
        E: ReadPartition,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn begins_with<T, Any>(&mut self, _: T) -> Any
    where
        E: ReadPartition,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn delete<Any>(&mut self) -> Any
    where
        E: DeletePartition,
    {
        E::never()
    }
}

impl<E, I> PartitionQuery<E, I> {
    #[doc(hidden)]
    pub fn filter<T, Any>(&mut self, _: T) -> Any
    where
        E: FilterPartition,
    {
        E::never()
    }
}

impl<C: Collection> CollectionQuery<C> {
    #[doc(hidden)]
    pub fn all<T, Any>(&mut self, _: T) -> Any
    where
        C: RunCollection,
    {
        C::never()
    }

    #[doc(hidden)]
    pub fn first<T, Any>(&mut self, _: T) -> Any
    where
        C: RunCollection,
    {
        C::never()
    }

    #[doc(hidden)]
    pub fn stream<T, Any>(&mut self, _: T) -> Any
    where
        C: RunCollection,
    {
        C::never()
    }

    #[doc(hidden)]
    pub fn one<T, Any>(&mut self, _: T) -> Any
    where
        C: RunCollection,
    {
        C::never()
    }

    #[doc(hidden)]
    pub fn count<T, Any>(&mut self, _: T) -> Any
    where
        C: RunCollection,
    {
        C::never()
    }

    #[doc(hidden)]
    pub fn after<T, Any>(&mut self, _: T) -> Any
    where
        C: PageOfCollection,
    {
        C::never()
    }
}

impl<E, I> Hydrate<E, I> {
    #[doc(hidden)]
    pub fn send<T, Any>(&mut self, _: T) -> Any
    where
        E: RunHydrate,
    {
        E::never()
    }
}

impl<E, F, T> Field<E, F, T> {
    #[doc(hidden)]
    pub fn is_none<Any>(self) -> Any
    where
        E: IsNone,
    {
        E::never()
    }

    #[doc(hidden)]
    pub fn is_some<Any>(self) -> Any
    where
        E: IsSome,
    {
        E::never()
    }
}
