//! Time to live: enables it for a new table, and checks it for an existing one.

use super::{FIRST_PAUSE, LONGEST_PAUSE};
use crate::DynamoDb;
use crate::error::incomplete;
use aws_sdk_dynamodb::error::ProvideErrorMetadata as _;
use aws_sdk_dynamodb::types::{TimeToLiveDescription, TimeToLiveSpecification, TimeToLiveStatus};
use monotable_core::schema::TableDef;
use monotable_core::{Backend as _, Result};
use std::time::Duration;

/// How long to wait while other changes of the table are in progress.
const PATIENCE: Duration = Duration::from_secs(60);
/// Messages of DynamoDB which mean that another process has enabled time to live at the same time.
const DONE: [&str; 2] = ["already enabled", "modified multiple times within a fixed interval"];

/// Makes DynamoDB delete expired items.
pub(super) async fn enable(backend: &DynamoDb, table: &TableDef) -> Result<()> {
    let ttl = TimeToLiveSpecification::builder().enabled(true).attribute_name(table.ttl).build();
    let ttl = ttl.map_err(incomplete)?;
    let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
    loop {
        let call = backend
            .client
            .update_time_to_live()
            .table_name(backend.table_name())
            .time_to_live_specification(ttl.clone());
        let Err(failed) = call.send().await else { return Ok(()) };
        let said = failed.message().unwrap_or_default();
        if DONE.iter().any(|done| said.contains(done)) {
            return Ok(());
        }
        if failed.code() != Some("ResourceInUseException") || waited >= PATIENCE {
            return Err(backend.error(failed));
        }
        backend.pause(pause).await;
        waited += pause;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Warns if DynamoDB does not delete expired items of an existing table. This is not an error, because
/// reads leave out expired items anyway, but the stored items have to be paid for.
pub(super) async fn check(backend: &DynamoDb, table: &TableDef) {
    let (name, attribute) = (backend.table_name(), table.ttl);
    let call = backend.client.describe_time_to_live().table_name(name);
    match call.send().await {
        Ok(answer) if is_enabled(answer.time_to_live_description(), attribute) => {}
        Ok(_) => tracing::warn!(
            table = name,
            attribute,
            "time to live is not enabled on attribute `{attribute}` of table `{name}`, so \
             expired items are never deleted: enable it with `aws dynamodb update-time-to-live`, or in \
             DynamoDB's console"
        ),
        Err(failed) => tracing::warn!(
            table = name,
            attribute,
            error = %backend.error(failed),
            "it is not known whether time to live is enabled on attribute `{attribute}` of table \
             `{name}`: allow `dynamodb:DescribeTimeToLive`, or check it in DynamoDB's console"
        ),
    }
}

fn is_enabled(found: Option<&TimeToLiveDescription>, attribute: &str) -> bool {
    found.is_some_and(|found| {
        let status = found.time_to_live_status();
        matches!(status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling))
            && found.attribute_name() == Some(attribute)
    })
}
