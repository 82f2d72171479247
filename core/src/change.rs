//! Change events: what has been written to a table, in order, as entities.
//!
//! A backend with the trait [`ChangeFeed`] tells of each change that was made to the items of its table: by this program, by
//! others, and by the store itself, which deletes what has expired. A change is typed as the enum of the table.
//!
//! Cosmos DB always tells of changes. The embedded store needs a log, `Embedded::in_memory().with_change_log(Retention::default())?`, and
//! what was written before the log was switched on is not told. DynamoDB needs a stream: a function on AWS Lambda gets
//! `StreamEvent`s, and elsewhere `DynamoDbStreams`, with the feature `dynamodb-streams`, is the backend.
//!
//! | to | use |
//! |---|---|
//! | do something for each change, and go on where it was after a restart | [`Table::consumer`](crate::Table::consumer) |
//! | read changes, and keep the position yourself | [`Table::changes`](crate::Table::changes) |
//! | handle the stream events of an AWS Lambda function | `StreamEvent` of the DynamoDB backend |
//!
//! # What is told
//!
//! A store that tells everything has [`Change`]: an item was created, updated (with the item before), deleted, or it has
//! expired. One that knows the latest version of each item only, such as Cosmos DB in its default mode, has [`Latest`]. It is
//! another type, because such a store cannot say whether the item is new, what it was before, or that it was deleted.
//!
//! Guards of unique values, the items of [coordination](crate::coordination) and the positions of consumers are in the table,
//! too, and are left out. Items that are of no entity of the table, or that cannot be decoded, are handled as the program
//! says: they are an error ([`FailOnUnknown`], the default), left out with a warning ([`SkipUnknown`]), or handed over as
//! they are stored ([`KeepUnknown`]).
//!
//! # Order and repetition
//!
//! The changes of one item come in the order in which they were made. Those of different items come in any order, even if
//! one transaction has made them.
//!
//! Each change is delivered at least once, and it can come again: after a crash, and after a handler has failed. So a
//! handler has to be idempotent. The [id](Change::id) of a change is the same each time that it is delivered.
//!
//! A change whose handler fails is delivered again, and all that follow wait for it. So a change that can never be handled
//! has to end with `Ok`, after it has been put elsewhere.
//!
//! A write that changes nothing may be told or not. DynamoDB leaves it out.
//!
//! # Example: keep an aggregate
//!
//! The number of a customer's orders, in the item of the customer. A change that comes again must not be added again, so the record
//! that it was added is in the same transaction ([`Once::in_transaction`](crate::coordination::Once::in_transaction)). It is
//! kept for longer than the change can come again. On a backend whose transactions stay in one partition, the aggregate is in
//! a partition with its record, by [`once_in`](crate::Table::once_in).
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
//! use monotable::embedded::ChangeLog;
//! use monotable::{Change, Error};
//! use std::time::Duration;
//!
//! /// The handler of a consumer.
//! async fn count(
//!     shop: &Table<Shop, Embedded<ChangeLog>>,
//!     change: Change<Shop>,
//! ) -> Result<(), Error> {
//!     let customer = match (change.old_item(), change.new_item()) {
//!         (None, Some(Shop::Order(order))) => &order.customer_id,
//!         _ => return Ok(()),
//!     };
//!     let two_days = Duration::from_secs(48 * 60 * 60);
//!     let once = shop.once("count", &change.id, two_days).in_transaction();
//!     let counted = once.run(async |writes| {
//!         let count = Customer::key(customer).update().increment(Customer::ORDER_COUNT, 1);
//!         Ok::<_, Error>((writes.add(count), ()))
//!     });
//!     match counted.await.map_err(Error::from) {
//!         // There is no such customer, and to fail would be of no use.
//!         Err(error) if error.reasons().iter().flatten().any(Error::is_not_found) => Ok(()),
//!         counted => counted,
//!     }
//! }
//!
//! # fn main() -> monotable::Result<()> { example(async |shop| {
//! # let shop = with_changes(shop).await?;
//! # Order { customer_id: "C002".into(), ..order("ORD-004", 1) }.create().send(&shop).await?;
//! shop.consumer("count").catch_up(|change| count(&shop, change)).await?;
//! assert_eq!(Customer::get("C001").send(&shop).await?.unwrap().order_count, 1);
//! # let again = shop.consumer("again").catch_up(|change| count(&shop, change)).await?;
//! # assert_eq!(Customer::get("C001").send(&shop).await?.unwrap().order_count, 1);
//! # assert!(again.changes >= 2);
//! # Ok(()) }) }
//! ```
//!
//! # Example: an outbox
//!
//! What has to be told to another system is an item that is written in the same transaction as what it tells about. So it is
//! there if and only if that has happened. A consumer publishes it and deletes it. It can be published twice, and the other
//! system tells the two apart by the key of the item. Only new items are published, so this also works with a store that knows
//! the [`Latest`] versions only.
//!
//! ```
//! use monotable::embedded::{ChangeLog, Retention};
//! use monotable::prelude::*;
//! use monotable::{Change, ChangeKind, Error};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, Table)]
//! #[table(coordination)]
//! enum Shop {
//!     Order(Order),
//!     Message(Message),
//! }
//!
//! #[derive(Debug, Serialize, Deserialize, Entity)]
//! #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "ORDER")]
//! struct Order {
//!     order_id: String,
//! }
//!
//! #[derive(Debug, Serialize, Deserialize, Entity)]
//! #[entity(table = Shop, pk = "ORDER#{order_id}", sk = "OUTBOX#{topic}")]
//! struct Message {
//!     order_id: String,
//!     topic: String,
//! }
//!
//! # async fn send(_: &Message) -> Result<(), Error> { Ok(()) }
//! type Handle = Table<Shop, Embedded<ChangeLog>>;
//!
//! async fn place(shop: &Handle) -> Result<(), Error> {
//!     let order = Order { order_id: "ORD-001".into() };
//!     let message = Message { order_id: "ORD-001".into(), topic: "placed".into() };
//!     shop.transaction().add(order.create()).add(message.create()).send().await
//! }
//!
//! /// The handler of a consumer.
//! async fn publish(shop: &Handle, change: Change<Shop>) -> Result<(), Error> {
//!     if let ChangeKind::Created(Shop::Message(message)) = change.kind {
//!         send(&message).await?;
//!         message.delete().send(shop).await?;
//!     }
//!     Ok(())
//! }
//!
//! # fn main() -> Result<(), Error> {
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let shop = Shop::on(Embedded::in_memory().with_change_log(Retention::default())?);
//! place(&shop).await?;
//! shop.consumer("outbox").catch_up(|change| publish(&shop, change)).await?;
//! assert!(Message::get("ORD-001", "placed").send(&shop).await?.is_none());
//! # Ok(()) }) }
//! ```

mod consumer;
mod error;
mod feed;
mod mode;
mod open;
mod place;
mod read;
mod request;
mod typed;
mod unknown;

pub use consumer::Consumer;
pub use error::ConsumerError;
pub use feed::{ChangeFeed, StoredChange};
pub use mode::{AllChanges, AnyChange, FeedMode, LatestVersions};
pub use open::Consumed;
pub use read::{ChangeOf, Changes};
pub use request::{ChangePage, FeedPosition, OpenChanges, StartFrom};
pub use typed::{Change, ChangeKind, Latest};
pub use unknown::{Decoded, FailOnUnknown, KeepUnknown, SkipUnknown, UnknownItems};
