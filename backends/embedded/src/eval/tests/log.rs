//! Tests of the log of changes with times of the tests' own.

use crate::eval::{self, Switch, Write};
use crate::log::Retention;
use crate::store::{LogView as _, Store};
use crate::testing::{create, delete, put};
use std::time::Duration;

mod each {
    crate::testing::on_each_store! {
        records_are_removed_when_they_are_too_old
        a_commit_removes_more_than_it_adds
        a_request_that_fails_leaves_no_record
        a_store_without_a_log_has_no_records
    }
}

fn switch_on(store: &impl Store, retention: Retention) {
    eval::commit(store, &Switch { retention: Some(retention), id: 7 }, 0).unwrap();
}

fn write(store: &impl Store, sk: usize, now: i64) {
    let write = Write::put(put("p", &sk.to_string(), &[("time", &now.to_string())])).unwrap();
    eval::commit(store, &vec![write], now).unwrap();
}

/// Returns the numbers and times in the log.
fn recorded(store: &impl Store) -> Vec<(u64, i64)> {
    store
        .read_log(|log| {
            let records = log.records(0)?;
            records.map(|record| record.map(|(number, record)| (number, record.time))).collect()
        })
        .unwrap()
}

fn records_are_removed_when_they_are_too_old(store: impl Store) {
    switch_on(&store, Retention::default().for_time(Duration::from_secs(60)));
    for (sk, now) in [100, 110, 160, 161, 170].into_iter().enumerate() {
        write(&store, sk, now);
    }
    assert_eq!(recorded(&store), [(2, 110), (3, 160), (4, 161), (5, 170)]);
    // The last record is kept however old it is, so that the next number is known.
    write(&store, 9, 10_000);
    assert_eq!(recorded(&store), [(5, 170), (6, 10_000)]);
    write(&store, 9, 20_000);
    assert_eq!(recorded(&store), [(6, 10_000), (7, 20_000)]);
}

fn a_commit_removes_more_than_it_adds(store: impl Store) {
    switch_on(&store, Retention::default().up_to(1_000));
    for round in 0..3 {
        let writes = (0..400).map(|sk: usize| {
            let put = put("p", &sk.to_string(), &[("round", &round.to_string())]);
            Write::put(put).unwrap()
        });
        eval::commit(&store, &writes.collect::<Vec<_>>(), 0).unwrap();
    }
    switch_on(&store, Retention::default().up_to(10));
    let mut counts = vec![recorded(&store).len()];
    while counts.len() < 25 {
        write(&store, 0, counts.len() as i64);
        counts.push(recorded(&store).len());
    }
    assert_eq!((counts[0], counts[1], counts[2]), (1200, 1137, 1074));
    assert_eq!(counts[24], 11);
}

fn a_request_that_fails_leaves_no_record(store: impl Store) {
    switch_on(&store, Retention::default());
    write(&store, 1, 5);
    let refused = || Write::put(create("p", "1", &[])).unwrap();
    eval::commit(&store, &vec![refused()], 6).unwrap();
    // One of several writes is refused, so none is made.
    let mixed =
        vec![Write::put(put("p", "2", &[])).unwrap(), refused(), Write::delete(delete("p", "3"))];
    eval::commit(&store, &mixed, 6).unwrap();
    assert_eq!(recorded(&store), [(1, 5)]);
    write(&store, 2, 7);
    assert_eq!(recorded(&store), [(1, 5), (2, 7)]);
}

fn a_store_without_a_log_has_no_records(store: impl Store) {
    write(&store, 1, 5);
    assert!(recorded(&store).is_empty());
    let (settings, last) = store.read_log(|log| Ok((log.settings()?, log.last()?))).unwrap();
    assert!(settings.is_none() && last.is_none());
}
