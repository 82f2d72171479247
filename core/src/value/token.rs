//! Names by which types and the codec know each other through serde's data model.
//!
//! Each is the name of a newtype struct. Other formats see an ordinary newtype and write its
//! content alone.

/// A sequence that is to be a set.
pub(super) const SET: &str = "$monotable::set";
/// Text that is to be a number; read back as text if the number is a decimal.
pub(super) const NUMBER: &str = "$monotable::number";
/// Asks for any value, of a kind that serde may not know.
pub(super) const VALUE: &str = "$monotable::value";
