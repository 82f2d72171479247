//! Pages that are read as values while the SDK decodes them, against the same pages read as documents.

use crate::smoke::{Order, Shop};
use crate::support::Emulator;
use azure_data_cosmos::clients::ContainerClient;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use serde_json::{Map, Value, json};

/// Writes a document as another program would.
async fn upsert(container: &ContainerClient, id: &str, document: &str) {
    let document: Map<String, Value> = serde_json::from_str(document).unwrap();
    container.upsert_item("CUSTOMER#C1", id, document, None).await.unwrap();
}

async fn started() -> (Emulator, ContainerClient, Table<Shop, Cosmos>) {
    let emulator = Emulator::start().await;
    let container = emulator.container("shop", "/pk").await;
    let shop = Shop::on(Cosmos::new(container.clone()));
    (emulator, container, shop)
}

/// The orders as values, and as documents.
async fn both(shop: &Table<Shop, Cosmos>) -> [Result<Vec<Order>, String>; 2] {
    let query = || Order::by_customer("C1");
    let values = query().page(shop).await.map(|page| page.items);
    let documents = query().page_results(shop).await.unwrap().items;
    let documents: Result<Vec<Order>, _> = documents.into_iter().collect();
    [values, documents].map(|orders| orders.map_err(|error| error.to_string()))
}

fn order(number: u32, note: &str) -> Order {
    let order_id = format!("O{number}");
    Order { id: "C1".into(), order_id, note: Some(note.into()), total: 2.0 }
}

#[tokio::test]
async fn documents_are_read_in_whatever_order_their_properties_are() {
    let (_emulator, container, shop) = started().await;
    let fields = r#""id_": "C1", "total": 2, "note": "x\n\"ü\"\u00e4", "order_id""#;
    let keys = r#""pk": "CUSTOMER#C1", "_type": "Order", "sk": "ORDER#"#;
    upsert(&container, "ORDER~O1", &format!(r#"{{"id": "ORDER~O1", {keys}O1", {fields}: "O1"}}"#))
        .await;
    // The fields come first, the tag is last, and there are properties that nobody knows.
    let mixed = format!(
        r#"{{{fields}: "O2", "more": {{"a": [1, null, -0.5, "\ud83d\ude00"], "id": 3}}, "id": "ORDER~O2", {keys}O2"}}"#
    );
    upsert(&container, "ORDER~O2", &mixed).await;
    // Numbers have many forms.
    let keyed = format!(r#"{{"id": "ORDER~O3", {keys}O3", {fields}: "O3"}}"#);
    upsert(&container, "ORDER~O3", &keyed.replace("2,", "2.0e0,")).await;
    order(4, "our own").put().send(&shop).await.unwrap();
    let [values, documents] = both(&shop).await;
    let note = "x\n\"ü\"ä";
    let expected = vec![order(1, note), order(2, note), order(3, note), order(4, "our own")];
    assert_eq!(values.unwrap(), expected);
    assert_eq!(documents.unwrap(), expected);
}

#[tokio::test]
async fn what_cannot_be_read_has_the_same_error_in_both_ways() {
    let cases = [
        // No tag, a tag that is no text, another tag.
        json!({"sk": "ORDER#O1", "order_id": "O1"}),
        json!({"sk": "ORDER#O1", "_type": 5, "order_id": "O1"}),
        json!({"sk": "ORDER#O1", "_type": {"a": [1, 2.5, true, null]}, "order_id": "O1"}),
        json!({"sk": "ORDER#O1", "_type": "Other", "order_id": "O1"}),
        // A field that is missing, and fields of another type.
        json!({"sk": "ORDER#O1", "_type": "Order", "id_": "C1", "total": 1}),
        json!({"sk": "ORDER#O1", "_type": "Order", "id_": "C1", "order_id": "O1", "total": "much"}),
        json!({"sk": "ORDER#O1", "_type": "Order", "id_": "C1", "order_id": {"a": [1]}, "total": 1}),
        json!({"sk": "ORDER#O1", "_type": "Order", "id_": "C1", "order_id": [], "total": 1}),
        json!({"sk": "ORDER#O1", "_type": "Order", "id_": "C1", "order_id": "O1", "total": null}),
    ];
    for (number, case) in cases.into_iter().enumerate() {
        let (_emulator, container, shop) = started().await;
        order(0, "readable").put().send(&shop).await.unwrap();
        order(9, "readable").put().send(&shop).await.unwrap();
        let Value::Object(mut document) = case else { unreachable!() };
        document.insert("id".into(), "ORDER~O1".into());
        document.insert("pk".into(), "CUSTOMER#C1".into());
        container.upsert_item("CUSTOMER#C1", "ORDER~O1", document, None).await.unwrap();
        let [values, documents] = both(&shop).await;
        let (values, documents) = (values.unwrap_err(), documents.unwrap_err());
        assert_eq!(values, documents, "case {number}");
        assert!(values.contains("CUSTOMER#C1 / ORDER#O1"), "case {number}: {values}");
        assert!(!values.contains("much"), "case {number}: {values}");
    }
}

#[tokio::test]
async fn pages_of_values_end_where_pages_of_documents_end() {
    let (_emulator, _container, shop) = started().await;
    for number in 10..50 {
        order(number, &"x".repeat(1024)).put().send(&shop).await.unwrap();
    }
    let query = || Order::by_customer("C1");
    let (mut after, mut pages) = (None, 0);
    loop {
        let values = query().after(after.clone()).page_size(3).page(&shop).await.unwrap();
        let documents = query().after(after).page_size(3).page_results(&shop).await.unwrap();
        let documents: Vec<_> = documents.items.into_iter().map(Result::unwrap).collect();
        assert_eq!(values.items, documents);
        pages += 1;
        after = values.cursor;
        if after.is_none() {
            break;
        }
    }
    assert!((14..=15).contains(&pages), "{pages}");
    assert_eq!(query().all(&shop).await.unwrap().len(), 40);
    assert_eq!(
        query().descending().limit(7).all(&shop).await.unwrap()[6],
        order(43, &"x".repeat(1024))
    );
}
