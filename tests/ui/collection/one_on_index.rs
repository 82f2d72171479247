// Several items can have the same key on an index.

use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByCity))]
enum Shop {
    Customer(Customer),
    Branch(Branch),
}

#[derive(Index)]
struct ByCity;

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{id}", sk = "PROFILE")]
#[access(by_city, index = ByCity, pk = "CITY#{city}", sk = "CUSTOMER#{id}")]
struct Customer {
    id: String,
    city: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "BRANCH#{number}", sk = "BRANCH")]
#[access(by_city, index = ByCity, pk = "CITY#{city}", sk = "BRANCH")]
struct Branch {
    number: u32,
    city: String,
}

#[derive(Collection)]
#[collection(index = ByCity)]
struct City {
    branch: Option<Branch>,
    customers: Vec<Customer>,
}

fn main() {}
