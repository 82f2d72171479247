//! A tracing span for each request, with OpenTelemetry's names for databases.

use crate::backend::Backend;
use crate::cost::Cost;
use crate::error::Result;
use crate::schema::TableDef;
use std::future::Future;
use tracing::Span;
use tracing::field::Empty;

/// The span of one request: `db.system.name`, `db.operation.name` and `db.collection.name`, the
/// entity and the access pattern; the cost is recorded when the request is done.
pub(crate) fn span<B: Backend>(
    backend: &B,
    table: &TableDef,
    operation: &'static str,
    entity: Option<&'static str>,
    pattern: Option<&'static str>,
) -> Span {
    tracing::info_span!(
        target: "monotable",
        "request",
        otel.kind = "client",
        db.system.name = B::SYSTEM,
        db.operation.name = operation,
        db.collection.name = backend.collection().unwrap_or(table.name),
        monotable.entity = entity,
        monotable.access_pattern = pattern,
        monotable.read_units = Empty,
        monotable.write_units = Empty,
        error.type = Empty,
    )
}

/// Runs a request inside its span.
pub(crate) async fn run<T>(
    span: Span,
    request: impl Future<Output = Result<T>> + Send,
    cost: impl FnOnce(&T) -> Option<Cost>,
) -> Result<T> {
    use tracing::Instrument as _;
    let result = request.instrument(span.clone()).await;
    if span.is_disabled() {
        return result;
    }
    match &result {
        Ok(value) => {
            if let Some(cost) = cost(value) {
                span.record("monotable.read_units", cost.read_units);
                span.record("monotable.write_units", cost.write_units);
            }
        }
        Err(error) => {
            span.record("error.type", tracing::field::debug(error.kind()));
        }
    }
    result
}
