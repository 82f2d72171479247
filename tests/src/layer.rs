//! Backends over backends: what makes the table before it is used, and what makes faults.

use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Put,
    Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable::{Backend, Cost, CrossPartitionTransactions, Error, Kind, Limits, Result, TableDef};
use serde::Serialize;
use std::future::Future;
use std::sync::{Arc, Mutex};
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

    /// Which of so many writes of a batch are left out.
    fn leaves_out(&self, writes: usize) -> Vec<usize> {
        let _ = writes;
        Vec::new()
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
            self.around.call(&self.backend, table, self.backend.$name(request)).await
        }
    )*};
}

impl<A: Around<B>, B: Backend> Backend for Layer<A, B> {
    type Item = B::Item;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

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
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
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
        let (table, total) = (request.table, request.writes.len());
        let left = self.around.leaves_out(total);
        let (mut kept, mut places) = (Vec::new(), Vec::new());
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

    async fn pause(&self, duration: Duration) {
        self.backend.pause(duration).await;
    }
}

impl<A: Around<B>, B: CrossPartitionTransactions> CrossPartitionTransactions for Layer<A, B> {}

/// Makes each table before it is first used, as the embedded store does by itself.
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
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call happens, and its answer is lost.
    LostAnswer,
    /// The connection is reset before the call happens.
    Reset,
    /// The store asks for fewer calls.
    Throttled,
    /// The store gets to half of a batch.
    Half,
}

/// Makes faults, at random, as often as not.
#[derive(Debug, Clone)]
pub struct Faults {
    kinds: Vec<Fault>,
    random: Arc<Mutex<fastrand::Rng>>,
}

impl Faults {
    /// These faults, the same for the same seed.
    #[must_use]
    pub fn new(kinds: &[Fault], seed: u64) -> Self {
        let random = Arc::new(Mutex::new(fastrand::Rng::with_seed(seed)));
        Faults { kinds: kinds.to_vec(), random }
    }

    fn next(&self) -> Option<Fault> {
        let mut random = self.random.lock().unwrap();
        if random.bool() { random.choice(&self.kinds).copied() } else { None }
    }
}

impl<B: Backend> Around<B> for Faults {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        match self.next() {
            Some(Fault::LostAnswer) => {
                call.await?;
                Err(Error::new(Kind::Unavailable, "the answer was lost"))
            }
            Some(Fault::Reset) => Err(Error::new(Kind::Unavailable, "the connection was reset")),
            Some(Fault::Throttled) => Err(Error::new(Kind::Throttled, "slow down")),
            Some(Fault::Half) | None => call.await,
        }
    }

    fn leaves_out(&self, writes: usize) -> Vec<usize> {
        if self.kinds.contains(&Fault::Half) {
            let mut random = self.random.lock().unwrap();
            (0..writes).filter(|_| random.bool()).collect()
        } else {
            Vec::new()
        }
    }
}
