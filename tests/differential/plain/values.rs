//! Random values. There are few different ones, so that equal values are frequent.

use fastrand::Rng;
use monotable::expr::{Action, Comparison, Expr, Path, Step};
use monotable::value::{Map, Number, Set, Value, to_value};
use std::sync::LazyLock;

/// Attributes that are not part of a key. Most values of an attribute have the type that its name
/// says, so that expressions often match. Any attribute can have a value of another type.
pub const ATTRIBUTES: [&str; 11] =
    ["a", "number", "text", "bytes", "list", "map", "texts", "numbers", "blobs", "size", "x.y[0]"];
const ENTRIES: [&str; 4] = ["a", "n", "größe", "list"];
/// The longest numbers have 38 digits, which is the maximum on DynamoDB.
const NUMBERS: [&str; 18] = [
    "99999999999999999999999999999999999999",
    "1E+125",
    "-1E-130",
    "0.30000000000000004",
    "0",
    "1",
    "-1",
    "2",
    "7",
    "10.5",
    "-0.25",
    "100",
    "12345678901234567890",
    "11111111111111111111111111111111111111",
    "-0.00000000000000000001",
    "1E+20",
    "1E-20",
    "3.14159265358979",
];
/// The texts with characters outside of ASCII are longer than every size in a condition, because
/// DynamoDB Local counts the characters of a text (the `size` of "日本" is 2), and the embedded store
/// counts bytes.
const TEXTS: [&str; 8] =
    ["", "a", "ab", "b", "éééé#", "grüne", "日本日本日", "\u{10348}\u{10348}é\u{10348}\u{10348}"];
/// The texts in sets are ASCII, because DynamoDB Local damages other texts: a `DELETE` of "a" from
/// the set ["a", "é"] leaves "\u{fffd}\u{fffd}".
const SET_TEXTS: [&str; 5] = ["", "a", "ab", "b", "#z"];
const BYTES: [&[u8]; 5] = [&[], &[0], &[1, 2], &[1, 2, 3], &[255]];

pub fn pick<T: Copy>(random: &mut Rng, from: &[T]) -> T {
    from[random.usize(0..from.len())]
}

pub fn number(random: &mut Rng) -> Number {
    pick(random, &NUMBERS).parse().unwrap()
}

pub fn text(random: &mut Rng) -> String {
    pick(random, &TEXTS).to_owned()
}

fn set_text(random: &mut Rng) -> String {
    pick(random, &SET_TEXTS).to_owned()
}

fn bytes(random: &mut Rng) -> Vec<u8> {
    pick(random, &BYTES).to_vec()
}

