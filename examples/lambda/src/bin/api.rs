//! The function that answers HTTP requests.

use lambda::http::{Request, Response, respond};
use lambda::model::{Customer, Shop};
use lambda_runtime::{BoxFuture, Error, LambdaEvent, Runtime, SnapStartResource, service_fn};
use monotable::prelude::*;
use std::sync::Arc;

/// The first use connects. All calls of the process have the same client, also those at the same time.
static SHOP: Warm<Table<Shop, DynamoDb>> = Warm::from_env();

async fn handle(event: LambdaEvent<Request>) -> Result<Response, Error> {
    Ok(respond(&SHOP.get().await?, &event.payload).await)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    lambda::log();
    open().await;
    let runtime = Runtime::new(service_fn(handle)).register_snapstart_resource(Arc::new(Restored));
    // One call at a time, or as many as AWS_LAMBDA_MAX_CONCURRENCY says.
    runtime.run_concurrent().await
}

/// Opens the connection while the function is started, where there is more of the processor. If this fails, the first call
/// tries again, and has the error.
async fn open() {
    let opened = async {
        let shop = SHOP.get().await?;
        Customer::key("-").exists().send(&shop).await
    };
    if let Err(error) = opened.await {
        tracing::warn!("not connected yet: {error}");
    }
}

/// What is done when an instance is restored from a snapshot: its connections and credentials are those of the machine
/// that was copied.
struct Restored;

impl SnapStartResource for Restored {
    fn after_restore(&self) -> BoxFuture<'_, Result<(), Error>> {
        SHOP.reset();
        Box::pin(async {
            open().await;
            Ok(())
        })
    }
}
