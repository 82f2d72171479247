#![no_implicit_prelude]
#![deny(warnings)]

use ::std::prelude::v1::{Debug, Option, String, derive};

#[derive(Debug, ::db::Table)]
#[table(indexes(ByStatus), crate = "::db", lock = "shop.keys")]
pub enum Shop {
    Order(Order),
    Customer(Customer),
}

#[derive(Debug, ::db::Index)]
#[index(crate = "::db")]
pub struct ByStatus;

#[derive(Debug, ::serde::Serialize, ::serde::Deserialize, ::db::Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE", unique(email), version = version, crate = "::db")]
pub struct Customer {
    pub id: String,
    pub email: Option<String>,
    pub version: u64,
}

#[derive(Debug, ::serde::Serialize, ::serde::Deserialize, ::db::Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}", crate = "::db")]
#[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{id}")]
pub struct Order {
    pub customer: String,
    pub id: u32,
    pub status: Status,
    pub note: Option<String>,
}

#[derive(Debug, ::core::clone::Clone, ::serde::Serialize, ::serde::Deserialize, ::db::KeyPart)]
#[key_part(crate = "::db")]
pub enum Status {
    Open,
    Paid,
}