/// Returns values at the edges of what stores hold, and beyond: the longest numbers, the greatest and the
/// smallest, the emptiest, the longest and the deepest values, and names with every kind of character.
pub fn edges() -> Vec<Value> {
    let nines = "9".repeat(38);
    let mut edges: Vec<Value> = Vec::new();
    for text in [
        nines.as_str(),
        &format!("-{nines}"),
        &format!("9.{}E+125", &nines[1..]),
        &format!("0.{nines}"),
        &format!("{nines}E-130"),
        "1E-130",
        "-1E-130",
        "1E+125",
        "-1E+125",
    ] {
        edges.push(text.parse::<Number>().unwrap().into());
    }
    for float in [
        0.0,
        -0.0,
        10.0,
        -10.0,
        0.1 + 0.2,
        1e-7,
        1e15,
        1e22,
        2f64.powi(53) - 1.0,
        2f64.powi(53),
        2f64.powi(64),
        1e125,
        9.99e125,
        1e-130,
        1e126,
        9.9e-131,
        f64::MAX,
        -f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
    ] {
        edges.push(Number::from_f64(float).unwrap().into());
    }
    for integer in [u64::MAX.into(), 10u128.pow(38), 10u128.pow(38) + 1, u128::MAX] {
        edges.push(Number::from(integer).into());
    }
    for integer in [i64::MIN.into(), -(10i128.pow(38)), -(10i128.pow(38)) - 1, i128::MIN] {
        edges.push(Number::from(integer).into());
    }
    for text in ["", " ", "\0", "\u{7f}", "\u{10ffff}", "\"'\\", "\u{feff}"] {
        edges.push(text.into());
    }
    // None of these sizes is close to the limit of a unit, see `Source::item`.
    edges.push("y".repeat(1_500).into());
    edges.push(Value::Bytes(vec![7; 1_500]));
    edges.push(Value::Bytes(Vec::new()));
    edges.push(Value::List(Vec::new()));
    edges.push(Value::Map(Map::new()));
    edges.push(Value::Set(Set::Text([String::new()].into())));
    edges.push(Value::Set(Set::Bytes([Vec::new()].into())));
    edges.push(Value::Set(Set::Text(Default::default())));
    edges.push(Value::Set(Set::Numbers((0..100).map(Number::from).collect())));
    edges.push(Value::Set(Set::Numbers([Number::from(u128::MAX)].into())));
    for depth in [30, 31, 32, 33] {
        let nested =
            |wrap: fn(Value) -> Value| (0..depth).fold(Value::Null, |inner, _| wrap(inner));
        edges.push(nested(|inner| Value::List(vec![inner])));
        edges.push(nested(|inner| {
            let mut map = Map::new();
            map.insert("a", inner);
            map.into()
        }));
    }
    for name in ["", " ", "#", "#a", ":v", "a.b", "a[0]", "\"", "'", "\0", "日", "size", "SET"] {
        let mut map = Map::new();
        map.insert(name, Value::Null);
        edges.push(map.into());
    }
    // DynamoDB Local fails with names of 65,535 bytes, which is the documented limit.
    for length in [255, 256, 1_500] {
        let mut map = Map::new();
        map.insert(&*"n".repeat(length), Value::Null);
        edges.push(map.into());
    }
    edges
}

/// Returns a value of any type. Lists and maps are nested up to this depth.
pub fn value(random: &mut Rng, depth: usize) -> Value {
    /// Those that the typed layer stores, also inside of other values.
    static EDGES: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let inside = |edge: &Value| (0..6).fold(edge.clone(), |inner, _| Value::List(vec![inner]));
        let mut edges = edges();
        edges.retain(|edge| to_value(&inside(edge)).is_ok_and(|stored| stored == inside(edge)));
        edges
    });

    if random.u8(0..30) == 0 {
        return EDGES[random.usize(0..EDGES.len())].clone();
    }
    match random.u8(0..if depth == 0 { 8 } else { 10 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 | 3 => number(random).into(),
        4 | 5 => text(random).into(),
        6 => Value::Bytes(bytes(random)),
        7 => set(random),
        8 => list(random, depth).into(),
        _ => map(random, depth).into(),
    }
}

pub fn list(random: &mut Rng, depth: usize) -> Vec<Value> {
    (0..random.usize(0..4)).map(|_| value(random, depth - 1)).collect()
}

fn map(random: &mut Rng, depth: usize) -> Map {
    let mut map = Map::new();
    for _ in 0..random.usize(0..4) {
        map.insert(pick(random, &ENTRIES), value(random, depth - 1));
    }
    map
}

pub fn set(random: &mut Rng) -> Value {
    let count = random.usize(1..4);
    Value::Set(match random.u8(0..3) {
        0 => Set::Text((0..count).map(|_| set_text(random)).collect()),
        1 => Set::Numbers((0..count).map(|_| number(random)).collect()),
        _ => Set::Bytes((0..count).map(|_| bytes(random)).collect()),
    })
}

