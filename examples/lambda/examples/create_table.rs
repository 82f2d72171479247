//! Creates the table that `MONOTABLE_TABLE` names, for trying the functions on DynamoDB Local. In the cloud, the template
//! creates it.

use lambda::model::Shop;
use monotable::prelude::*;

#[tokio::main(flavor = "current_thread")]
async fn main() -> monotable::Result<()> {
    Shop::on(DynamoDb::from_env().await?).create_if_missing().await
}
