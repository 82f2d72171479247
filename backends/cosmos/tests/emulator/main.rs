//! The backend against the emulator, through the typed API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod changes;
mod clients;
mod containers;
mod documents;
mod environment;
mod errors;
mod fan_out;
mod faults;
mod index_entries;
mod index_worker;
mod pages;
mod sessions;
mod smoke;
mod support;
mod transactions;
mod wire;
