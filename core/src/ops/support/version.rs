//! Versions, which are the optimistic lock of an entity.

use crate::expr::{Comparison, Expr, Path};
use crate::value::{Number, Value};
use std::time::{SystemTime, UNIX_EPOCH};

/// Returns the version after this one.
///
/// It is at least the time in microseconds. So the versions of an item that is deleted and created
/// again do not start over, as far as the clocks of the writers agree. Two writers that loaded the same
/// version may choose the same next one: a version says which item was loaded, but not who wrote it.
pub(crate) fn next_version(version: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    version.saturating_add(1).max(u64::try_from(now).unwrap_or(0))
}

/// Holds if the stored item has this version. Version 0 also holds for an item without a version and
/// for a missing item.
pub(crate) fn has_version(field: &'static str, version: u64) -> Expr {
    let field = Path::attribute(field);
    let is = |field| Expr::Compare(field, Comparison::Eq, Value::Number(Number::from(version)));
    if version == 0 { Expr::Absent(field.clone()).or(is(field)) } else { is(field) }
}
