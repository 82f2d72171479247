//! One schedule: two processes with readers and writers, and faults.

use super::check::{History, Read, Told, Write};
use super::naive::Naive;
use super::sim::Sim;
use crate::support::memory::Memory;
use crate::support::shop::{Customer, Shop, customer};
use monotable::backend::{Keyed, Limits};
use monotable::cache::{
    Cache, CacheExt as _, Cached, Effect, Found, Lease, Policy, SharedStore, StoredEntry, Wrote,
};
use monotable::embedded::Document;
use monotable::prelude::*;
use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get,
    PrimaryKey, Put, Queried, Query, Update, Written,
};
use monotable::{Backend, Error, Kind, Result};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where items are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layers {
    Process,
    Shared,
    Both,
    /// In a cache that does it wrong.
    Naive,
}

/// The time to live of an entry, in milliseconds.
pub const TTL: u64 = 2_000;
/// How long an entry is kept in the process, in front of a shared store.
pub const AT_MOST: u64 = 600;

const KEYS: [&str; 2] = ["a", "b"];

/// A table whose messages take time, and may be lost.
#[derive(Clone)]
pub struct SimTable {
    pub sim: Sim,
    inner: Embedded,
    handle: usize,
    world: World,
}

#[derive(Clone, Default)]
struct World {
    history: Arc<Mutex<History>>,
    /// What the table had at last, by key.
    stored: Arc<Mutex<HashMap<String, Option<String>>>>,
    requests: Arc<AtomicU64>,
    /// How many deletes of a key are in progress, by handle.
    deletes: Arc<Mutex<HashMap<(usize, String), usize>>>,
}

impl World {
    fn history(&self) -> std::sync::MutexGuard<'_, History> {
        self.history.lock().unwrap()
    }
}

impl SimTable {
    /// Notes what is stored now, if it has changed.
    async fn note(&self, keys: &[PrimaryKey]) {
        for key in keys {
            let get = Get::new(<Shop as monotable::Schema>::DEF, "Customer", key.clone());
            let item = self.inner.get(get).await.unwrap().item;
            let (value, version) = item.map(|item| name_of(&item)).unzip();
            let mut stored = self.world.stored.lock().unwrap();
            if stored.get(&key.pk).cloned().flatten() == value {
                continue;
            }
            stored.insert(key.pk.clone(), value.clone());
            let at = self.sim.now();
            let write = Write { value, version, at, handle: self.handle, answered: None };
            self.world.history().writes.entry(key.pk.clone()).or_default().push(write);
        }
    }
}

fn name_of(item: &Document) -> (String, u64) {
    #[derive(serde::Deserialize)]
    struct Name {
        name: String,
        version: u64,
    }
    let Name { name, version } = monotable::backend::Item::decode(item).unwrap();
    (name, version)
}

fn lost<T>(answer: Option<Result<T>>) -> Result<T> {
    answer.unwrap_or_else(|| Err(Error::new(Kind::Unavailable, "the answer was lost")))
}

macro_rules! writes {
    ($($name:ident($request:ty) -> $answer:ty, $keys:expr;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            let keys: Vec<PrimaryKey> = $keys(&request);
            let table = self.clone();
            let is_lost = self.sim.percent(5);
            let answer = self.sim.send(async move {
                let answer = table.inner.$name(request).await;
                table.note(&keys).await;
                answer
            });
            let answer = answer.await;
            if is_lost {
                self.world.history().lost += 1;
                return lost(None);
            }
            lost(answer)
        }
    )*};
}

impl Backend for SimTable {
    type Item = Document;
    type Indexes = <Embedded as Backend>::Indexes;
    const SYSTEM: &'static str = "sim";
    const LIMITS: Limits = <Embedded>::LIMITS;

    fn collection(&self) -> Option<&str> {
        None
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Document> {
        self.inner.encode(item)
    }

    async fn get(&self, request: Get) -> Result<Fetched<Document>> {
        let inner = self.inner.clone();
        lost(self.sim.send(async move { inner.get(request).await }).await)
    }

    async fn batch_get(&self, request: BatchGet) -> Result<BatchFetched<Document>> {
        let inner = self.inner.clone();
        lost(self.sim.send(async move { inner.batch_get(request).await }).await)
    }

    writes! {
        put(Put<Document>) -> Written<Document>, |it: &Put<Document>| vec![it.key.clone()];
        update(Update) -> Written<Document>, |it: &Update| vec![it.key.clone()];
        delete(Delete) -> Written<Document>, |it: &Delete| vec![it.key.clone()];
        batch_write(BatchWrite<Document>) -> BatchWritten,
            |it: &BatchWrite<Document>| it.writes.iter().map(|it| it.key().clone()).collect();
    }

    async fn query(&self, request: Query) -> Result<Queried<Document>> {
        self.inner.query(request).await
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        self.inner.create_table(request).await
    }

    async fn pause(&self, duration: Duration) {
        self.sim.sleep(duration.as_millis().try_into().unwrap()).await;
    }

    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.sim.now())
    }
}

