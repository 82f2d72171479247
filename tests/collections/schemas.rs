//! A generator of random tables and collections. `collections/random.rs` is its output for one seed.
//!
//! `MONOTABLE_SCHEMAS=SEED cargo test -p monotable-tests --test collections schemas` writes that file again with
//! another seed. The next run of the test uses those tables.

use fastrand::Rng;
use std::fmt::Write as _;

const COUNT: usize = 5;
const SEED: u64 = 20_261_127;
const FILE: &str = "collections/random.rs";

/// What follows the literal of a sort key, and whether a partition has several items then. `K` is a part of the
/// partition key.
const RESTS: [(&str, bool); 8] = [
    ("", false),
    ("K", false),
    ("{n}", true),
    ("{n:desc}", true),
    ("{s}", true),
    ("{s}#{n}", true),
    ("{n}#{s}", true),
    ("K#{n:03}", true),
];

/// A key of an entity on the table or on an index.
struct Key {
    literal: String,
    rest: usize,
}

struct Entity {
    name: String,
    /// The names of the fields of the partition key.
    a: &'static str,
    b: &'static str,
    /// The keys on the primary key, the global index and the local one.
    keys: [Option<Key>; 3],
}

struct Table {
    /// Whether the partition key has two parts.
    is_pair: bool,
    /// Whether the partitions of the global index are like those of the table.
    is_alike: bool,
    entities: Vec<Entity>,
}

const PATHS: [(&str, &str); 3] = [("primary", "Primary"), ("wide", "Wide"), ("near", "Near")];

/// Returns literals none of which begins with another. Many begin in the same way.
fn literals(random: &mut Rng, count: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    while found.len() < count {
        let length = random.usize(1..=4);
        let letters = ["A", "A", "A", "B", "a", "-"];
        let mut text: String =
            (0..length).map(|_| letters[random.usize(..letters.len())]).collect();
        if random.bool() {
            text.push('#');
            if random.u8(..3) == 0 {
                text.push_str(["A#", "B"][random.usize(..2)]);
            }
        }
        let clash = |other: &String| other.starts_with(&text) || text.starts_with(other.as_str());
        // Such a text is the name of a field.
        if !found.iter().any(clash) && !text.split('#').any(|part| part == "a") {
            found.push(text);
        }
    }
    found
}

impl Table {
    fn new(random: &mut Rng) -> Self {
        let count = random.usize(4..=5);
        let mut names: [Vec<String>; 3] = std::array::from_fn(|_| literals(random, count));
        let entities = (0..count).map(|at| Entity {
            name: format!("E{at}"),
            a: ["a", "owner", "x"][random.usize(..3)],
            b: ["b", "number", "y"][random.usize(..3)],
            keys: std::array::from_fn(|path| {
                let literal = names[path].pop().unwrap();
                let key = Key { literal, rest: random.usize(..RESTS.len()) };
                (path == 0 || random.u8(..5) > 0).then_some(key)
            }),
        });
        let entities = entities.collect();
        Table { is_pair: random.bool(), is_alike: random.bool(), entities }
    }

    /// The partition key of an entity on a path.
    fn pk(&self, entity: &Entity, path: usize) -> String {
        let own = if self.is_pair {
            format!("{{{}}}#{{{}}}", entity.a, entity.b)
        } else {
            format!("{{{}}}", entity.a)
        };
        match path {
            1 if self.is_alike => format!("WIDE#{own}"),
            1 => "WIDE#{group}".to_owned(),
            _ => format!("PART#{own}"),
        }
    }

    fn sk(&self, entity: &Entity, path: usize) -> String {
        let key = entity.keys[path].as_ref().unwrap();
        let known = if path == 1 && !self.is_alike {
            "{group}".to_owned()
        } else {
            format!("{{{}}}", entity.a)
        };
        format!("{}{}", key.literal, RESTS[key.rest].0.replace('K', &known))
    }

    /// Whether a partition has at most one item of the entity on a path. The key on an index does not tell items
    /// apart whose primary keys have other parts.
    fn is_single(&self, entity: &Entity, path: usize) -> bool {
        let is_single = |path: usize| !RESTS[entity.keys[path].as_ref().unwrap().rest].1;
        is_single(path) && is_single(0) && (path != 1 || self.is_alike)
    }

    /// The arguments of an access pattern.
    fn arguments(&self, path: usize) -> &'static str {
        match (path, self.is_alike, self.is_pair) {
            (1, false, _) => "at.group",
            (_, _, true) => "&at.a, at.b",
            (_, _, false) => "&at.a",
        }
    }

    fn on(&self, path: usize) -> Vec<&Entity> {
        self.entities.iter().filter(|entity| entity.keys[path].is_some()).collect()
    }
}

