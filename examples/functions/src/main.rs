//! The custom handler: the process that the host of the functions starts, and keeps for all calls.

use functions::model::Tracker;
use monotable::prelude::*;
use std::io;
use tokio::net::TcpListener;

/// The first use connects. All calls of the process have the same client, also those at the same time.
static TRACKER: Warm<Table<Tracker, Cosmos>> = Warm::from_env();

#[tokio::main]
async fn main() -> io::Result<()> {
    functions::log();
    let port = std::env::var("FUNCTIONS_CUSTOMHANDLER_PORT").unwrap_or_else(|_| "3000".to_owned());
    let port = port.parse().map_err(|_| {
        let message = format!("FUNCTIONS_CUSTOMHANDLER_PORT is `{port}`, which is no port");
        io::Error::new(io::ErrorKind::InvalidInput, message)
    })?;
    // Only the host calls it, which is on the same machine.
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    // The host needs a moment until it sends the first call. If this fails, the first call tries again.
    tokio::spawn(async {
        if let Err(error) = TRACKER.get().await {
            tracing::warn!("not connected yet: {error}");
        }
    });
    axum::serve(listener, functions::router(&TRACKER)).await
}
