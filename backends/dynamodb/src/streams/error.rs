//! Converting the errors of DynamoDB Streams.

use crate::DynamoDb;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use monotable_core::{Error, Kind};

/// Converts the error of a call about a stream.
pub(super) fn convert<E>(db: &DynamoDb, failed: SdkError<E>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match code(&failed) {
        Some("TrimmedDataAccessException") => trimmed(db).with_source(failed),
        Some("ResourceNotFoundException") => {
            let message = format!(
                "the stream of table `{}`, or a shard of it, is no longer there: start at the oldest change",
                db.table_name()
            );
            Error::new(Kind::Trimmed, message).with_source(failed)
        }
        _ => db.error(failed),
    }
}

fn code<E: ProvideErrorMetadata>(failed: &SdkError<E>) -> Option<&str> {
    failed.as_service_error().and_then(ProvideErrorMetadata::code)
}

/// Whether a shard iterator is older than 15 minutes.
pub(super) fn is_expired<E: ProvideErrorMetadata>(failed: &SdkError<E>) -> bool {
    code(failed) == Some("ExpiredIteratorException")
}

/// The error for records that are no longer kept.
pub(super) fn trimmed(db: &DynamoDb) -> Error {
    let message = format!(
        "changes of table `{}` after the position are no longer kept, because DynamoDB keeps them for 24 hours: read what depends on them from the table, and start at the oldest change",
        db.table_name()
    );
    Error::new(Kind::Trimmed, message)
}

/// The error for a position in a stream that is not the present one of the table.
pub(super) fn other_stream(db: &DynamoDb) -> Error {
    let message = format!(
        "table `{}` has another stream than that of the position, and changes between the two may be lost: read what depends on them from the table, and start at the oldest change",
        db.table_name()
    );
    Error::new(Kind::Trimmed, message)
}
