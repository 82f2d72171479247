// The shop that the tests use.

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
pub struct Gsi1;

#[derive(Index)]
pub struct Gsi2;

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2))]
pub enum Shop {
    Customer(Customer),
    Order(Order),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
pub struct Customer {
    pub customer_id: CustomerId,
    pub name: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
#[access(by_customer)]
#[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{placed_at:s}#{order_id}")]
#[access(by_region, index = Gsi2, pk = "REGION#{region}", sk = "{status}#{total}")]
pub struct Order {
    pub customer_id: CustomerId,
    pub order_id: String,
    pub status: Status,
    pub placed_at: Timestamp,
    pub total: u32,
    pub region: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, KeyPart)]
pub enum Status {
    Placed,
    Paid,
}

#[derive(Debug, Clone, Serialize, Deserialize, KeyPart)]
pub struct CustomerId(pub String);
