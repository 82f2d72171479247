//! `once`: who can end the work, after crashes, stops and lost answers.

use super::once::{count, counted, refused};
use super::{A_MINUTE, A_SECOND, AN_HOUR, Till, with_clock};
use monotable::coordination::{MARGIN, OnceError};
use monotable::prelude::*;
use monotable::testing::{Recorder, Request};
use monotable_tests::Store;
use monotable_tests::layer::{Fault, Faults, Layer};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;

/// Spawns a call whose work says that it has begun, and waits for its result.
macro_rules! frozen {
    ($till:ident, $key:literal, $going:ident, $end:ident) => {{
        let till = $till.clone();
        let work = async move || {
            $going.send(()).unwrap();
            $end.await.unwrap()
        };
        tokio::spawn(async move {
            till.once("count", $key, AN_HOUR).time_left(A_MINUTE).run(work).await
        })
    }};
}

pub async fn work_in_progress_is_told_and_taken_over<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let runs = AtomicU32::new(0);
    // A call that dies in its work.
    let (going, begun) = oneshot::channel();
    let (_never, end) = oneshot::channel::<Result<u32, String>>();
    let dead = frozen!(till, "a", going, end);
    begun.await.unwrap();
    let error = refused(counted(&till, "a", &runs).await);
    assert!(error.is_in_progress() && error.is_retryable(), "{error:?}");
    dead.abort();
    assert!(dead.await.unwrap_err().is_cancelled());
    clock.advance(A_MINUTE);
    assert!(refused(counted(&till, "a", &runs).await).is_in_progress());
    clock.advance(MARGIN + A_SECOND);
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    // A deadline in the past is no time, and no margin lets the next call begin at once.
    let none =
        || till.once("count", "b", AN_HOUR).time_left(Duration::ZERO).clock_margin(Duration::ZERO);
    assert_eq!(none().run(async || count(&runs).await).await.unwrap(), 2);
    assert_eq!(none().run(async || count(&runs).await).await.unwrap(), 2);
}

pub async fn a_frozen_call_undoes_nothing<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let runs = AtomicU32::new(10);
    for ends_with in [Ok(1), Err("declined".to_owned())] {
        let (going, begun) = oneshot::channel();
        let (thaw, end) = oneshot::channel::<Result<u32, String>>();
        let first = frozen!(till, "a", going, end);
        begun.await.unwrap();
        clock.advance(A_MINUTE + MARGIN + A_SECOND);
        let second = counted(&till, "a", &runs).await.unwrap();
        thaw.send(ends_with.clone()).unwrap();
        match (first.await.unwrap(), ends_with) {
            (Err(OnceError::NotRecorded { result: 1, error }), Ok(_)) => {
                assert!(error.is_conflict() && !error.is_retryable(), "{error:?}");
                assert!(error.to_string().contains("taken it over"), "{error}");
            }
            (Err(OnceError::Failed(_)), Err(_)) => {}
            (outcome, _) => panic!("{outcome:?}"),
        }
        assert_eq!(counted(&till, "a", &runs).await.unwrap(), second);
        clock.advance(AN_HOUR + A_SECOND);
    }
    // The second one is still at work, and the first one fails: nobody else begins.
    let (going, begun) = oneshot::channel();
    let (thaw, end) = oneshot::channel::<Result<u32, String>>();
    let first = frozen!(till, "b", going, end);
    begun.await.unwrap();
    clock.advance(A_MINUTE + MARGIN + A_SECOND);
    let (going, begun) = oneshot::channel();
    let (finish, end) = oneshot::channel::<Result<u32, String>>();
    let second = frozen!(till, "b", going, end);
    begun.await.unwrap();
    thaw.send(Err("late".to_owned())).unwrap();
    assert!(matches!(first.await.unwrap(), Err(OnceError::Failed(_))));
    assert!(refused(counted(&till, "b", &runs).await).is_in_progress());
    finish.send(Ok(7)).unwrap();
    assert_eq!(second.await.unwrap().unwrap(), 7);
    assert_eq!(counted(&till, "b", &runs).await.unwrap(), 7);
}

pub async fn lost_answers_of_calls_are_recognised<B: Store>(backend: B) {
    Till::on(backend.clone()).create_if_missing().await.unwrap();
    let runs = AtomicU32::new(0);
    let lost = [Fault::LostAnswer, Fault::Resent, Fault::Reset, Fault::Conflict, Fault::Throttled];
    for (number, fault) in lost.into_iter().enumerate() {
        // In the first request, in the second one, and twice in each of them.
        for (place, faults) in [
            vec![Some(fault)],
            vec![None, Some(fault)],
            vec![Some(fault), Some(fault), None, Some(fault), Some(fault)],
        ]
        .into_iter()
        .enumerate()
        {
            let faults = Faults::first(faults);
            let till = Till::on(Layer::new(faults.clone(), backend.clone()));
            let before = runs.load(Ordering::SeqCst);
            let done = counted(&till, &format!("{number}-{place}"), &runs).await.unwrap();
            assert_eq!((done, runs.load(Ordering::SeqCst)), (before + 1, before + 1));
            let calm = Till::on(backend.clone());
            let again = counted(&calm, &format!("{number}-{place}"), &runs).await.unwrap();
            assert_eq!(again, done);
            assert!(faults.log().calls.iter().flatten().count() > 0);
            // The delete of work that failed.
            let faults = Faults::first([None, Some(fault)]);
            let till = Till::on(Layer::new(faults, backend.clone()));
            let key = format!("{number}-{place}-failed");
            let failed = till.once("count", &key, AN_HOUR).run(async || Err::<u32, _>("no")).await;
            assert!(matches!(failed, Err(OnceError::Failed("no"))), "{failed:?}");
            assert_eq!(counted(&calm, &key, &runs).await.unwrap(), done + 1);
        }
    }
    // If no answer ever comes, the call says so, and does not do the work.
    let faults = Faults::new(&[Fault::Reset], 1).percent(100);
    let till = Till::on(Layer::new(faults, backend));
    let before = runs.load(Ordering::SeqCst);
    let error = refused(counted(&till, "never", &runs).await);
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(runs.load(Ordering::SeqCst), before);
}

/// A request that arrives a second time, long after its answer.
pub async fn a_late_duplicate_changes_nothing<B: Store>(backend: B) {
    let recorder = Recorder::new(backend.clone());
    let till = Till::on(recorder.clone());
    till.create_if_missing().await.unwrap();
    let runs = AtomicU32::new(0);
    recorder.take();
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    let requests = recorder.take();
    let puts = requests.iter().map(|call| match call.request() {
        Request::Put(put) => put.clone(),
        _ => panic!("{requests}"),
    });
    for put in puts.collect::<Vec<_>>() {
        backend.put(put).await.unwrap();
        assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    }
    // The delete of a call that failed, when another one is done.
    let failed = till.once("count", "b", AN_HOUR).run(async || Err::<u32, _>("no")).await;
    assert!(matches!(failed, Err(OnceError::Failed("no"))), "{failed:?}");
    let requests = recorder.take();
    let Request::Delete(delete) = requests[requests.len() - 1].request() else { panic!() };
    assert_eq!(counted(&till, "b", &runs).await.unwrap(), 2);
    backend.delete(delete.clone()).await.unwrap();
    assert_eq!(counted(&till, "b", &runs).await.unwrap(), 2);
}
