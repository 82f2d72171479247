//! The binary `tracker`, called as the host of Azure Functions calls it, on an emulator of Cosmos DB.

mod support;

use std::collections::BTreeSet;
use support::{Account, Handler, free_port};

const CHANGES: &str = include_str!("payloads/changes.json");

async fn start(endpoint: &str) -> Handler {
    let variables = [
        ("MONOTABLE_COSMOS_ENDPOINT", endpoint),
        ("MONOTABLE_COSMOS_KEY", "a2V5"),
        ("MONOTABLE_COSMOS_DATABASE", "tracker"),
        ("MONOTABLE_COSMOS_CONTAINER", "items"),
    ];
    Handler::start(&variables).await
}

#[tokio::test]
async fn issues_go_their_way_with_one_client() {
    let account = Account::start().await;
    let handler = start(&account.endpoint).await;

    // The function `api`.
    let repo = "/api/repos/ann/ink";
    assert_eq!(handler.call("GET", repo, "").await.0, 404);
    assert_eq!(handler.call("PUT", repo, "").await.0, 201);
    assert_eq!(handler.call("PUT", repo, "").await.0, 409);
    for (number, title) in [(1, "Blots"), (2, "Too blue")] {
        let body = format!(r#"{{"title":"{title}"}}"#);
        let (status, issue) = handler.call("POST", &format!("{repo}/issues"), &body).await;
        assert_eq!((status, issue["number"].as_u64()), (201, Some(number)), "{issue}");
    }
    assert_eq!(handler.call("POST", "/api/repos/ann/none/issues", r#"{"title":"x"}"#).await.0, 404);
    assert_eq!(handler.call("POST", &format!("{repo}/issues"), r#"{"title":"#).await.0, 400);

    // The function `changes`: what is no entity of the table is left out, and said.
    let (status, outcome) = handler.changed(CHANGES).await;
    assert_eq!((status, outcome["Logs"].as_array().map(Vec::len)), (200, Some(1)), "{outcome}");
    let (status, board) = handler.call("GET", repo, "").await;
    assert_eq!((status, board["open"].as_u64()), (200, Some(2)), "{board}");

    // The same changes again, after one issue was closed: the summary is that of the issues as they are.
    assert_eq!(handler.call("POST", &format!("{repo}/issues/1/close"), "").await.0, 204);
    assert_eq!(handler.call("POST", &format!("{repo}/issues/1/close"), "").await.0, 409);
    assert_eq!(handler.call("POST", &format!("{repo}/issues/7/close"), "").await.0, 404);
    assert_eq!(handler.changed(CHANGES).await.0, 200);
    assert_eq!(handler.call("GET", repo, "").await.1["open"].as_u64(), Some(1));

    // What is no batch is a failure of the call.
    assert_eq!(handler.changed("{}").await.0, 400);
    assert_eq!(handler.call("POST", "/changes", r#"{"Data":{}}"#).await.0, 422);
    assert_eq!(account.clients(), 1);

    // The role of the deployment allows what was sent, and nothing else.
    let deployment = include_str!("../deploy/main.bicep");
    let (_, role) = deployment.split_once("// What the tracker sends").expect("the role");
    let (role, _) = role.split_once(']').expect("the end of its actions");
    let prefix = "'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/";
    let allowed = role.lines().filter_map(|line| line.trim().strip_prefix(prefix));
    let allowed: BTreeSet<&str> = allowed.map(|action| action.trim_end_matches('\'')).collect();
    assert_eq!(allowed, account.data_actions());
}

#[tokio::test]
async fn calls_at_the_same_time_make_one_client() {
    let account = Account::start().await;
    let handler = start(&account.endpoint).await;
    let repos = (0..16).map(|repo| format!("/api/repos/ann/repo-{repo}"));
    let repos: Vec<String> = repos.collect();
    let answers =
        futures_util::future::join_all(repos.iter().map(|repo| handler.call("PUT", repo, "")))
            .await;
    assert!(answers.iter().all(|(status, _)| *status == 201), "{answers:?}");
    assert_eq!(account.clients(), 1);
}

#[tokio::test]
async fn an_account_that_was_down_is_tried_again() {
    // Nothing listens there.
    let port = free_port().await;
    let handler = start(&format!("http://127.0.0.1:{port}/")).await;
    let (status, body) = handler.call("PUT", "/api/repos/ann/ink", "").await;
    assert_eq!(status, 503, "{body}");
    // The host sends a batch again that failed.
    assert_eq!(handler.changed(CHANGES).await.0, 503);
    let account = Account::start_on(port).await;
    assert_eq!(handler.call("PUT", "/api/repos/ann/ink", "").await.0, 201);
    assert_eq!(handler.changed(CHANGES).await.0, 200);
    assert_eq!(account.clients(), 1);
}

#[tokio::test]
async fn what_is_missing_in_the_environment_is_a_failure_of_each_call() {
    let handler = Handler::start(&[]).await;
    for _ in 0..2 {
        assert_eq!(handler.call("GET", "/api/repos/ann/ink", "").await.0, 500);
    }
}

/// The files of the host name what the program has.
#[test]
fn the_files_of_the_host_are_about_this_program() {
    let read = |text| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let host = read(include_str!("../app/host.json"));
    let program = &host["customHandler"]["description"]["defaultExecutablePath"];
    assert_eq!(program, env!("CARGO_BIN_EXE_tracker").rsplit('/').next().unwrap_or_default());
    let trigger = read(include_str!("../app/changes/function.json"));
    let payload = read(include_str!("payloads/trigger.json"));
    let binding = trigger["bindings"][0]["name"].as_str().unwrap_or_default();
    assert!(payload["Data"][binding].is_string(), "{binding}");
    // A batch that failed comes again until it succeeds: without this, it would be left out.
    assert_eq!(trigger["retry"]["maxRetryCount"], -1);
    read(include_str!("../app/api/function.json"));
}
