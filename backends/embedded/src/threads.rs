//! The threads of a store on disk: one writes, some read, so that no caller's thread waits for the
//! disk.

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

/// A store and its threads. Dropping it ends them, and with them the store.
pub(crate) struct Threads<S> {
    // The fields are dropped in this order: first the writer does what it has to do, then this
    // handle of the store goes, then `closed` waits for the others, which readers may have.
    writer: Writer<S>,
    store: Arc<Open<S>>,
    #[allow(dead_code, reason = "its destructor waits")]
    closed: Closed,
    readers: Readers,
}

/// A store that tells when it is closed.
struct Open<S> {
    store: S,
    /// Dropped after the store; nothing is sent.
    _open: Sender<Infallible>,
}

impl<S> Deref for Open<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.store
    }
}

/// Waits, when it is dropped, until the store is closed.
struct Closed {
    closed: Mutex<Receiver<Infallible>>,
    writer: ThreadId,
}

impl Drop for Closed {
    fn drop(&mut self) {
        // A task that the writer wakes may drop the last handle on the writer's thread, which has
        // the store open itself.
        if thread::current().id() != self.writer {
            // Ends with an error when the sender is dropped.
            let _ = self.closed.get_mut().unwrap_or_else(PoisonError::into_inner).recv();
        }
    }
}

impl<S: Store> Threads<S> {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// `Unavailable` if the operating system cannot start a thread.
    pub(crate) fn start(store: S) -> Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let store = Arc::new(Open { store, _open: sender });
        let readers = Readers::start()?;
        let writer = Writer::start(store.clone())?;
        let closed = Closed { closed: Mutex::new(receiver), writer: writer.id() };
        Ok(Threads { writer, store, closed, readers })
    }

    /// Runs `read` on a reader's thread.
    pub(crate) async fn read<R: Send + 'static>(
        &self,
        read: impl FnOnce(&S) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let store = self.store.clone();
        let (reply, answer) = oneshot::channel();
        self.readers.run(move || {
            // Nobody waits for it any more.
            if reply.is_canceled() {
                return;
            }
            let result = bug::catch(|| read(&store));
            // Before the answer: whoever gets it may drop the last handle and open the store again.
            drop(store);
            let _ = reply.send(result);
        });
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Performs a request of the writer's, and answers when that is synced.
    pub(crate) async fn write<W: Writes>(&self, request: W) -> Result<W::Answer> {
        self.writer.send(request).await
    }
}

/// A thread ended before its time.
pub(crate) fn stopped() -> Error {
    let message = "the store has stopped after a fault of its own: open it again";
    Error::new(Kind::Unavailable, message)
}

#[cfg(test)]
mod tests;
