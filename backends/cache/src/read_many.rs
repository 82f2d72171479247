//! Reads of several items in one call.

use crate::cached::{Cached, Waited};
use crate::entry::{Answer, Loaded};
use crate::flights::{Lead, Role, token};
use crate::policy::{Kept, key_of};
use crate::process::{Process, Step};
use crate::read::Answered;
use crate::shared::Shared;
use crate::store::{Found, SharedStore};
use futures_util::future::join_all;
use monotable_core::backend::Portable;
use monotable_core::request::{BatchFetched, BatchGet, PrimaryKey};
use monotable_core::{Backend, Cost, Error, Result};
use std::collections::HashMap;

/// What became of the reads of several keys.
struct Many<I> {
    /// The keys that were read, with what was read of them.
    read: Vec<(PrimaryKey, Loaded<I>)>,
    /// The keys that the store did not process.
    unprocessed: Vec<PrimaryKey>,
    /// Why the others could not be read.
    error: Option<Error>,
    cost: Cost,
}

impl<I> Many<I> {
    const NONE: Many<I> =
        Many { read: Vec::new(), unprocessed: Vec::new(), error: None, cost: Cost::ZERO };
}

impl<B: Backend<Item: Portable>, R: SharedStore> Cached<B, R> {
    /// Reads several items, from the cache if their entity is kept.
    pub(crate) async fn read_many(&self, request: BatchGet) -> Result<BatchFetched<B::Item>> {
        let inner = &*self.inner;
        let Some(kept) = inner.kept(request.entity) else {
            return self.backend.batch_get(request).await;
        };
        if request.consistent {
            inner.counters.bypassed.add(request.keys.len() as u64);
            Answered::Bypassed.record(request.entity);
            return self.backend.batch_get(request).await;
        }
        let Some(process) = &inner.process else {
            let many = self.load_many(kept, request.keys).await;
            let items = many.read.into_iter().filter_map(|(_, loaded)| loaded.content.item);
            return match many.error {
                Some(error) => Err(error),
                None => Ok(BatchFetched::new(items.collect(), many.unprocessed, many.cost)),
            };
        };
        self.read_through(process, kept, request.keys).await
    }

    /// Reads several items through the layer in the process.
    async fn read_through(
        &self,
        process: &Process<B::Item, Answer<B::Item>>,
        kept: &Kept,
        mut keys: Vec<PrimaryKey>,
    ) -> Result<BatchFetched<B::Item>> {
        let mut found = BatchFetched::new(Vec::new(), Vec::new(), Cost::ZERO);
        while !keys.is_empty() {
            let (mut leads, mut joins) = (HashMap::new(), Vec::new());
            for key in keys.drain(..) {
                match process.get(&key, self.now()) {
                    Step::Hit(entry) => found.items.extend(self.hit(kept, entry).item),
                    Step::Join(join) => joins.push((key, join)),
                    Step::Lead(lead) => {
                        leads.insert(key, lead);
                    }
                }
            }
            // First what others may wait for. Two calls that waited for each other would wait for ever.
            if !leads.is_empty() {
                self.lead_many(process, kept, leads, &mut found).await?;
            }
            let waits = joins.into_iter().map(async |(key, mut join)| {
                let waited = self.inner.wait(&mut join).await;
                (key, join, waited)
            });
            for (key, join, waited) in join_all(waits).await {
                match waited {
                    Waited::Answer(answer) => {
                        found.items.extend(self.joined(kept, answer)?.content.item);
                    }
                    // The other read was given up, or left unprocessed.
                    Waited::GivenUp => keys.push(key),
                    Waited::TooLong => {
                        process.overtake(&key, &join);
                        keys.push(key);
                    }
                }
            }
        }
        Ok(found)
    }

    async fn lead_many(
        &self,
        process: &Process<B::Item, Answer<B::Item>>,
        kept: &Kept,
        mut leads: HashMap<PrimaryKey, Lead<'_, PrimaryKey, Answer<B::Item>>>,
        found: &mut BatchFetched<B::Item>,
    ) -> Result<()> {
        let many = self.load_many(kept, leads.keys().cloned().collect()).await;
        found.cost += many.cost;
        for (key, loaded) in many.read {
            found.items.extend(loaded.content.item.clone());
            let Some(lead) = leads.remove(&key) else { continue };
            let answer = Ok(loaded);
            let entry = self.entry(process, &key, &answer);
            let filled = process.fill(lead, &key, entry, &answer);
            self.count_fill(filled, &answer);
        }
        found.unprocessed.extend(many.unprocessed);
        // Who waits for what was not read reads it.
        drop(leads);
        many.error.map_or(Ok(()), Err)
    }

