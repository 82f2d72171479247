//! What the cache promises, on the embedded store, with Redis servers that the tests start.
//!
//! A server is the `redis-server` of the path. Without one, the tests that need it print that they were skipped; with
//! `MONOTABLE_REQUIRE_REDIS=1` they fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(unreachable_pub, reason = "it is a program")]

mod builder;
mod changes;
mod down;
mod history;
mod interleavings;
mod kept;
mod many;
mod processes;
mod servers;
mod single_flight;
mod spans;
mod steps;
mod support;
mod writes;
