//! The check that the indexes of a table do not collide.

use super::attributes::assert_same_attributes;
use super::message::{fail, same};
use crate::schema::def::KeysAre;
use crate::schema::{EntityDef, IndexDef, Projection, TableDef, WRITE_NAME};

/// How many local indexes DynamoDB allows for a table.
const MOST_LOCAL: usize = 5;

/// Checks the index at place `at` of the table's list. No other index has its name, its keys have their
/// own attributes, and each attribute that it includes is stored by an entity on it.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_index(table: &TableDef, at: usize) {
    let index = table.indexes[at];
    match index.keys_are {
        KeysAre::Texts => {
            if !index.is_local {
                assert_attribute(table, at, index.pk);
            }
            assert_attribute(table, at, index.sk);
        }
        KeysAre::Attributes => assert_same_attributes(table, at),
    }
    let (mut other, mut local) = (0, 0);
    while other < at {
        local += table.indexes[other].is_local as usize;
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
    if index.is_local && local == MOST_LOCAL {
        fail(&[
            "index `",
            index.name,
            "` is the sixth local index of table `",
            table.name,
            "`, and a table of DynamoDB can have five: make it global, with a partition key of its own",
        ]);
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
            assert_former_names(table, index, attributes, attribute);
            attribute += 1;
        }
    }
}

/// Checks that the index also includes the former names of an attribute, under which older items have it.
#[track_caller]
#[inline]
const fn assert_former_names(table: &TableDef, index: &IndexDef, all: &[&str], at: usize) {
    let attribute = all[at];
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        let mut aliases = entity.aliases;
        while let [(former, now), others @ ..] = aliases {
            if same(now, attribute) && is_on(entity, index.name) && !is_one_of(former, all) {
                fail(&[
                    "index `",
                    index.name,
                    "` includes `",
                    attribute,
                    "`, and items of `",
                    entity.name,
                    "` can have it under its former name `",
                    former,
                    "`, which is not in the index: include it, too, or remove the alias when all items have the new name",
                ]);
            }
            aliases = others;
        }
        entities = rest;
    }
}

#[inline]
const fn is_one_of(name: &str, mut names: &[&str]) -> bool {
    while let [one, rest @ ..] = names {
        if same(one, name) {
            return true;
        }
        names = rest;
    }
    false
}

#[inline]
const fn is_on(entity: &EntityDef, index: &str) -> bool {
    let mut keys = entity.indexes;
    while let [on, rest @ ..] = keys {
        if same(on.index.name, index) {
            return true;
        }
        keys = rest;
    }
    false
}

/// Checks that an entity's key at this place of [`EntityDef::indexes`] has a template for the partition key, or has
/// none if the index is local. `name` is the type of the index as it is written.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_partition_key(entity: &EntityDef, at: usize, name: &str, is_written: bool) {
    let index = entity.indexes[at].index;
    if is_written && index.is_local {
        fail(&[
            "index `",
            name,
            "` is local, so its partition key is that of the table: leave `pk` out, or leave `local` out of `#[index(..)]`",
        ]);
    }
    if !is_written && !index.is_local {
        fail(&[
            "the key on index `",
            name,
            "` is incomplete: add `pk`, as a template or as `same` for the primary key's",
        ]);
    }
}

/// Returns whether items have a key on the index in this attribute.
#[inline]
pub(super) const fn has_own_key(index: &IndexDef, attribute: &str) -> bool {
    // Fields that are not stored have no name, and neither have keys that are fields.
    matches!(index.keys_are, KeysAre::Texts)
        && (same(index.sk, attribute) || !index.is_local && same(index.pk, attribute))
}

/// Returns whether an entity with a key on the index has a field with this stored name, now or formerly.
#[inline]
const fn is_stored(table: &TableDef, index: &str, attribute: &str) -> bool {
    let mut entity = 0;
    while entity < table.entities.len() {
        let def = table.entities[entity];
        let is_on = is_on(def, index);
        let mut field = 0;
        while is_on && field < def.fields.len() {
            if same(def.fields[field], attribute) {
                return true;
            }
            field += 1;
        }
        let mut alias = 0;
        while is_on && alias < def.aliases.len() {
            if same(def.aliases[alias].0, attribute) {
                return true;
            }
            alias += 1;
        }
        entity += 1;
    }
    false
}

#[track_caller]
#[inline]
const fn assert_attribute(table: &TableDef, at: usize, name: &str) {
    let mut taken = same(table.pk, name)
        || same(table.sk, name)
        || same(table.tag, name)
        || same(table.ttl, name)
        || same(WRITE_NAME, name);
    let mut other = 0;
    while other < at {
        taken = taken || has_own_key(table.indexes[other], name);
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
            "` already uses: choose another attribute with `#[index(",
            if table.indexes[at].is_local { "" } else { "pk = \"..\", " },
            "sk = \"..\")]`",
        ]);
    }
}
