//! Random items and queries of an index whose keys are attributes of the items.

use crate::{Differences, dynamodb_local, operations, random};
use fastrand::Rng;
use monotable::Embedded;
use monotable::backend::Keyed;
use monotable::expr::{Action, Path};
use monotable::key::Encoding;
use monotable::request::{
    AttributeKeys, AttributeRange, Delete, PrimaryKey, Put, Query, SortKeys, Update,
};
use monotable::schema::{
    EntityDef, IndexDef, IndexKey, KeyAttribute, KeyAttributes, KeyType, Projection, TableDef,
};
use monotable::value::{Map, Value};
use monotable_tests::Store;
use std::num::NonZeroUsize;

const NUMBERS: [&str; 12] = [
    "-1E+125",
    "-12345678901234567890",
    "-1.5",
    "-1",
    "-1E-130",
    "0",
    "1E-130",
    "1",
    "1.0000000000000000000000000000000000001",
    "10",
    "99999999999999999999999999999999999999",
    "1E+125",
];
const TEXTS: [&str; 8] = ["a", "a\0", "a\0b", "ab", "b", "é", "\u{e000}", "\u{10ffff}"];

const TEXT: KeyType = KeyType::Text;
const NUMBER: KeyType = KeyType::Number;
static PARTITION: [KeyAttribute; 2] =
    [KeyAttribute::new("region", TEXT), KeyAttribute::new("year", NUMBER)];
/// The last one is different in each item, because DynamoDB does not document the order of equal keys.
static SORT: [KeyAttribute; 3] = [
    KeyAttribute::new("score", NUMBER),
    KeyAttribute::new("name", TEXT),
    KeyAttribute::new("place", NUMBER),
];
static INDEX: IndexDef = IndexDef::new("by_region", ["", ""], Projection::All).attributes();
static THING: EntityDef = EntityDef::new(
    "Thing",
    [&[], &[]],
    &[IndexKey::of_attributes(&INDEX, KeyAttributes::new(&PARTITION, &SORT))],
    &["region", "year", "score", "name", "place"],
);
static THINGS: TableDef =
    TableDef::new("Things", ["pk", "sk", "_type"], Encoding::Escaped, &[&INDEX], &[&THING]);

fn number(random: &mut Rng) -> Value {
    Value::Number(NUMBERS[random.usize(0..NUMBERS.len())].parse().unwrap())
}

fn text(random: &mut Rng) -> Value {
    Value::from(TEXTS[random.usize(0..TEXTS.len())])
}

/// Returns a value of an attribute. Some have another type, or are empty: no store takes these.
fn value(random: &mut Rng, attribute: &KeyAttribute, place: usize) -> Value {
    if random.u8(0..40) == 0 {
        return [Value::from(""), Value::Bool(true), Value::Null, Value::List(Vec::new())]
            [random.usize(0..4)]
        .clone();
    }
    match attribute.name {
        // Few different ones, so that partitions have several items.
        "region" => Value::from(["north", "south"][random.usize(0..2)]),
        "year" => Value::Number(random.u8(0..2).into()),
        "place" => Value::Number(place.into()),
        _ if attribute.ty == NUMBER => number(random),
        _ => text(random),
    }
}

fn attributes() -> impl Iterator<Item = &'static KeyAttribute> {
    PARTITION.iter().chain(&SORT)
}

/// A write or a query.
#[derive(Debug, Clone)]
enum Operation {
    Put(PrimaryKey, Map),
    Update(PrimaryKey, Vec<Action>),
    Delete(PrimaryKey),
    Query { keys: AttributeKeys, descending: bool, page: usize },
}

impl Operation {
    fn random(random: &mut Rng) -> Self {
        let place = random.usize(0..20);
        let key = PrimaryKey { pk: format!("p{}", place % 3), sk: format!("s{place}") };
        match random.u8(0..10) {
            0..4 => {
                let mut item = Map::new();
                for attribute in attributes() {
                    if random.u8(0..8) > 0 {
                        item.insert(attribute.name, value(random, attribute, place));
                    }
                }
                Operation::Put(key, item)
            }
            4 => {
                let count = random.usize(1..3);
                let mut actions: Vec<Action> = Vec::new();
                for attribute in attributes().skip(random.usize(0..4)).take(count) {
                    let path = Path::attribute(attribute.name);
                    actions.push(match random.u8(0..4) {
                        0 => Action::Remove(path),
                        _ => Action::Set(path, value(random, attribute, place)),
                    });
                }
                Operation::Update(key, actions)
            }
            5 => Operation::Delete(key),
            _ => {
                let keys = keys(random);
                Operation::Query { keys, descending: random.bool(), page: random.usize(1..8) }
            }
        }
    }

