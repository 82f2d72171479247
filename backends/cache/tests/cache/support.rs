//! What the tests share: a table, and servers.

pub mod memory;
pub mod server;
pub mod shop;
