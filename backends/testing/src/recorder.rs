//! `Recorder`: a backend that wraps another backend and records its requests.

mod call;
mod request;

pub use call::{Call, Requests};
pub use request::Request;

use monotable_core::backend::{Keyed, Limits};
use monotable_core::change::{ChangeFeed, ChangePage, OpenChanges, StoredChange};
use monotable_core::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable_core::{Backend, Cost, CrossPartitionTransactions, Result, Transactions};
use serde::Serialize;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// Wraps a backend and records each request that it gets, so that a test can count and show them.
///
/// The clones of a recorder share one record. So keep a clone for the test, or take the recorder from
/// the table with [`Table::backend`](monotable_core::Table::backend).
///
/// A request is recorded when the backend begins with it. The record therefore has:
///
/// - each attempt of a request that monotable sends again, such as the rest of a batch or the next
///   attempt of `update_with`. What the SDK sends again inside of one call is not seen.
/// - no reads of [changes](monotable_core::change), which are handed on to the backend.
/// - no request that was refused before it was sent, for example because a part of a key is empty.
///
/// The record grows until [`take`](Recorder::take) empties it.
///
/// # Example: check that a handler makes one request
///
/// ```
/// # use monotable::prelude::*;
/// # use monotable::{Backend, Result};
/// # use monotable::request::Operation;
/// # use monotable::testing::Recorder;
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Debug, Table)]
/// # enum Shop { Order(Order) }
/// # #[derive(Debug, Serialize, Deserialize, Entity)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
/// # #[access(by_customer)]
/// # struct Order { customer_id: String, order_id: String }
/// async fn newest<B: Backend>(shop: &Table<Shop, B>, customer_id: &str) -> Result<Option<Order>> {
///     Order::by_customer(customer_id).descending().first(shop).await
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let recorder = Recorder::new(Embedded::in_memory());
/// let shop = Shop::on(recorder.clone());
/// newest(&shop, "C001").await?;
///
/// let requests = recorder.take();
/// // A failed assertion shows the requests, one in a line.
/// assert_eq!(requests.len(), 1, "{requests}");
/// assert_eq!(requests.operations(), [Operation::Query]);
/// assert!(requests.cost().read_units <= 0.5, "{requests}");
/// # Ok(())
/// # }
/// ```
///
/// # Example: look into a request
///
/// A request is plain data of the module [`request`](monotable_core::request).
///
/// ```
/// # use monotable::prelude::*;
/// # use monotable::Result;
/// # use monotable::testing::{Recorder, Request};
/// # use serde::{Deserialize, Serialize};
/// # #[derive(Debug, Table)]
/// # enum Shop { Order(Order) }
/// # #[derive(Debug, Serialize, Deserialize, Entity)]
/// # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
/// # struct Order { customer_id: String, order_id: String }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let shop = Shop::on(Recorder::new(Embedded::in_memory()));
/// Order::get("C001", "ORD-001").consistent().send(&shop).await?;
///
/// let requests = shop.backend().take();
/// let Request::Get(get) = requests[0].request() else { panic!("{requests}") };
/// assert!(get.consistent);
/// assert_eq!(get.key.to_string(), "CUSTOMER#C001 / ORDER#ORD-001");
/// # Ok(())
/// # }
/// ```
pub struct Recorder<B: Backend> {
    backend: B,
    record: Arc<Mutex<Vec<Call<B::Item>>>>,
}

impl<B: Backend> Recorder<B> {
    /// Wraps a backend. Nothing is recorded yet.
    #[must_use]
    pub fn new(backend: B) -> Self {
        Recorder { backend, record: Arc::default() }
    }

    /// Returns the backend that is wrapped. What is sent to it directly is not recorded.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// Returns the requests that were recorded since the beginning or since the last
    /// [`take`](Recorder::take), in the order in which they began.
    #[must_use]
    pub fn requests(&self) -> Requests<B::Item> {
        Requests::new(self.record().clone())
    }

