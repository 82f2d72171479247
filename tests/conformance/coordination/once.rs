//! `once`: what repeated calls get.

use super::{A_MINUTE, A_SECOND, AN_HOUR, Account, Till, account, payment, with_clock};
use crate::coordination::Payment;
use monotable::coordination::OnceError;
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable::{Backend, Error};
use monotable_tests::Store;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(super) type Outcome<T> = Result<T, OnceError<T, String>>;

/// Work that counts how often it is done, and returns the number.
pub(super) async fn count(runs: &AtomicU32) -> Result<u32, String> {
    Ok(runs.fetch_add(1, Ordering::SeqCst) + 1)
}

pub(super) async fn counted<B: Backend>(
    till: &Table<Till, B>,
    key: &str,
    runs: &AtomicU32,
) -> Outcome<u32> {
    till.once("count", key, AN_HOUR).run(async || count(runs).await).await
}

#[track_caller]
pub(super) fn refused<T: Debug, X: Debug>(outcome: Result<T, OnceError<T, X>>) -> Error {
    match outcome {
        Err(OnceError::Request(error)) => error,
        other => panic!("{other:?}"),
    }
}

pub async fn the_first_result_is_returned<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let till = Till::on(recorder.clone());
    till.create_if_missing().await.unwrap();
    recorder.take();
    let runs = AtomicU32::new(0);
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    assert_eq!(recorder.take().len(), 2);
    for _ in 0..3 {
        assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
        assert_eq!(recorder.take().len(), 1);
    }
    assert_eq!(counted(&till, "b", &runs).await.unwrap(), 2);
    // Another name is other work.
    let other = till.once("other", "a", AN_HOUR).run(async || count(&runs).await).await;
    assert_eq!(other.unwrap(), 3);
    let text = format!(
        "{}",
        till.once("count", "a", AN_HOUR).run(async || Err::<u32, _>("no")).await.unwrap()
    );
    assert_eq!(text, "1");
}

pub async fn calls_can_be_spawned<B: Store>(backend: B) {
    let till = Till::on(backend);
    let task = tokio::spawn(async move {
        // A result that is not `Sync`.
        let result =
            till.once("spawn", 1, AN_HOUR).run(async || Ok::<_, Error>(std::cell::Cell::new(5)));
        let once = result.await.map_err(Error::from)?.get();
        let lease = till.lease("spawn", A_MINUTE).acquire().await?;
        let rate = till.rate_limit("spawn", 1, 1, A_MINUTE).take(1).await?;
        Ok::<_, Error>((once, lease.is_some(), rate.is_allowed()))
    });
    assert_eq!(task.await.unwrap().unwrap(), (5, true, true));
}

pub async fn failed_work_leaves_no_record<B: Store>(backend: B) {
    let till = Till::on(backend);
    let runs = AtomicU32::new(0);
    for _ in 0..2 {
        let failed = till.once("count", "a", AN_HOUR).run(async || Err::<u32, _>("declined")).await;
        assert!(matches!(failed, Err(OnceError::Failed("declined"))), "{failed:?}");
    }
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
}

pub async fn another_payload_is_refused<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let with = async |payload: &[(&str, u32)], result: u32| -> Outcome<u32> {
        let payload: BTreeMap<_, _> = payload.iter().copied().collect();
        till.once("pay", "a", AN_HOUR).payload(&payload).run(async || Ok(result)).await
    };
    assert_eq!(with(&[("total", 1), ("tip", 2)], 1).await.unwrap(), 1);
    assert_eq!(with(&[("tip", 2), ("total", 1)], 2).await.unwrap(), 1);
    let error = refused(with(&[("total", 2), ("tip", 1)], 3).await);
    assert!(error.is_payload_mismatch() && !error.is_retryable(), "{error:?}");
    assert!(error.to_string().contains("Till::once"), "{error}");
    // Without a payload, nothing is compared: a program can begin to give one.
    let without: Outcome<u32> = till.once("pay", "a", AN_HOUR).run(async || Ok(4)).await;
    assert_eq!(without.unwrap(), 1);
    clock.advance(AN_HOUR + A_SECOND);
    assert_eq!(with(&[("total", 2)], 5).await.unwrap(), 5);
}

