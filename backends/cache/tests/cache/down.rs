//! A shared store that is down, slow or full of garbage: the table answers, in time.

use crate::support::memory::Memory;
use crate::support::server::{self, Kind};
use crate::support::shop::*;
use monotable::cache::{
    CacheExt as _, Effect, Found, Lease, Redis, SharedStore, StoredEntry, Wrote,
};
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable::{Error, Kind as ErrorKind, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A store that does not answer, or fails, while it is told so.
#[derive(Clone, Default)]
struct Moody {
    memory: Memory,
    hangs: Arc<AtomicBool>,
    fails: Arc<AtomicBool>,
    calls: Arc<AtomicUsize>,
}

impl Moody {
    async fn call<T>(&self, step: impl FnOnce(&Memory) -> T) -> Result<T> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        if self.fails.load(Ordering::SeqCst) {
            return Err(Error::new(ErrorKind::Unavailable, "connection refused"));
        }
        Ok(step(&self.memory))
    }

    fn calls(&self) -> usize {
        self.calls.swap(0, Ordering::SeqCst)
    }
}

impl SharedStore for Moody {
    async fn get(&self, key: &str, form: &str, lease: Option<Lease<'_>>) -> Result<Found> {
        self.call(|memory| memory.get_now(key, form, lease)).await
    }

    async fn fill(&self, key: &str, token: &str, entry: StoredEntry<'_>) -> Result<bool> {
        self.call(|memory| memory.fill_now(key, token, entry)).await
    }

    async fn release(&self, key: &str, token: &str) -> Result<()> {
        self.call(|memory| memory.release_now(key, token)).await
    }

    async fn wrote(&self, key: &str, wrote: Wrote<'_>) -> Result<Effect> {
        self.call(|memory| memory.wrote_now(key, wrote)).await
    }
}

#[tokio::test]
async fn a_store_that_hangs_makes_one_request_wait() {
    let store = Moody::default();
    store.memory.clock.set(Clock::present().millis());
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let cache = shared(store.clone()).call_limit(Duration::from_millis(40));
    let shop = Shop::on(timed.clone().cached(cache).unwrap());
    note("1", "a").put().send(&shop).await.unwrap();
    store.hangs.store(true, Ordering::SeqCst);
    store.calls();

    let began = Instant::now();
    assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "a")));
    assert!(began.elapsed() >= Duration::from_millis(40));
    assert_eq!(store.calls(), 1);
    // The others do not wait, and ask nothing.
    for _ in 0..100 {
        assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "a")));
    }
    assert_eq!(store.calls(), 0);
    assert_eq!(shop.backend().stats().unavailable, 101);

    // After the pause, one of them asks again.
    timed.clock.advance(Duration::from_millis(1_001));
    for _ in 0..10 {
        Note::get("1").send(&shop).await.unwrap();
    }
    assert_eq!(store.calls(), 1);
    store.hangs.store(false, Ordering::SeqCst);
    timed.clock.advance(Duration::from_millis(1_001));
    for _ in 0..10 {
        Note::get("1").send(&shop).await.unwrap();
    }
    assert_eq!(shop.backend().stats().shared_hits, 9);
}

/// What was written while the store could not be told is told before it is asked again, so this process never sees an
/// entry that is older than its own writes.
#[tokio::test]
async fn writes_of_which_the_store_was_not_told() {
    let store = Moody::default();
    store.memory.clock.set(Clock::present().millis());
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let shop = Shop::on(timed.clone().cached(shared(store.clone())).unwrap());
    for id in ["1", "2", "3"] {
        note(id, "a").put().send(&shop).await.unwrap();
        Note::get(id).send(&shop).await.unwrap();
    }
    store.fails.store(true, Ordering::SeqCst);
    for id in ["1", "2"] {
        note(id, "b").put().send(&shop).await.unwrap();
        assert_eq!(Note::get(id).send(&shop).await.unwrap(), Some(note(id, "b")));
    }
    store.fails.store(false, Ordering::SeqCst);
    timed.clock.advance(Duration::from_millis(1_001));
    let hits = shop.backend().stats().shared_hits;
    assert_eq!(Note::get("3").send(&shop).await.unwrap(), Some(note("3", "a")));
    assert_eq!(shop.backend().stats().shared_hits, hits + 1);
    for id in ["1", "2"] {
        assert_eq!(Note::get(id).send(&shop).await.unwrap(), Some(note(id, "b")));
    }
    assert_eq!(shop.backend().stats().shared_hits, hits + 1);
}

