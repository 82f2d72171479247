//! The function that the stream of the table calls: it keeps the sales of each day up to date.

use lambda::changes;
use lambda::model::Shop;
use lambda_runtime::{Error, LambdaEvent, run_concurrent, service_fn};
use monotable::Change;
use monotable::dynamodb::{StreamAnswer, StreamEvent};
use monotable::prelude::*;

/// The first use connects. All calls of the process have the same client.
static SHOP: Warm<Table<Shop, DynamoDb>> = Warm::from_env();

/// Answers which change has failed: Lambda sends it and those after it again.
async fn handle(event: LambdaEvent<StreamEvent>) -> Result<StreamAnswer, Error> {
    let shop = SHOP.get().await?;
    let apply = async |change: Change<Shop>| changes::apply(&shop, &change).await;
    Ok(event.payload.handle(apply).await)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    lambda::log();
    run_concurrent(service_fn(handle)).await
}
