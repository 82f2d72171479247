//! What DynamoDB charged.

use aws_sdk_dynamodb::types::ConsumedCapacity;
use monotable_core::Cost;

/// Bytes of one write unit.
const WRITE_UNIT: usize = 1024;

/// Of reads. A capacity that is not told apart is of the kind of the call.
pub(crate) fn read<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) -> Cost {
    consumed
        .into_iter()
        .map(|consumed| split(consumed).unwrap_or_else(|| Cost::read(total(consumed))))
        .sum()
}

/// Of writes, of the table and its indexes. A transaction's checks, and one that is sent again,
/// may read.
pub(crate) fn write<'a>(consumed: impl IntoIterator<Item = &'a ConsumedCapacity>) -> Cost {
    consumed
        .into_iter()
        .map(|consumed| split(consumed).unwrap_or_else(|| Cost::write(total(consumed))))
        .sum()
}

/// Of a write whose condition did not hold: such an answer does not say, but the documentation
/// does. It is the greater of the sizes of the item there and of the one to be.
#[allow(clippy::cast_precision_loss)] // An item has at most 400 KB.
pub(crate) fn refused(stored: usize, new: usize) -> Cost {
    Cost::write(stored.max(new).div_ceil(WRITE_UNIT).max(1) as f64)
}

/// Transactions tell reads from writes.
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
