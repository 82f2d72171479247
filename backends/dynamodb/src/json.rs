//! JSON text on bytes: reading it piece by piece, without a tree, and the escapes of its strings.
//!
//! Nothing here knows DynamoDB.

mod cursor;
mod escape;
#[cfg(test)]
mod tests;

pub(crate) use cursor::{Cursor, Invalid, Quoted, Span};
pub(crate) use escape::{write_content, write_string};
