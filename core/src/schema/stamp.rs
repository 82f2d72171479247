//! `Stamp`: the time that a write gives to a field of `created = ..` or `updated = ..`.

use crate::key::PartValue;
use crate::value::Value;
use std::fmt;
use std::sync::Arc;

/// The new value of such a field: as it is stored, and as a part of keys.
#[doc(hidden)]
#[derive(Clone)]
pub struct Stamp {
    pub(crate) value: Value,
    pub(crate) part: Arc<dyn HoldsPart>,
}

/// A value that may be a part of keys.
pub(crate) trait HoldsPart: Send + Sync {
    /// Returns the part, if the field is part of keys.
    fn part(&self) -> Option<&dyn PartValue>;
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Stamp").field(&self.value).finish()
    }
}
