//! The backend against the emulator, through the typed API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fan_out;
mod faults;
mod smoke;
mod support;
mod transactions;
mod wire;
