//! The shop of `examples/portable` on Cosmos DB:
//!
//! ```sh
//! export MONOTABLE_COSMOS_ENDPOINT=https://NAME.documents.azure.com/ MONOTABLE_COSMOS_KEY=..
//! export MONOTABLE_COSMOS_DATABASE=shop MONOTABLE_COSMOS_CONTAINER=items
//! cargo run --example cosmos --features cosmos
//! ```
//!
//! The database has to exist. The container is created if it does not, which needs a key of the account. Without
//! `MONOTABLE_COSMOS_KEY`, the program uses the identity that is signed in with `az login`, which needs the role
//! `Cosmos DB Built-in Data Contributor`. On the emulator in Microsoft's container, which needs no account:
//!
//! ```sh
//! docker run --detach --publish 127.0.0.1:8081:8081 mcr.microsoft.com/cosmosdb/linux/azure-cosmos-emulator:vnext-latest
//! export MONOTABLE_COSMOS_ENDPOINT=http://127.0.0.1:8081/
//! ```
//!
//! with the well-known key of the emulator, which its documentation has.

#![allow(unreachable_pub, missing_docs, reason = "the modules are those of `examples/portable`")]

use monotable::Cosmos;
use shop::ByStatus;

#[path = "portable/src/handlers.rs"]
mod handlers;
#[path = "portable/src/shop.rs"]
mod shop;
#[path = "portable/src/tour.rs"]
mod tour;

#[tokio::main(flavor = "current_thread")]
async fn main() -> monotable::Result<()> {
    // A server creates this once and keeps it, because it has the client with its connections.
    let backend = Cosmos::from_env().await?.index_fan_out(ByStatus);
    println!("{backend:?}\n");
    for line in tour::tour(backend).await? {
        println!("{line}");
    }
    Ok(())
}
