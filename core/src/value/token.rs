//! Names with which types tell the codec, through serde's data model, how they are stored.
//!
//! Each is the name of a newtype struct. For other formats this is an ordinary newtype, of which they
//! write only the content.

/// A sequence that is stored as a set.
pub(super) const SET: &str = "$monotable::set";
/// Text that is stored as a number. It is read back as text if the number is a decimal.
pub(super) const NUMBER: &str = "$monotable::number";
/// Accepts any value, also of a kind that serde does not know.
pub(super) const VALUE: &str = "$monotable::value";
