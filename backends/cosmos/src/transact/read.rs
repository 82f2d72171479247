//! Reading several items of one partition as they were at one moment.

use crate::client::{Inner, id, partition};
use crate::document::Document;
use crate::error::error;
use crate::page::{Piece, collect};
use crate::sql::Parameters;
use crate::write::{ATTEMPTS, pause};
use azure_core::http::Etag;
use azure_data_cosmos::options::BatchOptions;
use azure_data_cosmos::{CosmosError, FeedScope, TransactionalBatch};
use futures_util::StreamExt as _;
use monotable_core::request::{TransactFetched, TransactGet};
use monotable_core::schema::TableDef;
use monotable_core::{Cost, Error, Kind, Result};

/// Reads the items.
///
/// A batch of reads is one moment, but it fails if one of the items does not exist, or if all of them are more than one
/// answer holds. Then they are read by queries, until two in a row have found the same documents with the same ETags:
/// between the two, all of them were stored.
pub(crate) async fn get(
    backend: &Inner,
    request: TransactGet,
) -> Result<TransactFetched<Document>> {
    let Some(pk) = request.partition() else {
        let message =
            "a transaction of Cosmos DB has items of one partition only: use `transact_get_in`";
        return Err(Error::new(Kind::Unsupported, message));
    };
    let Some(table) = request.gets.first().map(|get| get.table) else {
        return Ok(TransactFetched::new(Vec::new(), Cost::ZERO));
    };
    let ids = request.gets.iter().map(|get| id(get.table, &get.key.sk));
    let ids: Vec<String> = ids.collect::<Result<_>>()?;
    let mut cost = Cost::ZERO;
    if let Some(items) = batch(backend, table, pk, &ids, &mut cost).await? {
        return Ok(TransactFetched::new(items.into_iter().map(Some).collect(), cost));
    }
    let mut before = query(backend, table, pk, &ids, &mut cost).await?;
    for attempt in 1..ATTEMPTS {
        let now = query(backend, table, pk, &ids, &mut cost).await?;
        if etags(&before) == etags(&now) {
            return Ok(TransactFetched::new(now, cost));
        }
        before = now;
        pause(attempt).await;
    }
    let message =
        "the items were changed again and again while they were being read: send the request again";
    Err(Error::new(Kind::Conflict, message))
}

fn etags(items: &[Option<Document>]) -> Vec<Option<&Etag>> {
    items.iter().map(|item| item.as_ref().and_then(Document::etag)).collect()
}

/// Reads the items in one batch. Returns `None` if one of them does not exist, or if the answer would be too large.
async fn batch(
    backend: &Inner,
    table: &TableDef,
    pk: &str,
    ids: &[String],
    cost: &mut Cost,
) -> Result<Option<Vec<Document>>> {
    let batch = TransactionalBatch::new(partition(pk));
    let batch = ids.iter().fold(batch, |batch, id| batch.read_item(id.clone(), None));
    let options = BatchOptions::default().with_operation_options(crate::client::operation());
    let container = backend.container.client(table.pk).await?;
    let answer = container.execute_transactional_batch(batch, Some(options)).await;
    let answer = match answer {
        Err(failed) if failed.is_from_wire() && is_for_queries(&failed) => return Ok(None),
        answer => answer.map_err(error)?,
    };
    *cost += backend.charged(answer.headers());
    let results = answer.into_model().map_err(error)?;
    let documents = results.results().iter().map(|result| match result.resource_body() {
        Some(body) if result.is_success() => Document::of_answer(
            body.get().as_bytes(),
            result.etag().map(|etag| etag.to_owned().into()),
        )
        .map(Some),
        _ => Ok(None),
    });
    documents.collect()
}

/// Returns whether a query can answer what a batch of reads cannot.
fn is_for_queries(failed: &CosmosError) -> bool {
    let status = failed.status();
    status.is_not_found() || u16::from(status.status_code()) == 413
}

/// Reads the items that exist by a query.
async fn query(
    backend: &Inner,
    table: &TableDef,
    pk: &str,
    ids: &[String],
    cost: &mut Cost,
) -> Result<Vec<Option<Document>>> {
    let mut parameters = Parameters::default();
    let names: Vec<String> = ids.iter().map(|id| parameters.text(id)).collect::<Result<_>>()?;
    let text = format!("SELECT * FROM c WHERE c['id'] IN ({})", names.join(", "));
    let query = parameters.query(text)?;
    let scope = FeedScope::partition(partition(pk));
    let options = backend.querying(false);
    let container = backend.container.client(table.pk).await?;
    let answer = container.query_items::<Piece>(query, scope, Some(options)).await;
    let mut pages = answer.map_err(error)?.into_pages();
    let mut found = vec![None; ids.len()];
    while let (Some(page), text) = collect(pages.next()).await {
        let page = page.map_err(error)?;
        *cost += backend.charged(page.headers());
        for document in page.into_items().into_iter().map(|piece| piece.into_document(&text)) {
            let document = document.with_own_etag();
            let id = document.property("id").unwrap_or_default();
            for (place, _) in ids.iter().enumerate().filter(|(_, known)| **known == id) {
                if let Some(place) = found.get_mut(place) {
                    *place = Some(document.clone());
                }
            }
        }
    }
    Ok(found)
}
