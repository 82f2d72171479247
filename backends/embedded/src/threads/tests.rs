//! Tests of group commit, of concurrent reads, and of closing the store.

use super::*;
use crate::disk::DiskStore;
use crate::document::Document;
use crate::eval::{self, Write};
use crate::layout;
use crate::memory::MemoryStore;
use crate::store::Batch;
use crate::testing::{EXPIRING, Medium, TABLE, block_on, create, key, page, put, query};
use monotable_core::backend::Keyed;
use monotable_core::request::{Get, Outcome, Put, SortKeys, Written};
use monotable_core::schema::TableDef;
use monotable_core::value::{Map, Value};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

/// A store in memory whose commits can be held up, counted and made to fail.
#[derive(Default)]
struct Gate {
    store: MemoryStore,
    /// While a test holds this lock, no commit begins.
    closed: Mutex<()>,
    /// How many commits have come to the lock.
    arrived: AtomicUsize,
    /// How many commits have passed the lock.
    commits: AtomicUsize,
    fails: AtomicBool,
}

impl Gate {
    /// Waits until one more commit has come to the lock than `before`.
    fn wait_for_one_more_than(&self, before: usize) {
        while self.arrived.load(Ordering::SeqCst) <= before {
            thread::yield_now();
        }
    }
}

impl Store for Gate {
    type View<'a> = <MemoryStore as Store>::View<'a>;
    type Log<'a> = <MemoryStore as Store>::Log<'a>;
    type Batch<'a> = <MemoryStore as Store>::Batch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        self.store.read(read)
    }

    fn read_log<R>(&self, read: impl FnOnce(&Self::Log<'_>) -> Result<R>) -> Result<R> {
        self.store.read_log(read)
    }

    fn signal(&self) -> &crate::signal::Signal {
        self.store.signal()
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
        self.arrived.fetch_add(1, Ordering::SeqCst);
        drop(self.closed.lock().unwrap());
        self.commits.fetch_add(1, Ordering::SeqCst);
        self.store.commit(|batch| {
            let result = write(batch)?;
            if self.fails.load(Ordering::SeqCst) {
                return Err(Error::new(Kind::Unavailable, "injected"));
            }
            Ok(result)
        })
    }
}

fn creates(sks: &[&str]) -> Vec<Write> {
    sks.iter().map(|sk| Write::put(create("p", sk, &[])).unwrap()).collect()
}

/// Sends writes that have to wait for another commit, and returns their results. Checks that they
/// are committed together.
fn together(threads: &Threads<Gate>, writes: &[&[&str]]) -> Vec<Result<Vec<bool>>> {
    let held = threads.store.closed.lock().unwrap();
    let before = threads.store.commits.load(Ordering::SeqCst);
    let first = threads.writer.send(creates(&["first"]));
    threads.store.wait_for_one_more_than(before);
    let sent: Vec<_> = writes.iter().map(|sks| threads.writer.send(creates(sks))).collect();
    drop(held);
    let _ = block_on(first);
    let done = |answer: Vec<Written<Document>>| {
        answer.iter().map(|one| matches!(one.outcome, Outcome::Done)).collect()
    };
    let results = sent.into_iter().map(|future| block_on(future).map(done)).collect();
    assert_eq!(threads.store.commits.load(Ordering::SeqCst) - before, 2);
    results
}

#[test]
fn waiting_writes_are_committed_together_and_a_refusal_does_not_affect_the_others() {
    let threads = Threads::start(Gate::default()).unwrap();
    let results = together(&threads, &[&["1"], &["2", "1"], &["1"], &["3"], &["2"]]);
    let results: Vec<_> = results.into_iter().map(|result| result.unwrap()).collect();
    assert_eq!(results, [vec![true], vec![true, false], vec![false], vec![true], vec![true]]);
    let all = page(&threads.store.store, &query(None, "p", SortKeys::All));
    assert_eq!(all.count, 4);
}

#[test]
fn a_failed_commit_is_an_error_for_its_whole_group_and_the_next_can_succeed() {
    let threads = Threads::start(Gate::default()).unwrap();
    threads.store.fails.store(true, Ordering::SeqCst);
    for result in together(&threads, &[&["1"], &["2"], &["3"]]) {
        let error = result.unwrap_err();
        assert!(error.is_unavailable());
        assert_eq!(error.to_string(), "injected");
    }
    threads.store.fails.store(false, Ordering::SeqCst);
    assert_eq!(page(&threads.store.store, &query(None, "p", SortKeys::All)).count, 0);
    assert!(together(&threads, &[&["1"], &["2"]]).iter().all(Result::is_ok));
}

