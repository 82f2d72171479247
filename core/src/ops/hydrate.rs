//! `hydrate`: reads the whole items that a query of an index finds, if the index does not project them.

use super::get_many::{GetMany, Many};
use crate::backend::{Backend, Readable, Reader};
use crate::cost::Cost;
use crate::entity::Key;
use crate::error::Result;
use crate::query::{Plan, Query, items, page, pages};
use crate::request::Page;
use crate::schema::{AllAttributes, Entity, Include, KeysOnly, Nth, On, QueryTarget};
use crate::table::Table;
use futures_core::Stream;
use futures_util::stream::TryStreamExt as _;
use std::fmt;
use std::marker::PhantomData;

impl<E: On<I>, R, I: QueryTarget> Query<E, R, I> {
    /// Reads the whole items: the query of the index, and then batches of gets by the primary keys that it finds.
    /// So a page is two or more requests, and the store charges for the index and for the items.
    ///
    /// The query's filter and limits are about the entries of the index. An item can have changed since the index
    /// was written, and is returned as it is now. An item that was deleted is reported as missing.
    ///
    /// It is for indexes that do not project all attributes. Keys and entries that you have already are read by
    /// [`get_many`](crate::EntityExt::get_many).
    ///
    /// # Example: an index of keys
    ///
    /// ```
    /// use monotable::prelude::*;
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Index)]
    /// #[index(projection = keys_only)]
    /// struct ByUser;
    ///
    /// #[derive(Table)]
    /// #[table(indexes(ByUser))]
    /// enum Site {
    ///     Session(Session),
    /// }
    ///
    /// #[derive(Serialize, Deserialize, Entity)]
    /// #[entity(table = Site, pk = "SESSION#{token}", sk = "SESSION")]
    /// #[access(by_user, index = ByUser, pk = "USER#{user}", sk = "{token}")]
    /// struct Session {
    ///     token: String,
    ///     user: String,
    ///     agent: String,
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> monotable::Result<()> {
    /// # let site = Site::on(Embedded::in_memory());
    /// # for token in ["T1", "T2"] {
    /// #     let (token, user, agent) = (token.into(), "ann".into(), "cli".into());
    /// #     Session { token, user, agent }.put().send(&site).await?;
    /// # }
    /// let sessions = Session::by_user("ann").hydrate().all(&site).await?;
    /// assert!(sessions.missing.is_empty());
    /// assert!(sessions.found().iter().all(|session| session.agent == "cli"));
    /// # Ok(()) }
    /// ```
    pub fn hydrate(self) -> Hydrate<E, I>
    where
        I::Projection: Lacks<I>,
    {
        let mut plan = self.into_plan();
        let mut consistent = false;
        if let Ok(plan) = &mut plan {
            plan.set_attributes(Vec::new());
            // A query of a local index can be consistent, and then all of it is.
            consistent = plan.is_consistent();
        }
        Hydrate { plan, consistent, types: PhantomData }
    }
}

/// The projections of index `I` without some attributes.
///
/// That of all attributes has a bound, whose trait has the message.
pub trait Lacks<I> {}
#[diagnostic::do_not_recommend]
impl<I, J> Lacks<I> for KeysOnly<J> {}
#[diagnostic::do_not_recommend]
impl<I, J> Lacks<I> for Include<J> {}
impl<I: HasNot> Lacks<I> for AllAttributes {}

/// Implemented for no target.
#[diagnostic::on_unimplemented(
    message = "a query of `{Self}` returns whole items: leave `.hydrate()` out",
    label = "whole items already"
)]
pub trait HasNot {}
impl<I: HasNot, const N: usize> HasNot for Nth<I, N> {}

/// Reads the whole items that a query of an index finds: from [`Query::hydrate`].
#[must_use = "a query does nothing until `page`, `all`, `first` or `stream` runs it"]
pub struct Hydrate<E, I> {
    plan: Result<Plan>,
    consistent: bool,
    types: PhantomData<fn() -> (E, I)>,
}

/// What a [`Hydrate`] finds for an entry of an index.
#[derive(Debug, Clone)]
pub enum Hydrated<E: Entity> {
    /// The item, as it is now.
    Item(E),
    /// There is no item with this key any more. It was deleted, or has expired, after the index was read.
    Missing(Key<E>),
}

