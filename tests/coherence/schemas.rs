//! A generator of random entities. `entities/random.rs` is its output for one seed.
//!
//! `MONOTABLE_SCHEMAS=SEED cargo test -p monotable-tests --test coherence schemas` writes that file
//! again with another seed. The next run of the test uses those entities.

use fastrand::Rng;
use std::fmt::Write as _;

const COUNT: usize = 12;
const SEED: u64 = 20_261_123;
const FILE: &str = "coherence/entities/random.rs";

/// A kind of field: its type, the function that generates its values, and what may follow its name
/// in a key template.
const KINDS: [(&str, &str, &[&str]); 9] = [
    ("String", "text", &[""]),
    ("u8", "small", &["", ":desc"]),
    ("i32", "signed", &["", ":desc"]),
    ("bool", "truth", &["", ":desc"]),
    ("State", "state", &[""]),
    ("Timestamp", "time", &[":s", ":s:desc"]),
    ("Option<String>", "maybe(text)", &[""]),
    ("Option<u8>", "maybe(small)", &["", ":desc"]),
    ("Option<State>", "maybe(state)", &[""]),
];

struct Field {
    name: String,
    kind: usize,
}

/// Returns a template with each of these fields in a component of its own.
fn template(random: &mut Rng, prefix: &str, fields: &[&Field]) -> String {
    let mut text = prefix.to_owned();
    for field in fields {
        let format = random.choice(KINDS[field.kind].2).copied().unwrap_or_default();
        let mark = if text.is_empty() || text.ends_with('#') { "" } else { "#" };
        write!(text, "{mark}{{{}{format}}}", field.name).unwrap();
    }
    text
}

/// Returns the source of one entity. Its updates by key set the fields whose key attributes need no
/// other field.
fn entity(random: &mut Rng, at: usize) -> String {
    let mut fields = vec![Field { name: "id".into(), kind: 1 }];
    // Whether several items are in one partition.
    let key: &[&str] = if random.bool() { &["id", "n"] } else { &["id"] };
    if key.contains(&"n") {
        fields.push(Field { name: "n".into(), kind: 1 });
    }
    for name in ["a", "b", "c", "d", "e"].into_iter().take(random.usize(2..=5)) {
        fields.push(Field { name: name.into(), kind: random.usize(..KINDS.len()) });
    }
    // The index of attributes has the same ones for all entities.
    let is_on_fourth = random.bool();
    if is_on_fourth {
        fields.push(Field { name: "grade".into(), kind: 8 });
        fields.push(Field { name: "level".into(), kind: 2 });
    }
    let others = &fields[key.len()..];
    let mut attributes = String::new();
    if is_on_fourth {
        attributes.push_str("#[access(on_fourth, index = Fourth, pk(grade), sk(level, note))]\n");
    }
    let mut templates: Vec<Vec<&str>> = Vec::new();
    for index in ["First", "Second", "Third"] {
        if random.u8(..4) == 0 {
            continue;
        }
        let mut parts: Vec<&Field> = fields.iter().collect();
        random.shuffle(&mut parts);
        parts.truncate(random.usize(2..=parts.len()));
        let (pk, sk) = parts.split_at(random.usize(1..parts.len()));
        let prefix = format!("R{at}{index}#");
        let (pk_text, sk_text) = (template(random, &prefix, pk), template(random, "", sk));
        let pattern = index.to_lowercase();
        writeln!(
            attributes,
            "#[access(on_{pattern}, index = {index}, pk = \"{pk_text}\", sk = \"{sk_text}\")]"
        )
        .unwrap();
        for part in [pk, sk] {
            templates.push(part.iter().map(|field| field.name.as_str()).collect());
        }
    }
    if random.u8(..3) > 0 {
        let mut parts: Vec<&Field> = fields.iter().collect();
        random.shuffle(&mut parts);
        parts.truncate(random.usize(1..=parts.len()));
        let sk = template(random, "", &parts);
        writeln!(attributes, "#[access(near, index = Near, sk = \"{sk}\")]").unwrap();
        templates.push(parts.iter().map(|field| field.name.as_str()).collect());
    }
    let alone = |field: &&Field| {
        let mut fed = templates.iter().filter(|parts| parts.contains(&field.name.as_str()));
        fed.all(|parts| parts.iter().all(|part| *part == field.name || key.contains(part)))
    };
    let list = |fields: &mut dyn Iterator<Item = String>| fields.collect::<Vec<_>>().join(", ");
    let declared: String = others
        .iter()
        .map(|field| format!("    pub {}: {},\n", field.name, KINDS[field.kind].0))
        .collect();
    let made = list(&mut others.iter().map(|field| {
        format!("{} {}: {}", field.name.to_uppercase(), field.name, KINDS[field.kind].1)
    }));
    let blind = list(
        &mut others
            .iter()
            .filter(alone)
            .map(|field| format!("{} {}", field.name.to_uppercase(), field.name)),
    );
    let sk = if key.contains(&"n") { "ITEM#{n}" } else { "ITEM" };
    let keys = list(&mut key.iter().map(|name| format!("{name}: small")));
    let key: String = key.iter().map(|name| format!("    pub {name}: u8,\n")).collect();
    format!(
        "#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]\n\
         #[entity(table = Zoo, pk = \"R{at}#{{id}}\", sk = \"{sk}\")]\n\
         {attributes}pub struct R{at} {{\n{key}{declared}    pub note: u8,\n}}\n\
         case! {{ R{at}, put; key {{ {keys} }} fields {{ {made} }} blind {{ {blind} }} }}\n"
    )
}

fn generate(seed: u64) -> String {
    let mut random = Rng::with_seed(seed);
    let mut text = format!(
        "//! Random schemas of seed {seed}, written by `schemas.rs`.\n\n\
         use super::{{First, Fourth, Near, Second, State, Third, Zoo, state}};\n\
         use crate::values::{{maybe, signed, small, text, time, truth}};\n\
         use jiff::Timestamp;\nuse monotable::prelude::*;\nuse serde::{{Deserialize, Serialize}};\n"
    );
    for at in 0..COUNT {
        text.push('\n');
        text.push_str(&entity(&mut random, at));
    }
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
