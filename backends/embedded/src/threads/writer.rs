//! The one thread that writes, with group commit.
//!
//! It takes all writes that are waiting, evaluates them in order in one change of the store, and
//! answers when that is synced. While it syncs, the next group gathers. A write that is refused or
//! fails changes nothing and leaves its neighbours alone; if the change itself fails, all that
//! would have been part of it get the error.

use super::{Open, stopped};
use crate::bug;
use crate::eval::{self, Writes};
use crate::store::Store;
use futures_channel::oneshot;
use monotable_core::{Error, Kind, Result, TableDef};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle, ThreadId};

/// How many bytes of requests a group has at the most, but for the last of them.
const GROUP_WEIGHT: usize = 4 * 1024 * 1024;
/// How many requests a group has at the most.
const GROUP_COUNT: usize = 4096;

/// A request that somebody waits for, of any kind.
trait Job<S: Store>: Send {
    /// The table that it writes items of.
    fn table(&self) -> Option<&'static TableDef>;

    /// How many things it may add that are to go at some time.
    fn count(&self) -> usize;

    fn weight(&self) -> usize;

    /// Performs it. One that fails has changed nothing.
    fn perform(&mut self, batch: &mut S::Batch<'_>, now: i64);

    /// Answers, unless the commit failed with what was performed.
    fn answer(self: Box<Self>, committed: Result<()>);
}

struct Pending<W: Writes> {
    request: W,
    result: Option<Result<W::Answer>>,
    reply: oneshot::Sender<Result<W::Answer>>,
}

impl<S: Store, W: Writes> Job<S> for Pending<W> {
    fn table(&self) -> Option<&'static TableDef> {
        self.request.table()
    }

    fn count(&self) -> usize {
        self.request.count()
    }

    fn weight(&self) -> usize {
        self.request.weight()
    }

    fn perform(&mut self, batch: &mut S::Batch<'_>, now: i64) {
        self.result = Some(self.request.perform(batch, now));
    }

    fn answer(self: Box<Self>, committed: Result<()>) {
        let result = self.result.unwrap_or_else(|| Err(stopped()));
        // Nobody may wait any more.
        let _ = self.reply.send(committed.and(result));
    }
}

/// The writer's thread, and the queue of what it has to do.
pub(super) struct Writer<S> {
    /// Gone when the writer has to end.
    queue: Option<Sender<Box<dyn Job<S>>>>,
    /// Gone when it has been waited for.
    thread: Option<JoinHandle<()>>,
    id: ThreadId,
}

impl<S: Store> Writer<S> {
    pub(super) fn start(store: Arc<Open<S>>) -> Result<Self> {
        let (queue, jobs) = mpsc::channel();
        let run = move || {
            while let Some(group) = next_group(&jobs) {
                run(&**store, group);
            }
        };
        let thread = thread::Builder::new().name("monotable-write".to_owned()).spawn(run);
        let thread = thread.map_err(|error| {
            let message = format!("the store cannot start the thread that writes: {error}");
            Error::new(Kind::Unavailable, message).with_source(error)
        })?;
        Ok(Writer { queue: Some(queue), id: thread.thread().id(), thread: Some(thread) })
    }

    pub(super) fn id(&self) -> ThreadId {
        self.id
    }

    /// Queues a request at once; the future is its end. Dropping the future does not stop it.
    pub(super) fn send<W: Writes>(
        &self,
        request: W,
    ) -> impl Future<Output = Result<W::Answer>> + use<S, W> {
        let (reply, answer) = oneshot::channel();
        if let Some(queue) = &self.queue {
            // If the writer is gone, so is the job, and its reply says so.
            let _ = queue.send(Box::new(Pending { request, result: None, reply }));
        }
        async { answer.await.unwrap_or_else(|_| Err(stopped())) }
    }
}

impl<S> Drop for Writer<S> {
    /// Waits until the writer has done what is queued, unless it is the writer's thread that drops
    /// this: a task that it wakes may have the last handle.
    fn drop(&mut self) {
        self.queue = None;
        if thread::current().id() != self.id
            && let Some(thread) = self.thread.take()
        {
            // Its panic has been reported, and every request that it left has its error.
            let _ = thread.join();
        }
    }
}

/// All jobs that are waiting; if none is, the next. `None` when there will be no more.
fn next_group<S: Store>(jobs: &Receiver<Box<dyn Job<S>>>) -> Option<Vec<Box<dyn Job<S>>>> {
    let first = jobs.recv().ok()?;
    let mut weight = first.weight();
    let mut group = vec![first];
    while weight < GROUP_WEIGHT && group.len() < GROUP_COUNT {
        let Ok(job) = jobs.try_recv() else { break };
        weight += job.weight();
        group.push(job);
    }
    Some(group)
}

/// Commits a group and answers all that are in it.
fn run<S: Store>(store: &S, mut group: Vec<Box<dyn Job<S>>>) {
    let now = eval::now();
    let committed = bug::catch(|| {
        store.commit(|batch| {
            if let Some(table) = group.iter().find_map(|job| job.table()) {
                let writes = group.iter().map(|job| job.count()).sum();
                eval::purge(batch, table, writes, now)?;
            }
            group.iter_mut().for_each(|job| job.perform(batch, now));
            Ok(())
        })
    });
    for job in group {
        // The waker of a task runs in here. If it panics, the other jobs are still answered.
        let _ = bug::catch(|| {
            job.answer(committed.clone());
            Ok(())
        });
    }
}
