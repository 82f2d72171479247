//! Group commit, reads beside it, and the end.

use super::*;
use crate::disk::DiskStore;
use crate::document::Document;
use crate::eval::{self, Write};
use crate::layout;
use crate::memory::MemoryStore;
use crate::store::Batch;
use crate::testing::{EXPIRING, Medium, TABLE, block_on, create, key, page, put, query};
use monotable_core::request::{Get, Outcome, Put, SortKeys, Written};
use monotable_core::value::{Map, Value};
use monotable_core::{Keyed, TableDef};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};
use std::time::Duration;

/// A store in memory whose commits can be held up, counted and made to fail.
#[derive(Default)]
struct Gate {
    store: MemoryStore,
    closed: Mutex<()>,
    commits: AtomicUsize,
    fails: AtomicBool,
}

impl Store for Gate {
    type View<'a> = <MemoryStore as Store>::View<'a>;
    type Batch<'a> = <MemoryStore as Store>::Batch<'a>;

    fn read<R>(&self, read: impl FnOnce(&Self::View<'_>) -> Result<R>) -> Result<R> {
        self.store.read(read)
    }

    fn commit<R>(&self, write: impl FnOnce(&mut Self::Batch<'_>) -> Result<R>) -> Result<R> {
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

/// Sends writes that all wait for the first of them, and gives what becomes of each.
fn together(threads: &Threads<Gate>, writes: &[&[&str]]) -> Vec<Result<Vec<bool>>> {
    let held = threads.store.closed.lock().unwrap();
    let before = threads.store.commits.load(Ordering::SeqCst);
    let first = threads.writer.send(creates(&["first"]));
    // The writer has it, and waits.
    std::thread::sleep(Duration::from_millis(50));
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
fn what_waits_is_committed_together_and_a_refusal_harms_no_neighbour() {
    let threads = Threads::start(Gate::default()).unwrap();
    let results = together(&threads, &[&["1"], &["2", "1"], &["1"], &["3"], &["2"]]);
    let results: Vec<_> = results.into_iter().map(|result| result.unwrap()).collect();
    assert_eq!(results, [vec![true], vec![true, false], vec![false], vec![true], vec![true]]);
    let all = page(&threads.store.store, &query(None, "p", SortKeys::All));
    assert_eq!(all.count, 4);
}

#[test]
fn a_commit_that_fails_fails_for_all_in_it_and_the_next_may_succeed() {
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
fn what_was_sent_is_done_although_nobody_waits() {
    let medium = Medium::new();
    let threads = Threads::start(medium.open().unwrap()).unwrap();
    drop(threads.writer.send(creates(&["1"])));
    drop(threads);
    let store = medium.open().unwrap();
    assert_eq!(page(&store, &query(None, "p", SortKeys::All)).count, 1);
}

#[test]
fn reads_see_what_was_acknowledged() {
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
fn many_readers_and_writers_at_once() {
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
fn a_panic_on_a_thread_of_ours_is_an_error_to_the_caller() {
    let threads = Threads::start(MemoryStore::default()).unwrap();
    is_bug(&block_on(threads.read(|_| -> Result<()> { panic!("on purpose") })).unwrap_err());
    assert_eq!(block_on(threads.read(|_| Ok(1))).unwrap(), 1);
    is_bug(&block_on(threads.write(Panics)).unwrap_err());
    assert!(block_on(threads.write(creates(&["1"]))).is_ok());
}

#[test]
fn readers_have_a_limit_and_do_all_the_work() {
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
        // Sends it.
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
fn a_read_that_nobody_waits_for_is_left_out() {
    let threads = Threads::start(MemoryStore::default()).unwrap();
    let ran = Arc::new(AtomicUsize::new(0));
    let (go, wait) = mpsc::channel::<()>();
    let wait = Arc::new(Mutex::new(wait));
    let mut context = Context::from_waker(Waker::noop());
    // Keeps all readers busy.
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
fn dropping_the_threads_waits_for_reads_under_way() {
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

/// The waker of a task that holds the last handle.
struct Last(Mutex<Option<Threads<MemoryStore>>>, mpsc::SyncSender<()>);

impl Wake for Last {
    fn wake(self: Arc<Self>) {
        drop(self.0.lock().unwrap().take());
        self.1.send(()).unwrap();
    }
}

#[test]
fn the_last_handle_may_be_dropped_by_a_thread_of_the_store() {
    for on_writer in [true, false] {
        let (sender, dropped) = mpsc::sync_channel(1);
        let threads = Threads::start(MemoryStore::default()).unwrap();
        let last = Arc::new(Last(Mutex::new(None), sender));
        let waker = Waker::from(last.clone());
        let (go, wait) = mpsc::channel::<()>();
        let mut context = Context::from_waker(&waker);
        if on_writer {
            let mut write = pin!(threads.writer.send(creates(&["1"])));
            // If it is done already there is nothing to be woken for.
            let pending = write.as_mut().poll(&mut context).is_pending();
            *last.0.lock().unwrap() = Some(threads);
            if pending {
                let _ = dropped.recv_timeout(Duration::from_secs(5));
            }
        } else {
            let (reply, answer) = oneshot::channel();
            let job = move || {
                let _ = wait.recv();
                reply.send(()).unwrap();
            };
            threads.readers.run(job);
            let mut answer = pin!(answer);
            assert!(answer.as_mut().poll(&mut context).is_pending());
            *last.0.lock().unwrap() = Some(threads);
            go.send(()).unwrap();
            dropped.recv_timeout(Duration::from_secs(5)).unwrap();
        }
    }
}

#[test]
fn a_group_clears_away_more_than_it_adds() {
    let threads = Threads::start(Gate::default()).unwrap();
    let due = layout::due_until(i64::MAX);
    let reminders = || {
        threads.store.store.commit(|batch| Ok(batch.first_entries(&due, 10_000)?.len())).unwrap()
    };
    for round in 0..4 {
        let held = threads.store.closed.lock().unwrap();
        let put = |sk: String| {
            // Past its time already, so that the next commit may take it.
            let attributes = [("pk", "p"), ("sk", sk.as_str()), ("_type", "Thing")];
            let mut fields = Map::new();
            fields.insert("_ttl", Value::Number(1_u64.into()));
            let item = Document::encode(&Keyed::new(&attributes, &fields)).unwrap();
            let put = Put::new(&EXPIRING, "Thing", key("p", &sk), item);
            threads.writer.send(vec![Write::put(put).unwrap()])
        };
        // The writer takes the first and waits; the others come together.
        let first = put(format!("{round} first"));
        std::thread::sleep(Duration::from_millis(50));
        let sent: Vec<_> = (0..100).map(|at| put(format!("{round} {at}"))).collect();
        drop(held);
        block_on(first).unwrap();
        sent.into_iter().for_each(|sent| drop(block_on(sent).unwrap()));
        // All of the group before, but for the few that a single write leaves.
        assert!(reminders() <= 101, "round {round}: {}", reminders());
    }
}
