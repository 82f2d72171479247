//! Microsoft's emulator, which runs in the process of the test.

use azure_core::http::headers::HeaderName;
use azure_core::http::request::{Body, Request};
use azure_data_cosmos::clients::{ContainerClient, DatabaseClient};
use azure_data_cosmos::fault_injection::{
    FaultInjectionConditionBuilder, FaultInjectionErrorType, FaultInjectionResultBuilder,
    FaultInjectionRule, FaultInjectionRuleBuilder, FaultOperationType,
};
use azure_data_cosmos::options::OperationOptions;
use azure_data_cosmos::{AccountReference, CosmosClient, CosmosRuntimeBuilder, RoutingStrategy};
use azure_data_cosmos_driver::in_memory_emulator::{
    ContainerConfig, InMemoryEmulatorHttpClient, RequestObserver, VirtualAccountConfig,
    VirtualRegion,
};
use monotable_cosmos::Cosmos;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ENDPOINT: &str = "https://eastus.emulator.local";

/// An account with one database.
pub(crate) struct Emulator {
    pub(crate) server: Arc<InMemoryEmulatorHttpClient>,
    pub(crate) database: DatabaseClient,
    client: CosmosClient,
    seen: Arc<Seen>,
}

/// The requests for documents that reached the server.
#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<String>>,
    interruption: Mutex<Option<Interruption>>,
}

/// What is done before the server gets a request.
struct Interruption {
    /// How the request begins.
    request: String,
    /// How many of these requests come before it.
    after: usize,
    action: Box<dyn FnOnce() + Send>,
}

/// The headers that say what a request means.
const HEADERS: [&str; 12] = [
    "x-ms-documentdb-partitionkey",
    "x-ms-documentdb-is-upsert",
    "x-ms-documentdb-isquery",
    "x-ms-documentdb-query-enablecrosspartition",
    "x-ms-max-item-count",
    "x-ms-cosmos-is-batch-request",
    "x-ms-cosmos-batch-atomic",
    "x-ms-cosmos-read-consistency-strategy",
    "x-ms-cosmos-supported-serialization-formats",
    "if-match",
    "if-none-match",
    "prefer",
];

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Seen").field(&self.requests).finish()
    }
}

impl RequestObserver for Seen {
    fn on_request(&self, request: &Request) {
        let path = request.url().path();
        if !path.contains("/docs") {
            return;
        }
        let mut text = format!("{} {path}\n", request.method());
        let headers = request.headers();
        for name in HEADERS {
            if let Some(value) = headers.get_optional_str(&HeaderName::from_static(name)) {
                text.push_str(&format!("{name}: {value}\n"));
            }
        }
        if let Body::Bytes(body) = request.body()
            && !body.is_empty()
        {
            text.push_str(&String::from_utf8_lossy(body));
            text.push('\n');
        }
        self.interrupt(&text);
        self.requests.lock().unwrap().push(text);
    }
}

impl Seen {
    fn interrupt(&self, request: &str) {
        let mut place = self.interruption.lock().unwrap();
        let Some(it) = place.as_mut().filter(|it| request.starts_with(&it.request)) else { return };
        match it.after.checked_sub(1) {
            Some(after) => it.after = after,
            None => {
                let action = place.take().map(|it| it.action);
                // The action sends requests, too.
                drop(place);
                action.into_iter().for_each(|action| action());
            }
        }
    }
}

impl Emulator {
    pub(crate) async fn start() -> Self {
        Self::with_faults(Vec::new()).await
    }

    /// Starts an account whose answers have these faults.
    pub(crate) async fn with_faults(faults: Vec<Arc<FaultInjectionRule>>) -> Self {
        let region = VirtualRegion::new("East US", ENDPOINT.parse().unwrap());
        let config = VirtualAccountConfig::new(vec![region]).unwrap();
        let seen = Arc::new(Seen::default());
        let server = InMemoryEmulatorHttpClient::new(config);
        let server = Arc::new(server.with_request_observer(seen.clone()));
        server.store().create_database("db");
        let runtime = CosmosRuntimeBuilder::from(server.runtime_builder_with_fault_rules(faults))
            .build()
            .await
            .unwrap();
        let account = AccountReference::with_authentication_key(ENDPOINT.parse().unwrap(), "a2V5");
        let strategy = RoutingStrategy::ProximityTo("East US".into());
        let client = CosmosClient::builder().with_runtime(runtime).build(account, strategy).await;
        let client = client.unwrap();
        let database = client.database_client("db");
        Emulator { server, database, client, seen }
    }

