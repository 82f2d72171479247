//! Wakes those who wait for the next change.

use futures_channel::oneshot::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};

/// Those who wait for the next commit that adds records to the log, or switches it on or off.
#[derive(Debug, Default)]
pub(crate) struct Signal(Mutex<Vec<Sender<()>>>);

/// A future that ends with the next signal after it was made. It is an error then, which says nothing.
pub(crate) type Waiting = Receiver<()>;

impl Signal {
    /// Begins to wait. What is looked at after this call and is not there yet gives a signal.
    pub(crate) fn wait(&self) -> Waiting {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those who gave up would pile up in a store without writes.
        waiting.retain(|sender| !sender.is_canceled());
        waiting.push(sender);
        receiver
    }

    /// Wakes all who wait.
    pub(crate) fn wake(&self) {
        let waiting = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        // The lock is released: a waker may run anything.
        drop(waiting);
    }
}
