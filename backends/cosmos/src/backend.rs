//! The implementation of [`Backend`].

use crate::document::Document;
use crate::{Cosmos, query, read, transact, write};
use monotable_core::backend::{Keyed, Limits, Reader, read_items};
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable_core::{Backend, Result, Transactions};
use serde::Serialize;

/// The [limits](https://learn.microsoft.com/azure/cosmos-db/concepts-limits) of Cosmos DB. The length of an id is
/// checked when it is made from a sort key.
pub(crate) const LIMITS: Limits = {
    let mut limits = Limits::DYNAMODB;
    limits.sort_key_bytes = 1023;
    limits.item_bytes = 2 * 1024 * 1024;
    limits.batch_write = 100;
    limits.transaction_bytes = 2 * 1024 * 1024;
    limits
};

// The SDK's futures are large, so they are boxed, as in the DynamoDB backend.
impl<L: 'static> Backend for Cosmos<L> {
    type Item = Document;
    type Indexes = L;

    const SYSTEM: &'static str = "azure.cosmosdb";

    const LIMITS: Limits = LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        match operation {
            Operation::Get => "read_item",
            Operation::Put => "upsert_item",
            Operation::Update => "patch_item",
            Operation::Delete => "delete_item",
            Operation::Query => "query_items",
            Operation::TransactWrite => "execute_batch",
            Operation::CreateTable => "create_container",
            Operation::ReadChanges => "query_change_feed",
            other => other.name(),
        }
    }

    fn collection(&self) -> Option<&str> {
        self.inner.container.name()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Document> {
        Document::of_entity(item)
    }

    async fn get(&self, request: Get) -> Result<Fetched<Document>> {
        Box::pin(read::get(&self.inner, request)).await
    }

    async fn put(&self, request: Put<Document>) -> Result<Written<Document>> {
        Box::pin(write::put(&self.inner, request)).await
    }

    async fn update(&self, request: Update) -> Result<Written<Document>> {
        Box::pin(write::update(&self.inner, request)).await
    }

    async fn delete(&self, request: Delete) -> Result<Written<Document>> {
        Box::pin(write::delete(&self.inner, request)).await
    }

    async fn query(&self, request: Query) -> Result<Queried<Document>> {
        Box::pin(query::query(&self.inner, request)).await
    }

    async fn query_as<R: Reader>(&self, request: Query) -> Result<Queried<R::Output>> {
        match Box::pin(query::values::<R>(&self.inner, &request)).await? {
            Some(page) => Ok(page),
            None => read_items::<R, Self>(self, request).await,
        }
    }

    async fn batch_get(&self, request: BatchGet) -> Result<BatchFetched<Document>> {
        Box::pin(read::batch_get(&self.inner, request)).await
    }

    async fn batch_write(&self, request: BatchWrite<Document>) -> Result<BatchWritten> {
        Box::pin(write::batch_write(&self.inner, request)).await
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        Box::pin(crate::create::create(&self.inner, request.table)).await
    }
}

impl<L: 'static> Transactions for Cosmos<L> {
    async fn transact_get(&self, request: TransactGet) -> Result<TransactFetched<Document>> {
        Box::pin(transact::get(&self.inner, request)).await
    }

    async fn transact_write(
        &self,
        request: TransactWrite<Document>,
    ) -> Result<Transacted<Document>> {
        Box::pin(transact::write(&self.inner, request)).await
    }
}
