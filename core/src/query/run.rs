//! The methods that run a query: `page`, `pages`, `all`, `first`, `stream` and `count`.

use super::Query;
use super::plan::Plan;
use super::target::Yields;
use crate::backend::{At as _, Backend};
use crate::cost::Cost;
use crate::error::Result;
use crate::request::{Cursor, Page, Queried, Select};
use crate::schema::{On, QueryTarget, Schema};
use crate::table::Table;
use futures_core::Stream;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

/// What a query of entity `E` on `I` returns: the entity, or its key if the index does not project all
/// attributes.
pub(super) type Output<E, I> = <<I as QueryTarget>::Projection as Yields<E>>::Output;

impl<E, R, I> Query<E, R, I>
where
    E: On<I>,
    I: QueryTarget<Projection: Yields<E>>,
{
    /// Reads one page.
    ///
    /// # Errors
    ///
    /// Before any I/O: [`is_invalid_key`](crate::Error::is_invalid_key),
    /// [`is_invalid_cursor`](crate::Error::is_invalid_cursor) and
    /// [`is_invalid_request`](crate::Error::is_invalid_request).
    ///
    /// Later: [`is_decode`](crate::Error::is_decode), with the key, if an item is not of this entity;
    /// the errors of the backend.
    pub async fn page<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Page<Output<E, I>>> {
        let plan = self.plan?;
        fetch_page::<E, I, B>(&plan, table).await
    }

    /// Reads one page, with an error in place of each item that cannot be decoded as this entity. This
    /// is for tables that other programs also write to.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page), except for those of items that cannot be decoded.
    pub async fn page_results<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Page<Result<Output<E, I>>>> {
        let plan = self.plan?;
        fetch_results::<E, I, B>(&plan, table).await
    }

    /// Returns a stream of the pages. Each page is read when the stream is polled for it. The stream
    /// borrows nothing.
    pub fn pages<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Page<Output<E, I>>>> + Send + Unpin + use<E, R, I, B> {
        let state = Some((self.plan, table.clone()));
        // The stream is boxed, so that callers do not have to pin it. This is one allocation for the
        // whole stream, and each page needs several anyway.
        stream::unfold(state, |state| async {
            let (plan, table) = state?;
            let mut plan = match plan {
                Ok(plan) => plan,
                Err(error) => return Some((Err(error), None)),
            };
            match fetch_page::<E, I, B>(&plan, &table).await {
                Ok(page) => {
                    let more = plan.advance_past(page.items.len(), page.cursor.as_ref());
                    Some((Ok(page), more.then_some((Ok(plan), table))))
                }
                Err(error) => Some((Err(error), None)),
            }
        })
        .boxed()
    }

    /// Returns a stream of the items. The pages are read while the items are consumed, so only one
    /// page is in memory at a time. The stream borrows nothing.
    ///
    /// # Example: add up more orders than fit into memory
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// use futures_util::TryStreamExt;
    ///
    /// let mut orders = Order::by_customer("C001").stream(&shop);
    /// let mut total = 0;
    /// while let Some(order) = orders.try_next().await? {
    ///     total += order.total;
    /// }
    /// assert_eq!(total, 5_499);
    /// # Ok(()) }) }
    /// ```
    pub fn stream<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Output<E, I>>> + Send + Unpin + use<E, R, I, B> {
        self.pages(table).map_ok(|page| stream::iter(page.items.into_iter().map(Ok))).try_flatten()
    }

    /// Reads all pages, and returns all matching items. All of them are in memory, so use
    /// [`stream`](Query::stream) or [`limit`](Query::limit) if there may be many.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page).
    pub async fn all<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Vec<Output<E, I>>> {
        let mut plan = self.plan?;
        let mut items = Vec::new();
        loop {
            let mut page = fetch_page::<E, I, B>(&plan, table).await?;
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

    /// Reads the first item in the order of the query. Returns `None` if no item matches.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page).
    pub async fn first<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Option<Output<E, I>>> {
        Ok(self.limit(1).all(table).await?.pop())
    }

    /// Returns how many items match. The store counts them: it reads all of them, at the same cost as
    /// [`all`](Query::all), but does not send them.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page).
    pub async fn count<B: Backend>(self, table: &Table<E::Table, B>) -> Result<usize> {
        let mut plan = self.plan?;
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
}

/// Reads one page, and decodes its items.
async fn fetch_page<E, I, B>(plan: &Plan, table: &Table<E::Table, B>) -> Result<Page<Output<E, I>>>
where
    E: On<I>,
    I: QueryTarget<Projection: Yields<E>>,
    B: Backend,
{
    let Page { items, cursor, read, cost } = fetch_results::<E, I, B>(plan, table).await?;
    let items = items.into_iter().collect::<Result<_>>()?;
    Ok(Page { items, cursor, read, cost })
}

/// Reads one page, with an error in place of each item that cannot be decoded.
async fn fetch_results<E, I, B>(
    plan: &Plan,
    table: &Table<E::Table, B>,
) -> Result<Page<Result<Output<E, I>>>>
where
    E: On<I>,
    I: QueryTarget<Projection: Yields<E>>,
    B: Backend,
{
    let Some((mut page, cursor)) = run(plan, table, Select::Items).await? else {
        return Ok(Page { items: Vec::new(), cursor: None, read: 0, cost: Cost::ZERO });
    };
    let read = |item: &mut B::Item| I::Projection::read(item).at(plan.origin());
    let items = page.items.iter_mut().map(read).collect();
    Ok(Page { items, cursor, read: page.read, cost: page.cost })
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
    let mut page = client.query(request).await?;
    let within = plan.within_limit(page.items.len());
    if within < page.items.len() {
        // The next page begins after the last item that is returned, not after the last one read.
        page.items.truncate(within);
        let last = page.items.last().map(|item| plan.position_of(item)).transpose();
        page.last = last.at(client.origin)?;
    }
    let cursor = page.last.as_ref().map(|last| bookmark.cursor(last)).transpose();
    Ok(Some((page, cursor.at(client.origin)?)))
}
