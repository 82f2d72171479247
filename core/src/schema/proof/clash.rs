//! The check that the entities of a table and the guards of their unique constraints do not collide: in
//! their names, in their primary keys, and in the partitions that they share.
//!
//! Const evaluation is slow, and 100 entities have 5,000 pairs. But two keys that collide begin with
//! the same bytes. So all keys are sorted by the first bytes of their literals, and two keys are
//! compared only if the literal of one begins with that of the other.

use super::message::{fail, same};
use super::overlap::{may_be_equal, may_begin_with};
use super::template::assert_raw;
use crate::key::{Encoding, Template};
use crate::schema::head::Head;
use crate::schema::{EntityDef, TableDef};

/// The first two entities or guards that were found to collide.
#[derive(Debug, Clone, Copy)]
pub struct Clash {
    both: [Owner; 2],
    kind: ClashKind,
}

/// An entity, or the guard of a unique constraint.
#[derive(Debug, Clone, Copy)]
struct Owner {
    /// The entity's place in the table's list.
    entity: usize,
    /// The constraint's place in the entity's list, or [`NO_GUARD`] for the entity itself.
    guard: usize,
}

#[derive(Debug, Clone, Copy)]
enum ClashKind {
    Name,
    PrimaryKey,
    /// A partition of the table, or of the index in this place of its list, and whose queries are misled.
    Partition(Option<usize>, [bool; 2]),
    /// A partition of an index on which one entity has both of these keys, by their places in its list.
    OwnKeys([usize; 2]),
    /// Keys of one key space, which an access pattern of one of them reads.
    Shared,
}

/// Something that an owner uses: a name, a primary key, or a key on an index.
#[derive(Debug, Clone, Copy)]
struct Claim {
    owner: Owner,
    /// [`NAME`], [`PRIMARY`], or above it the index's place in the table's list.
    space: usize,
    /// The place in the entity's list of index keys.
    key: usize,
}

const NO_GUARD: usize = usize::MAX;
const NAME: usize = 0;
const PRIMARY: usize = 1;
const NOTHING: Claim = Claim { owner: Owner { entity: 0, guard: NO_GUARD }, space: 0, key: 0 };

/// Returns how many claims the table's entities and their guards have.
#[doc(hidden)]
#[must_use]
#[inline]
pub const fn claims(table: &TableDef) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < table.entities.len() {
        let entity = table.entities[at];
        count += 2 + entity.indexes.len() + 2 * entity.rules.unique.len();
        at += 1;
    }
    count
}

/// Returns the first clash of the table, if there is one. `CLAIMS` is the result of [`claims`].
#[doc(hidden)]
#[must_use]
#[inline]
pub const fn find_clash<const CLAIMS: usize>(table: &TableDef) -> Option<Clash> {
    let (claims, heads) = collect::<CLAIMS>(table);
    let heads = sorted(heads);
    let mut at = 0;
    while at < CLAIMS {
        let (one, mut next) = (heads[at], at + 1);
        // Whether a key of the one may begin with the other's literal, as far as the heads tell.
        while next < CLAIMS
            && one >> Head::TOP == heads[next] >> Head::TOP
            && !Head(one).excludes(Head(heads[next]))
        {
            let (x, y) = (claims[number(one)], claims[number(heads[next])]);
            if x.space == y.space
                && let Some(clash) = compare(table, x, y)
            {
                return Some(clash);
            }
            next += 1;
        }
        at += 1;
    }
    None
}

/// Checks that the variant is not the later one of the clash. In a raw table, also checks that its keys
/// can be written raw.
#[doc(hidden)]
#[track_caller]
#[inline]
pub const fn assert_apart(clash: &Option<Clash>, table: &TableDef, variant: usize) {
    if let Encoding::Raw = table.encoding {
        assert_raw(table.entities[variant]);
    }
    if let Some(Clash { both: [first, second], kind }) = clash
        && second.entity == variant
    {
        if let ClashKind::OwnKeys(keys) = kind {
            fail_own_keys(table.entities[variant], *keys);
        } else if first.guard == NO_GUARD && second.guard == NO_GUARD {
            fail_entities(table, first.name(table), second.name(table), kind);
        }
        fail_guard(table, *first, *second, kind);
    }
}