/// A shared store whose messages take time and are lost, and which forgets.
#[derive(Clone)]
pub struct SimStore {
    sim: Sim,
    memory: Memory,
    world: World,
}

impl SimStore {
    async fn send<T: Send + 'static>(
        &self,
        step: impl FnOnce(&SimStore) -> T + Send + 'static,
    ) -> Result<T> {
        let fails = || Error::new(Kind::Unavailable, "the connection was lost");
        if self.sim.percent(3) {
            self.world.history().failed_calls += 1;
            return Err(fails());
        }
        let is_lost = self.sim.percent(3);
        let store = self.clone();
        let answer = self.sim.send(async move { step(&store) }).await;
        if is_lost {
            self.world.history().failed_calls += 1;
            return Err(fails());
        }
        answer.ok_or_else(fails)
    }
}

/// A step with texts of its own.
struct Owned {
    form: String,
    version: String,
    data: Vec<u8>,
    ttl: Duration,
}

impl Owned {
    fn of(entry: StoredEntry<'_>) -> Self {
        let StoredEntry { form, version, data, ttl } = entry;
        Owned { form: form.to_owned(), version: version.to_owned(), data: data.to_vec(), ttl }
    }

    fn entry(&self) -> StoredEntry<'_> {
        let Owned { form, version, data, ttl } = self;
        StoredEntry { form, version, data, ttl: *ttl }
    }
}

impl SharedStore for SimStore {
    async fn get(&self, key: &str, form: &str, lease: Option<Lease<'_>>) -> Result<Found> {
        let (key, form) = (key.to_owned(), form.to_owned());
        let lease = lease.map(|lease| (lease.token.to_owned(), lease.lasts));
        let step = move |store: &SimStore| {
            let lease = lease.as_ref().map(|(token, lasts)| Lease { token, lasts: *lasts });
            store.memory.get_now(&key, &form, lease)
        };
        self.send(step).await
    }

    async fn fill(&self, key: &str, token: &str, entry: StoredEntry<'_>) -> Result<bool> {
        let (key, token, entry) = (key.to_owned(), token.to_owned(), Owned::of(entry));
        self.send(move |store| store.memory.fill_now(&key, &token, entry.entry())).await
    }

    async fn release(&self, key: &str, token: &str) -> Result<()> {
        let (key, token) = (key.to_owned(), token.to_owned());
        self.send(move |store| store.memory.release_now(&key, &token)).await
    }

    async fn wrote(&self, key: &str, wrote: Wrote<'_>) -> Result<Effect> {
        let key = key.to_owned();
        let this = match wrote {
            Wrote::This { entry, replaced } => Some((Owned::of(entry), replaced.to_owned())),
            _ => None,
        };
        let step = move |store: &SimStore| {
            let wrote = match &this {
                Some((entry, replaced)) => Wrote::This { entry: entry.entry(), replaced },
                None => Wrote::Something,
            };
            let effect = store.memory.wrote_now(&key, wrote);
            // `monotable:Shop:10:CUSTOMER#aCUSTOMER`
            let pk = KEYS.iter().map(|key| format!("CUSTOMER#{key}")).find(|pk| key.contains(pk));
            let kept = this.as_ref().filter(|_| effect != Effect::Removed);
            let version = kept.map(|(this, _)| this.version.parse().unwrap());
            let told = Told { at: store.sim.now(), version };
            store.world.history().told.entry(pk.unwrap()).or_default().push(told);
            effect
        };
        self.send(step).await
    }

    async fn sleep(&self, duration: Duration) {
        self.sim.sleep(duration.as_millis().try_into().unwrap()).await;
    }
}

/// The handle of a process.
#[derive(Clone)]
pub enum Handle {
    Process(Table<Shop, Cached<SimTable>>),
    Shared(Table<Shop, Cached<SimTable, SimStore>>),
    Naive(Table<Shop, Naive>),
}

macro_rules! on {
    ($handle:expr, $shop:ident => $run:expr) => {
        match $handle {
            Handle::Process($shop) => $run,
            Handle::Shared($shop) => $run,
            Handle::Naive($shop) => $run,
        }
    };
}

/// A process: its number, and its handle, which is another one after it was killed.
#[derive(Clone)]
struct Process {
    number: usize,
    handle: usize,
    shop: Handle,
    sim: Sim,
    world: World,
}