/// Returns a value for an attribute, in most cases of the type that its name says.
pub fn value_for(random: &mut Rng, name: &str) -> Value {
    if random.u8(0..8) == 0 {
        return value(random, 2);
    }
    match name {
        "number" | "n" => number(random).into(),
        "text" => text(random).into(),
        "bytes" => Value::Bytes(bytes(random)),
        "list" => list(random, 3).into(),
        "map" => map(random, 3).into(),
        "texts" => Value::Set(Set::Text((0..3).map(|_| set_text(random)).collect())),
        "numbers" => Value::Set(Set::Numbers((0..3).map(|_| number(random)).collect())),
        "blobs" => Value::Set(Set::Bytes((0..3).map(|_| bytes(random)).collect())),
        _ => value(random, 2),
    }
}

/// Returns a path to an attribute, or to a value inside one.
pub fn path(random: &mut Rng) -> Path {
    path_of(random, &ATTRIBUTES)
}

fn path_of(random: &mut Rng, roots: &[&'static str]) -> Path {
    let root = pick(random, roots);
    let mut path = Path::attribute(root);
    let inside = matches!(root, "list" | "map") || random.u8(0..10) == 0;
    let mut into_list = root == "list";
    while inside && path.steps().len() < 3 && random.u8(0..3) > 0 {
        if random.u8(0..10) == 0 {
            into_list = !into_list;
        }
        path = if into_list {
            into_list = random.bool();
            path.step(Step::Index(random.usize(0..4)))
        } else {
            let name = pick(random, &ENTRIES);
            into_list = name == "list";
            path.step(Step::Name(name.into()))
        };
    }
    path
}

/// Returns the last name of a path.
fn end(path: &Path) -> &str {
    match path.steps().last() {
        Some(Step::Name(name)) => name,
        Some(Step::Index(_)) => "",
        None => path.root(),
    }
}

/// Returns an expression on these attributes.
pub fn expr(random: &mut Rng, roots: &[&'static str], depth: usize) -> Expr {
    let path = path_of(random, roots);
    let comparison = {
        use Comparison::{Eq, Ge, Gt, Le, Lt, Ne};
        pick(random, &[Eq, Ne, Lt, Le, Gt, Ge])
    };
    let operand = |random: &mut Rng| value_for(random, end(&path));
    match random.u8(0..if depth == 0 { 11 } else { 17 }) {
        0..3 => Expr::Compare(path.clone(), comparison, operand(random)),
        3 => Expr::Between(path.clone(), operand(random), operand(random)),
        4 => Expr::In(path.clone(), (0..random.usize(0..4)).map(|_| operand(random)).collect()),
        5 => Expr::BeginsWith(path, text(random)),
        6 | 7 => Expr::Contains(path, value(random, 1)),
        8 => Expr::Size(path, comparison, random.u64(0..5)),
        9 => Expr::Exists(path),
        10 => Expr::Absent(path),
        11 | 12 => Expr::And(exprs(random, roots, depth - 1)),
        13..15 => Expr::Or(exprs(random, roots, depth - 1)),
        _ => Expr::Not(Box::new(expr(random, roots, depth - 1))),
    }
}

fn exprs(random: &mut Rng, roots: &[&'static str], depth: usize) -> Vec<Expr> {
    (0..random.usize(0..4)).map(|_| expr(random, roots, depth)).collect()
}

pub fn action(random: &mut Rng) -> Action {
    let path = path(random);
    let end = end(&path).to_owned();
    match random.u8(0..12) {
        0..3 => Action::Set(path, value_for(random, &end)),
        3 => Action::SetIfAbsent(path, value_for(random, &end)),
        4 | 5 => Action::Remove(path),
        6 | 7 => Action::Add(path, number(random)),
        8 => Action::Append(path, list(random, 2)),
        9 => Action::Prepend(path, list(random, 2)),
        10 => Action::Union(path, set_for(random, &end)),
        _ => Action::Difference(path, set_for(random, &end)),
    }
}

fn set_for(random: &mut Rng, name: &str) -> Value {
    match value_for(random, name) {
        set @ Value::Set(_) => set,
        _ => set(random),
    }
}
