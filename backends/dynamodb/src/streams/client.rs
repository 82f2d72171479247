//! `DynamoDbStreams`: the handle of a table in DynamoDB and of the stream of its changes.

use crate::DynamoDb;
use crate::create::{describe, stream_of};
use crate::error::no_region;
use aws_config::BehaviorVersion;
use aws_sdk_dynamodbstreams::Client;
use monotable_core::{Error, Kind, Result};

/// A table in DynamoDB, and the stream of its changes, which is read by polling.
///
/// It is a backend like [`DynamoDb`], and sends the same requests. In addition, it tells of changes:
/// [`Table::changes`](monotable_core::Table::changes) and [`Table::consumer`](monotable_core::Table::consumer).
/// `create_if_missing` makes the table with a stream.
///
/// It is meant for tests, local work and small workers: one process at a time reads all shards of the stream, one after the
/// other. A function of AWS Lambda gets its changes as [`StreamEvent`](crate::StreamEvent)s, which need none of this.
///
/// # What is sent
///
/// | when | call | action `dynamodb:…`, on `table/NAME/stream/*` |
/// |---|---|---|
/// | a feed is opened | `DescribeTable`, `DescribeStream`; for each shard from now on, `GetShardIterator` | `DescribeTable` (on the table), `DescribeStream`, `GetShardIterator` |
/// | a page is read | `GetRecords` of one shard, of at most 1,000 records | `GetRecords` |
/// | a shard is read for the first time, or again after 15 minutes | `GetShardIterator` | `GetShardIterator` |
/// | a shard has ended, and once a round until the shards that follow it are listed; a shard is read from its beginning, and the list is older than an hour | `DescribeStream` | `DescribeStream` |
///
/// DynamoDB charges each `GetRecords` by itself, and not in units of capacity, so the cost of a page is zero. No more than two
/// processes should read a shard at the same time, and each shard has five `GetRecords` a second.
///
/// # What it tells
///
/// - Changes are kept for 24 hours. A reader that is further behind fails with
///   [`is_trimmed`](monotable_core::Error::is_trimmed). It does so, too, if it is not certain that nothing was lost.
/// - Writes that change nothing are not told.
/// - An item that expired is told as such if DynamoDB says so. On a global table it does in the region that deleted it.
///   DynamoDB Local never does: there, it is told as deleted.
/// - Times have whole seconds. In DynamoDB Local they are cut to the minute.
///
/// # Example: your own clients
///
/// ```
/// use monotable_dynamodb::{DynamoDb, DynamoDbStreams};
///
/// async fn connect() -> DynamoDbStreams {
///     let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
///     let table = DynamoDb::new(aws_sdk_dynamodb::Client::new(&config), "shop");
///     DynamoDbStreams::new(table, aws_sdk_dynamodbstreams::Client::new(&config))
/// }
/// ```
#[derive(Debug, Clone)]
pub struct DynamoDbStreams {
    pub(super) db: DynamoDb,
    client: Client,
}

impl DynamoDbStreams {
    /// Returns a handle of a table and its stream, that uses your client for streams, with its region, credentials, endpoint,
    /// retries and timeouts. Nothing is sent.
    #[must_use]
    pub fn new(table: DynamoDb, client: Client) -> Self {
        DynamoDbStreams { db: table.with_stream(), client }
    }

    /// Returns a handle of the table that the environment variable `MONOTABLE_TABLE` names, like [`DynamoDb::from_env`].
    ///
    /// # Errors
    ///
    /// Those of [`DynamoDb::from_env`].
    pub async fn from_env() -> Result<Self> {
        let table = DynamoDb::from_env().await?;
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        match config.region() {
            Some(_) => Ok(DynamoDbStreams::new(table, Client::new(&config))),
            None => Err(no_region()),
        }
    }

    /// Returns the handle of the table.
    pub fn db(&self) -> &DynamoDb {
        &self.db
    }

    /// Returns the SDK's client for streams, for calls of your own.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The ARN of the table's stream.
    pub(super) async fn stream(&self) -> Result<String> {
        let name = self.db.table_name();
        match describe(&self.db).await? {
            Some(found) => stream_of(name, &found).map(ToOwned::to_owned),
            None => {
                let message =
                    format!("table `{name}` does not exist: create it with `create_if_missing()`");
                Err(Error::new(Kind::TableMissing, message))
            }
        }
    }
}