struct Setup {
    layers: Layers,
    sim: Sim,
    world: World,
    inner: Embedded,
    memory: Memory,
    writes_through: bool,
    next_handle: AtomicU64,
}

impl Setup {
    fn open(&self, number: usize) -> Process {
        let handle = usize::try_from(self.next_handle.fetch_add(1, Ordering::SeqCst)).unwrap();
        let (sim, world) = (self.sim.clone(), self.world.clone());
        let table =
            SimTable { sim: sim.clone(), inner: self.inner.clone(), handle, world: world.clone() };
        let millis = Duration::from_millis;
        let mut policy = Policy::ttl(millis(TTL)).absent(millis(TTL / 2)).jitter(0);
        if self.writes_through {
            policy = policy.write_through();
        }
        let store =
            SimStore { sim: sim.clone(), memory: self.memory.clone(), world: world.clone() };
        let shop = match self.layers {
            Layers::Naive => Handle::Naive(Shop::on(Naive::new(table, self.memory.clone()))),
            Layers::Process => {
                let cache = Cache::in_process(1 << 20).entity::<Customer>(policy);
                Handle::Process(Shop::on(table.cached(cache).unwrap()))
            }
            Layers::Shared | Layers::Both => {
                let cache = match self.layers {
                    Layers::Shared => Cache::shared(store),
                    _ => Cache::layered(1 << 20, millis(AT_MOST), store),
                };
                let cache = cache.entity::<Customer>(policy).pause(millis(100)).lease(millis(500));
                Handle::Shared(Shop::on(table.cached(cache.wait(millis(60))).unwrap()))
            }
        };
        Process { number, handle, shop, sim, world }
    }

    /// Starts the tasks of a process.
    fn start(&self, process: &Process, writes: usize) {
        for _ in 0..2 {
            let reader = process.clone();
            self.sim.start(Some(process.number), async move { reader.read(8).await });
        }
        for _ in 0..2 {
            let writer = process.clone();
            self.sim.start(Some(process.number), async move { writer.write(writes).await });
        }
    }
}

impl Process {
    fn key(&self) -> String {
        KEYS[usize::try_from(self.sim.below(2)).unwrap()].to_owned()
    }

    async fn read(&self, reads: usize) {
        for _ in 0..reads {
            self.pause().await;
            let began = self.sim.now();
            let keys: Vec<String> = match self.sim.percent(30) {
                true => KEYS.map(str::to_owned).to_vec(),
                false => vec![self.key()],
            };
            let found: Result<Vec<Option<Customer>>> = on!(&self.shop, shop => match &*keys {
                [key] => Customer::get(key).send(shop).await.map(|found| vec![found]),
                keys => {
                    let many = Customer::get_many(keys.iter().map(Customer::key));
                    many.send(shop).await.map(|many| many.items)
                }
            });
            let ended = self.sim.now();
            let Ok(found) = found else { continue };
            for (key, found) in keys.into_iter().zip(found) {
                let (key, value) = (format!("CUSTOMER#{key}"), found.map(|it| it.name));
                let read = Read { key, value, handle: self.handle, began, ended };
                self.world.history().reads.push(read);
            }
        }
    }

    /// Mostly short, and sometimes longer than an entry is kept.
    async fn pause(&self) {
        let longest = if self.sim.percent(10) { 2 * TTL } else { 60 };
        self.sim.sleep(self.sim.below(longest)).await;
    }

    async fn write(&self, writes: usize) {
        for _ in 0..writes {
            self.pause().await;
            let number = self.world.requests.fetch_add(1, Ordering::SeqCst) + 1;
            let write = self.clone();
            let write = async move { write.write_one(number).await };
            if self.sim.percent(8) {
                // The caller loses patience: the future is dropped, wherever it is.
                let patience = self.sim.sleep(self.sim.below(60));
                let (write, patience) = (std::pin::pin!(write), std::pin::pin!(patience));
                futures_util::future::select(write, patience).await;
                self.world.history().abandoned += 1;
                continue;
            }
            write.await;
        }
    }