    /// Returns the recorded requests as [`requests`](Recorder::requests) does, and empties the record.
    ///
    /// Call it at the end of a test's preparation, too, and ignore the result.
    pub fn take(&self) -> Requests<B::Item> {
        Requests::new(std::mem::take(&mut *self.record()))
    }

    /// Returns what the recorded requests cost together, without those that have no answer yet.
    #[must_use]
    pub fn cost(&self) -> Cost {
        self.requests().cost()
    }

    /// Locks the record. A panic elsewhere cannot leave it half-changed.
    fn record(&self) -> MutexGuard<'_, Vec<Call<B::Item>>> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records the request, runs it, and records its cost or its error.
    async fn run<T>(
        &self,
        request: Request<B::Item>,
        sent: impl Future<Output = Result<T>> + Send,
        cost: fn(&T) -> Cost,
    ) -> Result<T> {
        let call = Call::new(request);
        self.record().push(call.clone());
        let answer = sent.await;
        call.answered(answer.as_ref().map(cost).map_err(Clone::clone));
        answer
    }
}

macro_rules! calls {
    ($($method:ident: $kind:ident($request:ty) -> $answer:ty, $cost:expr;)*) => {$(
        async fn $method(&self, request: $request) -> Result<$answer> {
            let recorded = Request::$kind(request.clone());
            self.run(recorded, self.backend.$method(request), $cost).await
        }
    )*};
}

impl<B: Backend> Backend for Recorder<B> {
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

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<B::Item> {
        self.backend.encode(item)
    }

    calls! {
        get: Get(Get) -> Fetched<B::Item>, |answer| answer.cost;
        put: Put(Put<B::Item>) -> Written<B::Item>, |answer| answer.cost;
        update: Update(Update) -> Written<B::Item>, |answer| answer.cost;
        delete: Delete(Delete) -> Written<B::Item>, |answer| answer.cost;
        query: Query(Query) -> Queried<B::Item>, |answer| answer.cost;
        batch_get: BatchGet(BatchGet) -> BatchFetched<B::Item>, |answer| answer.cost;
        batch_write: BatchWrite(BatchWrite<B::Item>) -> BatchWritten, |answer| answer.cost;
        create_table: CreateTable(CreateTable) -> (), |()| Cost::ZERO;
    }

    async fn pause(&self, duration: Duration) {
        self.backend.pause(duration).await;
    }

    fn now(&self) -> SystemTime {
        self.backend.now()
    }
}

impl<B: Transactions> Transactions for Recorder<B> {
    calls! {
        transact_get: TransactGet(TransactGet) -> TransactFetched<B::Item>, |answer| answer.cost;
        transact_write: TransactWrite(TransactWrite<B::Item>) -> Transacted<B::Item>, |answer| answer.cost;
    }
}

impl<B: CrossPartitionTransactions> CrossPartitionTransactions for Recorder<B> {}

/// The changes of the wrapped backend. Reads of them are not recorded.
impl<B: ChangeFeed> ChangeFeed for Recorder<B> {
    type Mode = B::Mode;
    type Reader = B::Reader;

    fn open_changes(&self, request: OpenChanges) -> impl Future<Output = Result<B::Reader>> + Send {
        self.backend.open_changes(request)
    }

    fn next_changes(
        &self,
        reader: &mut B::Reader,
    ) -> impl Future<Output = Result<ChangePage<StoredChange<Self>>>> + Send {
        self.backend.next_changes(reader)
    }
}

impl<B: Backend> Clone for Recorder<B> {
    fn clone(&self) -> Self {
        Recorder { backend: self.backend.clone(), record: self.record.clone() }
    }
}

/// Shows the recorded requests, as [`Requests`] does.
impl<B: Backend> fmt::Display for Recorder<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.requests().fmt(f)
    }
}

/// Shows the recorded requests, as [`Requests`] does.
impl<B: Backend> fmt::Debug for Recorder<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recorder: ")?;
        fmt::Display::fmt(self, f)
    }
}
