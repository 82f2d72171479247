//! Many entity types in one table of DynamoDB or Cosmos DB, with every query checked by the compiler.
//!
//! Derive [`Entity`](macro@Entity) on plain structs, and declare their keys as templates. The derive adds
//! functions to them: a typed `get`, and one function for each access pattern. Code that would scan the
//! table, give two entities the same key, or leave an index stale does not compile.
//!
//! There are three backends: an embedded store, which needs no server, DynamoDB, and Cosmos DB.
//!
//! ```toml
//! [dependencies]
//! monotable = "0.1" # for a cloud: { version = "0.1", features = ["dynamodb"] }, or "cosmos"
//! serde = { version = "1", features = ["derive"] }
//! jiff = "1" # if you store times
//! tokio = { version = "1", features = ["macros", "rt"] }
//! ```
//!
//! ```
//! use monotable::prelude::*;
//! use serde::{Deserialize, Serialize};
//!
//! /// The table: one variant for each entity that lives in it.
//! #[derive(Debug, Table)]
//! #[table(indexes(ByStatus))]
//! enum Shop {
//!     Customer(Customer),
//!     Order(Order),
//! }
//!
//! /// A global secondary index.
//! #[derive(Index)]
//! struct ByStatus;
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "PROFILE")]
//! struct Customer {
//!     customer_id: String,
//!     name: String,
//! }
//!
//! #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
//! #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
//! #[access(by_customer)]
//! #[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{day}#{order_id}")]
//! struct Order {
//!     customer_id: String,
//!     order_id: String,
//!     status: Status,
//!     day: jiff::civil::Date,
//! }
//!
//! #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
//! enum Status {
//!     Placed,
//!     Paid,
//! }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> monotable::Result<()> {
//!     let shop = Shop::on(Embedded::in_memory());
//!
//!     let order = Order {
//!         customer_id: "C001".into(),
//!         order_id: "ORD-001".into(),
//!         status: Status::Placed,
//!         day: jiff::civil::date(2026, 11, 2),
//!     };
//!     order.create().send(&shop).await?; // CUSTOMER#C001 / ORDER#ORD-001
//!
//!     // `get` reads one item. Its arguments are the distinct fields of the key.
//!     let read = Order::get("C001", "ORD-001").send(&shop).await?;
//!     assert_eq!(read, Some(order));
//!
//!     // A query takes the whole partition key. The parts of the sort key are bound from left to right.
//!     let november = jiff::civil::date(2026, 11, 1)..jiff::civil::date(2026, 12, 1);
//!     let placed = Order::by_status(Status::Placed).range(november).all(&shop).await?;
//!     let newest = Order::by_customer("C001").descending().first(&shop).await?;
//! #   assert_eq!((placed.len(), newest.is_some()), (1, true));
//!
//!     // A change or a delete by key begins at `Order::key(..)`. Fields are constants in upper case.
//!     let key = Order::key("C001", "ORD-001");
//!     let paid = Order::STATUS.ne(Status::Paid);
//!     key.clone().update().set(Order::STATUS, Status::Paid).when(paid).send(&shop).await?;
//!     key.delete().send(&shop).await?;
//!     Ok(())
//! }
//! ```
//!
//! # How requests are written
//!
//! - **A request begins at the entity**, and the table is given last: `order.put().send(&shop)`. There is no
//!   `shop.put(..)`. **A request for several items begins at the table**:
//!   [`shop.transaction()`](Table::transaction)`.add(..).add(..).send()`, and the same with
//!   [`batch`](Table::batch), [`transact_get`](Table::transact_get), and
//!   [`transaction_in`](Table::transaction_in) for the items of one partition.
//! - **Reads by key and writes are run by `.send(&shop)`.** A query is run by [`.all(&shop)`](Query::all),
//!   [`.first(&shop)`](Query::first), [`.page(&shop)`](Query::page), [`.stream(&shop)`](Query::stream) or
//!   [`.count(&shop)`](Query::count).
//! - **With the entity at hand**, write [`order.update()`](EntityExt::update) or
//!   [`order.delete()`](EntityExt::delete). **By key**, write [`Order::key(..).update()`](Key::update) or
//!   [`Order::key(..).delete()`](Key::delete).
//! - **Arguments are bare values**: `Order::get("C001", "ORD-001")`, without the `CUSTOMER#` of the template.
//! - **Fields are constants in upper case**: `Order::STATUS.eq(Status::Paid) & Order::DAY.exists()`. Conditions are
//!   joined by `&`, `|` and `!`.
//! - **Each access pattern is a function** with the name that `#[access(..)]` declares. If the compiler finds no
//!   function `Order::by_title`, declare the pattern on the struct: `#[access(by_title, index = .., pk = "..", sk =
//!   "..")]`.
//! - **An error has a predicate for each cause**: [`is_condition_failed`](Error::is_condition_failed) if a condition
//!   does not hold or a created item exists, [`is_not_found`](Error::is_not_found) if an updated item does not exist,
//!   [`is_conflict`](Error::is_conflict) and [`is_stale`](Error::is_stale) if another writer was faster,
//!   [`is_invalid_key`](Error::is_invalid_key) and [`is_invalid_request`](Error::is_invalid_request) for what cannot
//!   be sent, [`is_unavailable`](Error::is_unavailable) if the store cannot be reached,
//!   [`is_unique_violation`](Error::is_unique_violation) for a unique value that is taken,
//!   [`is_wrong_state`](Error::is_wrong_state) for a step of a workflow that came too late,
//!   [`is_cancelled`](Error::is_cancelled) for a transaction, whose
//!   [`reasons`](Error::reasons) have the other predicates and the stored item for each of its writes, and [`is_retryable`](Error::is_retryable) if it may
//!   succeed later. A read of an item that does not exist is no error, but `None`.
//!
//! # Where things are
//!
//! | to | see |
//! |---|---|
//! | import what a program needs | [`prelude`] |
//! | declare what is stored and how it is read | the derives [`Entity`](macro@Entity), [`Document`](macro@Document), [`Table`](macro@Table), [`Index`](macro@Index), [`KeyPart`](macro@KeyPart) |
//! | give several entities the same keys, such as the users and organizations of one list of names | [`KeySpace`](macro@KeySpace) |
//! | open a table | [`SchemaExt::on`], [`Table`](struct@Table) |
//! | query | [`Query`], [`Page`], [`Cursor`] |
//! | read the items of several entities together | [`Collection`](macro@Collection), [`Partition`], [`PartitionQuery`] |
//! | read only some fields, or what an index has | [`Projection`](macro@Projection), [`Query::project`], [`Projected`], [`Query::hydrate`] |
//! | read items by key | [`Key`], [`Get`], [`GetMany`], [`TransactGet`] |
//! | write and delete one item | [`EntityExt`], [`Create`], [`Put`], [`Delete`] |
//! | change fields | [`Update`], [`UpdateOrCreate`], [`UpdateWith`] |
//! | take an item through states, each step once | [`Workflow`](macro@Workflow), [`Key::advance`], [`Advance`] |
//! | set conditions, or filter a query | [`field`], [`Field`], [`Condition`] |
//! | write several items at once | [`Transaction`], [`Check`], [`Move`], [`Batch`] |
//! | do work once although it is asked for twice, let one worker at a time do something, limit rates | [`coordination`] |
//! | delete many items | [`Query::delete_all`], [`Partition::delete_all`] |
//! | detect concurrent changes, keep values unique, let items expire, or note when they were created and changed | [`version`, `unique`, `ttl`, `created` and `updated`](macro@Entity#versions-unique-values-and-expiry) of an entity, [`ExpiresAt`], [`FromNow`] |
//! | store a field as a set, as an exact number, or as a time whose text is in order | [`set`], [`decimal`], [`timestamp`] |
//! | find out why a request failed | [`Error`] |
//! | keep the handle of a table for all calls of a function | [`Warm`] |
//! | find out what requests cost | [`Meter`], [`Cost`] |
//! | find out what a key looks like | [`key`] |
//! | find out how fields are stored | [`value`] |
//! | do something for each change of a table | the module [`change`], and [`Table::consumer`] |
//! | use the embedded store, DynamoDB or Cosmos DB | the modules `embedded`, `dynamodb` and `cosmos`, with the features of these names |
//! | keep items in the process or in Redis | the module `cache`, with the features `cache` and `cache-redis` |
//! | test a program: count requests, or use DynamoDB Local | the module `testing`, with the feature of this name |
//! | name a type that is not in the root: a declaration as data, or what a request is made of | [`schema`], [`ops`] |
//! | write a backend | [`backend`], [`request`], [`expr`] |
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub use monotable_core::__private;
pub use monotable_core::{
    Advance, Advanced, Backend, Batch, BatchReport, Change, ChangeFeed, ChangeKind, Check,
    Collection, CollectionPage, CollectionQuery, Condition, Connecting, Cost, Create,
    CrossPartitionTransactions, Cursor, Delete, DeleteAll, DeletePartition, DeleteReport, Document,
    Entity, EntityExt, Error, Exists, ExpiresAt, Field, FieldDef, FromNow, Get, GetMany, GetShared,
    HeldBy, Hydrate, Hydrated, Index, IndexKeyFields, Key, KeySpace, Kind, Latest, Meter, Move,
    Page, Partition, PartitionQuery, Progress, Projected, Projection, Put, Query, ReadUnits,
    RequestUnits, Result, Schema, SchemaExt, SpaceKey, Table, TransactGet, Transaction,
    Transactions, Unprocessed, Update, UpdateOrCreate, UpdateWith, UpdateWithError, Warm, Workflow,
    WriteUnits, backend, change, coordination, decimal, expr, field, key, ops, query, request,
    schema, set, timestamp, value,
};

