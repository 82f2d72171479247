//! Each test has a static of its own, as a program has.

use super::*;
use crate::error::Kind;
use futures_executor::{LocalPool, block_on};
use futures_util::future::{join_all, poll_immediate};
use futures_util::task::LocalSpawnExt as _;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::Poll;

/// Lets the others run once.
async fn pause() {
    let mut again = true;
    std::future::poll_fn(|context| {
        if std::mem::take(&mut again) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

fn failure() -> Error {
    Error::new(Kind::Unavailable, "the store cannot be reached")
}

#[test]
fn concurrent_first_calls_connect_once_and_later_ones_do_not() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<usize> = Warm::new(|| {
        Box::pin(async {
            pause().await;
            Ok(CONNECTS.fetch_add(1, SeqCst))
        })
    });
    assert_eq!(CONNECTS.load(SeqCst), 0);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn(|| {
                let calls = (0..16).map(|_| WARM.get());
                block_on(join_all(calls))
            })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap().iter().all(|got| matches!(got, Ok(0))));
    }
    assert_eq!(block_on(WARM.get()).unwrap(), 0);
    assert_eq!(CONNECTS.load(SeqCst), 1);
}

#[test]
fn a_failure_is_the_answer_of_all_that_waited_and_is_tried_again() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<usize> = Warm::new(|| {
        Box::pin(async {
            let connect = CONNECTS.fetch_add(1, SeqCst);
            pause().await;
            if connect < 2 { Err(failure()) } else { Ok(connect) }
        })
    });
    for connects in 1..=2 {
        let answers = block_on(join_all((0..16).map(|_| WARM.get())));
        assert!(answers.iter().all(|it| it.as_ref().is_err_and(Error::is_unavailable)));
        assert_eq!(CONNECTS.load(SeqCst), connects);
    }
    assert_eq!(block_on(WARM.get()).unwrap(), 2);
}

#[test]
fn a_call_that_comes_after_a_failure_does_not_get_it() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<usize> = Warm::new(|| {
        Box::pin(async {
            let connect = CONNECTS.fetch_add(1, SeqCst);
            pause().await;
            if connect == 0 { Err(failure()) } else { Ok(connect) }
        })
    });
    let mut pool = LocalPool::new();
    pool.spawner()
        .spawn_local(async {
            let mut second = Box::pin(WARM.get());
            let first = WARM.get();
            assert!(first.await.is_err());
            // It was made before the failure, but it is polled now.
            assert!(second.as_mut().await.is_ok());
        })
        .unwrap();
    pool.run();
    assert_eq!(CONNECTS.load(SeqCst), 2);
}

#[test]
fn a_cancelled_first_call_leaves_the_turn_to_the_next() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<usize> = Warm::new(|| {
        Box::pin(async {
            match CONNECTS.fetch_add(1, SeqCst) {
                0 => std::future::pending().await,
                connect => Ok(connect),
            }
        })
    });
    let mut first = Box::pin(WARM.get());
    let mut waiting = Box::pin(WARM.get());
    assert!(block_on(poll_immediate(&mut first)).is_none());
    assert!(block_on(poll_immediate(&mut waiting)).is_none());
    drop(first);
    assert_eq!(block_on(waiting).unwrap(), 1);
    assert_eq!(block_on(WARM.get()).unwrap(), 1);
}

#[test]
fn a_connect_that_panics_leaves_the_turn_to_the_next() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<usize> = Warm::new(|| {
        Box::pin(async {
            let connect = CONNECTS.fetch_add(1, SeqCst);
            assert_ne!(connect, 0, "the first one panics");
            Ok(connect)
        })
    });
    assert!(std::thread::spawn(|| block_on(WARM.get())).join().is_err());
    assert_eq!(block_on(WARM.get()).unwrap(), 1);
}

#[test]
fn after_a_reset_the_next_call_connects_and_handles_that_are_in_use_stay() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<std::sync::Arc<usize>> =
        Warm::new(|| Box::pin(async { Ok(CONNECTS.fetch_add(1, SeqCst).into()) }));
    WARM.reset();
    let in_use = block_on(WARM.get()).unwrap();
    assert_eq!(std::sync::Arc::strong_count(&in_use), 2);
    WARM.reset();
    assert_eq!((*in_use, std::sync::Arc::strong_count(&in_use)), (0, 1));
    assert_eq!(*block_on(WARM.get()).unwrap(), 1);
    assert_eq!(*block_on(WARM.get()).unwrap(), 1);
}

#[test]
fn what_was_begun_before_a_reset_is_made_again() {
    static CONNECTS: AtomicUsize = AtomicUsize::new(0);
    static WARM: Warm<usize> = Warm::new(|| {
        Box::pin(async {
            let connect = CONNECTS.fetch_add(1, SeqCst);
            pause().await;
            Ok(connect)
        })
    });
    let mut call = Box::pin(WARM.get());
    assert!(block_on(poll_immediate(&mut call)).is_none());
    WARM.reset();
    assert_eq!(block_on(call).unwrap(), 1);
    assert_eq!(block_on(WARM.get()).unwrap(), 1);
    assert_eq!(format!("{WARM:?}"), "Warm { connected: true }");
}
