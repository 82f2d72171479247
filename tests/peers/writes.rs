//! The bugs in writes.

use crate::{Unit, city, unit};
use monotable::prelude::*;
use monotable::testing::dynamodb;
use monotable::{CrossPartitionTransactions, Cursor};
use monotable_tests::club::{Club, Counter, Session, counter, session};
use monotable_tests::layer::{Fault, Faults, Layer, Ready};
use monotable_tests::{Order, Shop, Status, Store, at, dynamodb_local, keys, order};
use std::future::Future;

async fn ids<B: Store + CrossPartitionTransactions>(
    shop: &Table<Shop, B>,
    status: Status,
) -> Vec<String> {
    let orders = Order::by_status(status).all(shop).await.unwrap();
    orders.into_iter().map(|order| order.order_id).collect()
}

/// Row 6: an update sets an attribute only if it is absent, but changes the index key in any case.
///
/// `set_if_absent` on a field that feeds an index does not compile, see `ui/writes`. Instead, the
/// update has a condition, which holds for both.
#[tokio::test]
async fn row_6_a_conditional_set_is_conditional_for_the_index_key_too() {
    let shop = Shop::on(Embedded::in_memory());
    order("C", "1").put().send(&shop).await.unwrap();
    let claim = |region: &str| {
        let update = Order::key("C", "1").update().set(Order::REGION, region);
        update.when(Order::REGION.absent())
    };
    claim("north").send(&shop).await.unwrap();
    let error = claim("south").send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(Order::by_region("north").count(&shop).await.unwrap(), 1);
    assert_eq!(Order::by_region("south").count(&shop).await.unwrap(), 0);
    // `or_create` with another entity does not change the index key of the existing item either.
    let other = Order { region: Some("south".into()), ..order("C", "1") };
    let update = Order::key("C", "1").update().set(Order::NOTE, "n");
    update.or_create(&other).send(&shop).await.unwrap();
    assert_eq!(Order::by_region("south").count(&shop).await.unwrap(), 0);
    let found = Order::get("C", "1").send(&shop).await.unwrap().unwrap();
    assert_eq!(found.region.as_deref(), Some("north"));
}

/// Row 7: an update that removes a part of an index key leaves a key without that part, so that all
/// such items are in one partition.
#[tokio::test]
async fn row_7_a_part_that_is_removed_takes_the_item_out_of_the_index() {
    let city = city();
    let mut stored = unit("B", 1);
    stored.member = Some("X".into());
    stored.put().send(&city).await.unwrap();
    let key = || Unit::key("M", "B", 1_i16);
    key().update().remove(Unit::MEMBER).send(&city).await.unwrap();
    for text in ["X", "None", "null", "undefined", "_", "#"] {
        assert_eq!(Unit::members(text).count(&city).await.unwrap(), 0, "{text}");
    }
    key().update().set(Unit::MEMBER, "Y").send(&city).await.unwrap();
    key().update_with(|unit: &mut Unit| unit.member = None).send(&city).await.unwrap();
    assert_eq!(Unit::members("Y").count(&city).await.unwrap(), 0);
    // An empty text cannot be a part of a key, and is refused.
    let error = key().update().set(Unit::MEMBER, "").send(&city).await.unwrap_err();
    assert!(error.is_invalid_key(), "{error:?}");
    assert_eq!(Unit::get("M", "B", 1_i16).send(&city).await.unwrap(), Some(unit("B", 1)));
}

/// Row 10: an update of a field that feeds an index does not change the index key.
///
/// If a request does not know the other fields that the index key needs, it does not compile, see
/// `ui/writes`. The test `coherence` checks every way in which a field can feed a key.
#[tokio::test]
async fn row_10_an_update_moves_the_index_key() {
    let shop = Shop::on(Embedded::in_memory());
    let loaded = Order { region: Some("north".into()), ..order("C", "1") };
    loaded.put().send(&shop).await.unwrap();
    // An update by key sets all fields that the indexes need.
    let values = (at("10:00:00"), 7_u32, Status::Paid);
    let update = Order::key("C", "1").update().set_index_key(Order::GSI3_KEY, values);
    update.send(&shop).await.unwrap();
    assert_eq!(ids(&shop, Status::Placed).await, Vec::<String>::new());
    assert_eq!(ids(&shop, Status::Paid).await, ["1"]);
    // An update of an entity that was loaded before has another time in memory, so it is stale.
    let error = loaded.update().set(Order::STATUS, Status::Shipped).send(&shop).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    assert_eq!(ids(&shop, Status::Paid).await, ["1"]);
    let fresh = error.current::<Order>().unwrap();
    fresh.update().set(Order::STATUS, Status::Shipped).send(&shop).await.unwrap();
    assert_eq!(ids(&shop, Status::Shipped).await, ["1"]);
    // An update with a closure.
    let change = |order: &mut Order| order.status = Status::Placed;
    Order::key("C", "1").update_with(change).send(&shop).await.unwrap();
    assert_eq!(ids(&shop, Status::Placed).await, ["1"]);
    assert_eq!(ids(&shop, Status::Shipped).await, Vec::<String>::new());
    let north = Order::by_region("north").eq(Status::Placed).eq(at("10:00:00"));
    assert_eq!(north.count(&shop).await.unwrap(), 1);
}

/// Row 11: a put pads integers and an update does not, so that the item is in the index twice.
#[tokio::test]
async fn row_11_updates_encode_as_puts_do() {
    let shop = Shop::on(Embedded::in_memory());
    let loaded = order("C", "1");
    loaded.put().send(&shop).await.unwrap();
    loaded.update().set(Order::TOTAL, 5_u32).send(&shop).await.unwrap();
    Order { total: 40, ..order("C", "2") }.put().send(&shop).await.unwrap();
    let day = jiff::civil::date(1970, 1, 1);
    let cheap = Order::open_on(day).eq(5_u32).all(&shop).await.unwrap();
    assert_eq!(keys(cheap), [loaded.primary_key()]);
    assert_eq!(Order::open_on(day).range(4_u32..=40).count(&shop).await.unwrap(), 2);
    assert_eq!(Order::open_on(day).count(&shop).await.unwrap(), 2);
}

