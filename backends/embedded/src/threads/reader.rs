//! A few threads that read.

use super::{join, spawn};
use monotable_core::Result;
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// How many threads read at once at the most, however many cores there are. Reads wait for the
/// disk only where the system's cache has not got the page.
const MOST: usize = 16;

type Job = Box<dyn FnOnce() + Send>;

/// Threads that read, started when all there are have work.
pub(super) struct Readers {
    shared: Arc<Shared>,
    most: usize,
}

struct Shared {
    state: Mutex<State>,
    work: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    idle: usize,
    threads: Vec<JoinHandle<()>>,
    closing: bool,
}

impl Readers {
    pub(super) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let shared = Shared { state: Mutex::default(), work: Condvar::new() };
        Readers { shared: Arc::new(shared), most: (2 * cores).min(MOST) }
    }

    /// How many threads there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.shared.lock().threads.len()
    }

    /// Runs `job` on one of the threads.
    ///
    /// # Errors
    ///
    /// `Unavailable` if there is no thread, and none can be started.
    pub(super) fn run(&self, job: Job) -> Result<()> {
        let mut state = self.shared.lock();
        let busy = state.idle <= state.jobs.len();
        if busy && state.threads.len() < self.most {
            let shared = self.shared.clone();
            match spawn("monotable-reader", move || shared.serve()) {
                Ok(thread) => state.threads.push(thread),
                Err(error) if state.threads.is_empty() => return Err(error),
                Err(_) => {}
            }
        }
        state.jobs.push_back(job);
        drop(state);
        self.shared.work.notify_one();
        Ok(())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self) {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                drop(state);
                // A job that panics has reported it, and drops its reply: its caller gets an error.
                let _ = panic::catch_unwind(AssertUnwindSafe(job));
                state = self.lock();
            } else if state.closing {
                return;
            } else {
                state.idle += 1;
                state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.idle -= 1;
            }
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        let threads = {
            let mut state = self.shared.lock();
            state.closing = true;
            std::mem::take(&mut state.threads)
        };
        self.shared.work.notify_all();
        threads.into_iter().for_each(join);
    }
}
