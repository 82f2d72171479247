//! Writes that are decided here: the item is read, and the result is written if it has not changed since.

use super::{Next, Write, is_absent, unreadable};
use crate::client::{Inner, id, partition};
use crate::deletion::{self, Deleted, Deletion};
use crate::document::Document;
use crate::error::{error, is_ambiguous, outcome_unknown};
use crate::eval;
use crate::read::{failed_cost, is_missing_item, point_read};
use crate::upload::Upload;
use azure_core::http::Etag;
use azure_data_cosmos::options::Precondition;
use monotable_core::expr::Expr;
use monotable_core::request::{Outcome, Returning, Written};
use monotable_core::value::Map;
use monotable_core::{Cost, Error, Kind, Result};
use std::time::Duration;

/// How many times a write is decided again because the item has changed since it was read.
pub(crate) const ATTEMPTS: u32 = 20;

/// How an attempt ended.
enum Attempt {
    Done,
    /// The item has changed since it was read.
    Changed,
}

impl Write<'_> {
    /// Reads the item, decides, and writes the result if the item has not changed since.
    pub(super) async fn decide(
        &self,
        backend: &Inner,
        condition: Option<&Expr>,
        change: impl Fn(Option<&Map>) -> Result<Next>,
    ) -> Result<Written<Document>> {
        let mut cost = Cost::ZERO;
        tracing::Span::current().record("monotable.plan", "read and write");
        let operation = crate::upload::operation_name()?;
        let mut known = backend.recent.take(self.table, self.key);
        // What the last attempt replaced, if its answer was lost.
        let mut replaced = None;
        // A create needs no read: the service itself says that there is an item.
        let mut is_create = condition.is_some_and(|condition| is_absent(condition, self.table));
        // What is kept and what a lagging replica answers may be old. This does no harm to a write, which names the
        // ETag, but nothing is refused or left out because of it: the item is read again, by a consistent read.
        let mut is_certain = false;
        for attempt in 0..ATTEMPTS {
            pause(attempt).await;
            let stored = match known.take() {
                Some(document) => Some(document),
                None if is_create => None,
                None => {
                    let found = point_read(backend, self.table, self.key, is_certain).await?;
                    cost += found.cost;
                    found.item
                }
            };
            if let Some(document) = &stored
                && attempt > 0
                && document.is_of(&operation)
            {
                return Ok(Written::new(Outcome::Done, self.returned(replaced, stored), cost));
            }
            let map = stored.as_ref().map(Document::to_map).transpose();
            let map = map.map_err(|error| unreadable(self.key, &error))?;
            let holds = condition.is_none_or(|condition| eval::holds(condition, map.as_ref()));
            let next = holds.then(|| change(map.as_ref()));
            let is_open = match &next {
                Some(Ok(Next::Store(_))) => false,
                Some(Ok(Next::Remove)) => stored.is_none(),
                Some(Err(_)) | None => true,
            };
            if is_open && !is_certain {
                (is_certain, is_create) = (true, false);
                continue;
            }
            let Some(next) = next.transpose()? else {
                return Ok(Written::new(Outcome::Refused { current: stored }, None, cost));
            };
            let attempt =
                self.attempt(backend, stored.as_ref(), &next, &operation, &mut cost).await?;
            is_certain = true;
            is_create = false;
            if let Attempt::Done = attempt {
                let new = match next {
                    Next::Store(document) => Some(document),
                    Next::Remove => None,
                };
                return Ok(Written::new(Outcome::Done, self.returned(stored, new), cost));
            }
            replaced = stored;
        }
        let message = format!(
            "{} was changed by other writers {ATTEMPTS} times while it was being written: send the request again",
            self.key
        );
        Err(Error::new(Kind::Conflict, message))
    }

    fn returned(&self, old: Option<Document>, new: Option<Document>) -> Option<Document> {
        match self.returning {
            Returning::Nothing => None,
            Returning::Old => old,
            Returning::New => new,
        }
    }

    /// Writes the result of a decision.
    async fn attempt(
        &self,
        backend: &Inner,
        stored: Option<&Document>,
        next: &Next,
        operation: &str,
        cost: &mut Cost,
    ) -> Result<Attempt> {
        let id = id(self.table, &self.key.sk)?;
        let pk = partition(&self.key.pk);
        let options = match stored.map(|document| document.etag()) {
            Some(Some(etag)) => {
                backend.writing().with_precondition(Precondition::if_match(etag.clone()))
            }
            Some(None) => {
                let message = format!("Cosmos DB answered for {} without an ETag", self.key);
                return Err(Error::new(Kind::Unavailable, message));
            }
            None => backend.writing(),
        };
        let container = backend.container.client(self.table.pk).await?;
        let answer = match (next, stored) {
            (Next::Remove, None) => return Ok(Attempt::Done),
            (Next::Remove, Some(stored)) if backend.indexes.has_containers() => {
                return self.remove_and_note(backend, &id, stored, operation, cost).await;
            }
            (Next::Remove, Some(_)) => container.delete_item(pk, &id, Some(options)).await,
            (Next::Store(item), stored) => {
                let upload = Upload::new(self.table, &id, item, Some(operation))?;
                match stored {
                    Some(_) => container.replace_item(pk, &id, upload, Some(options)).await,
                    None => container.create_item(pk, &id, upload, Some(options)).await,
                }
            }
        };
        match answer {
            Ok(answer) => {
                *cost += backend.charged(answer.headers());
                Ok(Attempt::Done)
            }
            Err(failed) => {
                let status = failed.status();
                let is_changed = status.is_precondition_failed()
                    || status.is_conflict()
                    || is_missing_item(&failed);
                if !is_changed {
                    return Err(error(failed));
                }
                *cost += failed_cost(&failed);
                if !is_ambiguous(&failed) {
                    return Ok(Attempt::Changed);
                }
                // The SDK sends a write again if its answer was lost. Then this may be the answer to its own write.
                match self.is_own(backend, operation, cost).await? {
                    true => Ok(Attempt::Done),
                    false => Err(outcome_unknown(self.key, Some(failed))),
                }
            }
        }
    }

    /// Deletes what was read, so that the workers of indexes learn of it.
    async fn remove_and_note(
        &self,
        backend: &Inner,
        id: &str,
        stored: &Document,
        operation: &str,
        cost: &mut Cost,
    ) -> Result<Attempt> {
        let deletion = self.deletion(id, stored.etag(), operation);
        let (deleted, charge) = deletion.send(backend).await?;
        *cost += charge;
        match deleted {
            Deleted::Done => Ok(Attempt::Done),
            Deleted::Missing | Deleted::Changed => Ok(Attempt::Changed),
            Deleted::Unknown => {
                match deletion::is_noted(backend, self.table, self.key, operation).await? {
                    true => Ok(Attempt::Done),
                    false => Err(outcome_unknown(self.key, None)),
                }
            }
        }
    }

    pub(super) fn deletion<'a>(
        &'a self,
        id: &'a str,
        etag: Option<&'a Etag>,
        operation: &'a str,
    ) -> Deletion<'a> {
        Deletion { table: self.table, key: self.key, id, etag, operation }
    }

    /// Returns whether the stored document was written by this request. The lost answer had the session token, so the
    /// read is a consistent one.
    pub(super) async fn is_own(
        &self,
        backend: &Inner,
        operation: &str,
        cost: &mut Cost,
    ) -> Result<bool> {
        let found = point_read(backend, self.table, self.key, true).await?;
        *cost += found.cost;
        Ok(found.item.is_some_and(|document| document.is_of(operation)))
    }
}

/// Waits before a write is decided again: a random time, which grows.
pub(crate) async fn pause(attempt: u32) {
    if attempt < 2 {
        return;
    }
    let most = Duration::from_millis(5) * 2_u32.pow(attempt.min(8) - 1);
    futures_timer::Delay::new(most.mul_f64(crate::upload::share())).await;
}
