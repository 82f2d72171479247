//! Changes of other writers, which the cache is told.

use crate::support::memory::Memory;
use crate::support::shop::*;
use monotable::cache::{Cache, CacheExt as _, SharedStore};
use monotable::change::{Change, ChangeKind, Latest};
use monotable::prelude::*;
use monotable::testing::Recorder;

async fn check<R: SharedStore>(cache: Cache<Shop, R>) {
    let recorder = Recorder::new(Embedded::in_memory());
    let (shop, other) =
        (Shop::on(recorder.clone().cached(cache).unwrap()), Shop::on(recorder.clone()));
    let read = async || {
        recorder.take();
        let found = Customer::get("1").send(&shop).await.unwrap();
        (found, recorder.take().len())
    };
    let change = |kind: ChangeKind<Shop>| {
        let key = Shop::Customer(customer("1")).primary_key().unwrap();
        Change::new("1", None, key, kind)
    };
    assert_eq!(read().await, (None, 1));
    assert_eq!(read().await, (None, 0));

    // Another program creates the item, and the change arrives.
    customer("1").create().send(&other).await.unwrap();
    assert_eq!(read().await, (None, 0));
    let first = Customer::get("1").send(&other).await.unwrap().unwrap();
    shop.backend().apply(&change(ChangeKind::Created(Shop::Customer(first.clone())))).await;
    assert_eq!(read().await, (Some(first.clone()), 1));

    // It comes again. What is kept is as new, and stays.
    shop.backend().apply(&change(ChangeKind::Created(Shop::Customer(first.clone())))).await;
    assert_eq!(read().await, (Some(first.clone()), 0));

    // A change is told late: what is kept is newer, and stays.
    Customer::key("1").update().set(Customer::NAME, "Eve").send(&other).await.unwrap();
    let second = Customer::get("1").send(&other).await.unwrap().unwrap();
    let updated = ChangeKind::Updated {
        old: Shop::Customer(first.clone()),
        new: Shop::Customer(second.clone()),
    };
    shop.backend().apply(&change(updated)).await;
    assert_eq!(read().await, (Some(second.clone()), 1));
    shop.backend().apply(&change(ChangeKind::Created(Shop::Customer(first.clone())))).await;
    assert_eq!(read().await, (Some(second.clone()), 0));

    // Another program changes the item and leaves its version, as people do by hand.
    let same = Customer { name: "Bob".into(), ..second.clone() };
    let updated =
        ChangeKind::Updated { old: Shop::Customer(second.clone()), new: Shop::Customer(same) };
    shop.backend().apply(&change(updated)).await;
    assert_eq!(read().await, (Some(second.clone()), 1));

    // A deletion, and a change of a feed that tells no deletions, remove whatever is kept.
    shop.backend().apply(&change(ChangeKind::Deleted(Shop::Customer(first.clone())))).await;
    assert_eq!(read().await, (Some(second.clone()), 1));
    let key = Shop::Customer(customer("1")).primary_key().unwrap();
    shop.backend().apply(&Latest::new("1", None, key.clone(), Shop::Customer(first))).await;
    assert_eq!(read().await, (Some(second.clone()), 1));
    shop.backend().forget(&key).await;
    assert_eq!(read().await, (Some(second), 1));
}

#[tokio::test]
async fn changes_remove_what_is_older() {
    check(in_process()).await;
    check(shared(Memory::default())).await;
    check(layered(Memory::default())).await;
}