    /// Reads several items from the shared store, and what it has not from the table.
    async fn load_many(&self, kept: &Kept, keys: Vec<PrimaryKey>) -> Many<B::Item> {
        let inner = &*self.inner;
        let mut many = Many::NONE;
        let Some(shared) = &inner.shared else {
            self.table_many(kept, keys, Answered::Miss, &mut many).await;
            return many;
        };
        let asked = self.now();
        // Once, and not for each key.
        if shared.pay(asked, &inner.counters).await.is_err() {
            self.table_many(kept, keys, Answered::Unavailable, &mut many).await;
            return many;
        }
        // The calls are sent together, and share the connection.
        let calls = join_all(keys.into_iter().map(async |key| {
            let name = inner.key(&key);
            // Without a token, there is no lease, and nothing is filled.
            let token = token().ok();
            let form = &kept.form;
            let found = shared.get(asked, &inner.counters, &name, form, token.as_deref()).await;
            (key, name, token, found)
        }));
        let (mut leased, mut others, mut waiting) = (HashMap::new(), Vec::new(), Vec::new());
        let mut damaged = Vec::new();
        let mut answered = Answered::Miss;
        for (key, name, token, found) in calls.await {
            match found {
                Ok(Found::Entry { version, data, left }) => {
                    match self.shared_hit(kept, &version, data.as_deref(), left, asked) {
                        Ok(hit) => many.read.push((key, hit)),
                        Err(_) => {
                            damaged.push(name);
                            others.push(key);
                        }
                    }
                }
                Ok(Found::Leased) => match token {
                    Some(token) => {
                        leased.insert(key, (name, token));
                    }
                    None => others.push(key),
                },
                Ok(Found::Busy(_)) => waiting.push(key),
                Ok(Found::Nothing) => others.push(key),
                Err(_) => {
                    answered = Answered::Unavailable;
                    others.push(key);
                }
            }
        }
        // Together, so that one limit of a call is enough for all.
        join_all(damaged.iter().map(|name| self.remove_damaged(shared, name))).await;
        self.read_leased(shared, kept, leased, others, answered, &mut many).await;
        // Each waits for its own reader.
        let waited = join_all(waiting.iter().map(|key| self.load(kept, key))).await;
        for (key, answer) in waiting.into_iter().zip(waited) {
            match answer {
                Ok(loaded) => {
                    many.cost += loaded.cost;
                    many.read.push((key, loaded));
                }
                Err(error) if error.is_throttled() => many.unprocessed.push(key),
                Err(error) => many.error = Some(error),
            }
        }
        many
    }

    /// Reads the table, and fills the shared store with that of which there is a lease.
    async fn read_leased(
        &self,
        shared: &Shared<R>,
        kept: &Kept,
        mut leased: HashMap<PrimaryKey, (String, String)>,
        mut keys: Vec<PrimaryKey>,
        answered: Answered,
        many: &mut Many<B::Item>,
    ) {
        let leads: HashMap<PrimaryKey, _> = leased
            .iter()
            .filter_map(|(key, (_, token))| match self.inner.leased.begin(token, || None::<()>) {
                Ok(Role::Lead(lead)) => Some((key.clone(), lead)),
                _ => None,
            })
            .collect();
        keys.extend(leased.keys().cloned());
        let first = many.read.len();
        self.table_many(kept, keys, answered, many).await;
        let mut leads = leads;
        let mut filled = Vec::new();
        for (key, loaded) in many.read.iter().skip(first) {
            let Some((name, token)) = leased.remove(key) else { continue };
            filled.push((leads.remove(key), name, token, Ok(loaded.clone())));
        }
        join_all(filled.into_iter().map(async |(lead, name, token, answer)| {
            self.fill_shared(shared, kept, &name, &token, &answer).await;
            if let Some(lead) = lead {
                lead.land(&answer, || ());
            }
        }))
        .await;
        // What was not read is for others to read.
        let (now, counters) = (self.now(), &self.inner.counters);
        let left = leased.values().map(|(name, token)| shared.release(now, counters, name, token));
        join_all(left).await;
    }

    /// Reads several items from the table, consistently.
    async fn table_many(
        &self,
        kept: &Kept,
        keys: Vec<PrimaryKey>,
        answered: Answered,
        many: &mut Many<B::Item>,
    ) {
        if keys.is_empty() {
            return;
        }
        let table = self.inner.table;
        answered.record(kept.entity.name);
        self.inner.counters.misses.add(keys.len() as u64);
        let mut request = BatchGet::new(table, kept.entity.name, keys.clone());
        request.consistent = true;
        let began = self.now();
        let fetched = match self.backend.batch_get(request).await {
            Ok(fetched) => fetched,
            Err(error) => {
                many.error = Some(error);
                return;
            }
        };
        many.cost += fetched.cost;
        let mut items: HashMap<PrimaryKey, B::Item> = HashMap::with_capacity(keys.len());
        for item in fetched.items {
            if let Some(key) = key_of(table, &item) {
                items.insert(key, item);
            }
        }
        let read = keys.len().saturating_sub(fetched.unprocessed.len()).max(1);
        #[allow(clippy::cast_precision_loss, reason = "a batch has few keys")]
        let share = 1.0 / read as f64;
        let each = Cost::read(fetched.cost.read_units.get() * share)
            + Cost::request(fetched.cost.request_units.get() * share);
        for key in keys {
            if fetched.unprocessed.contains(&key) {
                many.unprocessed.push(key);
                continue;
            }
            // An item of a page would hold the memory of the whole page.
            let item = items.remove(&key).map(|item| own(&item).unwrap_or(item));
            let loaded = Loaded { cost: Cost::ZERO, ..self.loaded(kept, item, each, began) };
            many.read.push((key, loaded));
        }
    }
}

/// The same item, with memory of its own.
fn own<I: Portable>(item: &I) -> Option<I> {
    I::from_bytes(&item.to_bytes().ok()?).ok()
}
