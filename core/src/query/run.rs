//! How a query is run: page by page, as a stream, all at once, or counted. The methods of
//! [`Query`](super::Query) and [`PartitionQuery`](super::PartitionQuery) call these functions.

use super::plan::Plan;
use crate::backend::{At as _, Backend, Reader, within_limit};
use crate::cost::Cost;
use crate::error::Result;
use crate::request::{Cursor, Page, Queried, Select};
use crate::schema::Schema;
use crate::table::Table;
use futures_core::Stream;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

/// Reads one page, and decodes its items.
pub(crate) async fn page<S: Schema, B: Backend, R: Reader>(
    plan: &Plan,
    table: &Table<S, B>,
) -> Result<Page<R::Output>> {
    let client = table.client(plan.origin());
    let Some((request, bookmark)) = plan.request(Select::Items).at(client.origin)? else {
        return Ok(Page { items: Vec::new(), cursor: None, read: 0, cost: Cost::ZERO });
    };
    let Queried { items, last, read, cost, .. } = client.query_as::<R>(request).await?;
    let cursor = last.map(|last| bookmark.cursor(&last)).transpose().at(client.origin)?;
    Ok(Page { items, cursor, read, cost })
}

/// Reads one page, with an error in place of each item that cannot be decoded.
pub(super) async fn page_results<S: Schema, B: Backend, R: Reader>(
    plan: &Plan,
    table: &Table<S, B>,
) -> Result<Page<Result<R::Output>>> {
    let Some((mut page, cursor)) = run(plan, table, Select::Items).await? else {
        return Ok(Page { items: Vec::new(), cursor: None, read: 0, cost: Cost::ZERO });
    };
    let items = page.items.iter_mut().map(|item| R::read(item).at(plan.origin())).collect();
    Ok(Page { items, cursor, read: page.read, cost: page.cost })
}

/// Returns a stream of the pages. Each page is read when the stream is polled for it.
pub(crate) fn pages<S: Schema, B: Backend, R: Reader>(
    plan: Result<Plan>,
    table: &Table<S, B>,
) -> impl Stream<Item = Result<Page<R::Output>>> + Send + Unpin + use<S, B, R> {
    let state = Some((plan, table.clone()));
    // The stream is boxed, so that callers do not have to pin it. This is one allocation for the whole
    // stream, and each page needs several anyway.
    stream::unfold(state, move |state| async move {
        let (plan, table) = state?;
        let mut plan = match plan {
            Ok(plan) => plan,
            Err(error) => return Some((Err(error), None)),
        };
        match page::<S, B, R>(&plan, &table).await {
            Ok(page) => {
                let more = plan.advance_past(page.items.len(), page.cursor.as_ref());
                Some((Ok(page), more.then_some((Ok(plan), table))))
            }
            Err(error) => Some((Err(error), None)),
        }
    })
    .boxed()
}

/// Returns a stream of the items of all pages.
pub(crate) fn items<T>(
    pages: impl Stream<Item = Result<Page<T>>> + Send + Unpin,
) -> impl Stream<Item = Result<T>> + Send + Unpin
where
    T: Send,
{
    pages.map_ok(|page| stream::iter(page.items.into_iter().map(Ok))).try_flatten()
}

/// Reads all pages, and returns all items.
pub(super) async fn all<S: Schema, B: Backend, R: Reader>(
    mut plan: Plan,
    table: &Table<S, B>,
) -> Result<Vec<R::Output>> {
    let mut items = Vec::new();
    loop {
        let mut page = page::<S, B, R>(&plan, table).await?;
        let count = page.items.len();
        if items.is_empty() {
            items = page.items;
        } else {
            items.append(&mut page.items);
        }
        if !plan.advance_past(count, page.cursor.as_ref()) {
            return Ok(items);
        }
    }
}

/// Returns how many items match.
pub(super) async fn count<S: Schema, B: Backend>(
    mut plan: Plan,
    table: &Table<S, B>,
) -> Result<usize> {
    let mut total = 0;
    loop {
        let Some((page, cursor)) = run(&plan, table, Select::Count).await? else {
            return Ok(total);
        };
        let count = plan.within_limit(page.count);
        total += count;
        if !plan.advance_past(count, cursor.as_ref()) {
            return Ok(total);
        }
    }
}

/// Sends the request for one page. Returns `None` if no item can match; then nothing is sent.
pub(crate) async fn run<S: Schema, B: Backend>(
    plan: &Plan,
    table: &Table<S, B>,
    select: Select,
) -> Result<Option<(Queried<B::Item>, Option<Cursor>)>> {
    let client = table.client(plan.origin());
    let Some((request, bookmark)) = plan.request(select).at(client.origin)? else {
        return Ok(None);
    };
    let limit = request.limit;
    let page = client.query(request).await?;
    let page = within_limit(page, plan.place(), limit).at(client.origin)?;
    let cursor = page.last.as_ref().map(|last| bookmark.cursor(last)).transpose();
    Ok(Some((page, cursor.at(client.origin)?)))
}
