//! Helpers for the tests.

pub(crate) use futures_executor::block_on;
use monotable_core::Backend as _;
use monotable_core::backend::{Item as _, Keyed};
use monotable_core::key::Encoding;
use monotable_core::request::{Get, Outcome, PrimaryKey, Put, Queried, Query, SortKeys, Written};
use monotable_core::schema::{EntityDef, IndexDef, IndexKey, Projection, Rules, TableDef};
use monotable_core::value::{Map, Value};
use monotable_embedded::{Document, Embedded};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process};

pub(crate) static GSI: IndexDef = IndexDef::new("gsi", ["gpk", "gsk"], Projection::All);
pub(crate) static TABLE: TableDef =
    TableDef::new("Shop", ["pk", "sk", "_type"], Encoding::Escaped, &[&GSI], &[]);

/// A table whose items expire, with an index that projects only the keys.
pub(crate) static SESSIONS: TableDef = TableDef::new(
    "Sessions",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&GSI, &KEYS],
    &[&EntityDef::new("Thing", [&[], &[]], &[IndexKey::new(&KEYS, [&[], &[]])], &[])
        .rules(Rules::new(None, true, &[]))],
);
pub(crate) static KEYS: IndexDef = IndexDef::new("keys", ["kpk", "ksk"], Projection::KeysOnly);

pub(crate) fn key(pk: &str, sk: &str) -> PrimaryKey {
    PrimaryKey { pk: pk.to_owned(), sk: sk.to_owned() }
}

pub(crate) fn item(store: &Embedded, pk: &str, sk: &str) -> Document {
    let attributes = [("pk", pk), ("sk", sk), ("gpk", "g"), ("gsk", sk), ("_type", "Thing")];
    let fields = BTreeMap::from([("text", "some text")]);
    store.encode(&Keyed::new(&attributes, &fields)).unwrap()
}

/// Encodes an item with its primary key, its tag and other attributes.
pub(crate) fn with(store: &Embedded, pk: &str, sk: &str, fields: &[(&str, Value)]) -> Document {
    let attributes = [("pk", pk), ("sk", sk), ("_type", "Thing")];
    store.encode(&Keyed::new(&attributes, &map(fields))).unwrap()
}

pub(crate) fn map(fields: &[(&str, Value)]) -> Map {
    let mut map = Map::new();
    for (name, value) in fields {
        map.insert(*name, value.clone());
    }
    map
}

pub(crate) fn number(value: i64) -> Value {
    Value::Number(value.into())
}

pub(crate) fn put(store: &Embedded, sk: &str, fields: &[(&str, Value)]) -> Put<Document> {
    Put::new(&TABLE, "Thing", key("p", sk), with(store, "p", sk, fields))
}

/// Puts an item without a condition.
pub(crate) fn store_item(store: &Embedded, sk: &str, fields: &[(&str, Value)]) {
    assert!(is_done(&block_on(store.put(put(store, sk, fields))).unwrap()));
}

pub(crate) fn is_done(written: &Written<Document>) -> bool {
    matches!(written.outcome, Outcome::Done)
}

/// Returns the stored item with a sort key in the partition `p`, without its key and tag.
pub(crate) fn stored(store: &Embedded, sk: &str) -> Option<Map> {
    let get = Get::new(&TABLE, "Thing", key("p", sk));
    block_on(store.get(get)).unwrap().item.map(|item| fields(&item))
}

/// Returns the attributes of an item, without its key and tag.
pub(crate) fn fields(item: &Document) -> Map {
    let mut fields: Map = item.decode().unwrap();
    for name in ["pk", "sk", "_type"] {
        fields.remove(name);
    }
    fields
}

/// Runs a query of a whole partition, and returns its first page.
pub(crate) fn query(
    store: &Embedded,
    table: &'static TableDef,
    index: Option<&'static IndexDef>,
    pk: &str,
) -> Queried<Document> {
    let mut query = Query::new(table, "Thing", "all", pk.to_owned(), SortKeys::All);
    query.index = index;
    block_on(store.query(query)).unwrap()
}

/// Runs a test on a store in memory and on one on disk.
pub(crate) fn each(test: impl Fn(&Embedded)) {
    test(&Embedded::in_memory());
    test(&Embedded::open(Folder::new().path("shop.db")).unwrap());
}

/// A temporary folder. Dropping this removes it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("monotable-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
