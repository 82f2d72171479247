use super::*;
use crate::memory::MemoryStore;
use crate::store::Store as _;
use crate::testing::{self, TABLE};
use monotable_core::key::Encoding;
use monotable_core::schema::{EntityDef, IndexDef, Projection};

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
         the table is `Shop` in the store, but declared as `Store`, and no entity is in both, \
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
fn local_indexes_are_compared() {
    static LOCAL: IndexDef = IndexDef::new("all", ["", "ask"], Projection::All).local();
    static NEAR: IndexDef = IndexDef::new("near", ["", "nsk"], Projection::All).local();
    static OTHER: TableDef = TableDef::new(
        "Shop",
        ["pk", "sk", "_type"],
        Encoding::Escaped,
        &[&LOCAL, &testing::KEYS, &NEAR],
        &[],
    );
    let store = MemoryStore::default();
    adopt_on(&store, &TABLE).unwrap();
    let message = adopt_on(&store, &OTHER).unwrap_err().to_string();
    assert!(
        message.contains(
            "`Shop`: index `all` is global in the store, but declared as local, index `some` is in the store, \
             but not declared, index `near` is declared, but not in the store; nothing"
        ),
        "{message}"
    );
    let store = MemoryStore::default();
    adopt_on(&store, &OTHER).unwrap();
    adopt_on(&store, &OTHER).unwrap();
    let message = adopt_on(&store, &TABLE).unwrap_err().to_string();
    assert!(
        message.contains(
            "`Shop`: index `all` is local in the store, but declared as global, index `near` is in the store, \
             but not declared, index `some` is declared, but not in the store; nothing"
        ),
        "{message}"
    );
}

#[test]
fn keys_of_attributes_are_compared() {
    use monotable_core::schema::{IndexKey, KeyAttribute, KeyAttributes, KeyType};
    const YEAR: KeyAttribute = KeyAttribute::new("year", KeyType::Number);
    const NAME: KeyAttribute = KeyAttribute::new("name", KeyType::Text);
    static INDEX: IndexDef = IndexDef::new("by", ["", ""], Projection::All).attributes();
    static TEXTS: IndexDef = IndexDef::new("by", ["bpk", "bsk"], Projection::All);
    macro_rules! table {
        ($index:expr, $key:expr) => {{
            static THING: EntityDef = EntityDef::new("Thing", [&[], &[]], &[$key], &[]);
            static TABLE: TableDef = TableDef::new(
                "Shop",
                ["pk", "sk", "_type"],
                Encoding::Escaped,
                &[&$index],
                &[&THING],
            );
            &TABLE
        }};
    }
    let one = table!(INDEX, IndexKey::of_attributes(&INDEX, KeyAttributes::new(&[YEAR], &[NAME])));
    let two = table!(INDEX, IndexKey::of_attributes(&INDEX, KeyAttributes::new(&[NAME], &[YEAR])));
    let texts = table!(TEXTS, IndexKey::new(&TEXTS, [&[], &[]]));
    let store = MemoryStore::default();
    adopt_on(&store, one).unwrap();
    adopt_on(&store, one).unwrap();
    let error = adopt_on(&store, two).unwrap_err().to_string();
    let wanted = "the list of partition key attributes of index `by` is `(year: number)` in the store, but \
                  declared as `(name: text)`, the list of sort key attributes of index `by` is";
    assert!(error.contains(wanted), "{error}");
    let error = adopt_on(&store, texts).unwrap_err().to_string();
    let wanted = "index `by` is one of attributes in the store, but declared as global";
    assert!(error.contains(wanted), "{error}");
    let store = MemoryStore::default();
    adopt_on(&store, texts).unwrap();
    let error = adopt_on(&store, one).unwrap_err().to_string();
    let wanted = "index `by` is global in the store, but declared as one of attributes";
    assert!(error.contains(wanted), "{error}");
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

static RENAMED: TableDef = TableDef::new(
    "Store",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&testing::ALL, &testing::KEYS, &testing::SOME],
    &[&EntityDef::new("Thing", [&[], &[]], &[], &[]), &EntityDef::new("New", [&[], &[]], &[], &[])],
);

fn recorded(store: &MemoryStore) -> Record {
    let bytes = store.read(|view| view.schema()).unwrap().unwrap();
    value::from_bytes(&bytes).unwrap()
}

#[test]
fn a_table_may_have_another_name_and_other_entities() {
    static OTHER: TableDef = TableDef::new(
        "Other",
        ["pk", "sk", "_type"],
        Encoding::Escaped,
        &[&testing::ALL, &testing::KEYS, &testing::SOME],
        &[&EntityDef::new("Other", [&[], &[]], &[], &[])],
    );
    let store = MemoryStore::default();
    adopt_on(&store, &testing::EXPIRING).unwrap();
    assert_eq!(recorded(&store).lock, testing::EXPIRING.key_lock());
    adopt_on(&store, &RENAMED).unwrap();
    // The record is that of the last declaration.
    assert_eq!((&*recorded(&store).table, recorded(&store).lock), ("Store", RENAMED.key_lock()));
    let error = adopt_on(&store, &OTHER).unwrap_err();
    assert!(error.is_schema_mismatch());
    assert_eq!(
        error.to_string(),
        "the store's table is not the declared table `Other`: the table is `Store` in the store, but declared \
         as `Other`, and no entity is in both; nothing was changed. Declare the table as it is stored, or use \
         another store"
    );
    assert_eq!(recorded(&store).table, "Store");
}

/// What versions before key locks recorded of `TABLE`.
const LEGACY: &str = "01d6000000057461626c658453686f7002706b82706b02736b82736b03746167855f7479706508656e636f64696e67876573636170656407696e646578657306b90000000733000000046e616d6583616c6c02706b8361706b02736b8361736b0a70726f6a656374696f6e83616c6c07696e636c7564650600000000073a000000046e616d65846b65797302706b836b706b02736b836b736b0a70726f6a656374696f6e896b6579735f6f6e6c7907696e636c7564650600000000073d000000046e616d6584736f6d6502706b8373706b02736b8373736b0a70726f6a656374696f6e87696e636c75646507696e636c7564650605000000846e616d65";

#[test]
fn a_store_of_an_earlier_version_is_read() {
    static OTHER: TableDef = TableDef::new(
        "Shop",
        ["pk", "sk", "type"],
        Encoding::Escaped,
        &[&testing::ALL, &testing::KEYS],
        &[],
    );
    let legacy: Vec<u8> = LEGACY
        .as_bytes()
        .chunks(2)
        .map(|digits| u8::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap())
        .collect();
    let store = MemoryStore::default();
    store
        .commit(|batch| {
            batch.apply(Change::Schema(Some(legacy.clone())));
            Ok(())
        })
        .unwrap();
    let message = adopt_on(&store, &OTHER).unwrap_err().to_string();
    assert!(
        message.contains(
            "the tag attribute is `_type` in the store, but declared as `type`, index `some` is in the store, \
             but not declared;"
        ),
        "{message}"
    );
    // It is the same table with another name. From now on, the record is a key lock.
    adopt_on(&store, &RENAMED).unwrap();
    assert_eq!(recorded(&store).lock, RENAMED.key_lock());
    adopt_on(&store, &RENAMED).unwrap();
}
