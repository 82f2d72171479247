//! Backends over backends: what makes the table before it is used, and what makes faults.

mod faults;

pub use faults::{Fault, Faults, Log, Sent};

use monotable::request::{
    BatchFetched, BatchGet, BatchItem, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get,
    Operation, PrimaryKey, Put, Queried, Query, TransactFetched, TransactGet, TransactWrite,
    Transacted, Update, Written,
};
use monotable::{
    Backend, Cost, CrossPartitionTransactions, Limits, Result, TableDef, Transactions,
};
use serde::Serialize;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// What happens around each call of a backend.
pub trait Around<B: Backend>: Clone + Send + Sync + 'static {
    /// Makes a call, or something else.
    fn call<T: Send>(
        &self,
        backend: &B,
        table: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> impl Future<Output = Result<T>> + Send;

    /// Whether the next call is sent twice, as a client does that lost the first answer.
    fn resends(&self) -> bool {
        false
    }

    /// Which of so many writes or keys of a batch are left out.
    fn leaves_out(&self, writes: usize) -> Vec<usize> {
        let _ = writes;
        Vec::new()
    }

    /// Sees what became of a batch of writes of these items.
    fn wrote(&self, keys: Vec<PrimaryKey>, result: &Result<BatchWritten>) {
        let _ = (keys, result);
    }

    /// How long the pause is that was to be so long.
    fn pause(&self, asked: Duration) -> Duration {
        asked
    }
}

/// A backend with something around each of its calls.
#[derive(Debug, Clone)]
pub struct Layer<A, B> {
    around: A,
    backend: B,
}

impl<A, B> Layer<A, B> {
    /// This around that.
    pub fn new(around: A, backend: B) -> Self {
        Layer { around, backend }
    }
}

macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            let table = request.table;
            if self.around.resends() {
                let _lost = self.backend.$name(request.clone()).await;
            }
            self.around.call(&self.backend, table, self.backend.$name(request)).await
        }
    )*};
}

impl<A: Around<B>, B: Backend> Backend for Layer<A, B> {
    type Item = B::Item;

    const SYSTEM: &'static str = B::SYSTEM;
    // Small batches, so that each test has several calls, of which some fail.
    const LIMITS: Limits = {
        let mut limits = B::LIMITS;
        limits.batch_write = 25;
        limits
    };

    fn operation_name(operation: Operation) -> &'static str {
        B::operation_name(operation)
    }

    fn collection(&self) -> Option<&str> {
        self.backend.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, value: &T) -> Result<B::Item> {
        self.backend.encode(value)
    }

    calls! {
        get(Get) -> Fetched<B::Item>;
        put(Put<B::Item>) -> Written<B::Item>;
        update(Update) -> Written<B::Item>;
        delete(Delete) -> Written<B::Item>;
        query(Query) -> Queried<B::Item>;
        create_table(CreateTable) -> ();
    }

    async fn batch_get(&self, mut request: BatchGet) -> Result<BatchFetched<B::Item>> {
        let mut left = Vec::new();
        for at in self.around.leaves_out(request.keys.len()).into_iter().rev() {
            left.push(request.keys.remove(at));
        }
        let table = request.table;
        if request.keys.is_empty() {
            return Ok(BatchFetched { items: Vec::new(), unprocessed: left, cost: Cost::ZERO });
        }
        let call = self.backend.batch_get(request);
        let mut found = self.around.call(&self.backend, table, call).await?;
        found.unprocessed.append(&mut left);
        Ok(found)
    }

    async fn batch_write(&self, request: BatchWrite<B::Item>) -> Result<BatchWritten> {
        let keys = request.writes.iter().map(|write| write.key().clone()).collect();
        let result = self.batch_write_some(request).await;
        self.around.wrote(keys, &result);
        result
    }

    async fn pause(&self, duration: Duration) {
        let duration = self.around.pause(duration);
        if !duration.is_zero() {
            self.backend.pause(duration).await;
        }
    }
}

impl<A: Around<B>, B: Backend> Layer<A, B> {
    async fn batch_write_some(&self, request: BatchWrite<B::Item>) -> Result<BatchWritten> {
        let (table, total) = (request.table, request.writes.len());
        let left = self.around.leaves_out(total);
        let (mut kept, mut places): (Vec<BatchItem<_>>, _) = (Vec::new(), Vec::new());
        for (at, write) in request.writes.into_iter().enumerate() {
            if !left.contains(&at) {
                kept.push(write);
                places.push(at);
            }
        }
        if kept.is_empty() {
            return Ok(BatchWritten { unprocessed: left, cost: Cost::ZERO });
        }
        let call = self.backend.batch_write(BatchWrite::new(table, kept));
        let mut written = self.around.call(&self.backend, table, call).await?;
        written.unprocessed = written.unprocessed.into_iter().map(|at| places[at]).collect();
        written.unprocessed.extend(left);
        Ok(written)
    }
}

impl<A: Around<B>, B: Transactions> Transactions for Layer<A, B> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<A: Around<B>, B: CrossPartitionTransactions> CrossPartitionTransactions for Layer<A, B> {}

/// Makes the pauses before retries shorter, and changes nothing else.
///
/// The suites make thousands of writers meet at one item. With the whole pauses, they would wait
/// for minutes; without any, they would keep the processor busy with requests that fail.
#[derive(Debug, Clone, Default)]
pub struct Brief;

impl Brief {
    fn shorten(asked: Duration) -> Duration {
        asked / 5
    }
}

impl<B: Backend> Around<B> for Brief {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        call.await
    }

    fn pause(&self, asked: Duration) -> Duration {
        Brief::shorten(asked)
    }
}

/// Makes each table before it is first used, as the embedded store does by itself, and the pauses
/// before retries shorter.
#[derive(Debug, Clone, Default)]
pub struct Ready(Arc<tokio::sync::Mutex<Vec<&'static str>>>);

impl<B: Backend> Around<B> for Ready {
    async fn call<T: Send>(
        &self,
        backend: &B,
        table: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let mut made = self.0.lock().await;
        if !made.contains(&table.name) {
            backend.create_table(CreateTable::new(table)).await?;
            made.push(table.name);
        }
        drop(made);
        call.await
    }

    fn pause(&self, asked: Duration) -> Duration {
        Brief::shorten(asked)
    }
}
