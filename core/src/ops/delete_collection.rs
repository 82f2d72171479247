//! `delete_collection`: deletes an item collection, which is all items with one partition key.

use super::delete::Delete;
use super::support::{Prepared, write_all};
use crate::backend::{At as _, Backend, Client, Item, Origin, Verb, item_key};
use crate::cost::Cost;
use crate::entity::{Key, decode_variant};
use crate::error::{Error, Kind, Result};
use crate::request::{self, BatchItem, Query, SortKeys};
use crate::schema::{Entity, EntityDef, Schema, TableDef, Visit};
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

impl<E: Entity> Key<E> {
    /// Deletes all items that have the partition key of this key, of every entity.
    ///
    /// # Example: delete a customer with all orders
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let report = Customer::key("C001").delete_collection().send(&shop).await?;
    /// assert_eq!(report.deleted, 3);
    /// # Ok(()) }) }
    /// ```
    pub fn delete_collection(self) -> DeleteCollection<E> {
        DeleteCollection::new(self)
    }
}

/// How many reads in a row may end without any item deleted, because other writers change them.
const ATTEMPTS: usize = 8;

/// Deletes an item collection: all items that share a partition key, of every entity, with their
/// unique guards. From [`Key::delete_collection`].
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteCollection<E: Entity> {
    key: Key<E>,
    limit: Option<usize>,
}

/// The result of a [`DeleteCollection`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CollectionReport {
    /// How many items were deleted. Unique guards are not counted.
    pub deleted: usize,
    /// Whether there may be more items, because the [`limit`](DeleteCollection::limit) was reached.
    /// Send the request again to delete them.
    pub more: bool,
    /// The cost of the calls, as far as it is known.
    pub cost: Cost,
}

impl<E: Entity> DeleteCollection<E> {
    fn new(key: Key<E>) -> Self {
        DeleteCollection { key, limit: None }
    }

    /// Deletes at most `items` items, and reports whether there may be
    /// [`more`](CollectionReport::more). This is for functions with a time limit. A limit of 0 is an
    /// error.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// Sends the request: reads the item collection page by page, and deletes the items of each page.
    /// An item with unique guards is deleted in a transaction with them, the others in batches.
    ///
    /// This is not one transaction. If it fails, or if the future is
    /// [dropped](crate::ops#dropped-futures), some of the items are deleted. Send it again: it deletes
    /// the items that are left.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) before any I/O;
    /// [`is_conflict`](Error::is_conflict) if other writers keep changing the items;
    /// [`is_throttled`](Error::is_throttled), [`is_unavailable`](Error::is_unavailable) and other
    /// errors of the backend. Items that were deleted before the error stay deleted.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<CollectionReport> {
        let client = table.client(Origin::Entity(E::DEF.name, Verb::DeleteCollection));
        self.run(client).await.at(client.origin)
    }

    async fn run<B: Backend>(self, client: Client<'_, B>) -> Result<CollectionReport> {
        let def = client.table;
        let pk = self.key.render()?.pk;
        if self.limit == Some(0) {
            let message = "the limit is 0: ask for at least one item";
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        let mut report = CollectionReport { deleted: 0, more: false, cost: Cost::ZERO };
        let pattern = Verb::DeleteCollection.name();
        let mut query = Query::new(def, E::DEF.name, pattern, pk, SortKeys::All);
        query.consistent = true;
        let mut stuck = 0;
        loop {
            if let Some(limit) = self.limit {
                let Some(rest) = NonZeroUsize::new(limit.saturating_sub(report.deleted)) else {
                    report.more = true;
                    return Ok(report);
                };
                query.max_items = Some(rest);
            }
            let page = client.query(query.clone()).await?;
            report.cost += page.cost;
            // A guard in this partition is skipped here. It is deleted with the item that it belongs
            // to, which may be in another partition.
            let items: Vec<_> = page
                .items
                .into_iter()
                .filter(|it| !it.text(def.tag).is_some_and(|tag| def.is_guard(tag)))
                .collect();
            let (deleted, cost) = delete::<E::Table, B>(client, &items).await?;
            report.deleted += deleted;
            report.cost += cost;
            let all = deleted == items.len();
            if page.last.is_none() && all {
                return Ok(report);
            }
            // Items that another writer changed while they were being deleted are read again.
            stuck = if all || deleted > 0 { 0 } else { stuck + 1 };
            if stuck == ATTEMPTS {
                let message = format!(
                    "other writers change the items of `{}` while they are deleted: send it again \
                     later",
                    query.pk
                );
                return Err(Error::new(Kind::Conflict, message));
            }
            query.after = page.last.filter(|_| all);
        }
    }
}