#[test]
fn a_write_whose_future_is_dropped_is_executed() {
    let medium = Medium::new();
    let threads = Threads::start(medium.open().unwrap()).unwrap();
    drop(threads.writer.send(creates(&["1"])));
    drop(threads);
    let store = medium.open().unwrap();
    assert_eq!(page(&store, &query(None, "p", SortKeys::All)).count, 1);
}

#[test]
fn reads_see_acknowledged_writes() {
    let threads = Threads::start(Medium::new().open().unwrap()).unwrap();
    block_on(async {
        for round in 0..300 {
            let sk = round.to_string();
            let put = Write::put(put("p", &sk, &[])).unwrap();
            threads.write(vec![put]).await.unwrap();
            let get = Get::new(&TABLE, "Thing", key("p", &sk));
            let read = move |store: &DiskStore| store.read(|view| eval::get(view, &get));
            assert!(threads.read(read).await.unwrap().item.is_some());
        }
    });
}

#[test]
fn concurrent_readers_and_writers() {
    let medium = Medium::new();
    let threads = Threads::start(medium.open().unwrap()).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let threads = &threads;
            scope.spawn(move || {
                block_on(async {
                    for round in 0..50 {
                        let sk = format!("{writer}-{round}");
                        let written = threads.write(creates(&[&sk])).await.unwrap();
                        assert!(matches!(written[0].outcome, Outcome::Done));
                        let get = Get::new(&TABLE, "Thing", key("p", &sk));
                        let read =
                            move |store: &DiskStore| store.read(|view| eval::get(view, &get));
                        assert!(threads.read(read).await.unwrap().item.is_some());
                    }
                });
            });
        }
    });
    drop(threads);
    let store = medium.open().unwrap();
    assert_eq!(page(&store, &query(None, "p", SortKeys::All)).count, 400);
}

/// A write that panics.
struct Panics;

impl Writes for Panics {
    type Answer = ();

    fn table(&self) -> Option<&'static TableDef> {
        None
    }

    fn count(&self) -> usize {
        0
    }

    fn weight(&self) -> usize {
        0
    }

    fn perform(&self, _: &mut impl Batch, _: i64) -> Result<()> {
        panic!("on purpose")
    }
}

fn is_bug(error: &Error) {
    assert!(error.is_unavailable(), "{error:?}");
    assert!(error.to_string().contains("panicked: on purpose. This is a bug"), "{error}");
}

#[test]
fn a_panic_on_a_thread_of_the_store_is_an_error_for_the_caller() {
    let threads = Threads::start(MemoryStore::default()).unwrap();
    is_bug(&block_on(threads.read(|_| -> Result<()> { panic!("on purpose") })).unwrap_err());
    assert_eq!(block_on(threads.read(|_| Ok(1))).unwrap(), 1);
    is_bug(&block_on(threads.write(Panics)).unwrap_err());
    assert!(block_on(threads.write(creates(&["1"]))).is_ok());
}

#[test]
fn a_limited_number_of_readers_runs_all_reads() {
    let threads = Threads::start(MemoryStore::default()).unwrap();
    let running = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let slow = |number| {
        let running = running.clone();
        threads.read(move |_| {
            let now = running.0.fetch_add(1, Ordering::SeqCst) + 1;
            running.1.fetch_max(now, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(1));
            running.0.fetch_sub(1, Ordering::SeqCst);
            Ok(number)
        })
    };
    let mut reads: Vec<_> = (0..200).map(|number| Box::pin(slow(number))).collect();
    let mut context = Context::from_waker(Waker::noop());
    for read in &mut reads {
        // The first poll queues the read.
        let _ = read.as_mut().poll(&mut context);
    }
    for (number, read) in reads.into_iter().enumerate() {
        assert_eq!(block_on(read).unwrap(), number);
    }
    let cores = thread::available_parallelism().unwrap().get();
    let most = running.1.load(Ordering::SeqCst);
    assert!((2..=(2 * cores).min(16)).contains(&most), "{most}");
}

#[test]
fn a_queued_read_whose_future_is_dropped_does_not_run() {
    let threads = Threads::start(MemoryStore::default()).unwrap();
    let ran = Arc::new(AtomicUsize::new(0));
    let (go, wait) = mpsc::channel::<()>();
    let wait = Arc::new(Mutex::new(wait));
    let mut context = Context::from_waker(Waker::noop());
    // These reads keep all readers busy.
    let mut busy: Vec<_> = (0..Readers::count())
        .map(|_| {
            let wait = wait.clone();
            Box::pin(threads.read(move |_| {
                wait.lock().unwrap().recv().unwrap();
                Ok(())
            }))
        })
        .collect();
    for read in &mut busy {
        assert!(read.as_mut().poll(&mut context).is_pending());
    }
    let counted = ran.clone();
    let mut dropped = Box::pin(threads.read(move |_| Ok(counted.fetch_add(1, Ordering::SeqCst))));
    assert!(dropped.as_mut().poll(&mut context).is_pending());
    drop(dropped);
    busy.iter().for_each(|_| go.send(()).unwrap());
    busy.into_iter().for_each(|read| block_on(read).unwrap());
    block_on(threads.read(|_| Ok(()))).unwrap();
    drop(threads);
    assert_eq!(ran.load(Ordering::SeqCst), 0);
}

