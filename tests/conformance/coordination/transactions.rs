//! Records and checks of leases in transactions, across partitions and in one.

use super::{A_MINUTE, A_SECOND, AN_HOUR, Account, Till, account, payment, with_clock};
use monotable::coordination::{MARGIN, OnceError};
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable::{CrossPartitionTransactions, Error, Transactions};
use monotable_tests::Store;
use monotable_tests::layer::{Fault, Faults, Layer, OnePartition};
use std::sync::atomic::{AtomicU32, Ordering};

/// Tests of transactions, once for those of the table and once for those in a partition.
macro_rules! both {
    ($([$($bound:ident)+] $name:ident, $in_partition:ident: |$till:ident, $once:ident, $start:ident, $lease:ident, $backend:ident| $test:block)*) => {$(
        pub async fn $name<B: Store + CrossPartitionTransactions>($backend: B) {
            let $till = Till::on($backend.clone());
            #[allow(unused_macros)]
            macro_rules! $once { ($on:expr, $key:expr) => { $on.once("pay", $key, AN_HOUR) } }
            #[allow(unused_macros)]
            macro_rules! $start { ($on:expr) => { $on.transaction() } }
            #[allow(unused_macros)]
            macro_rules! $lease { ($on:expr) => { $on.lease("account", A_MINUTE) } }
            $test
        }

        pub async fn $in_partition<B: Store + Transactions>(backend: B) {
            let $backend = OnePartition(backend);
            let $till = Till::on($backend.clone());
            #[allow(unused_macros)]
            macro_rules! $once {
                ($on:expr, $key:expr) => { $on.once_in(Account::partition("1"), "pay", $key, AN_HOUR) }
            }
            #[allow(unused_macros)]
            macro_rules! $start { ($on:expr) => { $on.transaction_in(Account::partition("1")) } }
            #[allow(unused_macros)]
            macro_rules! $lease {
                ($on:expr) => { $on.lease_in(Account::partition("1"), "account", A_MINUTE) }
            }
            $test
        }
    )*};
}

async fn balance<B: monotable::Backend>(till: &Table<Till, B>) -> i64 {
    Account::get("1").consistent().send(till).await.unwrap().unwrap().balance
}

