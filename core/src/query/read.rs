//! The methods that run a query: `page`, `pages`, `all`, `first`, `stream` and `count`.

use super::target::Reads;
use super::{Query, run};
use crate::backend::{At as _, Backend, Readable, Reader};
use crate::error::{Error, Kind, Result};
use crate::request::Page;
use crate::schema::{On, QueryTarget};
use crate::table::Table;
use futures_core::Stream;
use std::marker::PhantomData;

/// What a query of entity `E` on `I` returns: the entity, its [`Projected`](crate::ops::Projected) entry if the index
/// does not project all attributes, or a projection of it.
type Output<E, I, O> = <O as Reads<E, <I as QueryTarget>::Projection>>::Output;

/// How the items of a query of entity `E` on `I` are read.
struct Entries<E, I, O>(PhantomData<(E, I, O)>);

impl<E: On<I>, I: QueryTarget, O: Reads<E, I::Projection>> Reader for Entries<E, I, O> {
    type Output = O::Output;

    fn read<D: Readable>(item: &mut D) -> Result<O::Output> {
        O::read(item)
    }
}

impl<E, R, I, O> Query<E, R, I, O>
where
    E: On<I>,
    I: QueryTarget,
    O: Reads<E, I::Projection>,
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
    pub async fn page<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Page<Output<E, I, O>>> {
        run::page::<_, _, Entries<E, I, O>>(&self.plan?, table).await
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
    ) -> Result<Page<Result<Output<E, I, O>>>> {
        run::page_results::<_, _, Entries<E, I, O>>(&self.plan?, table).await
    }

    /// Returns a stream of the pages. Each page is read when the stream is polled for it. The stream
    /// borrows nothing.
    pub fn pages<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Page<Output<E, I, O>>>> + Send + Unpin + use<E, R, I, O, B> {
        run::pages::<_, _, Entries<E, I, O>>(self.plan, table)
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
    ) -> impl Stream<Item = Result<Output<E, I, O>>> + Send + Unpin + use<E, R, I, O, B> {
        run::items(self.pages(table))
    }

    /// Reads all pages, and returns all matching items. All of them are in memory, so use
    /// [`stream`](Query::stream) or [`limit`](Query::limit) if there may be many.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page).
    pub async fn all<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Vec<Output<E, I, O>>> {
        run::all::<_, _, Entries<E, I, O>>(self.plan?, table).await
    }

    /// Reads the first item in the order of the query. Returns `None` if no item matches.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page).
    pub async fn first<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Option<Output<E, I, O>>> {
        Ok(self.limit(1).all(table).await?.pop())
    }

    /// Reads the one item that matches. At most two items are read, so that it is known whether there are
    /// several.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](crate::Error::is_not_found) if no item matches, [`is_several`](crate::Error::is_several)
    /// if several do; the errors of [`page`](Query::page).
    ///
    /// # Example: the order with a known key
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let order = Order::by_customer("C001").eq("ORD-001").one(&shop).await?;
    /// assert_eq!(order.total, 4_500);
    /// assert!(Order::by_customer("C001").one(&shop).await.unwrap_err().is_several());
    /// # Ok(()) }) }
    /// ```
    pub async fn one<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Output<E, I, O>> {
        let mut plan = self.plan?;
        let (origin, partition) = (plan.origin(), plan.shown());
        plan.set_limit(2);
        let mut items = run::all::<_, _, Entries<E, I, O>>(plan, table).await?;
        match (items.pop(), items.is_empty()) {
            (Some(item), true) => Ok(item),
            (Some(_), false) => {
                let message = format!(
                    "several items match in {partition}: bind more of the sort key, or use `all` or `first`"
                );
                Err(Error::new(Kind::Several, message)).at(origin)
            }
            (None, _) => {
                let message = format!(
                    "no item matches in {partition}: create it, or use `first`, which returns an `Option`"
                );
                Err(Error::new(Kind::NotFound, message)).at(origin)
            }
        }
    }

    /// Returns how many items match. The store counts them: it reads all of them, at the same cost as
    /// [`all`](Query::all), but does not send them.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Query::page).
    pub async fn count<B: Backend>(self, table: &Table<E::Table, B>) -> Result<usize> {
        run::count(self.plan?, table).await
    }
}
