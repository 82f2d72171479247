//! `TestStore` and `TestTable`: a table of a single test, which goes away with it.

use super::connect;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Builder, Config};
use aws_sdk_dynamodb::error::DisplayErrorContext;
use monotable_core::backend::HeldBy;
use monotable_core::{Error, Kind, Result, SchemaExt as _, Table};
use monotable_dynamodb::DynamoDb;
use std::fmt;
use std::io::Write as _;
use std::ops::Deref;
use std::thread;
use std::time::Duration;

/// How long the deletion of a table may take. DynamoDB Local takes milliseconds.
const DELETION: Duration = Duration::from_secs(10);

/// A backend whose table is deleted at the end of a test: from [`store`](super::store).
///
/// It dereferences to [`DynamoDb`], of which a clone is the backend for a table. The clones do not keep
/// the table: it is deleted when this value is closed or dropped.
///
/// Dropping blocks the thread until the table is deleted, because `Drop` cannot wait asynchronously. A
/// table that cannot be deleted is named on standard error. If the process is killed, the table stays
/// at an endpoint from the environment; a container is removed with all of its tables.
pub struct TestStore {
    store: DynamoDb,
    endpoint: String,
    /// Whether the table has still to be deleted.
    open: bool,
}

impl TestStore {
    pub(super) fn new(endpoint: String, table: String) -> Self {
        let store = DynamoDb::new(connect(&endpoint), table);
        // The tests of monotable itself run once more with the SDK's codec.
        let sdk = std::env::var("MONOTABLE_DYNAMODB_CODEC").is_ok_and(|codec| codec == "sdk");
        let store = if sdk { store.with_sdk_codec() } else { store };
        TestStore { store, endpoint, open: true }
    }

    /// Deletes the table, if it was created.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable) if the table cannot be deleted.
    pub async fn close(mut self) -> Result<()> {
        let deleted = delete(self.client(), self.table_name()).await;
        // Dropping would only fail once more. If this future is dropped before, dropping deletes.
        self.open = false;
        deleted
    }
}

impl Deref for TestStore {
    type Target = DynamoDb;
    fn deref(&self) -> &DynamoDb {
        &self.store
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let (endpoint, table) = (self.endpoint.clone(), self.table_name().to_owned());
        // A thread of its own: this one may belong to a runtime, in which no other can block. A client
        // of its own, because the connections of the other one belong to the test's runtime.
        let deleted = thread::Builder::new().spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(|error| cannot(&table, &error))?;
            runtime.block_on(async { delete(&connect(&endpoint), &table).await })
        });
        let error = match deleted.map(thread::JoinHandle::join) {
            Ok(Ok(Ok(()))) => return,
            Ok(Ok(Err(error))) => error.to_string(),
            Ok(Err(_)) | Err(_) => cannot(self.table_name(), &"no thread").to_string(),
        };
        // Not a panic, which would end the process if the test has panicked.
        let _ = writeln!(std::io::stderr(), "*** {error}");
    }
}

impl fmt::Debug for TestStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table_name();
        f.debug_struct("TestStore")
            .field("endpoint", &self.endpoint)
            .field("table", &table)
            .finish()
    }
}

/// Deletes a table. It is no error if there is none.
async fn delete(client: &Client, table: &str) -> Result<()> {
    let timeouts = TimeoutConfig::builder().operation_timeout(DELETION).build();
    let within: Builder = Config::builder().timeout_config(timeouts);
    let request = client.delete_table().table_name(table).customize().config_override(within);
    match request.send().await {
        Ok(_) => Ok(()),
        Err(error) => {
            let gone =
                error.as_service_error().is_some_and(|it| it.is_resource_not_found_exception());
            if gone { Ok(()) } else { Err(cannot(table, &DisplayErrorContext(&error))) }
        }
    }
}

fn cannot(table: &str, reason: &dyn fmt::Display) -> Error {
    let message = format!("the table `{table}` of a test cannot be deleted: {reason}");
    Error::new(Kind::Unavailable, message)
}

/// A table in DynamoDB Local that is deleted at the end of a test: from [`table`](super::table).
///
/// It dereferences to [`Table`], so requests are sent to a reference of it. It is deleted like a
/// [`TestStore`].
pub struct TestTable<S: HeldBy<DynamoDb>> {
    table: Table<S, DynamoDb>,
    store: TestStore,
}

impl<S: HeldBy<DynamoDb>> TestTable<S> {
    pub(super) fn new(store: TestStore) -> Self {
        TestTable { table: S::on(store.store.clone()), store }
    }

    /// Deletes the table. Without it, the table is deleted when the value is dropped, which blocks the
    /// thread and only prints an error.
    ///
    /// # Errors
    ///
    /// [`is_unavailable`](Error::is_unavailable) if the table cannot be deleted.
    pub async fn close(self) -> Result<()> {
        self.store.close().await
    }
}

impl<S: HeldBy<DynamoDb>> Deref for TestTable<S> {
    type Target = Table<S, DynamoDb>;
    fn deref(&self) -> &Table<S, DynamoDb> {
        &self.table
    }
}

impl<S: HeldBy<DynamoDb>> fmt::Debug for TestTable<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestTable").field("table", &self.table).finish()
    }
}
