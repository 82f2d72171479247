// Orders that go through the states of a workflow.

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
pub struct ByStatus;

#[derive(Index)]
pub struct OfCustomer;

#[derive(Debug, Table)]
#[table(indexes(ByStatus, OfCustomer))]
pub enum Shop {
    Order(Order),
    Parcel(Parcel),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
#[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{order_id}")]
pub struct Order {
    pub order_id: String,
    pub status: Status,
    pub total: u32,
    pub note: Option<String>,
    pub payment_id: Option<String>,
    pub paid_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
pub enum Status {
    #[next(Paid, Cancelled)]
    Placed,
    #[adds(Order::PAYMENT_ID, Order::PAID_AT)]
    #[next(Shipped, Cancelled)]
    Paid,
    Shipped,
    Cancelled,
}

/// Its state is in one key with its weight.
#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "PARCEL#{parcel_id}", sk = "PARCEL")]
#[access(of_customer, index = OfCustomer, pk = "CUSTOMER#{customer_id}", sk = "{place}#{weight}")]
pub struct Parcel {
    pub parcel_id: String,
    pub customer_id: String,
    pub place: Place,
    pub weight: u32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart, Workflow)]
pub enum Place {
    #[next(Road)]
    Store,
    #[next(Door, Store)]
    Road,
    Door,
}
