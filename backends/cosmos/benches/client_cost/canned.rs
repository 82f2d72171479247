//! A client whose requests for documents are answered at once, with fixed bytes.

use crate::order::{ORDERS, Order};
use azure_core::http::StatusCode;
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::fault_injection::{
    CustomResponseBuilder, FaultInjectionConditionBuilder, FaultInjectionResultBuilder,
    FaultInjectionRule, FaultInjectionRuleBuilder, FaultOperationType,
};
use azure_data_cosmos::{AccountReference, CosmosClient, CosmosRuntimeBuilder, RoutingStrategy};
use azure_data_cosmos_driver::in_memory_emulator::{
    InMemoryEmulatorHttpClient, VirtualAccountConfig, VirtualRegion,
};
use std::sync::Arc;

const ENDPOINT: &str = "https://eastus.emulator.local";

/// Returns a client that gets this body for each request of the operation.
///
/// The emulator answers what the client asks before its first request. A rule of the SDK's fault injection answers the
/// operation itself, before it reaches the emulator.
pub async fn answering(operation: FaultOperationType, body: String) -> ContainerClient {
    let region = VirtualRegion::new("East US", ENDPOINT.parse().expect("a URL"));
    let config = VirtualAccountConfig::new(vec![region]).expect("an account");
    let server = Arc::new(InMemoryEmulatorHttpClient::new(config));
    server.store().create_database("db");
    server.store().create_container("db", "shop", "/pk".to_owned().into());
    let rules = vec![rule(operation, body)];
    let runtime = server.runtime_builder_with_fault_rules(rules);
    let runtime = CosmosRuntimeBuilder::from(runtime).build().await.expect("a runtime");
    let account =
        AccountReference::with_authentication_key(ENDPOINT.parse().expect("a URL"), "a2V5");
    let strategy = RoutingStrategy::ProximityTo("East US".into());
    let client = CosmosClient::builder().with_runtime(runtime).build(account, strategy).await;
    let database = client.expect("a client").database_client("db");
    database.container_client("shop", None).await.expect("a container")
}

fn rule(operation: FaultOperationType, body: String) -> Arc<FaultInjectionRule> {
    let answer = CustomResponseBuilder::new(StatusCode::Ok)
        .with_header("x-ms-request-charge", "1")
        .with_header("etag", "\"00000000-0000-0000-0000-000000000000\"")
        .with_header("x-ms-session-token", "0:1#7#1=7")
        .with_body(body)
        .build();
    let result = FaultInjectionResultBuilder::new().with_custom_response(answer).build();
    let condition = FaultInjectionConditionBuilder::new().with_operation_type(operation).build();
    let rule = FaultInjectionRuleBuilder::new("canned", result).with_condition(condition);
    Arc::new(rule.build())
}

/// The document of an order, as the service returns it.
pub fn document(order: &Order) -> String {
    let fields = serde_json::to_string(order).expect("JSON");
    format!(
        r#"{{"id":"ORDER~{id}","pk":"CUSTOMER#{customer}","sk":"{ORDERS}{id}","_type":"Order",{fields},"_rid":"ZhsEAKhlmgEBAAAAAAAAAA==","_self":"dbs/ZhsEAA==/colls/ZhsEAKhlmgE=/docs/ZhsEAKhlmgEBAAAAAAAAAA==/","_etag":"\"00000000-0000-0000-0000-000000000000\"","_attachments":"attachments/","_ts":1763900000}}"#,
        id = order.order_id,
        customer = order.customer_id,
        fields = fields.trim_start_matches('{').trim_end_matches('}'),
    )
}

/// A page of these orders.
pub fn page(orders: &[Order]) -> String {
    let documents: Vec<String> = orders.iter().map(document).collect();
    let count = orders.len();
    format!(r#"{{"_rid":"ZhsEAKhlmgE=","Documents":[{}],"_count":{count}}}"#, documents.join(","))
}
