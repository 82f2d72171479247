//! A small table, and stores in front of which there is a cache.

use monotable::backend::{Keyed, Limits};
use monotable::cache::{Cache, CacheExt as _, Cached, NoStore, Policy};
use monotable::prelude::*;
use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Put,
    Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable::testing::Recorder;
use monotable::{Backend, CrossPartitionTransactions, Error, Kind, Transactions};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Debug, Table)]
pub enum Shop {
    Customer(Customer),
    Note(Note),
    Session(Session),
    Order(Order),
}

/// Another table of a program, which has the same notes.
pub mod office {
    use monotable::prelude::*;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Table)]
    pub enum Office {
        Note(Note),
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Office, pk = "NOTE#{id}", sk = "NOTE")]
    #[access(by_id)]
    pub struct Note {
        pub id: String,
        pub text: String,
    }
}

/// Has a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "CUSTOMER", version = version)]
pub struct Customer {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub version: u64,
}

/// Has no version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "NOTE#{id}", sk = "NOTE")]
pub struct Note {
    pub id: String,
    pub text: String,
}

/// Expires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "SESSION#{id}", sk = "SESSION", ttl = ends_at)]
pub struct Session {
    pub id: String,
    pub ends_at: i64,
}

/// Is not kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}")]
#[access(by_customer)]
pub struct Order {
    pub customer: String,
    pub id: String,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = Note)]
pub struct Text {
    pub text: String,
}

pub fn customer(id: &str) -> Customer {
    Customer { id: id.into(), name: "Ada".into(), version: 0 }
}

pub fn note(id: &str, text: &str) -> Note {
    Note { id: id.into(), text: text.into() }
}

pub const MINUTE: Duration = Duration::from_secs(60);

/// What the tests keep, in the process.
pub fn in_process() -> Cache<Shop> {
    Cache::in_process(8 << 20)
        .entity::<Customer>(MINUTE)
        .entity::<Note>(Policy::ttl(MINUTE).absent(Duration::from_secs(5)))
        .entity::<Session>(MINUTE)
}

pub fn shared<R: monotable::cache::SharedStore>(store: R) -> Cache<Shop, R> {
    Cache::shared(store)
        .entity::<Customer>(MINUTE)
        .entity::<Note>(MINUTE)
        .entity::<Session>(MINUTE)
        .call_limit(Duration::from_secs(5))
}

pub fn layered<R: monotable::cache::SharedStore>(store: R) -> Cache<Shop, R> {
    Cache::layered(8 << 20, Duration::from_secs(5), store)
        .entity::<Customer>(MINUTE)
        .entity::<Note>(MINUTE)
        .entity::<Session>(MINUTE)
        .call_limit(Duration::from_secs(5))
}

pub type Recorded = Table<Shop, Cached<Recorder<Embedded>, NoStore>>;

/// The embedded store with a recorder, and a cache in the process in front of it.
pub fn recorded() -> (Recorded, Recorder<Embedded>) {
    let recorder = Recorder::new(Embedded::in_memory());
    let shop = Shop::on(recorder.clone().cached(in_process()).unwrap());
    (shop, recorder)
}

/// A backend with the clock of a test, whose reads can be slow, and which can lose the answers of writes.
#[derive(Debug, Clone)]
pub struct Timed<B> {
    pub inner: B,
    pub clock: Clock,
    /// How long a read takes.
    pub delay: Duration,
    /// Whether writes happen and their answers are lost.
    pub loses: Arc<AtomicBool>,
    /// What the error is then.
    pub lost_as: Arc<Mutex<Option<Kind>>>,
    /// Whether writes happen and their answers do not come.
    pub lingers: Arc<AtomicBool>,
}

impl<B> Timed<B> {
    pub fn new(inner: B) -> Self {
        let (clock, delay) = (Clock::present(), Duration::ZERO);
        let (loses, lost_as, lingers) = (Arc::default(), Arc::default(), Arc::default());
        Timed { inner, clock, delay, loses, lost_as, lingers }
    }

    async fn wait(&self) {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
    }

    async fn answer<T>(&self, answer: monotable::Result<T>) -> monotable::Result<T> {
        if self.lingers.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        if self.loses.load(Ordering::SeqCst) {
            let kind = self.lost_as.lock().unwrap().unwrap_or(Kind::Unavailable);
            return Err(Error::new(kind, "the answer was lost"));
        }
        answer
    }
}

#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<AtomicU64>);

impl Clock {
    pub fn at(millis: u64) -> Self {
        Clock(Arc::new(AtomicU64::new(millis)))
    }

    pub fn present() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        Clock::at(since.as_millis().try_into().unwrap())
    }

    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.as_millis().try_into().unwrap(), Ordering::SeqCst);
    }

    pub fn millis(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    pub fn set(&self, millis: u64) {
        self.0.store(millis, Ordering::SeqCst);
    }
}

impl<B: Backend> Backend for Timed<B> {
    type Item = B::Item;
    type Indexes = B::Indexes;
    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

    fn collection(&self) -> Option<&str> {
        self.inner.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> monotable::Result<B::Item> {
        self.inner.encode(item)
    }

    async fn get(&self, request: Get) -> monotable::Result<Fetched<B::Item>> {
        let found = self.inner.get(request).await;
        self.wait().await;
        found
    }

    async fn batch_get(&self, request: BatchGet) -> monotable::Result<BatchFetched<B::Item>> {
        let found = self.inner.batch_get(request).await;
        self.wait().await;
        found
    }

    async fn put(&self, request: Put<B::Item>) -> monotable::Result<Written<B::Item>> {
        let answer = self.inner.put(request).await;
        self.answer(answer).await
    }

    async fn update(&self, request: Update) -> monotable::Result<Written<B::Item>> {
        let answer = self.inner.update(request).await;
        self.answer(answer).await
    }

    async fn delete(&self, request: Delete) -> monotable::Result<Written<B::Item>> {
        let answer = self.inner.delete(request).await;
        self.answer(answer).await
    }

    async fn query(&self, request: Query) -> monotable::Result<Queried<B::Item>> {
        self.inner.query(request).await
    }

    async fn batch_write(&self, request: BatchWrite<B::Item>) -> monotable::Result<BatchWritten> {
        let answer = self.inner.batch_write(request).await;
        self.answer(answer).await
    }

    async fn create_table(&self, request: CreateTable) -> monotable::Result<()> {
        self.inner.create_table(request).await
    }

    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.clock.millis())
    }
}

impl<B: Transactions> Transactions for Timed<B> {
    async fn transact_get(
        &self,
        request: TransactGet,
    ) -> monotable::Result<TransactFetched<B::Item>> {
        self.inner.transact_get(request).await
    }

    async fn transact_write(
        &self,
        request: TransactWrite<B::Item>,
    ) -> monotable::Result<Transacted<B::Item>> {
        let answer = self.inner.transact_write(request).await;
        self.answer(answer).await
    }
}

impl<B: CrossPartitionTransactions> CrossPartitionTransactions for Timed<B> {}
