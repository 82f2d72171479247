//! Reads of one item.

use crate::cached::{Cached, Waited};
use crate::entry::{self, Answer, Content, Entry, Loaded, version_of, version_text};
use crate::flights::{Role, token};
use crate::policy::Kept;
use crate::process::{Process, Step};
use crate::shared::Shared;
use crate::store::{Found, SharedStore, StoredEntry, Wrote};
use monotable_core::backend::Portable;
use monotable_core::request::{Fetched, Get, PrimaryKey};
use monotable_core::{Backend, Cost, Result};
use std::time::Duration;
use tracing::Span;

/// How a request was answered, for its span.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answered {
    /// In the process.
    Hit,
    /// By the shared store.
    SharedHit,
    /// By another read in progress.
    Joined,
    /// By the table.
    Miss,
    /// By the table, as the request asked for.
    Bypassed,
    /// By the table, because the shared store cannot be reached.
    Unavailable,
}

impl Answered {
    /// Records it in the span of the request, and as an event.
    pub(crate) fn record(self, entity: &str) {
        let answered = match self {
            Answered::Hit => "hit",
            Answered::SharedHit => "shared hit",
            Answered::Joined => "joined",
            Answered::Miss => "miss",
            Answered::Bypassed => "bypassed",
            Answered::Unavailable => "unavailable",
        };
        Span::current().record("monotable.cache", answered);
        tracing::debug!(target: "monotable::cache", entity, answered, "read");
    }
}

impl<B: Backend<Item: Portable>, R: SharedStore> Cached<B, R> {
    /// Reads one item, from the cache if its entity is kept.
    pub(crate) async fn read(&self, request: Get) -> Result<Fetched<B::Item>> {
        let inner = &*self.inner;
        let Some(kept) = inner.kept(request.entity) else {
            return self.backend.get(request).await;
        };
        if request.consistent {
            inner.counters.bypassed.add(1);
            Answered::Bypassed.record(request.entity);
            return self.backend.get(request).await;
        }
        if request.attributes.is_some() {
            return self.read_some(kept, request).await;
        }
        let key = request.key;
        let Some(process) = &inner.process else {
            return self.load(kept, &key).await.map(fetched);
        };
        loop {
            match process.get(&key, self.now()) {
                Step::Hit(entry) => return Ok(self.hit(kept, entry)),
                Step::Join(mut join) => match inner.wait(&mut join).await {
                    Waited::Answer(answer) => return self.joined(kept, answer).map(fetched),
                    // It is this one's turn, or that of another one.
                    Waited::GivenUp => {}
                    Waited::TooLong => process.overtake(&key, &join),
                },
                Step::Lead(lead) => {
                    let answer = self.load(kept, &key).await;
                    let entry = self.entry(process, &key, &answer);
                    let filled = process.fill(lead, &key, entry, &answer);
                    self.count_fill(filled, &answer);
                    return answer.map(fetched);
                }
            }
        }
    }

    /// Reads some attributes of an item. A whole item that is kept has them, but a part of one is never kept.
    async fn read_some(&self, kept: &Kept, request: Get) -> Result<Fetched<B::Item>> {
        let inner = &*self.inner;
        if let Some(process) = &inner.process {
            if let Some(entry) = process.peek(&request.key, self.now()) {
                return Ok(self.hit(kept, entry));
            }
        } else if let Some(shared) = &inner.shared {
            let key = inner.key(&request.key);
            let began = self.now();
            let found = shared.get(began, &inner.counters, &key, &kept.form, None).await;
            if let Ok(Found::Entry { version, data, left }) = found
                && let Ok(loaded) = self.shared_hit(kept, &version, data.as_deref(), left, began)
            {
                return Ok(fetched(loaded));
            }
        }
        inner.counters.bypassed.add(1);
        Answered::Bypassed.record(request.entity);
        self.backend.get(request).await
    }

