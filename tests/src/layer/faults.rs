//! What goes wrong between the typed layer and a store, and a record of what did.

use super::Around;
use monotable::request::{BatchWritten, PrimaryKey};
use monotable::{Backend, Error, Kind, Result, TableDef};
use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The call happens, and its answer is lost.
    LostAnswer,
    /// The call happens, its answer is lost, and the client makes it once more by itself.
    Resent,
    /// The connection is reset before the call happens.
    Reset,
    /// The store asks for fewer calls.
    Throttled,
    /// The store gets to a part of a batch.
    Half,
    /// A transaction of others is under way with the item.
    Conflict,
}

impl Fault {
    /// Those that any call may meet.
    pub const ANY: [Fault; 4] = [Fault::LostAnswer, Fault::Reset, Fault::Throttled, Fault::Half];
}

/// Makes faults, at random or as they are given, and none of the pauses.
#[derive(Debug, Clone)]
pub struct Faults {
    kinds: Vec<Fault>,
    percent: u8,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    random: fastrand::Rng,
    /// What comes before the random ones.
    next: VecDeque<Option<Fault>>,
    log: Log,
}

/// What happened below the typed layer.
#[derive(Debug, Default)]
pub struct Log {
    /// A fault, or none, for each call, in order.
    pub calls: Vec<Option<Fault>>,
    /// The pauses that were asked for.
    pub pauses: Vec<Duration>,
    /// The batches of writes.
    pub batches: Vec<Sent>,
}

/// A batch of writes, and what became of it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The items that it was to write.
    pub keys: Vec<PrimaryKey>,
    /// The places of those that were left out, or how the call failed.
    pub left: Result<Vec<usize>, Kind>,
}

impl Log {
    /// How many calls ended in this way.
    #[must_use]
    pub fn count(&self, fault: Option<Fault>) -> usize {
        self.calls.iter().filter(|call| **call == fault).count()
    }
}

impl Faults {
    /// These faults, in half of the calls, and the same ones for the same seed.
    #[must_use]
    pub fn new(kinds: &[Fault], seed: u64) -> Self {
        let random = fastrand::Rng::with_seed(seed);
        let state = State { random, next: VecDeque::new(), log: Log::default() };
        Faults { kinds: kinds.to_vec(), percent: 50, state: Arc::new(Mutex::new(state)) }
    }

    /// These faults in the calls that come first, and none later.
    #[must_use]
    pub fn first(faults: impl IntoIterator<Item = Option<Fault>>) -> Self {
        let faults_only = Faults::new(&[], 0);
        faults_only.state().next.extend(faults);
        faults_only
    }

    /// In so many calls of 100.
    #[must_use]
    pub fn percent(mut self, percent: u8) -> Self {
        self.percent = percent;
        self
    }

    /// What has happened since this was last asked.
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
