//! A shop on AWS Lambda: customers place orders and pay them, over HTTP.
//!
//! [`model`] says what is stored and how it is read. [`handlers`] has one function for each thing that the shop does. They
//! are generic over the backend, so their tests need no server. [`http`] is the JSON of HTTP events, and [`changes`] what is
//! done when an item has changed.

pub mod changes;
pub mod handlers;
pub mod http;
pub mod model;

use std::io::IsTerminal as _;

/// Writes the log to standard output, from where Lambda takes it.
pub fn log() {
    let colours = std::io::stdout().is_terminal();
    // Lambda adds the time.
    tracing_subscriber::fmt().with_ansi(colours).without_time().init();
}
