//! Creating a table: the calls `CreateTable`, `DescribeTable`, `UpdateTimeToLive` and
//! `DescribeTimeToLive`.

mod compare;
mod declare;
mod expire;
mod stream;

#[cfg(feature = "streams")]
pub(crate) use stream::stream_of;

use crate::DynamoDb;
use crate::error::incomplete;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::operation::describe_table::DescribeTableError;
use aws_sdk_dynamodb::types::{BillingMode, IndexStatus, TableDescription, TableStatus};
use monotable_core::schema::TableDef;
use monotable_core::{Backend as _, Error, Kind, Result};
use std::time::Duration;

/// How long to wait until a table can be used. The indexes of a new table are empty, but DynamoDB may
/// still be filling an index of an existing table.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Creates the table if it does not exist, and waits until it can be used.
pub(crate) async fn create(backend: &DynamoDb, table: &TableDef) -> Result<()> {
    let found = describe(backend).await?;
    let is_new = match &found {
        // Another process is creating the table, and may end before it enables time to live.
        Some(found) => matches!(found.table_status(), Some(TableStatus::Creating)),
        None => {
            start(backend, table).await?;
            true
        }
    };
    wait(backend, table, found).await?;
    match (table.expires(), is_new) {
        (false, _) => Ok(()),
        // Time to live can only be enabled when the table exists. It is enabled only for a new table,
        // because items of an existing table would begin to disappear.
        (true, true) => expire::enable(backend, table).await,
        (true, false) => {
            expire::check(backend, table).await;
            Ok(())
        }
    }
}

pub(crate) async fn describe(backend: &DynamoDb) -> Result<Option<TableDescription>> {
    let call = backend.client.describe_table().table_name(backend.table_name());
    match call.send().await {
        Ok(answer) => Ok(answer.table),
        Err(failed) => match failed.as_service_error() {
            Some(DescribeTableError::ResourceNotFoundException(_)) => Ok(None),
            _ => Err(backend.error(failed)),
        },
    }
}

/// Asks DynamoDB to create the table. It is no error if another process does so at the same time.
async fn start(backend: &DynamoDb, table: &TableDef) -> Result<()> {
    let global = declare::global(table).map_err(incomplete)?;
    let local = declare::local(table).map_err(incomplete)?;
    let stream = backend.has_stream.then(stream::specification).transpose();
    let call = backend
        .client
        .create_table()
        .table_name(backend.table_name())
        .set_attribute_definitions(Some(declare::attributes(table).map_err(incomplete)?))
        .set_key_schema(Some(declare::keys(declare::table_keys(table)).map_err(incomplete)?))
        // DynamoDB refuses an empty list.
        .set_global_secondary_indexes((!global.is_empty()).then_some(global))
        .set_local_secondary_indexes((!local.is_empty()).then_some(local))
        .set_stream_specification(stream.map_err(incomplete)?)
        .billing_mode(BillingMode::PayPerRequest);
    match call.send().await {
        Ok(_) => Ok(()),
        Err(failed) => match failed.as_service_error() {
            Some(CreateTableError::ResourceInUseException(_)) => Ok(()),
            _ => Err(backend.error(failed)),
        },
    }
}

/// Waits until the table and the declared indexes can be used. `found` is its description, if there is
/// one already.
///
/// If a call for a description is throttled or fails on the way, it is sent again.
///
/// # Errors
///
/// `SchemaMismatch` if the table differs from the declared one.
async fn wait(
    backend: &DynamoDb,
    table: &TableDef,
    mut found: Option<TableDescription>,
) -> Result<()> {
    let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
    let mut failed = None;
    loop {
        // DynamoDB may not find a table right after it was created.
        if let Some(found) = &found {
            // Compared each time, because another process may be creating another table of this name.
            compare::compare(table, backend.table_name(), found)?;
            stream::check(backend, found)?;
            if is_ready(backend, table, found)? {
                return Ok(());
            }
        }
        if waited >= PATIENCE {
            if let Some(failed) = failed {
                return Err(failed);
            }
            let message = format!(
                "table `{}` cannot be used yet after {} minutes: see its state in DynamoDB's \
                 console, and try again",
                backend.table_name(),
                PATIENCE.as_secs() / 60
            );
            return Err(Error::new(Kind::Unavailable, message));
        }
        backend.pause(pause).await;
        waited += pause;
        pause = (pause * 2).min(LONGEST_PAUSE);
        (found, failed) = match describe(backend).await {
            Ok(found) => (found, None),
            Err(error) if matches!(error.kind(), Kind::Throttled | Kind::Unavailable) => {
                (None, Some(error))
            }
            Err(error) => return Err(error),
        };
    }
}

/// Whether the table and the declared indexes can be used now.
///
/// # Errors
///
/// The table is being deleted, or DynamoDB has made it unusable.
fn is_ready(backend: &DynamoDb, table: &TableDef, found: &TableDescription) -> Result<bool> {
    let name = backend.table_name();
    match found.table_status() {
        // A table can be used while its settings are being changed.
        Some(TableStatus::Active | TableStatus::Updating) => {}
        Some(TableStatus::Creating) | None => return Ok(false),
        Some(TableStatus::Deleting) => {
            let message = format!("table `{name}` is being deleted: try again when it is gone");
            return Err(Error::new(Kind::Conflict, message));
        }
        Some(status) => {
            let message = format!(
                "table `{name}` cannot be used, its status is {status}: see its state in \
                 DynamoDB's console"
            );
            return Err(Error::new(Kind::Unavailable, message));
        }
    }
    // A local index can be used when its table can.
    Ok(table.indexes.iter().filter(|index| !index.is_local).all(|index| {
        let found = found.global_secondary_indexes().iter();
        let mut found = found.filter(|found| found.index_name() == Some(index.name));
        found.any(|found| {
            matches!(found.index_status(), Some(IndexStatus::Active | IndexStatus::Updating))
        })
    }))
}
