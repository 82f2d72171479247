//! The threads that read.

use crate::bug;
use futures_executor::ThreadPool;
use monotable_core::{Error, Kind, Result};
use std::thread;

/// The most threads that read at once, however many cores there are. A read waits for the disk only
/// where the page is not in the operating system's cache.
const MOST: usize = 16;

/// A few threads that run reads in the order in which they come.
pub(super) struct Readers(ThreadPool);

impl Readers {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// `Unavailable` if the operating system cannot start a thread.
    pub(super) fn start() -> Result<Self> {
        let pool =
            ThreadPool::builder().pool_size(Self::count()).name_prefix("monotable-read-").create();
        pool.map(Readers).map_err(|error| {
            let message = format!("the store cannot start the threads that read: {error}");
            Error::new(Kind::Unavailable, message).with_source(error)
        })
    }

    /// How many threads there are, at least two: one of them may drop the store's last handle, and
    /// waits for the others then.
    pub(super) fn count() -> usize {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        (2 * cores).min(MOST)
    }

    /// Runs `job` on one of the threads.
    pub(super) fn run(&self, job: impl FnOnce() + Send + 'static) {
        self.0.spawn_ok(async {
            // A panic would end the thread, and the pool does not start another one.
            let _ = bug::catch(|| {
                job();
                Ok(())
            });
        });
    }
}
