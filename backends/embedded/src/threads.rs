//! The threads of a store on disk: one that writes, and several that read. So no thread of a caller
//! waits for the disk.

mod readers;
mod writer;

use crate::bug;
use crate::eval::Writes;
use crate::store::Store;
use futures_channel::oneshot;
use monotable_core::{Error, Kind, Result};
use readers::Readers;
use std::convert::Infallible;
use std::ops::Deref;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use writer::Writer;

/// A store and its threads. Dropping this ends the threads and closes the store.
pub(crate) struct Threads<S> {
    // The fields are dropped in this order. First the writer finishes the queued requests. Then
    // this reference to the store is released. Then `closed` waits until the readers have released
    // theirs.
    writer: Writer<S>,
    store: Arc<Open<S>>,
    #[allow(dead_code, reason = "its destructor waits")]
    closed: Closed,
    readers: Readers,
}

/// A store that signals when it is closed.
struct Open<S> {
    store: S,
    /// Never sends. It is dropped after the store, and that is the signal.
    _open: Sender<Infallible>,
}

impl<S> Deref for Open<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.store
    }
}

/// Its destructor waits until the store is closed.
struct Closed {
    closed: Mutex<Receiver<Infallible>>,
    writer: ThreadId,
}

impl Drop for Closed {
    fn drop(&mut self) {
        // The writer wakes tasks, and such a task may drop the last handle on the writer's thread.
        // Waiting would be a deadlock there, because that thread keeps the store open itself.
        if thread::current().id() != self.writer {
            // This returns an error when the sender is dropped.
            let _ = self.closed.get_mut().unwrap_or_else(PoisonError::into_inner).recv();
        }
    }
}

impl<S: Store> Threads<S> {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// `NotSent` if the operating system cannot start a thread.
    pub(crate) fn start(store: S) -> Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let store = Arc::new(Open { store, _open: sender });
        let readers = Readers::start()?;
        let writer = Writer::start(store.clone())?;
        let closed = Closed { closed: Mutex::new(receiver), writer: writer.id() };
        Ok(Threads { writer, store, closed, readers })
    }

    /// Returns the store, for what may block the thread of the caller.
    pub(crate) fn store(&self) -> &S {
        &self.store
    }

    /// Runs `read` on a reader's thread.
    pub(crate) async fn read<R: Send + 'static>(
        &self,
        read: impl FnOnce(&S) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let store = self.store.clone();
        let (reply, answer) = oneshot::channel();
        self.readers.run(move || {
            // The future was dropped, so nobody waits for the answer.
            if reply.is_canceled() {
                return;
            }
            let result = bug::catch(|| read(&store));
            // The store is released before the answer is sent, because the receiver of the answer
            // may drop the last handle and open the store again.
            drop(store);
            let _ = reply.send(result);
        });
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Executes `request` on the writer's thread. Returns when the changes are synced.
    pub(crate) async fn write<W: Writes>(&self, request: W) -> Result<W::Answer> {
        self.writer.send(request).await
    }
}

/// Returns the error for a request whose thread ended without an answer.
pub(crate) fn stopped() -> Error {
    let message = "the store has stopped after an internal error: open it again";
    Error::new(Kind::Unavailable, message)
}

#[cfg(test)]
mod tests;
