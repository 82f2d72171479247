//! A table with every rule for entities, and its handle with a recorded connection.

use crate::support::{Answer, Wire, backend, ok};
use monotable::prelude::*;
use monotable_dynamodb::DynamoDb;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub(crate) struct Gsi1;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Gsi1))]
pub(crate) enum Shop {
    Order(Order),
    Account(Account),
    Session(Session),
    User(User),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{id}")]
#[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{region}#{placed}")]
pub(crate) struct Order {
    pub(crate) customer: String,
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) region: Option<String>,
    pub(crate) placed: u32,
    pub(crate) total: u32,
    pub(crate) note: Option<String>,
    pub(crate) lines: Vec<String>,
    #[serde(default, with = "monotable::set", skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) tags: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ACCOUNT#{id}", sk = "ACCOUNT", version = version)]
pub(crate) struct Account {
    pub(crate) id: String,
    pub(crate) balance: i64,
    pub(crate) version: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "SESSION#{id}", sk = "SESSION#{part}", ttl = ends)]
#[access(parts)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) part: u8,
    pub(crate) ends: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "USER#{id}", sk = "USER", unique(email))]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) email: String,
}

pub(crate) fn order() -> Order {
    Order {
        customer: "C1".into(),
        id: "1".into(),
        status: "placed".into(),
        region: Some("north".into()),
        placed: 5,
        total: 7,
        note: None,
        lines: Vec::new(),
        tags: BTreeSet::new(),
    }
}

/// A table whose first `answers` requests get an empty answer.
pub(crate) fn shop(answers: usize) -> (Table<Shop, DynamoDb>, Wire) {
    answered((0..answers).map(|_| ok(json!({}))))
}

pub(crate) fn answered(answers: impl IntoIterator<Item = Answer>) -> (Table<Shop, DynamoDb>, Wire) {
    let (backend, wire) = backend(answers);
    (Shop::on(backend), wire)
}

/// The bodies that were sent, without the members that all writes and reads have.
pub(crate) fn only(wire: &Wire, operation: &str) -> Json {
    let (target, mut body) = wire.only();
    assert_eq!(target, crate::support::target(operation));
    let all = body.as_object_mut().unwrap();
    assert_eq!(all.remove("ReturnConsumedCapacity"), Some("TOTAL".into()));
    if let Some(name) = all.remove("TableName") {
        assert_eq!(name, "shop-test");
    }
    body
}
