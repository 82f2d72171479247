//! Reads and writes of single items.

mod key;
mod write;

pub use key::{Get, Key};
pub use write::{Delete, Put, Record};
