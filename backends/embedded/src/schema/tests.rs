use super::*;
use crate::memory::MemoryStore;
use crate::store::Store as _;
use crate::testing::{self, TABLE};
use monotable_core::key::Encoding;

fn adopt_on(store: &MemoryStore, table: &'static TableDef) -> Result<()> {
    store.commit(|batch| adopt(batch, table))
}

#[test]
fn the_first_table_is_adopted_and_the_same_again() {
    static AGAIN: TableDef = TableDef::new(
        "Shop",
        ["pk", "sk", "_type"],
        Encoding::Escaped,
        &[&testing::SOME, &testing::ALL, &testing::KEYS],
        &[],
    );
    let store = MemoryStore::default();
    adopt_on(&store, &TABLE).unwrap();
    adopt_on(&store, &TABLE).unwrap();
    // The order of indexes does not matter.
    adopt_on(&store, &AGAIN).unwrap();
}

#[test]
fn each_difference_is_reported() {
    static ALL: IndexDef = IndexDef::new("all", ["apk", "other"], Projection::KeysOnly);
    static NEW: IndexDef = IndexDef::new("new", ["npk", "nsk"], Projection::All);
    static SOME: IndexDef =
        IndexDef::new("some", ["spk", "ssk"], Projection::Include(&["name", "city"]));
    static OTHER: TableDef =
        TableDef::new("Store", ["pk", "sort", "_type"], Encoding::Raw, &[&ALL, &NEW, &SOME], &[]);
    let store = MemoryStore::default();
    adopt_on(&store, &TABLE).unwrap();
    let error = adopt_on(&store, &OTHER).unwrap_err();
    assert!(error.is_schema_mismatch());
    assert_eq!(
        error.to_string(),
        "the store's table is not the declared table `Store`: \
         the table's name is `Shop` in the store, but declared as `Store`, \
         the sort key attribute is `sk` in the store, but declared as `sort`, \
         the encoding of keys is `escaped` in the store, but declared as `raw`, \
         the sort key attribute of index `all` is `ask` in the store, but declared as `other`, \
         the projection of index `all` is `all` in the store, but declared as `keys_only`, \
         index `keys` is in the store, but not declared, \
         the projection of index `some` is `include(name)` in the store, but declared as \
         `include(city, name)`, \
         index `new` is declared, but not in the store; \
         nothing was changed. Declare the table as it is stored, or use another store"
    );
    adopt_on(&store, &TABLE).unwrap();
}

#[test]
fn a_recorded_schema_that_cannot_be_read_is_reported() {
    let store = MemoryStore::default();
    store
        .commit(|batch| {
            batch.apply(Change::Schema(Some(vec![1, 2, 3])));
            Ok(())
        })
        .unwrap();
    assert!(adopt_on(&store, &TABLE).unwrap_err().is_schema_mismatch());
}
