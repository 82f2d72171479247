//! The embedded backend through its public API.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod files;
mod kill;
mod support;