    async fn write_one(&self, number: u64) {
        let (key, name) = (self.key(), format!("{number}"));
        let what = self.sim.below(10);
        let place = (self.handle, format!("CUSTOMER#{key}"));
        if what >= 8 {
            *self.world.deletes.lock().unwrap().entry(place.clone()).or_default() += 1;
        }
        on!(&self.shop, shop => {
            match what {
                0..2 => {
                    let update = Customer::key(&key).update().set(Customer::NAME, name.clone());
                    let _ = update.send(shop).await;
                }
                2..4 => {
                    // On the condition of the version that was read, which may be an old one.
                    if let Ok(Some(loaded)) = Customer::get(&key).send(shop).await {
                        let _ = loaded.update().set(Customer::NAME, name.clone()).send(shop).await;
                    }
                }
                4..7 => {
                    let new = Customer { name: name.clone(), ..customer(&key) };
                    let _ = new.create().send(shop).await;
                }
                7 => {
                    if let Ok(Some(loaded)) = Customer::get(&key).send(shop).await {
                        let _ = Customer { name: name.clone(), ..loaded }.put().send(shop).await;
                    }
                }
                _ => {
                    let _ = Customer::key(&key).delete().send(shop).await;
                }
            }
        });
        // Whatever the answer was, the writer is alive, and the cache was told.
        let now = self.sim.now();
        // A delete leaves no name. So deletes count as answered when all of this handle have been, and never again after one
        // was abandoned.
        let all_deleted = what >= 8 && {
            let mut deletes = self.world.deletes.lock().unwrap();
            let left = deletes.entry(place.clone()).or_default();
            *left -= 1;
            *left == 0
        };
        let mut history = self.world.history();
        let writes = history.writes.entry(place.1).or_default().iter_mut();
        for write in writes.filter(|it| it.handle == self.handle && it.answered.is_none()) {
            let is_this = match &write.value {
                Some(value) => *value == name,
                None => all_deleted,
            };
            if is_this {
                write.answered = Some(now);
            }
        }
    }
}

/// What has happened in all schedules.
#[derive(Debug, Default)]
pub struct Kinds {
    killed: usize,
    abandoned: usize,
    lost: usize,
    failed_calls: usize,
    hits: u64,
    shared_hits: u64,
    refused: u64,
    through: u64,
    joined: u64,
}

impl Kinds {
    pub fn add(&mut self, history: &History) {
        self.killed += history.killed;
        self.abandoned += history.abandoned;
        self.lost += history.lost;
        self.failed_calls += history.failed_calls;
        for stats in &history.stats {
            self.hits += stats.hits;
            self.shared_hits += stats.shared_hits;
            self.refused += stats.refused_fills;
            self.through += stats.written_through;
            self.joined += stats.joined;
        }
    }

    pub fn check(&self, layers: Layers) {
        println!("{layers:?}: {self:?}");
        assert!(self.killed > 1_000 && self.abandoned > 1_000 && self.lost > 1_000, "{self:?}");
        assert!(self.refused > 100 && self.through > 100 && self.joined > 100, "{self:?}");
        assert!(layers == Layers::Shared || self.hits > 10_000, "{self:?}");
        let is_shared = self.shared_hits > 1_000 && self.failed_calls > 1_000;
        assert!(layers == Layers::Process || is_shared, "{self:?}");
    }
}

/// Runs the schedule of a seed.
pub fn run(layers: Layers, seed: u64) -> History {
    let sim = Sim::new(seed);
    let world = World::default();
    let memory = Memory::with_clock(sim.clock.clone());
    let setup = Arc::new(Setup {
        layers,
        sim: sim.clone(),
        world: world.clone(),
        inner: Embedded::in_memory(),
        memory,
        writes_through: seed % 2 == 1,
        next_handle: AtomicU64::new(0),
    });
    let processes = [0, 1].map(|number| setup.open(number));
    for process in &processes {
        setup.start(process, 4);
    }
    let handles = Arc::new(Mutex::new(processes.to_vec()));
    let chaos = {
        let (setup, handles) = (Arc::clone(&setup), Arc::clone(&handles));
        async move {
            let sim = &setup.sim;
            for _ in 0..3 {
                sim.sleep(sim.below(300)).await;
                match sim.below(4) {
                    // A process dies, and another one takes its place.
                    0 => {
                        let number = usize::try_from(sim.below(2)).unwrap();
                        sim.kill(number);
                        setup.world.history().killed += 1;
                        // So that the new tasks are not killed, too.
                        sim.sleep(1).await;
                        let process = setup.open(number);
                        setup.start(&process, 2);
                        handles.lock().unwrap().push(process);
                    }
                    // The shared store restarts, or is full.
                    1 => {
                        setup.memory.clear();
                        setup.world.history().forgot.push(sim.now());
                    }
                    _ => setup.memory.evict(usize::try_from(sim.below(2)).unwrap()),
                }
            }
        }
    };
    sim.start(None, chaos);
    sim.run();
    let mut history = std::mem::take(&mut *world.history());
    for process in handles.lock().unwrap().iter() {
        match &process.shop {
            Handle::Process(shop) => history.stats.push(shop.backend().stats()),
            Handle::Shared(shop) => history.stats.push(shop.backend().stats()),
            Handle::Naive(_) => {}
        }
    }
    history
}
