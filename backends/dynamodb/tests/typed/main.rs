//! The JSON that typed requests send. It is the same as an expert would write by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod many;
mod model;
#[path = "../bodies/support.rs"]
#[allow(dead_code)]
mod support;
mod updates;
mod writes;
