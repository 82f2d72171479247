//! Puts, creates, deletes and reads by key.

use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::{Customer, Order, Shop, Status, order};

pub async fn put_then_get<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut stored = order("C001", "ORD-001");
    stored.note = Some("with love".into());
    assert_eq!(Order::get("C001", "ORD-001").send(&shop).await.unwrap(), None);
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::get("C001", "ORD-001").send(&shop).await.unwrap(), Some(stored.clone()));
    assert_eq!(stored.primary_key().get().send(&shop).await.unwrap(), Some(stored));
    assert_eq!(Order::get("C001", "ORD-002").send(&shop).await.unwrap(), None);
    assert_eq!(Order::get("C002", "ORD-001").send(&shop).await.unwrap(), None);
}

pub async fn create_is_refused_if_the_item_exists_and_the_error_has_that_item<B: Store>(
    backend: B,
) {
    let shop = Shop::on(backend);
    let stored = order("C001", "ORD-001");
    stored.create().send(&shop).await.unwrap();
    let mut second = stored.clone();
    second.total = 7;
    let error = second.create().send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed());
    assert_eq!(error.current::<Order>(), Some(&stored));
    assert_eq!(error.current::<Customer>(), None);
    let text = error.to_string();
    assert!(text.contains("Order::create") && text.contains("ORDER#ORD-001"), "{text}");
    assert_eq!(Order::get("C001", "ORD-001").send(&shop).await.unwrap(), Some(stored));
}

pub async fn put_replaces_the_whole_item<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut stored = order("C001", "ORD-001");
    stored.note = Some("first".into());
    stored.put().send(&shop).await.unwrap();
    stored.note = None;
    stored.status = Status::Paid;
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::get("C001", "ORD-001").send(&shop).await.unwrap(), Some(stored));
}

pub async fn delete_is_idempotent<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let stored = order("C001", "ORD-001");
    stored.put().send(&shop).await.unwrap();
    stored.delete().send(&shop).await.unwrap();
    assert_eq!(Order::get("C001", "ORD-001").send(&shop).await.unwrap(), None);
    stored.delete().send(&shop).await.unwrap();
    Order::key("C001", "never").delete().send(&shop).await.unwrap();
}

pub async fn none_is_not_stored<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    let customer = Customer { customer_id: "C001".into(), name: "Ada".into(), email: None };
    customer.put().send(&shop).await.unwrap();
    assert_eq!(Customer::get("C001").send(&shop).await.unwrap(), Some(customer.clone()));
    // With `deserialize_with`, serde does not accept a missing `Option`.
    #[derive(serde::Deserialize, Debug)]
    struct Strict {
        #[serde(deserialize_with = "text")]
        #[allow(dead_code)]
        email: Option<String>,
    }
    fn text<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
        serde::Deserialize::deserialize(d)
    }
    let request = Customer::get("C001").request().unwrap();
    let item = backend.get(request).await.unwrap().item.unwrap();
    let error = monotable::backend::Item::decode::<Strict>(&item).unwrap_err();
    assert!(error.to_string().contains("missing field `email`"), "{error}");
}

pub async fn consistent_get<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let stored = order("C001", "ORD-001");
    stored.put().send(&shop).await.unwrap();
    let (found, cost) =
        Order::get("C001", "ORD-001").consistent().send_with_cost(&shop).await.unwrap();
    assert_eq!(found, Some(stored));
    B::TRAITS.check_reads(cost, 1.0);
    let (_, cost) = Order::get("C001", "ORD-001").send_with_cost(&shop).await.unwrap();
    // A cache reads consistently what it keeps.
    B::TRAITS.check_reads(cost, if B::TRAITS.is_cached { 1.0 } else { 0.5 });
}

pub async fn create_if_missing_keeps_an_existing_table<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    shop.create_if_missing().await.unwrap();
    let stored = order("C001", "ORD-001");
    stored.put().send(&shop).await.unwrap();
    shop.create_if_missing().await.unwrap();
    assert_eq!(Order::get("C001", "ORD-001").send(&shop).await.unwrap(), Some(stored));
}

/// The futures of all requests are `Send` on every backend.
pub async fn requests_can_be_spawned<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let task = async move {
        shop.create_if_missing().await?;
        let stored = order("C001", "1");
        stored.create().send(&shop).await?;
        stored.put().send(&shop).await?;
        let found = Order::get("C001", "1").consistent().send(&shop).await?;
        let all = Order::by_customer("C001").range("0"..).all(&shop).await?;
        let first = Order::by_status(Status::Placed).first(&shop).await?;
        let count = Order::by_region("north").count(&shop).await?;
        let page = Order::by_customer("C001").page(&shop).await?;
        stored.delete().send(&shop).await?;
        Ok::<_, monotable::Error>((found == first, all == page.items, count))
    };
    assert_eq!(tokio::spawn(task).await.unwrap().unwrap(), (true, true, 0));
}
