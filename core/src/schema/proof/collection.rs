//! The checks of a collection: its members are in one partition, and in one stretch of its sort keys.

mod guards;

use super::message::{fail, same};
use super::overlap::may_be_equal;
use super::template::same_templates;
use crate::key::{PartSpec, Segment, Template, Unit};
use crate::schema::collection::{CollectionDef, Count, MemberDef};
use crate::schema::def::KeysAre;
use crate::schema::{EntityDef, IndexDef, TableDef};
use guards::assert_no_guard;

/// Checks the member at place `at` of the collection.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_member(collection: &CollectionDef, at: usize) {
    let member = &collection.members[at];
    if at == 0
        && let Some(index) = collection.index
        && let KeysAre::Attributes = index.keys_are
    {
        fail(&[
            "index `",
            index.name,
            "` has attributes as its keys, and no sort keys that a collection could cover: query each entity by its access pattern, or use an index with templates",
        ]);
    }
    assert_path(collection, member);
    assert_named(member);
    assert_different(collection, at);
    assert_same_partition(&collection.members[0], member);
    assert_count(member);
    if at + 1 == collection.members.len() {
        assert_contiguous(collection);
    }
}

#[track_caller]
#[inline]
const fn assert_different(collection: &CollectionDef, at: usize) {
    let member = &collection.members[at];
    let mut before = 0;
    while before < at {
        let other = &collection.members[before];
        if same(other.entity.name, member.entity.name) && other.at == member.at {
            fail(&[
                "`",
                other.field,
                "` and `",
                member.field,
                "` hold items of the same entity `",
                member.entity.name,
                "`: keep one of them, or name different access patterns, such as `#[member(Repo::forks)]`",
            ]);
        }
        before += 1;
    }
}

/// Checks that the key of the member is on the path of the collection.
#[track_caller]
#[inline]
const fn assert_path(collection: &CollectionDef, member: &MemberDef) {
    match (collection.index, member.index) {
        (None, None) => {}
        (Some(a), Some(b)) if same(a.name, b.name) => {}
        (_, Some(index)) => fail(&[
            "the access pattern of `",
            member.field,
            "` is on index `",
            index.name,
            "`, and the collection is not: write the index in `#[collection(index = ..)]`",
        ]),
        (Some(index), None) => fail(&[
            "the access pattern of `",
            member.field,
            "` is on the primary key, and the collection is on index `",
            index.name,
            "`: name one that is on the index, or leave `#[member(..)]` out",
        ]),
    }
}

/// Checks that the member of an entity with several keys on the index says which of them it is read by.
#[track_caller]
#[inline]
const fn assert_named(member: &MemberDef) {
    let Some(index) = member.index else { return };
    let (mut keys, mut others) = (member.entity.indexes, 0);
    while let [on, rest @ ..] = keys {
        others += same(on.index.name, index.name) as usize;
        keys = rest;
    }
    if others > 1 && !member.is_named {
        let pattern = member.entity.indexes[member.at].pattern;
        fail(&[
            "`",
            member.entity.name,
            "` has several keys on index `",
            index.name,
            "`: say whose items `",
            member.field,
            "` holds, such as `#[member(",
            member.entity.name,
            "::",
            pattern,
            ")]`",
        ]);
    }
}

/// Checks that equal parts give equal partition keys: the names of the fields do not matter.
#[track_caller]
#[inline]
const fn assert_same_partition(first: &MemberDef, member: &MemberDef) {
    if same_templates(first.key[0], member.key[0]) {
        return;
    }
    fail(&[
        "`",
        member.field,
        "` is not in the partition of `",
        first.field,
        "`: the partition keys of `",
        first.entity.name,
        "` and `",
        member.entity.name,
        "` need the same literals, and parts of the same types and formats",
    ]);
}

/// Checks that a member which is no list is the only item of its entity in the partition.
#[track_caller]
#[inline]
const fn assert_count(member: &MemberDef) {
    if let (Some(_), None, Count::One) = (&member.entity.shared, member.index, member.count) {
        fail(&[
            "`",
            member.field,
            "` shares its key with other entities, one of which can be there instead: write `",
            member.field,
            ": Option<",
            member.entity.name,
            ">`",
        ]);
    }
    let [pk, sk] = member.key;
    let mut at = 0;
    while at < sk.len() {
        if let Segment::Part(part) = sk[at] {
            let known = known(pk, &part);
            if !known && is_whole(pk, &part) {
                fail(&[
                    "`",
                    part.name,
                    "` is in both keys of `",
                    member.entity.name,
                    "` with different formats: a collection needs the same format in both, to know which sort keys the partition has",
                ]);
            }
            if !known && !matches!(member.count, Count::Many) {
                fail(&[
                    "a partition can have several `",
                    member.entity.name,
                    "`, because `",
                    part.name,
                    "` is in the sort key: write `",
                    member.field,
                    ": Vec<",
                    member.entity.name,
                    ">`",
                ]);
            }
        }
        at += 1;
    }
    if let Some(index) = member.index
        && !matches!(member.count, Count::Many)
    {
        assert_same_item(index, member, member.entity.pk);
        assert_same_item(index, member, member.entity.sk);
    }
}

/// Checks that the partition key of an index has all parts of a template of the primary key. Otherwise several
/// items can have the same key on the index.
#[track_caller]
#[inline]
const fn assert_same_item(index: &IndexDef, member: &MemberDef, mut template: Template) {
    let pk = member.key[0];
    while let [segment, rest @ ..] = template {
        if let Segment::Part(part) = segment
            && !known(pk, part)
            && !is_exact(pk, part)
        {
            fail(&[
                "several `",
                member.entity.name,
                "` can have the same key on index `",
                index.name,
                "`, because `",
                part.name,
                "` of the primary key is not in its partition key: write `",
                member.field,
                ": Vec<",
                member.entity.name,
                ">`",
            ]);
        }
        template = rest;
    }
}

