//! What is kept, for how long, and what is not.

use crate::support::memory::Memory;
use crate::support::shop::*;
use monotable::Cost;
use monotable::cache::{Cache, CacheExt as _, CacheStats, Cached, Policy, SharedStore};
use monotable::prelude::*;
use monotable::request::Operation;
use monotable::testing::Recorder;
use std::time::Duration;

#[tokio::test]
async fn a_hit_costs_nothing_and_is_counted() {
    let (shop, recorder) = recorded();
    note("1", "a").put().send(&shop).await.unwrap();
    recorder.take();

    let (read, cost) = Note::get("1").send_with_cost(&shop).await.unwrap();
    assert_eq!((read.unwrap().text.as_str(), cost), ("a", Cost::read(1.0)));
    for _ in 0..3 {
        let (read, cost) = Note::get("1").send_with_cost(&shop).await.unwrap();
        assert_eq!((read.unwrap().text.as_str(), cost), ("a", Cost::ZERO));
    }
    assert_eq!(recorder.take().operations(), [Operation::Get]);
    let stats = shop.backend().stats();
    let expected = CacheStats::default();
    assert_eq!((stats.hits, stats.misses, stats.fills), (3, 1, 1));
    assert_eq!(stats.saved, Cost::read(1.5));
    assert_eq!((stats.refused_fills, stats.unavailable), (expected.refused_fills, 0));
}

#[tokio::test]
async fn the_read_that_fills_is_consistent() {
    let (shop, recorder) = recorded();
    Note::get("1").send(&shop).await.unwrap();
    Note::get_many([Note::key("2")]).send(&shop).await.unwrap();
    let requests = recorder.take();
    let consistent: Vec<bool> = requests
        .iter()
        .map(|call| match call.request() {
            monotable::testing::Request::Get(get) => get.consistent,
            monotable::testing::Request::BatchGet(get) => get.consistent,
            _ => false,
        })
        .collect();
    assert_eq!(consistent, [true, true]);
}

#[tokio::test]
async fn absence_is_kept_for_a_shorter_time() {
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let recorder = timed.inner.clone();
    let shop = Shop::on(timed.clone().cached(in_process()).unwrap());
    let reads = async || {
        recorder.take();
        let found = Note::get("1").send(&shop).await.unwrap();
        (found, recorder.take().len())
    };
    assert_eq!(reads().await, (None, 1));
    assert_eq!(reads().await, (None, 0));
    // Another program creates it.
    note("1", "a").create().send(&Shop::on(timed.clone())).await.unwrap();
    assert_eq!(reads().await, (None, 0));
    timed.clock.advance(Duration::from_secs(5));
    assert_eq!(reads().await, (Some(note("1", "a")), 1));
    timed.clock.advance(Duration::from_secs(50));
    assert_eq!(reads().await, (Some(note("1", "a")), 0));
    timed.clock.advance(Duration::from_secs(10));
    assert_eq!(reads().await, (Some(note("1", "a")), 1));
    assert_eq!(shop.backend().stats().absent_hits, 2);
}

#[tokio::test]
async fn absence_is_not_kept_if_its_time_is_zero() {
    let policy = Policy::ttl(MINUTE).absent(Duration::ZERO);
    let in_process = Cache::in_process(1 << 20).entity::<Note>(policy);
    let in_both = Cache::layered(1 << 20, MINUTE, Memory::default()).entity::<Note>(policy);
    reads_of_what_is_absent(Embedded::in_memory().cached(in_process).unwrap()).await;
    reads_of_what_is_absent(Embedded::in_memory().cached(in_both).unwrap()).await;
}

async fn reads_of_what_is_absent<R: SharedStore>(cached: Cached<Embedded, R>) {
    let shop = Shop::on(cached);
    for _ in 0..3 {
        assert_eq!(Note::get("1").send(&shop).await.unwrap(), None);
    }
    let stats = shop.backend().stats();
    assert_eq!((stats.misses, stats.fills, stats.absent_hits), (3, 0, 0));
    note("1", "a").put().send(&shop).await.unwrap();
    for _ in 0..2 {
        assert!(Note::get("1").send(&shop).await.unwrap().is_some());
    }
    assert_eq!(shop.backend().stats().misses, 4);
}

#[tokio::test]
async fn what_is_not_named_is_not_kept() {
    let (shop, recorder) = recorded();
    let order = Order { customer: "1".into(), id: "2".into() };
    order.put().send(&shop).await.unwrap();
    recorder.take();
    for _ in 0..2 {
        Order::get("1", "2").send(&shop).await.unwrap();
        Order::by_customer("1").all(&shop).await.unwrap();
    }
    assert_eq!(recorder.take().len(), 4);
    assert_eq!(shop.backend().stats(), CacheStats::default());
}

