//! Writes, and what the cache is told of them.

use crate::cached::Cached;
use crate::entry::{self, Content, Entry, version_text};
use crate::process::Written as InProcess;
use crate::store::{Effect, SharedStore, StoredEntry, Wrote};
use futures_util::future::join_all;
use monotable_core::backend::Portable;
use monotable_core::expr::{Comparison, Expr};
use monotable_core::request::{
    BatchWrite, BatchWritten, Delete, Outcome, PrimaryKey, Put, Reason, Returning, TransactItem,
    TransactOutcome, TransactWrite, Transacted, Update, Written,
};
use monotable_core::value::Value;
use monotable_core::{Backend, Cost, Error, Kind, Result};
use std::time::Duration;

/// Writes in progress, of these keys. If it is dropped before it has [ended](Pending::end), the future of the request was
/// dropped, and nobody knows whether the items were written.
struct Pending<'a, B: Backend<Item: Portable>, R: SharedStore> {
    cached: &'a Cached<B, R>,
    /// When the request began. An item that is written through is kept for its time from then on: later, it may have been
    /// written again by somebody else.
    began: u64,
    keys: Vec<PrimaryKey>,
}

impl<B: Backend<Item: Portable>, R: SharedStore> Pending<'_, B, R> {
    /// The answer has come: tells the cache of what was written.
    async fn end(mut self, told: impl IntoIterator<Item = Told<B::Item>>) {
        let (cached, began) = (self.cached, self.began);
        join_all(told.into_iter().map(|told| cached.tell(told, began))).await;
        self.keys.clear();
    }
}

impl<B: Backend<Item: Portable>, R: SharedStore> Drop for Pending<'_, B, R> {
    fn drop(&mut self) {
        let inner = &*self.cached.inner;
        for key in &self.keys {
            if let Some(shared) = &inner.shared {
                shared.owe(&inner.key(key));
            }
            if let Some(process) = &inner.process {
                process.wrote(key, InProcess::Something);
            }
            inner.counters.invalidations.add(1);
        }
    }
}

/// What is known of the write of an item.
struct Told<I> {
    key: PrimaryKey,
    /// Whether the item was only looked at, as a condition of a transaction.
    is_check: bool,
    /// What the item was and is, if it is to be written through.
    through: Option<Through<I>>,
}

/// A write that is to be written through.
struct Through<I> {
    /// The version that the item had: the request has it as a condition.
    replaced: u64,
    /// The name of its entity.
    entity: &'static str,
    /// The item as it is now.
    item: I,
}

impl<I> Told<I> {
    fn something(key: PrimaryKey) -> Self {
        Told { key, is_check: false, through: None }
    }
}