/// Returns whether the partition key has the value of this part's field, and not only its bucket or a time that is
/// cut off.
#[inline]
const fn is_exact(pk: Template, part: &PartSpec) -> bool {
    let mut at = 0;
    while at < pk.len() {
        if let Segment::Part(own) = pk[at]
            && own.field == part.field
            && matches!(own.format.unit, None | Some(Unit::Nanosecond))
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns whether the partition key has the whole value of this part's field.
#[inline]
const fn is_whole(pk: Template, part: &PartSpec) -> bool {
    let mut at = 0;
    while at < pk.len() {
        if let Segment::Part(own) = pk[at]
            && own.field == part.field
            && own.format.bucket_unit().is_none()
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns whether the partition key has the text of this part.
#[inline]
const fn known(pk: Template, part: &PartSpec) -> bool {
    let mut at = 0;
    while at < pk.len() {
        if let Segment::Part(own) = pk[at]
            && own.field == part.field
            && own.writes_like(part)
        {
            return true;
        }
        at += 1;
    }
    false
}

/// Checks that no other key of the table's entities is between those of the members.
///
/// The literals that the sort keys of a partition begin with decide it. The checks of the table have shown that
/// none of them begins with another, unless a key is mixed.
#[track_caller]
#[inline]
const fn assert_contiguous(collection: &CollectionDef) {
    let CollectionDef { table, members, index, .. } = collection;
    let (mut least, mut greatest, mut at) = (0, 0, 1);
    while at < members.len() {
        let sk = literal(members[at].key[1]);
        if is_less(sk, literal(members[least].key[1])) {
            least = at;
        }
        if is_less(literal(members[greatest].key[1]), sk) {
            greatest = at;
        }
        at += 1;
    }
    let (least, greatest) = (&members[least], &members[greatest]);
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        let mut at = 0;
        // After the keys on indexes comes the primary key.
        while at <= entity.indexes.len() {
            let is_on_path = match (entity.index(at), index) {
                (Some(a), Some(b)) => same(a.name, b.name),
                (None, None) => true,
                _ => false,
            };
            let [pk, sk] = entity.key(at);
            if is_on_path
                && !is_member(collection, entity, at)
                && may_be_equal(pk, members[0].key[0])
                && !is_all_before(literal(sk), literal(least.key[1]))
                && !is_all_before(literal(greatest.key[1]), literal(sk))
            {
                fail_between(entity, at, [least.field, greatest.field]);
            }
            at += 1;
        }
        if index.is_none() {
            assert_no_guard(collection, entity.rules.unique, [least, greatest]);
        }
        entities = rest;
    }
    assert_same_table(table, collection);
}

#[track_caller]
#[inline]
const fn fail_between(entity: &EntityDef, at: usize, [least, greatest]: [&str; 2]) -> ! {
    let pattern = if at < entity.indexes.len() { entity.indexes[at].pattern } else { "" };
    let of = if pattern.is_empty() { ["", "", ""] } else { [" by `", pattern, "`"] };
    let between = if same(least, greatest) {
        [" are among those of `", least, "", ""]
    } else {
        [" are between those of `", least, "` and `", greatest]
    };
    fail(&[
        "the items of `",
        entity.name,
        "`",
        of[0],
        of[1],
        of[2],
        between[0],
        between[1],
        between[2],
        between[3],
        "`, and would be read and paid for: add a member for them, such as `Vec<",
        entity.name,
        ">`, or make two collections",
    ])
}

/// Checks that each member is an entity of the table.
#[track_caller]
#[inline]
const fn assert_same_table(table: &TableDef, collection: &CollectionDef) {
    let mut at = 0;
    while at < collection.members.len() {
        let member = &collection.members[at];
        let (mut found, mut entities) = (false, table.entities);
        while let [entity, rest @ ..] = entities {
            found = found || same(entity.name, member.entity.name);
            entities = rest;
        }
        if !found {
            fail(&[
                "`",
                member.entity.name,
                "` is not an entity of table `",
                table.name,
                "`, in which the first member is: all members of a collection are in one table",
            ]);
        }
        at += 1;
    }
}

/// Returns whether a member has the entity's key at this place.
#[inline]
const fn is_member(collection: &CollectionDef, entity: &EntityDef, at: usize) -> bool {
    let mut members = collection.members;
    while let [member, rest @ ..] = members {
        let same_key = member.at == at || (member.index.is_none() && at == entity.indexes.len());
        if same_key && same(member.entity.name, entity.name) {
            return true;
        }
        members = rest;
    }
    false
}

/// Returns the literal that a template begins with.
#[inline]
const fn literal(template: Template) -> &'static [u8] {
    match template {
        [Segment::Literal(text), ..] => text.as_bytes(),
        _ => &[],
    }
}

/// Returns whether all texts that begin with `a` are before all that begin with `b`.
#[inline]
const fn is_all_before(a: &[u8], b: &[u8]) -> bool {
    is_less(a, b) && !begins_with(b, a)
}

#[inline]
const fn begins_with(mut text: &[u8], mut prefix: &[u8]) -> bool {
    while let ([x, rest @ ..], [y, more @ ..]) = (text, prefix) {
        if *x != *y {
            return false;
        }
        (text, prefix) = (rest, more);
    }
    prefix.is_empty()
}

#[inline]
const fn is_less(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return *x < *y;
        }
        (a, b) = (rest_a, rest_b);
    }
    matches!((a, b), ([], [_, ..]))
}
