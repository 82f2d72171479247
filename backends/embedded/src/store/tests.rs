//! Tests that every store has to pass.

use super::*;
use crate::layout;
use crate::testing::{Random, item};
use monotable_core::request::SortKeys;
use monotable_core::{Error, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Barrier, mpsc};
use std::thread;
use std::time::Duration;

mod each {
    crate::testing::on_each_store! {
        a_commit_is_visible
        a_failed_commit_changes_nothing
        a_batch_sees_its_own_rows
        a_view_keeps_its_state
        random_commits_agree_with_a_model
    }
}

fn change(store: &impl Store, changes: Vec<Change>) {
    store
        .commit(|batch| {
            changes.into_iter().for_each(|change| batch.apply(change));
            Ok(())
        })
        .unwrap();
}

fn all_rows(store: &impl Store, descending: bool) -> Vec<(Vec<u8>, Document)> {
    let range = layout::rows("p", &SortKeys::All, None, false);
    store
        .read(|view| {
            let rows = view.rows(&range, descending)?;
            rows.map(|row| row.map(|(key, row)| (key.as_ref().to_vec(), row.document()))).collect()
        })
        .unwrap()
}

fn a_commit_is_visible(store: impl Store) {
    let document = item("p", "1", &[]);
    change(&store, vec![Change::Row(layout::row("p", "1"), Some(document.clone()))]);
    assert_eq!(all_rows(&store, false), [(layout::row("p", "1"), document)]);
}

fn a_failed_commit_changes_nothing(store: impl Store) {
    let document = item("p", "1", &[]);
    let old = vec![
        Change::Row(layout::row("p", "1"), Some(document.clone())),
        Change::Entry(layout::entry("i", "q", "1", b"r"), true),
        Change::Schema(Some(b"old".to_vec())),
    ];
    change(&store, old);
    let result: Result<()> = store.commit(|batch| {
        batch.apply(Change::Row(layout::row("p", "1"), None));
        batch.apply(Change::Row(layout::row("p", "2"), Some(item("p", "2", &[]))));
        batch.apply(Change::Entry(layout::entry("i", "q", "1", b"r"), false));
        batch.apply(Change::Entry(layout::entry("i", "q", "2", b"r"), true));
        batch.apply(Change::Schema(Some(b"new".to_vec())));
        Err(Error::new(Kind::Conflict, "no"))
    });
    assert!(result.unwrap_err().is_conflict());
    assert_eq!(all_rows(&store, false), [(layout::row("p", "1"), document)]);
    let range = layout::entries("i", "q", &SortKeys::All, None, false).unwrap();
    store
        .read(|view| {
            assert_eq!(view.schema()?.unwrap(), b"old");
            let entries: Result<Vec<_>> = view.entries(&range, false)?.collect();
            assert_eq!(entries?.len(), 1);
            Ok(())
        })
        .unwrap();
    // The store still works.
    change(&store, vec![Change::Row(layout::row("p", "1"), None)]);
    assert!(all_rows(&store, false).is_empty());
}

fn a_batch_sees_its_own_rows(store: impl Store) {
    let row = layout::row("p", "1");
    store
        .commit(|batch| {
            assert!(batch.lookup().row(&row)?.is_none());
            batch.apply(Change::Row(row.clone(), Some(item("p", "1", &[]))));
            let found = batch.lookup().row(&row)?.map(|row| row.document());
            assert_eq!(found, Some(item("p", "1", &[])));
            batch.apply(Change::Row(row.clone(), None));
            assert!(batch.lookup().row(&row)?.is_none());
            assert!(batch.lookup().schema()?.is_none());
            batch.apply(Change::Schema(Some(vec![1])));
            assert_eq!(batch.lookup().schema()?, Some(vec![1]));
            Ok(())
        })
        .unwrap();
}

fn a_view_keeps_its_state(store: impl Store) {
    change(&store, vec![Change::Row(layout::row("p", "1"), Some(item("p", "1", &[])))]);
    let (looked, written) = (Barrier::new(2), mpsc::channel());
    let (store, looked) = (&store, &looked);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            store.read(|view| {
                let range = layout::rows("p", &SortKeys::All, None, false);
                let first = view.rows(&range, false)?.count();
                looked.wait();
                // Depending on the store, the writer finishes during this wait, or has to wait
                // until this read ends. The read sees the same rows in both cases.
                let _ = written.1.recv_timeout(Duration::from_millis(50));
                assert_eq!((first, view.rows(&range, false)?.count()), (1, 1));
                Ok(())
            })
        });
        looked.wait();
        change(store, vec![Change::Row(layout::row("p", "2"), Some(item("p", "2", &[])))]);
        let _ = written.0.send(());
        reader.join().unwrap().unwrap();
        assert_eq!(all_rows(store, false).len(), 2);
    });
}

fn random_commits_agree_with_a_model(store: impl Store) {
    let mut random = Random::new(4);
    let mut rows = BTreeMap::new();
    let mut entries = BTreeSet::new();
    for round in 0..500 {
        let mut changes = Vec::new();
        for _ in 0..random.below(8) {
            let sk = random.below(40).to_string();
            let row = layout::row("p", &sk);
            let entry = layout::entry("i", "q", &sk, &row);
            changes.push(match random.below(4) {
                0 => Change::Row(row, None),
                1 => Change::Row(row, Some(item("p", &sk, &[("round", &round.to_string())]))),
                2 => Change::Entry(entry, false),
                _ => Change::Entry(entry, true),
            });
        }
        for change in &changes {
            match change.clone() {
                Change::Row(key, Some(item)) => drop(rows.insert(key, item)),
                Change::Row(key, None) => drop(rows.remove(&key)),
                Change::Entry(key, true) => drop(entries.insert(key)),
                Change::Entry(key, false) => drop(entries.remove(&key)),
                Change::Schema(_) | Change::Record(..) | Change::Log(_) => {}
            }
        }
        change(&store, changes);
        if random.chance(33) {
            let descending = random.chance(50);
            let mut expected: Vec<_> = rows.clone().into_iter().collect();
            if descending {
                expected.reverse();
            }
            assert_eq!(all_rows(&store, descending), expected);
            let range = layout::entries("i", "q", &SortKeys::All, None, false).unwrap();
            let found = store.read(|view| {
                let found = view.entries(&range, false)?;
                found.map(|key| Ok(key?.as_ref().to_vec())).collect::<Result<BTreeSet<_>>>()
            });
            assert_eq!(found.unwrap(), entries);
        }
    }
}
