//! Leases: one holder, numbers that grow, and who is told.

use super::{A_MINUTE, Account, Till, account, with_clock};
use monotable::coordination::MARGIN;
use monotable::prelude::*;
use monotable::testing::{Recorder, Request};
use monotable_tests::Store;
use monotable_tests::layer::{Fault, Faults, Layer};
use std::time::Duration;

pub async fn one_holder_at_a_time<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let get = || till.lease("report", A_MINUTE).acquire();
    let mut first = get().await.unwrap().unwrap();
    assert!(get().await.unwrap().is_none());
    // Another name is another lease.
    assert_eq!(till.lease("backup", A_MINUTE).acquire().await.unwrap().unwrap().fence(), 1);
    clock.advance(A_MINUTE / 2);
    assert!(first.time_left() <= A_MINUTE / 2 && first.time_left() > A_MINUTE / 4);
    first.renew().await.unwrap();
    assert!(first.time_left() > A_MINUTE / 2);
    clock.advance(A_MINUTE);
    // Others wait for the margin, because their clocks may be fast.
    assert!(first.time_left().is_zero());
    assert!(get().await.unwrap().is_none());
    clock.advance(MARGIN);
    let second = get().await.unwrap().unwrap();
    assert_eq!((first.fence(), second.fence()), (1, 2));
    assert!(second.expires_at() > first.expires_at());
    second.release().await.unwrap();
    assert_eq!(get().await.unwrap().unwrap().fence(), 3);
}

pub async fn the_number_of_a_lease_only_grows<B: Store>(backend: B) {
    let till = Till::on(backend);
    for fence in 1..=5 {
        let lease = till.lease("report", A_MINUTE).acquire().await.unwrap().unwrap();
        assert_eq!(lease.fence(), fence);
        lease.release().await.unwrap();
    }
    let error = till.lease("report", Duration::ZERO).acquire().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    let error = till.lease("", A_MINUTE).acquire().await.unwrap_err();
    assert!(error.is_invalid_key(), "{error:?}");
    assert!(error.to_string().starts_with("Till::lease: "), "{error}");
}

pub async fn a_lost_lease_is_told<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let get = || till.lease("report", A_MINUTE).clock_margin(Duration::ZERO).acquire();
    let mut first = get().await.unwrap().unwrap();
    // Its time is over, and nobody has got it: it is still held.
    clock.advance(A_MINUTE);
    first.renew().await.unwrap();
    clock.advance(A_MINUTE);
    let second = get().await.unwrap().unwrap();
    let until = first.expires_at();
    let error = first.renew().await.unwrap_err();
    assert!(error.is_lease_lost() && !error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains("Till::lease: the lease `$lease#report"), "{error}");
    assert_eq!(first.expires_at(), until);
    assert!(first.release().await.unwrap_err().is_lease_lost());
    // The loser has changed nothing.
    assert!(get().await.unwrap().is_none());
    second.release().await.unwrap();
}

pub async fn one_of_many_gets_the_lease<B: Store>(backend: B) {
    let till = Till::on(backend);
    till.create_if_missing().await.unwrap();
    for fence in 1..=3 {
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let till = till.clone();
                tokio::spawn(async move { till.lease("report", A_MINUTE).acquire().await })
            })
            .collect();
        let mut held = Vec::new();
        for task in tasks {
            // A store may say that too many are at it.
            match task.await.unwrap() {
                Ok(lease) => held.extend(lease),
                Err(error) => assert!(error.is_retryable(), "{error:?}"),
            }
        }
        assert_eq!(held.len(), 1);
        let lease = held.pop().unwrap();
        assert_eq!(lease.fence(), fence);
        lease.release().await.unwrap();
    }
}

pub async fn lost_answers_of_leases_are_recognised<B: Store>(backend: B) {
    let calm = Till::on(backend.clone());
    calm.create_if_missing().await.unwrap();
    for (number, fault) in [Fault::LostAnswer, Fault::Resent, Fault::Reset].into_iter().enumerate()
    {
        let name = number.to_string();
        let faults = Faults::first([Some(fault), None, Some(fault), None, Some(fault)]);
        // A fault that is sent again by the client needs no second attempt.
        let faults = match fault {
            Fault::Resent => Faults::first([Some(fault), Some(fault), Some(fault)]),
            _ => faults,
        };
        let till = Till::on(Layer::new(faults, backend.clone()));
        let mut lease = till.lease(&name, A_MINUTE).acquire().await.unwrap().unwrap();
        assert_eq!(lease.fence(), 1);
        assert!(calm.lease(&name, A_MINUTE).acquire().await.unwrap().is_none());
        lease.renew().await.unwrap();
        lease.release().await.unwrap();
        assert_eq!(calm.lease(&name, A_MINUTE).acquire().await.unwrap().unwrap().fence(), 2);
    }
}

/// A request for a lease that arrives a second time, when others have had it since.
pub async fn a_late_duplicate_holds_nothing<B: Store>(backend: B) {
    let recorder = Recorder::new(backend.clone());
    let (till, clock) = with_clock(recorder.clone());
    account("1").create().send(&till).await.unwrap();
    recorder.take();
    let get = || till.lease("report", A_MINUTE).acquire();
    let mut first = get().await.unwrap().unwrap();
    let requests = recorder.take();
    let Request::Update(update) = requests[0].request() else { panic!("{requests}") };
    clock.advance(A_MINUTE + MARGIN);
    get().await.unwrap().unwrap().release().await.unwrap();
    // The name of the first holder is in the item again, with another number.
    backend.update(update.clone()).await.unwrap();
    assert!(first.renew().await.unwrap_err().is_lease_lost());
    assert!(first.release().await.unwrap_err().is_lease_lost());
    // Nobody holds it, and it ends like every lease.
    clock.advance(A_MINUTE + MARGIN);
    assert_eq!(get().await.unwrap().unwrap().fence(), 4);
}

/// The number of a lease as a condition on the item that is written, for which no transaction is needed.
pub async fn older_numbers_are_refused<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    account("1").create().send(&till).await.unwrap();
    let get = || till.lease("account", A_MINUTE).acquire();
    let write = async |fence: u64| {
        let update = Account::key("1").update().set(Account::FENCE, fence);
        update.increment(Account::BALANCE, 1).when(Account::FENCE.le(fence)).send(&till).await
    };
    let first = get().await.unwrap().unwrap();
    write(first.fence()).await.unwrap();
    clock.advance(A_MINUTE + MARGIN);
    let second = get().await.unwrap().unwrap();
    write(first.fence()).await.unwrap();
    write(second.fence()).await.unwrap();
    assert!(write(first.fence()).await.unwrap_err().is_condition_failed());
    write(second.fence()).await.unwrap();
    assert_eq!(Account::get("1").send(&till).await.unwrap().unwrap().balance, 4);
}
