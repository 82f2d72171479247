//! That the entities of a table stay apart: by name, by primary key, and in the partitions that
//! they share.
//!
//! Const evaluation is slow, and a table of 100 entities has 5,000 pairs of them. But two keys that
//! meet begin alike. So all keys are sorted by the first bytes of their literals, and only those
//! are compared of which one begins with the other.

use super::head::Head;
use super::message::{fail, same};
use super::overlap::{may_be_equal, may_begin_with};
use super::template::assert_raw;
use crate::key::{Encoding, Template};
use crate::schema::{EntityDef, TableDef};

/// Two entities that do not stay apart; the first ones found.
#[derive(Debug, Clone, Copy)]
pub struct Clash {
    entities: [usize; 2],
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Name,
    PrimaryKey,
    /// A partition of the table, or of the index in this place of its list.
    Partition(Option<usize>),
}

/// What an entity lays claim to: its name, its primary key, or a key on an index.
#[derive(Debug, Clone, Copy)]
struct Claim {
    entity: usize,
    /// [`NAME`], [`PRIMARY`], or above it the index's place in the table's list.
    space: usize,
    /// The place in the entity's list of index keys.
    key: usize,
    head: Head,
}

const NAME: usize = 0;
const PRIMARY: usize = 1;
const NOTHING: Claim = Claim { entity: 0, space: 0, key: 0, head: Head::of("") };

/// How many claims the table's entities have.
#[doc(hidden)]
#[must_use]
pub const fn claims(table: &TableDef) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < table.entities.len() {
        count += 2 + table.entities[at].indexes.len();
        at += 1;
    }
    count
}

/// The first clash of the table, if there is one; `CLAIMS` is [`claims`] of it.
#[doc(hidden)]
#[must_use]
pub const fn find_clash<const CLAIMS: usize>(table: &TableDef) -> Option<Clash> {
    let claims = sorted(collect::<CLAIMS>(table));
    let mut at = 0;
    while at < CLAIMS {
        let mut next = at + 1;
        while next < CLAIMS && claims[at].reaches(claims[next]) {
            if let Some(clash) = compare(table, claims[at], claims[next]) {
                return Some(clash);
            }
            next += 1;
        }
        at += 1;
    }
    None
}

/// The variant is not the later one of the clash, and its keys can be written raw if they are to be.
#[doc(hidden)]
#[track_caller]
pub const fn assert_apart(clash: &Option<Clash>, table: &TableDef, variant: usize) {
    if let Encoding::Raw = table.encoding {
        assert_raw(table.entities[variant]);
    }
    if let Some(Clash { entities: [first, second], kind }) = clash
        && *second == variant
    {
        let (a, b) = (table.entities[*first].name, table.entities[*second].name);
        match kind {
            Kind::Name => fail(&[
                "two entities of `",
                table.name,
                "` are stored under the name `",
                a,
                "`: give one of them `#[entity(name = \"..\")]`",
            ]),
            Kind::PrimaryKey => fail(&[
                "`",
                a,
                "` and `",
                b,
                "` can write the same primary key: begin their sort keys with different literals, such as `ORDER#{..}` and `ITEM#{..}`",
            ]),
            Kind::Partition(index) => {
                let index = match index {
                    None => ["the table", "", ""],
                    Some(at) => ["index `", table.indexes[*at].name, "`"],
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
                    ", and a query of one would read the other: begin their sort keys with different literals",
                ])
            }
        }
    }
}

const fn collect<const CLAIMS: usize>(table: &TableDef) -> [Claim; CLAIMS] {
    let mut claims = [NOTHING; CLAIMS];
    let (mut used, mut entity) = (0, 0);
    while entity < table.entities.len() && used + 1 < CLAIMS {
        let def = table.entities[entity];
        claims[used] = Claim { entity, space: NAME, key: 0, head: def.heads[0] };
        claims[used + 1] = Claim { entity, space: PRIMARY, key: 0, head: def.heads[1] };
        used += 2;
        let mut key = 0;
        while key < def.indexes.len() && used < CLAIMS {
            let on = &def.indexes[key];
            let space = PRIMARY + 1 + place(table, on.index.name);
            claims[used] = Claim { entity, space, key, head: on.head };
            used += 1;
            key += 1;
        }
        entity += 1;
    }
    claims
}

/// An index's place in the table's list; one that is not there is another error.
const fn place(table: &TableDef, name: &str) -> usize {
    let mut at = 0;
    while at < table.indexes.len() && !same(table.indexes[at].name, name) {
        at += 1;
    }
    at
}

/// Merge sort, bottom up.
const fn sorted<const CLAIMS: usize>(mut claims: [Claim; CLAIMS]) -> [Claim; CLAIMS] {
    let mut run = 1;
    while run < CLAIMS {
        let from = claims;
        let mut start = 0;
        while start < CLAIMS {
            let middle = least(start + run, CLAIMS);
            let end = least(start + 2 * run, CLAIMS);
            let (mut left, mut right, mut to) = (start, middle, start);
            while to < end {
                let take_left = left < middle && (right >= end || !from[right].before(from[left]));
                claims[to] = if take_left { from[left] } else { from[right] };
                if take_left {
                    left += 1;
                } else {
                    right += 1;
                }
                to += 1;
            }
            start = end;
        }
        run *= 2;
    }
    claims
}

const fn least(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

impl Claim {
    const fn before(self, other: Claim) -> bool {
        self.space < other.space || (self.space == other.space && self.head.before(other.head))
    }

    /// Whether a key of this claim, which is before the other, may begin with the other's literal,
    /// as far as the heads tell.
    const fn reaches(self, other: Claim) -> bool {
        self.space == other.space && !self.head.excludes(other.head)
    }
}

/// Looks at two claims of one space in full.
const fn compare(table: &TableDef, x: Claim, y: Claim) -> Option<Clash> {
    if x.entity == y.entity {
        return None;
    }
    let (first, second) = if x.entity < y.entity { (x, y) } else { (y, x) };
    let (a, b): (&EntityDef, &EntityDef) =
        (table.entities[first.entity], table.entities[second.entity]);
    let kind = match x.space {
        NAME if same(a.name, b.name) => Kind::Name,
        NAME => return None,
        PRIMARY => {
            if !may_be_equal(a.pk, b.pk) {
                return None;
            } else if may_be_equal(a.sk, b.sk) {
                Kind::PrimaryKey
            } else if queries_meet(a.sk, b.sk) {
                Kind::Partition(None)
            } else {
                return None;
            }
        }
        space => {
            let (on_a, on_b) = (&a.indexes[first.key], &b.indexes[second.key]);
            // Of an index that the table has not, the missing index is the error.
            let listed = space - PRIMARY - 1 < table.indexes.len();
            if listed && may_be_equal(on_a.pk, on_b.pk) && queries_meet(on_a.sk, on_b.sk) {
                Kind::Partition(Some(space - PRIMARY - 1))
            } else {
                return None;
            }
        }
    };
    Some(Clash { entities: [first.entity, second.entity], kind })
}

/// In a partition that both can be in, a query of one, which reads all with its literal prefix,
/// reads the other.
const fn queries_meet(a: Template, b: Template) -> bool {
    may_begin_with(b, a) || may_begin_with(a, b)
}
