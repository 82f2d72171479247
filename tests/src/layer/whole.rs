//! A backend that is said to have transactions across partitions.

use crate::{Store, Traits};
use monotable::backend::{Keyed, Limits};
use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable::{Backend, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;
use std::time::Duration;

/// The backend, with transactions across partitions as far as the compiler is concerned. So a test can open a table of
/// which only some entities need them, and share its code with tests that send such transactions. The backend refuses
/// them.
#[derive(Debug, Clone)]
pub struct Whole<B>(pub B);

macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            self.0.$name(request).await
        }
    )*};
}

impl<B: Backend> Backend for Whole<B> {
    type Item = B::Item;
    type Indexes = B::Indexes;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        B::operation_name(operation)
    }

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
        batch_get(BatchGet) -> BatchFetched<B::Item>;
        batch_write(BatchWrite<B::Item>) -> BatchWritten;
        create_table(CreateTable) -> ();
    }

    async fn pause(&self, duration: Duration) {
        self.0.pause(duration).await;
    }
}

impl<B: Transactions> Transactions for Whole<B> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<B: Transactions> CrossPartitionTransactions for Whole<B> {}

impl<B: Store> Store for Whole<B> {
    const TRAITS: Traits = B::TRAITS;
}
