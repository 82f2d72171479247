//! The traits of random tables and collections, which generated code implements.

use fastrand::Rng;
use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable::{CollectionQuery, Cursor, HeldBy};
use std::fmt;

pub(crate) type Backend = Recorder<Embedded>;

/// A partition: the values of its key on the table, or on an index.
#[derive(Debug, Clone)]
pub(crate) struct At {
    pub(crate) a: String,
    pub(crate) b: u8,
    pub(crate) group: u8,
}

impl At {
    /// All partitions that random items are in.
    pub(crate) fn all() -> impl Iterator<Item = At> {
        let at = |text: &&str, number| At { a: (*text).to_owned(), b: number, group: number };
        TEXTS[..PARTITIONS].iter().flat_map(move |text| (0..2).map(move |number| at(text, number)))
    }
}

const TEXTS: [&str; 6] = ["a", "b#c", "~~", "é", "$", "a b"];
const PARTITIONS: usize = 2;

/// A part of a partition key.
pub(crate) fn part(random: &mut Rng) -> String {
    TEXTS[random.usize(..PARTITIONS)].to_owned()
}

/// A part of a sort key. Some texts contain the separators of parts.
pub(crate) fn text(random: &mut Rng) -> String {
    TEXTS[random.usize(..TEXTS.len())].to_owned()
}

pub(crate) fn bit(random: &mut Rng) -> u8 {
    random.u8(0..2)
}

pub(crate) fn small(random: &mut Rng) -> u8 {
    random.u8(0..5)
}

/// A table of the test.
pub(crate) trait Sampled: Schema + HeldBy<Backend> + Clone + PartialEq + fmt::Debug {
    /// Returns random items, some of which may have the same key.
    fn items(random: &mut Rng) -> Vec<Self>;
    /// Stores an item.
    async fn put(&self, table: &Table<Self, Backend>) -> monotable::Result<()>;
    /// The name of the entity.
    fn entity(&self) -> &'static str;
}

/// A member, as the generator knows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(crate) entity: &'static str,
    /// What its sort keys begin with.
    pub(crate) literal: &'static str,
    pub(crate) count: Count,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Count {
    One,
    Optional,
    Many,
}

/// A collection of the test.
pub(crate) trait Sample: Collection<Table: Sampled> + fmt::Debug {
    /// The members, in the order of the struct.
    const MEMBERS: &'static [Member];
    /// The collection in a partition.
    fn query(at: &At) -> CollectionQuery<Self>;
    /// Everything in the partition, in one order.
    async fn all(
        at: &At,
        table: &Table<Self::Table, Backend>,
        descending: bool,
    ) -> monotable::Result<Vec<Self::Table>>;
    /// The items of each member.
    fn lists(self) -> Vec<Vec<Self::Table>>;
    /// The items of one member after a cursor, by its access pattern.
    async fn after(
        cursor: Cursor,
        member: usize,
        at: &At,
        table: &Table<Self::Table, Backend>,
        descending: bool,
    ) -> monotable::Result<Vec<Self::Table>>;
}
