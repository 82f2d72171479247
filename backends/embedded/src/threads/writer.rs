//! The thread that writes, with group commit.
//!
//! It takes all requests that wait in the queue, evaluates them in order, makes their changes in
//! one commit, and answers each request when the commit is synced. Meanwhile the next group gathers
//! in the queue. A request that is refused or fails changes nothing and does not affect the others
//! in its group. If the commit itself fails, all requests of the group get its error.

use super::{Open, stopped};
use crate::bug;
use crate::eval::{self, Writes};
use crate::store::Store;
use futures_channel::oneshot;
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle, ThreadId};

/// A group takes no further request when its requests have this many bytes.
const GROUP_WEIGHT: usize = 4 * 1024 * 1024;
/// The maximum number of requests in a group.
const GROUP_COUNT: usize = 4096;

/// A request in the queue, of any type. The first three methods are those of [`Writes`].
trait Job<S: Store>: Send {
    fn table(&self) -> Option<&'static TableDef>;

    fn count(&self) -> usize;

    fn weight(&self) -> usize;

    /// Executes the request and keeps its result. If it fails, it changes nothing.
    fn perform(&mut self, batch: &mut S::Batch<'_>, now: i64);

    /// Sends the result, or the error of the commit if that failed.
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
        // It does not matter if the future was dropped and nobody receives this.
        let _ = self.reply.send(committed.and(result));
    }
}

/// The writer's thread and the queue of its requests.
pub(super) struct Writer<S> {
    /// `None` once the thread has to end.
    queue: Option<Sender<Box<dyn Job<S>>>>,
    /// `None` once it has been waited for.
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
            Error::new(Kind::NotSent, message).with_source(error)
        })?;
        Ok(Writer { queue: Some(queue), id: thread.thread().id(), thread: Some(thread) })
    }

    pub(super) fn id(&self) -> ThreadId {
        self.id
    }

    /// Puts a request into the queue at once, and returns a future of its answer. The request is
    /// executed even if the future is dropped.
    pub(super) fn send<W: Writes>(
        &self,
        request: W,
    ) -> impl Future<Output = Result<W::Answer>> + use<S, W> {
        let (reply, answer) = oneshot::channel();
        if let Some(queue) = &self.queue {
            // If the thread has ended, the job is dropped, and the future returns an error.
            let _ = queue.send(Box::new(Pending { request, result: None, reply }));
        }
        async { answer.await.unwrap_or_else(|_| Err(stopped())) }
    }
}

impl<S> Drop for Writer<S> {
    /// Waits until the thread has executed the queued requests. Does not wait on the writer's
    /// thread itself, which drops this if a task that it wakes has the last handle.
    fn drop(&mut self) {
        self.queue = None;
        if thread::current().id() != self.id
            && let Some(thread) = self.thread.take()
        {
            // If it panicked, the panic was reported, and its open requests return an error.
            let _ = thread.join();
        }
    }
}

/// Takes the jobs that wait, up to the limits of a group. Waits for one if there is none. Returns
/// `None` when the queue is closed.
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

/// Commits a group and answers its requests.
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
        // This calls the waker of a task. If that panics, the other requests still get an answer.
        let _ = bug::catch(|| {
            job.answer(committed.clone());
            Ok(())
        });
    }
}
