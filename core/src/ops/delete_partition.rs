//! `delete_all` of a partition: deletes the items of all entities in it.

use super::delete::Delete;
use super::delete_all::DeleteReport;
use super::support::{Deleted, Prepared, delete_expired, write_all};
use crate::backend::{At as _, Backend, CONCURRENCY, Client, Item, item_key};
use crate::cost::Cost;
use crate::entity::decode_variant;
use crate::error::{Error, Kind, Result};
use crate::expiry::is_own;
use crate::expr::{Expr, Path};
use crate::query::{Deletes, Partition, PartitionQuery, Plan, run};
use crate::request::{self, BatchItem, Outcome, Select};
use crate::schema::{Entity, EntityDef, Schema, TableDef, Visit};
use crate::table::Table;
use futures_util::stream::{self, StreamExt as _};
use std::fmt;
use std::marker::PhantomData;

impl<E: Entity, I> Partition<E, I> {
    /// Deletes all items of the partition, of every entity, with their unique guards.
    ///
    /// # Example: delete a customer with all orders
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let report = Customer::partition("C001").delete_all().send(&shop).await?;
    /// assert_eq!(report.deleted, 3);
    /// # Ok(()) }) }
    /// ```
    pub fn delete_all(self) -> DeletePartition<E>
    where
        I: Deletes,
    {
        DeletePartition::of(self.into_plan())
    }
}

impl<E: Entity, I> PartitionQuery<E, I> {
    /// Deletes the items that the query reads, of every entity, with their unique guards.
    ///
    /// Items that are of no entity of the table are deleted, too, unless
    /// [`skip_unknown`](PartitionQuery::skip_unknown) is called, and so are items that have expired.
    pub fn delete_all(self) -> DeletePartition<E>
    where
        I: Deletes,
    {
        DeletePartition::of(self.into_plan())
    }
}

/// How many reads in a row may end without any item deleted, because other writers change them.
const ATTEMPTS: usize = 8;

/// Deletes items of all entities in a partition: from [`Partition::delete_all`].
///
/// [`PartitionQuery::limit`] is the most items that are deleted, [`PartitionQuery::page_size`] the most of
/// one page.
#[must_use = "a request does nothing until it is sent"]
pub struct DeletePartition<E> {
    plan: Result<Plan>,
    types: PhantomData<fn() -> E>,
}

impl<E: Entity> DeletePartition<E> {
    fn of(mut plan: Result<Plan>) -> Self {
        if let Ok(plan) = &mut plan {
            plan.include_expired();
            plan.set_consistent();
        }
        DeletePartition { plan, types: PhantomData }
    }

    /// Sends the request: reads the items page by page, with consistent reads, and deletes the items of each
    /// page. An item with unique guards is deleted in a transaction with them, the others in batches.
    ///
    /// This is not one transaction. If it fails, or if the future is
    /// [dropped](crate::ops#dropped-futures), some of the items are deleted. Send it again: it deletes
    /// the items that are left. With a [`limit`](PartitionQuery::limit), a function with a time limit can
    /// delete any number of items in several calls, see [`DeleteReport::more`].
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) and [`is_invalid_request`](Error::is_invalid_request) before
    /// any I/O; [`is_conflict`](Error::is_conflict) if other writers keep changing the items;
    /// [`is_throttled`](Error::is_throttled), [`is_unavailable`](Error::is_unavailable) and other
    /// errors of the backend. Items that were deleted before the error stay deleted.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<DeleteReport> {
        let mut plan = self.plan?;
        let client = table.client(plan.origin());
        let mut report = DeleteReport::default();
        let mut stuck = 0;
        loop {
            let Some((page, cursor)) = run(&plan, table, Select::Items).await? else {
                return Ok(report);
            };
            report.cost += page.cost;
            let (deleted, cost) =
                delete::<E::Table, B>(client, &page.items).await.at(client.origin)?;
            report.deleted += deleted;
            report.cost += cost;
            if deleted == page.items.len() {
                stuck = 0;
                let goes_on = plan.advance_past(deleted, cursor.as_ref());
                report.more = !goes_on && cursor.is_some();
                if !goes_on {
                    return Ok(report);
                }
                continue;
            }
            // Items that another writer changed while they were being deleted are read again.
            plan.reduce_limit(deleted);
            stuck = if deleted > 0 { 0 } else { stuck + 1 };
            if stuck == ATTEMPTS {
                let message =
                    "other writers change the items while they are deleted: send it again later";
                return Err(Error::new(Kind::Conflict, message)).at(client.origin);
            }
        }
    }
}

/// Deletes items. Returns how many of them were deleted, and the cost.
async fn delete<S: Schema, B: Backend>(
    client: Client<'_, B>,
    items: &[B::Item],
) -> Result<(usize, Cost)> {
    let mut plain = Vec::with_capacity(items.len());
    // Another writer can have put an item with unique guards in the place of one without.
    let mut shared = Vec::new();
    let (mut deleted, mut cost) = (0, Cost::ZERO);
    for item in items {
        let entity = entity_of(client.table, item);
        let guarded = match entity {
            Some(entity) if !entity.rules.unique.is_empty() => {
                decode_variant::<S, _>(&mut item.clone())?.visit(GuardedDelete(PhantomData))?
            }
            _ => None,
        };
        let Some(delete) = guarded else {
            match entity.and_then(|entity| is_own(client.table, entity)) {
                Some(own) => shared.push((bare(client.table, item)?, own)),
                None => plain.push(bare(client.table, item)?),
            }
            continue;
        };
        let done = if delete.explain.has_expired(item) {
            delete_expired(client, delete).await?
        } else {
            Deleted::of(delete.send(client).await)?
        };
        deleted += usize::from(done.is_gone);
        cost += done.cost;
    }
    let deletes = shared.into_iter().map(async |(item, own): (BatchItem<B::Item>, Expr)| {
        let mut delete = request::Delete::new(client.table, item.entity(), item.key().clone());
        delete.condition = Some(own.or(Expr::Absent(Path::attribute(client.table.pk))));
        client.delete(delete).await
    });
    let mut deletes = stream::iter(deletes).buffer_unordered(CONCURRENCY);
    let mut failed = None;
    while let Some(done) = deletes.next().await {
        match done {
            Ok(done) => {
                deleted += usize::from(matches!(done.outcome, Outcome::Done));
                cost += done.cost;
            }
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    drop(deletes);
    if let Some(error) = failed {
        return Err(error);
    }
    let done = write_all(client, plain, |_| {}).await;
    if let Some(first) = done.unprocessed.first() {
        return Err(first.error.clone());
    }
    Ok((deleted + done.written, cost + done.cost))
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

impl<E> Clone for DeletePartition<E> {
    fn clone(&self) -> Self {
        DeletePartition { plan: self.plan.clone(), types: PhantomData }
    }
}

impl<E> fmt::Debug for DeletePartition<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DeletePartition").field(&self.plan).finish()
    }
}