impl<E: Entity> Hydrated<E> {
    /// Returns the item, if there is one.
    pub fn item(self) -> Option<E> {
        match self {
            Hydrated::Item(item) => Some(item),
            Hydrated::Missing(_) => None,
        }
    }
}

impl<E: On<I>, I> Hydrate<E, I> {
    /// Uses strongly consistent gets, at twice their cost. The query of a global index is eventually consistent
    /// nevertheless. After [`Query::consistent`](crate::Query::consistent), which local indexes have, the gets are
    /// consistent without this.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Reads one page of the index, and its items, in the order of the query.
    ///
    /// # Errors
    ///
    /// The errors of [`Query::page`] and of [`GetMany::send`]: if some items cannot be read, none of them is
    /// returned.
    pub async fn page<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Page<Hydrated<E>>> {
        hydrate(page::<_, _, Keys<E>>(&self.plan?, table).await?, self.consistent, table).await
    }

    /// Returns a stream of the pages. Each page is read when the stream is polled for it. The stream borrows
    /// nothing.
    pub fn pages<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Page<Hydrated<E>>>> + Send + Unpin + use<E, I, B> {
        let (consistent, pages) = (self.consistent, pages::<_, _, Keys<E>>(self.plan, table));
        let table = table.clone();
        Box::pin(pages.and_then(move |page| {
            let table = table.clone();
            async move { hydrate(page, consistent, &table).await }
        }))
    }

    /// Returns a stream of the items, in the order of the query. The pages are read while the items are consumed.
    /// The stream borrows nothing.
    pub fn stream<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> impl Stream<Item = Result<Hydrated<E>>> + Send + Unpin + use<E, I, B> {
        items(self.pages(table))
    }

    /// Reads all pages of the index, and then all items, in the order of the query. [`Many::missing`] has the keys
    /// of the items that are not there any more.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Hydrate::page).
    pub async fn all<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Many<E>> {
        let (mut plan, mut keys, mut cost) = (self.plan?, Vec::new(), Cost::ZERO);
        loop {
            let page = page::<_, _, Keys<E>>(&plan, table).await?;
            let count = page.items.len();
            keys.extend(page.items);
            cost += page.cost;
            if !plan.advance_past(count, page.cursor.as_ref()) {
                break;
            }
        }
        let mut many = get(keys, self.consistent).send(table).await?;
        many.cost += cost;
        Ok(many)
    }

    /// Reads the first item in the order of the query. Returns `None` if the index has no entry that matches.
    ///
    /// # Errors
    ///
    /// The errors of [`page`](Hydrate::page).
    pub async fn first<B: Backend>(
        mut self,
        table: &Table<E::Table, B>,
    ) -> Result<Option<Hydrated<E>>> {
        if let Ok(plan) = &mut self.plan {
            plan.set_limit(1);
        }
        self.stream(table).try_next().await
    }
}

/// Reads the keys of items.
struct Keys<E>(PhantomData<fn() -> E>);

impl<E: Entity> Reader for Keys<E> {
    type Output = Key<E>;

    fn read<D: Readable>(item: &mut D) -> Result<Key<E>> {
        Key::of_item(item)
    }
}

fn get<E: Entity>(keys: Vec<Key<E>>, consistent: bool) -> GetMany<E> {
    let get = GetMany::new(keys);
    if consistent { get.consistent() } else { get }
}

/// Reads the items of a page of keys.
async fn hydrate<E: Entity, B: Backend>(
    page: Page<Key<E>>,
    consistent: bool,
    table: &Table<E::Table, B>,
) -> Result<Page<Hydrated<E>>> {
    let Page { items, cursor, read, cost } = page;
    let many = get(items, consistent).send(table).await?;
    let mut missing = many.missing.into_iter();
    let items = many.items.into_iter().filter_map(|item| match item {
        Some(item) => Some(Hydrated::Item(item)),
        // There is one for each item that is missing, in the same order.
        None => missing.next().map(Hydrated::Missing),
    });
    Ok(Page { items: items.collect(), cursor, read, cost: cost + many.cost })
}

impl<E, I> Clone for Hydrate<E, I> {
    fn clone(&self) -> Self {
        Hydrate { plan: self.plan.clone(), consistent: self.consistent, types: PhantomData }
    }
}

impl<E, I> fmt::Debug for Hydrate<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hydrate")
            .field("plan", &self.plan)
            .field("consistent", &self.consistent)
            .finish()
    }
}
