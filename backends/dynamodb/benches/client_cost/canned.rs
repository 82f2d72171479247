//! A client whose connector answers immediately, and always in the same way.

use crate::order::{Order, Status};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

#[derive(Debug, Clone)]
struct Canned(&'static [u8]);

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let status = 200u16.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(self.0))))
    }
}

impl HttpClient for Canned {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// A client that gets this answer to every request.
pub fn answering(answer: Value) -> Client {
    let body = answer.to_string().into_bytes().leak();
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-central-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "bench"))
        .http_client(SharedHttpClient::new(Canned(body)))
        .build();
    Client::from_conf(config)
}

/// The answer to a get.
pub fn item(order: &Order) -> Value {
    json!({ "ConsumedCapacity": capacity(), "Item": stored(order) })
}

/// The answer to a put.
pub fn done() -> Value {
    json!({ "ConsumedCapacity": capacity() })
}

/// The answer to a batch of writes, or to a transaction.
pub fn done_many() -> Value {
    json!({ "ConsumedCapacity": [capacity()], "UnprocessedItems": {} })
}

/// The answer to a query.
pub fn page(orders: &[Order]) -> Value {
    let items: Vec<_> = orders.iter().map(stored).collect();
    json!({
        "ConsumedCapacity": capacity(),
        "Count": orders.len(),
        "Items": items,
        "ScannedCount": orders.len(),
    })
}

fn capacity() -> Value {
    json!({ "CapacityUnits": 1.0, "TableName": crate::order::TABLE })
}

fn stored(order: &Order) -> Value {
    let status = match order.status {
        Status::Placed => "Placed",
        Status::Paid => "Paid",
    };
    json!({
        "pk": { "S": format!("CUSTOMER#{}", order.customer_id) },
        "sk": { "S": format!("ORDER#{}", order.order_id) },
        "_type": { "S": "Order" },
        "customer_id": { "S": order.customer_id },
        "order_id": { "S": order.order_id },
        "status": { "S": status },
        "placed_at": { "N": order.placed_at.to_string() },
        "currency": { "S": order.currency },
        "total_cents": { "N": order.total_cents.to_string() },
        "discount": { "N": order.discount.to_string() },
        "quantity": { "N": order.quantity.to_string() },
        "email": { "S": order.email },
        "city": { "S": order.city },
        "note": { "S": order.note },
        "is_gift": { "BOOL": order.is_gift },
    })
}
