//! The Cosmos DB backend of [monotable](https://docs.rs/monotable), on the official SDK.
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod backend;
mod client;
mod container;
mod create;
mod document;
mod error;
mod eval;
mod indexes;
mod json;
mod patch;
mod query;
mod read;
mod recent;
mod session;
mod sql;
mod transact;
mod upload;
mod write;

pub use client::Cosmos;
pub use document::Document;
pub use session::Session;
