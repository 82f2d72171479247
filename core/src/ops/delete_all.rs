//! `delete_all`: deletes the items that a query finds.

use super::delete::Delete;
use super::support::{Deleted, delete_expired, write_all};
use crate::backend::{At as _, Backend, CONCURRENCY, Client, Item as _, Readable as _, item_key};
use crate::cost::Cost;
use crate::entity::{Key, decode_entity, other_entity};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_own;
use crate::expr::{Comparison, Expr, Path};
use crate::query::{Plan, Query, run};
use crate::request::{self, BatchItem, Outcome, PrimaryKey, Select};
use crate::schema::{Entity, IndexDef, IndexKeys, On};
use crate::table::Table;
use crate::value::{Map, Value};
use futures_util::stream::{self, StreamExt as _};
use std::fmt;
use std::marker::PhantomData;

impl<E: On<I>, R, I> Query<E, R, I> {
    /// Deletes the items that the query finds, with their unique guards.
    ///
    /// # Example: end all sessions of a user
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
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> monotable::Result<()> {
    /// let site = Site::on(Embedded::in_memory());
    /// for (token, user) in [("T1", "ann"), ("T2", "ann"), ("T3", "bob")] {
    ///     Session { token: token.into(), user: user.into() }.put().send(&site).await?;
    /// }
    /// let report = Session::by_user("ann").delete_all().send(&site).await?;
    /// assert_eq!(report.deleted, 2);
    /// # assert!(Session::get("T3").send(&site).await?.is_some());
    /// # Ok(()) }
    /// ```
    pub fn delete_all(self) -> DeleteAll<E, I> {
        DeleteAll { plan: self.into_plan(), types: PhantomData }
    }
}

/// How often the delete of an item with unique fields is tried, while other writers change the item.
const ATTEMPTS: usize = 8;

/// Deletes the items that a query finds: from [`Query::delete_all`].
///
/// The query is read page by page, and the items of each page are deleted before the next page is read.
/// [`Query::limit`] is the most items that are deleted, [`Query::page_size`] the most of one page.
///
/// | the query | each item is deleted |
/// |---|---|
/// | of the primary key, without a filter | by its key, in batches |
/// | of an index, or with a filter | on the condition that it still has the index key and meets the filter |
/// | of an entity that shares its keys | on the condition that it is still of this entity |
/// | of an entity with unique fields | in a transaction with its guards |
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteAll<E, I> {
    plan: Result<Plan>,
    // With a function type, the request is `Send` even if its markers are not.
    types: PhantomData<fn() -> (E, I)>,
}

/// What a [`DeleteAll`] has done.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct DeleteReport {
    /// How many items were deleted. Unique guards are not counted.
    pub deleted: usize,
    /// How many items the query found that were not deleted, because another writer had changed them so that
    /// the query no longer finds them, or had deleted them.
    pub passed_over: usize,
    /// Whether there may be more items, because the query's [`limit`](Query::limit) was reached. Send the
    /// request again to delete them.
    pub more: bool,
    /// The cost of the calls, as far as it is known.
    pub cost: Cost,
}

impl<E: On<I>, I> DeleteAll<E, I> {
    /// Also deletes items that have expired and that the store still has. Otherwise they are left to the
    /// store, which deletes them without cost. DynamoDB leaves items whose time is more than five years in
    /// the past.
    pub fn include_expired(mut self) -> Self {
        if let Ok(plan) = &mut self.plan {
            plan.include_expired();
        }
        self
    }

