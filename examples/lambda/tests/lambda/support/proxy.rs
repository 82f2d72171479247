//! A proxy in front of DynamoDB Local, which sees what a client opens and sends.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};

/// A proxy for one function.
pub struct Proxy {
    pub endpoint: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    sent: Mutex<Vec<u8>>,
}

impl Proxy {
    /// Starts a proxy of a server, `http://127.0.0.1:8000`.
    pub async fn of(server: &str) -> Self {
        let server = server.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::new(Seen::default());
        let seeing = seen.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                seeing.connections.fetch_add(1, SeqCst);
                let server = TcpStream::connect(&server).await.expect("the server");
                tokio::spawn(relay(client, server, seeing.clone()));
            }
        });
        Proxy { endpoint, seen }
    }

    /// Returns how many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(SeqCst)
    }

    /// Returns the actions of IAM that the requests so far need: those of the calls, and for a transaction those of its
    /// parts.
    pub fn actions(&self) -> BTreeSet<String> {
        let sent = String::from_utf8_lossy(&self.seen.sent.lock().unwrap()).into_owned();
        let calls = sent.match_indices("DynamoDB_20120810.").map(|(at, found)| {
            let rest = &sent[at + found.len()..];
            rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().to_owned()
        });
        let mut actions: BTreeSet<String> = calls.collect();
        if actions.remove("TransactWriteItems") {
            let parts = [
                (r#"{"Put":{"#, "PutItem"),
                (r#"{"Update":{"#, "UpdateItem"),
                (r#"{"Delete":{"#, "DeleteItem"),
                (r#"{"ConditionCheck":{"#, "ConditionCheckItem"),
            ];
            let found = parts.iter().filter(|(part, _)| sent.contains(part));
            actions.extend(found.map(|(_, action)| (*action).to_owned()));
        }
        actions
    }
}

async fn relay(client: TcpStream, server: TcpStream, seen: Arc<Seen>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let answers = tokio::spawn(async move { copy(&mut from_server, &mut to_client).await });
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from_client.read(&mut buffer).await {
        seen.sent.lock().unwrap().extend_from_slice(&buffer[..read]);
        if to_server.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
    answers.abort();
}