fn entity(table: &Table, entity: &Entity, text: &mut String) {
    let Entity { name, a, b, .. } = entity;
    writeln!(text, "\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]").unwrap();
    let (pk, sk) = (table.pk(entity, 0), table.sk(entity, 0));
    writeln!(text, "#[entity(table = T, pk = \"{pk}\", sk = \"{sk}\")]\n#[access(primary)]")
        .unwrap();
    if entity.keys[1].is_some() {
        let (pk, sk) = (table.pk(entity, 1), table.sk(entity, 1));
        writeln!(text, "#[access(wide, index = Wide, pk = \"{pk}\", sk = \"{sk}\")]").unwrap();
    }
    if entity.keys[2].is_some() {
        let sk = table.sk(entity, 2);
        writeln!(text, "#[access(near, index = Near, sk = \"{sk}\")]").unwrap();
    }
    writeln!(text, "pub struct {name} {{ {a}: String, {b}: u8, n: u8, s: String, group: u8 }}")
        .unwrap();
}

fn paths(table: &Table, text: &mut String) {
    writeln!(text, "\npub(super) fn paths() -> Vec<Path> {{\n    vec![").unwrap();
    for (path, (_, target)) in PATHS.iter().enumerate() {
        let on = table.on(path);
        let Some(first) = on.first() else { continue };
        writeln!(text, "        Path {{\n            keys: vec![").unwrap();
        for entity in &on {
            let (name, literal) = (&entity.name, &entity.keys[path].as_ref().unwrap().literal);
            let is_single = table.is_single(entity, path);
            writeln!(
                text,
                "                Key {{ entity: \"{name}\", literal: \"{literal}\", is_single: {is_single}, \
                 member: MemberDef::new::<{name}, {target}>(\"{}\", Many) }},",
                name.to_lowercase()
            )
            .unwrap();
        }
        writeln!(
            text,
            "            ],\n            collection: |members| CollectionDef::new::<{}, {target}>(\"C\", members),\n        }},",
            first.name
        )
        .unwrap();
    }
    writeln!(text, "    ]\n}}").unwrap();
}

/// A collection of entities whose keys are next to each other.
fn collection(random: &mut Rng, table: &Table, path: usize, number: usize, text: &mut String) {
    let literal = |entity: &Entity| entity.keys[path].as_ref().unwrap().literal.clone();
    let mut members = table.on(path);
    members.sort_by_key(|entity| literal(entity));
    // In most cases there are others before them and after them.
    let (first, rest) = (random.usize(..members.len().min(3)), random.usize(..3));
    members.drain(..first);
    members.truncate(members.len().saturating_sub(rest).max(1));
    random.shuffle(&mut members);
    let (name, (pattern, target)) = (format!("C{number}"), PATHS[path]);
    let arguments = table.arguments(path);
    let (mut fields, mut defs, mut lists, mut after) =
        (String::new(), String::new(), String::new(), String::new());
    for (at, entity) in members.iter().enumerate() {
        let (entity, literal, is_single) =
            (&entity.name, literal(entity), table.is_single(entity, path));
        let field = format!("m{at}");
        let count = if is_single { ["One", "Optional", "Many"][random.usize(..3)] } else { "Many" };
        let ty = match count {
            "One" => entity.clone(),
            "Optional" => format!("Option<{entity}>"),
            _ => format!("Vec<{entity}>"),
        };
        writeln!(fields, "    pub {field}: {ty},").unwrap();
        writeln!(
            defs,
            "        Member {{ entity: \"{entity}\", literal: \"{literal}\", count: Count::{count} }},"
        )
        .unwrap();
        match count {
            "One" => write!(lists, "vec![T::{entity}(self.{field})], ").unwrap(),
            _ => write!(lists, "self.{field}.into_iter().map(T::{entity}).collect(), ").unwrap(),
        }
        write!(
            after,
            "            {at} => {{\n                let query = {entity}::{pattern}({arguments}).after(cursor);\n                \
             let query = if descending {{ query.descending() }} else {{ query }};\n                \
             query.all(table).await?.into_iter().map(T::{entity}).collect()\n            }}\n"
        )
        .unwrap();
    }
    let begin = &members[random.usize(..members.len())].name;
    let option =
        if path == 0 { String::new() } else { format!("#[collection(index = {target})]\n") };
    write!(
        text,
        "\n#[derive(Debug, Collection)]\n{option}pub struct {name} {{\n{fields}}}\n\
         impl Sample for {name} {{\n    const MEMBERS: &'static [Member] = &[\n{defs}    ];\n    \
         fn query(at: &At) -> CollectionQuery<Self> {{\n        \
         <{name} as Collection>::of({begin}::{pattern}({arguments}).partition())\n    }}\n    \
         async fn all(at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {{\n        \
         let query = {begin}::{pattern}({arguments}).partition().query();\n        \
         if descending {{ query.descending().all(table).await }} else {{ query.all(table).await }}\n    }}\n    \
         fn lists(self) -> Vec<Vec<T>> {{\n        vec![{lists}]\n    }}\n    \
         async fn after(cursor: Cursor, member: usize, at: &At, table: &Table<T, Backend>, descending: bool) -> monotable::Result<Vec<T>> {{\n        \
         Ok(match member {{\n{after}            _ => vec![],\n        }})\n    }}\n}}\n"
    )
    .unwrap();
}

