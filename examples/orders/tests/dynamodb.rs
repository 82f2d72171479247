//! The handlers on DynamoDB Local, in a container or at `MONOTABLE_DYNAMODB_ENDPOINT`. Without either,
//! the test is skipped and says so; with `MONOTABLE_REQUIRE_CONTAINERS=1`, it fails.

mod support;

use monotable::testing::dynamodb;
use orders::model::Shop;

#[tokio::test]
async fn an_order_goes_its_way() -> monotable::Result<()> {
    let Some(shop) = dynamodb::table::<Shop>().await? else { return Ok(()) };
    support::an_order_goes_its_way(&shop).await;
    shop.close().await
}
