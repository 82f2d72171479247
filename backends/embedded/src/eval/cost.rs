//! What requests would cost on DynamoDB.

use monotable_core::Cost;

/// What one read unit reads, in bytes.
const READ_UNIT: usize = 4 * 1024;
/// What one write unit writes, in bytes.
const WRITE_UNIT: usize = 1024;

/// The cost of one read of so many bytes; of nothing it is that of the least.
pub(super) fn read(bytes: usize, consistent: bool) -> Cost {
    let each = if consistent { 1.0 } else { 0.5 };
    Cost::read(units(bytes, READ_UNIT) * each)
}

/// The cost of one write of so many bytes.
pub(super) fn write(bytes: usize) -> Cost {
    Cost::write(units(bytes, WRITE_UNIT))
}

/// What a transaction charges for it: once to prepare, once to commit.
pub(super) fn twice(cost: Cost) -> Cost {
    cost + cost
}

// An item is at most 400 KB and a page little over 1 MB: floats hold such counts exactly.
#[allow(clippy::cast_precision_loss)]
fn units(bytes: usize, unit: usize) -> f64 {
    bytes.div_ceil(unit).max(1) as f64
}
