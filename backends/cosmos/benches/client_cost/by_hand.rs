//! The same requests with the SDK and serde: a struct with the keys beside the fields to write, and the order itself to
//! read, whose other properties serde skips.

use crate::order::{ORDERS, Order, Status};
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::options::{MaxItemCountHint, QueryOptions};
use azure_data_cosmos::{FeedScope, Query};
use futures_util::StreamExt as _;
use serde::Serialize;
use std::num::NonZeroU32;

/// The document of an order.
#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    pk: &'a str,
    sk: String,
    #[serde(rename = "_type")]
    tag: &'a str,
    customer_id: &'a str,
    order_id: &'a str,
    status: Status,
    placed_at: i64,
    currency: &'a str,
    total_cents: u64,
    discount: f64,
    quantity: u32,
    email: &'a str,
    city: &'a str,
    note: &'a Option<String>,
    is_gift: bool,
}

fn partition(order: &Order) -> String {
    format!("CUSTOMER#{}", order.customer_id)
}

fn id(order: &Order) -> String {
    format!("ORDER~{}", order.order_id)
}

pub async fn get(container: &ContainerClient, order: &Order) -> Option<Order> {
    let found = container.read_item(partition(order), &id(order), None).await.expect("a get");
    Some(found.into_model().expect("an order"))
}

pub async fn put(container: &ContainerClient, order: &Order) {
    let (pk, id) = (partition(order), id(order));
    let document = Document {
        id: &id,
        pk: &pk,
        sk: format!("{ORDERS}{}", order.order_id),
        tag: "Order",
        customer_id: &order.customer_id,
        order_id: &order.order_id,
        status: order.status,
        placed_at: order.placed_at,
        currency: &order.currency,
        total_cents: order.total_cents,
        discount: order.discount,
        quantity: order.quantity,
        email: &order.email,
        city: &order.city,
        note: &order.note,
        is_gift: order.is_gift,
    };
    container.upsert_item(pk.clone(), &id, document, None).await.expect("a put");
}

pub async fn query(container: &ContainerClient, order: &Order) -> Vec<Order> {
    let text = "SELECT * FROM c WHERE STARTSWITH(c.sk, @orders) ORDER BY c.sk";
    let query = Query::from(text).with_parameter("@orders", ORDERS).expect("a query");
    let page = MaxItemCountHint::Limit(NonZeroU32::new(1000).expect("not 0"));
    let options = QueryOptions::default().with_max_item_count(page);
    let scope = FeedScope::partition(partition(order));
    let pages = container.query_items(query, scope, Some(options)).await.expect("a query");
    let page = pages.into_pages().next().await.expect("a page").expect("a page");
    page.into_items()
}
