//! Tests of the embedded backend through its public API.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod batches;
mod changes;
mod conditions;
mod expiry;
mod files;
mod filters;
mod index_entries;
mod kill;
mod support;
mod transactions;
mod updates;
