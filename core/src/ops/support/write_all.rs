//! Splits a batch of writes into calls, and sends unprocessed writes again.

use crate::backend::{Backend, CONCURRENCY, Client, Item as _, Retry};
use crate::cost::Cost;
use crate::error::{Error, Kind};
use crate::request::{BatchItem, BatchWrite, PrimaryKey};
use futures_util::stream::{self, StreamExt as _};

/// How many writes of a batch have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Writes that have happened.
    pub written: usize,
    /// All writes of the batch.
    pub total: usize,
}

/// A write of a batch that did not happen, or for which it is not known whether it happened.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Unprocessed<I> {
    /// The write.
    pub write: BatchItem<I>,
    /// Whether it may have happened, because the answer to its call was lost.
    pub uncertain: bool,
    /// Why it was not processed.
    pub error: Error,
}

impl<I> Unprocessed<I> {
    /// Returns the item's key.
    #[must_use]
    pub fn key(&self) -> &PrimaryKey {
        self.write.key()
    }
}

/// The result of the writes of a batch.
pub(crate) struct Written<I> {
    pub(crate) written: usize,
    pub(crate) unprocessed: Vec<Unprocessed<I>>,
    pub(crate) cost: Cost,
}

impl<I> Written<I> {
    fn nothing() -> Self {
        Written { written: 0, unprocessed: Vec::new(), cost: Cost::ZERO }
    }

    fn give_up(&mut self, writes: Vec<BatchItem<I>>, uncertain: bool, error: &Error) {
        let unprocessed = |write| Unprocessed { write, uncertain, error: error.clone() };
        self.unprocessed.extend(writes.into_iter().map(unprocessed));
    }
}

/// Sends all writes. Writes that the store does not process within the attempts of [`Retry::BATCH`] are
/// in the result.
pub(crate) async fn write_all<B: Backend>(
    client: Client<'_, B>,
    writes: Vec<BatchItem<B::Item>>,
    mut progress: impl FnMut(Progress) + Send,
) -> Written<B::Item> {
    let total = writes.len();
    let calls = split::<B>(writes).into_iter().map(|call| write_call(client, call));
    let mut running = stream::iter(calls).buffer_unordered(CONCURRENCY);
    let mut all = Written::nothing();
    while let Some(done) = running.next().await {
        all.written += done.written;
        all.cost += done.cost;
        all.unprocessed.extend(done.unprocessed);
        if done.written > 0 {
            progress(Progress { written: all.written, total });
        }
    }
    all
}

/// Splits writes into calls that are within the store's limits for one call, in writes and in bytes.
fn split<B: Backend>(writes: Vec<BatchItem<B::Item>>) -> Vec<Vec<BatchItem<B::Item>>> {
    let (most, most_bytes) = (B::LIMITS.batch_write.max(1), B::LIMITS.batch_write_bytes);
    let mut calls = Vec::with_capacity(writes.len().div_ceil(most));
    let (mut call, mut bytes) = (Vec::new(), 0);
    for write in writes {
        let size = match &write {
            // If the size of an item cannot be computed, the store refuses the item.
            BatchItem::Put { item, .. } => item.size().unwrap_or(0),
            BatchItem::Delete { .. } => 0,
        };
        if call.len() == most || (!call.is_empty() && bytes + size > most_bytes) {
            calls.push(std::mem::take(&mut call));
            bytes = 0;
        }
        bytes += size;
        call.push(write);
    }
    if !call.is_empty() {
        calls.push(call);
    }
    calls
}

/// Sends the writes of one call, in several attempts if the store does not process all of them.
async fn write_call<B: Backend>(
    client: Client<'_, B>,
    mut writes: Vec<BatchItem<B::Item>>,
) -> Written<B::Item> {
    let (retry, mut done) = (Retry::BATCH, Written::nothing());
    for attempt in 0..retry.attempts {
        retry.pause(client.backend, attempt).await;
        match client.batch_write(BatchWrite::new(client.table, writes.clone())).await {
            Ok(answer) => {
                done.cost += answer.cost;
                let before = writes.len();
                let mut place = 0;
                writes.retain(|_| {
                    place += 1;
                    answer.unprocessed.contains(&(place - 1))
                });
                done.written += before - writes.len();
                if writes.is_empty() {
                    return done;
                }
            }
            // The store processed none of them.
            Err(error) if error.is_throttled() && retry.has_another(attempt) => {}
            Err(error) => {
                done.give_up(writes, error.is_outcome_unknown(), &error);
                return done;
            }
        }
    }
    let message =
        format!("the store did not process it in {} attempts: send it later", retry.attempts);
    done.give_up(writes, false, &Error::new(Kind::Throttled, message));
    done
}
