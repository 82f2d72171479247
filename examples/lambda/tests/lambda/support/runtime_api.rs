//! The [runtime API](https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) of Lambda.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::routing::{get, post};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tokio::sync::{Mutex as Turn, mpsc, oneshot};

/// The server of a function.
pub struct RuntimeApi {
    pub address: String,
    events: mpsc::UnboundedSender<Event>,
    shared: Arc<Shared>,
}

struct Event {
    id: String,
    json: String,
    deadline: u128,
}

struct Shared {
    /// Several workers of a function can ask for the next event at the same time.
    events: Turn<mpsc::UnboundedReceiver<Event>>,
    waiting: Mutex<HashMap<String, oneshot::Sender<Answer>>>,
}

/// What a function answers to an event.
#[derive(Debug)]
pub enum Answer {
    Response(serde_json::Value),
    Error(serde_json::Value),
}

impl RuntimeApi {
    pub async fn start() -> Self {
        let (events, next) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared { events: Turn::new(next), waiting: Mutex::default() });
        let prefix = "/2018-06-01/runtime";
        let router = Router::new()
            .route(&format!("{prefix}/invocation/next"), get(next_event))
            .route(&format!("{prefix}/invocation/{{id}}/{{answer}}"), post(answered))
            .route(&format!("{prefix}/init/error"), post(async || StatusCode::ACCEPTED))
            // A snapshot is restored at once.
            .route(&format!("{prefix}/restore/next"), get(async || StatusCode::OK))
            .with_state(shared.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        RuntimeApi { address, events, shared }
    }

    /// Sends an event with a deadline in three seconds, and waits for the answer.
    pub async fn invoke(&self, json: impl Into<String>) -> Answer {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time");
        self.invoke_until(json, (now + Duration::from_secs(3)).as_millis()).await
    }

    /// Sends an event with a deadline in milliseconds since 1970, and waits for the answer.
    pub async fn invoke_until(&self, json: impl Into<String>, deadline: u128) -> Answer {
        let id = format!("{:x}", self as *const _ as usize) + &nth().to_string();
        let (send, receive) = oneshot::channel();
        self.shared.waiting.lock().unwrap().insert(id.clone(), send);
        let event = Event { id, json: json.into(), deadline };
        assert!(self.events.send(event).is_ok(), "the server runs");
        let answer = tokio::time::timeout(Duration::from_secs(60), receive).await;
        answer.expect("an answer within a minute").expect("an answer")
    }
}

fn nth() -> u64 {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

async fn next_event(State(shared): State<Arc<Shared>>) -> Result<(HeaderMap, String), StatusCode> {
    let event = shared.events.lock().await.recv().await.ok_or(StatusCode::GONE)?;
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:shop".to_owned();
    let headers = [
        ("lambda-runtime-aws-request-id", event.id),
        ("lambda-runtime-deadline-ms", event.deadline.to_string()),
        ("lambda-runtime-invoked-function-arn", arn),
        ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700".to_owned()),
    ];
    let headers = headers.map(|(name, value)| {
        (HeaderName::from_static(name), value.parse().expect("the value of a header"))
    });
    Ok((HeaderMap::from_iter(headers), event.json))
}

async fn answered(
    State(shared): State<Arc<Shared>>,
    Path((id, answer)): Path<(String, String)>,
    body: Bytes,
) -> StatusCode {
    let body = serde_json::from_slice(&body).expect("JSON");
    let answer = match answer.as_str() {
        "response" => Answer::Response(body),
        "error" => Answer::Error(body),
        _ => return StatusCode::NOT_FOUND,
    };
    match shared.waiting.lock().unwrap().remove(&id) {
        Some(waiting) => {
            let _ = waiting.send(answer);
            StatusCode::ACCEPTED
        }
        None => StatusCode::NOT_FOUND,
    }
}

impl Answer {
    /// The status and the body of an answer over HTTP.
    pub fn http(self) -> (u64, serde_json::Value) {
        let Answer::Response(response) = self else { panic!("{self:?}") };
        let body = response["body"].as_str().expect("a body");
        let body = serde_json::from_str(body).expect("JSON");
        (response["statusCode"].as_u64().expect("a status"), body)
    }
}
