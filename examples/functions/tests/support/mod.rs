//! The tracker in a process of its own, and an account of Cosmos DB for it: Microsoft's emulator, served over HTTP.

mod account;

pub use account::Account;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::process::Stdio;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// A process that runs.
pub struct Handler {
    port: u16,
    /// Killed when it is dropped.
    _process: Child,
}

impl Handler {
    /// Starts the binary as the host does, with these variables in addition.
    pub async fn start(variables: &[(&str, &str)]) -> Self {
        // Another process can be faster and take the port.
        for _ in 0..10 {
            if let Some(handler) = Self::start_on(free_port().await, variables).await {
                return handler;
            }
        }
        panic!("the handler does not listen");
    }

    async fn start_on(port: u16, variables: &[(&str, &str)]) -> Option<Self> {
        let mut process = Command::new(env!("CARGO_BIN_EXE_tracker"))
            .env_clear()
            // Nothing asks for the metadata of the machine.
            .env("COSMOS_DISABLE_IMDS", "1")
            .env("FUNCTIONS_CUSTOMHANDLER_PORT", port.to_string())
            .envs(variables.iter().copied())
            .stdout(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .expect("the handler starts");
        while process.try_wait().expect("a process").is_none() {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Some(Handler { port, _process: process });
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        None
    }

    /// Sends a request, and returns the status and the body of the answer.
    pub async fn call(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("a connection");
        let (mut send, connection) = handshake(TokioIo::new(stream)).await.expect("HTTP");
        tokio::spawn(connection);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body.to_owned())))
            .expect("a request");
        let answer = tokio::time::timeout(Duration::from_secs(60), send.send_request(request));
        let answer = answer.await.expect("an answer in time").expect("an answer");
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&body).into_owned();
        (status, serde_json::from_slice(&body).unwrap_or(Value::String(text)))
    }

    /// Sends documents as the trigger does: as a text.
    pub async fn changed(&self, documents: &str) -> (u16, Value) {
        let mut payload: Value =
            serde_json::from_str(include_str!("../payloads/trigger.json")).expect("a payload");
        payload["Data"]["documents"] = documents.into();
        self.call("POST", "/changes", &payload.to_string()).await
    }
}

/// Returns a port on which nothing listens now.
pub async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    listener.local_addr().expect("an address").port()
}
