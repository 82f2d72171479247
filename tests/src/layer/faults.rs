//! A layer that injects faults between the typed API and a store, and records them.

use super::Around;
use monotable::request::{BatchWritten, PrimaryKey};
use monotable::schema::TableDef;
use monotable::{Backend, Error, Kind, Result};
use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The store executes the call, and its answer is lost.
    LostAnswer,
    /// The store executes the call, its answer is lost, and the client sends the call again by
    /// itself.
    Resent,
    /// The connection is reset before the store executes the call.
    Reset,
    /// The store throttles the call.
    Throttled,
    /// The store leaves a part of a batch unprocessed.
    Half,
    /// Another client's transaction on the same item is in progress.
    Conflict,
}

impl Fault {
    /// The faults that can happen in any call.
    pub const ANY: [Fault; 4] = [Fault::LostAnswer, Fault::Reset, Fault::Throttled, Fault::Half];
}

/// Injects faults, either random or given ones, and leaves out all pauses.
#[derive(Debug, Clone)]
pub struct Faults {
    kinds: Vec<Fault>,
    percent: u8,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    random: fastrand::Rng,
    /// The given faults of the next calls. Random ones come after them.
    next: VecDeque<Option<Fault>>,
    log: Log,
}

/// A record of the calls of the store.
#[derive(Debug, Default)]
pub struct Log {
    /// The fault of each call, in order. `None` is a call without a fault.
    pub calls: Vec<Option<Fault>>,
    /// The requested pauses.
    pub pauses: Vec<Duration>,
    /// The batches of writes.
    pub batches: Vec<Sent>,
}

/// A batch of writes, and its result.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The keys of the items to write.
    pub keys: Vec<PrimaryKey>,
    /// The positions in `keys` of the unprocessed writes, or the error of the call.
    pub left: Result<Vec<usize>, Kind>,
}

impl Log {
    /// Returns how many calls had this fault, or none.
    #[must_use]
    pub fn count(&self, fault: Option<Fault>) -> usize {
        self.calls.iter().filter(|call| **call == fault).count()
    }
}

impl Faults {
    /// Injects random faults of these kinds into half of the calls. The same seed gives the same
    /// faults.
    #[must_use]
    pub fn new(kinds: &[Fault], seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let state = State { random, next: VecDeque::new(), log: Log::default() };
        Faults { kinds: kinds.to_vec(), percent: 50, state: Arc::new(Mutex::new(state)) }
    }

    /// Injects these faults into the first calls, one each, and none into later ones.
    #[must_use]
    pub fn first(faults: impl IntoIterator<Item = Option<Fault>>) -> Self {
        let faults_only = Faults::new(&[], 0);
        faults_only.state().next.extend(faults);
        faults_only
    }

    /// Sets in how many calls of 100 there is a fault.
    #[must_use]
    pub fn percent(mut self, percent: u8) -> Self {
        self.percent = percent;
        self
    }

    /// Returns the record since this was last called.
    #[must_use]
    pub fn log(&self) -> Log {
        std::mem::take(&mut self.state().log)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Option<Fault> {
        let mut state = self.state();
        let fault = match state.next.pop_front() {
            Some(given) => given,
            None if state.random.u8(..100) < self.percent => {
                state.random.choice(&self.kinds).copied()
            }
            None => None,
        };
        state.log.calls.push(fault);
        fault
    }
}

impl<B: Backend> Around<B> for Faults {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        match self.next() {
            Some(Fault::LostAnswer) => {
                call.await?;
                Err(Error::new(Kind::Unavailable, "the answer was lost"))
            }
            Some(Fault::Reset) => Err(Error::new(Kind::Unavailable, "the connection was reset")),
            Some(Fault::Throttled) => Err(Error::new(Kind::Throttled, "slow down")),
            Some(Fault::Conflict) => Err(Error::new(Kind::Conflict, "a transaction is under way")),
            Some(Fault::Half | Fault::Resent) | None => call.await,
        }
    }

    fn resends(&self) -> bool {
        self.state().next.front() == Some(&Some(Fault::Resent))
    }

    fn leaves_out(&self, writes: usize) -> Vec<usize> {
        if !self.kinds.contains(&Fault::Half) {
            return Vec::new();
        }
        let mut state = self.state();
        (0..writes).filter(|_| state.random.u8(..100) < self.percent).collect()
    }

    fn wrote(&self, keys: Vec<PrimaryKey>, result: &Result<BatchWritten>) {
        let left = result.as_ref().map(|written| written.unprocessed.clone()).map_err(Error::kind);
        self.state().log.batches.push(Sent { keys, left });
    }

    fn pause(&self, asked: Duration) -> Duration {
        self.state().log.pauses.push(asked);
        Duration::ZERO
    }
}
