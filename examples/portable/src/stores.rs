//! The stores on which the shop runs.

use crate::shop::{ByStatus, Shop};
use azure_data_cosmos::{AccountReference, CosmosClient, CosmosRuntimeBuilder, RoutingStrategy};
use azure_data_cosmos_driver::in_memory_emulator::{
    InMemoryEmulatorHttpClient, VirtualAccountConfig, VirtualRegion,
};
use monotable::cosmos::Cosmos;
use monotable::testing::dynamodb;
use std::error::Error;
use std::sync::Arc;

/// The index is served by queries of all partitions, which is enough for a small container.
pub type CosmosShop = Cosmos<((), ByStatus)>;

/// Returns a table in DynamoDB Local, or `None` if there is none.
pub async fn dynamodb_local() -> monotable::Result<Option<dynamodb::TestTable<Shop>>> {
    dynamodb::table::<Shop>().await
}

/// Returns a container of the account in the environment, or else of an emulator.
pub async fn cosmos() -> Result<(&'static str, CosmosShop), Box<dyn Error>> {
    if std::env::var_os("MONOTABLE_COSMOS_ENDPOINT").is_some() {
        return Ok(("Cosmos DB", Cosmos::from_env().await?.index_fan_out(ByStatus)));
    }
    let endpoint = "https://westeurope.emulator.local";
    let region = VirtualRegion::new("West Europe", endpoint.parse()?);
    let account = VirtualAccountConfig::new(vec![region])?;
    let emulator = Arc::new(InMemoryEmulatorHttpClient::new(account));
    emulator.store().create_database("portable");
    let runtime = CosmosRuntimeBuilder::from(emulator.runtime_builder()).build().await?;
    let account = AccountReference::with_authentication_key(endpoint.parse()?, "a2V5");
    let region = RoutingStrategy::ProximityTo("West Europe".into());
    let client = CosmosClient::builder().with_runtime(runtime).build(account, region).await?;
    let cosmos = Cosmos::in_database(client.database_client("portable"), "shop");
    Ok(("Cosmos DB (emulator)", cosmos.index_fan_out(ByStatus)))
}
