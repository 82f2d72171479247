//! The checks of a single template with the types of its parts.

use super::index::has_own_key;
use super::message::{fail, same};
use crate::key::{Class, Format, Segment, Template, Unit};
use crate::schema::{EntityDef, Projection, TableDef, WRITE_NAME};

/// Checks one of an entity's templates, by its number (see [`EntityDef::template`]).
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_template(entity: &EntityDef, number: usize) {
    let template = entity.template(number);
    assert_parts(template);
    // The templates of the primary key. Different items must have different primary keys.
    if number < 2 {
        assert_whole_parts(template);
    }
}

/// Checks that the format of each part fits its type, and that a variable-width part ends its
/// component.
///
/// It has few calls, because calls are slow in const evaluation (see `schema/head.rs`).
#[track_caller]
#[inline]
const fn assert_parts(mut template: Template) {
    while let [segment, rest @ ..] = template {
        template = rest;
        let Segment::Part(spec) = segment else { continue };
        let is_own = matches!(
            spec.format,
            Format { width: 0, unit: None, descending: false, or_empty: false, .. }
        );
        if !is_own && let Some(why) = spec.class.refuses(spec.format) {
            fail(&["key part `{", spec.name, "}` ", why]);
        }
        if let Class::Text | Class::Name | Class::OneOf(_) = spec.class
            && let [next, ..] = rest
            && !begins_component(next)
        {
            fail(&[
                "key part `{",
                spec.name,
                "}` has no fixed width, so it must end its component: put a `#` right after it",
            ]);
        }
    }
}

/// Checks that the items of a mixed key on an index, by its place in the entity's list, can be told apart.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_mixed(entity: &EntityDef, at: usize) {
    let index = entity.indexes[at].index;
    if let Projection::KeysOnly = index.projection {
        fail(&[
            "index `",
            index.name,
            "` projects only keys, so a query of it cannot leave out the items of other entities: give it `projection = all` or `include(..)`, or leave `mixed` out",
        ]);
    }
}

/// Checks that each part of a primary key holds its whole value, so that two items never share a key.
#[doc(hidden)]
#[track_caller]
#[inline]
const fn assert_whole_parts(mut template: Template) {
    while let [segment, rest @ ..] = template {
        if let Segment::Part(spec) = segment
            && let Some(unit) = spec.format.unit
            && spec.format.bucket_unit().is_none()
            && !matches!(unit, Unit::Nanosecond)
        {
            fail(&[
                "key part `{",
                spec.name,
                "}` is cut off to a coarser time, so two items could get the same primary key: leave the precision out, or write `{",
                spec.name,
                match unit {
                    Unit::Millisecond => {
                        ":millisecond:bucket}` if items of the same millisecond are one item"
                    }
                    Unit::Microsecond => {
                        ":microsecond:bucket}` if items of the same microsecond are one item"
                    }
                    _ => ":second:bucket}` if items of the same second are one item",
                },
            ]);
        }
        template = rest;
    }
}

/// Checks that in raw keys no variable-width part comes right after a fixed-width part. Raw text may
/// begin with greater bytes than escaped text can have, and a range of the fixed part would miss it.
#[track_caller]
#[inline]
pub(super) const fn assert_raw(entity: &EntityDef) {
    assert_raw_template(entity.name, entity.pk);
    assert_raw_template(entity.name, entity.sk);
    let mut at = 0;
    while at < entity.indexes.len() {
        assert_raw_template(entity.name, entity.indexes[at].pk);
        assert_raw_template(entity.name, entity.indexes[at].sk);
        at += 1;
    }
    let unique = entity.rules.unique;
    at = 0;
    while at < unique.len() {
        assert_raw_template(unique[at].name, unique[at].pk);
        assert_raw_template(unique[at].name, unique[at].sk);
        at += 1;
    }
}

#[track_caller]
#[inline]
const fn assert_raw_template(entity: &str, template: Template) {
    let mut at = 1;
    while at < template.len() {
        if let (Segment::Part(fixed), Segment::Part(text)) = (template[at - 1], template[at])
            && text.class.is_variable()
        {
            fail(&[
                "`",
                entity,
                "` writes `{",
                text.name,
                "}` right after `{",
                fixed.name,
                "}`, and raw keys of this form would not be in order: put a `#` between them",
            ]);
        }
        at += 1;
    }
}

#[inline]
const fn begins_component(segment: &Segment) -> bool {
    match segment {
        Segment::Literal(text) => matches!(text.as_bytes(), [b'#', ..]),
        Segment::Part(_) => false,
    }
}

/// Checks that the table does not use the field's attribute itself.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_field(entity: &EntityDef, table: &TableDef, field: usize) {
    let name = entity.fields[field];
    if let Some(kind) = attribute(table, name) {
        fail(&[
            "the stored name `",
            name,
            "` is ",
            kind,
            " of table `",
            table.name,
            "`: rename the field, or give it `#[serde(rename = \"..\")]`",
        ]);
    }
}

/// Checks that the table does not use the attribute of a former name itself.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_alias(entity: &EntityDef, table: &TableDef, alias: usize) {
    let name = entity.aliases[alias].0;
    if let Some(kind) = attribute(table, name) {
        fail(&[
            "the alias `",
            name,
            "` is ",
            kind,
            " of table `",
            table.name,
            "`, which every item already has: remove the alias",
        ]);
    }
}

/// Checks all fields of an entity.
///
/// Const evaluation is slow, so this is one call for all fields, and one step for nearly every name.
/// Its errors point at the whole entity. So the derive also checks fields with likely names by
/// [`assert_field`], whose errors point at the field.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_fields(entity: &EntityDef, table: &TableDef) {
    if table.own.may_have_some(entity.fields) {
        let mut at = 0;
        while at < entity.fields.len() {
            assert_field(entity, table, at);
            at += 1;
        }
    }
}

/// Returns what the table uses the attribute for, if it uses it.
#[inline]
const fn attribute(table: &TableDef, name: &str) -> Option<&'static str> {
    if same(WRITE_NAME, name) && has_versions(table) {
        return Some("the write-name attribute");
    }
    if let [b'_', b's', b't', b'e', b'p', b'.', ..] = name.as_bytes() {
        return Some("an attribute for steps");
    }
    if same(table.ttl, name) {
        return Some("the ttl attribute");
    }
    if same(table.tag, name) {
        return Some("the tag attribute");
    }
    let mut found = same(table.pk, name) || same(table.sk, name);
    let mut at = 0;
    while at < table.indexes.len() {
        found = found || has_own_key(table.indexes[at], name);
        at += 1;
    }
    if found { Some("a key attribute") } else { None }
}

/// Returns whether an entity of the table has a version.
#[inline]
const fn has_versions(table: &TableDef) -> bool {
    let mut at = 0;
    while at < table.entities.len() {
        if table.entities[at].rules.version.is_some() {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns whether two templates write the same texts from the same parts, whatever the names of the fields are.
#[inline]
pub(super) const fn same_templates(a: Template, b: Template) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        let equal = match (a[at], b[at]) {
            (Segment::Literal(x), Segment::Literal(y)) => same(x, y),
            (Segment::Part(x), Segment::Part(y)) => x.writes_like(&y),
            _ => false,
        };
        if !equal {
            return false;
        }
        at += 1;
    }
    true
}