    /// Returns the database by another client, all of whose requests have these options unless a request says otherwise.
    pub(crate) async fn database_with(&self, options: OperationOptions) -> DatabaseClient {
        let runtime = CosmosRuntimeBuilder::from(self.server.runtime_builder());
        let account = AccountReference::with_authentication_key(ENDPOINT.parse().unwrap(), "a2V5");
        let strategy = RoutingStrategy::ProximityTo("East US".into());
        let client = CosmosClient::builder()
            .with_runtime(runtime.build().await.unwrap())
            .with_default_operation_options(options)
            .build(account, strategy)
            .await;
        client.unwrap().database_client("db")
    }

    /// Returns a handle of a container that may not exist.
    pub(crate) fn named(&self, container: &str) -> Cosmos {
        Cosmos::in_database(self.client.database_client("db"), container)
    }

    /// Returns a handle of a container in a database that does not exist.
    pub(crate) fn in_no_database(&self) -> Cosmos {
        Cosmos::in_database(self.client.database_client("nowhere"), "shop")
    }

    /// Returns the requests for documents since the last call, without what is random in them.
    pub(crate) fn requests(&self) -> Vec<String> {
        let all = std::mem::take(&mut *self.seen.requests.lock().unwrap());
        all.into_iter().map(|text| without_random(&text)).collect()
    }

    /// Lets another writer do something before the server gets a request that begins like this, after some others of
    /// the kind. The test needs several threads.
    pub(crate) fn interrupt<F>(&self, request: &str, after: usize, action: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = tokio::runtime::Handle::current();
        let action = move || tokio::task::block_in_place(move || runtime.block_on(action));
        let interruption =
            Interruption { request: request.to_owned(), after, action: Box::new(action) };
        *self.seen.interruption.lock().unwrap() = Some(interruption);
    }

    /// Creates a container with two physical partitions.
    pub(crate) async fn container(&self, name: &str, partition_key: &str) -> ContainerClient {
        self.container_of(name, partition_key, 2).await
    }

    /// Creates a container with physical partitions.
    pub(crate) async fn container_of(
        &self,
        name: &str,
        partition_key: &str,
        partitions: u32,
    ) -> ContainerClient {
        let config = ContainerConfig::new().with_partition_count(partitions).build().unwrap();
        let path = partition_key.to_owned().into();
        self.server.store().create_container_with_config("db", name, path, config);
        self.database.container_client(name.to_owned(), None).await.unwrap()
    }

    /// Splits each of these physical partitions of a container.
    pub(crate) async fn split_all(&self, container: &str, ids: &mut Vec<u32>) {
        let store = self.server.store();
        let mut children = Vec::new();
        for id in ids.iter() {
            store.split_partition("db", container, *id, Duration::ZERO);
            store.wait_for_split("db", container, *id).await;
            children.extend(store.child_partition_ids("db", container, &[*id]));
        }
        assert_eq!(children.len(), 2 * ids.len());
        *ids = children;
    }
}

/// A fault of the next answers to an operation.
pub(crate) fn fault(
    operation: FaultOperationType,
    error: FaultInjectionErrorType,
    times: u32,
) -> Arc<FaultInjectionRule> {
    let condition = FaultInjectionConditionBuilder::new().with_operation_type(operation).build();
    let result = FaultInjectionResultBuilder::new().with_error(error).build();
    let rule = FaultInjectionRuleBuilder::new(format!("{operation:?} {error:?}"), result);
    let rule = rule.with_condition(condition).with_hit_limit(times).build();
    rule.disable();
    Arc::new(rule)
}

/// Requests to a container that take a millisecond.
pub(crate) fn slow(container: &str) -> Arc<FaultInjectionRule> {
    let condition = FaultInjectionConditionBuilder::new().with_container_id(container).build();
    let result = FaultInjectionResultBuilder::new().with_delay(Duration::from_millis(1)).build();
    let rule = FaultInjectionRuleBuilder::new("slow", result).with_condition(condition).build();
    rule.disable();
    Arc::new(rule)
}

/// Replaces the names of writes and the ETags.
fn without_random(text: &str) -> String {
    let mut lines = text.lines().map(|line| match line.split_once(": ") {
        Some((name @ ("if-match" | "if-none-match"), _)) => format!("{name}: ETAG"),
        _ => line.to_owned(),
    });
    let mut text = lines.by_ref().collect::<Vec<_>>().join("\n");
    if let Some(at) = text.find(r#""_op":""#) {
        text.replace_range(at + 7..at + 39, "NAME");
    }
    text
}