pub async fn a_result_lasts_for_its_time<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let runs = AtomicU32::new(0);
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    clock.advance(AN_HOUR - A_MINUTE);
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 1);
    clock.advance(A_MINUTE + A_SECOND);
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 2);
    let none = till.once("count", "a", Duration::ZERO).run(async || count(&runs).await).await;
    assert!(refused(none).is_invalid_request());
    let ever = till.once("count", "b", Duration::MAX).run(async || Ok::<_, String>(1)).await;
    // The work is done by then, so its result is not lost.
    assert!(
        matches!(&ever, Err(OnceError::NotRecorded { result: 1, error }) if error.is_encode()),
        "{ever:?}"
    );
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Receipt {
    Free,
    Paid { cents: u64, lines: Vec<Option<String>> },
}

pub async fn results_of_any_type<B: Store>(backend: B) {
    let till = Till::on(backend);
    async fn keeps<B, T>(till: &Table<Till, B>, key: &str, result: T)
    where
        B: Backend,
        T: Serialize + DeserializeOwned + Clone + PartialEq + Debug,
    {
        for _ in 0..2 {
            let once = till.once("type", key, AN_HOUR);
            let kept = once.run(async || Ok::<_, String>(result.clone())).await;
            assert_eq!(kept.unwrap(), result);
        }
    }
    keeps(&till, "unit", ()).await;
    keeps(&till, "none", None::<String>).await;
    keeps(&till, "some", Some(Some("x".to_owned()))).await;
    keeps(&till, "text", String::new()).await;
    keeps(&till, "integer", B::TRAITS.greatest_integer - 1).await;
    keeps(&till, "float", 0.1_f64).await;
    keeps(&till, "list", Vec::<u8>::new()).await;
    keeps(&till, "unit variant", Receipt::Free).await;
    let lines = vec![None, Some("tip".to_owned())];
    keeps(&till, "variant", Receipt::Paid { cents: 5, lines }).await;
    keeps(&till, "map", BTreeMap::from([("a".to_owned(), 1)])).await;
    keeps(&till, "entity", payment("1")).await;
    let other = till.once("type", "text", AN_HOUR).run(async || Ok::<u32, String>(1)).await;
    let error = refused(other);
    assert!(error.is_decode(), "{error:?}");
    assert!(error.to_string().contains("cannot be read as the type"), "{error}");
}

pub async fn results_that_cannot_be_stored<B: Store>(backend: B) {
    let (till, clock) = with_clock(backend);
    let large = "x".repeat(B::LIMITS.item_bytes);
    let run = async |key: &str| -> Outcome<String> {
        till.once("large", key, AN_HOUR).run(async || Ok(large.clone())).await
    };
    match run("a").await {
        Err(OnceError::NotRecorded { result, error }) => {
            assert_eq!(result, large);
            assert!(error.is_too_large(), "{error:?}");
            let text = error.to_string();
            assert!(text.contains("return less from the work") && text.len() < 300, "{text}");
        }
        other => panic!("{other:?}"),
    }
    // It is done, and is not done again.
    let error = refused(run("a").await);
    assert!(error.is_result_not_stored() && !error.is_retryable(), "{error:?}");
    clock.advance(AN_HOUR + A_SECOND);
    assert!(matches!(run("a").await, Err(OnceError::NotRecorded { .. })));
    let nan: Outcome<f64> = till.once("nan", "a", AN_HOUR).run(async || Ok(f64::NAN)).await;
    assert!(
        matches!(&nan, Err(OnceError::NotRecorded { error, .. }) if error.is_encode()),
        "{nan:?}"
    );
    let nan: Outcome<f64> = till.once("nan", "a", AN_HOUR).run(async || Ok(1.0)).await;
    assert!(refused(nan).is_result_not_stored());
    let nan: Outcome<f64> =
        till.once("nan", "b", AN_HOUR).payload(&f64::NAN).run(async || Ok(1.0)).await;
    assert!(refused(nan).is_encode());
}