/// Row 12: a limit counts the items that are read instead of those that match, and a page without
/// matching items is mistaken for the last one.
#[tokio::test]
async fn row_12_a_limit_counts_what_matches() {
    let shop = Shop::on(Embedded::in_memory());
    for n in 0..100 {
        let total = if n % 25 == 24 { 1 } else { 100 };
        Order { total, ..order("C", &format!("{n:03}")) }.put().send(&shop).await.unwrap();
    }
    let cheap = Order::by_customer("C").filter(Order::TOTAL.lt(50_u32));
    let limited = cheap.clone().page_size(10).limit(3).all(&shop).await.unwrap();
    assert_eq!(limited.len(), 3);
    let (mut found, mut empty, mut cursor) = (0, 0, None::<Cursor>);
    loop {
        let page = cheap.clone().page_size(10).after(cursor).page(&shop).await.unwrap();
        found += page.items.len();
        let Some(next) = page.cursor else { break };
        empty += usize::from(page.items.is_empty());
        cursor = Some(next);
    }
    assert_eq!((found, empty), (4, 6));
}

/// Row 13: unprocessed writes of a batch are dropped, and more than 100 keys cause a panic.
#[tokio::test]
async fn row_13_batches_are_finished_and_of_any_size() {
    let faults = Faults::new(&[Fault::Half], 13).percent(30);
    let shop = Shop::on(Layer::new(faults.clone(), Embedded::in_memory()));
    let orders: Vec<_> = (0..250).map(|n| order("C", &format!("{n:03}"))).collect();
    let report = shop.batch().add_all(orders.iter().map(Order::put)).send().await.unwrap();
    report.into_result().unwrap();
    let unprocessed = faults.log().batches;
    let unprocessed =
        unprocessed.iter().filter(|sent| sent.left.as_ref().is_ok_and(|it| !it.is_empty()));
    assert!(unprocessed.count() > 0);
    assert_eq!(Order::by_customer("C").all(&shop).await.unwrap(), orders);
    let many = Order::get_many(orders.iter().map(Order::primary_key)).send(&shop).await.unwrap();
    assert_eq!(many.found(), orders);
}

/// Row 14: threads share the counter for the names of placeholders, so that a condition can compare
/// with the value of another request.
#[test]
fn row_14_conditions_of_concurrent_requests_have_their_own_values() {
    let store = Embedded::in_memory();
    race(|| async { Some(store.clone()) });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(fresh) = runtime.block_on(dynamodb_local()) else { return };
    let ready = Ready::default();
    race(|| async {
        // A client for each thread, because each has a runtime of its own.
        let client = dynamodb::client().await.unwrap()?;
        Some(Layer::new(ready.clone(), DynamoDb::new(client, fresh.table_name())))
    });
}

/// Changes items in several threads at the same time. Each thread has an item of its own, and its
/// conditions do not hold for any other item.
fn race<B: Store + CrossPartitionTransactions, F: Future<Output = Option<B>>>(
    store: impl Fn() -> F + Sync,
) {
    const THREADS: u64 = 8;
    const CHANGES: u64 = 25;
    let start = std::sync::Barrier::new(THREADS as usize);
    let run = |of: u64| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = store().await;
            // Each thread has a runtime of its own, so it may block.
            start.wait();
            let Some(store) = store else { return };
            let (club, name) = (Club::on(store), format!("counter {of}"));
            counter(&name, of * 1000).put().send(&club).await.unwrap();
            for change in 0..CHANGES {
                let (now, next) = (of * 1000 + change, of * 1000 + change + 1);
                let is_now = Counter::COUNT.eq(now) & Counter::COUNT.lt(next);
                let update = Counter::key(&name).update().set(Counter::COUNT, next);
                update.when(is_now & Counter::COUNT.ne(next)).send(&club).await.unwrap();
            }
            let stored = Counter::get(&name).consistent().send(&club).await.unwrap();
            assert_eq!(stored, Some(counter(&name, of * 1000 + CHANGES)));
        });
    };
    std::thread::scope(|scope| {
        for of in 0..THREADS {
            let run = &run;
            scope.spawn(move || run(of));
        }
    });
}

/// Row 16: an expired item is returned, changed and counted until the store deletes it.
#[tokio::test]
async fn row_16_expired_items_do_not_exist() {
    let club = Club::on(Embedded::in_memory());
    let past = session("s", -10);
    session("live", 1000).put().send(&club).await.unwrap();
    // No write comes after this one, so the store still has the item.
    past.put().send(&club).await.unwrap();
    assert_eq!(Session::get("s").send(&club).await.unwrap(), None);
    let many = Session::get_many([Session::key("s")]).send(&club).await.unwrap();
    assert_eq!(many.found(), []);
    let found = Session::by_user("ada").all(&club).await.unwrap();
    assert_eq!(keys(found), [Session::key("live")]);
    assert_eq!(Session::by_user("ada").count(&club).await.unwrap(), 1);
    let update = Session::key("s").update().set(Session::DATA, "x").send(&club).await;
    assert!(update.unwrap_err().is_not_found());
    let change = Session::key("s").update_with(|it: &mut Session| it.data.clear());
    assert!(change.send(&club).await.unwrap_err().is_not_found());
    session("s", 1000).create().send(&club).await.unwrap();
    assert_eq!(Session::by_user("ada").count(&club).await.unwrap(), 2);
}