#[tokio::test]
async fn consistent_reads_and_transactions_go_past_the_cache() {
    let (shop, recorder) = recorded();
    note("1", "a").put().send(&shop).await.unwrap();
    Note::get("1").send(&shop).await.unwrap();
    // Another program changes it.
    note("1", "b").put().send(&Shop::on(recorder.clone())).await.unwrap();
    assert_eq!(Note::get("1").send(&shop).await.unwrap(), Some(note("1", "a")));
    assert_eq!(Note::get("1").consistent().send(&shop).await.unwrap(), Some(note("1", "b")));
    let many = Note::get_many([Note::key("1")]).consistent().send(&shop).await.unwrap();
    assert_eq!(many.found(), [note("1", "b")]);
    let both = shop.transact_get((Note::get("1"), Note::get("2"))).send().await.unwrap();
    assert_eq!(both, (Some(note("1", "b")), None));
    assert_eq!(shop.backend().stats().bypassed, 2);
}

#[tokio::test]
async fn projections_take_from_the_cache_and_do_not_fill_it() {
    let (shop, recorder) = recorded();
    note("1", "a").put().send(&shop).await.unwrap();
    recorder.take();
    let read = async || Note::get("1").project::<Text>().send(&shop).await.unwrap().unwrap();
    assert_eq!(read().await, Text { text: "a".into() });
    assert_eq!(read().await, Text { text: "a".into() });
    assert_eq!(recorder.take().len(), 2);
    Note::get("1").send(&shop).await.unwrap();
    recorder.take();
    assert_eq!(read().await, Text { text: "a".into() });
    assert_eq!(recorder.take().len(), 0);
}

/// Neither layer returns an expired item, and neither holds it for longer than it lives.
#[tokio::test]
async fn items_that_expire() {
    let store = Memory::with_clock(Clock::present());
    for layers in 0..3 {
        let timed = Timed::new(Recorder::new(Embedded::in_memory()));
        let recorder = timed.inner.clone();
        store.clear();
        store.clock.set(timed.clock.millis());
        let cached = match layers {
            0 => Shop::on(timed.clone().cached(shared(store.clone())).unwrap()),
            _ => Shop::on(timed.clone().cached(layered(store.clone())).unwrap()),
        };
        let seconds = i64::try_from(timed.clock.millis() / 1000).unwrap();
        let session = Session { id: "1".into(), ends_at: seconds + 2 };
        session.put().send(&cached).await.unwrap();
        recorder.take();
        assert_eq!(Session::get("1").send(&cached).await.unwrap(), Some(session.clone()));
        assert_eq!(Session::get("1").send(&cached).await.unwrap(), Some(session));
        assert_eq!(recorder.take().len(), 1, "it was kept");
        timed.clock.advance(Duration::from_millis(2_100));
        store.clock.advance(Duration::from_millis(2_100));
        Session::get("1").send(&cached).await.unwrap();
        assert_eq!(recorder.take().len(), 1, "it is kept no longer");

        // One that has expired already is not kept at all.
        let old = Session { id: "2".into(), ends_at: seconds - 10 };
        old.put().send(&cached).await.unwrap();
        for _ in 0..2 {
            assert_eq!(Session::get("2").send(&cached).await.unwrap(), None);
        }
        assert_eq!(shop_fills(&cached.backend().stats()), 1);
    }
}

fn shop_fills(stats: &CacheStats) -> u64 {
    stats.fills
}

#[tokio::test]
async fn a_full_cache_stays_in_its_bounds() {
    let recorder = Recorder::new(Embedded::in_memory());
    let cache = monotable::cache::Cache::in_process(20_000).entity::<Note>(MINUTE);
    let shop = Shop::on(recorder.clone().cached(cache).unwrap());
    for at in 0..200 {
        note(&at.to_string(), &"x".repeat(1_000)).put().send(&shop).await.unwrap();
    }
    for _ in 0..3 {
        for at in 0..200 {
            let read = Note::get(at.to_string()).send(&shop).await.unwrap().unwrap();
            assert_eq!(read.id, at.to_string());
        }
    }
    // At most 20 of 200 can be hits each time.
    assert!(shop.backend().stats().misses >= 500, "{:?}", shop.backend().stats());
}

/// An entry in the process, which came from the shared store, is not kept for longer than that one.
#[tokio::test]
async fn a_layer_in_front_does_not_make_the_time_longer() {
    let store = Memory::with_clock(Clock::present());
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let recorder = timed.inner.clone();
    store.clock.set(timed.clock.millis());
    let open = || Shop::on(timed.clone().cached(layered(store.clone())).unwrap());
    let (one, two) = (open(), open());
    note("1", "a").put().send(&one).await.unwrap();
    Note::get("1").send(&one).await.unwrap();
    // Another program changes it, and tells nobody.
    note("1", "b").put().send(&Shop::on(timed.clone())).await.unwrap();
    let advance = |by| {
        timed.clock.advance(by);
        store.clock.advance(by);
    };
    advance(Duration::from_secs(53));
    recorder.take();
    assert_eq!(Note::get("1").send(&two).await.unwrap(), Some(note("1", "a")));
    assert_eq!(recorder.take().len(), 0);
    // A minute after it was read, it is gone from both, although the process keeps entries for five seconds.
    advance(Duration::from_secs(7));
    assert_eq!(Note::get("1").send(&two).await.unwrap(), Some(note("1", "b")));
}
