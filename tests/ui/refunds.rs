// Two entities with the same fields and arguments, which the tests of names use.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Index)]
pub struct ByState;

#[derive(Debug, Table)]
#[table(indexes(ByState))]
pub enum Shop {
    Order(Order),
    Refund(Refund),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
#[access(orders)]
#[access(orders_by_state, index = ByState, pk = "ORDERS#{state}", sk = "{day}#{total}")]
pub struct Order {
    pub customer: u64,
    pub number: u32,
    pub state: String,
    pub day: u32,
    pub total: u64,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "REFUND#{number}")]
#[access(refunds)]
#[access(refunds_by_state, index = ByState, pk = "REFUNDS#{state}", sk = "{day}#{total}")]
pub struct Refund {
    pub customer: u64,
    pub number: u32,
    pub state: String,
    pub day: u32,
    pub total: u64,
    pub note: Option<String>,
}