    /// Runs it. An error has no other text, because the two stores say it in their own words.
    async fn run<B: Store>(&self, backend: &B) -> Option<Vec<Map>> {
        match self.clone() {
            Operation::Put(key, item) => {
                let names = [("pk", key.pk.as_str()), ("sk", key.sk.as_str()), ("_type", "Thing")];
                let item = backend.encode(&Keyed::new(&names, &item)).ok()?;
                backend.put(Put::new(&THINGS, "Thing", key.clone(), item)).await.ok()?;
            }
            Operation::Update(key, actions) => {
                backend.update(Update::new(&THINGS, "Thing", key, actions)).await.ok()?;
            }
            Operation::Delete(key) => {
                backend.delete(Delete::new(&THINGS, "Thing", key)).await.ok()?;
            }
            Operation::Query { keys, descending, page } => {
                let mut query =
                    Query::new(&THINGS, "Thing", "random", String::new(), SortKeys::All);
                query.index = Some(&INDEX);
                query.keys = keys.into();
                query.descending = descending;
                query.max_items = NonZeroUsize::new(page);
                return Some(read(backend, query).await);
            }
        }
        Some(Vec::new())
    }
}

/// Reads all pages.
async fn read<B: Store>(backend: &B, mut query: Query) -> Vec<Map> {
    use monotable::backend::Item as _;
    let mut found = Vec::new();
    loop {
        let page = backend.query(query.clone()).await.unwrap();
        found.extend(page.items.iter().map(|item| item.decode::<Map>().unwrap()));
        query.after = page.last;
        if query.after.is_none() {
            return found;
        }
    }
}

fn keys(random: &mut Rng) -> AttributeKeys {
    let partition = PARTITION.iter().map(|attribute| {
        loop {
            let value = value(random, attribute, 0);
            if value.kind() == attribute.ty.name() && value.as_text() != Some("") {
                break value;
            }
        }
    });
    let mut keys = AttributeKeys::of_partition(partition.collect());
    match random.u8(0..5) {
        0 => {}
        1 => keys.range = range(random, number),
        2 => keys.sort = vec![number(random)],
        3 => {
            keys.sort = vec![number(random)];
            keys.range = match random.bool() {
                true => Some(AttributeRange::BeginsWith(
                    ["a", "a\0", "é", "\u{10ffff}"][random.usize(0..4)].to_owned(),
                )),
                false => range(random, text),
            };
        }
        _ => {
            keys.sort = vec![number(random), text(random)];
            keys.range = range(random, |random| Value::Number(random.u8(0..20).into()));
        }
    }
    keys
}

fn range(random: &mut Rng, value: impl Fn(&mut Rng) -> Value) -> Option<AttributeRange> {
    let (one, other) = (value(random), value(random));
    let is_less = match (&one, &other) {
        (Value::Number(one), Value::Number(other)) => one <= other,
        (one, other) => one.as_text() <= other.as_text(),
    };
    let (least, most) = if is_less { (one.clone(), other) } else { (other, one.clone()) };
    Some(match random.u8(0..6) {
        0 => return None,
        1 => AttributeRange::AtLeast(one),
        2 => AttributeRange::MoreThan(one),
        3 => AttributeRange::AtMost(one),
        4 => AttributeRange::LessThan(one),
        _ => AttributeRange::Between(least, most),
    })
}

#[tokio::test]
async fn keys_of_attributes() {
    let Some((theirs, _keep)) = dynamodb_local().await else { return };
    let ours = Embedded::in_memory();
    let (mut random, mut differences) = (random(), Differences::default());
    let mut found = 0;
    for at in 0..operations() / 2 {
        let operation = Operation::random(&mut random);
        let answers = (operation.run(&ours).await, operation.run(&theirs).await);
        found += answers.0.as_ref().map_or(0, Vec::len);
        differences.same(at, &format!("{operation:?}"), &answers.0, &answers.1);
    }
    differences.none();
    // Most queries would find nothing if the values were too many.
    assert!(found > operations() / 10, "{found} items were found");
}
