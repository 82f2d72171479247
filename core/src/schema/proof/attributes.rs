//! The checks of indexes whose keys are attributes of the items.

use super::message::{fail, same};
use crate::schema::def::KeysAre;
use crate::schema::{
    EntityDef, IndexDef, IndexKey, KeyAttribute, KeyAttributes, Projection, TableDef,
};

/// Checks that the index of an entity's key, at a place of its list, has attributes as its keys.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_attributes(entity: &EntityDef, at: usize) {
    let index = entity.indexes[at].index;
    if let KeysAre::Texts = index.keys_are {
        fail(&[
            "the keys of index `",
            index.name,
            "` are texts in attributes of their own: write templates, `pk = \"..\"` and `sk = \"..\"`, or declare the index with `#[index(attributes)]`",
        ]);
    }
}

/// Checks the entities on an index whose keys are attributes of the items: all declare the same ones, and every
/// entity whose items are in the index declares it.
#[track_caller]
#[inline]
pub(super) const fn assert_same_attributes(table: &TableDef, place: usize) {
    let index = table.indexes[place];
    let (mut first, mut at): (Option<(&EntityDef, KeyAttributes)>, usize) = (None, 0);
    while at < table.entities.len() {
        let entity = table.entities[at];
        if let Some(own) = key(entity, index) {
            let Some(own) = own.attributes else {
                fail(&[
                    "the keys of index `",
                    index.name,
                    "` are attributes, but `",
                    entity.name,
                    "` has templates for it: write `pk(field, ..)` and `sk(field, ..)` there, without quotes",
                ]);
            };
            match first {
                None => first = Some((entity, own)),
                Some((first, attributes)) => {
                    assert_equal(index, first, entity, attributes.partition, own.partition);
                    assert_equal(index, first, entity, attributes.sort, own.sort);
                    assert_told_apart(index, first, entity);
                }
            }
        }
        at += 1;
    }
    match first {
        Some((first, attributes)) => {
            assert_all_declare_it(table, index, first, &attributes);
            let mut other = 0;
            while other < place {
                if let Some(others) = table.key_attributes(table.indexes[other]) {
                    let both = [table.indexes[other].name, index.name];
                    assert_one_type(both, [others.partition, others.sort], attributes.partition);
                    assert_one_type(both, [others.partition, others.sort], attributes.sort);
                }
                other += 1;
            }
        }
        None => fail(&[
            "no entity of table `",
            table.name,
            "` has a key on index `",
            index.name,
            "`, so it has no attributes: declare one, `#[access(name, index = .., pk(field, ..), sk(field, ..))]`, or remove the index",
        ]),
    }
}

/// Checks that no attribute has another type in the keys of another index: stores have one type for each.
#[track_caller]
#[inline]
const fn assert_one_type(
    [first, second]: [&str; 2],
    [partition, sort]: [&[KeyAttribute]; 2],
    mut attributes: &[KeyAttribute],
) {
    while let [attribute, rest @ ..] = attributes {
        let (mut others, mut next) = (partition, sort);
        loop {
            while let [other, rest @ ..] = others {
                if same(other.name, attribute.name) && other.ty as u8 != attribute.ty as u8 {
                    fail(&[
                        "`",
                        attribute.name,
                        "` is a ",
                        other.ty.name(),
                        " in the keys of index `",
                        first,
                        "` and a ",
                        attribute.ty.name(),
                        " in those of `",
                        second,
                        "`, and stores have one type for each key attribute: rename one of the fields",
                    ]);
                }
                others = rest;
            }
            if next.is_empty() {
                break;
            }
            (others, next) = (next, &[]);
        }
        attributes = rest;
    }
}

/// Returns the entity's key on an index.
#[inline]
const fn key(entity: &EntityDef, index: &IndexDef) -> Option<&'static IndexKey> {
    let mut keys = entity.indexes;
    while let [on, rest @ ..] = keys {
        if same(on.index.name, index.name) {
            return Some(on);
        }
        keys = rest;
    }
    None
}

/// Checks that two entities have the same attributes in the same order, with the same types.
#[track_caller]
#[inline]
const fn assert_equal(
    index: &IndexDef,
    first: &EntityDef,
    second: &EntityDef,
    mut a: &[KeyAttribute],
    mut b: &[KeyAttribute],
) {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if !same(x.name, y.name) || x.ty as u8 != y.ty as u8 {
            fail_different(index, first, second, [x.name, x.ty.name(), y.name, y.ty.name()]);
        }
        (a, b) = (rest_a, rest_b);
    }
    match (a, b) {
        ([], []) => {}
        ([x, ..], _) => fail_more(index, [first.name, second.name], x.name),
        (_, [y, ..]) => fail_more(index, [second.name, first.name], y.name),
    }
}

#[track_caller]
#[inline]
const fn fail_different(
    index: &IndexDef,
    first: &EntityDef,
    second: &EntityDef,
    [name_a, type_a, name_b, type_b]: [&str; 4],
) -> ! {
    fail(&[
        "`",
        first.name,
        "` and `",
        second.name,
        "` have different keys on index `",
        index.name,
        "`, `",
        name_a,
        "` (a ",
        type_a,
        ") and `",
        name_b,
        "` (a ",
        type_b,
        "): the fields need the same stored names and types, in the same order",
    ])
}

#[track_caller]
#[inline]
const fn fail_more(index: &IndexDef, [more, less]: [&str; 2], name: &str) -> ! {
    fail(&[
        "`",
        more,
        "` has the field `",
        name,
        "` in its key on index `",
        index.name,
        "`, and `",
        less,
        "` has not: the keys of all entities on it need the same fields, in the same order",
    ])
}

/// Checks that the entries of an index with several entities have the name of their entity.
#[track_caller]
#[inline]
const fn assert_told_apart(index: &IndexDef, first: &EntityDef, second: &EntityDef) {
    if let Projection::KeysOnly = index.projection {
        fail(&[
            "index `",
            index.name,
            "` projects only keys, which do not tell items of `",
            first.name,
            "` from those of `",
            second.name,
            "`: give it `projection = include(..)`, which projects the name of the entity, or `all`",
        ]);
    }
}

/// Checks that each entity with all of these attributes has a key on the index: its items are in it.
#[track_caller]
#[inline]
const fn assert_all_declare_it(
    table: &TableDef,
    index: &IndexDef,
    first: &EntityDef,
    attributes: &KeyAttributes,
) {
    let mut at = 0;
    while at < table.entities.len() {
        let entity = table.entities[at];
        if key(entity, index).is_none() && entity.stores_all(attributes) {
            fail(&[
                "`",
                entity.name,
                "` has all fields of the key of `",
                first.name,
                "` on index `",
                index.name,
                "`, so its items are in it, too: declare its key on the index with `#[key(index = .., pk(..), sk(..))]`, or rename one of its fields",
            ]);
        }
        at += 1;
    }
}
