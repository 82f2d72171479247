//! What the requests that delete many items have in common.

use super::prepared::Prepared;
use crate::backend::{Backend, Client};
use crate::error::Result;
use crate::request;

/// Returns whether a write happened; `false` if another writer was faster.
pub(crate) fn is_done<T>(result: Result<T>) -> Result<bool> {
    match result {
        Ok(_) => Ok(true),
        Err(error)
            if error.is_stale()
                || error.is_conflict()
                || error.is_not_found()
                || error.is_condition_failed() =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Deletes an expired item, and those of its guards that still belong to it. Returns whether the item
/// is gone.
pub(crate) async fn delete_expired<B: Backend>(
    client: Client<'_, B>,
    delete: Prepared<B::Item, request::Delete>,
) -> Result<bool> {
    let mut is_gone = false;
    // The item is the last of the writes, so the last result decides.
    for write in delete.into_separate_writes(client.table) {
        is_gone = is_done(write.send_alone(client).await)?;
    }
    Ok(is_gone)
}
