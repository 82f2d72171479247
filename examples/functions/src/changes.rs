//! The function `changes`: it gets the documents of the container that were written, and keeps the summaries up to date.
//!
//! The host sends `{"Data":{"documents":"[..]"},"Metadata":{..}}`, where the documents are a text, and takes any answer
//! whose status is not 2xx for a failure. Then it sends the batch again, as `changes/function.json` says. So everything here
//! can be done again.

use crate::failed::Failed;
use crate::model::Tracker;
use crate::{Shared, handlers};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use monotable::Transactions;
use monotable::cosmos::Document;
use monotable::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// Its path is the name of the function.
pub(crate) fn route<B: Transactions>() -> Router<Shared<B>> {
    Router::new().route("/changes", post(changes::<B>))
}

/// What the host sends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Invocation {
    data: Data,
}

/// The bindings of `changes/function.json`.
#[derive(Debug, Deserialize)]
struct Data {
    /// An array of documents, as a text.
    documents: String,
}

/// What the host expects. The logs are shown as those of the function.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome {
    outputs: serde_json::Map<String, serde_json::Value>,
    logs: Vec<String>,
    return_value: Option<String>,
}

async fn changes<B: Transactions>(
    State(tracker): State<Shared<B>>,
    Json(invocation): Json<Invocation>,
) -> Result<Response, Failed> {
    let documents: Vec<Box<RawValue>> = match serde_json::from_str(&invocation.data.documents) {
        Ok(documents) => documents,
        Err(error) => {
            let message = format!("`documents` is no array of documents: {error}");
            return Ok((StatusCode::BAD_REQUEST, message).into_response());
        }
    };
    let mut outcome = Outcome::default();
    let mut repos = BTreeSet::new();
    for document in &documents {
        match Document::from_json(document.get()).and_then(|it| Tracker::decode(&it)) {
            Ok(Tracker::Issue(issue)) => {
                repos.insert((issue.owner, issue.repo));
            }
            // The summaries are in the container, too: to count after them would never end.
            Ok(Tracker::Repo(_) | Tracker::Summary(_)) => {}
            // It cannot be read the next time either, so it must not stop those after it.
            Err(error) => outcome.logs.push(format!("a document was left out: {error}")),
        }
    }
    let tracker = tracker.get().await?;
    for (owner, repo) in repos {
        handlers::summarize(&tracker, &owner, &repo).await?;
    }
    Ok(Json(outcome).into_response())
}
