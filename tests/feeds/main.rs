//! Readers of change events that die at random points: each change is delivered, in order for each item, and none is
//! lost. And a table's changes give its state.
//!
//! `MONOTABLE_SCALE` multiplies the number of writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cosmos;
mod in_process;
mod journal;
mod killed;
mod state;
