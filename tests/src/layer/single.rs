//! A backend that has no batches and no timer of its own, as a store may lack them.

use monotable::backend::{Keyed, Limits};
use monotable::request::{
    CreateTable, Delete, Fetched, Get, Put, Queried, Query, TransactFetched, TransactGet,
    TransactWrite, Transacted, Update, Written,
};
use monotable::{Backend, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;

/// The backend, with the defaults of `Backend` instead of its own batches and pauses.
#[derive(Debug, Clone)]
pub struct Single<B>(pub B);

macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            self.0.$name(request).await
        }
    )*};
}

impl<B: Backend> Backend for Single<B> {
    type Item = B::Item;
    type Indexes = B::Indexes;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

    fn collection(&self) -> Option<&str> {
        self.0.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<B::Item> {
        self.0.encode(item)
    }

    calls! {
        get(Get) -> Fetched<B::Item>;
        put(Put<B::Item>) -> Written<B::Item>;
        update(Update) -> Written<B::Item>;
        delete(Delete) -> Written<B::Item>;
        query(Query) -> Queried<B::Item>;
        create_table(CreateTable) -> ();
    }
}

impl<B: Transactions> Transactions for Single<B> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<B: CrossPartitionTransactions> CrossPartitionTransactions for Single<B> {}
