//! The implementation of [`Backend`], which passes each request on to that of the table, and of [`ChangeFeed`].

use super::client::DynamoDbStreams;
use super::reader::StreamReader;
use crate::{Attributes, DynamoDb};
use monotable_core::backend::{Keyed, Limits, Reader};
use monotable_core::change::{AllChanges, Change, ChangeFeed, ChangePage, OpenChanges};
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable_core::{Backend, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;
use std::time::{Duration, SystemTime};

impl ChangeFeed for DynamoDbStreams {
    type Mode = AllChanges;
    type Reader = StreamReader;

    async fn open_changes(&self, request: OpenChanges) -> Result<StreamReader> {
        Box::pin(StreamReader::open(self, request)).await
    }

    async fn next_changes(
        &self,
        reader: &mut StreamReader,
    ) -> Result<ChangePage<Change<Attributes>>> {
        Box::pin(reader.next(self)).await
    }
}

/// Methods that pass a request on.
macro_rules! forward {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            self.db.$name(request).await
        }
    )*};
}

impl Backend for DynamoDbStreams {
    type Item = Attributes;
    type Indexes = <DynamoDb as Backend>::Indexes;

    const SYSTEM: &'static str = DynamoDb::SYSTEM;
    const LIMITS: Limits = DynamoDb::LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        DynamoDb::operation_name(operation)
    }

    fn collection(&self) -> Option<&str> {
        self.db.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Attributes> {
        self.db.encode(item)
    }

    forward! {
        get(Get) -> Fetched<Attributes>;
        put(Put<Attributes>) -> Written<Attributes>;
        update(Update) -> Written<Attributes>;
        delete(Delete) -> Written<Attributes>;
        query(Query) -> Queried<Attributes>;
        batch_get(BatchGet) -> BatchFetched<Attributes>;
        batch_write(BatchWrite<Attributes>) -> BatchWritten;
        create_table(CreateTable) -> ();
    }

    async fn query_as<R: Reader>(&self, request: Query) -> Result<Queried<R::Output>> {
        self.db.query_as::<R>(request).await
    }

    async fn pause(&self, duration: Duration) {
        self.db.pause(duration).await;
    }

    fn now(&self) -> SystemTime {
        self.db.now()
    }
}

impl Transactions for DynamoDbStreams {
    forward! {
        transact_get(TransactGet) -> TransactFetched<Attributes>;
        transact_write(TransactWrite<Attributes>) -> Transacted<Attributes>;
    }
}

impl CrossPartitionTransactions for DynamoDbStreams {}