#[cfg(feature = "derive")]
#[doc = include_str!("derives/collection.md")]
pub use monotable_derive::Collection;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/document.md")]
pub use monotable_derive::Document;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/entity.md")]
pub use monotable_derive::Entity;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/index.md")]
pub use monotable_derive::Index;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/key_part.md")]
pub use monotable_derive::KeyPart;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/key_space.md")]
pub use monotable_derive::KeySpace;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/projection.md")]
pub use monotable_derive::Projection;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/table.md")]
pub use monotable_derive::Table;
#[cfg(feature = "derive")]
#[doc = include_str!("derives/workflow.md")]
pub use monotable_derive::Workflow;

#[cfg(any(feature = "cache", feature = "cache-redis"))]
#[cfg_attr(
    all(feature = "cache", feature = "derive", feature = "embedded"),
    doc = include_str!("cache.md")
)]
#[cfg_attr(
    all(feature = "cache", feature = "derive", feature = "dynamodb"),
    doc = include_str!("cache_in_function.md")
)]
pub mod cache {
    //! # Reference
    //!
    //! The documentation of the crate `monotable-cache` says [what is kept](monotable_cache#what-is-kept), [how old an item can
    //! be](monotable_cache#how-old-an-item-can-be), and [what happens when the shared store
    //! fails](monotable_cache#when-the-shared-store-fails).
    pub use monotable_cache::*;
}

