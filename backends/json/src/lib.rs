//! JSON text on bytes: reading it piece by piece, without a tree, and the escapes of its strings.
//!
//! The backends of [monotable](https://docs.rs/monotable) whose stores speak JSON use it: an item is found in the text
//! of a whole page, and read from there into the struct of an entity. Libraries for JSON read a whole value at once,
//! or build a tree. The interface changes without notice.
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod cursor;
mod escape;
#[cfg(test)]
mod tests;

pub use cursor::{Cursor, Invalid, Quoted, Span};
pub use escape::{write_content, write_string};
