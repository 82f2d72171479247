//! Help for the tests of programs that use [monotable](https://docs.rs/monotable): a backend that
//! records requests, and fresh tables in DynamoDB Local.
//!
//! Programs use it through the facade, as the module `monotable::testing`:
//!
//! - [`Recorder`] wraps any backend and records the requests that it gets. It needs only core.
#![cfg_attr(
    feature = "dynamodb",
    doc = "- [`dynamodb`] gives each test a fresh table in DynamoDB Local."
)]
#![cfg_attr(
    not(feature = "dynamodb"),
    doc = "- `dynamodb`, behind the feature of this name, gives each test a fresh table in DynamoDB Local."
)]
#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

#[cfg(feature = "dynamodb")]
pub mod dynamodb;
mod recorder;

pub use recorder::{Call, Recorder, Request, Requests};
