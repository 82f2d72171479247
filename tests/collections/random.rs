//! Random tables and collections of seed 20261127, written by `schemas.rs`.

use crate::proof::{Key, Path};
use crate::reads::{check, filled};
use crate::sample::{At, Backend, Count, Member, Sample, Sampled, bit, part, small, text};
use fastrand::Rng;
use monotable::__private::Count::Many;
use monotable::__private::{CollectionDef, MemberDef, Primary};
use monotable::prelude::*;
use monotable::{CollectionQuery, Cursor};
use serde::{Deserialize, Serialize};

pub(super) mod t0 {
use super::*;

#[derive(Debug, Index)]
pub struct Wide;

#[derive(Debug, Index)]
#[index(local)]
pub struct Near;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Wide, Near))]
pub enum T {
    E0(E0),
    E1(E1),
    E2(E2),
    E3(E3),
    E4(E4),
    Other(Other),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}#{number}", sk = "-a{s}#{n}")]
#[access(primary)]
#[access(near, index = Near, sk = "A#{s}")]
pub struct E0 { owner: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}#{b}", sk = "AB{s}#{n}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AaaA{n}")]
#[access(near, index = Near, sk = "aA{x}")]
pub struct E1 { x: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}#{b}", sk = "-A#{x}#{n:03}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "aAAA")]
#[access(near, index = Near, sk = "AABA{n}")]
pub struct E2 { x: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{a}#{b}", sk = "AA{n}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "A--{s}")]
#[access(near, index = Near, sk = "BAa#{n:desc}")]
pub struct E3 { a: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{a}#{y}", sk = "BAB")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AA-B{s}")]
#[access(near, index = Near, sk = "AAA#{a}#{n:03}")]
pub struct E4 { a: String, y: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "OTHER#{a}", sk = "-a{n}")]
#[key(index = Wide, pk = "OTHER#{a}", sk = "AAA{s}")]
pub struct Other { a: String, n: u8, s: String }

impl Sampled for T {
    fn items(random: &mut Rng) -> Vec<Self> {
        let mut items = Vec::new();
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E0(E0 { owner: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E1(E1 { x: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E2(E2 { x: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E3(E3 { a: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E4(E4 { a: part(random), y: bit(random), n: small(random), s: text(random), group: bit(random) })));
        items.extend((0..20).map(|_| T::Other(Other { a: part(random), n: small(random), s: text(random) })));
        items
    }
    async fn put(&self, table: &Table<T, Backend>) -> monotable::Result<()> {
        match self {
            T::E0(item) => item.put().send(table).await,
            T::E1(item) => item.put().send(table).await,
            T::E2(item) => item.put().send(table).await,
            T::E3(item) => item.put().send(table).await,
            T::E4(item) => item.put().send(table).await,
            T::Other(item) => item.put().send(table).await,
        }
    }
    fn entity(&self) -> &'static str {
        match self {
            T::E0(_) => "E0",
            T::E1(_) => "E1",
            T::E2(_) => "E2",
            T::E3(_) => "E3",
            T::E4(_) => "E4",
            T::Other(_) => "Other",
        }
    }
}

#[derive(Debug, Collection)]
pub struct C0 {
    pub m0: Vec<E2>,
    pub m1: Vec<E0>,
    pub m2: Vec<E3>,
}
impl Sample for C0 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "-A#", count: Count::Many },
        Member { entity: "E0", literal: "-a", count: Count::Many },
        Member { entity: "E3", literal: "AA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C0 as Collection>::of(E0::primary(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::primary(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E0).collect(), self.m2.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E0::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            2 => {
                let query = E3::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
pub struct C1 {
    pub m0: Vec<E3>,
    pub m1: Vec<E0>,
}
impl Sample for C1 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E3", literal: "AA", count: Count::Many },
        Member { entity: "E0", literal: "-a", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C1 as Collection>::of(E3::primary(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::primary(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E3).collect(), self.m1.into_iter().map(T::E0).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E3::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            1 => {
                let query = E0::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C2 {
    pub m0: Vec<E2>,
    pub m1: Vec<E4>,
    pub m2: Vec<E1>,
}
impl Sample for C2 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "aAAA", count: Count::Many },
        Member { entity: "E4", literal: "AA-B", count: Count::Many },
        Member { entity: "E1", literal: "AaaA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C2 as Collection>::of(E2::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E4).collect(), self.m2.into_iter().map(T::E1).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E4::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            2 => {
                let query = E1::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C3 {
    pub m0: Vec<E4>,
    pub m1: Vec<E1>,
    pub m2: Vec<E3>,
}
impl Sample for C3 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E4", literal: "AA-B", count: Count::Many },
        Member { entity: "E1", literal: "AaaA", count: Count::Many },
        Member { entity: "E3", literal: "A--", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C3 as Collection>::of(E1::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E1::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E4).collect(), self.m1.into_iter().map(T::E1).collect(), self.m2.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E4::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            1 => {
                let query = E1::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            2 => {
                let query = E3::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C4 {
    pub m0: Vec<E4>,
    pub m1: Vec<E0>,
    pub m2: Vec<E2>,
}
impl Sample for C4 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E4", literal: "AAA#", count: Count::Many },
        Member { entity: "E0", literal: "A#", count: Count::Many },
        Member { entity: "E2", literal: "AABA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C4 as Collection>::of(E0::near(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::near(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E4).collect(), self.m1.into_iter().map(T::E0).collect(), self.m2.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E4::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            1 => {
                let query = E0::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            2 => {
                let query = E2::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C5 {
    pub m0: Vec<E4>,
    pub m1: Vec<E1>,
    pub m2: Vec<E0>,
    pub m3: Vec<E3>,
    pub m4: Vec<E2>,
}
impl Sample for C5 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E4", literal: "AAA#", count: Count::Many },
        Member { entity: "E1", literal: "aA", count: Count::Many },
        Member { entity: "E0", literal: "A#", count: Count::Many },
        Member { entity: "E3", literal: "BAa#", count: Count::Many },
        Member { entity: "E2", literal: "AABA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C5 as Collection>::of(E4::near(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E4::near(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E4).collect(), self.m1.into_iter().map(T::E1).collect(), self.m2.into_iter().map(T::E0).collect(), self.m3.into_iter().map(T::E3).collect(), self.m4.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E4::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            1 => {
                let query = E1::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            2 => {
                let query = E0::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            3 => {
                let query = E3::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            4 => {
                let query = E2::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

pub(super) fn paths() -> Vec<Path> {
    vec![
        Path {
            keys: vec![
                Key { entity: "E0", literal: "-a", is_single: false, member: MemberDef::new::<E0, Primary>("e0", Many) },
                Key { entity: "E1", literal: "AB", is_single: false, member: MemberDef::new::<E1, Primary>("e1", Many) },
                Key { entity: "E2", literal: "-A#", is_single: false, member: MemberDef::new::<E2, Primary>("e2", Many) },
                Key { entity: "E3", literal: "AA", is_single: false, member: MemberDef::new::<E3, Primary>("e3", Many) },
                Key { entity: "E4", literal: "BAB", is_single: true, member: MemberDef::new::<E4, Primary>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Primary>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E1", literal: "AaaA", is_single: false, member: MemberDef::new::<E1, Wide>("e1", Many) },
                Key { entity: "E2", literal: "aAAA", is_single: false, member: MemberDef::new::<E2, Wide>("e2", Many) },
                Key { entity: "E3", literal: "A--", is_single: false, member: MemberDef::new::<E3, Wide>("e3", Many) },
                Key { entity: "E4", literal: "AA-B", is_single: false, member: MemberDef::new::<E4, Wide>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E1, Wide>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "A#", is_single: false, member: MemberDef::new::<E0, Near>("e0", Many) },
                Key { entity: "E1", literal: "aA", is_single: false, member: MemberDef::new::<E1, Near>("e1", Many) },
                Key { entity: "E2", literal: "AABA", is_single: false, member: MemberDef::new::<E2, Near>("e2", Many) },
                Key { entity: "E3", literal: "BAa#", is_single: false, member: MemberDef::new::<E3, Near>("e3", Many) },
                Key { entity: "E4", literal: "AAA#", is_single: false, member: MemberDef::new::<E4, Near>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Near>("C", members),
        },
    ]
}

pub(super) async fn check_all(random: &mut Rng) {
    let table = filled::<T>(random).await;
    check::<C0>(&table).await;
    check::<C1>(&table).await;
    check::<C2>(&table).await;
    check::<C3>(&table).await;
    check::<C4>(&table).await;
    check::<C5>(&table).await;
}
}

pub(super) mod t1 {
use super::*;

#[derive(Debug, Index)]
pub struct Wide;

#[derive(Debug, Index)]
#[index(local)]
pub struct Near;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Wide, Near))]
pub enum T {
    E0(E0),
    E1(E1),
    E2(E2),
    E3(E3),
    E4(E4),
    Other(Other),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{a}#{number}", sk = "-AB{n}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{a}#{number}", sk = "BAA{s}#{n}")]
#[access(near, index = Near, sk = "BABA#{n}#{s}")]
pub struct E0 { a: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}#{number}", sk = "BBBA#")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{owner}#{number}", sk = "A-AA#{n:desc}")]
pub struct E1 { owner: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}#{b}", sk = "A#B{n}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{x}#{b}", sk = "A--#{n}")]
#[access(near, index = Near, sk = "BBB{s}#{n}")]
pub struct E2 { x: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}#{b}", sk = "AAB{n}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{owner}#{b}", sk = "Aa-{owner}#{n:03}")]
pub struct E3 { owner: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{a}#{b}", sk = "aA#{n}#{s}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{a}#{b}", sk = "AaB-#B{s}")]
#[access(near, index = Near, sk = "A{n}#{s}")]
pub struct E4 { a: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "OTHER#{a}", sk = "AB{n}")]
#[key(index = Wide, pk = "OTHER#{a}", sk = "A-#{s}")]
pub struct Other { a: String, n: u8, s: String }

impl Sampled for T {
    fn items(random: &mut Rng) -> Vec<Self> {
        let mut items = Vec::new();
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E0(E0 { a: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E1(E1 { owner: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E2(E2 { x: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E3(E3 { owner: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E4(E4 { a: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        items.extend((0..20).map(|_| T::Other(Other { a: part(random), n: small(random), s: text(random) })));
        items
    }
    async fn put(&self, table: &Table<T, Backend>) -> monotable::Result<()> {
        match self {
            T::E0(item) => item.put().send(table).await,
            T::E1(item) => item.put().send(table).await,
            T::E2(item) => item.put().send(table).await,
            T::E3(item) => item.put().send(table).await,
            T::E4(item) => item.put().send(table).await,
            T::Other(item) => item.put().send(table).await,
        }
    }
    fn entity(&self) -> &'static str {
        match self {
            T::E0(_) => "E0",
            T::E1(_) => "E1",
            T::E2(_) => "E2",
            T::E3(_) => "E3",
            T::E4(_) => "E4",
            T::Other(_) => "Other",
        }
    }
}

#[derive(Debug, Collection)]
pub struct C0 {
    pub m0: Vec<E0>,
    pub m1: Vec<E3>,
    pub m2: Vec<E2>,
}
impl Sample for C0 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E0", literal: "-AB", count: Count::Many },
        Member { entity: "E3", literal: "AAB", count: Count::Many },
        Member { entity: "E2", literal: "A#B", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C0 as Collection>::of(E3::primary(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::primary(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E0).collect(), self.m1.into_iter().map(T::E3).collect(), self.m2.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E0::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            1 => {
                let query = E3::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            2 => {
                let query = E2::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
pub struct C1 {
    pub m0: Vec<E3>,
    pub m1: Vec<E0>,
    pub m2: Vec<E2>,
}
impl Sample for C1 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E3", literal: "AAB", count: Count::Many },
        Member { entity: "E0", literal: "-AB", count: Count::Many },
        Member { entity: "E2", literal: "A#B", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C1 as Collection>::of(E0::primary(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::primary(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E3).collect(), self.m1.into_iter().map(T::E0).collect(), self.m2.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E3::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            1 => {
                let query = E0::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            2 => {
                let query = E2::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C2 {
    pub m0: Vec<E3>,
    pub m1: Vec<E4>,
    pub m2: Vec<E0>,
}
impl Sample for C2 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E3", literal: "Aa-", count: Count::Many },
        Member { entity: "E4", literal: "AaB-#B", count: Count::Many },
        Member { entity: "E0", literal: "BAA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C2 as Collection>::of(E4::wide(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E4::wide(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E3).collect(), self.m1.into_iter().map(T::E4).collect(), self.m2.into_iter().map(T::E0).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E3::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            1 => {
                let query = E4::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            2 => {
                let query = E0::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C3 {
    pub m0: Vec<E4>,
    pub m1: Vec<E0>,
    pub m2: Vec<E3>,
    pub m3: Vec<E1>,
}
impl Sample for C3 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E4", literal: "AaB-#B", count: Count::Many },
        Member { entity: "E0", literal: "BAA", count: Count::Many },
        Member { entity: "E3", literal: "Aa-", count: Count::Many },
        Member { entity: "E1", literal: "A-AA#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C3 as Collection>::of(E1::wide(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E1::wide(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E4).collect(), self.m1.into_iter().map(T::E0).collect(), self.m2.into_iter().map(T::E3).collect(), self.m3.into_iter().map(T::E1).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E4::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            1 => {
                let query = E0::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            2 => {
                let query = E3::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            3 => {
                let query = E1::wide(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C4 {
    pub m0: Vec<E2>,
}
impl Sample for C4 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "BBB", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C4 as Collection>::of(E2::near(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::near(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C5 {
    pub m0: Vec<E0>,
}
impl Sample for C5 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E0", literal: "BABA#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C5 as Collection>::of(E0::near(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::near(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E0).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E0::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            _ => vec![],
        })
    }
}

pub(super) fn paths() -> Vec<Path> {
    vec![
        Path {
            keys: vec![
                Key { entity: "E0", literal: "-AB", is_single: false, member: MemberDef::new::<E0, Primary>("e0", Many) },
                Key { entity: "E1", literal: "BBBA#", is_single: true, member: MemberDef::new::<E1, Primary>("e1", Many) },
                Key { entity: "E2", literal: "A#B", is_single: false, member: MemberDef::new::<E2, Primary>("e2", Many) },
                Key { entity: "E3", literal: "AAB", is_single: false, member: MemberDef::new::<E3, Primary>("e3", Many) },
                Key { entity: "E4", literal: "aA#", is_single: false, member: MemberDef::new::<E4, Primary>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Primary>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "BAA", is_single: false, member: MemberDef::new::<E0, Wide>("e0", Many) },
                Key { entity: "E1", literal: "A-AA#", is_single: false, member: MemberDef::new::<E1, Wide>("e1", Many) },
                Key { entity: "E2", literal: "A--#", is_single: false, member: MemberDef::new::<E2, Wide>("e2", Many) },
                Key { entity: "E3", literal: "Aa-", is_single: false, member: MemberDef::new::<E3, Wide>("e3", Many) },
                Key { entity: "E4", literal: "AaB-#B", is_single: false, member: MemberDef::new::<E4, Wide>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Wide>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "BABA#", is_single: false, member: MemberDef::new::<E0, Near>("e0", Many) },
                Key { entity: "E2", literal: "BBB", is_single: false, member: MemberDef::new::<E2, Near>("e2", Many) },
                Key { entity: "E4", literal: "A", is_single: false, member: MemberDef::new::<E4, Near>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Near>("C", members),
        },
    ]
}

pub(super) async fn check_all(random: &mut Rng) {
    let table = filled::<T>(random).await;
    check::<C0>(&table).await;
    check::<C1>(&table).await;
    check::<C2>(&table).await;
    check::<C3>(&table).await;
    check::<C4>(&table).await;
    check::<C5>(&table).await;
}
}

pub(super) mod t2 {
use super::*;

#[derive(Debug, Index)]
pub struct Wide;

#[derive(Debug, Index)]
#[index(local)]
pub struct Near;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Wide, Near))]
pub enum T {
    E0(E0),
    E1(E1),
    E2(E2),
    E3(E3),
    E4(E4),
    Other(Other),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}#{number}", sk = "B-#")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "BaAB{s}#{n}")]
#[access(near, index = Near, sk = "-Aa")]
pub struct E0 { x: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}#{b}", sk = "A#{n}#{s}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "A-AA{n}#{s}")]
#[access(near, index = Near, sk = "Ba-#{n:desc}")]
pub struct E1 { x: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}#{number}", sk = "Aa-{s}#{n}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AABB{n}#{s}")]
pub struct E2 { owner: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{a}#{b}", sk = "BA-A#{n:desc}")]
#[access(primary)]
#[access(near, index = Near, sk = "AAAA{n:desc}")]
pub struct E3 { a: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}#{y}", sk = "Baaa#{n}#{s}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AA#B{group}#{n:03}")]
pub struct E4 { x: String, y: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "OTHER#{a}", sk = "-A-A{n}")]
#[key(index = Wide, pk = "OTHER#{a}", sk = "A{s}")]
pub struct Other { a: String, n: u8, s: String }

impl Sampled for T {
    fn items(random: &mut Rng) -> Vec<Self> {
        let mut items = Vec::new();
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E0(E0 { x: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E1(E1 { x: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E2(E2 { owner: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E3(E3 { a: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E4(E4 { x: part(random), y: bit(random), n: small(random), s: text(random), group: bit(random) })));
        items.extend((0..20).map(|_| T::Other(Other { a: part(random), n: small(random), s: text(random) })));
        items
    }
    async fn put(&self, table: &Table<T, Backend>) -> monotable::Result<()> {
        match self {
            T::E0(item) => item.put().send(table).await,
            T::E1(item) => item.put().send(table).await,
            T::E2(item) => item.put().send(table).await,
            T::E3(item) => item.put().send(table).await,
            T::E4(item) => item.put().send(table).await,
            T::Other(item) => item.put().send(table).await,
        }
    }
    fn entity(&self) -> &'static str {
        match self {
            T::E0(_) => "E0",
            T::E1(_) => "E1",
            T::E2(_) => "E2",
            T::E3(_) => "E3",
            T::E4(_) => "E4",
            T::Other(_) => "Other",
        }
    }
}

#[derive(Debug, Collection)]
pub struct C0 {
    pub m0: E0,
    pub m1: Vec<E3>,
    pub m2: Vec<E2>,
}
impl Sample for C0 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E0", literal: "B-#", count: Count::One },
        Member { entity: "E3", literal: "BA-A#", count: Count::Many },
        Member { entity: "E2", literal: "Aa-", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C0 as Collection>::of(E2::primary(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::primary(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![vec![T::E0(self.m0)], self.m1.into_iter().map(T::E3).collect(), self.m2.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E0::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            1 => {
                let query = E3::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            2 => {
                let query = E2::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
pub struct C1 {
    pub m0: E0,
    pub m1: Vec<E3>,
}
impl Sample for C1 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E0", literal: "B-#", count: Count::One },
        Member { entity: "E3", literal: "BA-A#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C1 as Collection>::of(E0::primary(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::primary(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![vec![T::E0(self.m0)], self.m1.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E0::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            1 => {
                let query = E3::primary(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C2 {
    pub m0: Vec<E2>,
    pub m1: Vec<E0>,
}
impl Sample for C2 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "AABB", count: Count::Many },
        Member { entity: "E0", literal: "BaAB", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C2 as Collection>::of(E0::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E0).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E0::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C3 {
    pub m0: Vec<E2>,
    pub m1: Vec<E4>,
}
impl Sample for C3 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "AABB", count: Count::Many },
        Member { entity: "E4", literal: "AA#B", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C3 as Collection>::of(E4::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E4::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E4).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E4::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C4 {
    pub m0: Vec<E3>,
}
impl Sample for C4 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E3", literal: "AAAA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C4 as Collection>::of(E3::near(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::near(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E3::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C5 {
    pub m0: Vec<E1>,
    pub m1: Vec<E3>,
}
impl Sample for C5 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E1", literal: "Ba-#", count: Count::Many },
        Member { entity: "E3", literal: "AAAA", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C5 as Collection>::of(E3::near(&at.a, at.b).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::near(&at.a, at.b).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E1).collect(), self.m1.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E1::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            1 => {
                let query = E3::near(&at.a, at.b).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

pub(super) fn paths() -> Vec<Path> {
    vec![
        Path {
            keys: vec![
                Key { entity: "E0", literal: "B-#", is_single: true, member: MemberDef::new::<E0, Primary>("e0", Many) },
                Key { entity: "E1", literal: "A#", is_single: false, member: MemberDef::new::<E1, Primary>("e1", Many) },
                Key { entity: "E2", literal: "Aa-", is_single: false, member: MemberDef::new::<E2, Primary>("e2", Many) },
                Key { entity: "E3", literal: "BA-A#", is_single: false, member: MemberDef::new::<E3, Primary>("e3", Many) },
                Key { entity: "E4", literal: "Baaa#", is_single: false, member: MemberDef::new::<E4, Primary>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Primary>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "BaAB", is_single: false, member: MemberDef::new::<E0, Wide>("e0", Many) },
                Key { entity: "E1", literal: "A-AA", is_single: false, member: MemberDef::new::<E1, Wide>("e1", Many) },
                Key { entity: "E2", literal: "AABB", is_single: false, member: MemberDef::new::<E2, Wide>("e2", Many) },
                Key { entity: "E4", literal: "AA#B", is_single: false, member: MemberDef::new::<E4, Wide>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Wide>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "-Aa", is_single: true, member: MemberDef::new::<E0, Near>("e0", Many) },
                Key { entity: "E1", literal: "Ba-#", is_single: false, member: MemberDef::new::<E1, Near>("e1", Many) },
                Key { entity: "E3", literal: "AAAA", is_single: false, member: MemberDef::new::<E3, Near>("e3", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Near>("C", members),
        },
    ]
}

pub(super) async fn check_all(random: &mut Rng) {
    let table = filled::<T>(random).await;
    check::<C0>(&table).await;
    check::<C1>(&table).await;
    check::<C2>(&table).await;
    check::<C3>(&table).await;
    check::<C4>(&table).await;
    check::<C5>(&table).await;
}
}

pub(super) mod t3 {
use super::*;

#[derive(Debug, Index)]
pub struct Wide;

#[derive(Debug, Index)]
#[index(local)]
pub struct Near;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Wide, Near))]
pub enum T {
    E0(E0),
    E1(E1),
    E2(E2),
    E3(E3),
    E4(E4),
    Other(Other),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}", sk = "-aA-#{owner}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "BBB-{n}")]
pub struct E0 { owner: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}", sk = "--BB{owner}#{n:03}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AA#{group}#{n:03}")]
#[access(near, index = Near, sk = "aB{n}#{s}")]
pub struct E1 { owner: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{a}", sk = "aa{n}#{s}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AA-{s}")]
#[access(near, index = Near, sk = "Ba#{n}")]
pub struct E2 { a: String, y: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}", sk = "B{n}")]
#[access(primary)]
pub struct E3 { x: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}", sk = "A{n:desc}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "-A#{n}")]
#[access(near, index = Near, sk = "-A#A#{n:desc}")]
pub struct E4 { x: String, y: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "OTHER#{a}", sk = "BAAa{n}")]
#[key(index = Wide, pk = "OTHER#{a}", sk = "BABB#A#{s}")]
pub struct Other { a: String, n: u8, s: String }

impl Sampled for T {
    fn items(random: &mut Rng) -> Vec<Self> {
        let mut items = Vec::new();
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E0(E0 { owner: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E1(E1 { owner: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E2(E2 { a: part(random), y: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E3(E3 { x: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E4(E4 { x: part(random), y: bit(random), n: small(random), s: text(random), group: bit(random) })));
        items.extend((0..20).map(|_| T::Other(Other { a: part(random), n: small(random), s: text(random) })));
        items
    }
    async fn put(&self, table: &Table<T, Backend>) -> monotable::Result<()> {
        match self {
            T::E0(item) => item.put().send(table).await,
            T::E1(item) => item.put().send(table).await,
            T::E2(item) => item.put().send(table).await,
            T::E3(item) => item.put().send(table).await,
            T::E4(item) => item.put().send(table).await,
            T::Other(item) => item.put().send(table).await,
        }
    }
    fn entity(&self) -> &'static str {
        match self {
            T::E0(_) => "E0",
            T::E1(_) => "E1",
            T::E2(_) => "E2",
            T::E3(_) => "E3",
            T::E4(_) => "E4",
            T::Other(_) => "Other",
        }
    }
}

#[derive(Debug, Collection)]
pub struct C0 {
    pub m0: Vec<E4>,
    pub m1: Vec<E3>,
    pub m2: Vec<E0>,
    pub m3: Vec<E1>,
}
impl Sample for C0 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E4", literal: "A", count: Count::Many },
        Member { entity: "E3", literal: "B", count: Count::Many },
        Member { entity: "E0", literal: "-aA-#", count: Count::Many },
        Member { entity: "E1", literal: "--BB", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C0 as Collection>::of(E3::primary(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::primary(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E4).collect(), self.m1.into_iter().map(T::E3).collect(), self.m2.into_iter().map(T::E0).collect(), self.m3.into_iter().map(T::E1).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E4::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            1 => {
                let query = E3::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            2 => {
                let query = E0::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            3 => {
                let query = E1::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
pub struct C1 {
    pub m0: E0,
    pub m1: Vec<E4>,
    pub m2: Vec<E2>,
    pub m3: Vec<E3>,
}
impl Sample for C1 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E0", literal: "-aA-#", count: Count::One },
        Member { entity: "E4", literal: "A", count: Count::Many },
        Member { entity: "E2", literal: "aa", count: Count::Many },
        Member { entity: "E3", literal: "B", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C1 as Collection>::of(E4::primary(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E4::primary(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![vec![T::E0(self.m0)], self.m1.into_iter().map(T::E4).collect(), self.m2.into_iter().map(T::E2).collect(), self.m3.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E0::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            1 => {
                let query = E4::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            2 => {
                let query = E2::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            3 => {
                let query = E3::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C2 {
    pub m0: Vec<E2>,
    pub m1: Vec<E1>,
    pub m2: Vec<E4>,
}
impl Sample for C2 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "AA-", count: Count::Many },
        Member { entity: "E1", literal: "AA#", count: Count::Many },
        Member { entity: "E4", literal: "-A#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C2 as Collection>::of(E2::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E1).collect(), self.m2.into_iter().map(T::E4).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E1::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            2 => {
                let query = E4::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C3 {
    pub m0: Vec<E2>,
}
impl Sample for C3 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "AA-", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C3 as Collection>::of(E2::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C4 {
    pub m0: Vec<E1>,
    pub m1: Vec<E2>,
}
impl Sample for C4 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E1", literal: "aB", count: Count::Many },
        Member { entity: "E2", literal: "Ba#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C4 as Collection>::of(E1::near(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E1::near(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E1).collect(), self.m1.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E1::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            1 => {
                let query = E2::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C5 {
    pub m0: Vec<E2>,
    pub m1: Vec<E4>,
    pub m2: Vec<E1>,
}
impl Sample for C5 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "Ba#", count: Count::Many },
        Member { entity: "E4", literal: "-A#A#", count: Count::Many },
        Member { entity: "E1", literal: "aB", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C5 as Collection>::of(E4::near(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E4::near(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E4).collect(), self.m2.into_iter().map(T::E1).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E4::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E4).collect()
            }
            2 => {
                let query = E1::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

pub(super) fn paths() -> Vec<Path> {
    vec![
        Path {
            keys: vec![
                Key { entity: "E0", literal: "-aA-#", is_single: true, member: MemberDef::new::<E0, Primary>("e0", Many) },
                Key { entity: "E1", literal: "--BB", is_single: false, member: MemberDef::new::<E1, Primary>("e1", Many) },
                Key { entity: "E2", literal: "aa", is_single: false, member: MemberDef::new::<E2, Primary>("e2", Many) },
                Key { entity: "E3", literal: "B", is_single: false, member: MemberDef::new::<E3, Primary>("e3", Many) },
                Key { entity: "E4", literal: "A", is_single: false, member: MemberDef::new::<E4, Primary>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Primary>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "BBB-", is_single: false, member: MemberDef::new::<E0, Wide>("e0", Many) },
                Key { entity: "E1", literal: "AA#", is_single: false, member: MemberDef::new::<E1, Wide>("e1", Many) },
                Key { entity: "E2", literal: "AA-", is_single: false, member: MemberDef::new::<E2, Wide>("e2", Many) },
                Key { entity: "E4", literal: "-A#", is_single: false, member: MemberDef::new::<E4, Wide>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Wide>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E1", literal: "aB", is_single: false, member: MemberDef::new::<E1, Near>("e1", Many) },
                Key { entity: "E2", literal: "Ba#", is_single: false, member: MemberDef::new::<E2, Near>("e2", Many) },
                Key { entity: "E4", literal: "-A#A#", is_single: false, member: MemberDef::new::<E4, Near>("e4", Many) },
            ],
            collection: |members| CollectionDef::new::<E1, Near>("C", members),
        },
    ]
}

pub(super) async fn check_all(random: &mut Rng) {
    let table = filled::<T>(random).await;
    check::<C0>(&table).await;
    check::<C1>(&table).await;
    check::<C2>(&table).await;
    check::<C3>(&table).await;
    check::<C4>(&table).await;
    check::<C5>(&table).await;
}
}

pub(super) mod t4 {
use super::*;

#[derive(Debug, Index)]
pub struct Wide;

#[derive(Debug, Index)]
#[index(local)]
pub struct Near;

#[derive(Debug, Clone, PartialEq, Table)]
#[table(indexes(Wide, Near))]
pub enum T {
    E0(E0),
    E1(E1),
    E2(E2),
    E3(E3),
    Other(Other),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}", sk = "A#B{x}#{n:03}")]
#[access(primary)]
#[access(near, index = Near, sk = "A#B{x}#{n:03}")]
pub struct E0 { x: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}", sk = "B-AA#A#{x}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "AAAA#A#{n}#{s}")]
#[access(near, index = Near, sk = "AA#{s}")]
pub struct E1 { x: String, b: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{x}", sk = "aA#B{x}#{n:03}")]
#[access(primary)]
#[access(wide, index = Wide, pk = "WIDE#{group}", sk = "Ba{group}")]
pub struct E2 { x: String, number: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "PART#{owner}", sk = "-A-{owner}#{n:03}")]
#[access(primary)]
#[access(near, index = Near, sk = "AB-a#{n}#{s}")]
pub struct E3 { owner: String, y: u8, n: u8, s: String, group: u8 }

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = T, pk = "OTHER#{a}", sk = "B{n}")]
#[key(index = Wide, pk = "OTHER#{a}", sk = "-AAB#B{s}")]
pub struct Other { a: String, n: u8, s: String }

impl Sampled for T {
    fn items(random: &mut Rng) -> Vec<Self> {
        let mut items = Vec::new();
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E0(E0 { x: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E1(E1 { x: part(random), b: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E2(E2 { x: part(random), number: bit(random), n: small(random), s: text(random), group: bit(random) })));
        let count = random.usize(..40);
        items.extend((0..count).map(|_| T::E3(E3 { owner: part(random), y: bit(random), n: small(random), s: text(random), group: bit(random) })));
        items.extend((0..20).map(|_| T::Other(Other { a: part(random), n: small(random), s: text(random) })));
        items
    }
    async fn put(&self, table: &Table<T, Backend>) -> monotable::Result<()> {
        match self {
            T::E0(item) => item.put().send(table).await,
            T::E1(item) => item.put().send(table).await,
            T::E2(item) => item.put().send(table).await,
            T::E3(item) => item.put().send(table).await,
            T::Other(item) => item.put().send(table).await,
        }
    }
    fn entity(&self) -> &'static str {
        match self {
            T::E0(_) => "E0",
            T::E1(_) => "E1",
            T::E2(_) => "E2",
            T::E3(_) => "E3",
            T::Other(_) => "Other",
        }
    }
}

#[derive(Debug, Collection)]
pub struct C0 {
    pub m0: Vec<E2>,
    pub m1: Vec<E0>,
    pub m2: Option<E1>,
}
impl Sample for C0 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "aA#B", count: Count::Many },
        Member { entity: "E0", literal: "A#B", count: Count::Many },
        Member { entity: "E1", literal: "B-AA#A#", count: Count::Optional },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C0 as Collection>::of(E2::primary(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::primary(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E0).collect(), self.m2.into_iter().map(T::E1).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E0::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            2 => {
                let query = E1::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
pub struct C1 {
    pub m0: Vec<E2>,
    pub m1: Vec<E0>,
    pub m2: E1,
}
impl Sample for C1 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E2", literal: "aA#B", count: Count::Many },
        Member { entity: "E0", literal: "A#B", count: Count::Many },
        Member { entity: "E1", literal: "B-AA#A#", count: Count::One },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C1 as Collection>::of(E0::primary(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E0::primary(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E2).collect(), self.m1.into_iter().map(T::E0).collect(), vec![T::E1(self.m2)], ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E2::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            1 => {
                let query = E0::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E0).collect()
            }
            2 => {
                let query = E1::primary(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C2 {
    pub m0: Vec<E1>,
    pub m1: Vec<E2>,
}
impl Sample for C2 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E1", literal: "AAAA#A#", count: Count::Many },
        Member { entity: "E2", literal: "Ba", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C2 as Collection>::of(E2::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E2::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E1).collect(), self.m1.into_iter().map(T::E2).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E1::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            1 => {
                let query = E2::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E2).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Wide)]
pub struct C3 {
    pub m0: Vec<E1>,
}
impl Sample for C3 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E1", literal: "AAAA#A#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C3 as Collection>::of(E1::wide(at.group).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E1::wide(at.group).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E1).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E1::wide(at.group).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E1).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C4 {
    pub m0: Vec<E3>,
}
impl Sample for C4 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E3", literal: "AB-a#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C4 as Collection>::of(E3::near(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::near(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E3::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

#[derive(Debug, Collection)]
#[collection(index = Near)]
pub struct C5 {
    pub m0: Vec<E3>,
}
impl Sample for C5 {
    const MEMBERS: &'static [Member] = &[
        Member { entity: "E3", literal: "AB-a#", count: Count::Many },
    ];
    fn query(at: &At) -> CollectionQuery<Self> {
        <C5 as Collection>::of(E3::near(&at.a).partition())
    }
    async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        let query = E3::near(&at.a).partition().query();
        if descending { query.descending().all(table).await } else { query.all(table).await }
    }
    fn lists(self) -> Vec<Vec<T>> {
        vec![self.m0.into_iter().map(T::E3).collect(), ]
    }
    async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {
        Ok(match member {
            0 => {
                let query = E3::near(&at.a).after(cursor);
                let query = if descending { query.descending() } else { query };
                query.all(table).await?.into_iter().map(T::E3).collect()
            }
            _ => vec![],
        })
    }
}

pub(super) fn paths() -> Vec<Path> {
    vec![
        Path {
            keys: vec![
                Key { entity: "E0", literal: "A#B", is_single: false, member: MemberDef::new::<E0, Primary>("e0", Many) },
                Key { entity: "E1", literal: "B-AA#A#", is_single: true, member: MemberDef::new::<E1, Primary>("e1", Many) },
                Key { entity: "E2", literal: "aA#B", is_single: false, member: MemberDef::new::<E2, Primary>("e2", Many) },
                Key { entity: "E3", literal: "-A-", is_single: false, member: MemberDef::new::<E3, Primary>("e3", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Primary>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E1", literal: "AAAA#A#", is_single: false, member: MemberDef::new::<E1, Wide>("e1", Many) },
                Key { entity: "E2", literal: "Ba", is_single: false, member: MemberDef::new::<E2, Wide>("e2", Many) },
            ],
            collection: |members| CollectionDef::new::<E1, Wide>("C", members),
        },
        Path {
            keys: vec![
                Key { entity: "E0", literal: "A#B", is_single: false, member: MemberDef::new::<E0, Near>("e0", Many) },
                Key { entity: "E1", literal: "AA#", is_single: false, member: MemberDef::new::<E1, Near>("e1", Many) },
                Key { entity: "E3", literal: "AB-a#", is_single: false, member: MemberDef::new::<E3, Near>("e3", Many) },
            ],
            collection: |members| CollectionDef::new::<E0, Near>("C", members),
        },
    ]
}

pub(super) async fn check_all(random: &mut Rng) {
    let table = filled::<T>(random).await;
    check::<C0>(&table).await;
    check::<C1>(&table).await;
    check::<C2>(&table).await;
    check::<C3>(&table).await;
    check::<C4>(&table).await;
    check::<C5>(&table).await;
}
}

pub(crate) async fn each_table(random: &mut Rng) {
    t0::check_all(random).await;
    t1::check_all(random).await;
    t2::check_all(random).await;
    t3::check_all(random).await;
    t4::check_all(random).await;
}

pub(crate) fn paths() -> Vec<Path> {
    let mut paths = Vec::new();
    paths.extend(t0::paths());
    paths.extend(t1::paths());
    paths.extend(t2::paths());
    paths.extend(t3::paths());
    paths.extend(t4::paths());
    paths
}
