//! Calculates what requests would cost on DynamoDB.

use monotable_core::Cost;

/// How many bytes one read unit pays for.
const READ_UNIT: usize = 4 * 1024;
/// How many bytes one write unit pays for.
const WRITE_UNIT: usize = 1024;

/// Returns the cost of reading `bytes` bytes. Reading no bytes costs as much as reading one.
pub(super) fn read(bytes: usize, consistent: bool) -> Cost {
    let each = if consistent { 1.0 } else { 0.5 };
    Cost::read(units(bytes, READ_UNIT) * each)
}

/// Returns the cost of writing `bytes` bytes. Writing no bytes costs as much as writing one.
pub(super) fn write(bytes: usize) -> Cost {
    Cost::write(units(bytes, WRITE_UNIT))
}

/// Returns the cost of the same read or write within a transaction, which is charged twice: once to
/// prepare and once to commit.
pub(super) fn twice(cost: Cost) -> Cost {
    cost + cost
}

// An item has at most 400 KB and a page a little over 1 MB. A float holds such numbers exactly.
#[allow(clippy::cast_precision_loss)]
fn units(bytes: usize, unit: usize) -> f64 {
    bytes.div_ceil(unit).max(1) as f64
}
