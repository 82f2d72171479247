//! Helpers for the tests of this crate: a table, items, random numbers, and a disk that fails.

mod medium;

pub(crate) use futures_executor::block_on;
pub(crate) use medium::Medium;

use crate::disk::DiskStore;
use crate::document::Document;
use crate::eval::{self, Write};
use crate::memory::MemoryStore;
use crate::store::{Batch as _, Store};
use monotable_core::Result;
use monotable_core::backend::Keyed;
use monotable_core::key::Encoding;
use monotable_core::request::{Delete, PrimaryKey, Put, Queried, Query, SortKeys, Written};
use monotable_core::schema::{EntityDef, IndexDef, Projection, Rules, TableDef};
use std::collections::BTreeMap;

pub(crate) static ALL: IndexDef = IndexDef::new("all", ["apk", "ask"], Projection::All);
pub(crate) static KEYS: IndexDef = IndexDef::new("keys", ["kpk", "ksk"], Projection::KeysOnly);
pub(crate) static SOME: IndexDef =
    IndexDef::new("some", ["spk", "ssk"], Projection::Include(&["name"]));
pub(crate) static TABLE: TableDef =
    TableDef::new("Shop", ["pk", "sk", "_type"], Encoding::Escaped, &[&ALL, &KEYS, &SOME], &[]);

/// The same table, with items that expire.
pub(crate) static EXPIRING: TableDef = TableDef::new(
    "Shop",
    ["pk", "sk", "_type"],
    Encoding::Escaped,
    &[&ALL, &KEYS, &SOME],
    &[&EntityDef::new("Thing", [&[], &[]], &[], &[]).rules(Rules::new(None, true, &[]))],
);

/// The fields of an item other than its primary key and tag.
pub(crate) type Fields = BTreeMap<String, String>;

pub(crate) fn fields(fields: &[(&str, &str)]) -> Fields {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn key(pk: &str, sk: &str) -> PrimaryKey {
    PrimaryKey { pk: pk.to_owned(), sk: sk.to_owned() }
}

/// Encodes an item with its primary key, its tag and other attributes.
pub(crate) fn item(pk: &str, sk: &str, others: &[(&str, &str)]) -> Document {
    let attributes = [("pk", pk), ("sk", sk), ("_type", "Thing")];
    Document::encode(&Keyed::new(&attributes, &fields(others))).unwrap()
}

pub(crate) fn put(pk: &str, sk: &str, others: &[(&str, &str)]) -> Put<Document> {
    Put::new(&TABLE, "Thing", key(pk, sk), item(pk, sk, others))
}

pub(crate) fn create(pk: &str, sk: &str, others: &[(&str, &str)]) -> Put<Document> {
    let mut put = put(pk, sk, others);
    put.condition =
        Some(monotable_core::expr::Expr::Absent(monotable_core::expr::Path::attribute("pk")));
    put
}

pub(crate) fn delete(pk: &str, sk: &str) -> Delete {
    Delete::new(&TABLE, "Thing", key(pk, sk))
}

pub(crate) fn query(index: Option<&'static IndexDef>, pk: &str, sort: SortKeys) -> Query {
    let mut query = Query::new(&TABLE, "Thing", "pattern", pk.to_owned(), sort);
    query.index = index;
    query
}

/// Makes all of the writes or none, as the backend does.
pub(crate) fn write(store: &impl Store, writes: &[Write]) -> Result<Vec<Written<Document>>> {
    store.commit(|batch| {
        let plan = eval::plan(batch.lookup(), writes)?;
        plan.changes.into_iter().for_each(|change| batch.apply(change));
        Ok(plan.written)
    })
}

/// Runs a query, and returns its first page.
pub(crate) fn page(store: &impl Store, query: &Query) -> Queried<Document> {
    store.read(|view| eval::query(view, query)).unwrap()
}

/// Calls a test with each kind of store.
pub(crate) fn on_each(memory: impl FnOnce(MemoryStore), disk: impl FnOnce(DiskStore)) {
    memory(MemoryStore::default());
    disk(Medium::new().open().unwrap());
}

/// Declares tests that run generic functions on each kind of store.
macro_rules! on_each_store {
    ($($test:ident)*) => {$(
        #[test]
        fn $test() {
            crate::testing::on_each(super::$test, super::$test);
        }
    )*};
}
pub(crate) use on_each_store;

/// A generator of random numbers. The same seed gives the same numbers.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}