    pub(crate) fn hit(&self, kept: &Kept, entry: Entry<B::Item>) -> Fetched<B::Item> {
        let counters = &self.inner.counters;
        counters.hits.add(1);
        counters.absent_hits.add(u64::from(entry.content.item.is_none()));
        counters.saved(entry.content.saves);
        Answered::Hit.record(kept.entity.name);
        Fetched::new(entry.content.item, Cost::ZERO)
    }

    /// What another read has found. That one has paid for it.
    pub(crate) fn joined(&self, kept: &Kept, answer: Answer<B::Item>) -> Answer<B::Item> {
        let loaded = answer?;
        self.inner.counters.joined.add(1);
        self.inner.counters.saved(loaded.content.saves);
        Answered::Joined.record(kept.entity.name);
        Ok(Loaded { cost: Cost::ZERO, ..loaded })
    }

    pub(crate) fn shared_hit(
        &self,
        kept: &Kept,
        version: &str,
        data: Option<&[u8]>,
        left: Duration,
        began: u64,
    ) -> Result<Loaded<B::Item>> {
        let content = entry::read(kept.entity.name, version_of(version), data)?;
        let counters = &self.inner.counters;
        counters.shared_hits.add(1);
        counters.absent_hits.add(u64::from(content.item.is_none()));
        counters.saved(content.saves);
        Answered::SharedHit.record(kept.entity.name);
        Ok(Loaded { content, ttl: Some(left), began, cost: Cost::ZERO })
    }

    /// The entry that the process keeps of what was read.
    pub(crate) fn entry(
        &self,
        process: &Process<B::Item, Answer<B::Item>>,
        key: &PrimaryKey,
        answer: &Answer<B::Item>,
    ) -> Option<Entry<B::Item>> {
        let loaded = answer.as_ref().ok()?;
        let ttl = process.at_most.map_or(loaded.ttl, |most| loaded.ttl.map(|ttl| ttl.min(most)))?;
        let length = key.pk.len() + key.sk.len();
        Some(Entry::new(loaded.content.clone(), length, ttl, loaded.began))
    }

    pub(crate) fn count_fill(&self, filled: bool, answer: &Answer<B::Item>) {
        let counters = &self.inner.counters;
        match answer {
            _ if filled => counters.fills.add(1),
            Ok(Loaded { ttl: Some(_), .. }) => counters.refused_fills.add(1),
            _ => {}
        }
    }

    /// Reads one item from the shared store, if there is one, and else from the table.
    pub(crate) async fn load(&self, kept: &Kept, key: &PrimaryKey) -> Answer<B::Item> {
        let inner = &*self.inner;
        let Some(shared) = &inner.shared else {
            return self.read_table(kept, key, Answered::Miss).await;
        };
        let name = inner.key(key);
        let (began, mut waited) = (self.now(), Duration::ZERO);
        loop {
            // Without a token, there is no lease, and nothing is filled.
            let token = token().ok();
            let asked = self.now();
            let found =
                shared.get(asked, &inner.counters, &name, &kept.form, token.as_deref()).await;
            match found {
                Ok(Found::Entry { version, data, left }) => {
                    let data = data.as_deref();
                    if let Ok(hit) = self.shared_hit(kept, &version, data, left, asked) {
                        return Ok(hit);
                    }
                    self.remove_damaged(shared, &name).await;
                    return self.read_table(kept, key, Answered::Miss).await;
                }
                Ok(Found::Leased) => {
                    return match token {
                        Some(token) => self.lead(shared, kept, key, &name, token).await,
                        None => self.read_table(kept, key, Answered::Miss).await,
                    };
                }
                Ok(Found::Busy(other)) => {
                    // With a layer in the process, only a read that was overtaken there can be found here.
                    if inner.process.is_none()
                        && let Some(mut join) = inner.leased.join(&other)
                    {
                        match inner.wait(&mut join).await {
                            // It began with the lease, which nobody has taken away since this read began.
                            Waited::Answer(answer) => return self.joined(kept, answer),
                            Waited::GivenUp => {}
                            Waited::TooLong => {
                                return self.read_table(kept, key, Answered::Miss).await;
                            }
                        }
                    }
                    if waited >= shared.times.wait {
                        return self.read_table(kept, key, Answered::Miss).await;
                    }
                    let pause = (shared.times.wait / 10).max(Duration::from_millis(1));
                    shared.sleep(pause).await;
                    // The calls take time, too.
                    let elapsed = Duration::from_millis(self.now().saturating_sub(began));
                    waited = elapsed.max(waited + pause);
                }
                Ok(Found::Nothing) => return self.read_table(kept, key, Answered::Miss).await,
                Err(_) => return self.read_table(kept, key, Answered::Unavailable).await,
            }
        }
    }