#[track_caller]
#[inline]
const fn fail_entities(table: &TableDef, a: &str, b: &str, kind: &ClashKind) {
    match kind {
        ClashKind::Name => fail(&[
            "two entities of `",
            table.name,
            "` are stored under the name `",
            a,
            "`: give one of them `#[entity(name = \"..\")]`",
        ]),
        ClashKind::PrimaryKey => fail(&[
            "`",
            a,
            "` and `",
            b,
            "` can write the same primary key: begin their sort keys with different literals, such as `ORDER#{..}` and `ITEM#{..}`",
        ]),
        ClashKind::Partition(index, misled) => {
            // On an index, different sort keys would take away the common order of the items.
            let (index, instead) = match index {
                None => (["the table", "", ""], "sort keys"),
                Some(at) if table.indexes[*at].is_local => {
                    (["local index `", table.indexes[*at].name, "`"], "sort keys on it")
                }
                Some(at) => (["index `", table.indexes[*at].name, "`"], "partition keys"),
            };
            let (who, of) = match misled {
                [true, true] => (["one", "", ""], ["s of both", "", ""]),
                [true, false] => (["`", a, "`"], [" of `", a, "`"]),
                _ => (["`", b, "`"], [" of `", b, "`"]),
            };
            fail(&[
                "`",
                a,
                "` and `",
                b,
                "` can share a partition of ",
                index[0],
                index[1],
                index[2],
                ", and a query of ",
                who[0],
                who[1],
                who[2],
                " would read the other: begin their ",
                instead,
                " with different literals, or write `mixed` in the access pattern",
                of[0],
                of[1],
                of[2],
                ", which then pays for both",
            ])
        }
        ClashKind::OwnKeys(_) => {}
        ClashKind::Shared => {
            let [entity, pattern] = pattern_of(table, a, b);
            fail(&[
                "`",
                a,
                "` and `",
                b,
                "` share their keys, and access pattern `",
                pattern,
                "` of `",
                entity,
                "` would read both: write `#[access(",
                pattern,
                ", mixed)]` if it leaves out the items of the others, or read all of them with `",
                entity,
                "::partition(..).query()`",
            ])
        }
    }
}

/// Fails with the message for two keys of one entity on one index.
#[track_caller]
#[inline]
const fn fail_own_keys(entity: &EntityDef, [a, b]: [usize; 2]) -> ! {
    let (a, b) = (&entity.indexes[a], &entity.indexes[b]);
    fail(&[
        "the keys of `",
        a.pattern,
        "` and `",
        b.pattern,
        "` of `",
        entity.name,
        "` can share a partition of index `",
        a.index.name,
        "`, and a query of one would read the other: begin their partition keys or their sort keys with different literals",
    ])
}

/// Returns which of the two has an access pattern on the primary key that is not mixed, and its name.
#[inline]
const fn pattern_of(table: &TableDef, a: &str, b: &str) -> [&'static str; 2] {
    let mut entities = table.entities;
    while let [entity, rest @ ..] = entities {
        if (same(entity.name, a) || same(entity.name, b))
            && let Some(shared) = &entity.shared
            && let Some(pattern) = shared.pattern
            && !entity.is_mixed
        {
            return [entity.name, pattern];
        }
        entities = rest;
    }
    ["", ""]
}

/// Fails with the message for a clash in which at least one of the two is a guard.
#[track_caller]
#[inline]
const fn fail_guard(table: &TableDef, first: Owner, second: Owner, kind: &ClashKind) -> ! {
    let (a, b) = (first.name(table), second.name(table));
    let (of_a, of_b) = (first.kind(), second.kind());
    match kind {
        ClashKind::Name => fail(&[
            of_a,
            a,
            "` and ",
            of_b,
            b,
            "` are stored under the same name in `",
            table.name,
            "`: give the entity another name with `#[entity(name = \"..\")]`",
        ]),
        ClashKind::PrimaryKey => fail(&[
            of_a,
            a,
            "` and ",
            of_b,
            b,
            "` can write the same primary key: give the guard its own key with `unique(.., pk = \"..\", sk = \"..\")`",
        ]),
        // Guards share no keys.
        ClashKind::Partition(..) | ClashKind::OwnKeys(_) | ClashKind::Shared => fail(&[
            of_a,
            a,
            "` and ",
            of_b,
            b,
            "` can share a partition, and a query of the entity would read the guard: give the guard its own key with `unique(.., pk = \"..\", sk = \"..\")`",
        ]),
    }
}

