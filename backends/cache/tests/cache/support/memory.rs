//! A shared store in memory, whose clock a test moves: what the scripts of Redis do, in Rust. That both do the same is
//! tested by `steps`.

use super::shop::Clock;
use monotable::Result;
use monotable::cache::{Effect, Found, Lease, SharedStore, StoredEntry, Wrote};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

#[derive(Debug, Clone, Default)]
pub struct Memory {
    slots: Arc<Mutex<HashMap<String, Slot>>>,
    pub clock: Clock,
}

#[derive(Debug, Clone)]
struct Slot {
    what: What,
    until: u64,
}

#[derive(Debug, Clone)]
enum What {
    Lease(String),
    Entry { form: String, version: String, data: Option<Vec<u8>> },
}

fn millis(time: Duration) -> u64 {
    time.as_millis().max(1).try_into().unwrap()
}

impl Memory {
    pub fn with_clock(clock: Clock) -> Self {
        Memory { slots: Arc::default(), clock }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<String, Slot>> {
        self.slots.lock().unwrap()
    }

    fn living(&self, key: &str) -> Option<Slot> {
        let mut slots = self.slots();
        let now = self.clock.millis();
        if slots.get(key).is_some_and(|slot| slot.until <= now) {
            slots.remove(key);
        }
        slots.get(key).cloned()
    }

    /// Forgets everything, as a server that restarts.
    pub fn clear(&self) {
        self.slots().clear();
    }

    /// Forgets one key, as a server that is full.
    pub fn evict(&self, key: usize) {
        let mut slots = self.slots();
        let mut keys: Vec<_> = slots.keys().cloned().collect();
        keys.sort();
        if let Some(key) = keys.get(key % keys.len().max(1)) {
            slots.remove(key);
        }
    }

    // The steps, without a future around them.

    pub fn get_now(&self, key: &str, form: &str, lease: Option<Lease<'_>>) -> Found {
        match self.living(key) {
            Some(Slot { what: What::Entry { form: of, version, data }, until }) if of == form => {
                let left = Duration::from_millis(until - self.clock.millis());
                return Found::Entry { version, data, left };
            }
            Some(Slot { what: What::Lease(token), .. }) => return Found::Busy(token),
            _ => {}
        }
        let mut slots = self.slots();
        slots.remove(key);
        let Some(lease) = lease else { return Found::Nothing };
        let until = self.clock.millis() + millis(lease.lasts);
        slots.insert(key.to_owned(), Slot { what: What::Lease(lease.token.to_owned()), until });
        Found::Leased
    }

    pub fn fill_now(&self, key: &str, token: &str, entry: StoredEntry<'_>) -> bool {
        let has_lease =
            matches!(self.living(key), Some(Slot { what: What::Lease(of), .. }) if of == token);
        if has_lease {
            self.insert(key, entry);
        }
        has_lease
    }

    pub fn release_now(&self, key: &str, token: &str) {
        if matches!(self.living(key), Some(Slot { what: What::Lease(of), .. }) if of == token) {
            self.slots().remove(key);
        }
    }

    pub fn wrote_now(&self, key: &str, wrote: Wrote<'_>) -> Effect {
        let slot = self.living(key);
        if let Some(Slot { what: What::Entry { version, data: Some(_), .. }, .. }) = &slot {
            match wrote {
                _ if version.is_empty() => {}
                Wrote::This { entry, .. } if entry.version == *version => return Effect::Left,
                Wrote::This { entry, replaced } if replaced == *version => {
                    self.insert(key, entry);
                    return Effect::Replaced;
                }
                Wrote::Before(seen) if version.as_str() >= seen => return Effect::Left,
                _ => {}
            }
        }
        self.slots().remove(key);
        if slot.is_some() { Effect::Removed } else { Effect::Left }
    }

    fn insert(&self, key: &str, entry: StoredEntry<'_>) {
        let StoredEntry { form, version, data, ttl } = entry;
        let data = (!data.is_empty()).then(|| data.to_vec());
        let what = What::Entry { form: form.to_owned(), version: version.to_owned(), data };
        let until = self.clock.millis() + millis(ttl);
        self.slots().insert(key.to_owned(), Slot { what, until });
    }
}

impl SharedStore for Memory {
    async fn get(&self, key: &str, form: &str, lease: Option<Lease<'_>>) -> Result<Found> {
        Ok(self.get_now(key, form, lease))
    }

    async fn fill(&self, key: &str, token: &str, entry: StoredEntry<'_>) -> Result<bool> {
        Ok(self.fill_now(key, token, entry))
    }

    async fn release(&self, key: &str, token: &str) -> Result<()> {
        self.release_now(key, token);
        Ok(())
    }

    async fn wrote(&self, key: &str, wrote: Wrote<'_>) -> Result<Effect> {
        Ok(self.wrote_now(key, wrote))
    }
}
