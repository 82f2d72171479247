//! Tests of crashes, failing disks and damaged files.

mod crash;
mod damage;
mod panics;

use super::DiskStore;
use crate::document::Document;
use crate::layout;
use crate::store::{Batch as _, Change, Store as _, View as _};
use crate::testing::item;
use monotable_core::Result;
use monotable_core::request::SortKeys;
use std::collections::BTreeMap;

type Rows = BTreeMap<Vec<u8>, Document>;

fn commit(store: &DiskStore, changes: &[Change]) -> Result<()> {
    store.commit(|batch| {
        changes.iter().cloned().for_each(|change| batch.apply(change));
        Ok(())
    })
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