fn table(random: &mut Rng, at: usize) -> String {
    let table = Table::new(random);
    let mut text = format!("\npub(super) mod t{at} {{\nuse super::*;\n\n");
    let names: Vec<&str> = table.entities.iter().map(|entity| entity.name.as_str()).collect();
    let list = |item: &dyn Fn(&str) -> String| {
        names.iter().chain(&["Other"]).map(|name| item(name)).collect::<String>()
    };
    write!(
        text,
        "#[derive(Debug, Index)]\npub struct Wide;\n\n#[derive(Debug, Index)]\n#[index(local)]\npub struct Near;\n\n\
         #[derive(Debug, Clone, PartialEq, Table)]\n#[table(indexes(Wide, Near))]\npub enum T {{\n{}}}\n",
        list(&|name| format!("    {name}({name}),\n"))
    )
    .unwrap();
    table.entities.iter().for_each(|of| entity(&table, of, &mut text));
    // The literals of another partition do not matter.
    let other = literals(random, 2);
    write!(
        text,
        "\n#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]\n\
         #[entity(table = T, pk = \"OTHER#{{a}}\", sk = \"{}{{n}}\")]\n\
         #[key(index = Wide, pk = \"OTHER#{{a}}\", sk = \"{}{{s}}\")]\n\
         pub struct Other {{ a: String, n: u8, s: String }}\n",
        other[0], other[1]
    )
    .unwrap();
    let items: String = table
        .entities
        .iter()
        .map(|Entity { name, a, b, .. }| {
            format!(
                "        let count = random.usize(..40);\n        items.extend((0..count).map(|_| T::{name}({name} {{ \
                 {a}: part(random), {b}: bit(random), n: small(random), s: text(random), group: bit(random) }})));\n"
            )
        })
        .collect();
    write!(
        text,
        "\nimpl Sampled for T {{\n    fn items(random: &mut Rng) -> Vec<Self> {{\n        let mut items = Vec::new();\n{items}        \
         items.extend((0..20).map(|_| T::Other(Other {{ a: part(random), n: small(random), s: text(random) }})));\n        \
         items\n    }}\n    \
         async fn put(&self, table: &Table<T, Backend>) -> monotable::Result<()> {{\n        match self {{\n{}        }}\n    }}\n    \
         fn entity(&self) -> &'static str {{\n        match self {{\n{}        }}\n    }}\n}}\n",
        list(&|name| format!("            T::{name}(item) => item.put().send(table).await,\n")),
        list(&|name| format!("            T::{name}(_) => \"{name}\",\n")),
    )
    .unwrap();
    let mut checks = String::new();
    let mut number = 0;
    for path in 0..PATHS.len() {
        for _ in 0..2 {
            if table.on(path).is_empty() {
                continue;
            }
            collection(random, &table, path, number, &mut text);
            writeln!(checks, "    check::<C{number}>(&table).await;").unwrap();
            number += 1;
        }
    }
    paths(&table, &mut text);
    write!(
        text,
        "\npub(super) async fn check_all(random: &mut Rng) {{\n    let table = filled::<T>(random).await;\n{checks}}}\n}}\n"
    )
    .unwrap();
    text
}

fn generate(seed: u64) -> String {
    let mut random = Rng::with_seed(seed);
    let mut text = format!(
        "//! Random tables and collections of seed {seed}, written by `schemas.rs`.\n\n\
         use crate::proof::{{Key, Path}};\n\
         use crate::reads::{{check, filled}};\n\
         use crate::sample::{{At, Backend, Count, Member, Sample, Sampled, bit, part, small, text}};\n\
         use fastrand::Rng;\n\
         use monotable::__private::Count::Many;\n\
         use monotable::__private::{{CollectionDef, MemberDef, Primary}};\n\
         use monotable::prelude::*;\n\
         use monotable::{{CollectionQuery, Cursor}};\n\
         use serde::{{Deserialize, Serialize}};\n"
    );
    for at in 0..COUNT {
        text.push_str(&table(&mut random, at));
    }
    let each = |item: &dyn Fn(usize) -> String| (0..COUNT).map(item).collect::<String>();
    write!(
        text,
        "\npub(crate) async fn each_table(random: &mut Rng) {{\n{}}}\n\n\
         pub(crate) fn paths() -> Vec<Path> {{\n    let mut paths = Vec::new();\n{}    paths\n}}\n",
        each(&|at| format!("    t{at}::check_all(random).await;\n")),
        each(&|at| format!("    paths.extend(t{at}::paths());\n")),
    )
    .unwrap();
    text
}

#[test]
fn schemas() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if let Some(seed) = std::env::var("MONOTABLE_SCHEMAS").ok().and_then(|seed| seed.parse().ok()) {
        std::fs::write(&path, generate(seed)).unwrap();
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, generate(SEED), "write it anew: MONOTABLE_SCHEMAS={SEED}");
}
