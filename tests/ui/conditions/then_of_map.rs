// A map of documents: the entry is missing.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Debug, Table)]
pub enum People {
    Person(Person),
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = People, pk = "PERSON#{id}", sk = "PROFILE")]
pub struct Person {
    pub id: String,
    pub addresses: HashMap<String, Address>,
}

#[derive(Debug, Clone, Serialize, Deserialize, Document)]
pub struct Address {
    pub zip: String,
}

fn main() {
    let _ = Person::ADDRESSES.then(Address::ZIP).eq("10115");
}