impl<B: Backend<Item: Portable>, R: SharedStore> Cached<B, R> {
    fn pending(&self, keys: Vec<PrimaryKey>) -> Pending<'_, B, R> {
        Pending { cached: self, began: self.now(), keys }
    }

    /// Whether the item of a write can be kept.
    fn concerns(&self, entity: &str) -> bool {
        self.inner.is_kept(entity)
    }

    /// The version that a write replaces, if the new item is to be written through.
    fn replaced(&self, entity: &str, condition: Option<&Expr>) -> Option<u64> {
        let kept = self.inner.kept(entity).filter(|kept| kept.write_through)?;
        required(condition?, kept.entity.rules.version?)
    }

    pub(crate) async fn put_item(&self, request: Put<B::Item>) -> Result<Written<B::Item>> {
        let entity = request.entity;
        if !self.concerns(entity) {
            return self.backend.put(request).await;
        }
        let key = request.key.clone();
        let replaced = self.replaced(entity, request.condition.as_ref());
        let through =
            replaced.map(|replaced| Through { replaced, entity, item: request.item.clone() });
        let pending = self.pending(vec![key.clone()]);
        let result = self.backend.put(request).await;
        pending.end(told(key, &result, through)).await;
        result
    }

    pub(crate) async fn update_item(&self, mut request: Update) -> Result<Written<B::Item>> {
        let (entity, asked) = (request.entity, request.returning);
        if !self.concerns(entity) {
            return self.backend.update(request).await;
        }
        let key = request.key.clone();
        let replaced = self.replaced(entity, request.condition.as_ref());
        if replaced.is_some() && asked == Returning::Nothing {
            request.returning = Returning::New;
        }
        let returns_new = request.returning == Returning::New;
        let pending = self.pending(vec![key.clone()]);
        let mut result = self.backend.update(request).await;
        let through = replaced.filter(|_| returns_new).and_then(|replaced| {
            let item = result.as_ref().ok()?.item.clone()?;
            Some(Through { replaced, entity, item })
        });
        pending.end(told(key, &result, through)).await;
        if let (Ok(written), Returning::Nothing) = (&mut result, asked) {
            written.item = None;
        }
        result
    }

    pub(crate) async fn delete_item(&self, request: Delete) -> Result<Written<B::Item>> {
        if !self.concerns(request.entity) {
            return self.backend.delete(request).await;
        }
        let key = request.key.clone();
        let pending = self.pending(vec![key.clone()]);
        let result = self.backend.delete(request).await;
        pending.end(told(key, &result, None)).await;
        result
    }

    pub(crate) async fn write_many(&self, request: BatchWrite<B::Item>) -> Result<BatchWritten> {
        let concerned = request.writes.iter().filter(|it| self.concerns(it.entity()));
        let keys: Vec<PrimaryKey> = concerned.map(|write| write.key().clone()).collect();
        let pending = self.pending(keys.clone());
        let result = self.backend.batch_write(request).await;
        // Also of what is unprocessed: some backends leave a write unprocessed whose answer was lost.
        let told = match &result {
            Err(error) if !may_be_written(error) => Vec::new(),
            _ => keys.into_iter().map(Told::something).collect(),
        };
        pending.end(told).await;
        result
    }

    /// What the cache is told of a transaction that reads nothing.
    pub(crate) async fn transact(
        &self,
        request: TransactWrite<B::Item>,
    ) -> Result<Transacted<B::Item>>
    where
        B: monotable_core::Transactions,
    {
        let mut items = Vec::with_capacity(request.writes.len());
        for write in &request.writes {
            let through = match write {
                TransactItem::Put(put) => {
                    self.replaced(put.entity, put.condition.as_ref()).map(|replaced| Through {
                        replaced,
                        entity: put.entity,
                        item: put.item.clone(),
                    })
                }
                _ => None,
            };
            let is_check = matches!(write, TransactItem::Check(_));
            let told = Told { key: write.key().clone(), is_check, through };
            items.push(self.concerns(write.entity()).then_some(told));
        }
        let written = |told: &&Told<_>| !told.is_check;
        let keys = items.iter().flatten().filter(written).map(|told| told.key.clone()).collect();
        let pending = self.pending(keys);
        let result = self.backend.transact_write(request).await;
        let told: Vec<Told<B::Item>> = match &result {
            Ok(Transacted { outcome: TransactOutcome::Done, .. }) => {
                items.into_iter().flatten().filter(|told| !told.is_check).collect()
            }
            // What was refused may have been refused because what is kept is old.
            Ok(Transacted { outcome: TransactOutcome::Cancelled(reasons), .. }) => {
                let refused = items.into_iter().zip(reasons);
                let refused = refused.filter(|(_, why)| !matches!(why, Reason::Fine));
                refused.filter_map(|(told, _)| Some(Told::something(told?.key))).collect()
            }
            Err(error) if !may_be_written(error) => Vec::new(),
            Err(_) => items.into_iter().flatten().map(|told| Told::something(told.key)).collect(),
        };
        pending.end(told).await;
        result
    }

    /// Tells the cache that an item was written, or may have been: first the shared store, and then the process, because a
    /// read in this process may have begun after the write and found the old item in the shared store.
    async fn tell(&self, told: Told<B::Item>, began: u64) {
        let inner = &*self.inner;
        let Told { key, through, .. } = told;
        let time = self.now();
        let through = through.and_then(|Through { replaced, entity, item }| {
            let kept = inner.kept(entity)?;
            let ttl = kept.ttl(inner.table, Some(&item), began)?;
            let version = Some(kept.version(&item)?);
            Some((kept, replaced, ttl, Content { item: Some(item), version, saves: Cost::ZERO }))
        });
        let mut effect = Effect::Left;
        if let Some(shared) = &inner.shared {
            let name = inner.key(&key);
            let written = through.as_ref().and_then(|(kept, replaced, ttl, content)| {
                let data = entry::write(kept.entity.name, content).ok()?;
                let left = ttl.checked_sub(Duration::from_millis(time.saturating_sub(began)))?;
                let texts = [Some(*replaced), content.version].map(version_text);
                Some((kept, left, texts, data))
            });
            let wrote = match &written {
                Some((kept, ttl, [replaced, version], data)) => {
                    let entry = StoredEntry { form: &kept.form, version, data, ttl: *ttl };
                    Wrote::This { entry, replaced }
                }
                None => Wrote::Something,
            };
            effect = shared.wrote(time, &inner.counters, &name, wrote).await;
        }
        if let Some(process) = &inner.process {
            let written = match through {
                Some((_, replaced, ttl, content)) => {
                    let ttl = process.at_most.map_or(ttl, |most| most.min(ttl));
                    let length = key.pk.len() + key.sk.len();
                    InProcess::This { entry: Entry::new(content, length, ttl, began), replaced }
                }
                None => InProcess::Something,
            };
            effect = process.wrote(&key, written);
        }
        self.count_effect(effect, &key);
    }

    pub(crate) fn count_effect(&self, effect: Effect, key: &PrimaryKey) {
        let counters = &self.inner.counters;
        match effect {
            Effect::Replaced => counters.written_through.add(1),
            Effect::Left | Effect::Removed => counters.invalidations.add(1),
        }
        tracing::debug!(target: "monotable::cache", %key, ?effect, "written");
    }
}

/// What the cache is told of a write of one item, if it has to be told.
fn told<I>(
    key: PrimaryKey,
    result: &Result<Written<I>>,
    through: Option<Through<I>>,
) -> Option<Told<I>> {
    match result {
        Ok(Written { outcome: Outcome::Done, .. }) => Some(Told { key, is_check: false, through }),
        // It may have been refused because what is kept is old.
        Ok(Written { outcome: Outcome::Refused { .. }, .. }) => Some(Told::something(key)),
        Err(error) => may_be_written(error).then(|| Told::something(key)),
    }
}

/// The version that the stored item must have for this condition to hold, if the condition says so.
fn required(condition: &Expr, attribute: &str) -> Option<u64> {
    match condition {
        Expr::Compare(path, Comparison::Eq, Value::Number(version))
            if path.root() == attribute && path.steps().is_empty() =>
        {
            version.as_u64()
        }
        Expr::And(all) => all.iter().find_map(|one| required(one, attribute)),
        _ => None,
    }
}

/// Whether a write may have happened although it failed. Kinds that are not known may be anything. So may those that a store
/// answers: its client sends a request again by itself, and if the answer to the first attempt was lost, the error is that
/// of the second one.
fn may_be_written(error: &Error) -> bool {
    !matches!(
        error.kind(),
        Kind::InvalidKey
            | Kind::InvalidRequest
            | Kind::Unsupported
            | Kind::Encode
            | Kind::TooLarge
            | Kind::NotSent
    )
}
