//! A function in a process of its own, with the service around it: the runtime API of Lambda, and DynamoDB Local behind a
//! proxy that counts connections.

mod proxy;
mod runtime_api;

pub use proxy::Proxy;
pub use runtime_api::{Answer, RuntimeApi};

use std::collections::HashMap;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// A function that runs.
pub struct Function {
    /// Killed when it is dropped, before its server.
    _process: Child,
    pub api: RuntimeApi,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Function {
    /// Starts a binary of this package as Lambda does, with these variables in addition.
    pub async fn start(binary: &str, variables: &[(&str, &str)]) -> Self {
        let api = RuntimeApi::start().await;
        let mut process = Command::new(binary)
            .env_clear()
            .envs([
                ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
                ("AWS_LAMBDA_FUNCTION_NAME", "shop"),
                ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
                ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                // As DynamoDB Local is used by `monotable::testing`.
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "test"),
                ("AWS_SECRET_ACCESS_KEY", "test"),
            ])
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the function starts");
        let stdout = process.stdout.take().expect("it is piped");
        let (send, lines) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut stdout = BufReader::new(stdout).lines();
            while let Ok(Some(line)) = stdout.next_line().await {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        Function { _process: process, api, lines }
    }

    /// Returns how many lines of the log have this text, of those that were written since the last time.
    pub fn logged(&mut self, text: &str) -> usize {
        let lines = std::iter::from_fn(|| self.lines.try_recv().ok());
        lines.filter(|line| line.contains(text)).count()
    }
}

/// Shows the log of a test that fails.
impl Drop for Function {
    fn drop(&mut self) {
        if std::thread::panicking() {
            while let Ok(line) = self.lines.try_recv() {
                println!("  {line}");
            }
        }
    }
}

/// An HTTP event of API Gateway, in its format 2.0, as it is documented.
pub fn event(
    route: &str,
    path: &[(&str, &str)],
    query: &[(&str, &str)],
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> String {
    let map = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<HashMap<_, _>>()
    };
    let (method, _) = route.split_once(' ').expect("a method and a path");
    let mut event = serde_json::json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": "/",
        "rawQueryString": "",
        "cookies": [],
        "headers": map(headers),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "id.execute-api.us-east-1.amazonaws.com",
            "http": {
                "method": method, "path": "/", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "agent"
            },
            "requestId": "id", "routeKey": route, "stage": "$default",
            "time": "12/Mar/2026:19:03:58 +0000", "timeEpoch": 1773342238390_u64
        },
        "isBase64Encoded": false
    });
    // The gateway leaves out what is empty.
    if !path.is_empty() {
        event["pathParameters"] = serde_json::json!(map(path));
    }
    if !query.is_empty() {
        event["queryStringParameters"] = serde_json::json!(map(query));
    }
    if let Some(body) = body {
        event["body"] = body.into();
    }
    event.to_string()
}
