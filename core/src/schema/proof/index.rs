//! The check that the indexes of a table do not collide.

use super::message::{fail, same};
use crate::schema::{Projection, TableDef, WRITE_NAME};

/// Checks the index at place `at` of the table's list. No other index has its name, its keys have their
/// own attributes, and each attribute that it includes is stored by an entity on it.
#[doc(hidden)]
#[track_caller]
pub const fn assert_index(table: &TableDef, at: usize) {
    let index = table.indexes[at];
    assert_attribute(table, at, index.pk);
    assert_attribute(table, at, index.sk);
    let mut other = 0;
    while other < at {
        if same(table.indexes[other].name, index.name) {
            fail(&[
                "two indexes of table `",
                table.name,
                "` have the same name `",
                index.name,
                "`: give one of them `#[index(name = \"..\")]`",
            ]);
        }
        other += 1;
    }
    if let Projection::Include(attributes) = index.projection {
        let mut attribute = 0;
        while attribute < attributes.len() {
            if !is_stored(table, index.name, attributes[attribute]) {
                fail(&[
                    "index `",
                    index.name,
                    "` includes `",
                    attributes[attribute],
                    "`, which no entity on it stores: write the stored name of a field, or leave it out",
                ]);
            }
            attribute += 1;
        }
    }
}

/// Returns whether an entity with a key on the index has a field with this stored name.
const fn is_stored(table: &TableDef, index: &str, attribute: &str) -> bool {
    let mut entity = 0;
    while entity < table.entities.len() {
        let def = table.entities[entity];
        let (mut key, mut is_on) = (0, false);
        while key < def.indexes.len() {
            is_on = is_on || same(def.indexes[key].index.name, index);
            key += 1;
        }
        let mut field = 0;
        while is_on && field < def.fields.len() {
            if same(def.fields[field], attribute) {
                return true;
            }
            field += 1;
        }
        entity += 1;
    }
    false
}

#[track_caller]
const fn assert_attribute(table: &TableDef, at: usize, name: &str) {
    let mut taken = same(table.pk, name)
        || same(table.sk, name)
        || same(table.tag, name)
        || same(table.ttl, name)
        || same(WRITE_NAME, name);
    let mut other = 0;
    while other < at {
        taken = taken || same(table.indexes[other].pk, name) || same(table.indexes[other].sk, name);
        other += 1;
    }
    if taken {
        fail(&[
            "index `",
            table.indexes[at].name,
            "` keeps a key in attribute `",
            name,
            "`, which table `",
            table.name,
            "` already uses: choose another attribute with `#[index(pk = \"..\", sk = \"..\")]`",
        ]);
    }
}
