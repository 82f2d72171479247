//! `Failed`: an error as an answer over HTTP.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// A request that failed.
#[derive(Debug)]
pub struct Failed(monotable::Error);

impl From<monotable::Error> for Failed {
    fn from(error: monotable::Error) -> Self {
        Failed(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let Failed(error) = self;
        let (status, message) = if error.is_not_found() {
            (StatusCode::NOT_FOUND, "there is no such repository or issue")
        } else if error.is_wrong_state() {
            (StatusCode::CONFLICT, "the issue is closed already")
        } else if error.is_condition_failed() {
            (StatusCode::CONFLICT, "it exists already")
        } else if error.is_invalid_key() {
            (StatusCode::BAD_REQUEST, "a name is empty or too long")
        } else if error.is_retryable() {
            (StatusCode::SERVICE_UNAVAILABLE, "the tracker cannot answer now")
        } else {
            (StatusCode::INTERNAL_SERVER_ERROR, "the tracker cannot answer")
        };
        if status.is_server_error() {
            // What the store says is for the log.
            tracing::error!("{error}");
        }
        (status, Json(serde_json::json!({ "error": message }))).into_response()
    }
}
