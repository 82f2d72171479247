//! The functions as they run on Lambda: their binaries, the runtime API, and DynamoDB Local.
//!
//! Without DynamoDB Local, most tests are skipped and say so; with `MONOTABLE_REQUIRE_CONTAINERS=1`, they fail.

mod api;
mod changes;
mod support;
