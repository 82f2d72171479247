//! Splitting a batch into calls, and sending again what the store did not get to.

use super::{Left, Progress};
use crate::backend::Backend;
use crate::backoff;
use crate::cost::Cost;
use crate::error::{Error, Kind};
use crate::item::Item as _;
use crate::request::{BatchWrite, Write};
use crate::schema::TableDef;
use crate::trace;
use futures_util::stream::{self, StreamExt as _};
use std::time::Duration;

/// How many calls are on their way at once.
const CONCURRENCY: usize = 4;
/// How often a write that the store did not get to is sent.
const ATTEMPTS: usize = 10;
/// The longest pause before that.
const LONGEST: Duration = Duration::from_secs(5);

/// What became of some writes.
pub(in crate::record) struct Done<I> {
    pub(in crate::record) written: usize,
    pub(in crate::record) left: Vec<Left<I>>,
    pub(in crate::record) cost: Cost,
}

/// Makes all writes, as far as the store does.
pub(in crate::record) async fn write_all<B: Backend>(
    backend: &B,
    table: &'static TableDef,
    writes: Vec<Write<B::Item>>,
    mut progress: impl FnMut(Progress) + Send,
) -> Done<B::Item> {
    let total = writes.len();
    let calls = split::<B>(writes).into_iter().map(|call| write_call(backend, table, call));
    let mut running = stream::iter(calls).buffer_unordered(CONCURRENCY);
    let mut all = Done { written: 0, left: Vec::new(), cost: Cost::ZERO };
    while let Some(done) = running.next().await {
        all.written += done.written;
        all.cost += done.cost;
        all.left.extend(done.left);
        if done.written > 0 {
            progress(Progress { written: all.written, total });
        }
    }
    all
}

/// Into calls that are within the store's limits, of writes and of bytes.
fn split<B: Backend>(writes: Vec<Write<B::Item>>) -> Vec<Vec<Write<B::Item>>> {
    let (most, most_bytes) = (B::LIMITS.batch_write.max(1), B::LIMITS.batch_write_bytes);
    let mut calls = Vec::with_capacity(writes.len().div_ceil(most));
    let (mut call, mut bytes) = (Vec::new(), 0);
    for write in writes {
        let size = match &write {
            // An item whose size cannot be told is refused when it is sent.
            Write::Put(put) => put.item.size().unwrap_or(0),
            _ => 0,
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

/// Makes the writes of one call, again and again until none is left.
async fn write_call<B: Backend>(
    backend: &B,
    table: &'static TableDef,
    mut writes: Vec<Write<B::Item>>,
) -> Done<B::Item> {
    let mut done = Done { written: 0, left: Vec::new(), cost: Cost::ZERO };
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            backend.pause(backoff::delay(attempt - 1, LONGEST)).await;
        }
        let span = trace::span(backend, table, "BatchWriteItem", None, None);
        let sent = backend.batch_write(BatchWrite::new(table, writes.clone()));
        match trace::run(span, sent, |written| Some(written.cost)).await {
            Ok(written) => {
                done.cost += written.cost;
                let before = writes.len();
                let mut place = 0;
                writes.retain(|_| {
                    place += 1;
                    written.unprocessed.contains(&(place - 1))
                });
                done.written += before - writes.len();
                if writes.is_empty() {
                    return done;
                }
            }
            // All of them will come in later; nothing was written.
            Err(error) if error.is_throttled() && attempt + 1 < ATTEMPTS => {}
            Err(error) => {
                let uncertain = error.is_unavailable();
                let left = |write| Left { write, uncertain, error: error.clone() };
                done.left.extend(writes.into_iter().map(left));
                return done;
            }
        }
    }
    let message = format!("the store did not get to it in {ATTEMPTS} attempts: send it later");
    let error = Error::new(Kind::Throttled, message);
    let left = |write| Left { write, uncertain: false, error: error.clone() };
    done.left.extend(writes.into_iter().map(left));
    done
}
