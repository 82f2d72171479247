//! What is sent for each kind of request, beside what somebody would send who knows Cosmos DB well.

use crate::smoke::{Customer, Order, Shop};
use crate::support::Emulator;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;

const CUSTOMER: &str = r#"x-ms-documentdb-partitionkey: ["CUSTOMER#C1"]"#;

async fn shop() -> (Emulator, Table<Shop, Cosmos>) {
    let emulator = Emulator::start().await;
    let container = emulator.container("shop", "/pk").await;
    let shop = Shop::on(Cosmos::new(container));
    customer().put().send(&shop).await.unwrap();
    emulator.requests();
    (emulator, shop)
}

fn customer() -> Customer {
    Customer { id: "C1".into(), name: "Zoë".into(), orders: 0 }
}

/// Asserts what was sent since the last time. Blank lines and indents do not count.
fn assert_sent(emulator: &Emulator, expected: &str) {
    let lines = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let expected = expected.replace("CUSTOMER_KEY", CUSTOMER);
    assert_eq!(lines(&emulator.requests().join("\n")), lines(&expected));
}

#[tokio::test]
async fn a_get_is_a_point_read() {
    let (emulator, shop) = shop().await;
    Customer::get("C1").send(&shop).await.unwrap().unwrap();
    assert_sent(
        &emulator,
        "GET /dbs/db/colls/shop/docs/PROFILE
         CUSTOMER_KEY",
    );
    Customer::get("C1").consistent().send(&shop).await.unwrap().unwrap();
    assert_sent(
        &emulator,
        "GET /dbs/db/colls/shop/docs/PROFILE
         CUSTOMER_KEY
         x-ms-cosmos-read-consistency-strategy: LatestCommitted",
    );
    // A query of one key is one, too: it costs a third of a query.
    assert!(Customer::key("C1").exists().send(&shop).await.unwrap());
    assert_sent(
        &emulator,
        "GET /dbs/db/colls/shop/docs/PROFILE
         CUSTOMER_KEY",
    );
}

#[tokio::test]
async fn a_put_is_an_upsert_and_a_create_is_a_create() {
    let (emulator, shop) = shop().await;
    customer().put().send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"POST /dbs/db/colls/shop/docs
           CUSTOMER_KEY
           x-ms-documentdb-is-upsert: true
           prefer: return=minimal
           {"id":"PROFILE","pk":"CUSTOMER#C1","sk":"PROFILE","_type":"Customer","id_":"C1","name":"Zoë","orders":0}"#,
    );
    let order = Order { id: "C1".into(), order_id: "O/1".into(), note: None, total: 1.5 };
    order.create().send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"POST /dbs/db/colls/shop/docs
           CUSTOMER_KEY
           prefer: return=minimal
           {"id":"ORDER~O_2F1","_op":"NAME","pk":"CUSTOMER#C1","sk":"ORDER#O/1","_type":"Order","id_":"C1","order_id":"O/1","total":1.5}"#,
    );
}

#[tokio::test]
async fn an_unconditional_update_is_a_patch() {
    let (emulator, shop) = shop().await;
    let update = || Customer::key("C1").update();
    update().set(Customer::NAME, "Ann").send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"PATCH /dbs/db/colls/shop/docs/PROFILE
           CUSTOMER_KEY
           prefer: return=minimal
           {"operations":[{"op":"set","path":"/name","value":"Ann"}]}"#,
    );
    // The answer is needed to see that the sum is exact.
    update().increment(Customer::ORDERS, 2).send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"PATCH /dbs/db/colls/shop/docs/PROFILE
           CUSTOMER_KEY
           {"operations":[{"op":"incr","path":"/orders","value":2}]}"#,
    );
    let order = Order { id: "C1".into(), order_id: "1".into(), note: Some("a".into()), total: 1.5 };
    order.put().send(&shop).await.unwrap();
    emulator.requests();
    Order::key("C1", "1").update().remove(Order::NOTE).send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"PATCH /dbs/db/colls/shop/docs/ORDER~1
           CUSTOMER_KEY
           prefer: return=minimal
           {"operations":[{"op":"set","path":"/note","value":null},{"op":"remove","path":"/note"}]}"#,
    );
    // The service would add with floats, so the sum of a float or a decimal is made from the stored item.
    Order::key("C1", "1").update().increment(Order::TOTAL, 0.1).send(&shop).await.unwrap();
    let requests = emulator.requests();
    assert!(requests[0].starts_with("GET ") && requests[1].starts_with("PUT "), "{requests:?}");
    let order = Order::get("C1", "1").send(&shop).await.unwrap().unwrap();
    assert_eq!((order.total, order.note), (1.6, None));
}

