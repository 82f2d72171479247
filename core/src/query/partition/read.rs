//! The methods that run a query of a partition.

use super::{Partition, PartitionQuery};
use crate::backend::{Backend, Readable, Reader};
use crate::entity::decode_variant;
use crate::error::Result;
use crate::query::run;
use crate::request::Page;
use crate::schema::{Entity, QueryTarget, Schema};
use crate::table::Table;
use futures_core::Stream;
use std::marker::PhantomData;

impl<E: Entity, I: QueryTarget> PartitionQuery<E, I> {
    /// Reads one page.
    ///
    /// # Errors
    ///
    /// The errors of [`Query::page`](crate::Query::page); [`is_decode`](crate::Error::is_decode), with the key,
    /// if an item is of no entity of the table.
    pub async fn page<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Page<E::Table>> {
        run::page::<_, _, Variants<E::Table>>(&self.plan?, table).await
    }

    /// Reads one page, with an error in place of each item that cannot be decoded.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](PartitionQuery::page), except for those of items that cannot be decoded.
    pub async fn page_results<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<Page<Result<E::Table>>> {
        run::page_results::<_, _, Variants<E::Table>>(&self.plan?, table).await
    }

    /// Returns a stream of the pages. Each page is read when the stream is polled for it. The stream
    /// borrows nothing.
    pub fn pages<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Page<E::Table>>> + Send + Unpin + use<E, I, B> {
        run::pages::<_, _, Variants<E::Table>>(self.plan, table)
    }

    /// Returns a stream of the items. The pages are read while the items are consumed, so only one page
    /// is in memory at a time. The stream borrows nothing.
    pub fn stream<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<E::Table>> + Send + Unpin + use<E, I, B> {
        run::items(self.pages(table))
    }

    /// Reads all pages, and returns all items. All of them are in memory, so use
    /// [`stream`](PartitionQuery::stream) or [`limit`](PartitionQuery::limit) if there may be many.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](PartitionQuery::page).
    pub async fn all<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Vec<E::Table>> {
        run::all::<_, _, Variants<E::Table>>(self.plan?, table).await
    }

    /// Reads the first item in the order of the query. Returns `None` if there is none.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](PartitionQuery::page).
    pub async fn first<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E::Table>> {
        Ok(self.limit(1).all(table).await?.pop())
    }
}

impl<E: Entity, I: QueryTarget> PartitionQuery<E, I> {
    /// Returns how many items there are, also of entities that the table does not know, unless
    /// [`skip_unknown`](PartitionQuery::skip_unknown) is called. The store counts them: it reads all of them,
    /// at the same cost as [`all`](PartitionQuery::all), but does not send them.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](PartitionQuery::page).
    pub async fn count<B: Backend>(self, table: &Table<E::Table, B>) -> Result<usize> {
        run::count(self.plan?, table).await
    }
}

impl<E: Entity, I: QueryTarget> Partition<E, I> {
    /// Returns how many items the partition has, of every entity. The store counts them: it reads all of them,
    /// and charges for it, but does not send them.
    ///
    /// # Errors
    ///
    /// The errors of [`PartitionQuery::page`].
    pub async fn count<B: Backend>(self, table: &Table<E::Table, B>) -> Result<usize> {
        run::count(self.plan?, table).await
    }
}

/// Reads items as variants of the table's enum.
struct Variants<S>(PhantomData<fn() -> S>);

impl<S: Schema> Reader for Variants<S> {
    type Output = S;

    fn read<D: Readable>(item: &mut D) -> Result<S> {
        decode_variant(item)
    }
}
