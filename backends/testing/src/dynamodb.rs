//! Fresh tables in DynamoDB Local, which are deleted at the end of a test.
//!
//! DynamoDB Local is either at the endpoint in the environment variable
//! `MONOTABLE_DYNAMODB_ENDPOINT`, such as `http://127.0.0.1:8000`, or in a container. The first test of
//! a process that needs the container starts it, and all tests of the process share it. It is removed
//! when the process has ended, even if the process was killed. For the container, the machine needs
//! Docker, its command `docker`, and `sh`.
//!
//! If there is neither, the functions of this module print once on standard error that tests are
//! skipped, and why. They return `Ok(None)`, with which the test ends. If
//! `MONOTABLE_REQUIRE_CONTAINERS` is 1, they return an error instead. Set it where a skipped test must
//! not be missed, as in CI.
//!
//! # Example: test with DynamoDB Local
//!
//! ```no_run
//! # use monotable::prelude::*;
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Debug, Table)]
//! # enum Shop { Order(Order) }
//! # #[derive(Debug, Serialize, Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
//! # #[access(by_customer)]
//! # struct Order { customer_id: String, order_id: String }
//! use monotable::testing::dynamodb;
//!
//! #[tokio::test]
//! async fn orders_are_stored() -> monotable::Result<()> {
//!     let Some(shop) = dynamodb::table::<Shop>().await? else { return Ok(()) };
//!     let order = Order { customer_id: "C001".into(), order_id: "ORD-001".into() };
//!     order.create().send(&shop).await?;
//!     assert_eq!(Order::by_customer("C001").count(&shop).await?, 1);
//!     shop.close().await
//! }
//! # fn main() {}
//! ```
//!
//! # Example: count the requests to DynamoDB Local
//!
//! ```no_run
//! # use monotable::prelude::*;
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Debug, Table)]
//! # enum Shop { Order(Order) }
//! # #[derive(Debug, Serialize, Deserialize, Entity)]
//! # #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
//! # struct Order { customer_id: String, order_id: String }
//! use monotable::testing::{Recorder, dynamodb};
//!
//! # async fn test() -> monotable::Result<()> {
//! let Some(fresh) = dynamodb::table::<Shop>().await? else { return Ok(()) };
//! let shop = Shop::on(Recorder::new(fresh.backend().clone()));
//! Order::get("C001", "ORD-001").send(&shop).await?;
//! let requests = shop.backend().take();
//! assert_eq!(requests.len(), 1, "{requests}");
//! # fresh.close().await
//! # }
//! # fn main() {}
//! ```

mod container;
mod fresh;

pub use fresh::{TestStore, TestTable};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use monotable_core::backend::HeldBy;
use monotable_core::{Error, Kind, Result};
use monotable_dynamodb::DynamoDb;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

/// Creates a table of its own for a test, in DynamoDB Local. The table is deleted by
/// [`close`](TestTable::close), or when the result is dropped.
///
/// Returns `None` if the test has to be skipped, see the [module](self).
///
/// # Errors
///
/// [`is_unavailable`](Error::is_unavailable) if there is no DynamoDB Local and `MONOTABLE_REQUIRE_CONTAINERS`
/// is 1, and the errors of [`create_if_missing`](monotable_core::Table::create_if_missing).
pub async fn table<S: HeldBy<DynamoDb>>() -> Result<Option<TestTable<S>>> {
    let Some(store) = store().await? else { return Ok(None) };
    let table = TestTable::new(store);
    table.create_if_missing().await?;
    Ok(Some(table))
}

/// Returns a backend with a table name of its own in DynamoDB Local. There is no table with this name
/// yet. If the test creates one, it is deleted by [`close`](TestStore::close), or when the result is
/// dropped.
///
/// Returns `None` if the test has to be skipped, see the [module](self).
///
/// # Errors
///
/// The errors of [`endpoint`].
pub async fn store() -> Result<Option<TestStore>> {
    Ok(endpoint().await?.map(|endpoint| TestStore::new(endpoint, table_name())))
}

/// Returns a client of DynamoDB Local, for calls of your own. This is a new client each time, because
/// connections belong to the runtime that opened them, and each test has a runtime of its own.
///
/// Returns `None` if the test has to be skipped, see the [module](self).
///
/// # Errors
///
/// The errors of [`endpoint`].
pub async fn client() -> Result<Option<Client>> {
    Ok(endpoint().await?.map(|endpoint| connect(&endpoint)))
}

/// Returns the endpoint of DynamoDB Local: the value of `MONOTABLE_DYNAMODB_ENDPOINT`, or that of the
/// container of this process, which the first call starts.
///
/// Returns `None` if the test has to be skipped, see the [module](self).
///
/// # Errors
///
/// [`is_unavailable`](Error::is_unavailable) if there is no DynamoDB Local and `MONOTABLE_REQUIRE_CONTAINERS`
/// is 1.
pub async fn endpoint() -> Result<Option<String>> {
    let given = std::env::var("MONOTABLE_DYNAMODB_ENDPOINT");
    if let Some(endpoint) = given.ok().filter(|endpoint| !endpoint.is_empty()) {
        return Ok(Some(endpoint));
    }
    // It is started on a runtime of its own, because the runtime of the first test ends with that
    // test.
    let started = tokio::task::spawn_blocking(container::endpoint).await;
    match started.unwrap_or_else(|error| Err(error.to_string())) {
        Ok(endpoint) => Ok(Some(endpoint)),
        Err(reason) if required() => {
            let message = format!(
                "there is no DynamoDB Local, and MONOTABLE_REQUIRE_CONTAINERS is 1: {reason}. Start \
                 Docker, or set MONOTABLE_DYNAMODB_ENDPOINT"
            );
            Err(Error::new(Kind::NotSent, message))
        }
        Err(_) => Ok(None),
    }
}

/// Returns a table name that no other test uses, in this process or in another one.
#[must_use]
pub fn table_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("monotable-{}-{now}-{count}", std::process::id())
}

/// Returns a client of the DynamoDB Local at this address. It connects with its first request.
///
/// It has made-up credentials and speaks plain HTTP only, so it cannot reach a real service.
#[must_use]
pub fn connect(endpoint: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::new("test", "test", None, None, "tests"))
        .region(Region::from_static("us-east-1"))
        .endpoint_url(endpoint)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    Client::from_conf(config)
}

/// Returns whether a test must not be skipped.
fn required() -> bool {
    std::env::var("MONOTABLE_REQUIRE_CONTAINERS").as_deref() == Ok("1")
}