#[tokio::test]
async fn other_updates_replace_what_was_read() {
    let (emulator, shop) = shop().await;
    let customer = Customer::get("C1").send(&shop).await.unwrap().unwrap();
    emulator.requests();
    // The item was just read, so it is not read again.
    let update = customer.update().set(Customer::NAME, "Ann").if_unchanged(Customer::ORDERS);
    update.send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"PUT /dbs/db/colls/shop/docs/PROFILE
           CUSTOMER_KEY
           if-match: ETAG
           prefer: return=minimal
           {"id":"PROFILE","_op":"NAME","_type":"Customer","id_":"C1","name":"Ann","orders":0,"pk":"CUSTOMER#C1","sk":"PROFILE"}"#,
    );
    let update = Customer::key("C1").update().set(Customer::NAME, "Bob");
    update.when(Customer::NAME.eq("Ann")).send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"GET /dbs/db/colls/shop/docs/PROFILE
           CUSTOMER_KEY
           PUT /dbs/db/colls/shop/docs/PROFILE
           CUSTOMER_KEY
           if-match: ETAG
           prefer: return=minimal
           {"id":"PROFILE","_op":"NAME","_type":"Customer","id_":"C1","name":"Bob","orders":0,"pk":"CUSTOMER#C1","sk":"PROFILE"}"#,
    );
}

#[tokio::test]
async fn deletes() {
    let (emulator, shop) = shop().await;
    Customer::key("C1").delete().when(Customer::ORDERS.eq(0)).send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        "GET /dbs/db/colls/shop/docs/PROFILE
         CUSTOMER_KEY
         DELETE /dbs/db/colls/shop/docs/PROFILE
         CUSTOMER_KEY
         if-match: ETAG
         prefer: return=minimal",
    );
    Customer::key("C1").delete().send(&shop).await.unwrap();
    assert_sent(
        &emulator,
        "DELETE /dbs/db/colls/shop/docs/PROFILE
         CUSTOMER_KEY
         prefer: return=minimal",
    );
}

#[tokio::test]
async fn a_query_stays_in_its_partition() {
    let (emulator, shop) = shop().await;
    let orders = || Order::by_customer("C1");
    let filter = Order::TOTAL.gt(1.0) & Order::NOTE.absent();
    orders().begins_with("a").filter(filter).descending().limit(3).all(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"POST /dbs/db/colls/shop/docs
           CUSTOMER_KEY
           x-ms-documentdb-isquery: True
           x-ms-max-item-count: 3
           {"query":"SELECT * FROM c WHERE STARTSWITH(c['sk'], @p1) AND ((IS_NUMBER(c['total']) AND c['total'] > @p2) AND (NOT IS_DEFINED(c['note']))) ORDER BY c['sk'] DESC","parameters":[{"name":"@p1","value":"ORDER#a"},{"name":"@p2","value":1}]}"#,
    );
    orders().count(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"POST /dbs/db/colls/shop/docs
           CUSTOMER_KEY
           x-ms-documentdb-isquery: True
           {"query":"SELECT VALUE COUNT(1) FROM c WHERE STARTSWITH(c['sk'], @p1)","parameters":[{"name":"@p1","value":"ORDER#"}]}"#,
    );
    for n in 0..3 {
        let order = Order { id: "C1".into(), order_id: n.to_string(), note: None, total: 1.0 };
        order.put().send(&shop).await.unwrap();
    }
    let page = orders().page_size(2).page(&shop).await.unwrap();
    emulator.requests();
    orders().page_size(2).after(page.cursor.unwrap()).page(&shop).await.unwrap();
    assert_sent(
        &emulator,
        r#"POST /dbs/db/colls/shop/docs
           CUSTOMER_KEY
           x-ms-documentdb-isquery: True
           x-ms-max-item-count: 2
           {"query":"SELECT * FROM c WHERE STARTSWITH(c['sk'], @p1) AND c['sk'] > @p2 ORDER BY c['sk'] ASC","parameters":[{"name":"@p1","value":"ORDER#"},{"name":"@p2","value":"ORDER#1"}]}"#,
    );
}
