//! Queries of one partition, and of an index.

mod count;
mod items;
mod plan;
mod values;

use crate::client::{Inner, charge};
use crate::document::Document;
use crate::read::point_read;
use azure_data_cosmos::models::ResponseHeaders;
use monotable_core::backend::Reader;
use monotable_core::request::{PrimaryKey, Queried, Query, QueryKeys, Select, SortKeys};
use monotable_core::{Cost, Result};
use plan::Plan;

/// The most items of a page if the request does not say. The service ends a page at 4 MB, too.
const PAGE: u32 = 1_000;

/// The bytes after which a page ends, as on the other stores.
const PAGE_BYTES: usize = 1024 * 1024;

/// Reads one page.
pub(crate) async fn query(backend: &Inner, request: Query) -> Result<Queried<Document>> {
    if let Some((pk, sk)) = only_key(&request) {
        let key = PrimaryKey { pk: pk.to_owned(), sk: sk.to_owned() };
        return one(backend, &request, &key).await;
    }
    let plan = Plan::of(backend, &request).await?;
    // The SDK does not add up what several partitions count.
    let counts = request.select == Select::Count && plan.is_one_partition;
    if counts && plan.is_exact() && request.max_items.is_none() {
        plan.count(backend).await
    } else {
        plan.items(backend).await
    }
}

/// Reads one page as values, in the pass in which the SDK decodes it. `None` if its documents are needed, too: then
/// nothing was sent.
pub(crate) async fn values<R: Reader>(
    backend: &Inner,
    request: &Query,
) -> Result<Option<Queried<R::Output>>> {
    if only_key(request).is_some() {
        return Ok(None);
    }
    let plan = Plan::of(backend, request).await?;
    if plan.is_exact() { plan.values::<R>(backend).await.map(Some) } else { Ok(None) }
}

/// The key of the only item that a query can find.
fn only_key(request: &Query) -> Option<(&str, &str)> {
    match &request.keys {
        QueryKeys::Texts { pk, sort: SortKeys::Equals(sk) } if request.index.is_none() => {
            Some((pk, sk))
        }
        _ => None,
    }
}

/// Reads the only item that a query can find. A point read costs a third of a query.
async fn one(backend: &Inner, request: &Query, key: &PrimaryKey) -> Result<Queried<Document>> {
    if request.after.is_some() {
        return Ok(Queried::new(Vec::new(), None, Cost::ZERO));
    }
    let found = point_read(backend, request.table, key, request.consistent).await?;
    let mut page = Queried::new(Vec::new(), None, found.cost);
    let Some(document) = found.item else { return Ok(page) };
    page.read = 1;
    if matches(request, &document)? {
        page.count = 1;
        if request.select == Select::Items {
            page.items.push(document);
        }
    }
    Ok(page)
}

/// Returns whether the filter of the query holds for a document.
fn matches(request: &Query, document: &Document) -> Result<bool> {
    match &request.filter {
        Some(filter) => Ok(crate::eval::holds(filter, Some(&document.to_map()?))),
        None => Ok(true),
    }
}

/// Returns what a page was charged, and takes its session token if it is one of the table's container.
fn charged(backend: &Inner, is_own: bool, headers: &ResponseHeaders) -> Cost {
    if is_own { backend.charged(headers) } else { charge(headers) }
}