/// Each entry of a `get_many` that is damaged is removed at the same time as the others, so the time of one call is enough.
#[tokio::test]
async fn damaged_entries_are_removed_together() {
    let store = Together::default();
    let shop = Shop::on(
        Embedded::in_memory().cached(shared(store).call_limit(Duration::from_secs(2))).unwrap(),
    );
    let many = Note::get_many((0..TOGETHER).map(|at| Note::key(at.to_string())));
    assert_eq!(many.send(&shop).await.unwrap().missing.len(), TOGETHER);
    let stats = shop.backend().stats();
    assert_eq!((stats.undecodable, stats.unavailable), (TOGETHER as u64, 0));
}

const TOGETHER: usize = 10;

/// Has only damaged entries, and removes them when so many are to be removed.
#[derive(Clone)]
struct Together(Arc<tokio::sync::Barrier>);

impl Default for Together {
    fn default() -> Self {
        Together(Arc::new(tokio::sync::Barrier::new(TOGETHER)))
    }
}

impl SharedStore for Together {
    async fn get(&self, _: &str, _: &str, _: Option<Lease<'_>>) -> Result<Found> {
        Ok(Found::Entry { version: String::new(), data: Some(b"garbage".to_vec()), left: MINUTE })
    }

    async fn fill(&self, _: &str, _: &str, _: StoredEntry<'_>) -> Result<bool> {
        Ok(false)
    }

    async fn release(&self, _: &str, _: &str) -> Result<()> {
        Ok(())
    }

    async fn wrote(&self, _: &str, _: Wrote<'_>) -> Result<Effect> {
        self.0.wait().await;
        Ok(Effect::Removed)
    }
}

/// What is owed to the store is told once by a `get_many`, and not once for each of its keys.
#[tokio::test]
async fn a_get_many_tells_once_what_is_owed() {
    let store = Moody::default();
    store.memory.clock.set(Clock::present().millis());
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let shop = Shop::on(timed.clone().cached(shared(store.clone())).unwrap());
    store.fails.store(true, Ordering::SeqCst);
    let writes = (0..700).map(|at| note(&at.to_string(), "a").into_put());
    shop.batch().add_all(writes).send().await.unwrap().into_result().unwrap();
    store.fails.store(false, Ordering::SeqCst);
    let read = async || {
        store.calls();
        timed.clock.advance(Duration::from_millis(1_001));
        let keys = (0..50).map(|at| Note::key(at.to_string()));
        assert_eq!(Note::get_many(keys).send(&shop).await.unwrap().found().len(), 50);
        store.calls()
    };
    // So many are told in one call. The others are told before the next one.
    assert_eq!(read().await, 500);
    assert_eq!(read().await, 200 + 50 + 50);
    assert_eq!(read().await, 50);
}

