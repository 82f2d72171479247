//! A backend whose transactions stay in one partition.

use monotable::backend::{Keyed, Limits};
use monotable::request::{
    CreateTable, Delete, Fetched, Get, Put, Queried, Query, TransactFetched, TransactGet,
    TransactWrite, Transacted, Update, Written,
};
use monotable::{Backend, Result, Transactions};
use serde::Serialize;

/// The backend without transactions across partitions. A transaction that reaches it has one partition key.
#[derive(Debug, Clone)]
pub struct OnePartition<B>(pub B);

macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            self.0.$name(request).await
        }
    )*};
}

impl<B: Backend> Backend for OnePartition<B> {
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

impl<B: Transactions> Transactions for OnePartition<B> {
    async fn transact_get(&self, request: TransactGet) -> Result<TransactFetched<B::Item>> {
        assert!(request.partition().is_some(), "{request:?}");
        self.0.transact_get(request).await
    }

    async fn transact_write(&self, request: TransactWrite<B::Item>) -> Result<Transacted<B::Item>> {
        assert!(request.partition().is_some(), "several partitions");
        self.0.transact_write(request).await
    }
}
