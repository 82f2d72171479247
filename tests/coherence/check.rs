//! Compares the store with a rebuild from the model.

use crate::case::Case;
use crate::entities::Zoo;
use crate::run::Model;
use monotable::backend::Item as _;
use monotable::expr::{Comparison, Expr, Path};
use monotable::prelude::*;
use monotable::request::{self, AttributeKeys, PrimaryKey, Query, SortKeys};
use monotable::schema::{IndexDef, IndexKeys};
use monotable::value::{Map, Value};
use monotable_tests::Store;
use std::collections::BTreeSet;

/// A partition of the table, or of one of its indexes.
pub type Partition = (Option<&'static str>, String);

/// Returns the item that a put of the entity would store, without its version.
pub fn rebuilt<E: Case, B: Store>(backend: &B, entity: &E) -> Map {
    // This is a create, because not every entity has a put. The item is the same.
    let put = entity.create().request(backend).unwrap();
    shape::<E>(put.item.decode().unwrap())
}

/// Removes the attributes that may differ: the version, the name of the write, and empty
/// attributes, which an update stores and a put leaves out.
fn shape<E: Case>(mut item: Map) -> Map {
    if let Some(version) = E::DEF.rules.version {
        item.remove(version);
        item.remove("_write");
    }
    if item.get("extras") == Some(&Value::List(Vec::new())) {
        item.remove("extras");
    }
    item
}

/// Returns the partitions that an entity is in.
pub fn partitions<E: Case, B: Store>(backend: &B, entity: &E) -> Vec<Partition> {
    let item = rebuilt(backend, entity);
    let on_index = |index: &'static IndexDef| {
        Some((Some(index.name), text(&item, names(Some(index)).first()?)?))
    };
    let indexes = E::DEF.indexes.iter().map(|on| on.index);
    let mut all: Vec<Partition> = indexes.filter_map(on_index).collect();
    all.extend(text(&item, Zoo::DEF.pk).map(|pk| (None, pk)));
    all
}

/// Checks that the stored item is what a put would store.
pub async fn item<E: Case, B: Store>(backend: &B, model: &Model<E>, key: &PrimaryKey, step: &str) {
    let mut get = request::Get::new(Zoo::DEF, E::DEF.name, key.clone());
    get.consistent = true;
    let found = backend.get(get).await.unwrap().item;
    let found = found.map(|item| shape::<E>(item.decode().unwrap()));
    let wanted = model.get(key).map(|entity| rebuilt(backend, entity));
    assert_eq!(found, wanted, "the item {key}, after {step}");
}

/// Checks that partitions have the same entries as after a rebuild: in the order of their sort
/// keys, and with the attributes that the index projects.
pub async fn contents<E: Case, B: Store>(
    backend: &B,
    model: &Model<E>,
    partitions: &BTreeSet<Partition>,
    step: &str,
) {
    let items: Vec<Map> = model.values().map(|entity| rebuilt(backend, entity)).collect();
    for (index, pk) in partitions {
        let index = Zoo::DEF.indexes.iter().copied().find(|known| Some(known.name) == *index);
        let names = names(index);
        let (pk_name, sk_names) = names.split_first().unwrap();
        let found = read::<E, B>(backend, index, pk).await;
        let sort_keys: Vec<_> = found.iter().map(|item| sort_key(item, sk_names)).collect();
        assert!(sort_keys.is_sorted(), "{index:?} {pk}: {sort_keys:?}, after {step}");
        let is_in = |item: &&Map| {
            text(item, pk_name).as_ref() == Some(pk) && sort_key(item, sk_names).is_some()
        };
        let wanted = items.iter().filter(is_in).map(|item| projected(index, item));
        let (found, wanted) = (sorted(found), sorted(wanted.collect()));
        assert_eq!(found, wanted, "{index:?}, partition {pk}, after {step}");
    }
}

/// Returns all items of a partition.
async fn read<E: Case, B: Store>(
    backend: &B,
    index: Option<&'static IndexDef>,
    pk: &str,
) -> Vec<Map> {
    let mut query = Query::new(Zoo::DEF, E::DEF.name, "rebuild", pk.to_owned(), SortKeys::All);
    query.index = index;
    query.consistent = index.is_none_or(|index| index.is_local);
    if index.is_some_and(is_of_attributes) {
        query.keys = AttributeKeys::of_partition(vec![Value::from(pk)]).into();
        // Other entities have the same partitions.
        let tag = Path::attribute(Zoo::DEF.tag);
        query.filter = Some(Expr::Compare(tag, Comparison::Eq, Value::from(E::DEF.name)));
    }
    let mut found = Vec::new();
    loop {
        let page = backend.query(query.clone()).await.unwrap();
        found.extend(page.items.iter().map(|item| shape::<E>(item.decode().unwrap())));
        query.after = page.last;
        if query.after.is_none() {
            return found;
        }
    }
}

/// Returns the attributes of an item that an index projects.
fn projected(index: Option<&'static IndexDef>, item: &Map) -> Map {
    let Some(index) = index else { return item.clone() };
    let Some(mut names) = Zoo::DEF.projected(index) else { return item.clone() };
    names.extend([Zoo::DEF.pk, Zoo::DEF.sk].into_iter().chain(Zoo::DEF.index_key_names(index)));
    let mut kept = Map::new();
    for (name, value) in item.iter().filter(|(name, _)| names.contains(name)) {
        kept.insert(name, value.clone());
    }
    kept
}

/// Returns the names of the attributes of a key: first that of the partition key.
fn names(index: Option<&IndexDef>) -> Vec<&'static str> {
    match index {
        Some(index) => Zoo::DEF.index_key_names(index),
        None => vec![Zoo::DEF.pk, Zoo::DEF.sk],
    }
}

pub fn is_of_attributes(index: &IndexDef) -> bool {
    matches!(Zoo::DEF.index_keys(index), IndexKeys::Attributes(_))
}

/// Returns the values of a sort key, if the item has all of them.
fn sort_key(item: &Map, names: &[&str]) -> Option<Vec<(String, i64)>> {
    let value = |name: &&str| match item.get(name)? {
        Value::Text(text) => Some((text.clone(), 0)),
        Value::Number(number) => Some((String::new(), number.as_i64()?)),
        _ => None,
    };
    names.iter().map(value).collect()
}

fn sorted(mut items: Vec<Map>) -> Vec<Map> {
    items.sort_by_key(|item| (text(item, Zoo::DEF.pk), text(item, Zoo::DEF.sk)));
    items
}

fn text(item: &Map, name: &str) -> Option<String> {
    match item.get(name) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
