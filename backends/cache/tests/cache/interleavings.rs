//! The steps of readers and writers in every order, with the scripts on a server. The layer in the process has the same
//! test beside its code.

use crate::support::server::{self, Kind};
use futures_util::StreamExt as _;
use monotable::cache::{Found, Lease, Redis, SharedStore, StoredEntry, Wrote};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(600);

/// How the cache is told of a write.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Removes,
    WritesThrough,
    ByEvent,
    Naive,
}

fn text(version: u64) -> String {
    format!("{version:020}")
}

fn entry<'a>(version: &'a str, data: &'a [u8]) -> StoredEntry<'a> {
    StoredEntry { form: "a", version, data, ttl: LONG }
}

#[derive(Clone)]
enum Reader {
    New,
    Leads,
    Read(Option<u64>),
    Done,
}

/// Two readers of three steps, and two writers of two, in one order. Returns whether what is kept at the end is old.
/// The first writer to write the table writes version 2, and the second one version 3, or the second deletes the item.
async fn is_stale(
    redis: &Redis<impl redis::aio::ConnectionLike + Clone + Send + Sync + 'static>,
    run: usize,
    order: &[usize],
    how: How,
    deletes: bool,
) -> bool {
    let key = format!("run {run}");
    let (mut stored, mut next) = (Some(1), 2);
    let mut readers = [Reader::New, Reader::New];
    let mut wrote: [Option<(Option<u64>, Option<u64>)>; 2] = [None, None];
    for task in order {
        if let Some(reader) = readers.get_mut(*task) {
            let token = format!("{task}");
            *reader = match reader.clone() {
                Reader::New => {
                    let lease = Lease { token: &token, lasts: LONG };
                    match redis.get(&key, "a", Some(lease)).await.unwrap() {
                        Found::Leased => Reader::Leads,
                        // Naively, a reader fills whatever it finds.
                        Found::Busy(_) if how == How::Naive => Reader::Leads,
                        _ => Reader::Done,
                    }
                }
                Reader::Leads => Reader::Read(stored),
                Reader::Read(read) => {
                    let version = read.map(text).unwrap_or_default();
                    let data: &[u8] = if read.is_some() { b"x" } else { b"" };
                    if how == How::Naive {
                        // As a `SET` does it: whatever is there.
                        redis.wrote(&key, Wrote::Something).await.unwrap();
                        redis
                            .get(&key, "a", Some(Lease { token: &token, lasts: LONG }))
                            .await
                            .unwrap();
                    }
                    redis.fill(&key, &token, entry(&version, data)).await.unwrap();
                    Reader::Done
                }
                Reader::Done => Reader::Done,
            };
            continue;
        }
        let writer = &mut wrote[task - 2];
        match *writer {
            None => {
                let before = stored;
                stored = (!(deletes && next == 3)).then_some(next);
                next += 1;
                *writer = Some((before, stored));
            }
            Some((before, new)) => {
                let before = before.map(text).unwrap_or_default();
                let version = new.map(text).unwrap_or_default();
                let wrote = match (how, new) {
                    (How::WritesThrough, Some(_)) => {
                        Wrote::This { entry: entry(&version, b"x"), replaced: &before }
                    }
                    (How::ByEvent, Some(_)) => Wrote::Before(&version),
                    _ => Wrote::Something,
                };
                redis.wrote(&key, wrote).await.unwrap();
            }
        }
    }
    match redis.get(&key, "a", None).await.unwrap() {
        Found::Entry { version, data, .. } => {
            let kept = data.map(|_| version);
            kept != stored.map(text)
        }
        _ => false,
    }
}

fn orders() -> Vec<Vec<usize>> {
    fn go(left: &mut [usize; 4], order: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if *left == [0; 4] {
            all.push(order.clone());
        }
        for task in 0..4 {
            if left[task] > 0 {
                left[task] -= 1;
                order.push(task);
                go(left, order, all);
                order.pop();
                left[task] += 1;
            }
        }
    }
    let mut all = Vec::new();
    go(&mut [3, 3, 2, 2], &mut Vec::new(), &mut all);
    all
}

/// How many of the orders, each `step`th of which is taken, end with an old entry. Many run at the same time, each with a
/// key of its own.
async fn stale(how: How, deletes: bool, step: usize) -> (usize, usize) {
    let Some(server) = server::start(Kind::Plain).await else { return (usize::MAX, 0) };
    let redis = Redis::new(server.connect().await);
    let orders: Vec<_> = orders().into_iter().step_by(step).collect();
    let runs =
        orders.iter().enumerate().map(|(run, order)| is_stale(&redis, run, order, how, deletes));
    let stale = futures_util::stream::iter(runs).buffer_unordered(200);
    let stale = stale.fold(0, async |sum, stale| sum + usize::from(stale)).await;
    (stale, orders.len())
}

macro_rules! never {
    ($($name:ident: $how:ident, $deletes:literal, $step:literal;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let (stale, all) = stale(How::$how, $deletes, $step).await;
            if all > 0 {
                assert_eq!((stale, all), (0, 25_200_usize.div_ceil($step)));
            }
        }
    )*};
}

never! {
    two_updates_that_remove: Removes, false, 1;
    two_updates_that_write_through: WritesThrough, false, 1;
    two_updates_by_event: ByEvent, false, 4;
    an_update_and_a_delete_that_remove: Removes, true, 4;
    an_update_and_a_delete_that_write_through: WritesThrough, true, 4;
}

#[tokio::test]
async fn a_naive_cache_is_caught() {
    let (stale, all) = stale(How::Naive, false, 10).await;
    assert!(all == 0 || stale > all / 100, "{stale} of {all}");
}