both! {
    [CrossPartitionTransactions] a_record_is_committed_with_its_writes,
    a_record_is_committed_with_writes_of_its_partition: |till, once, start, lease, backend| {
        account("1").create().send(&till).await.unwrap();
        let runs = AtomicU32::new(0);
        for _ in 0..3 {
            let done = once!(till, "a").in_transaction().run(async |writes| {
                let run = runs.fetch_add(1, Ordering::SeqCst);
                let pay = Account::key("1").update().increment(Account::BALANCE, 100);
                let writes = writes.add(pay).add(payment("1").create());
                Ok::<_, Error>((writes, format!("receipt {run}")))
            });
            assert_eq!(done.await.unwrap(), "receipt 0");
        }
        assert_eq!((runs.load(Ordering::SeqCst), balance(&till).await), (1, 100));
        // Without a transaction, the same record is found.
        let run = once!(till, "a").run(async || Ok::<String, Error>("no".into())).await.unwrap();
        assert_eq!(run, "receipt 0");
        // A transaction without writes is only the record.
        for result in [5, 6] {
            let empty = once!(till, "b").in_transaction();
            let done = empty.run(async |writes| Ok::<_, Error>((writes, result))).await;
            assert_eq!(done.unwrap(), 5);
        }
        let payload = |payload: &str| once!(till, "c").payload(payload).in_transaction();
        payload("x").run(async |writes| Ok::<_, Error>((writes, ()))).await.unwrap();
        match payload("y").run(async |writes| Ok::<_, Error>((writes, ()))).await {
            Err(OnceError::Request(error)) => assert!(error.is_payload_mismatch(), "{error:?}"),
            other => panic!("{other:?}"),
        }
    }

    [CrossPartitionTransactions] nothing_is_committed_without_the_other,
    nothing_of_a_partition_is_committed_without_the_other: |till, once, start, lease, backend| {
        account("1").create().send(&till).await.unwrap();
        payment("1").create().send(&till).await.unwrap();
        let pay = || Account::key("1").update().increment(Account::BALANCE, 100);
        // The work fails.
        let failed = once!(till, "a").in_transaction().run(async |writes| {
            let balance = balance(&till).await;
            if balance < 100 { Err("declined") } else { Ok((writes.add(pay()), ())) }
        });
        let failed = failed.await;
        assert!(matches!(failed, Err(OnceError::Failed("declined"))), "{failed:?}");
        // A write of the transaction is refused.
        let refused = once!(till, "a").in_transaction();
        let work = refused.run(async |writes| {
            Ok::<_, Error>((writes.add(payment("1").into_create()).add(pay()), ()))
        });
        match work.await {
            Err(OnceError::Request(error)) => {
                assert!(error.is_cancelled(), "{error:?}");
                assert_eq!(error.reasons().len(), 3);
                assert!(error.reasons()[0].as_ref().unwrap().is_condition_failed());
                assert!(error.reasons()[2].is_none());
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(balance(&till).await, 0);
        // The result is too large.
        let large = "x".repeat(B::LIMITS.item_bytes);
        let work = once!(till, "a").in_transaction();
        match work.run(async |writes| Ok::<_, Error>((writes.add(pay()), large))).await {
            Err(OnceError::Request(error)) => assert!(error.is_too_large(), "{error:?}"),
            other => panic!("{other:?}"),
        }
        assert_eq!(balance(&till).await, 0);
        let work = once!(till, "a").in_transaction();
        work.run(async |writes| Ok::<_, Error>((writes.add(pay()), ()))).await.unwrap();
        assert_eq!(balance(&till).await, 100);
    }

    [CrossPartitionTransactions] one_of_many_calls_commits,
    one_of_many_calls_commits_in_its_partition: |till, once, start, lease, backend| {
        account("1").create().send(&till).await.unwrap();
        let tasks: Vec<_> = (0..8).map(|number| {
            let till = till.clone();
            tokio::spawn(async move {
                loop {
                    let done = once!(till, "a").in_transaction().run(async |writes| {
                        let pay = Account::key("1").update().increment(Account::BALANCE, 100);
                        Ok::<_, Error>((writes.add(pay), number))
                    });
                    match done.await {
                        // Others are at the same items.
                        Err(OnceError::Request(error)) if error.is_retryable() => {}
                        done => return done.unwrap(),
                    }
                }
            })
        }).collect();
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.unwrap());
        }
        results.dedup();
        assert_eq!(results.len(), 1, "{results:?}");
        assert_eq!(balance(&till).await, 100);
    }

    [CrossPartitionTransactions] lost_answers_of_commits_are_recognised,
    lost_answers_of_commits_in_a_partition_are_recognised: |till, once, start, lease, backend| {
        account("1").create().send(&till).await.unwrap();
        let pay = || Account::key("1").update().increment(Account::BALANCE, 100);
        for (number, fault) in (1..).zip([Fault::LostAnswer, Fault::Resent, Fault::Reset, Fault::Conflict]) {
            let faults = Faults::first([None, Some(fault), (fault != Fault::Resent).then_some(fault)]);
            let faulty = Till::on(Layer::new(faults, backend.clone()));
            let work = once!(faulty, number).in_transaction();
            let done = work.run(async |writes| Ok::<_, Error>((writes.add(pay()), number))).await;
            assert_eq!(done.unwrap(), number);
            assert_eq!(balance(&till).await, 100 * number);
            let work = once!(till, number).in_transaction();
            let done = work.run(async |writes| Ok::<_, Error>((writes.add(pay()), 0))).await;
            assert_eq!(done.unwrap(), number);
            assert_eq!(balance(&till).await, 100 * number);
        }
    }

    [CrossPartitionTransactions] a_lost_lease_cancels,
    a_lost_lease_cancels_in_its_partition: |till, once, start, lease, backend| {
        account("1").create().send(&till).await.unwrap();
        let (till, clock) = with_clock(backend);
        let pay = || Account::key("1").update().increment(Account::BALANCE, 100);
        let first = lease!(till).acquire().await.unwrap().unwrap();
        start!(till).add(first.check()).add(pay()).send().await.unwrap();
        // Its time is over, but nobody has got it.
        clock.advance(A_MINUTE + MARGIN);
        start!(till).add(pay()).add(first.check()).send().await.unwrap();
        assert_eq!(balance(&till).await, 200);
        let second = lease!(till).acquire().await.unwrap().unwrap();
        let error = start!(till).add(pay()).add(first.check()).send().await.unwrap_err();
        assert!(error.is_cancelled() && error.is_lease_lost(), "{error:?}");
        assert!(error.reasons()[0].is_none() && error.reasons()[1].is_some(), "{error:?}");
        assert!(error.to_string().contains("request 1: Lease::check: the lease `"), "{error}");
        assert_eq!(balance(&till).await, 200);
        // With a record: the lease is checked in the same commit.
        let work = once!(till, "a").in_transaction();
        let done = work.run(async |writes| {
            Ok::<_, Error>((writes.add(second.check()).add(pay()), ()))
        });
        done.await.unwrap();
        let check = second.check();
        second.release().await.unwrap();
        let error = start!(till).add(pay()).add(check).send().await.unwrap_err();
        assert!(error.is_lease_lost(), "{error:?}");
        assert_eq!(balance(&till).await, 300);
        clock.advance(A_SECOND);
    }
}

pub async fn all_is_in_the_partition_of_the_transaction<B: Store + Transactions>(backend: B) {
    let recorder = Recorder::new(backend);
    let till = Till::on(OnePartition(recorder.clone()));
    till.create_if_missing().await.unwrap();
    let once = till.once_in(Account::partition("1"), "pay", "a", AN_HOUR).in_transaction();
    let other =
        once.run(async |writes| Ok::<_, Error>((writes.add(account("2").into_create()), ())));
    match other.await {
        Err(OnceError::Request(error)) => {
            assert!(error.is_invalid_request(), "{error:?}");
            assert!(error.to_string().contains("not in partition `ACCOUNT#1`"), "{error}");
        }
        done => panic!("{done:?}"),
    }
    let bad = till.once_in(Account::partition(""), "pay", "a", AN_HOUR).in_transaction();
    match bad.run(async |writes| Ok::<_, Error>((writes, ()))).await {
        Err(OnceError::Request(error)) => assert!(error.is_invalid_key(), "{error:?}"),
        done => panic!("{done:?}"),
    }
    assert_eq!(Account::get("2").send(&till).await.unwrap(), None);
    let elsewhere = till.lease_in(Account::partition("2"), "a", A_MINUTE).acquire().await.unwrap();
    let alone = till.lease("a", A_MINUTE).acquire().await.unwrap();
    recorder.take();
    let start = || till.transaction_in(Account::partition("1"));
    for writes in [start().add(elsewhere.unwrap().check()), start().add(alone.unwrap().check())] {
        let error = writes.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
        assert!(error.to_string().contains("not in partition `ACCOUNT#1`"), "{error}");
    }
    assert!(recorder.take().is_empty());
}
