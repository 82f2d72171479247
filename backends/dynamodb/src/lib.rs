//! The DynamoDB backend of [monotable](https://docs.rs/monotable), on the official SDK.
//!
//! [`DynamoDb`] is a table in DynamoDB. Each plain request is one call of the SDK. There are no scans,
//! no query planner and no cache. `monotable-core` splits larger requests, such as a batch of many
//! keys, and sends unprocessed parts again, in the same way for every backend.
//!
//! # Use your own client
//!
//! The region, credentials, endpoint, retries and timeouts are those of the SDK's client. If your
//! program already has a client, use it here, too:
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
//! [`DynamoDb::from_env`] takes these settings from the environment, and the name of the table from
//! `MONOTABLE_TABLE`. It finds credentials in environment variables, profiles with keys or roles, web
//! identities, containers and machines. For single sign-on and credential processes, build a client
//! with those features of `aws-config`.
//!
//! # Items without the SDK's attribute values
//!
//! The SDK makes each call, but items go straight between DynamoDB's JSON and your structs. This takes a
//! fraction of the time and memory of the SDK's `HashMap<String, AttributeValue>`. [`Attributes`] has this
//! map when you ask for it. If you log or change calls by interceptors of your own: a call's *input* has
//! items without attributes, and the *request* has them. [`DirectCodec`] says how a client of your own
//! saves a little more.
//!
//! An item of a page shares the bytes of the whole page. If you keep one item for long, and not its struct,
//! the page stays in memory with it.
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
//! An IAM policy has to allow these actions on the table, and `Query` also on its indexes:
//!
//! | request | call | action `dynamodb:…` | charged |
//! |---|---|---|---|
//! | get | `GetItem` | `GetItem` | ½ read unit for 4 KB; 1 if consistent |
//! | put, create | `PutItem` | `PutItem` | 1 write unit for 1 KB, and for each index entry |
//! | update | `UpdateItem` | `UpdateItem` | like a put of the whole item, old or new, whichever is larger |
//! | delete | `DeleteItem` | `DeleteItem` | like a put of the deleted item |
//! | query, count | `Query` | `Query`, on `table/NAME/index/*` for an index | ½ read unit for 4 KB of everything that is read, with the items that a filter leaves out |
//! | batch of gets | `BatchGetItem` | `BatchGetItem` | like the gets |
//! | batch of writes | `BatchWriteItem` | `BatchWriteItem` | like the writes |
//! | transaction of gets | `TransactGetItems` | `GetItem` | 2 read units for 4 KB |
//! | transaction of writes | `TransactWriteItems` | `PutItem`, `UpdateItem`, `DeleteItem`, and `ConditionCheckItem` for checks | twice the writes |
//! | `create_if_missing` | `DescribeTable`; for a new table also `CreateTable`, and `UpdateTimeToLive` if an entity expires; for an existing table `DescribeTimeToLive` if an entity expires | the same names | nothing |
//!
//! Every call asks DynamoDB for the capacity that it consumed, of the table and its indexes together.
//! This is the [`Cost`](monotable_core::Cost) of the request. There are two exceptions. DynamoDB does
//! not report the capacity of a write whose condition does not hold, so it is computed from the size of
//! the item, by the rule in DynamoDB's documentation. The writes of a cancelled transaction count as 0.
//!
//! A write with a condition asks for the stored item, in case the condition does not hold. DynamoDB
//! charges nothing extra for it.
//!
//! # Tables
//!
//! [`create_table`](monotable_core::Backend::create_table) creates a table with on-demand capacity and
//! the declared keys and indexes. If an entity of the table expires, or the table says `coordination`, it also enables time to live on
//! the table's ttl attribute.
//!
//! An existing table is compared with the declared one, and never changed. Other keys, missing indexes
//! and other projections are an error. Additional indexes are allowed, and so is an index that projects
//! all attributes where fewer are declared. DynamoDB makes local indexes only together with the table. The
//! capacity, encryption, backups and tags of an existing table are not compared. If an entity expires and time to live is not enabled on the ttl attribute, there is a
//! warning, as an event of [tracing](https://docs.rs/tracing).
//!
//! # Changes
//!
//! [`StreamEvent`] is the event of a function of AWS Lambda that the stream of the table calls. With the feature `streams`,
//! `DynamoDbStreams` reads the stream by polling; its documentation lists the calls. Both need a stream of the items before
//! and after each change, with which [`DynamoDb::with_stream`] makes a new table. An existing table without it is an error.
//!
//! # Retries
//!
//! The SDK sends a call again if it was throttled or failed on the way. If the answer to a write was
//! lost, the write has happened, and is made a second time. Then a `create` finds its own item and
//! reports that the key is taken, and an update that increments or appends does so twice. If this
//! matters, use a transaction, which has an idempotency token, or a version, or a client without
//! retries.
//!
//! # Errors
//!
//! The SDK's error is the [`source`](std::error::Error::source) of each error that comes from a call.
//!
//! | what happened | predicate |
//! |---|---|
//! | there is no table with this name in the region | [`is_table_missing`](monotable_core::Error::is_table_missing) |
//! | the table's keys or indexes differ from the declared ones | [`is_schema_mismatch`](monotable_core::Error::is_schema_mismatch) |
//! | the credentials are missing, wrong or expired, or do not allow the action | [`is_unauthorized`](monotable_core::Error::is_unauthorized) |
//! | there were too many requests for the table, a partition or the account | [`is_throttled`](monotable_core::Error::is_throttled) |
//! | a transaction was writing the same item | [`is_conflict`](monotable_core::Error::is_conflict) |
//! | an item is over 400 KB or an expression over 4 KB (before anything is sent), or another limit was exceeded | [`is_too_large`](monotable_core::Error::is_too_large) |
//! | there is no region, or an update does not fit the kind of the stored value | [`is_invalid_request`](monotable_core::Error::is_invalid_request) |
//! | DynamoDB cannot store a value | [`is_encode`](monotable_core::Error::is_encode) |
//! | there was no connection, no answer in time or an answer that cannot be read, or the service failed | [`is_unavailable`](monotable_core::Error::is_unavailable) |
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
mod direct;
mod error;
mod expr;
mod key;
mod query;
mod read;
mod stream;
#[cfg(feature = "streams")]
mod streams;
mod transact;
mod write;

pub use client::DynamoDb;
pub use codec::Attributes;
pub use direct::DirectCodec;
pub use stream::{StreamAnswer, StreamEvent};
#[cfg(feature = "streams")]
pub use streams::{DynamoDbStreams, StreamReader};
