//! A backend with a cache in front of it that keeps every entity, whatever the table is.

use crate::{Store, Traits};
use monotable::backend::{Keyed, Limits, Portable, Reader};
use monotable::cache::{Cached, SharedStore, keep_every_entity};
use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable::schema::TableDef;
use monotable::{Backend, CrossPartitionTransactions, Result, Transactions};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

/// The backend behind a cache, which is made when the first request shows which table it is.
#[derive(Debug, Clone)]
pub struct Kept<B: Backend, R> {
    backend: B,
    store: Option<R>,
    cached: Arc<OnceLock<Cached<B, R>>>,
}

impl<B: Backend<Item: Portable>, R: SharedStore> Kept<B, R> {
    /// Puts a cache in this process in front of the backend, and behind it the shared store, if there is one.
    pub fn new(backend: B, store: Option<R>) -> Self {
        Kept { backend, store, cached: Arc::default() }
    }

    fn cached(&self, table: &'static TableDef) -> &Cached<B, R> {
        self.cached.get_or_init(|| {
            let (backend, store) = (self.backend.clone(), self.store.clone());
            let ttl = Duration::from_secs(600);
            keep_every_entity(backend, table, 64 << 20, store, ttl).expect("a cache")
        })
    }
}

macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            self.cached(request.table).$name(request).await
        }
    )*};
}

impl<B: Backend<Item: Portable>, R: SharedStore> Backend for Kept<B, R> {
    type Item = B::Item;
    type Indexes = B::Indexes;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        B::operation_name(operation)
    }

    fn collection(&self) -> Option<&str> {
        self.backend.collection()
    }

    fn encode<T: serde::Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<B::Item> {
        self.backend.encode(item)
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

    async fn query_as<T: Reader>(&self, request: Query) -> Result<Queried<T::Output>> {
        self.cached(request.table).query_as::<T>(request).await
    }

    async fn pause(&self, duration: Duration) {
        self.backend.pause(duration).await;
    }

    fn now(&self) -> SystemTime {
        self.backend.now()
    }
}

impl<B: Transactions<Item: Portable>, R: SharedStore> Transactions for Kept<B, R> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<B: CrossPartitionTransactions<Item: Portable>, R: SharedStore> CrossPartitionTransactions
    for Kept<B, R>
{
}

impl<B: Store<Item: Portable>, R: SharedStore> Store for Kept<B, R> {
    const TRAITS: Traits = B::TRAITS.behind_a_cache();
}