#[test]
fn dropping_the_threads_waits_for_reads_in_progress() {
    let medium = Medium::new();
    let threads = Threads::start(medium.open().unwrap()).unwrap();
    let (started, start) = mpsc::channel();
    let done = Arc::new(AtomicBool::new(false));
    let set = done.clone();
    let mut read = Box::pin(threads.read(move |_| {
        started.send(()).unwrap();
        thread::sleep(Duration::from_millis(50));
        set.store(true, Ordering::SeqCst);
        Ok(())
    }));
    assert!(read.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    start.recv().unwrap();
    drop(read);
    drop(threads);
    assert!(done.load(Ordering::SeqCst));
}

/// The waker of a task that holds the last handle. It drops the handle, and then sends the name of
/// the thread that it runs on.
struct Last {
    threads: Mutex<Option<Threads<Gate>>>,
    dropped: mpsc::Sender<String>,
}

impl Last {
    /// Returns the waker, and where the name of the thread arrives.
    fn new() -> (Arc<Self>, Receiver<String>) {
        let (dropped, receiver) = mpsc::channel();
        (Arc::new(Last { threads: Mutex::new(None), dropped }), receiver)
    }

    fn hold(&self, threads: Threads<Gate>) {
        *self.threads.lock().unwrap() = Some(threads);
    }
}

impl Wake for Last {
    fn wake(self: Arc<Self>) {
        drop(self.threads.lock().unwrap().take().unwrap());
        self.dropped.send(thread::current().name().unwrap().to_owned()).unwrap();
    }
}

const SOON: Duration = Duration::from_secs(60);

#[test]
fn the_writer_can_drop_the_last_handle() {
    let threads = Threads::start(Gate::default()).unwrap();
    let (last, dropped) = Last::new();
    let waker = Waker::from(last.clone());
    // The test keeps the store, so that it can hold its lock.
    let store = threads.store.clone();
    let held = store.closed.lock().unwrap();
    let mut write = pin!(threads.writer.send(creates(&["1"])));
    assert!(write.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    last.hold(threads);
    drop(held);
    assert_eq!(dropped.recv_timeout(SOON).unwrap(), "monotable-write");
    assert!(block_on(write).is_ok());
}

#[test]
fn a_reader_can_drop_the_last_handle() {
    let threads = Threads::start(Gate::default()).unwrap();
    let (last, dropped) = Last::new();
    let waker = Waker::from(last.clone());
    let (go, wait) = mpsc::channel::<()>();
    let (reply, answer) = oneshot::channel();
    threads.readers.run(move || {
        wait.recv().unwrap();
        reply.send(()).unwrap();
    });
    let mut answer = pin!(answer);
    assert!(answer.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    last.hold(threads);
    go.send(()).unwrap();
    assert!(dropped.recv_timeout(SOON).unwrap().starts_with("monotable-read-"));
}

#[test]
fn a_group_removes_more_than_it_adds() {
    let threads = Threads::start(Gate::default()).unwrap();
    let due = layout::due_until(i64::MAX);
    let reminders = || {
        threads.store.store.commit(|batch| Ok(batch.first_entries(&due, 10_000)?.len())).unwrap()
    };
    for round in 0..4 {
        let held = threads.store.closed.lock().unwrap();
        let before = threads.store.arrived.load(Ordering::SeqCst);
        let put = |sk: String| {
            // The item has expired already, so that the next commit may remove it.
            let attributes = [("pk", "p"), ("sk", sk.as_str()), ("_type", "Thing")];
            let mut fields = Map::new();
            fields.insert("_ttl", Value::Number(1_u64.into()));
            let item = Document::encode(&Keyed::new(&attributes, &fields)).unwrap();
            let put = Put::new(&EXPIRING, "Thing", key("p", &sk), item);
            threads.writer.send(vec![Write::put(put).unwrap()])
        };
        // The writer takes the first and waits. The others are committed together.
        let first = put(format!("{round} first"));
        threads.store.wait_for_one_more_than(before);
        let sent: Vec<_> = (0..100).map(|at| put(format!("{round} {at}"))).collect();
        drop(held);
        block_on(first).unwrap();
        sent.into_iter().for_each(|sent| drop(block_on(sent).unwrap()));
        // Everything that the group before has added is gone, but for a few items.
        assert!(reminders() <= 101, "round {round}: {}", reminders());
    }
}
