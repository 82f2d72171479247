//! Concurrent misses of one key make one read.

use crate::support::memory::Memory;
use crate::support::server::{self, Kind};
use crate::support::shop::*;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use monotable::cache::{CacheExt as _, Cached, Redis, SharedStore};
use monotable::prelude::*;
use monotable::testing::Recorder;
use std::time::Duration;

type Slow = Timed<Recorder<Embedded>>;

async fn slow() -> (Slow, Recorder<Embedded>) {
    let mut timed = Timed::new(Recorder::new(Embedded::in_memory()));
    timed.delay = Duration::from_millis(50);
    let recorder = timed.inner.clone();
    note("1", "a").put().send(&Shop::on(recorder.clone())).await.unwrap();
    recorder.take();
    (timed, recorder)
}

async fn thousand<R: SharedStore>(shops: &[Table<Shop, Cached<Slow, R>>]) {
    let reads = (0..1_000).map(|at| Note::get("1").send(&shops[at % shops.len()]));
    let found = join_all(reads).await;
    assert!(found.into_iter().all(|found| found.unwrap() == Some(note("1", "a"))));
}

#[tokio::test]
async fn a_thousand_misses_in_the_process_make_one_read() {
    let (slow, recorder) = slow().await;
    let shop = Shop::on(slow.cached(in_process()).unwrap());
    thousand(std::slice::from_ref(&shop)).await;
    assert_eq!(recorder.take().len(), 1);
    let stats = shop.backend().stats();
    assert_eq!((stats.misses, stats.joined), (1, 999));
}

#[tokio::test]
async fn a_thousand_misses_in_two_processes_make_one_read() {
    let (slow, recorder) = slow().await;
    let store = Memory::default();
    let open = || Shop::on(slow.clone().cached(layered(store.clone())).unwrap());
    thousand(&[open(), open()]).await;
    assert_eq!(recorder.take().len(), 1);
}

#[tokio::test]
async fn a_thousand_misses_in_redis_make_one_read() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let (slow, recorder) = slow().await;
    let redis = Redis::new(server.connect().await);
    let open = || {
        Shop::on(slow.clone().cached(shared(redis.clone()).wait(Duration::from_secs(5))).unwrap())
    };
    thousand(&[open(), open()]).await;
    assert_eq!(recorder.take().len(), 1);
}

/// The caller who reads for the others goes away. Another one reads.
#[tokio::test]
async fn an_aborted_read_hands_over() {
    for is_layered in [false, true] {
        let (slow, recorder) = slow().await;
        let task = |shop: Table<Shop, Cached<Slow, Memory>>| {
            tokio::spawn(async move { Note::get("1").send(&shop).await })
        };
        let store = Memory::with_clock(Clock::present());
        let cache = if is_layered { layered(store) } else { shared(store) };
        let shop = Shop::on(slow.cached(cache).unwrap());
        let first = task(shop.clone());
        tokio::time::sleep(Duration::from_millis(10)).await;
        let second = task(shop.clone());
        tokio::time::sleep(Duration::from_millis(10)).await;
        first.abort();
        assert_eq!(second.await.unwrap().unwrap(), Some(note("1", "a")));
        assert_eq!(recorder.take().len(), 2);
    }
}

/// A read that is neither polled nor dropped, as those of a buffered stream are while its items are worked on. Others do
/// not wait for it for ever: after the time of a lease, one of them reads for all.
#[tokio::test]
async fn a_read_that_is_not_polled_is_overtaken() {
    let lease = Duration::from_secs(1);
    for layer in 0..3 {
        let (slow, recorder) = slow().await;
        match layer {
            0 => overtaken(Shop::on(slow.cached(in_process().lease(lease)).unwrap())).await,
            1 => {
                let cache = shared(Memory::with_clock(Clock::present())).lease(lease);
                overtaken(Shop::on(slow.cached(cache).unwrap())).await;
            }
            _ => {
                let cache = layered(Memory::with_clock(Clock::present())).lease(lease);
                overtaken(Shop::on(slow.cached(cache).unwrap())).await;
            }
        }
        // The read that is stuck, one of the others, and at the end the write and a read. With only a shared store, the
        // lease stays while the clock stands still, so each of the others reads the table.
        let most = if layer == 1 { 23 } else { 4 };
        assert!(recorder.take().len() <= most, "layer {layer}");
    }
}

async fn overtaken<R: SharedStore>(shop: Table<Shop, Cached<Slow, R>>) {
    let mut stuck = Box::pin(Note::get("1").send(&shop));
    assert!((&mut stuck).now_or_never().is_none());
    let reads = async {
        let one = join_all((0..10).map(|_| Note::get("1").send(&shop)));
        let many = join_all((0..10).map(|_| Note::get_many([Note::key("1")]).send(&shop)));
        tokio::join!(one, many)
    };
    let reads = tokio::time::timeout(Duration::from_secs(30), reads).await;
    let (one, many) = reads.expect("they do not wait for ever");
    assert!(one.into_iter().all(|found| found.unwrap() == Some(note("1", "a"))));
    assert!(many.into_iter().all(|found| found.unwrap().found() == [note("1", "a")]));
    // It goes on, and keeps nothing that is older.
    Note::key("1").update().set(Note::TEXT, "b").send(&shop).await.unwrap();
    stuck.await.unwrap();
    assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "b")));
}
