//! `get_many` and `hydrate`.

use crate::support::memory::Memory;
use crate::support::shop::*;
use monotable::cache::CacheExt as _;
use monotable::prelude::*;
use monotable::testing::{Recorder, Request};

/// How many keys each call has read.
fn keys_read(recorder: &Recorder<Embedded>) -> Vec<usize> {
    let requests = recorder.take();
    requests
        .iter()
        .map(|call| match call.request() {
            Request::BatchGet(get) => get.keys.len(),
            other => panic!("{other:?}"),
        })
        .collect()
}

async fn check<R: monotable::cache::SharedStore>(
    recorder: Recorder<Embedded>,
    cache: monotable::cache::Cache<Shop, R>,
) {
    let shop = Shop::on(recorder.clone().cached(cache).unwrap());
    for at in 0..150 {
        if at % 3 != 0 {
            note(&at.to_string(), "a").put().send(&Shop::on(recorder.clone())).await.unwrap();
        }
    }
    recorder.take();
    let keys = |range: std::ops::Range<usize>| range.map(|at| Note::key(at.to_string()));
    let many = Note::get_many(keys(0..50)).send(&shop).await.unwrap();
    assert_eq!((many.missing.len(), many.found().len()), (17, 33));
    assert_eq!(keys_read(&recorder), [50]);

    // All of them are kept, also that some are missing.
    let many = Note::get_many(keys(0..50)).send(&shop).await.unwrap();
    assert_eq!((many.missing.len(), many.cost), (17, monotable::Cost::ZERO));
    assert_eq!(keys_read(&recorder), [0; 0]);

    // Only what is missing is read.
    note("10", "b").put().send(&shop).await.unwrap();
    recorder.take();
    let many = Note::get_many(keys(0..60)).send(&shop).await.unwrap();
    let found = many.found();
    assert_eq!(found.iter().filter(|note| note.text == "b").count(), 1);
    assert_eq!(keys_read(&recorder), [11]);

    // In several calls, and with a key that is given twice.
    let twice = keys(0..150).chain(keys(0..1)).chain(keys(149..150));
    let many = Note::get_many(twice).send(&shop).await.unwrap();
    assert_eq!(many.items.len(), 152);
    assert_eq!(many.items[149], many.items[151]);
    assert_eq!(keys_read(&recorder).iter().sum::<usize>(), 90);
}

#[tokio::test]
async fn only_what_is_not_kept_is_read() {
    check(Recorder::new(Embedded::in_memory()), in_process()).await;
    check(Recorder::new(Embedded::in_memory()), shared(Memory::default())).await;
    check(Recorder::new(Embedded::in_memory()), layered(Memory::default())).await;
}

/// Batches that want the same items in different orders do not wait for each other for ever, and read each item once.
#[tokio::test]
async fn batches_that_overlap() {
    for layer in 0..3 {
        let mut timed = Timed::new(Recorder::new(Embedded::in_memory()));
        timed.delay = std::time::Duration::from_millis(20);
        let recorder = timed.inner.clone();
        let store = Memory::default();
        let run = async |shop: &Table<Shop, _>| {
            let one = Note::get_many((0..40).map(|at| Note::key(at.to_string()))).send(shop);
            let two = Note::get_many((20..60).rev().map(|at| Note::key(at.to_string()))).send(shop);
            let (one, two) = tokio::join!(one, two);
            assert_eq!((one.unwrap().missing.len(), two.unwrap().missing.len()), (40, 40));
        };
        match layer {
            0 => {
                let shop = Shop::on(timed.cached(in_process()).unwrap());
                let one = Note::get_many((0..40).map(|at| Note::key(at.to_string()))).send(&shop);
                let two =
                    Note::get_many((20..60).rev().map(|at| Note::key(at.to_string()))).send(&shop);
                let (one, two) = tokio::join!(one, two);
                assert_eq!((one.unwrap().missing.len(), two.unwrap().missing.len()), (40, 40));
            }
            1 => run(&Shop::on(timed.cached(shared(store)).unwrap())).await,
            _ => run(&Shop::on(timed.cached(layered(store)).unwrap())).await,
        }
        assert_eq!(keys_read(&recorder).iter().sum::<usize>(), 60, "layer {layer}");
    }
}
