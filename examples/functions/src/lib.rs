//! A tracker of issues on Azure Functions, as a custom handler: an HTTP server that the host of the functions calls.
//!
//! [`model`] says what is stored and how it is read. [`handlers`] has one function for each thing that the tracker does.
//! [`http`] are the routes of the function `api`, and [`changes`] is the function that gets the changes of the container.
//! All of them are generic over the backend, so their tests need no account.

pub mod changes;
pub mod failed;
pub mod handlers;
pub mod http;
pub mod model;

use axum::Router;
use model::Tracker;
use monotable::Transactions;
use monotable::prelude::*;
use std::io::IsTerminal as _;

/// The table that the functions of a process share.
pub type Shared<B> = &'static Warm<Table<Tracker, B>>;

/// Returns all routes of the process.
pub fn router<B: Transactions>(tracker: Shared<B>) -> Router {
    http::routes().merge(changes::route()).with_state(tracker)
}

/// Writes the log to standard output, from where the host takes it.
pub fn log() {
    let colours = std::io::stdout().is_terminal();
    tracing_subscriber::fmt().with_ansi(colours).init();
}
