//! What the requests that delete many items have in common.

use super::prepared::{Prepared, Sent};
use crate::backend::{Backend, Client};
use crate::cost::Cost;
use crate::error::Result;
use crate::request;

/// The result of deleting one item.
#[derive(Default)]
pub(crate) struct Deleted {
    /// Whether the item is gone; `false` if another writer was faster.
    pub(crate) is_gone: bool,
    /// The cost of the calls that were not refused.
    pub(crate) cost: Cost,
}

impl Deleted {
    /// The result of a delete. That another writer was faster is no error.
    pub(crate) fn of<I>(sent: Result<Sent<I>>) -> Result<Self> {
        match sent {
            Ok(sent) => Ok(Deleted { is_gone: true, cost: sent.cost }),
            Err(error)
                if error.is_stale()
                    || error.is_conflict()
                    || error.is_not_found()
                    || error.is_condition_failed() =>
            {
                Ok(Deleted::default())
            }
            Err(error) => Err(error),
        }
    }
}

/// Deletes an expired item, and those of its guards that still belong to it.
pub(crate) async fn delete_expired<B: Backend>(
    client: Client<'_, B>,
    delete: Prepared<B::Item, request::Delete>,
) -> Result<Deleted> {
    let mut all = Deleted::default();
    // The item is the last of the writes, so the last result decides.
    for write in delete.into_separate_writes(client.table) {
        let Deleted { is_gone, cost } = Deleted::of(write.send_alone(client).await)?;
        all.is_gone = is_gone;
        all.cost += cost;
    }
    Ok(all)
}
