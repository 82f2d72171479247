//! The Cosmos DB backend of [monotable](https://docs.rs/monotable), on the official SDK.
//!
//! [`Cosmos`] is a container in Azure Cosmos DB for NoSQL. An item is a JSON document, and a request is one call of
//! the SDK where the service has a call for it. No request reads the whole container, unless an index was allowed to
//! do so by [`index_fan_out`](Cosmos::index_fan_out).
//!
//! # Use your own client
//!
//! The account, credentials, regions, retries and timeouts are those of the SDK's client. If your program already has
//! a client, use it here, too:
//!
//! ```
//! use azure_data_cosmos::{AccountReference, CosmosClient, RoutingStrategy};
//! use monotable_cosmos::Cosmos;
//!
//! async fn connect(key: String) -> Result<Cosmos, Box<dyn std::error::Error>> {
//!     let endpoint = "https://NAME.documents.azure.com/".parse()?;
//!     let account = AccountReference::with_authentication_key(endpoint, key);
//!     let nearest = RoutingStrategy::ProximityTo("West Europe".into());
//!     let client = CosmosClient::builder().build(account, nearest).await?;
//!     Ok(Cosmos::in_database(client.database_client("shop"), "items"))
//! }
//! ```
//!
//! [`Cosmos::from_env`] takes these settings from environment variables. [`Cosmos::new`] takes a client of the
//! container itself.
//!
//! # Documents
//!
//! ```json
//! {
//!   "id": "ORDER~ORD-001", "pk": "CUSTOMER#C001", "sk": "ORDER#ORD-001", "_type": "Order",
//!   "by_statuspk": "STATUS#PAID", "by_statussk": "2026-11-02", "customer_id": "C001", "total_cents": 3000
//! }
//! ```
//!
//! The partition key and the sort key are properties with the names that the table declares. The `id` is made from the
//! sort key. A field whose name belongs to Cosmos DB, such as `id` or `ttl`, is stored with a `_` after its name. An
//! item that expires also has the property `ttl`. Documents of writes that have to be recognised after their answer was
//! lost have the property `_op`.
//!
//! | value | stored as |
//! |---|---|
//! | a whole number | a number up to 2<sup>53</sup>; a larger one is an error that names the field, because Cosmos DB would round it |
//! | a decimal ([`decimal`](monotable_core::decimal)) | a number of up to 15 digits; one with more is an error |
//! | a set ([`set`](monotable_core::set)) | a sorted list without duplicates |
//! | binary data | base64 text, and `size` is that of this text; in an enum that serde buffers (internally tagged or untagged) it is read as text |
//!
//! # What is sent
//!
//! | request | calls of the SDK | charged, for items of 1 KB |
//! |---|---|---|
//! | get | `read_item` | 1 request unit; 2 if consistent |
//! | get of many | `read_item` for each, some at the same time | like the gets |
//! | query, page, stream | `query_items` in one partition; `read_item` if the whole key is given | from 2.5 request units for a page |
//! | count | `query_items` with `COUNT(1)` in one partition | from 2.5 request units |
//! | put | `upsert_item` | 6 request units, and more for each indexed property |
//! | create | `create_item` | like a put |
//! | update without a condition that sets, removes and counts | `patch_item` | like a put, and a little more |
//! | any other write with a condition | `read_item`, then `replace_item`, `create_item` or `delete_item` if the document has not changed since, and both again if it has | the sum; the read is saved if the item was read just before; before a write is refused, the item is read again by a consistent read |
//! | delete | `delete_item` | like a put |
//! | transaction in one partition | `execute_transactional_batch`, after reads of the items that have conditions | the sum of its writes; before it is refused, all its items are read by consistent reads |
//! | batch | single writes, some at the same time | the sum of its writes |
//! | `create_if_missing` | `read` of the container, `create_container` | about 1 request unit |
//!
//! The request units of each answer are the [`Cost`](monotable_core::Cost) of a request. They are not added to the
//! units of other stores.
//!
//! # Permissions
//!
//! A key of the account allows everything. An identity of Entra ID needs a role of the *data plane*, such as the
//! built-in role `Cosmos DB Built-in Data Contributor`, on the account, the database or the container:
//!
//! ```sh
//! az cosmosdb sql role assignment create --account-name NAME --resource-group GROUP \
//!   --role-definition-name "Cosmos DB Built-in Data Contributor" \
//!   --principal-id ID --scope /dbs/shop/colls/items
//! ```
//!
//! A role of your own has these actions below `Microsoft.DocumentDB/databaseAccounts`:
//!
//! | request | actions |
//! |---|---|
//! | all of them | `readMetadata` |
//! | reads | `sqlDatabases/containers/items/read`, and `sqlDatabases/containers/executeQuery` for queries |
//! | writes | `sqlDatabases/containers/items/create`, `../replace`, `../upsert`, `../delete`, and `../read` for conditions |
//!
//! With an identity of Entra ID, no container can be created. `create_if_missing` then fails, and its message has the
//! command of the Azure CLI that creates the container with the right partition key and indexing policy.
//!
//! # Containers
//!
//! [`create_if_missing`](monotable_core::Table::create_if_missing) creates a container with
//!
//! - the partition key that the table names, `/pk`;
//! - the default time to live -1 if an entity of the table expires or the table says `coordination`, so that only items with a time to live of their own do;
//! - an indexing policy that is derived from the templates. It includes the keys of the table and of its indexes, the
//!   entity's name if a pattern is `mixed`, a value is unique or the table says `coordination`, and the time of expiry, and excludes everything else. So writes are not
//!   charged for what no request uses. Fields for filters are added by [`indexed`](Cosmos::indexed). Queries
//!   of an index are ordered by several properties, for which there are composite indexes.
//!
//! Containers of indexes that were given by [`index_in`](Cosmos::index_in) are created, too. Nothing is said about
//! throughput, unless [`throughput`](Cosmos::throughput) does. The database has to exist.
//!
//! An existing container is compared and never changed. Another partition key, a time to live that is off or that would
//! delete items, a path that is not indexed and a missing composite index are one error with all differences. More may
//! be indexed than is needed, so a container with the default policy is enough for a table without indexes.
//!
//! The first request of a handle asks the service for the container's partition key. If it is another one than the
//! table's, nothing is sent, because reads would find nothing, in silence.
//!
//! # Expiry
//!
//! Cosmos DB deletes a document `ttl` seconds after its last write. monotable stores the absolute time as well, in the
//! attribute `_ttl`. Each write computes `ttl` anew, and reads leave out an item from its time on, even if it is still
//! stored.
//!
//! # Change events
//!
//! [`Table::changes`](monotable_core::Table::changes) and [`Table::consumer`](monotable_core::Table::consumer) read the
//! change feed of the table's container, which every container has. It tells the [latest
//! version](monotable_core::change::Latest) of each item that was written. It does not tell whether an item is new, what
//! it was before, that it was deleted, or that it has expired. If an item is written several times in a row, the
//! versions in between may be left out.
//!
//! ```no_run
//! # use monotable::prelude::*;
//! # use monotable_cosmos::Cosmos;
//! # #[derive(Debug, Table)]
//! # enum Shop { Order(Order) }
//! # #[derive(Debug, serde::Serialize, serde::Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
//! # struct Order { id: String, status: String }
//! use monotable::change::StartFrom;
//!
//! # async fn example(shop: Table<Shop, Cosmos>) -> monotable::Result<()> {
//! let mut changes = shop.changes(StartFrom::Now);
//! loop {
//!     let page = changes.next_page().await?;
//!     for change in page.changes {
//!         let Shop::Order(order) = change.item;
//!         println!("the order {} is {}", order.id, order.status);
//!     }
//!     if page.is_caught_up {
//!         // The service has nothing to wait for.
//!         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
//!     }
//! }
//! # }
//! ```
//!
//! To learn of deletions, update a field of the item instead, and let it expire: `deleted`, with a time to live that is
//! longer than a reader can be stopped. A feed keeps changes without a limit of time, so a reader is never told that
//! some are lost. A position has the places of all physical partitions: some hundred bytes for each.
//!
//! A reader needs the actions `readMetadata` and `sqlDatabases/containers/readChangeFeed`.
//!
//! # Sessions
//!
//! The reads of a client see its own writes. [`Session`] gives this to another client, such as the next call of a
//! function on another machine.
//!
//! # Retries
//!
//! The SDK sends a call again if it was throttled (429, as the service says), if another write was in the way (449),
//! and if the service or a region failed. If the answer to a write was lost and the write is sent again, its
//! random name in `_op` tells whether the first one was made: a `create` does not find its own item, and a conditional
//! write is made once. An update that counts by a patch is not sent again: its error says that it may have happened.
//!
//! If a document has changed between the read and the write of a conditional request, the request is decided again,
//! up to 20 times.
//!
//! # Errors
//!
//! The SDK's error is the [`source`](std::error::Error::source) of each error that comes from a call.
//!
//! | what happened | predicate |
//! |---|---|
//! | there is no such container or database (404) | [`is_table_missing`](monotable_core::Error::is_table_missing) |
//! | the container's partition key, time to live or indexes differ from what is needed | [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch) |
//! | the credentials are missing or wrong (401), or do not allow the action (403) | [`is_unauthorized`](monotable_core::Error::is_unauthorized) |
//! | there were too many requests (429) | [`is_throttled`](monotable_core::Error::is_throttled) |
//! | other writers changed the same item again and again (409, 412, 449) | [`is_conflict`](monotable_core::Error::is_conflict) |
//! | an item is over 2 MB (before anything is sent), a request is too large (413), or a partition has 20 GB (403) | [`is_too_large`](monotable_core::Error::is_too_large) |
//! | the partition key is over 2,048 bytes, or the id that is made from the sort key over 1,023 | [`is_invalid_key`](monotable_core::Error::is_invalid_key) |
//! | an environment variable is missing, or Cosmos DB refuses the request (400) | [`is_invalid_request`](monotable_core::Error::is_invalid_request) |
//! | Cosmos DB cannot store a value | [`is_encode`](monotable_core::Error::is_encode) |
//! | there was no connection or no answer in time (408, 410, 500, 503) | [`is_unavailable`](monotable_core::Error::is_unavailable) |
//!
//! After the last of these, a write may have happened.
//!
//! # What Cosmos DB does not have
//!
//! These do not compile on it: transactions over several partitions and `move_to`, entities with `unique` fields whose
//! guards are in other partitions, and indexes whose keys are attributes. A transaction of items in one partition is
//! [`transaction_in`](monotable_core::Table::transaction_in). A value can be unique in a partition: then `unique(..)` has
//! the `pk` of the entity.
//!
//! Cosmos DB knows no tokens of transactions. The token and a hash of the writes are in the documents that a transaction has
//! written, so one that is sent again is recognised as long as nobody has written them since, and other writes with
//! the token are refused. A transaction that only puts items without a condition is made again.
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod backend;
mod changes;
mod client;
mod container;
mod create;
mod deletion;
mod document;
mod environment;
mod error;
mod eval;
mod feed;
mod index_ids;
mod indexes;
mod json;
mod page;
mod patch;
mod paths;
mod query;
mod read;
mod recent;
mod session;
mod sql;
mod transact;
mod upload;
mod worker;
mod write;

pub use changes::ChangeReader;
pub use client::Cosmos;
pub use document::Document;
pub use session::Session;
pub use worker::{IndexProgress, IndexWorker};
