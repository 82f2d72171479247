//! The handle.

use crate::error::{Place, no_region};
use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use monotable_core::expr::Action;
use monotable_core::{Error, Kind, Result};
use std::fmt;
use std::sync::Arc;

/// The variable that names the table.
const TABLE: &str = "MONOTABLE_TABLE";

/// A table in DynamoDB. A handle: its clones share the client and its connections.
///
/// See the [crate's documentation](crate) for what each request sends and may do.
#[derive(Clone)]
pub struct DynamoDb {
    pub(crate) client: Client,
    table: Arc<str>,
}

impl DynamoDb {
    /// A table by the client that you bring: its region, credentials, endpoint, retries and
    /// timeouts are yours to set.
    ///
    /// `table` is the table's name, or its ARN. Nothing is sent.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        DynamoDb { client, table: Arc::from(table.into()) }
    }

    /// The table that the variable `MONOTABLE_TABLE` names, with region, credentials and endpoint
    /// from the environment as for every program on an AWS SDK: from variables (`AWS_REGION`,
    /// `AWS_ACCESS_KEY_ID`, `AWS_PROFILE`, `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`, …), from
    /// the shared files, or from the role of the container or machine.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](monotable_core::Error::is_invalid_request) if there is no
    /// `MONOTABLE_TABLE` or no region; the message names the variable to set. Credentials are looked
    /// for when the first request needs them.
    pub async fn from_env() -> Result<Self> {
        let table = std::env::var(TABLE).ok().filter(|table| !table.is_empty());
        let table = table.ok_or_else(|| {
            let message = format!("no table is named: set `{TABLE}` to the table's name");
            Error::new(Kind::InvalidRequest, message)
        })?;
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        match config.region() {
            Some(_) => Ok(DynamoDb::new(Client::new(&config), table)),
            None => Err(no_region()),
        }
    }

    /// The client, for requests that are made by hand.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The table's name, or the ARN that was given for it.
    pub fn table_name(&self) -> &str {
        &self.table
    }

    /// The error of a call.
    pub(crate) fn error<E>(&self, failed: SdkError<E>) -> Error
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        self.place(&[]).error(failed)
    }

    pub(crate) fn place<'a>(&'a self, actions: &'a [Action]) -> Place<'a> {
        let region = self.client.config().region();
        Place { table: &self.table, region: region.map(AsRef::as_ref), actions }
    }
}

impl fmt::Debug for DynamoDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.client.config().region().map(ToString::to_string);
        f.debug_struct("DynamoDb").field("table", &self.table).field("region", &region).finish()
    }
}
