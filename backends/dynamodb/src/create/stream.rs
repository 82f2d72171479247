//! The stream of a table's changes.

use crate::DynamoDb;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{StreamSpecification, StreamViewType, TableDescription};
use monotable_core::{Error, Kind, Result};

/// A stream of the items before and after each change.
pub(super) fn specification() -> Result<StreamSpecification, BuildError> {
    let view = StreamViewType::NewAndOldImages;
    StreamSpecification::builder().stream_enabled(true).stream_view_type(view).build()
}

/// Checks that a table has the stream that it has to have.
///
/// # Errors
///
/// `SchemaMismatch` if it has none, or one without the items before and after each change.
pub(super) fn check(backend: &DynamoDb, found: &TableDescription) -> Result<()> {
    if backend.has_stream { stream_of(backend.table_name(), found).map(drop) } else { Ok(()) }
}

/// Returns the ARN of the table's stream.
///
/// # Errors
///
/// Those of [`check`].
pub(crate) fn stream_of<'a>(table: &str, found: &'a TableDescription) -> Result<&'a str> {
    let enabled = found.stream_specification().filter(|stream| stream.stream_enabled());
    let wrong = match (enabled, found.latest_stream_arn()) {
        (Some(stream), Some(arn)) => match stream.stream_view_type() {
            Some(StreamViewType::NewAndOldImages) => return Ok(arn),
            Some(view) => format!("has a stream with the view type `{view}`"),
            None => "has a stream without a view type".to_owned(),
        },
        _ => "has no stream".to_owned(),
    };
    let message = format!(
        "table `{table}` {wrong}, and has to have one with `NEW_AND_OLD_IMAGES`: enable it in DynamoDB's console, or with `aws dynamodb update-table --table-name {table} --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES`; a stream of another type has to be disabled before"
    );
    Err(Error::new(Kind::SchemaMismatch, message))
}
