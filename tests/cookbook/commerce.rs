//! An e-commerce application: customers with addresses, and their orders.
//!
//! Published in Alex DeBrie, "The DynamoDB Book" (2020), chapter 19, "Building an E-commerce Application",
//! <https://www.dynamodbbook.com>.
//!
//! It shows two unique values of one entity, a parent with its newest children, and an index that puts the same
//! orders together with their items.
//!
//! | entity | PK | SK | GSI1PK | GSI1SK |
//! |---|---|---|---|---|
//! | Customer | `CUSTOMER#username` | `CUSTOMER#username` | | |
//! | the guard of an email | `CUSTOMEREMAIL#email` | `CUSTOMEREMAIL#email` | | |
//! | Order | `CUSTOMER#username` | `#ORDER#order` | `ORDER#order` | `ORDER#order` |
//! | OrderItem | `ORDER#order#ITEM#item` | `ORDER#order#ITEM#item` | `ORDER#order` | `ITEM#item` |

pub mod patterns;

use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Table)]
#[table(indexes(Gsi1), pk = "PK", sk = "SK")]
#[allow(dead_code)]
pub enum Commerce {
    Customer(Customer),
    Order(Order),
    OrderItem(OrderItem),
}

#[derive(Debug, Index)]
#[index(name = "GSI1", pk = "GSI1PK", sk = "GSI1SK")]
pub struct Gsi1;

/// The username is unique because it is the key, and the email because it has a guard: an item with the email as
/// its key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Commerce,
    pk = "CUSTOMER#{username}",
    sk = "CUSTOMER#{username}",
    unique(email, pk = "CUSTOMEREMAIL#{email}", sk = "CUSTOMEREMAIL#{email}")
)]
pub struct Customer {
    pub username: String,
    pub email: String,
    pub name: String,
    /// A customer has few addresses, so they are a part of the customer.
    pub addresses: BTreeMap<String, Address>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
pub struct Address {
    pub street: String,
    pub city: String,
}

/// The ids of orders have the order in which they are placed, such as those of KSUIDs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Commerce, pk = "CUSTOMER#{username}", sk = "#ORDER#{order}")]
#[access(of_customer)]
#[access(by_id, index = Gsi1, pk = "ORDER#{order}", sk = "ORDER#{order}")]
pub struct Order {
    pub username: String,
    pub order: String,
    pub status: Status,
    pub items: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Status {
    Accepted,
    Shipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Commerce, pk = "ORDER#{order}#ITEM#{item}", sk = "ORDER#{order}#ITEM#{item}")]
#[key(index = Gsi1, pk = "ORDER#{order}", sk = "ITEM#{item}")]
pub struct OrderItem {
    pub order: String,
    pub item: String,
    pub price: u32,
}

/// A customer with orders. `#` is before all letters, so the newest orders follow the customer in descending
/// order.
#[derive(Debug, PartialEq, Collection)]
pub struct CustomerWithOrders {
    pub customer: Customer,
    pub orders: Vec<Order>,
}

/// An order with its items, in one partition of the index. The keys allow equal ids of orders of several customers,
/// so this is a list. There is one.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi1)]
pub struct OrderWithItems {
    pub orders: Vec<Order>,
    pub items: Vec<OrderItem>,
}
