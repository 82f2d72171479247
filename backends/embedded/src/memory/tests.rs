use super::*;
use crate::layout;
use crate::testing::item;
use std::panic::{self, AssertUnwindSafe};

#[test]
fn a_panic_in_a_commit_changes_nothing_and_the_store_still_works() {
    let store = MemoryStore::default();
    let row = layout::row("p", "1");
    let put = |value| Change::Row(row.clone(), Some(item("p", "1", &[("a", value)])));
    let commit = |value, fail: bool| {
        store.commit(|batch| {
            batch.apply(put(value));
            assert!(!fail, "on purpose");
            Ok(())
        })
    };
    commit("old", false).unwrap();
    assert!(panic::catch_unwind(AssertUnwindSafe(|| commit("new", true))).is_err());
    let stored = || store.read(|view| Ok(view.row(&row)?.map(|row| row.document()))).unwrap();
    assert_eq!(stored(), Some(item("p", "1", &[("a", "old")])));
    commit("new", false).unwrap();
    assert_eq!(stored(), Some(item("p", "1", &[("a", "new")])));
}
