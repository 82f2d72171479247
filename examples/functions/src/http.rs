//! The routes of the function `api`. The host passes its requests on as they are (`enableForwardingHttpRequest`).

use crate::failed::Failed;
use crate::model::{Issue, Repo};
use crate::{Shared, handlers};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use monotable::Transactions;
use serde::{Deserialize, Serialize};

pub(crate) fn routes<B: Transactions>() -> Router<Shared<B>> {
    Router::new()
        .route("/api/repos/{owner}/{repo}", get(board::<B>).put(create::<B>))
        .route("/api/repos/{owner}/{repo}/issues", post(open::<B>))
        .route("/api/repos/{owner}/{repo}/issues/{number}/close", post(close::<B>))
}

#[derive(Deserialize)]
struct NewIssue {
    title: String,
}

#[derive(Serialize)]
struct Shown {
    open: Option<u32>,
    issues: Vec<Issue>,
}

type InRepo = Path<(String, String)>;

async fn create<B: Transactions>(
    State(tracker): State<Shared<B>>,
    Path((owner, repo)): InRepo,
) -> Result<(StatusCode, Json<Repo>), Failed> {
    let repo = handlers::create(&tracker.get().await?, &owner, &repo).await?;
    Ok((StatusCode::CREATED, Json(repo)))
}

async fn open<B: Transactions>(
    State(tracker): State<Shared<B>>,
    Path((owner, repo)): InRepo,
    Json(new): Json<NewIssue>,
) -> Result<(StatusCode, Json<Issue>), Failed> {
    let issue = handlers::open(&tracker.get().await?, &owner, &repo, &new.title).await?;
    Ok((StatusCode::CREATED, Json(issue)))
}

async fn close<B: Transactions>(
    State(tracker): State<Shared<B>>,
    Path((owner, repo, number)): Path<(String, String, u32)>,
) -> Result<StatusCode, Failed> {
    handlers::close(&tracker.get().await?, &owner, &repo, number).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn board<B: Transactions>(
    State(tracker): State<Shared<B>>,
    Path((owner, repo)): InRepo,
) -> Result<Json<Shown>, Failed> {
    let board = handlers::board(&tracker.get().await?, &owner, &repo).await?;
    let open = board.summary.map(|summary| summary.open);
    Ok(Json(Shown { open, issues: board.issues }))
}
