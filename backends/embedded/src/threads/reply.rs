//! One answer from a thread to a task, whatever runs the task.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Where the answer is put. Dropping it unused tells the other side that none will come.
pub(super) struct Reply<T>(Arc<Mutex<State<T>>>);

/// The answer to come; `None` if there is none.
pub(super) struct Answer<T>(Arc<Mutex<State<T>>>);

struct State<T> {
    answer: Option<T>,
    /// Whether nothing more will be put in.
    closed: bool,
    waker: Option<Waker>,
}

pub(super) fn channel<T>() -> (Reply<T>, Answer<T>) {
    let state = Arc::new(Mutex::new(State { answer: None, closed: false, waker: None }));
    (Reply(state.clone()), Answer(state))
}

impl<T> Reply<T> {
    pub(super) fn send(self, answer: T) {
        lock(&self.0).answer = Some(answer);
        // Dropping wakes.
    }
}

impl<T> Drop for Reply<T> {
    fn drop(&mut self) {
        let waker = {
            let mut state = lock(&self.0);
            state.closed = true;
            state.waker.take()
        };
        // Not under the lock: a waker may run anything.
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Answer<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let mut state = lock(&self.0);
        if state.closed {
            return Poll::Ready(state.answer.take());
        }
        match &mut state.waker {
            Some(waker) => waker.clone_from(context.waker()),
            None => state.waker = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}

fn lock<T>(state: &Mutex<State<T>>) -> MutexGuard<'_, State<T>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
