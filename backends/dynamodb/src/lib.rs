//! The DynamoDB backend of [monotable](https://docs.rs/monotable), on the official SDK.
//!
//! [`DynamoDb`] is a table in DynamoDB. Each request of monotable is one call, and there is no
//! other: nothing reads a table from end to end, nothing is planned, cached or done in turns. What
//! needs several calls, such as more keys than a batch holds, is split and retried by
//! `monotable-core`, the same for every backend.
//!
//! # Bring a client
//!
//! Region, credentials, endpoint, retries and timeouts are the client's. A program that has one
//! already shares it:
//!
//! ```
//! use aws_sdk_dynamodb::Client;
//! use monotable_dynamodb::DynamoDb;
//!
//! async fn connect() -> DynamoDb {
//!     let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
//!     DynamoDb::new(Client::new(&config), "shop")
//! }
//! ```
//!
//! [`DynamoDb::from_env`] takes all of it from the environment, the table's name from
//! `MONOTABLE_TABLE`. It knows variables, profiles with keys or roles, web identities, containers
//! and machines; single sign-on and credential processes need a client that is built with those
//! features of `aws-config`.
//!
//! # Example: DynamoDB Local
//!
//! ```
//! use aws_sdk_dynamodb::Client;
//! use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
//! use monotable_dynamodb::DynamoDb;
//!
//! let config = Config::builder()
//!     .behavior_version(BehaviorVersion::latest())
//!     .region(Region::new("eu-central-1"))
//!     .credentials_provider(Credentials::new("any", "any", None, None, "local"))
//!     .endpoint_url("http://127.0.0.1:8000")
//!     .build();
//! let backend = DynamoDb::new(Client::from_conf(config), "shop");
//! assert_eq!(backend.table_name(), "shop");
//! ```
//!
//! # What is sent
//!
//! The action that an IAM policy has to allow, on the table or on its indexes:
//!
//! | request | call | action `dynamodb:…` | charged |
//! |---|---|---|---|
//! | get | `GetItem` | `GetItem` | ½ read unit for 4 KB; 1 if consistent |
//! | put, create | `PutItem` | `PutItem` | 1 write unit for 1 KB, and for each index entry |
//! | update | `UpdateItem` | `UpdateItem` | as a put of the whole item, before or after |
//! | delete | `DeleteItem` | `DeleteItem` | as a put of the item that was there |
//! | query, count | `Query` | `Query`, on `table/NAME/index/*` for an index | ½ read unit for 4 KB of all that is read, filtered out or not |
//! | batch of gets | `BatchGetItem` | `BatchGetItem` | as the gets |
//! | batch of writes | `BatchWriteItem` | `BatchWriteItem` | as the writes |
//! | transaction of gets | `TransactGetItems` | `GetItem` | 2 read units for 4 KB |
//! | transaction of writes | `TransactWriteItems` | `PutItem`, `UpdateItem`, `DeleteItem`, and `ConditionCheckItem` for checks | twice the writes |
//! | `create_if_missing` | `DescribeTable`; once also `CreateTable` and `UpdateTimeToLive`; later `DescribeTimeToLive`, if an entity expires | of the same names | nothing |
//!
//! Every call asks what it consumed, table and indexes together, and that is the request's
//! [`Cost`](monotable_core::Cost). Only a refused condition is not reported: it counts as what the
//! documentation says, by the size of the item; the entries of a cancelled transaction count as
//! nothing.
//!
//! A write with a condition asks for the stored item, should the condition not hold. DynamoDB gives
//! it for no more than the write.
//!
//! # Tables
//!
//! [`create_table`](monotable_core::Backend::create_table) makes a table with on-demand capacity,
//! the declared keys and indexes, and, if any of its entities expires, time to live on the table's
//! ttl attribute. A table that is there is compared and never changed: one with other keys, indexes
//! or projections is an error; more indexes than declared, and an index that holds whole items
//! where less is declared, are not. Capacity, time to live, encryption, backups and tags of a table
//! that is there are yours. If its items are to expire and its time to live is not enabled on that
//! attribute, there is a warning, as an event of [tracing](https://docs.rs/tracing).
//!
//! # Retries
//!
//! The SDK tries a call again that was throttled, or that failed on its way. If the answer to a
//! write is lost, the write has happened and is made again: a `create` then finds its own item and
//! reports that the key is taken, and an update that adds or appends does so twice. Where that
//! matters, use a transaction, which has a token, a condition on a version, or a client without
//! retries.
//!
//! # Errors
//!
//! The SDK's error is the [`source`](std::error::Error::source) of each error of a call.
//!
//! | what happened | predicate |
//! |---|---|
//! | no table of this name in the region | [`is_table_missing`](monotable_core::Error::is_table_missing) |
//! | the table's keys or indexes are not the declared ones | [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch) |
//! | no credentials, wrong or expired ones, an action that they do not allow | [`is_unauthorized`](monotable_core::Error::is_unauthorized) |
//! | too many requests, for the table, a partition or the account | [`is_throttled`](monotable_core::Error::is_throttled) |
//! | a transaction was at the same item | [`is_conflict`](monotable_core::Error::is_conflict) |
//! | an item over 400 KB or an expression over 4 KB (before anything is sent), or another limit | [`is_too_large`](monotable_core::Error::is_too_large) |
//! | no region; an update of a place that is of another kind | [`is_invalid_request`](monotable_core::Error::is_invalid_request) |
//! | a value that DynamoDB cannot hold | [`is_encode`](monotable_core::Error::is_encode) |
//! | no connection, no answer in time, an answer that cannot be read, a failure of the service | [`is_unavailable`](monotable_core::Error::is_unavailable) |
//!
//! After the last of these, a write may have happened.
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod backend;
mod client;
mod codec;
mod cost;
mod create;
mod error;
mod expr;
mod key;
mod query;
mod read;
mod transact;
mod write;

pub use client::DynamoDb;
pub use codec::Attributes;
