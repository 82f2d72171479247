//! The one thread that writes, with group commit.
//!
//! It takes all writes that are waiting, evaluates them in order in one change of the store, and
//! answers when that is synced. While it syncs, the next group gathers. A write that is refused or
//! fails changes nothing and leaves its neighbours alone; if the change itself fails, all that
//! would have been part of it get the error.

use super::reply::{self, Reply};
use super::{join, spawn, stopped};
use crate::document::Document;
use crate::eval::{self, Write};
use crate::schema;
use crate::store::{Batch, Store};
use monotable_core::request::Written;
use monotable_core::{Result, TableDef};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

/// How many bytes of requests a group has at the most, but for the last of them.
const GROUP_WEIGHT: usize = 4 * 1024 * 1024;
/// How many requests a group has at the most.
const GROUP_COUNT: usize = 4096;

/// What the writer is asked for.
pub(super) enum Task {
    /// All of these writes, or none.
    Write(Vec<Write>),
    /// The schema, recorded or compared.
    Adopt(&'static TableDef),
}

type Done = Result<Vec<Written<Document>>>;

struct Job {
    task: Task,
    reply: Reply<Done>,
}

/// The writer's thread, and the queue of what it has to do.
pub(super) struct Writer {
    /// Gone when the writer has to end.
    queue: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start<S: Store>(store: Arc<S>) -> Result<Self> {
        let (queue, jobs) = mpsc::channel();
        let thread = spawn("monotable-writer", move || {
            while let Some(group) = next_group(&jobs) {
                run(&*store, group);
            }
        })?;
        Ok(Writer { queue: Some(queue), thread: Some(thread) })
    }

    /// Queues a task at once; the future is its end. Dropping the future does not stop the task.
    pub(super) fn send(&self, task: Task) -> impl Future<Output = Done> + use<> {
        let (reply, answer) = reply::channel();
        if let Some(queue) = &self.queue {
            // If the writer is gone, so is the job, and its reply says so.
            let _ = queue.send(Job { task, reply });
        }
        async { answer.await.unwrap_or_else(|| Err(stopped())) }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            join(thread);
        }
    }
}

/// All jobs that are waiting; if none is, the next. `None` when there will be no more.
fn next_group(jobs: &Receiver<Job>) -> Option<Vec<Job>> {
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

impl Job {
    fn weight(&self) -> usize {
        match &self.task {
            Task::Write(writes) => writes.iter().map(Write::weight).sum(),
            Task::Adopt(_) => 0,
        }
    }
}

/// Commits a group and answers all that are in it.
fn run<S: Store>(store: &S, group: Vec<Job>) {
    let committed: Result<Vec<Done>> =
        store.commit(|batch| Ok(group.iter().map(|job| perform(batch, &job.task)).collect()));
    match committed {
        Ok(results) => {
            for (job, result) in group.into_iter().zip(results) {
                job.reply.send(result);
            }
        }
        Err(error) => {
            for job in group {
                job.reply.send(Err(error.clone()));
            }
        }
    }
}

/// Performs one task. One that fails has changed nothing.
fn perform(batch: &mut impl Batch, task: &Task) -> Done {
    match task {
        Task::Write(writes) => {
            let plan = eval::plan(batch.lookup(), writes)?;
            plan.changes.into_iter().for_each(|change| batch.apply(change));
            Ok(plan.written)
        }
        Task::Adopt(table) => schema::adopt(batch, table).map(|()| Vec::new()),
    }
}