/// A real server that stands still, and one that was killed and comes back empty.
#[tokio::test]
async fn a_server_that_stands_still_and_one_that_restarts() {
    let Some(mut server) = server::start(Kind::Plain).await else { return };
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let redis = Redis::new(server.connect().await);
    let cache = shared(redis).call_limit(Duration::from_millis(300));
    let shop = Shop::on(timed.clone().cached(cache).unwrap());
    let read = async || Note::get("1").send(&shop).await.unwrap().unwrap().text;
    note("1", "a").put().send(&shop).await.unwrap();
    assert_eq!((read().await, read().await), ("a".into(), "a".into()));
    assert_eq!(shop.backend().stats().shared_hits, 1);

    server.freeze(true);
    assert_eq!(read().await, "a");
    note("1", "b").put().send(&shop).await.unwrap();
    assert_eq!(read().await, "b");
    assert!(shop.backend().stats().unavailable >= 3, "{:?}", shop.backend().stats());
    server.freeze(false);
    tokio::time::sleep(Duration::from_millis(300)).await;
    timed.clock.advance(Duration::from_millis(1_001));
    assert_eq!(read().await, "b");
    assert_eq!(read().await, "b");

    server.restart().await;
    // The connection is lost. Until there is a new one, the table answers.
    for _ in 0..3 {
        timed.clock.advance(Duration::from_millis(1_001));
        assert_eq!(read().await, "b");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let hits = shop.backend().stats().shared_hits;
    timed.clock.advance(Duration::from_millis(1_001));
    for _ in 0..3 {
        assert_eq!(read().await, "b");
    }
    assert!(shop.backend().stats().shared_hits > hits, "it is used again");
}

/// Random bytes in the place of entries: each read is right, and cleans up.
#[tokio::test]
async fn entries_that_are_damaged() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let mut connection = server.connect().await;
    let recorder = Recorder::new(Embedded::in_memory());
    let shop =
        Shop::on(recorder.clone().cached(shared(Redis::new(server.connect().await))).unwrap());
    note("1", &"x".repeat(100)).put().send(&shop).await.unwrap();
    let read = async || Note::get("1").send(&shop).await.unwrap().unwrap().text.len();
    read().await;
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut connection).await.unwrap();
    let [key] = &*keys else { panic!("{keys:?}") };
    assert_eq!(key, "monotable:Shop:6:NOTE#1NOTE");
    let data: Vec<u8> =
        redis::cmd("HGET").arg(key).arg("d").query_async(&mut connection).await.unwrap();
    let mut random = fastrand::Rng::with_seed(3);
    let mut damaged = 0;
    for round in 0..600 {
        let mut bytes = data.clone();
        match round % 3 {
            0 => {
                let at = random.usize(..bytes.len());
                bytes[at] ^= 1 << random.u8(..8);
            }
            1 => bytes.truncate(random.usize(1..bytes.len())),
            _ => bytes = (0..random.usize(1..300)).map(|_| random.u8(..)).collect(),
        }
        damaged += 1;
        let set =
            redis::cmd("HSET").arg(key).arg("d").arg(&bytes).query_async(&mut connection).await;
        let _: () = set.unwrap();
        recorder.take();
        assert_eq!((read().await, recorder.take().len()), (100, 1), "round {round}");
        // It was removed, and is filled again.
        assert_eq!((read().await, recorder.take().len()), (100, 1), "round {round}");
        assert_eq!((read().await, recorder.take().len()), (100, 0), "round {round}");
    }
    assert_eq!(shop.backend().stats().undecodable, damaged);
}

/// A server that is full and may not forget anything itself: it gives no leases, but it answers what it has, and is told of
/// writes. A miss is no failure, after which it would be left alone.
#[tokio::test]
async fn a_server_that_is_full() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let redis = Redis::new(server.connect().await);
    let shop = Shop::on(Embedded::in_memory().cached(shared(redis)).unwrap());
    note("1", "a").put().send(&shop).await.unwrap();
    assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "a")));
    let mut connection = server.connect().await;
    let mut set = redis::cmd("CONFIG");
    set.arg(&["SET", "maxmemory", "1"]);
    let set: redis::RedisResult<()> = set.query_async(&mut connection).await;
    set.unwrap();

    assert_eq!(Note::get("2").send(&shop).await.unwrap(), None);
    assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "a")));
    let stats = shop.backend().stats();
    assert_eq!((stats.shared_hits, stats.unavailable), (1, 0));
    note("1", "b").put().send(&shop).await.unwrap();
    assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "b")));
    assert_eq!(shop.backend().stats().unavailable, 0);
}