    pub(crate) async fn remove_damaged(&self, shared: &Shared<R>, name: &str) {
        let counters = &self.inner.counters;
        counters.undecodable.add(1);
        tracing::debug!(target: "monotable::cache", key = name, "an entry cannot be read");
        shared.wrote(self.now(), counters, name, Wrote::Something).await;
    }

    /// Reads the table, with a lease of the shared store, and fills it.
    async fn lead(
        &self,
        shared: &Shared<R>,
        kept: &Kept,
        key: &PrimaryKey,
        name: &str,
        token: String,
    ) -> Answer<B::Item> {
        let Ok(Role::Lead(lead)) = self.inner.leased.begin(&token, || None::<()>) else {
            // Tokens are random, so nobody else has this one.
            return self.read_table(kept, key, Answered::Miss).await;
        };
        let answer = self.read_table(kept, key, Answered::Miss).await;
        self.fill_shared(shared, kept, name, &token, &answer).await;
        lead.land(&answer, || ());
        answer
    }

    /// Fills the shared store with what was read, or gives the lease back.
    pub(crate) async fn fill_shared(
        &self,
        shared: &Shared<R>,
        kept: &Kept,
        name: &str,
        token: &str,
        answer: &Answer<B::Item>,
    ) {
        let counters = &self.inner.counters;
        let written = answer.as_ref().ok().and_then(|loaded| {
            let data = entry::write(kept.entity.name, &loaded.content).ok()?;
            let since = Duration::from_millis(self.now().saturating_sub(loaded.began));
            let left = loaded.ttl?.checked_sub(since).filter(|left| !left.is_zero())?;
            Some((left, version_text(loaded.content.version), data))
        });
        let Some((ttl, version, data)) = written else {
            return shared.release(self.now(), counters, name, token).await;
        };
        let entry = StoredEntry { form: &kept.form, version: &version, data: &data, ttl };
        match shared.fill(self.now(), counters, name, token, entry).await {
            // With a layer in the process, that one counts.
            Ok(filled) if self.inner.process.is_none() => self.count_fill(filled, answer),
            Ok(_) | Err(_) => {}
        }
    }

    /// Reads the table. The read is consistent: with one that may be old, a lease would prove nothing.
    async fn read_table(
        &self,
        kept: &Kept,
        key: &PrimaryKey,
        answered: Answered,
    ) -> Answer<B::Item> {
        answered.record(kept.entity.name);
        self.inner.counters.misses.add(1);
        let mut get = Get::new(self.inner.table, kept.entity.name, key.clone());
        get.consistent = true;
        let began = self.now();
        let Fetched { item, cost, .. } = self.backend.get(get).await?;
        Ok(self.loaded(kept, item, cost, began))
    }

    /// What was read from the table, with the time for which it may be kept.
    pub(crate) fn loaded(
        &self,
        kept: &Kept,
        item: Option<B::Item>,
        cost: Cost,
        began: u64,
    ) -> Loaded<B::Item> {
        let ttl = kept.ttl(self.inner.table, item.as_ref(), began);
        let version = item.as_ref().and_then(|item| kept.version(item));
        // An eventually consistent read costs half as much in DynamoDB's units.
        let saves =
            Cost::read(cost.read_units.get() / 2.0) + Cost::request(cost.request_units.get());
        Loaded { content: Content { item, version, saves }, ttl, began, cost }
    }
}

pub(crate) fn fetched<I>(loaded: Loaded<I>) -> Fetched<I> {
    Fetched::new(loaded.content.item, loaded.cost)
}
