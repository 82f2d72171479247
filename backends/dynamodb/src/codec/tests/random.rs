//! Values of every shape inside each other, at random.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_bytes::ByteBuf;

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Node {
    Unit,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Wide(i128),
    Float(f64),
    Narrow(f32),
    Char(char),
    Text(String),
    Bytes(ByteBuf),
    Option(Option<Box<Node>>),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
    Keys(BTreeMap<i32, Node>),
    Pair(u8, Box<Node>),
    Struct { a: Option<u16>, inner: Box<Node> },
    Tagged(Tagged),
    Content(Content),
    Bare(Bare),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Empty,
    Float { f: f64, more: Vec<f64> },
    Text { text: Option<String>, bytes: ByteBuf },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Content {
    Empty,
    One(u64),
    Two(f32, String),
    Named { n: i64 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Bare {
    Bool(bool),
    Text(String),
    Named { n: i64, flag: Option<bool> },
    Floats(Vec<f64>),
}

fn text(random: &mut Rng) -> String {
    let length = random.usize(..12);
    (0..length).map(|_| random.char(..)).collect()
}

fn float(random: &mut Rng) -> f64 {
    match random.u8(..4) {
        0 => random.i32(..) as f64,
        1 => random.i32(..) as f64 / 100.0,
        2 => random.u64(..) as f64 * 10f64.powi(random.i32(-40..40)),
        _ => {
            let value = f64::from_bits(random.u64(..));
            if (1e-130..1e126).contains(&value.abs()) { value } else { 0.0 }
        }
    }
}

fn narrow(random: &mut Rng) -> f32 {
    let value = f32::from_bits(random.u32(..));
    if value.is_finite() { value } else { 0.5 }
}

fn bytes(random: &mut Rng) -> ByteBuf {
    let length = random.usize(..20);
    (0..length).map(|_| random.u8(..)).collect::<Vec<u8>>().into()
}

/// `1` in a few, of something.
fn maybe<T>(random: &mut Rng, some: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    if random.bool() { Some(some(random)) } else { None }
}

fn several<C: FromIterator<T>, T>(random: &mut Rng, one: impl FnMut(&mut Rng) -> T) -> C {
    let length = random.usize(..4);
    std::iter::repeat_with({
        let mut one = one;
        move || one(random)
    })
    .take(length)
    .collect()
}

fn node(random: &mut Rng, depth: u8) -> Node {
    let leaves = 13;
    let kind = if depth == 0 { random.u8(..leaves) } else { random.u8(..leaves + 6) };
    let deeper = |random: &mut Rng| node(random, depth - 1);
    match kind {
        0 => Node::Unit,
        1 => Node::Bool(random.bool()),
        2 => Node::Signed(random.i64(..) >> random.u8(..64)),
        3 => Node::Unsigned(random.u64(..) >> random.u8(..64)),
        4 => Node::Wide((random.i128(..) >> random.u8(..128)) / 10),
        5 => Node::Float(float(random)),
        6 => Node::Narrow(narrow(random)),
        7 => Node::Char(random.char(..)),
        8 => Node::Text(text(random)),
        9 => Node::Bytes(bytes(random)),
        10 => Node::Tagged(match random.u8(..3) {
            0 => Tagged::Empty,
            1 => Tagged::Float { f: float(random), more: several(random, float) },
            _ => Tagged::Text { text: maybe(random, text), bytes: bytes(random) },
        }),
        11 => Node::Content(match random.u8(..4) {
            0 => Content::Empty,
            1 => Content::One(random.u64(..)),
            2 => Content::Two(narrow(random), text(random)),
            _ => Content::Named { n: random.i64(..) },
        }),
        12 => Node::Bare(match random.u8(..4) {
            0 => Bare::Bool(random.bool()),
            1 => Bare::Text(text(random)),
            2 => Bare::Named { n: random.i64(..), flag: maybe(random, Rng::bool) },
            _ => Bare::Floats(several(random, float)),
        }),
        13 => Node::Option(maybe(random, |random| Box::new(deeper(random)))),
        14 => Node::List(several(random, deeper)),
        15 => Node::Map(several(random, |random| (text(random), deeper(random)))),
        16 => Node::Keys(several(random, |random| (random.i32(..), deeper(random)))),
        17 => Node::Pair(random.u8(..), Box::new(deeper(random))),
        _ => {
            let a = maybe(random, |random| random.u16(..));
            Node::Struct { a, inner: Box::new(deeper(random)) }
        }
    }
}

#[test]
fn whatever_is_written_is_read() {
    let mut random = Rng::with_seed(42);
    for _ in 0..20_000 {
        round_trip(node(&mut random, 6));
    }
}

/// Any document reads as any type or fails; it never panics.
#[test]
fn other_types_fail_cleanly() {
    let mut random = Rng::with_seed(43);
    for _ in 0..2000 {
        let item = One { v: node(&mut random, 3) };
        let item = Attributes::encode(&item).unwrap();
        let _ = item.decode::<One<Tagged>>();
        let _ = item.decode::<One<BTreeMap<u8, Bare>>>();
        let _ = item.decode::<One<Vec<Content>>>();
        let _ = item.decode::<One<(u8, String)>>();
        let _ = item.decode::<One<AsSet<u8>>>();
        let _ = item.decode::<One<AsDecimal>>();
        assert!(item.decode::<One<value::Value>>().is_ok());
    }
}
