//! An account of Cosmos DB on a port of this machine.

use azure_core::http::Method;
use azure_core::http::Request as Sent;
use azure_core::http::headers::{HeaderName, HeaderValue};
use azure_data_cosmos_driver::in_memory_emulator::{
    ContainerConfig, InMemoryEmulatorHttpClient, VirtualAccountConfig, VirtualRegion,
};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// An account with the container `items` in the database `tracker`.
pub struct Account {
    pub endpoint: String,
    requests: Arc<Mutex<Vec<Seen>>>,
}

/// A request.
struct Seen {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
}

impl Account {
    pub async fn start() -> Self {
        Self::start_on(0).await
    }

    /// Starts an account on this port.
    pub async fn start_on(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port");
        let port = listener.local_addr().expect("an address").port();
        let endpoint = format!("http://127.0.0.1:{port}/");
        let region = VirtualRegion::new("West Europe", endpoint.parse().expect("an address"));
        let account = VirtualAccountConfig::new(vec![region]).expect("an account");
        let emulator = Arc::new(InMemoryEmulatorHttpClient::new(account));
        emulator.store().create_database("tracker");
        let container = ContainerConfig::new().build().expect("a container");
        let key = "/pk".to_owned().into();
        emulator.store().create_container_with_config("tracker", "items", key, container);
        let requests = Arc::default();
        let account = Account { endpoint: endpoint.clone(), requests: Arc::clone(&requests) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (emulator, requests) = (emulator.clone(), requests.clone());
                let endpoint = endpoint.clone();
                tokio::spawn(async move {
                    let answer = service_fn(|request| {
                        let (emulator, requests) = (emulator.clone(), requests.clone());
                        let endpoint = endpoint.clone();
                        async move {
                            Ok::<_, Infallible>(
                                answer(&emulator, &requests, &endpoint, request).await,
                            )
                        }
                    });
                    // A connection that the client closes is no error here.
                    let builder = Builder::new(TokioExecutor::new());
                    let _ = builder.serve_connection(TokioIo::new(stream), answer).await;
                });
            }
        });
        account
    }

    /// Returns how many clients have asked the account for its regions, which each does before anything else.
    pub fn clients(&self) -> usize {
        self.requests.lock().unwrap().iter().filter(|seen| seen.path == "/").count()
    }

    /// Returns the data actions that the requests for documents need, without what is before the container's.
    pub fn data_actions(&self) -> BTreeSet<&'static str> {
        let mut actions = BTreeSet::new();
        for seen in self.requests.lock().unwrap().iter().filter(|it| it.path.contains("/docs")) {
            let has = |name: &str| {
                let mut headers = seen.headers.iter();
                headers.any(|(it, value)| it == name && value.eq_ignore_ascii_case("true"))
            };
            let action = match seen.method.as_str() {
                "GET" => "items/read",
                "PUT" | "PATCH" => "items/replace",
                "DELETE" => "items/delete",
                _ if has("x-ms-documentdb-isquery") => "executeQuery",
                _ if has("x-ms-documentdb-is-upsert") => "items/upsert",
                _ if has("x-ms-cosmos-is-batch-request") => {
                    panic!("the tracker has no transactions, and this does not look into them")
                }
                _ => "items/create",
            };
            actions.insert(action);
        }
        actions
    }
}

/// Lets the emulator answer.
async fn answer(
    emulator: &InMemoryEmulatorHttpClient,
    requests: &Mutex<Vec<Seen>>,
    endpoint: &str,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    let path = parts.uri.path_and_query().expect("a path").as_str().to_owned();
    let url = format!("{}{path}", endpoint.trim_end_matches('/')).parse().expect("a URL");
    let method = parts.method.as_str().parse::<Method>().expect("a method");
    let mut sent = Sent::new(url, method);
    let headers = parts.headers.iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let headers: Vec<_> = headers.collect();
    for (name, value) in &headers {
        sent.headers_mut().insert(HeaderName::from(name.clone()), HeaderValue::from(value.clone()));
    }
    if !body.is_empty() {
        sent.set_body(body.to_vec());
    }
    let method = parts.method.as_str().to_owned();
    requests.lock().unwrap().push(Seen { method, path, headers });
    let answer = emulator.execute_request(&sent).await.expect("an answer");
    let answer = answer.try_into_raw_response().await.expect("an answer");
    let mut response = Response::builder().status(u16::from(answer.status()));
    for (name, value) in answer.headers().iter() {
        response = response.header(name.as_str(), value.as_str());
    }
    let body: &[u8] = answer.body().as_ref();
    response.body(Full::new(Bytes::from(body.to_vec()))).expect("a response")
}
