//! `DynamoDb`: the handle of a table in DynamoDB.

use crate::direct::operation::Operation;
use crate::direct::{DirectCodec, Outgoing};
use crate::error::{Place, no_region};
use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::config::Intercept as _;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::{Client, config};
use monotable_core::expr::Action;
use monotable_core::{Error, Kind, Result};
use std::fmt;
use std::sync::Arc;

/// The environment variable with the name of the table.
const TABLE: &str = "MONOTABLE_TABLE";

/// A table in DynamoDB. This is a handle: its clones share the client and the client's connections.
///
/// The [documentation of the crate](crate) describes what each request sends, and which permissions it
/// needs.
#[derive(Clone)]
pub struct DynamoDb {
    pub(crate) client: Client,
    table: Arc<str>,
    pub(crate) codec: Codec,
    /// Whether the table has to have a stream.
    pub(crate) has_stream: bool,
}

/// How items pass between the SDK and the structs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    /// As the SDK's attribute values.
    Sdk,
    /// As JSON. The client has the interceptor.
    OfClient,
    /// As JSON. The interceptor is added to each call.
    OfCall,
}

impl DynamoDb {
    /// Returns a handle of a table that uses your client, with its region, credentials, endpoint,
    /// retries and timeouts.
    ///
    /// `table` is the name of the table or its ARN. Nothing is sent.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        let mut interceptors = client.config().interceptors();
        let has_codec = interceptors.any(|interceptor| interceptor.name() == DirectCodec::NAME);
        drop(interceptors);
        let codec = if has_codec { Codec::OfClient } else { Codec::OfCall };
        DynamoDb { client, table: Arc::from(table.into()), codec, has_stream: false }
    }

    /// Returns a handle of the table that the environment variable `MONOTABLE_TABLE` names.
    ///
    /// The region, credentials and endpoint come from the environment, as in every program with an AWS
    /// SDK: from variables (`AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_PROFILE`,
    /// `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`, …), from the shared files, or from the role of
    /// the container or machine. Credentials are loaded by the first request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](monotable_core::Error::is_invalid_request) if there is no
    /// `MONOTABLE_TABLE` or no region. The message names the variable to set.
    pub async fn from_env() -> Result<Self> {
        let table = std::env::var(TABLE).ok().filter(|table| !table.is_empty());
        let table = table.ok_or_else(|| {
            let message = format!("no table is named: set `{TABLE}` to the table's name");
            Error::new(Kind::InvalidRequest, message)
        })?;
        let config = aws_config::load_defaults(BehaviorVersion::latest()).await;
        match config.region() {
            Some(_) => {
                let config = config::Builder::from(&config);
                let config = config.interceptor(DirectCodec::new()).build();
                Ok(DynamoDb::new(Client::from_conf(config), table))
            }
            None => Err(no_region()),
        }
    }

    /// Says that the table has a stream of its changes, for [`StreamEvent`](crate::StreamEvent)s and for `DynamoDbStreams`.
    /// [`create_if_missing`](monotable_core::Table::create_if_missing) makes the table with a stream of the items before and
    /// after each change, and refuses an existing table without one, with what to do.
    #[must_use]
    pub fn with_stream(mut self) -> Self {
        self.has_stream = true;
        self
    }

    /// Lets the SDK read and write all items. For tests, which compare both ways.
    #[doc(hidden)]
    #[must_use]
    pub fn with_sdk_codec(mut self) -> Self {
        self.codec = Codec::Sdk;
        self
    }

    /// The items of a request, which the SDK does not get if it need not.
    pub(crate) fn outgoing(&self, operation: &'static Operation) -> Outgoing {
        Outgoing::new(operation, self.codec != Codec::Sdk)
    }

    /// Returns the SDK's client, for calls of your own.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the name of the table, or its ARN if that was given.
    pub fn table_name(&self) -> &str {
        &self.table
    }

    /// Converts the error of a call.
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
