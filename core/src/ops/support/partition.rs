//! What requests in one partition share: which entities are in it, and which keys.

use crate::error::{Error, Kind, Result};
use crate::query::Partition;
use crate::request::PrimaryKey;

/// The shape of the partition key of entity `E`, as seen by a request in a partition of `P`: the two are the
/// same.
#[diagnostic::on_unimplemented(
    message = "a transaction in a partition of `{P}` cannot have a `{E}`, whose partition key has another template: give both the same `pk`, or use `transaction()` or `transact_get(..)` of the table",
    label = "the `pk` of `{E}` is not that of `{P}`",
    note = "`transaction()` and `transact_get(..)` need a backend with `CrossPartitionTransactions`"
)]
pub trait SamePartition<S, E, P> {}
#[diagnostic::do_not_recommend]
impl<S, E, P> SamePartition<S, E, P> for S {}

/// The partition key, which every item of a request has.
pub(crate) fn partition_key<E, I>(partition: Partition<E, I>) -> Result<String> {
    partition.into_plan().map(|plan| plan.partition_key().to_owned())
}

/// Checks that the item of the request at place `at` is in the partition. Types have only compared the templates.
pub(crate) fn check_partition(
    partition: &str,
    at: usize,
    entity: &str,
    key: &PrimaryKey,
) -> Result<()> {
    if key.pk == partition {
        return Ok(());
    }
    let message = format!(
        "request {at} is of {entity} `{key}`, which is not in partition `{partition}`: make a transaction for each partition, or use `transaction()` or `transact_get(..)` (the first request is request 0)"
    );
    Err(Error::new(Kind::InvalidRequest, message))
}
