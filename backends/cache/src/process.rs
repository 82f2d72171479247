//! The layer in the process: entries, and reads in progress. Its steps are those of the protocol: get, fill, wrote.

#[cfg(all(test, feature = "in-process"))]
mod tests;

use crate::entry::Entry;
use crate::flights::{Flights, Join, Lead, Role};
use crate::store::Effect;
use monotable_core::backend::Portable;
use monotable_core::request::PrimaryKey;
use std::fmt;
use std::time::Duration;

/// Entries by keys. `A` is what those get that wait for a read.
pub(crate) struct Process<I, A> {
    flights: Flights<PrimaryKey, A>,
    entries: Entries<I>,
    /// The most time that an entry is kept, if there is a shared store behind.
    pub(crate) at_most: Option<Duration>,
}

/// What was found in the process.
pub(crate) enum Step<'a, I, A> {
    /// An entry.
    Hit(Entry<I>),
    /// Another read of the same key is in progress.
    Join(Join<A>),
    /// Nothing: this is the read that others wait for.
    Lead(Lead<'a, PrimaryKey, A>),
}

/// What is known of a write.
pub(crate) enum Written<I> {
    /// See [`Wrote::Something`](crate::store::Wrote::Something).
    Something,
    /// See [`Wrote::This`](crate::store::Wrote::This).
    This { entry: Entry<I>, replaced: u64 },
    /// See [`Wrote::Before`](crate::store::Wrote::Before).
    Before(u64),
}

impl<I: Portable, A: Clone> Process<I, A> {
    pub(crate) fn new(entries: Entries<I>, at_most: Option<Duration>) -> Self {
        Process { flights: Flights::new(), entries, at_most }
    }

    /// Looks for an entry that has not expired. `now` is in milliseconds since 1970.
    pub(crate) fn peek(&self, key: &PrimaryKey, now: u64) -> Option<Entry<I>> {
        self.entries.get(key).filter(|entry| entry.is_valid(now))
    }

    /// Looks for an entry; if there is none, begins a read or joins one.
    pub(crate) fn get(&self, key: &PrimaryKey, now: u64) -> Step<'_, I, A> {
        if let Some(entry) = self.peek(key, now) {
            return Step::Hit(entry);
        }
        match self.flights.begin(key, || self.peek(key, now)) {
            Ok(Role::Lead(lead)) => Step::Lead(lead),
            Ok(Role::Join(join)) => Step::Join(join),
            Err(entry) => Step::Hit(entry),
        }
    }

    /// See [`Flights::overtake`].
    pub(crate) fn overtake(&self, key: &PrimaryKey, slow: &Join<A>) {
        self.flights.overtake(key, slow);
    }

    /// Keeps what was read, unless the key was written since the read began, and gives `answer` to those that wait.
    /// Returns whether it is kept.
    pub(crate) fn fill(
        &self,
        lead: Lead<'_, PrimaryKey, A>,
        key: &PrimaryKey,
        entry: Option<Entry<I>>,
        answer: &A,
    ) -> bool {
        let some = entry.is_some();
        let valid = lead.land(answer, || {
            if let Some(entry) = entry {
                self.entries.insert(key.clone(), entry);
            }
        });
        some && valid
    }

    /// The item was written, or may have been.
    pub(crate) fn wrote(&self, key: &PrimaryKey, written: Written<I>) -> Effect {
        self.flights.void(key, || {
            let Some(old) = self.entries.get(key) else { return Effect::Left };
            let version = old.content.version.filter(|_| old.content.item.is_some());
            match written {
                Written::This { entry, .. }
                    if version.is_some() && version == entry.content.version =>
                {
                    Effect::Left
                }
                Written::This { entry, replaced } if version == Some(replaced) => {
                    self.entries.insert(key.clone(), entry);
                    Effect::Replaced
                }
                Written::Before(seen) if version.is_some_and(|version| version >= seen) => {
                    Effect::Left
                }
                _ => {
                    self.entries.remove(key);
                    Effect::Removed
                }
            }
        })
    }

    /// Forgets an entry, as a full cache does. A read in progress goes on.
    #[cfg(all(test, feature = "in-process"))]
    pub(crate) fn evict(&self, key: &PrimaryKey) {
        self.entries.remove(key);
    }
}

impl<I, A> fmt::Debug for Process<I, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Process").field("at_most", &self.at_most).finish_non_exhaustive()
    }
}

#[cfg(feature = "in-process")]
pub(crate) use with_moka::Entries;

#[cfg(feature = "in-process")]
mod with_moka {
    use crate::entry::Entry;
    use moka::Expiry;
    use monotable_core::backend::Portable;
    use monotable_core::request::PrimaryKey;
    use std::time::{Duration, Instant};

    /// Entries, up to a number of bytes. When it is full, those go that are used least.
    pub(crate) struct Entries<I>(moka::sync::Cache<PrimaryKey, Entry<I>>);

    /// Entries go at the end of their time, so that they take no memory.
    struct AtTheirEnd;

    impl<I> Expiry<PrimaryKey, Entry<I>> for AtTheirEnd {
        fn expire_after_create(
            &self,
            _: &PrimaryKey,
            entry: &Entry<I>,
            _: Instant,
        ) -> Option<Duration> {
            Some(entry.ttl)
        }

        fn expire_after_update(
            &self,
            _: &PrimaryKey,
            entry: &Entry<I>,
            _: Instant,
            _: Option<Duration>,
        ) -> Option<Duration> {
            Some(entry.ttl)
        }
    }

    impl<I: Portable> Entries<I> {
        pub(crate) fn new(bytes: u64) -> Self {
            let cache = moka::sync::Cache::builder()
                .max_capacity(bytes)
                .weigher(|_, entry: &Entry<I>| entry.weight)
                .expire_after(AtTheirEnd)
                .build();
            Entries(cache)
        }

        pub(crate) fn get(&self, key: &PrimaryKey) -> Option<Entry<I>> {
            self.0.get(key)
        }

        pub(crate) fn insert(&self, key: PrimaryKey, entry: Entry<I>) {
            self.0.insert(key, entry);
        }

        pub(crate) fn remove(&self, key: &PrimaryKey) {
            self.0.invalidate(key);
        }
    }
}

/// Without the feature, there is no layer in the process.
#[cfg(not(feature = "in-process"))]
pub(crate) enum Entries<I> {
    #[allow(dead_code, reason = "it is never made")]
    Never(std::convert::Infallible, std::marker::PhantomData<I>),
}

#[cfg(not(feature = "in-process"))]
impl<I: Portable> Entries<I> {
    fn get(&self, _: &PrimaryKey) -> Option<Entry<I>> {
        match *self {
            Entries::Never(never, _) => match never {},
        }
    }

    fn insert(&self, _: PrimaryKey, _: Entry<I>) {
        match *self {
            Entries::Never(never, _) => match never {},
        }
    }

    fn remove(&self, _: &PrimaryKey) {
        match *self {
            Entries::Never(never, _) => match never {},
        }
    }
}
