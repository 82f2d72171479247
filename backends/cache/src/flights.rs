//! Reads in progress, each of which others can wait for.

use futures_channel::oneshot::{self, Receiver, Sender};
use monotable_core::{Error, Kind};
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hash};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Reads in progress, by what they read. At most one read of a key is in progress, unless the key was written since it
/// began: then others do not wait for it any more.
#[derive(Debug)]
pub(crate) struct Flights<K, A> {
    shards: [Mutex<HashMap<K, Arc<Flight<A>>>>; SHARDS],
    hasher: RandomState,
}

const SHARDS: usize = 16;

/// A read in progress, with those that wait for it.
#[derive(Debug)]
struct Flight<A>(Mutex<Vec<Sender<A>>>);

/// What a read has to do.
#[derive(Debug)]
pub(crate) enum Role<'a, K: Hash + Eq, A> {
    /// To read, and to share the result.
    Lead(Lead<'a, K, A>),
    /// To wait for the result. If the other read was given up, waiting fails, and the role has to be asked for again.
    Join(Join<A>),
}

/// A read in progress, to wait for.
#[derive(Debug)]
pub(crate) struct Join<A> {
    pub(crate) answer: Receiver<A>,
    flight: Arc<Flight<A>>,
}

/// The one read of a key. If it is dropped, those that wait for it are told so.
#[derive(Debug)]
pub(crate) struct Lead<'a, K: Hash + Eq, A> {
    flights: &'a Flights<K, A>,
    key: K,
    flight: Arc<Flight<A>>,
}

type Shard<'a, K, A> = MutexGuard<'a, HashMap<K, Arc<Flight<A>>>>;

impl<K: Hash + Eq + Clone, A: Clone> Flights<K, A> {
    pub(crate) fn new() -> Self {
        Flights { shards: std::array::from_fn(|_| Mutex::default()), hasher: RandomState::new() }
    }

    /// Begins a read, or waits for one that is in progress. `check` is called when there is none, and no other can begin:
    /// what it returns has been kept in the meantime.
    pub(crate) fn begin<T>(
        &self,
        key: &K,
        check: impl FnOnce() -> Option<T>,
    ) -> Result<Role<'_, K, A>, T> {
        let mut shard = self.shard(key);
        if let Some(flight) = shard.get(key) {
            return Ok(Role::Join(Flight::join(flight)));
        }
        if let Some(kept) = check() {
            return Err(kept);
        }
        let flight = Arc::new(Flight(Mutex::default()));
        shard.insert(key.clone(), Arc::clone(&flight));
        Ok(Role::Lead(Lead { flights: self, key: key.clone(), flight }))
    }

    /// Waits for a read, if one is in progress.
    pub(crate) fn join(&self, key: &K) -> Option<Join<A>> {
        self.shard(key).get(key).map(Flight::join)
    }

    /// The read takes too long, or nobody polls it: who comes later does not wait for it, and what it reads is not kept.
    pub(crate) fn overtake(&self, key: &K, slow: &Join<A>) {
        let mut shard = self.shard(key);
        if shard.get(key).is_some_and(|flight| Arc::ptr_eq(flight, &slow.flight)) {
            shard.remove(key);
        }
    }

    /// The key was written: what is read of it now must not be kept, and who comes later does not wait for it. Calls
    /// `forget` while no read can begin or end.
    pub(crate) fn void<T>(&self, key: &K, forget: impl FnOnce() -> T) -> T {
        let mut shard = self.shard(key);
        shard.remove(key);
        forget()
    }
}

impl<K: Hash + Eq, A> Flights<K, A> {
    fn shard(&self, key: &K) -> Shard<'_, K, A> {
        let at = usize::try_from(self.hasher.hash_one(key)).unwrap_or_default() % SHARDS;
        // There are so many shards.
        let [first, ..] = &self.shards;
        let shard = self.shards.get(at).unwrap_or(first);
        // A panic elsewhere cannot leave a map half-changed.
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A> Flight<A> {
    fn join(flight: &Arc<Self>) -> Join<A> {
        let (sender, answer) = oneshot::channel();
        flight.waiting().push(sender);
        Join { answer, flight: Arc::clone(flight) }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Sender<A>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq, A: Clone> Lead<'_, K, A> {
    /// Ends the read. Calls `keep` if the key was not written since it began, and returns whether it was called.
    /// Those that wait get the result anyway: they came before the write had ended.
    pub(crate) fn land(self, answer: &A, keep: impl FnOnce()) -> bool {
        let kept = {
            let mut shard = self.flights.shard(&self.key);
            let is_valid = self.is_in(&shard);
            if is_valid {
                keep();
                shard.remove(&self.key);
            }
            is_valid
        };
        for sender in std::mem::take(&mut *self.flight.waiting()) {
            // Who does not wait any more needs no answer.
            let _ = sender.send(answer.clone());
        }
        kept
    }
}

impl<K: Hash + Eq, A> Lead<'_, K, A> {
    fn is_in(&self, shard: &Shard<'_, K, A>) -> bool {
        shard.get(&self.key).is_some_and(|flight| Arc::ptr_eq(flight, &self.flight))
    }
}

impl<K: Hash + Eq, A> Drop for Lead<'_, K, A> {
    fn drop(&mut self) {
        let mut shard = self.flights.shard(&self.key);
        if self.is_in(&shard) {
            shard.remove(&self.key);
        }
        drop(shard);
        // Dropping the senders tells those that wait.
        self.flight.waiting().clear();
    }
}

/// A random name that no other read has, in any process.
pub(crate) fn token() -> monotable_core::Result<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| {
        let message = "the operating system gave no random bits: send the request again";
        Error::new(Kind::NotSent, message).with_source(error)
    })?;
    Ok(format!("{:032x}", u128::from_le_bytes(bits)))
}
