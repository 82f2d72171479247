//! An online shop: customers, products in warehouses, and orders with their invoice and shipments.
//!
//! Published as "Using DynamoDB as a data store for an online shop" in the Amazon DynamoDB Developer Guide,
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/data-modeling-online-shop.html>, after a
//! data model by Samaneh Utter, <https://github.com/aws-samples/amazon-dynamodb-design-patterns>.
//!
//! It shows one partition with everything about an order, and two overloaded indexes: each has keys of several
//! entities, which mean something else for each of them.
//!
//! | entity | PK | SK | GSI1-PK | GSI1-SK | GSI2-PK | GSI2-SK |
//! |---|---|---|---|---|---|---|
//! | customer | `c#customer` | `c#customer` | | | | |
//! | product | `p#product` | `p#product` | | | | |
//! | warehouse | `w#warehouse` | `w#warehouse` | | | | |
//! | warehouseItem | `p#product` | `w#warehouse` | | | `w#warehouse` | `p#product` |
//! | order | `o#order` | `c#customer` | | | | |
//! | orderItem | `o#order` | `p#product` | `p#product` | date | `c#customer` | `p#date` |
//! | invoice | `o#order` | `i#invoice` | `i#invoice` | `i#invoice` | `c#customer` | `i#date` |
//! | shipment | `o#order` | `sh#shipment` | `sh#shipment` | `sh#shipment` | `w#warehouse` | `sh#shipment` |
//! | shipmentItem | `o#order` | `shp#item` | `sh#shipment` | `p#product` | | |

pub mod patterns;

use jiff::Timestamp;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(Gsi1, Gsi2), pk = "PK", sk = "SK", tag = "EntityType")]
#[allow(dead_code)]
pub enum OnlineShop {
    Customer(Customer),
    Product(Product),
    Warehouse(Warehouse),
    WarehouseItem(WarehouseItem),
    Order(Order),
    OrderItem(OrderItem),
    Invoice(Invoice),
    Shipment(Shipment),
    ShipmentItem(ShipmentItem),
}

#[derive(Debug, Index)]
#[index(name = "GSI1", pk = "GSI1-PK", sk = "GSI1-SK")]
pub struct Gsi1;

#[derive(Debug, Index)]
#[index(name = "GSI2", pk = "GSI2-PK", sk = "GSI2-SK")]
pub struct Gsi2;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "customer", pk = "c#{customer}", sk = "c#{customer}")]
pub struct Customer {
    pub customer: String,
    pub name: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "product", pk = "p#{product}", sk = "p#{product}")]
pub struct Product {
    pub product: String,
    pub title: String,
    pub price: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "warehouse", pk = "w#{warehouse}", sk = "w#{warehouse}")]
pub struct Warehouse {
    pub warehouse: String,
    pub city: String,
}

/// How many of a product are in a warehouse: the product's side of the relation is in the table, and the
/// warehouse's side is on an index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "warehouseItem", pk = "p#{product}", sk = "w#{warehouse}")]
#[access(of_product)]
#[access(in_warehouse, index = Gsi2, pk = "w#{warehouse}", sk = "p#{product}")]
pub struct WarehouseItem {
    pub product: String,
    pub warehouse: String,
    pub quantity: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "order", pk = "o#{order}", sk = "c#{customer}")]
pub struct Order {
    pub order: String,
    pub customer: String,
    pub date: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "orderItem", pk = "o#{order}", sk = "p#{product}")]
#[access(in_order)]
#[access(of_product, index = Gsi1, pk = "p#{product}", sk = "{date:s}")]
#[access(of_customer, index = Gsi2, pk = "c#{customer}", sk = "p#{date:s}")]
pub struct OrderItem {
    pub order: String,
    pub product: String,
    pub customer: String,
    pub date: Timestamp,
    pub quantity: u32,
    pub price: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "invoice", pk = "o#{order}", sk = "i#{invoice}")]
#[access(in_order)]
#[access(by_id, index = Gsi1, pk = "i#{invoice}", sk = "i#{invoice}")]
#[access(of_customer, index = Gsi2, pk = "c#{customer}", sk = "i#{date:s}")]
pub struct Invoice {
    pub order: String,
    pub invoice: String,
    pub customer: String,
    pub date: Timestamp,
    pub amount: u32,
    /// They are read together with the invoice, so they are a part of it.
    pub payments: Vec<Payment>,
}

/// Only this field of an invoice is sent.
#[derive(Debug, PartialEq, Projection)]
#[projection(of = Invoice)]
pub struct Payments {
    pub payments: Vec<Payment>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
pub struct Payment {
    pub kind: String,
    pub amount: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "shipment", pk = "o#{order}", sk = "sh#{shipment}")]
#[access(in_order)]
#[access(by_id, index = Gsi1, pk = "sh#{shipment}", sk = "sh#{shipment}")]
#[access(from_warehouse, index = Gsi2, pk = "w#{warehouse}", sk = "sh#{shipment}")]
pub struct Shipment {
    pub order: String,
    pub shipment: String,
    pub warehouse: String,
    pub date: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = OnlineShop, name = "shipmentItem", pk = "o#{order}", sk = "shp#{item}")]
#[key(index = Gsi1, pk = "sh#{shipment}", sk = "p#{product}")]
pub struct ShipmentItem {
    pub order: String,
    pub item: String,
    pub shipment: String,
    pub product: String,
    pub quantity: u32,
}

/// Everything about an order, in one partition of the table.
#[derive(Debug, PartialEq, Collection)]
pub struct OrderDetails {
    /// The keys of the table allow an order of several customers. There is one.
    pub orders: Vec<Order>,
    pub invoices: Vec<Invoice>,
    pub items: Vec<OrderItem>,
    pub shipments: Vec<Shipment>,
    pub shipped: Vec<ShipmentItem>,
}

/// A shipment and what is in it, in one partition of an index. The keys of the table allow equal ids of shipments
/// of several orders, so this is a list. There is one.
#[derive(Debug, PartialEq, Collection)]
#[collection(index = Gsi1)]
pub struct ShipmentDetails {
    pub shipments: Vec<Shipment>,
    pub shipped: Vec<ShipmentItem>,
}
