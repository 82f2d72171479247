//! Tests of crashes, failing disks and damaged files.

mod crash;
mod damage;
mod panics;

use super::DiskStore;
use crate::document::Document;
use crate::eval::{self, Cause, Switch};
use crate::layout;
use crate::log::{Record, Retention};
use crate::store::{Change, LogView as _, Store as _, View as _};
use crate::testing::item;
use monotable_core::Result;
use monotable_core::request::SortKeys;
use std::collections::BTreeMap;

type Rows = BTreeMap<Vec<u8>, Document>;

/// Makes some changes in one commit, and records them if the store keeps a log.
fn commit(store: &DiskStore, changes: &[Change]) -> Result<()> {
    store.commit(|batch| {
        let mut each = changes.iter().cloned();
        // Several changes may be of the same row.
        each.try_for_each(|change| eval::make(batch, vec![change], Cause::Write, 0))
    })
}

fn switch_on(store: &DiskStore) -> Result<()> {
    eval::commit(store, &Switch { retention: Some(Retention::default()), id: 1 }, 0)
}

/// Returns the records of the log with their numbers.
fn records(store: &DiskStore) -> Result<Vec<(u64, Record)>> {
    store.read_log(|log| log.records(0)?.collect())
}

/// Returns the rows that follow from the log.
fn replayed(store: &DiskStore) -> Result<Rows> {
    let mut rows = Rows::new();
    for (at, (number, record)) in (1..).zip(records(store)?) {
        assert_eq!(number, at, "the numbers have a gap");
        assert_eq!(rows.get(&record.row), record.old.as_ref(), "the old item of {number}");
        match record.new {
            Some(new) => drop(rows.insert(record.row, new)),
            None => drop(rows.remove(&record.row)),
        }
    }
    Ok(rows)
}

fn put(sk: usize, value: &str) -> Change {
    let sk = sk.to_string();
    Change::Row(layout::row("p", &sk), Some(item("p", &sk, &[("value", value)])))
}

fn rows(store: &DiskStore) -> Result<Rows> {
    let range = layout::rows("p", &SortKeys::All, None, false);
    store.read(|view| {
        view.rows(&range, false)?
            .map(|row| {
                let (key, row) = row?;
                Ok((key.as_ref().to_vec(), Document::from(row.as_ref())))
            })
            .collect()
    })
}