pub async fn keys_of_any_text<B: Store>(backend: B) {
    let till = Till::on(backend);
    let runs = AtomicU32::new(0);
    let run = async |work: &str, key: &str| -> Outcome<u32> {
        till.once(work, key, AN_HOUR).run(async || count(&runs).await).await
    };
    let keys = [
        ("a", "b#c"),
        ("a#b", "c"),
        ("a", "b"),
        ("b", "a"),
        ("$once", "$once#"),
        ("ACCOUNT#1", "ACCOUNT"),
        ("ä", "\u{1F980} \n"),
        ("a", "%23"),
    ];
    for (number, (work, key)) in (1..).zip(keys) {
        assert_eq!(run(work, key).await.unwrap(), number, "{work} {key}");
    }
    for (number, (work, key)) in (1..).zip(keys) {
        assert_eq!(run(work, key).await.unwrap(), number, "{work} {key}");
    }
    for (work, key) in [("", "a"), ("a", ""), ("a", &*"x".repeat(2048))] {
        let error = refused(run(work, key).await);
        assert!(error.is_invalid_key(), "{error:?}");
        assert!(error.to_string().starts_with("Till::once: "), "{error}");
    }
    assert_eq!(runs.load(Ordering::SeqCst), keys.len() as u32);
}

#[derive(Debug, Table)]
#[table(encoding = "raw", coordination)]
enum RawTill {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = RawTill, pk = "{id}", sk = "NOTE")]
struct Note {
    id: String,
}

pub async fn records_of_a_table_with_raw_keys<B: Store>(backend: B) {
    let till = RawTill::on(backend);
    // An item in the partition of a record.
    Note { id: "$once#a#b".into() }.create().send(&till).await.unwrap_err();
    Note { id: "$once".into() }.create().send(&till).await.unwrap();
    let runs = AtomicU32::new(0);
    for _ in 0..2 {
        let done = till.once("ä", "$once", AN_HOUR).run(async || count(&runs).await).await;
        assert_eq!(done.unwrap(), 1);
    }
    let note = || Note::partition("$once");
    let done = till.once_in(note(), "a", "b", AN_HOUR).run(async || count(&runs).await).await;
    assert_eq!(done.unwrap(), 2);
    assert_eq!(note().count(&till).await.unwrap(), 1);
    assert!(till.lease("$once", AN_HOUR).acquire().await.unwrap().is_some());
    // A raw text has no separator.
    let error = refused(till.once("a", "b#c", AN_HOUR).run(async || count(&runs).await).await);
    assert!(error.is_invalid_key(), "{error:?}");
}

/// Records and leases in a partition of entities are not among them.
pub async fn records_are_no_items<B: Store>(backend: B) {
    let till = Till::on(backend);
    account("1").create().send(&till).await.unwrap();
    payment("1").create().send(&till).await.unwrap();
    let runs = AtomicU32::new(0);
    let partition = || Account::partition("1");
    let once = || till.once_in(partition(), "count", "a", AN_HOUR);
    assert_eq!(once().run(async || count(&runs).await).await.unwrap(), 1);
    let lease = till.lease_in(partition(), "batch", AN_HOUR).acquire().await.unwrap().unwrap();
    let items = [Till::Account(account("1")), Till::Payment(payment("1"))];
    assert_eq!(partition().query().all(&till).await.unwrap(), items);
    assert_eq!(partition().query().descending().limit(2).all(&till).await.unwrap().len(), 2);
    assert_eq!(partition().count(&till).await.unwrap(), 2);
    assert_eq!(partition().query().begins_with("$").count(&till).await.unwrap(), 0);
    assert_eq!(Payment::by_account("1").all(&till).await.unwrap(), [payment("1")]);
    // Another spelling of the partition is the same one.
    let same = till.once_in(payment("1").primary_key().partition(), "count", "a", AN_HOUR);
    assert_eq!(same.run(async || count(&runs).await).await.unwrap(), 1);
    // A record in a partition of its own is another one.
    assert_eq!(counted(&till, "a", &runs).await.unwrap(), 2);
    let report = partition().delete_all().send(&till).await.unwrap();
    assert_eq!(report.deleted, 2);
    assert_eq!(once().run(async || count(&runs).await).await.unwrap(), 1);
    assert!(till.lease_in(partition(), "batch", AN_HOUR).acquire().await.unwrap().is_none());
    lease.release().await.unwrap();
    let bad = till.once_in(Account::partition(""), "count", "a", AN_HOUR);
    assert!(refused(bad.run(async || count(&runs).await).await).is_invalid_key());
}