/// Deletes items. Returns how many of them were deleted, and the cost.
async fn delete<S: Schema, B: Backend>(
    client: Client<'_, B>,
    items: &[B::Item],
) -> Result<(usize, Cost)> {
    let mut plain = Vec::with_capacity(items.len());
    let mut deleted = 0;
    for item in items {
        let guarded = match entity_of(client.table, item) {
            Some(entity) if !entity.rules.unique.is_empty() => {
                decode_variant::<S, _>(item)?.visit(GuardedDelete(PhantomData))?
            }
            _ => None,
        };
        let Some(delete) = guarded else {
            plain.push(bare(client.table, item)?);
            continue;
        };
        let is_gone = if delete.explain.has_expired(item) {
            delete_expired(client, delete).await?
        } else {
            is_done(delete.send(client).await)?
        };
        deleted += usize::from(is_gone);
    }
    let done = write_all(client, plain, |_| {}).await;
    if let Some(first) = done.unprocessed.first() {
        return Err(first.error.clone());
    }
    Ok((deleted + done.written, done.cost))
}

/// Returns whether a write happened; `false` if another writer was faster.
pub(super) fn is_done<T>(result: Result<T>) -> Result<bool> {
    match result {
        Ok(_) => Ok(true),
        Err(error)
            if error.is_stale()
                || error.is_conflict()
                || error.is_not_found()
                || error.is_condition_failed() =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Deletes an expired item, and those of its guards that still belong to it. Returns whether the item
/// is gone.
pub(super) async fn delete_expired<B: Backend>(
    client: Client<'_, B>,
    delete: Prepared<B::Item, request::Delete>,
) -> Result<bool> {
    let mut is_gone = false;
    // The item is the last of the writes, so the last result decides.
    for write in delete.into_separate_writes(client.table) {
        is_gone = is_done(write.send_alone(client).await)?;
    }
    Ok(is_gone)
}

/// Prepares the delete of an entity with its unique guards, if it has some.
struct GuardedDelete<I>(PhantomData<I>);

impl<I: Item> Visit for GuardedDelete<I> {
    type Output = Result<Option<Prepared<I, request::Delete>>>;
    fn entity<E: Entity>(self, entity: &E) -> Self::Output {
        if E::DEF.rules.unique.is_empty() {
            return Ok(None);
        }
        Delete::loaded(entity).prepare().map(Some)
    }
}

/// The entity that the item's tag names.
fn entity_of<D: Item>(table: &TableDef, item: &D) -> Option<&'static EntityDef> {
    table.entity(item.text(table.tag)?)
}

/// The delete of an item by its key, without guards or conditions.
fn bare<I: Item>(table: &'static TableDef, item: &I) -> Result<BatchItem<I>> {
    let key = item_key(table, item)
        .ok_or_else(|| Error::new(Kind::Decode, "an item has no primary key"))?;
    let name = entity_of(table, item).map_or(table.name, |entity| entity.name);
    Ok(BatchItem::delete(name, key))
}

impl<E: Entity> Clone for DeleteCollection<E> {
    fn clone(&self) -> Self {
        DeleteCollection { key: self.key.clone(), limit: self.limit }
    }
}

impl<E: Entity> fmt::Debug for DeleteCollection<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeleteCollection").field("key", &self.key).finish()
    }
}
