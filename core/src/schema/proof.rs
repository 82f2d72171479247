//! Proofs over templates, by const evaluation: what a table's entities may not do to each other,
//! and what a template may not say.
//!
//! Each check panics with one sentence, and `track_caller` makes the compiler show the user's line.
//! The checks run once for each derive; they walk segments, not bytes, wherever they can.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "const evaluation: a panic here is the compile error that the check is for"
)]

mod clash;
mod index;
mod message;
mod overlap;
mod template;
#[cfg(test)]
mod tests;

pub use clash::{Clash, assert_apart, claims, find_clash};
pub use index::assert_index;
pub use template::{assert_alias, assert_field, assert_fields, assert_template};
