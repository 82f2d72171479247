//! Running a query: `page`, `pages`, `all`, `first`, `stream` and `count`.

use super::Query;
use super::path::Yields;
use super::plan::Plan;
use crate::backend::{At as _, Backend};
use crate::cost::Cost;
use crate::error::Result;
use crate::request::{Cursor, Page, Queried, Select};
use crate::schema::{On, Path, Schema};
use crate::table::Table;
use futures_core::Stream;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

/// What a query of entity `E` on `I` yields: the entity, or its key if the index projects no more.
pub(super) type Output<E, I> = <<I as Path>::Projection as Yields<E>>::Output;

impl<E, R, I> Query<E, R, I>
where
    E: On<I>,
    I: Path<Projection: Yields<E>>,
{
    /// Reads one page.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key), [`is_invalid_cursor`](crate::Error::is_invalid_cursor)
    /// and [`is_invalid_request`](crate::Error::is_invalid_request) before any I/O;
    /// [`is_decode`](crate::Error::is_decode), naming the key, if an item is not of this entity; else what
    /// the backend reports.
    pub async fn page<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Page<Output<E, I>>> {
        let plan = self.plan?;
        fetch_page::<E, I, B>(&plan, table).await
    }

    /// Reads one page, in which an item that cannot be read as this entity is an error in its
    /// place: for tables that something else writes to as well.
    ///
    /// # Errors
    ///
    /// As [`page`](Query::page), except for items that cannot be read.
    pub async fn page_results<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Page<Result<Output<E, I>>>> {
        let plan = self.plan?;
        fetch_results::<E, I, B>(&plan, table).await
    }

    /// The pages, each fetched when it is asked for. The stream owns all that it needs.
    pub fn pages<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Page<Output<E, I>>>> + Send + Unpin + use<E, R, I, B> {
        let state = Some((self.plan, table.clone()));
        // Boxed so that callers need not pin; one allocation for a stream, next to one for a page.
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

    /// The items, page after page, fetched as they are consumed: memory holds one page, whatever
    /// the count. The stream owns all that it needs.
    ///
    /// # Example: more orders than memory holds
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

    /// All matching items, over as many pages as it takes. Memory holds them all; where there may
    /// be many, use [`stream`](Query::stream) or [`limit`](Query::limit).
    ///
    /// # Errors
    ///
    /// As [`page`](Query::page).
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

    /// The first item, in the query's order.
    ///
    /// # Errors
    ///
    /// As [`page`](Query::page).
    pub async fn first<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Option<Output<E, I>>> {
        Ok(self.limit(1).all(table).await?.pop())
    }

    /// How many items match. They are counted by the store, and read and paid for there.
    ///
    /// # Errors
    ///
    /// As [`page`](Query::page).
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

/// One page, decoded.
async fn fetch_page<E, I, B>(plan: &Plan, table: &Table<E::Table, B>) -> Result<Page<Output<E, I>>>
where
    E: On<I>,
    I: Path<Projection: Yields<E>>,
    B: Backend,
{
    let Page { items, cursor, read, cost } = fetch_results::<E, I, B>(plan, table).await?;
    let items = items.into_iter().collect::<Result<_>>()?;
    Ok(Page { items, cursor, read, cost })
}

/// One page, each item decoded or an error.
async fn fetch_results<E, I, B>(
    plan: &Plan,
    table: &Table<E::Table, B>,
) -> Result<Page<Result<Output<E, I>>>>
where
    E: On<I>,
    I: Path<Projection: Yields<E>>,
    B: Backend,
{
    let Some((mut page, cursor)) = run(plan, table, Select::Items).await? else {
        return Ok(Page { items: Vec::new(), cursor: None, read: 0, cost: Cost::ZERO });
    };
    let read = |item: &mut B::Item| I::Projection::read(item).at(plan.origin());
    let items = page.items.iter_mut().map(read).collect();
    Ok(Page { items, cursor, read: page.read, cost: page.cost })
}

/// Sends one request; `None` if nothing can match, so that nothing was sent.
async fn run<S: Schema, B: Backend>(
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
        page.last = page.items.last().and_then(|item| plan.position_of(item));
    }
    let cursor = page.last.as_ref().map(|last| bookmark.cursor(last)).transpose();
    Ok(Some((page, cursor.at(client.origin)?)))
}