    /// Sends the request.
    ///
    /// This is not one transaction. If it fails, or if the future is
    /// [dropped](crate::ops#dropped-futures), some of the items are deleted. Send it again: it deletes the
    /// items that are left. With a [`limit`](Query::limit), a function with a time limit can delete any
    /// number of items in several calls, see [`DeleteReport::more`].
    ///
    /// An item that is written while the query is read may be found or not. In a query of the primary key
    /// without a filter, an item that another writer replaces at the same time may be deleted.
    ///
    /// # Errors
    ///
    /// Before any I/O, the errors of [`Query::page`].
    ///
    /// Later: [`is_decode`](Error::is_decode) if an item is not of this entity;
    /// [`is_conflict`](Error::is_conflict) if other writers keep changing an item with unique fields;
    /// [`is_throttled`](Error::is_throttled) and other errors of the backend. Items that were deleted before
    /// the error stay deleted.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<DeleteReport> {
        self.send_with(table, |_| {}).await
    }

    /// Sends the request, and calls `progress` with the report so far after each page.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](DeleteAll::send).
    pub async fn send_with<B: Backend>(
        self,
        table: &Table<E::Table, B>,
        mut progress: impl FnMut(&DeleteReport) + Send,
    ) -> Result<DeleteReport> {
        let mut plan = self.plan?;
        let client = table.client(plan.origin());
        let mut report = DeleteReport::default();
        loop {
            let Some((page, cursor)) = run(&plan, table, Select::Items).await? else {
                return Ok(report);
            };
            report.cost += page.cost;
            let found = page.items.len();
            let mut condition = plan.condition()?;
            // Another writer can have put another entity in the place of an item.
            if let Some(own) = is_own(client.table, E::DEF) {
                own.require(&mut condition);
            }
            let deleting = Deleting { client, index: plan.index(), condition };
            let deleted = deleting.page::<E>(page.items, &mut report.cost).await;
            let deleted = deleted.at(client.origin)?;
            report.deleted += deleted;
            report.passed_over += found - deleted;
            let goes_on = plan.advance_past(found, cursor.as_ref());
            report.more = !goes_on && cursor.is_some();
            progress(&report);
            if !goes_on {
                return Ok(report);
            }
        }
    }
}

/// How the items of a page are deleted.
struct Deleting<'a, B: Backend> {
    client: Client<'a, B>,
    index: Option<&'static IndexDef>,
    /// The filter of the query, with the condition that the item has not expired.
    condition: Option<Expr>,
}

