//! The shared layer: a store behind a bound of time, and what is owed to it.

use crate::stats::Counters;
use crate::store::{Effect, Found, Lease, SharedStore, StoredEntry, Wrote, unreachable};
use futures_util::future::{Either, join_all, select};
use monotable_core::Result;
use std::collections::HashMap;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The times of a shared layer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// The most time of one call.
    pub(crate) call: Duration,
    /// How long no call is made after one that failed.
    pub(crate) pause: Duration,
    /// How long a lease lasts.
    pub(crate) lease: Duration,
    /// How long a reader waits for one that has the lease.
    pub(crate) wait: Duration,
}

impl Times {
    pub(crate) const DEFAULT: Times = Times {
        call: Duration::from_millis(50),
        pause: Duration::from_secs(1),
        lease: Duration::from_secs(3),
        wait: Duration::from_millis(100),
    };
}

/// A store that never makes a request wait for long, and never makes one fail.
#[derive(Debug)]
pub(crate) struct Shared<R> {
    store: R,
    pub(crate) times: Times,
    /// Until when no call is made, in milliseconds since 1970.
    down_until: AtomicU64,
    owed: Owed,
}

/// Keys of written items of which the store could not be told. They are told before anything else is asked.
#[derive(Debug, Default)]
struct Owed {
    /// The keys, each with a number that differs for each time that it was added.
    keys: Mutex<HashMap<String, u64>>,
    some: AtomicBool,
    next: AtomicU64,
}

/// How many keys are remembered. More are forgotten: their entries stay until their time is over.
const MOST_OWED: usize = 10_000;

/// How many keys are told in one call.
const PAID_AT_ONCE: usize = 500;

impl Owed {
    fn keys(&self) -> MutexGuard<'_, HashMap<String, u64>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, key: &str) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut keys = self.keys();
        if keys.len() < MOST_OWED || keys.contains_key(key) {
            keys.insert(key.to_owned(), number);
        }
        self.some.store(true, Ordering::Release);
    }

    fn some(&self) -> Vec<(String, u64)> {
        if !self.some.load(Ordering::Acquire) {
            return Vec::new();
        }
        self.keys().iter().take(PAID_AT_ONCE).map(|(key, number)| (key.clone(), *number)).collect()
    }

    /// These were told. What was added again in the meantime stays. Returns whether none is left.
    fn paid(&self, paid: &[(String, u64)]) -> bool {
        let mut keys = self.keys();
        for (key, number) in paid {
            if keys.get(key) == Some(number) {
                keys.remove(key);
            }
        }
        self.some.store(!keys.is_empty(), Ordering::Release);
        keys.is_empty()
    }
}

impl<R: SharedStore> Shared<R> {
    pub(crate) fn new(store: R, times: Times) -> Self {
        Shared { store, times, down_until: AtomicU64::new(0), owed: Owed::default() }
    }

    pub(crate) async fn get(
        &self,
        now: u64,
        counters: &Counters,
        key: &str,
        form: &str,
        token: Option<&str>,
    ) -> Result<Found> {
        let lease = token.map(|token| Lease { token, lasts: self.times.lease });
        self.pay(now, counters).await?;
        self.call(now, counters, self.store.get(key, form, lease)).await
    }

    pub(crate) async fn fill(
        &self,
        now: u64,
        counters: &Counters,
        key: &str,
        token: &str,
        entry: StoredEntry<'_>,
    ) -> Result<bool> {
        self.call(now, counters, self.store.fill(key, token, entry)).await
    }

    pub(crate) async fn release(&self, now: u64, counters: &Counters, key: &str, token: &str) {
        // If it fails, the lease ends by itself.
        let _ = self.call(now, counters, self.store.release(key, token)).await;
    }

    /// Tells of a write. If the store cannot be told now, it is told before this process asks it anything.
    pub(crate) async fn wrote(
        &self,
        now: u64,
        counters: &Counters,
        key: &str,
        wrote: Wrote<'_>,
    ) -> Effect {
        match self.call(now, counters, self.store.wrote(key, wrote)).await {
            Ok(effect) => effect,
            Err(_) => {
                self.owe(key);
                Effect::Left
            }
        }
    }

    /// The store has to be told that the item was written, or may have been.
    pub(crate) fn owe(&self, key: &str) {
        self.owed.add(key);
    }

    pub(crate) async fn sleep(&self, duration: Duration) {
        self.store.sleep(duration).await;
    }

    /// Tells what is owed.
    pub(crate) async fn pay(&self, now: u64, counters: &Counters) -> Result<()> {
        let owed = self.owed.some();
        if owed.is_empty() {
            return Ok(());
        }
        let tell = join_all(owed.iter().map(|(key, _)| self.store.wrote(key, Wrote::Something)));
        let told =
            self.call(now, counters, async { tell.await.into_iter().collect::<Result<Vec<_>>>() });
        told.await?;
        if self.owed.paid(&owed) {
            Ok(())
        } else {
            Err(unreachable("has still to be told of writes"))
        }
    }

    /// Makes a call, unless one has failed a short time ago. It ends in time.
    async fn call<T>(
        &self,
        now: u64,
        counters: &Counters,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let pause = u64::try_from(self.times.pause.as_millis()).unwrap_or(u64::MAX);
        // If the clock was set back, the pause does not become longer.
        let left = self.down_until.load(Ordering::Acquire).saturating_sub(now);
        if left > 0 && left <= pause {
            counters.unavailable.add(1);
            return Err(unreachable("is left alone for a while, because a call has failed"));
        }
        let result = match select(pin!(call), pin!(self.store.sleep(self.times.call))).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(unreachable("did not answer in time")),
        };
        if let Err(error) = &result {
            counters.unavailable.add(1);
            self.down_until.store(now.saturating_add(pause), Ordering::Release);
            tracing::warn!(target: "monotable::cache", %error, "the shared store cannot be reached");
        }
        result
    }
}
