//! The check that the entities of a table and the guards of their unique constraints cannot have the key of a
//! record of coordination, and whether such records can be in the partitions of an entity.

use super::message::{fail, same};
use super::overlap::may_be_equal;
use crate::key::{Encoding, Segment, Template};
use crate::schema::record::RECORD_ATTRIBUTES;
use crate::schema::{EntityDef, TableDef};

/// Checks that no item of the variant can have the key or the name of a record, and, at the first variant, that no
/// attribute of the table is one of a record.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_coordination(table: &TableDef, variant: usize) {
    let entity = table.entities[variant];
    if let [b'$', ..] = entity.name.as_bytes() {
        fail(&[
            "`",
            entity.name,
            "` is stored under a name that begins with `$`, as the items of `coordination` are: give it another name with `#[entity(name = \"..\")]`",
        ]);
    }
    if !is_apart(table, [entity.pk, entity.sk]) {
        fail(&[
            "the keys of `",
            entity.name,
            "` are raw texts, which can be those of the items of `coordination`: begin its partition key or its sort key with a literal, or leave `coordination` out",
        ]);
    }
    let mut constraints = entity.rules.unique;
    while let [unique, rest @ ..] = constraints {
        if !is_apart(table, [unique.pk, unique.sk]) {
            fail(&[
                "the keys of the guard of `",
                unique.name,
                "` are raw texts, which can be those of the items of `coordination`: begin one of them with a literal, or leave `coordination` out",
            ]);
        }
        constraints = rest;
    }
    if variant == 0 {
        assert_attributes(table);
    }
}

#[track_caller]
#[inline]
const fn assert_attributes(table: &TableDef) {
    assert_attribute(table.pk);
    assert_attribute(table.sk);
    assert_attribute(table.tag);
    assert_attribute(table.ttl);
    let mut indexes = table.indexes;
    while let [index, rest @ ..] = indexes {
        assert_attribute(index.pk);
        assert_attribute(index.sk);
        indexes = rest;
    }
}

#[track_caller]
#[inline]
const fn assert_attribute(name: &str) {
    let mut attributes = RECORD_ATTRIBUTES;
    while let [attribute, rest @ ..] = attributes {
        if same(name, attribute) {
            fail(&[
                "attribute `",
                name,
                "` of the table is one that the items of `coordination` have: give it another name",
            ]);
        }
        attributes = rest;
    }
}

/// Returns whether records can be in the partitions of the entity at this place: no entity that can be in them has the
/// sort key of a record, and no query of one would read a record.
#[doc(hidden)]
#[must_use]
#[inline]
pub const fn has_room(table: &TableDef, variant: usize) -> bool {
    let pk = table.entities[variant].pk;
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        if may_be_equal(entity.pk, pk) && !has_room_beside(table, entity) {
            return false;
        }
        let mut constraints = entity.rules.unique;
        while let [unique, rest @ ..] = constraints {
            // Guards are never queried.
            if may_be_equal(unique.pk, pk) && !is_text_apart(table, unique.sk) {
                return false;
            }
            constraints = rest;
        }
        entities = rest;
    }
    true
}

/// A query of an entity whose sort key begins with a literal reads only keys that begin with it. Otherwise it reads the
/// whole partition, and only one that is mixed leaves out what is of no entity.
#[inline]
const fn has_room_beside(table: &TableDef, entity: &EntityDef) -> bool {
    begins_with_literal(entity.sk) || (entity.is_mixed && is_text_apart(table, entity.sk))
}

/// Returns whether an item with these templates cannot have the key of a record in a partition of its own, nor be in
/// its partition where a query would read both.
#[inline]
const fn is_apart(table: &TableDef, [pk, sk]: [Template; 2]) -> bool {
    is_text_apart(table, pk) || begins_with_literal(sk)
}

/// Returns whether no text of the template begins with `$`.
#[inline]
const fn is_text_apart(table: &TableDef, template: Template) -> bool {
    // An escaped text has no `$`. The parts of other classes have none at all.
    begins_with_literal(template)
        || (matches!(table.encoding, Encoding::Escaped)
            && matches!(template, [Segment::Part(_), ..]))
}

/// Returns whether the template begins with a literal, which is not that of a record.
#[inline]
const fn begins_with_literal(template: Template) -> bool {
    match template {
        [Segment::Literal(text), ..] => {
            let text = text.as_bytes();
            !text.is_empty() && text[0] != b'$'
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
