//! Writes of one item.
//!
//! An unconditional put is an upsert. `create` is the service's own create. Every other write reads the item, decides
//! with core's evaluator, and writes the result if the item still has the same ETag; if it has changed, this is done
//! again. A document that was read shortly before is not read again.

mod batch;
mod decide;

pub(crate) use batch::batch_write;
pub(crate) use decide::{ATTEMPTS, pause};

use crate::backend::LIMITS;
use crate::client::{Inner, id, partition};
use crate::document::Document;
use crate::error::error;
use crate::eval;
use crate::patch;
use crate::read::{failed_cost, is_missing_item};
use crate::upload::Upload;
use monotable_core::expr::{Action, Expr};
use monotable_core::request::{Delete, Outcome, PrimaryKey, Put, Returning, Update, Written};
use monotable_core::schema::TableDef;
use monotable_core::value::Map;
use monotable_core::{Error, Kind, Result};

/// Writes a whole item.
pub(crate) async fn put(backend: &Inner, request: Put<Document>) -> Result<Written<Document>> {
    let Put { table, entity, key, item, condition, returning, .. } = request;
    LIMITS.check_item(entity, &key, &item)?;
    // Only updates return the new item.
    let returning = if returning == Returning::New { Returning::Nothing } else { returning };
    let write = Write { table, key: &key, returning };
    match condition {
        None if returning != Returning::Old => write.upsert(backend, &item).await,
        condition => {
            let change = |_: Option<&Map>| Ok(Next::Store(item.clone()));
            write.decide(backend, condition.as_ref(), change).await
        }
    }
}

/// Changes parts of an item.
pub(crate) async fn update(backend: &Inner, request: Update) -> Result<Written<Document>> {
    check_actions(request.table, &request.actions)?;
    if let Some(written) = patch::patch(backend, &request).await? {
        return Ok(written);
    }
    let Update { table, entity, key, actions, condition, returning, .. } = request;
    let write = Write { table, key: &key, returning };
    let change = |stored: Option<&Map>| {
        let mut item = stored.cloned().unwrap_or_default();
        if stored.is_none() {
            item.insert(table.pk, key.pk.as_str());
            item.insert(table.sk, key.sk.as_str());
        }
        eval::change(&actions, &mut item)?;
        let document = Document::encode(&item)?;
        LIMITS.check_item(entity, &key, &document)?;
        Ok(Next::Store(document))
    };
    write.decide(backend, condition.as_ref(), change).await
}

/// Deletes an item.
pub(crate) async fn delete(backend: &Inner, request: Delete) -> Result<Written<Document>> {
    let Delete { table, key, condition, returning, .. } = request;
    let write = Write { table, key: &key, returning };
    match condition {
        None if returning != Returning::Old => write.remove(backend).await,
        condition => write.decide(backend, condition.as_ref(), |_| Ok(Next::Remove)).await,
    }
}

/// What a write does with the item.
enum Next {
    Store(Document),
    Remove,
}

/// A write of one item.
struct Write<'a> {
    table: &'static TableDef,
    key: &'a PrimaryKey,
    returning: Returning,
}

impl Write<'_> {
    /// Writes an item, whatever is stored.
    async fn upsert(&self, backend: &Inner, item: &Document) -> Result<Written<Document>> {
        backend.recent.forget(self.key);
        let id = id(self.table, &self.key.sk)?;
        let upload = Upload::new(self.table, &id, item, None)?;
        let options = Some(backend.writing());
        let answer = backend
            .container
            .client(self.table.pk)
            .await?
            .upsert_item(partition(&self.key.pk), &id, upload, options)
            .await;
        let cost = backend.charged(answer.map_err(error)?.headers());
        Ok(Written::new(Outcome::Done, None, cost))
    }

    /// Deletes an item, whatever is stored.
    async fn remove(&self, backend: &Inner) -> Result<Written<Document>> {
        backend.recent.forget(self.key);
        let id = id(self.table, &self.key.sk)?;
        if backend.indexes.has_containers() {
            let operation = crate::upload::operation_name()?;
            let (_, cost) = self.deletion(&id, None, &operation).send(backend).await?;
            return Ok(Written::new(Outcome::Done, None, cost));
        }
        let options = Some(backend.writing());
        let answer = backend
            .container
            .client(self.table.pk)
            .await?
            .delete_item(partition(&self.key.pk), &id, options)
            .await;
        let cost = match answer {
            Ok(answer) => backend.charged(answer.headers()),
            Err(failed) if is_missing_item(&failed) => failed_cost(&failed),
            Err(failed) => return Err(error(failed)),
        };
        Ok(Written::new(Outcome::Done, None, cost))
    }
}

/// Returns whether this is the condition of a create: that there is no item.
pub(crate) fn is_absent(condition: &Expr, table: &TableDef) -> bool {
    matches!(condition, Expr::Absent(path) if path.root() == table.pk && path.steps().is_empty())
}

/// Refuses actions that can be applied to no item, and changes of the key, by which a document would have the id of another
/// item.
pub(crate) fn check_actions(table: &TableDef, actions: &[Action]) -> Result<()> {
    let mut roots = actions.iter().map(|action| action.path().root());
    if let Some(root) = roots.find(|root| [table.pk, table.sk].contains(root)) {
        let message = format!(
            "`{root}` is part of the item's key, which an update cannot change: put a new item and delete the old one"
        );
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    monotable_core::expr::check(actions)
}

pub(crate) fn unreadable(key: &PrimaryKey, error: &Error) -> Error {
    let message = format!("the stored item {key} cannot be read, so nothing was written: {error}");
    Error::new(Kind::Decode, message)
}
