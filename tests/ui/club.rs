// A club with every rule that writes keep, and a field of every form.

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

#[derive(Index)]
pub struct ByPlace;

#[derive(Index)]
#[index(projection = keys_only)]
pub struct ByState;

#[derive(Debug, Table)]
#[table(indexes(ByPlace, ByState))]
pub enum Club {
    Member(Member),
    Account(Account),
    Session(Session),
    Seat(Seat),
    Fee(Fee),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Club, pk = "MEMBER#{id}", sk = "PROFILE", unique(email))]
#[access(by_city, index = ByPlace, pk = "CITY#{city}", sk = "{name}")]
pub struct Member {
    pub id: String,
    pub email: String,
    pub name: String,
    pub city: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Club, pk = "MEMBER#{id}", sk = "ACCOUNT#{name}", version = revision)]
#[access(accounts)]
pub struct Account {
    pub id: String,
    pub name: String,
    pub balance: i64,
    pub revision: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Club, pk = "SESSION#{token}", sk = "SESSION", ttl = ends_at)]
pub struct Session {
    pub token: String,
    pub ends_at: Option<Timestamp>,
    pub started_at: Timestamp,
    pub is_open: bool,
    pub address: Option<Address>,
    pub score: Decimal,
    #[serde(with = "hidden")]
    pub secret: String,
    #[serde(default, with = "monotable::set")]
    pub tags: BTreeSet<String>,
    pub groups: HashSet<String>,
    pub visits: Vec<u32>,
    pub notes: BTreeMap<String, String>,
    pub clicks: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
pub struct Address {
    pub street: String,
    pub zip: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
pub struct Device {
    pub model: String,
}

// As serde does decimals: as text.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decimal(pub String);

pub mod hidden {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub fn serialize<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
        text.serialize(to)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
        String::deserialize(from)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(
    table = Club,
    pk = "HALL#{hall}",
    sk = "SEAT#{seat}",
    version = version,
    ttl = until,
    unique(holder)
)]
pub struct Seat {
    pub hall: String,
    pub seat: u16,
    pub holder: Option<String>,
    pub until: Option<i64>,
    pub version: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Club, pk = "MEMBER#{id}", sk = "FEE#{number}")]
#[access(by_year, index = ByPlace, pk = "YEAR#{year}", sk = "{tariff}#{amount}#{due:s}")]
#[access(by_state, index = ByState, pk = "STATE#{state}", sk = same, when(items = None, is_paid = false))]
pub struct Fee {
    pub id: String,
    pub number: u32,
    pub year: u16,
    pub tariff: String,
    pub amount: u32,
    pub due: Timestamp,
    pub state: String,
    pub items: Option<Vec<String>>,
    pub is_paid: bool,
}
