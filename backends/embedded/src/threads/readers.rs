//! The threads that read.

use crate::bug;
use futures_executor::ThreadPool;
use monotable_core::{Error, Kind, Result};
use std::thread;

/// The maximum number of threads, on any number of cores. A read rarely waits for the disk, because
/// most pages are in the operating system's cache.
const MAX_THREADS: usize = 16;

/// A fixed number of threads, which run reads in the order of arrival.
pub(super) struct Readers(ThreadPool);

impl Readers {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// `NotSent` if the operating system cannot start a thread.
    pub(super) fn start() -> Result<Self> {
        let pool =
            ThreadPool::builder().pool_size(Self::count()).name_prefix("monotable-read-").create();
        pool.map(Readers).map_err(|error| {
            let message = format!("the store cannot start the threads that read: {error}");
            Error::new(Kind::NotSent, message).with_source(error)
        })
    }

    /// The number of threads. It is at least two, because a reader that drops the last handle of
    /// the store waits for the reads that are still in progress or queued.
    pub(super) fn count() -> usize {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        (2 * cores).min(MAX_THREADS)
    }

    /// Runs `job` on one of the threads.
    pub(super) fn run(&self, job: impl FnOnce() + Send + 'static) {
        self.0.spawn_ok(async {
            // A panic would end the thread, and the pool would not replace it.
            let _ = bug::catch(|| {
                job();
                Ok(())
            });
        });
    }
}
