//! Costs, from the consumed capacity that DynamoDB reports.

use aws_sdk_dynamodb::types::ConsumedCapacity;
use monotable_core::Cost;

/// Bytes of one write unit.
const WRITE_UNIT: usize = 1024;

/// The cost of a read. Capacity that is not split into reads and writes counts as reads.
pub(crate) fn read<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) -> Cost {
    consumed
        .into_iter()
        .map(|consumed| split(consumed).unwrap_or_else(|| Cost::read(total(consumed))))
        .sum()
}

/// The cost of a write, of the table and its indexes. Capacity that is not split into reads and writes
/// counts as writes. A transaction with checks, or one that is sent again, may also read.
pub(crate) fn write<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) -> Cost {
    consumed
        .into_iter()
        .map(|consumed| split(consumed).unwrap_or_else(|| Cost::write(total(consumed))))
        .sum()
}

/// The cost of a write whose condition did not hold. DynamoDB does not report it. By its documentation,
/// it depends on the size of the stored item or of the new item, whichever is larger.
#[allow(clippy::cast_precision_loss)] // An item has at most 400 KB.
pub(crate) fn refused(stored: usize, new: usize) -> Cost {
    Cost::write(stored.max(new).div_ceil(WRITE_UNIT).max(1) as f64)
}

/// The reads and writes of a capacity, if they are reported separately, as for transactions.
fn split(consumed: &ConsumedCapacity) -> Option<Cost> {
    let (read, write) = (consumed.read_capacity_units, consumed.write_capacity_units);
    if read.is_none() && write.is_none() {
        return None;
    }
    Some(Cost::read(read.unwrap_or_default()) + Cost::write(write.unwrap_or_default()))
}

fn total(consumed: &ConsumedCapacity) -> f64 {
    consumed.capacity_units.unwrap_or_default()
}
