//! The same requests by hand with the SDK, written for speed: values are moved out of the item and not
//! copied.

use crate::order::{ORDERS, Order, Status, TABLE};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeValue, Put, PutRequest, ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem, WriteRequest,
};
use std::collections::HashMap;

pub type Map = HashMap<String, AttributeValue>;

pub async fn get(client: &Client, order: &Order) -> Option<Order> {
    fetch(client, order).await.map(|item| read(item).expect("an order"))
}

pub async fn put(client: &Client, order: &Order) {
    store(client, order, written(order)).await;
}

pub async fn query(client: &Client, order: &Order) -> Vec<Order> {
    let items = list(client, order).await;
    items.into_iter().map(|item| read(item).expect("an order")).collect()
}

/// Reads one order.
pub async fn fetch(client: &Client, order: &Order) -> Option<Map> {
    let call = client
        .get_item()
        .table_name(TABLE)
        .key("pk", AttributeValue::S(format!("CUSTOMER#{}", order.customer_id)))
        .key("sk", AttributeValue::S(format!("ORDER#{}", order.order_id)))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    call.send().await.expect("a get").item
}

/// Writes one order. Its keys and tag are added here.
pub async fn store(client: &Client, order: &Order, item: Map) {
    let call = client
        .put_item()
        .table_name(TABLE)
        .set_item(Some(with_keys(order, item)))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    call.send().await.expect("a put");
}

fn with_keys(order: &Order, mut item: Map) -> Map {
    item.insert("pk".into(), AttributeValue::S(format!("CUSTOMER#{}", order.customer_id)));
    item.insert("sk".into(), AttributeValue::S(format!("ORDER#{}", order.order_id)));
    item.insert("_type".into(), AttributeValue::S("Order".to_owned()));
    item
}

/// Pays an order, if it is there.
pub async fn update(client: &Client, order: &Order) {
    set_status(client, order, AttributeValue::S("Paid".to_owned())).await;
}

pub async fn set_status(client: &Client, order: &Order, status: AttributeValue) {
    let call = client
        .update_item()
        .table_name(TABLE)
        .key("pk", AttributeValue::S(format!("CUSTOMER#{}", order.customer_id)))
        .key("sk", AttributeValue::S(format!("ORDER#{}", order.order_id)))
        .update_expression("SET #0 = :0")
        .condition_expression("attribute_exists(#1)")
        .expression_attribute_names("#0", "status")
        .expression_attribute_names("#1", "pk")
        .expression_attribute_values(":0", status)
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    call.send().await.expect("an update");
}

pub async fn batch(client: &Client, orders: &[Order]) {
    store_all(client, orders, written).await;
}

/// Writes orders in one batch. What `write` returns has no keys and no tag.
pub async fn store_all(client: &Client, orders: &[Order], write: impl Fn(&Order) -> Map) {
    let writes = orders.iter().map(|order| {
        let put = PutRequest::builder().set_item(Some(with_keys(order, write(order))));
        WriteRequest::builder().put_request(put.build().expect("a put")).build()
    });
    let call = client
        .batch_write_item()
        .request_items(TABLE, writes.collect())
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    call.send().await.expect("a batch");
}

pub async fn transaction(client: &Client, orders: &[Order]) {
    transact(client, orders, written).await;
}

/// Writes orders in one transaction. What `write` returns has no keys and no tag.
pub async fn transact(client: &Client, orders: &[Order], write: impl Fn(&Order) -> Map) {
    let writes = orders.iter().map(|order| {
        let item = Some(with_keys(order, write(order)));
        let put = Put::builder().table_name(TABLE).set_item(item).build().expect("a put");
        TransactWriteItem::builder().put(put).build()
    });
    let call = client
        .transact_write_items()
        .set_transact_items(Some(writes.collect()))
        .client_request_token("01234567890123456789")
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    call.send().await.expect("a transaction");
}

/// Reads a page of the customer's orders.
pub async fn list(client: &Client, order: &Order) -> Vec<Map> {
    let call = client
        .query()
        .table_name(TABLE)
        .key_condition_expression("#pk = :pk AND begins_with(#sk, :sk)")
        .expression_attribute_names("#pk", "pk")
        .expression_attribute_names("#sk", "sk")
        .expression_attribute_values(
            ":pk",
            AttributeValue::S(format!("CUSTOMER#{}", order.customer_id)),
        )
        .expression_attribute_values(":sk", AttributeValue::S(ORDERS.to_owned()))
        .return_consumed_capacity(ReturnConsumedCapacity::Total);
    call.send().await.expect("a page").items.unwrap_or_default()
}

fn read(mut item: Map) -> Option<Order> {
    if item.get("_type")?.as_s().ok()? != "Order" {
        return None;
    }
    Some(Order {
        customer_id: text(&mut item, "customer_id")?,
        order_id: text(&mut item, "order_id")?,
        status: match item.get("status")?.as_s().ok()?.as_str() {
            "Placed" => Status::Placed,
            "Paid" => Status::Paid,
            _ => return None,
        },
        placed_at: item.get("placed_at")?.as_n().ok()?.parse().ok()?,
        currency: text(&mut item, "currency")?,
        total_cents: item.get("total_cents")?.as_n().ok()?.parse().ok()?,
        discount: item.get("discount")?.as_n().ok()?.parse().ok()?,
        quantity: item.get("quantity")?.as_n().ok()?.parse().ok()?,
        email: text(&mut item, "email")?,
        city: text(&mut item, "city")?,
        note: text(&mut item, "note"),
        is_gift: *item.get("is_gift")?.as_bool().ok()?,
    })
}

fn text(item: &mut Map, name: &str) -> Option<String> {
    match item.remove(name) {
        Some(AttributeValue::S(text)) => Some(text),
        _ => None,
    }
}

fn written(order: &Order) -> Map {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let status = match order.status {
        Status::Placed => "Placed",
        Status::Paid => "Paid",
    };
    let mut item = HashMap::with_capacity(15);
    item.insert("customer_id".to_owned(), text(&order.customer_id));
    item.insert("order_id".to_owned(), text(&order.order_id));
    item.insert("status".to_owned(), text(status));
    item.insert("placed_at".to_owned(), AttributeValue::N(order.placed_at.to_string()));
    item.insert("currency".to_owned(), text(&order.currency));
    item.insert("total_cents".to_owned(), AttributeValue::N(order.total_cents.to_string()));
    item.insert("discount".to_owned(), AttributeValue::N(order.discount.to_string()));
    item.insert("quantity".to_owned(), AttributeValue::N(order.quantity.to_string()));
    item.insert("email".to_owned(), text(&order.email));
    item.insert("city".to_owned(), text(&order.city));
    if let Some(note) = &order.note {
        item.insert("note".to_owned(), text(note));
    }
    item.insert("is_gift".to_owned(), AttributeValue::Bool(order.is_gift));
    item
}
