//! The threads of a store on disk: one writes, some read, so that no caller's thread waits for the
//! disk.

mod reader;
mod reply;
mod writer;

use crate::bug;
use crate::eval::Writes;
use crate::store::Store;
use monotable_core::{Error, Kind, Result};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A store and its threads. Dropping it ends them, and with them the store.
pub(crate) struct Threads<S> {
    // Dropped from the first to the last: queued work is done before the store closes.
    writer: writer::Writer<S>,
    readers: reader::Readers,
    store: Arc<S>,
}

impl<S: Store> Threads<S> {
    /// Starts the writer; readers are started when they are needed.
    ///
    /// # Errors
    ///
    /// `Unavailable` if the system has no thread left.
    pub(crate) fn start(store: S) -> Result<Self> {
        let store = Arc::new(store);
        let writer = writer::Writer::start(store.clone())?;
        Ok(Threads { writer, readers: reader::Readers::new(), store })
    }

    /// Runs `read` on a reader's thread.
    pub(crate) async fn read<R: Send + 'static>(
        &self,
        read: impl FnOnce(&S) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let store = self.store.clone();
        let (reply, answer) = reply::channel();
        self.readers.run(Box::new(move || {
            let result = bug::catch(|| read(&store));
            // Before the answer: whoever gets it may drop the last handle and open the store again.
            drop(store);
            reply.send(result);
        }))?;
        answer.await.unwrap_or_else(|| Err(stopped()))
    }

    /// Performs a request of the writer's, and answers when that is synced.
    pub(crate) async fn write<W: Writes>(&self, request: W) -> Result<W::Answer> {
        self.writer.send(request).await
    }
}

/// Waits, on a thread of its own: there is no runtime to ask.
pub(crate) async fn pause(duration: Duration) {
    if duration.is_zero() {
        return;
    }
    let (reply, answer) = reply::channel();
    let sleep = move || {
        thread::sleep(duration);
        reply.send(());
    };
    match spawn("monotable-pause", sleep) {
        Ok(_) => drop(answer.await),
        // Where there is no thread left, to go on at once would make it worse.
        Err(_) => thread::sleep(duration),
    }
}

/// Ends with a thread, unless it is the one that runs this: a woken task may drop the last handle
/// on a thread of the store.
fn join(thread: JoinHandle<()>) {
    if thread.thread().id() != thread::current().id() {
        // The thread's panic has been reported, and every request that it left has its error.
        let _ = thread.join();
    }
}

/// Names and starts a thread.
fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(run).map_err(|error| {
        let message = format!("the store cannot start the thread `{name}`: {error}");
        Error::new(Kind::Unavailable, message).with_source(error)
    })
}

/// A thread ended before its time.
pub(crate) fn stopped() -> Error {
    let message = "the store has stopped after a fault of its own: open it again";
    Error::new(Kind::Unavailable, message)
}

#[cfg(test)]
mod tests;
