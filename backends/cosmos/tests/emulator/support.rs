//! Microsoft's emulator, which runs in the process of the test.

use azure_data_cosmos::clients::{ContainerClient, DatabaseClient};
use azure_data_cosmos::{AccountReference, CosmosClient, CosmosRuntimeBuilder, RoutingStrategy};
use azure_data_cosmos_driver::in_memory_emulator::{
    ContainerConfig, InMemoryEmulatorHttpClient, VirtualAccountConfig, VirtualRegion,
};
use std::sync::Arc;

const ENDPOINT: &str = "https://eastus.emulator.local";

/// An account with one database.
pub(crate) struct Emulator {
    pub(crate) server: Arc<InMemoryEmulatorHttpClient>,
    pub(crate) database: DatabaseClient,
}

impl Emulator {
    pub(crate) async fn start() -> Self {
        let region = VirtualRegion::new("East US", ENDPOINT.parse().unwrap());
        let config = VirtualAccountConfig::new(vec![region]).unwrap();
        let server = Arc::new(InMemoryEmulatorHttpClient::new(config));
        server.store().create_database("db");
        let runtime = CosmosRuntimeBuilder::from(server.runtime_builder()).build().await.unwrap();
        let account = AccountReference::with_authentication_key(ENDPOINT.parse().unwrap(), "a2V5");
        let strategy = RoutingStrategy::ProximityTo("East US".into());
        let client = CosmosClient::builder().with_runtime(runtime).build(account, strategy).await;
        let database = client.unwrap().database_client("db");
        Emulator { server, database }
    }

    /// Creates a container with two physical partitions.
    pub(crate) async fn container(&self, name: &str, partition_key: &str) -> ContainerClient {
        let config = ContainerConfig::new().with_partition_count(2).build().unwrap();
        let path = partition_key.to_owned().into();
        self.server.store().create_container_with_config("db", name, path, config);
        self.database.container_client(name.to_owned(), None).await.unwrap()
    }
}
