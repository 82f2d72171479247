//! The implementation of [`Backend`]: each request is one call of the SDK.

use crate::client::Codec;
use crate::{Attributes, DynamoDb, create, query, read, transact, write};
use aws_sdk_dynamodb::config::AsyncSleep as _;
use monotable_core::backend::{AllIndexes, Keyed, Limits};
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable_core::{Backend, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;
use std::time::Duration;

impl Backend for DynamoDb {
    type Item = Attributes;
    type Indexes = AllIndexes;

    const SYSTEM: &'static str = "aws.dynamodb";

    const LIMITS: Limits = Limits::DYNAMODB;

    fn operation_name(operation: Operation) -> &'static str {
        match operation {
            Operation::Get => "GetItem",
            Operation::Put => "PutItem",
            Operation::Update => "UpdateItem",
            Operation::Delete => "DeleteItem",
            Operation::Query => "Query",
            Operation::BatchGet => "BatchGetItem",
            Operation::BatchWrite => "BatchWriteItem",
            Operation::TransactGet => "TransactGetItems",
            Operation::TransactWrite => "TransactWriteItems",
            Operation::CreateTable => "CreateTable",
            Operation::ReadChanges => "GetRecords",
            other => other.name(),
        }
    }

    fn collection(&self) -> Option<&str> {
        Some(self.table_name())
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Attributes> {
        match self.codec {
            Codec::Sdk => Attributes::encode(item),
            Codec::OfClient | Codec::OfCall => Attributes::encode_json(item),
        }
    }

    // Boxed, so that the futures of the callers do not become as large as those of the requests, which hold the SDK's
    // builders. Debug builds move futures on the stack, which has 2 MB in most threads.

    async fn get(&self, request: Get) -> Result<Fetched<Attributes>> {
        Box::pin(read::get(self, request)).await
    }

    async fn put(&self, request: Put<Attributes>) -> Result<Written<Attributes>> {
        Box::pin(write::put(self, request)).await
    }

    async fn update(&self, request: Update) -> Result<Written<Attributes>> {
        Box::pin(write::update(self, request)).await
    }

    async fn delete(&self, request: Delete) -> Result<Written<Attributes>> {
        Box::pin(write::delete(self, request)).await
    }

    async fn query(&self, request: Query) -> Result<Queried<Attributes>> {
        Box::pin(query::query(self, request)).await
    }

    async fn batch_get(&self, request: BatchGet) -> Result<BatchFetched<Attributes>> {
        Box::pin(read::batch_get(self, request)).await
    }

    async fn batch_write(&self, request: BatchWrite<Attributes>) -> Result<BatchWritten> {
        Box::pin(write::batch_write(self, request)).await
    }

    async fn pause(&self, duration: Duration) {
        match self.client.config().sleep_impl() {
            Some(sleep) => sleep.sleep(duration).await,
            None => tokio::time::sleep(duration).await,
        }
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        Box::pin(create::create(self, request.table)).await
    }
}

impl Transactions for DynamoDb {
    async fn transact_get(&self, request: TransactGet) -> Result<TransactFetched<Attributes>> {
        Box::pin(transact::get(self, request)).await
    }

    async fn transact_write(
        &self,
        request: TransactWrite<Attributes>,
    ) -> Result<Transacted<Attributes>> {
        Box::pin(transact::write(self, request)).await
    }
}

impl CrossPartitionTransactions for DynamoDb {}