/// Returns the claims, and a number for each to sort by, made of its space, its head and its place.
#[inline]
const fn collect<const CLAIMS: usize>(table: &TableDef) -> ([Claim; CLAIMS], [u128; CLAIMS]) {
    let (mut claims, mut heads) = ([NOTHING; CLAIMS], [0; CLAIMS]);
    let (mut used, mut entity) = (0, 0);
    let mut entities = table.entities;
    while let [def, rest @ ..] = entities {
        let owner = Owner { entity, guard: NO_GUARD };
        claims[used] = Claim { owner, space: NAME, key: 0 };
        heads[used] = ordered(NAME, def.heads[0], used);
        claims[used + 1] = Claim { owner, space: PRIMARY, key: 0 };
        heads[used + 1] = ordered(PRIMARY, def.heads[1], used + 1);
        used += 2;
        let (mut key, mut indexes) = (0, def.indexes);
        while let [on, rest @ ..] = indexes {
            let space = PRIMARY + 1 + place(table, on.index.name);
            claims[used] = Claim { owner, space, key };
            heads[used] = ordered(space, on.head, used);
            used += 1;
            key += 1;
            indexes = rest;
        }
        let (mut guard, mut constraints) = (0, def.rules.unique);
        while let [unique, rest @ ..] = constraints {
            let owner = Owner { entity, guard };
            claims[used] = Claim { owner, space: NAME, key: 0 };
            heads[used] = ordered(NAME, unique.heads[0], used);
            claims[used + 1] = Claim { owner, space: PRIMARY, key: 0 };
            heads[used + 1] = ordered(PRIMARY, unique.heads[1], used + 1);
            used += 2;
            guard += 1;
            constraints = rest;
        }
        entity += 1;
        entities = rest;
    }
    (claims, heads)
}

/// Returns the number that a claim is sorted by: first by space, then by head. All spaces above 255 count as
/// one, but tables have far fewer.
#[inline]
const fn ordered(space: usize, head: Head, number: usize) -> u128 {
    let space = if space < 255 { space } else { 255 };
    (space as u128) << Head::TOP | head.0 | number as u128
}

/// Returns the place of the claim in the list.
#[inline]
const fn number(ordered: u128) -> usize {
    (ordered & Head::BELOW) as usize
}

/// Returns the place of an index in the table's list. A missing index is reported elsewhere.
#[inline]
const fn place(table: &TableDef, name: &str) -> usize {
    let (mut at, mut indexes) = (0, table.indexes);
    while let [index, rest @ ..] = indexes
        && !same(index.name, name)
    {
        at += 1;
        indexes = rest;
    }
    at
}

/// Sorts the numbers with a bottom-up merge sort. It has no calls, because it takes many steps.
#[inline]
const fn sorted<const CLAIMS: usize>(mut heads: [u128; CLAIMS]) -> [u128; CLAIMS] {
    let mut run = 1;
    while run < CLAIMS {
        let from = heads;
        let mut start = 0;
        while start < CLAIMS {
            let middle = if start + run < CLAIMS { start + run } else { CLAIMS };
            let end = if middle + run < CLAIMS { middle + run } else { CLAIMS };
            let (mut left, mut right, mut to) = (start, middle, start);
            while to < end {
                if left < middle && (right >= end || from[left] < from[right]) {
                    heads[to] = from[left];
                    left += 1;
                } else {
                    heads[to] = from[right];
                    right += 1;
                }
                to += 1;
            }
            start = end;
        }
        run *= 2;
    }
    heads
}

impl Owner {
    #[inline]
    const fn name(self, table: &TableDef) -> &'static str {
        let entity = table.entities[self.entity];
        if self.guard == NO_GUARD { entity.name } else { entity.rules.unique[self.guard].name }
    }

    /// Returns the templates of the primary key.
    #[inline]
    const fn primary(self, table: &TableDef) -> [Template; 2] {
        let entity = table.entities[self.entity];
        if self.guard == NO_GUARD {
            [entity.pk, entity.sk]
        } else {
            let guard = &entity.rules.unique[self.guard];
            [guard.pk, guard.sk]
        }
    }

    /// Returns whether its queries of the primary key tell its items from others: because it is mixed, or has
    /// no queries.
    #[inline]
    const fn is_not_misled(self, table: &TableDef) -> bool {
        self.guard != NO_GUARD || table.entities[self.entity].is_mixed
    }

    /// Returns the text before its name in a message.
    #[inline]
    const fn kind(self) -> &'static str {
        if self.guard == NO_GUARD { "`" } else { "the guard of `" }
    }
}

