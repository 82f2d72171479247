//! Batches of reads and writes.

use monotable::prelude::*;
use monotable::{Key, Progress};
use monotable_tests::Store;
use monotable_tests::{Customer, Order, Shop, order};
use std::sync::Mutex;

fn orders(count: usize) -> Vec<Order> {
    (0..count).map(|id| order("C001", &format!("{id:04}"))).collect()
}

pub async fn batches_of_any_size<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    // So many that the batch takes more than one call on every backend.
    let count = B::LIMITS.batch_write * 2 + 180;
    let all = orders(count);
    let steps: Mutex<Vec<Progress>> = Mutex::new(Vec::new());
    let batch = shop.batch().add_all(all.iter().map(Order::put));
    let report = batch.send_with(|step| steps.lock().unwrap().push(step)).await.unwrap();
    assert_eq!((report.written, report.unprocessed.len()), (count, 0));
    let least = f64::from(u32::try_from(count).unwrap());
    assert!(B::TRAITS.amount(report.cost) >= least, "{report:?}");
    report.into_result().unwrap();
    let steps = steps.into_inner().unwrap();
    assert!(steps.len() > 1 && steps.iter().all(|step| step.total == count), "{steps:?}");
    assert!(steps.is_sorted_by_key(|step| step.written));
    assert_eq!(steps.last().unwrap().written, count);
    assert_eq!(Order::by_customer("C001").all(&shop).await.unwrap(), all);

    let mut batch = shop
        .batch()
        .add(Customer { customer_id: "C001".into(), name: "Ada".into(), email: None }.put());
    batch = batch.add_all(all.iter().take(count - 30).map(Order::delete));
    batch.add(Order::key("C001", "none").delete()).send().await.unwrap().into_result().unwrap();
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 30);
    assert!(Customer::get("C001").send(&shop).await.unwrap().is_some());
    let report = shop.batch().send().await.unwrap();
    assert_eq!(report.written, 0);
    report.into_result().unwrap();
}

pub async fn two_writes_of_one_item_are_refused<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let one = order("C001", "1");
    let error = shop.batch().add(one.put()).add(one.delete()).send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("ORDER#1"), "{error:?}");
    let empty = order("", "1");
    let error = shop.batch().add(one.put()).add(empty.put()).send().await.unwrap_err();
    assert!(error.is_invalid_key(), "{error:?}");
}

pub async fn batches_are_split_by_bytes<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let large: Vec<_> = (0..45)
        .map(|id| Order { note: Some("x".repeat(395_000)), ..order("C", &format!("{id:02}")) })
        .collect();
    let report = shop.batch().add_all(large.iter().map(Order::put)).send().await.unwrap();
    report.into_result().unwrap();
    assert_eq!(Order::by_customer("C").count(&shop).await.unwrap(), 45);
    let keys = large.iter().map(Order::primary_key);
    let many = Order::get_many(keys).send(&shop).await.unwrap();
    assert_eq!(many.found().len(), 45);
}

pub async fn get_many_keeps_the_order_of_keys<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let all = orders(130);
    let report = shop.batch().add_all(all.iter().map(Order::put)).send().await.unwrap();
    report.into_result().unwrap();
    let mut keys: Vec<_> = all.iter().rev().map(Order::primary_key).collect();
    keys.insert(5, Order::key("C001", "none"));
    keys.push(Order::key("C001", "0000"));
    let many = Order::get_many(keys).send(&shop).await.unwrap();
    assert_eq!(many.missing, [Order::key("C001", "none")]);
    assert_eq!(many.items.len(), 132);
    assert_eq!(many.items[5], None);
    // A key that is requested twice gives its item twice.
    assert_eq!(many.items[0].as_ref(), all.last());
    assert_eq!(many.items[131], many.items[130]);
    assert!(B::TRAITS.amount(many.cost) >= 65.0, "{:?}", many.cost);
    let consistent = Order::get_many([all[0].primary_key()]).consistent();
    assert_eq!(consistent.send(&shop).await.unwrap().found(), [all[0].clone()]);
    let none = Order::get_many(Vec::<Key<Order>>::new()).send(&shop).await.unwrap();
    assert!(none.items.is_empty() && none.missing.is_empty());
}
