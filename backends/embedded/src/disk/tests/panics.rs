//! Tests that a panic of redb is reported as damage to the file, and a panic in our own code as a
//! bug of monotable.

use super::{commit, put, records, rows, switch_on};
use crate::disk::DiskStore;
use crate::layout;
use crate::store::{Batch as _, Lookup as _, Store as _};
use crate::testing::Medium;
use monotable_core::{Error, Result};

/// Returns a store without a cache, which reads each page from its medium, and that medium.
fn filled() -> (Medium, DiskStore) {
    let medium = Medium::new();
    let store = medium.open().unwrap();
    switch_on(&store).unwrap();
    for sk in 0..200 {
        commit(&store, &[put(sk, &"x".repeat(500))]).unwrap();
    }
    drop(store);
    let store = medium.open_with_cache(0).unwrap();
    (medium, store)
}

#[track_caller]
fn is_bug(error: &Error) {
    assert!(error.is_unavailable(), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("This is a bug in monotable"), "{message}");
    assert!(message.contains("on purpose") && message.contains("/issues"), "{message}");
    assert!(!message.contains("is damaged") && !message.contains("backup"), "{message}");
}

#[track_caller]
fn is_damage(error: &Error) {
    assert!(error.is_schema_mismatch(), "{error:?}");
    let message = error.to_string();
    assert!(message.contains("the store `test.db` is damaged"), "{message}");
    assert!(message.contains("restore it from a backup"), "{message}");
    assert!(!message.contains("bug"), "{message}");
}

#[test]
fn a_panic_of_ours_is_a_bug_and_changes_nothing() {
    let (_, store) = filled();
    is_bug(&store.read(|_| -> Result<()> { panic!("on purpose: {}", 1) }).unwrap_err());
    let write = store.commit(|batch| -> Result<()> {
        batch.apply(put(1000, "new"));
        panic!("on purpose")
    });
    is_bug(&write.unwrap_err());
    is_bug(&store.read_log(|_| -> Result<()> { panic!("on purpose") }).unwrap_err());
    assert_eq!(rows(&store).unwrap().len(), 200);
    // The store still works.
    commit(&store, &[put(1001, "new")]).unwrap();
    assert_eq!(rows(&store).unwrap().len(), 201);
}

#[test]
fn a_panic_of_the_engine_is_damage() {
    let (medium, store) = filled();
    medium.panic_on_read();
    is_damage(&rows(&store).unwrap_err());
    is_damage(&records(&store).unwrap_err());
    is_damage(&store.read(|view| view.row(&layout::row("p", "7")).map(drop)).unwrap_err());
    let (medium, store) = filled();
    medium.panic_on_read();
    is_damage(&commit(&store, &[put(7, "new")]).unwrap_err());
    let lookup = store.commit(|batch| batch.lookup().row(&layout::row("p", "7")).map(drop));
    assert!(lookup.is_err());
}
