//! Deleting all items of a partition.

use super::batch::write_all;
use super::delete::Delete;
use super::key::Key;
use super::prepared::Prepared;
use crate::access::read_variant;
use crate::backend::Backend;
use crate::cost::Cost;
use crate::error::{Error, Kind, Result};
use crate::item::Item;
use crate::request::{self, PrimaryKey, Query, SortKeys, Write};
use crate::schema::{Entity, EntityDef, Schema, TableDef, Visit};
use crate::table::Table;
use crate::trace;
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroUsize;

/// How often an item is tried that somebody changes meanwhile.
const ATTEMPTS: usize = 8;

/// Deletes all items that share a partition key, of whatever entity, with their unique guards:
/// from [`Key::delete_collection`].
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteCollection<E: Entity> {
    key: Key<E>,
    limit: Option<usize>,
}

/// What became of a [`DeleteCollection`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CollectionReport {
    /// How many items were deleted, guards not counted.
    pub deleted: usize,
    /// Whether there may be more: [`limit`](DeleteCollection::limit) ended it. Send it again.
    pub more: bool,
    /// What it cost, as far as it is known.
    pub cost: Cost,
}

impl<E: Entity> DeleteCollection<E> {
    pub(super) fn new(key: Key<E>) -> Self {
        DeleteCollection { key, limit: None }
    }

    /// Deletes about so many items at the most, and says whether there are more: for a function
    /// that may run for so long only. 0 is an error.
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// Reads the partition page by page, and deletes what it reads: items with unique guards in a
    /// transaction each, the others in batches. It is not one transaction: if it ends early, for
    /// whatever reason, send it again, and it goes on with what is left.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) before any I/O;
    /// [`is_throttled`](Error::is_throttled), [`is_unavailable`](Error::is_unavailable) and what
    /// else the backend reports; what was deleted before stays deleted.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<CollectionReport> {
        let context =
            |error: Error| error.context(|| format!("{}::delete_collection", E::DEF.name));
        self.run(table).await.map_err(context)
    }

    async fn run<B: Backend>(self, table: &Table<E::Table, B>) -> Result<CollectionReport> {
        let (def, backend) = (E::Table::DEF, table.backend());
        let pk = self.key.render()?.pk;
        if self.limit == Some(0) {
            let message = "the limit is 0: ask for at least one item";
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        let mut report = CollectionReport { deleted: 0, more: false, cost: Cost::ZERO };
        let mut query = Query::new(def, E::DEF.name, "delete_collection", pk, SortKeys::All);
        query.consistent = true;
        let mut stuck = 0;
        loop {
            if let Some(limit) = self.limit {
                let Some(left) = NonZeroUsize::new(limit.saturating_sub(report.deleted)) else {
                    report.more = true;
                    return Ok(report);
                };
                query.max_items = Some(left);
            }
            let span = trace::span(backend, def, "Query", Some(E::DEF.name), Some(query.pattern));
            let sent = backend.query(query.clone());
            let page = trace::run(span, sent, |page| Some(page.cost)).await?;
            report.cost += page.cost;
            // A guard that stands in the partition goes with its owner, wherever that is.
            let items: Vec<_> = page
                .items
                .into_iter()
                .filter(|it| !it.text(def.tag).is_some_and(|tag| def.is_guard(tag)))
                .collect();
            let (deleted, cost) = delete::<E::Table, B>(backend, &items).await?;
            report.deleted += deleted;
            report.cost += cost;
            let all = deleted == items.len();
            if page.last.is_none() && all {
                return Ok(report);
            }
            // What somebody changed while it was being deleted is read again.
            stuck = if all || deleted > 0 { 0 } else { stuck + 1 };
            if stuck == ATTEMPTS {
                let message = format!(
                    "others change the items of `{}` while they are deleted: send it again later",
                    query.pk
                );
                return Err(Error::new(Kind::Conflict, message));
            }
            query.after = page.last.filter(|_| all);
        }
    }
}

/// Deletes items; how many of them, and at which cost.
async fn delete<S: Schema, B: Backend>(backend: &B, items: &[B::Item]) -> Result<(usize, Cost)> {
    let table = S::DEF;
    let mut plain = Vec::with_capacity(items.len());
    let mut deleted = 0;
    for item in items {
        let guarded: Option<Prepared<B::Item>> = match entity_of(table, item) {
            Some(entity) if !entity.rules.unique.is_empty() => {
                read_variant::<S, _>(item)?.visit(GuardedDelete(PhantomData))?
            }
            _ => None,
        };
        match guarded {
            Some(prepared) if prepared.is_past(item) => {
                deleted += usize::from(delete_past(backend, table, prepared).await?);
            }
            Some(prepared) => match prepared.send(backend, table).await {
                Ok(_) => deleted += 1,
                Err(error) if error.is_stale() || error.is_conflict() || error.is_not_found() => {}
                Err(error) => return Err(error),
            },
            None => plain.push(bare::<S, B>(item)?),
        }
    }
    let done = write_all(backend, table, plain, |_| {}).await;
    match done.left.into_iter().next() {
        Some(left) => Err(left.error),
        None => Ok((deleted + done.written, done.cost)),
    }
}

/// Deletes an item past its time, and those of its guards that are still its own; whether it is gone.
async fn delete_past<B: Backend>(
    backend: &B,
    table: &'static TableDef,
    prepared: Prepared<B::Item>,
) -> Result<bool> {
    let mut is_gone = false;
    for write in prepared.apart(table) {
        is_gone = match write.send(backend, table).await {
            Ok(_) => true,
            Err(error)
                if error.is_stale()
                    || error.is_conflict()
                    || error.is_not_found()
                    || error.is_condition_failed() =>
            {
                false
            }
            Err(error) => return Err(error),
        };
    }
    Ok(is_gone)
}

/// Makes the delete of an entity with its unique guards, if it has some.
struct GuardedDelete<I>(PhantomData<I>);

impl<I: Item> Visit for GuardedDelete<I> {
    type Output = Result<Option<Prepared<I>>>;
    fn entity<E: Entity>(self, entity: &E) -> Self::Output {
        if E::DEF.rules.unique.is_empty() {
            return Ok(None);
        }
        Delete::loaded(entity).prepare().map(Some)
    }
}

/// The entity that an item is tagged as.
fn entity_of<D: Item>(table: &TableDef, item: &D) -> Option<&'static EntityDef> {
    table.entity(item.text(table.tag)?)
}

/// The delete of an item by its key alone.
fn bare<S: Schema, B: Backend>(item: &B::Item) -> Result<Write<B::Item>> {
    let table = S::DEF;
    let text = |attribute| item.text(attribute).map(str::to_owned);
    let (Some(pk), Some(sk)) = (text(table.pk), text(table.sk)) else {
        return Err(Error::new(Kind::Decode, "an item has no primary key"));
    };
    let name = entity_of(table, item).map_or(table.name, |entity| entity.name);
    Ok(Write::Delete(request::Delete::new(table, name, PrimaryKey { pk, sk })))
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