/// Compares two claims of one space completely.
#[inline]
const fn compare(table: &TableDef, x: Claim, y: Claim) -> Option<Clash> {
    if x.owner.entity == y.owner.entity && x.owner.guard == y.owner.guard {
        return if x.space > PRIMARY { own_keys(table, x, y) } else { None };
    }
    let (first, second) = if x.owner.entity <= y.owner.entity { (x, y) } else { (y, x) };
    let both = [first.owner, second.owner];
    let kind = match x.space {
        NAME if same(both[0].name(table), both[1].name(table)) => Some(ClashKind::Name),
        NAME => None,
        PRIMARY => primary_keys(table, both),
        space => {
            let (a, b) = (table.entities[both[0].entity], table.entities[both[1].entity]);
            let (on_a, on_b) = (&a.indexes[first.key], &b.indexes[second.key]);
            // If the table does not have the index, that is reported elsewhere.
            let listed = space - PRIMARY - 1 < table.indexes.len();
            // Items of several entities may be in one partition of attributes: queries tell them apart.
            let rendered = on_a.attributes.is_none() && on_b.attributes.is_none();
            if listed && rendered && may_be_equal(on_a.pk, on_b.pk) {
                match misled([on_a.sk, on_b.sk], [on_a.is_mixed, on_b.is_mixed]) {
                    [false, false] => None,
                    who => Some(ClashKind::Partition(Some(space - PRIMARY - 1), who)),
                }
            } else {
                None
            }
        }
    };
    match kind {
        Some(kind) => Some(Clash { both, kind }),
        None => None,
    }
}

/// Compares two keys of one entity on one index.
#[inline]
const fn own_keys(table: &TableDef, x: Claim, y: Claim) -> Option<Clash> {
    let keys = if x.key < y.key { [x.key, y.key] } else { [y.key, x.key] };
    let indexes = table.entities[x.owner.entity].indexes;
    let (a, b) = (&indexes[keys[0]], &indexes[keys[1]]);
    // Keys on indexes that the table does not have are all in one space.
    // Both are of the same entity, so nothing tells their items apart, also if they are mixed.
    if same(a.index.name, b.index.name)
        && may_be_equal(a.pk, b.pk)
        && !matches!(misled([a.sk, b.sk], [false, false]), [false, false])
    {
        Some(Clash { both: [x.owner, y.owner], kind: ClashKind::OwnKeys(keys) })
    } else {
        None
    }
}

/// Returns how two primary keys collide, if they do.
#[inline]
const fn primary_keys(table: &TableDef, [a, b]: [Owner; 2]) -> Option<ClashKind> {
    let ([pk_a, sk_a], [pk_b, sk_b]) = (a.primary(table), b.primary(table));
    if !may_be_equal(pk_a, pk_b) {
        return None;
    } else if let (NO_GUARD, NO_GUARD) = (a.guard, b.guard)
        && let Some(is_read) = shared(table.entities[a.entity], table.entities[b.entity])
    {
        // The checks of the key space have shown that they write the same keys.
        return if is_read { Some(ClashKind::Shared) } else { None };
    } else if may_be_equal(sk_a, sk_b) {
        return Some(ClashKind::PrimaryKey);
    }
    // Guards are never queried, so two guards can share a partition.
    match misled([sk_a, sk_b], [a.is_not_misled(table), b.is_not_misled(table)]) {
        [false, false] => None,
        who => Some(ClashKind::Partition(None, who)),
    }
}

/// Returns whether an access pattern of one of two entities of a key space reads the other, or `None` if they are
/// not in one key space.
#[inline]
const fn shared(a: &EntityDef, b: &EntityDef) -> Option<bool> {
    let (Some(of_a), Some(of_b)) = (&a.shared, &b.shared) else { return None };
    let mut members = of_a.space.members;
    while let [member, rest @ ..] = members {
        if same(member, b.name) {
            let reads_a = of_b.pattern.is_some() && !b.is_mixed;
            return Some(reads_a || (of_a.pattern.is_some() && !a.is_mixed));
        }
        members = rest;
    }
    None
}

/// Returns whose queries, of those that are not mixed, would read the other entity if both are in one partition. A
/// query reads all keys that begin with the literal prefix of its entity.
#[inline]
const fn misled([a, b]: [Template; 2], [a_is_mixed, b_is_mixed]: [bool; 2]) -> [bool; 2] {
    [!a_is_mixed && may_begin_with(b, a), !b_is_mixed && may_begin_with(a, b)]
}
