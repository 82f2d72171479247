//! The shop of the quickstart on DynamoDB, or on DynamoDB Local:
//!
//! ```sh
//! docker run --detach --publish 127.0.0.1:8000:8000 amazon/dynamodb-local
//! export AWS_ENDPOINT_URL=http://127.0.0.1:8000 AWS_REGION=us-east-1
//! export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x MONOTABLE_TABLE=shop-example
//! cargo run --example dynamodb --features dynamodb
//! ```
//!
//! Without `AWS_ENDPOINT_URL`, it runs on DynamoDB itself with your AWS credentials, and leaves the
//! table and a few items there.

use monotable::DynamoDb;

#[expect(dead_code, reason = "this program has a `main` of its own")]
mod quickstart;

#[tokio::main(flavor = "current_thread")]
async fn main() -> monotable::Result<()> {
    // A server creates this once and keeps it, because it has the client with its connections.
    let backend = DynamoDb::from_env().await?;
    println!("{backend:?}\n");
    quickstart::tour(backend).await
}
