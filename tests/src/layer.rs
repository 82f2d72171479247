//! Layers around a backend: one creates the table before its first use, one makes pauses shorter,
//! one injects faults, and one takes transactions of one partition only.

mod clock;
mod faults;
mod forward;
mod kept;
mod one_partition;
mod single;
mod whole;

pub use clock::Clock;
pub use faults::{Fault, Faults, Log, Sent};
pub use kept::Kept;
pub use one_partition::OnePartition;
pub use single::Single;
pub use whole::Whole;

use monotable::backend::{Keyed, Limits};
use monotable::change::{ChangePage, OpenChanges, StoredChange};
use monotable::expr::Expr;
use monotable::request::{
    BatchFetched, BatchGet, BatchItem, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get,
    Operation, PrimaryKey, Put, Queried, Query, TransactFetched, TransactGet, TransactWrite,
    Transacted, Update, Written,
};
use monotable::schema::TableDef;
use monotable::{Backend, ChangeFeed, Cost, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Decides what happens around each call of a backend.
pub trait Around<B: Backend>: Clone + Send + Sync + 'static {
    /// The limits of the layer. Batches are small, so that each test makes several calls, of which some
    /// fail.
    const LIMITS: Limits = {
        let mut limits = B::LIMITS;
        limits.batch_write = 25;
        limits
    };

    /// Makes the call, or returns an error instead of it.
    fn call<T: Send>(
        &self,
        backend: &B,
        table: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> impl Future<Output = Result<T>> + Send;

    /// Returns whether the next call is sent twice. A client does so when the first answer is lost.
    fn resends(&self) -> bool {
        false
    }

    /// Returns which of the writes or keys of a batch the store leaves unprocessed. `writes` is
    /// their number.
    fn leaves_out(&self, writes: usize) -> Vec<usize> {
        let _ = writes;
        Vec::new()
    }

    /// Receives the result of a batch that writes the items with these keys.
    fn wrote(&self, keys: Vec<PrimaryKey>, result: &Result<BatchWritten>) {
        let _ = (keys, result);
    }

    /// Returns the length of a pause whose requested length is `asked`.
    fn pause(&self, asked: Duration) -> Duration {
        asked
    }

    /// Returns the condition with which a write of one item is sent.
    fn condition(&self, condition: Option<Expr>) -> Option<Expr> {
        condition
    }

    /// Returns the time that the layer shows, when it is `now`.
    fn now(&self, now: SystemTime) -> SystemTime {
        now
    }
}

/// A backend with a layer around it.
#[derive(Debug, Clone)]
pub struct Layer<A, B> {
    around: A,
    backend: B,
}

impl<A, B> Layer<A, B> {
    /// Puts the layer `around` around a backend.
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

macro_rules! writes {
    ($($name:ident($request:ty);)*) => {$(
        async fn $name(&self, mut request: $request) -> Result<Written<B::Item>> {
            request.condition = self.around.condition(request.condition.take());
            let table = request.table;
            if self.around.resends() {
                let _lost = self.backend.$name(request.clone()).await;
            }
            self.around.call(&self.backend, table, self.backend.$name(request)).await
        }
    )*};
}

/// The feed of the backend inside of it, without faults.
impl<A: Around<B>, B: ChangeFeed> ChangeFeed for Layer<A, B> {
    type Mode = B::Mode;
    type Reader = B::Reader;

    async fn open_changes(&self, request: OpenChanges) -> Result<B::Reader> {
        self.backend.open_changes(request).await
    }

    async fn next_changes(&self, reader: &mut B::Reader) -> Result<ChangePage<StoredChange<B>>> {
        self.backend.next_changes(reader).await
    }
}

impl<A: Around<B>, B: Backend> Backend for Layer<A, B> {
    type Item = B::Item;
    type Indexes = B::Indexes;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = A::LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        B::operation_name(operation)
    }

    fn collection(&self) -> Option<&str> {
        self.backend.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<B::Item> {
        self.backend.encode(item)
    }

    calls! {
        get(Get) -> Fetched<B::Item>;
        query(Query) -> Queried<B::Item>;
        create_table(CreateTable) -> ();
    }

    writes! {
        put(Put<B::Item>);
        update(Update);
        delete(Delete);
    }

    async fn batch_get(&self, mut request: BatchGet) -> Result<BatchFetched<B::Item>> {
        let mut left = Vec::new();
        for at in self.around.leaves_out(request.keys.len()).into_iter().rev() {
            left.push(request.keys.remove(at));
        }
        let table = request.table;
        if request.keys.is_empty() {
            return Ok(BatchFetched::new(Vec::new(), left, Cost::ZERO));
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

    fn now(&self) -> SystemTime {
        self.around.now(self.backend.now())
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
            return Ok(BatchWritten::new(left, Cost::ZERO));
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
/// Some tests make thousands of writes to one item at the same time. With the full pauses, they
/// would take minutes. Without pauses, they would keep the processor busy with requests that fail.
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

/// Creates each table before its first use, as the embedded store does by itself. Also makes the
/// pauses before retries shorter.
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