impl<B: Backend> Deleting<'_, B> {
    /// Deletes the items, and returns how many were deleted.
    async fn page<E: Entity>(&self, items: Vec<B::Item>, cost: &mut Cost) -> Result<usize> {
        let is_guarded = !E::DEF.rules.unique.is_empty();
        if !is_guarded && self.index.is_none() && self.condition.is_none() {
            return self.batch::<E>(&items, cost).await;
        }
        let deletes = items.into_iter().map(async |item| {
            if is_guarded { self.guarded::<E>(item).await } else { self.single::<E>(&item).await }
        });
        let mut running = stream::iter(deletes).buffer_unordered(CONCURRENCY);
        let mut deleted = 0;
        // All of them are finished, so that nothing is left half-way when one of them fails.
        let mut failed = None;
        while let Some(done) = running.next().await {
            match done {
                Ok(Done { is_deleted, paid }) => {
                    deleted += usize::from(is_deleted);
                    *cost += paid;
                }
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(deleted), Err)
    }

    async fn batch<E: Entity>(&self, items: &[B::Item], cost: &mut Cost) -> Result<usize> {
        let deletes =
            items.iter().map(|item| Ok(BatchItem::delete(E::DEF.name, self.key::<E>(item)?)));
        let done = write_all(self.client, deletes.collect::<Result<_>>()?, |_| {}).await;
        *cost += done.cost;
        match done.unprocessed.first() {
            Some(first) => Err(first.error.clone()),
            None => Ok(done.written),
        }
    }

    /// Deletes an item by its key, if the query still finds it.
    async fn single<E: Entity>(&self, item: &B::Item) -> Result<Done> {
        let mut delete = request::Delete::new(self.client.table, E::DEF.name, self.key::<E>(item)?);
        delete.condition = self.still_found(item)?;
        let written = self.client.delete(delete).await?;
        Ok(Done { is_deleted: matches!(written.outcome, Outcome::Done), paid: written.cost })
    }

    /// Deletes an item together with its guards. If another writer changes it, tries again with the item as
    /// it is then.
    async fn guarded<E: Entity>(&self, mut item: B::Item) -> Result<Done> {
        let (key, still_found) = (self.key::<E>(&item)?, self.still_found(&item)?);
        let mut paid = Cost::ZERO;
        // An entry of an index may lack attributes, and may be older than its item.
        let mut is_fresh = self.index.is_none();
        for _ in 0..ATTEMPTS {
            if !is_fresh {
                let mut get = request::Get::new(self.client.table, E::DEF.name, key.clone());
                get.consistent = true;
                let read = self.client.get(get).await?;
                paid += read.cost;
                // Another writer can have put another entity in its place, with which this one shares its keys.
                let now = read.item.filter(|item| other_entity::<E, _>(item).is_none());
                let Some(now) = now else { return Ok(Done { is_deleted: false, paid }) };
                item = now;
            }
            is_fresh = false;
            let entity: E = decode_entity(&mut item.clone())?;
            let mut delete = Delete::loaded(&entity).prepare::<B::Item>()?;
            if delete.explain.has_expired(&item) {
                let Deleted { is_gone, cost } = delete_expired(self.client, delete).await?;
                return Ok(Done { is_deleted: is_gone, paid: paid + cost });
            }
            if let Some(condition) = still_found.clone() {
                condition.require(&mut delete.own.condition);
            }
            match delete.send(self.client).await {
                // The query no longer finds it.
                Err(error) if error.is_condition_failed() || error.is_not_found() => {
                    return Ok(Done { is_deleted: false, paid });
                }
                sent => {
                    let Deleted { is_gone, cost } = Deleted::of(sent)?;
                    if is_gone {
                        return Ok(Done { is_deleted: true, paid: paid + cost });
                    }
                }
            }
        }
        let message = format!("other writers keep changing item `{key}`: send it again later");
        Err(Error::new(Kind::Conflict, message))
    }

    /// The item's key, if it is an item of `E`.
    fn key<E: Entity>(&self, item: &B::Item) -> Result<PrimaryKey> {
        // Parsed, because the entry of an index may lack the tag, and no item of another entity is deleted.
        Key::<E>::of_item(item)?;
        let table = self.client.table;
        match (item_key(table, item), item.text(table.tag)) {
            (Some(key), None) => Ok(key),
            (Some(key), Some(tag)) if tag == E::DEF.name => Ok(key),
            (key, _) => {
                let key = key.map(|key| key.to_string()).unwrap_or_default();
                let message = format!("is not a {}, so nothing is deleted", E::DEF.name);
                Err(Error::new(Kind::Decode, message).of_item(&key))
            }
        }
    }

    /// Holds if the query still finds the item.
    fn still_found(&self, item: &B::Item) -> Result<Option<Expr>> {
        let mut condition = self.condition.clone();
        let Some(index) = self.index else { return Ok(condition) };
        let key: Vec<(&'static str, Option<Value>)> = match self.client.table.index_keys(index) {
            IndexKeys::Texts { .. } => {
                index.own_keys().map(|name| (name, item.text(name).map(Value::from))).collect()
            }
            IndexKeys::Attributes(attributes) => {
                let item: Map = item.decode()?;
                attributes.iter().map(|it| (it.name, item.get(it.name).cloned())).collect()
            }
        };
        for (name, value) in key {
            if let Some(value) = value {
                Expr::Compare(Path::attribute(name), Comparison::Eq, value).require(&mut condition);
            }
        }
        Ok(condition)
    }
}

/// The result of one delete.
struct Done {
    is_deleted: bool,
    paid: Cost,
}

impl<E, I> Clone for DeleteAll<E, I> {
    fn clone(&self) -> Self {
        DeleteAll { plan: self.plan.clone(), types: PhantomData }
    }
}

impl<E, I> fmt::Debug for DeleteAll<E, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DeleteAll").field(&self.plan).finish()
    }
}
