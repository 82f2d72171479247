//! Documents that the service or another program has written.

use crate::smoke::{Customer, Order, Shop};
use crate::support::Emulator;
use azure_data_cosmos::PartitionKey;
use azure_data_cosmos::clients::ContainerClient;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

async fn shop() -> (Emulator, ContainerClient, Table<Shop, Cosmos>) {
    let emulator = Emulator::start().await;
    let container = emulator.container("shop", "/pk").await;
    let shop = Shop::on(Cosmos::new(container.clone()));
    (emulator, container, shop)
}

/// Stores a document as another program does.
async fn store(container: &ContainerClient, document: &Value) {
    let pk = PartitionKey::from(document["pk"].as_str().unwrap().to_owned());
    let id = document["id"].as_str().unwrap();
    container.upsert_item(pk, id, document, None).await.unwrap();
}

/// An order with this total, as the service writes it.
fn order(total: &str) -> Value {
    let total: Value = serde_json::from_str(total).unwrap();
    json!({
        "id": "ORDER~1", "pk": "CUSTOMER#C1", "sk": "ORDER#1", "_type": "Order",
        "id_": "C1", "order_id": "1", "total": total,
    })
}

/// A float is whole from 2^53 on, and the service may write it without an exponent.
#[tokio::test]
async fn large_floats_stay_floats() {
    let (_emulator, container, shop) = shop().await;
    for total in ["9007199254740994", "100000000000000000", "-1e17", "-100000000000000000", "1e100"]
    {
        store(&container, &order(total)).await;
        let update = Order::key("C1", "1").update().set(Order::NOTE, "again");
        let update = update.when(Order::NOTE.absent()).returning_new().send(&shop).await.unwrap();
        assert_eq!(update.total, total.parse::<f64>().unwrap());
        let check = Order::key("C1", "1").check().when(Order::TOTAL.eq(update.total));
        shop.transaction_in(Customer::partition("C1")).add(check).send().await.unwrap();
        assert_eq!(Order::get("C1", "1").send(&shop).await.unwrap(), Some(update));
    }
}

#[derive(Debug, Table)]
enum Counters {
    Counter(Counter),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Counters, pk = "COUNTER#{id}", sk = "COUNTER")]
struct Counter {
    id: String,
    n: i64,
}

/// The service rounds without a word, and the sum is known only when it is stored.
#[tokio::test]
async fn an_increment_past_what_the_service_counts_exactly_says_that_it_was_made() {
    let emulator = Emulator::start().await;
    let counters = Counters::on(Cosmos::new(emulator.container("counters", "/pk").await));
    Counter { id: "a".into(), n: (1 << 53) - 2 }.put().send(&counters).await.unwrap();
    let count = |by| Counter::key("a").update().increment(Counter::N, by).send(&counters);
    count(1).await.unwrap();
    let error = count(2).await.unwrap_err();
    assert!(error.is_written() && !error.is_outcome_unknown(), "{error:?}");
    assert!(error.to_string().contains("`n`"), "{error}");
}