#[cfg(feature = "cosmos")]
#[doc = include_str!("cosmos.md")]
pub mod cosmos {
    pub use monotable_cosmos::*;
}

#[cfg(feature = "cosmos")]
pub use monotable_cosmos::Cosmos;

#[cfg(feature = "dynamodb")]
#[doc = include_str!("dynamodb.md")]
pub mod dynamodb {
    pub use monotable_dynamodb::*;
}

#[cfg(feature = "dynamodb")]
pub use monotable_dynamodb::DynamoDb;

/// The embedded backend, which stores tables in memory or in a file, and needs no server.
#[cfg(feature = "embedded")]
pub mod embedded {
    pub use monotable_embedded::*;
}

#[cfg(feature = "embedded")]
pub use monotable_embedded::Embedded;

#[cfg(feature = "testing")]
#[doc = include_str!("testing.md")]
pub mod testing {
    pub use monotable_testing::*;
}

/// The names that most programs need: `use monotable::prelude::*;`.
pub mod prelude {
    #[doc(hidden)]
    pub use monotable_core::NoScan;
    pub use monotable_core::{
        Collection, Entity, EntityExt, KeySpace, Projection, Schema, SchemaExt, Table, Warm,
        Workflow,
    };

    #[cfg(feature = "derive")]
    pub use monotable_derive::{
        Collection, Document, Entity, Index, KeyPart, KeySpace, Projection, Table, Workflow,
    };

    #[cfg(any(feature = "cache", feature = "cache-redis"))]
    pub use monotable_cache::CacheExt;
    #[cfg(feature = "cosmos")]
    pub use monotable_cosmos::Cosmos;
    #[cfg(feature = "dynamodb")]
    pub use monotable_dynamodb::DynamoDb;

    #[cfg(feature = "embedded")]
    pub use monotable_embedded::Embedded;
}

/// Runs the programs of the README as tests.
#[cfg(all(doctest, feature = "derive", feature = "embedded"))]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;

#[cfg(test)]
mod tests {
    /// The README's programs for caches, DynamoDB and Cosmos DB are the same as in the documentation of the modules, which
    /// are compiled only with their features. The README is also compiled without them.
    #[test]
    fn the_readme_shows_what_is_compiled() {
        let documents = [
            include_str!("cache.md"),
            include_str!("cache_in_function.md"),
            include_str!("dynamodb.md"),
            include_str!("cosmos.md"),
        ];
        for document in documents {
            let (_, program) = document.split_once("```no_run\n").unwrap();
            let (program, _) = program.split_once("```").unwrap();
            let lines = program.split_inclusive('\n').filter(|line| !line.starts_with("# "));
            let shown = format!("```rs\n{}```\n", lines.collect::<String>());
            assert!(include_str!("../README.md").contains(&shown), "the README lacks:\n{shown}");
        }
    }
}
