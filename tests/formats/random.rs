//! Values of every shape inside each other, at random.

use super::types::*;
use super::{Format, One, check, every_format};
use fastrand::Rng;
use monotable::value::{self, Map, Number};
use monotable_tests::{scaled, seed};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Node {
    Unit,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Wide(i128),
    Float(f64),
    Narrow(f32),
    Decimal(Decimal),
    Char(char),
    Text(String),
    Bytes(ByteBuf),
    Texts(AsSet<BTreeSet<String>>),
    Numbers(AsSet<BTreeSet<i64>>),
    Blobs(AsSet<BTreeSet<ByteBuf>>),
    Internal(Internal),
    Adjacent(Adjacent),
    Untagged(Untagged),
    Option(Option<Box<Node>>),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
    Keys(BTreeMap<i32, Node>),
    Pair(u8, Box<Node>),
    Struct { a: Option<u16>, inner: Box<Node> },
}

/// Makes values.
struct Maker {
    random: Rng,
    /// Whether numbers have more digits than every format holds.
    wide: bool,
}

impl Maker {
    fn text(&mut self) -> String {
        let length = self.random.usize(..12);
        (0..length).map(|_| self.random.char(..)).collect()
    }

    fn float(&mut self) -> f64 {
        let random = &mut self.random;
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

    fn narrow(&mut self) -> f32 {
        let value = f32::from_bits(self.random.u32(..));
        if value.is_finite() { value } else { 0.5 }
    }

    /// An integer of any length.
    fn signed(&mut self) -> i64 {
        let least = if self.wide { 0 } else { 11 };
        self.random.i64(..) >> self.random.u8(least..64)
    }

    fn unsigned(&mut self) -> u64 {
        let least = if self.wide { 0 } else { 11 };
        self.random.u64(..) >> self.random.u8(least..64)
    }

    fn wide(&mut self) -> i128 {
        match self.wide {
            true => (self.random.i128(..) >> self.random.u8(..128)) / 10,
            false => self.signed().into(),
        }
    }

    fn decimal(&mut self) -> Decimal {
        let text = if self.wide {
            let digits = (self.random.i128(..) >> self.random.u8(..128)) / 10;
            format!("{digits}e{}", self.random.i32(-130..80))
        } else {
            let digits = self.random.i64(-1_000_000_000_000_000..1_000_000_000_000_000);
            format!("{digits}e{}", self.random.i32(-110..=0))
        };
        Decimal(text.parse().unwrap_or(Number::from(0)))
    }

    fn bytes(&mut self) -> ByteBuf {
        let length = self.random.usize(..20);
        (0..length).map(|_| self.random.u8(..)).collect::<Vec<u8>>().into()
    }

    fn maybe<T>(&mut self, some: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.random.bool() { Some(some(self)) } else { None }
    }

    fn several<C: FromIterator<T>, T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> C {
        (0..self.random.usize(..4)).map(|_| one(self)).collect()
    }

    fn set<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> AsSet<BTreeSet<T>>
    where
        T: Ord + Serialize + serde::de::DeserializeOwned,
    {
        let mut set: BTreeSet<T> = self.several(&mut one);
        set.insert(one(self));
        AsSet(set)
    }

    fn inner(&mut self) -> Inner {
        Inner { n: self.random.i32(..), text: self.maybe(Self::text) }
    }

    fn internal(&mut self) -> Internal {
        match self.random.u8(..3) {
            0 => Internal::Unit,
            1 => Internal::New(self.inner()),
            _ => {
                let b = self.several(Self::inner);
                Internal::Struct { a: self.float(), b }
            }
        }
    }

    fn adjacent(&mut self) -> Adjacent {
        match self.random.u8(..4) {
            0 => Adjacent::Unit,
            1 => Adjacent::New(self.unsigned()),
            2 => Adjacent::Pair(self.random.u8(..), self.signed()),
            _ => Adjacent::Struct { a: self.random.u8(..), b: self.maybe(Self::text) },
        }
    }

    fn untagged(&mut self) -> Untagged {
        match self.random.u8(..6) {
            0 => Untagged::Bool(self.random.bool()),
            1 => Untagged::Text(self.text()),
            2 => Untagged::Struct { a: self.random.u8(..) },
            3 => Untagged::Unsigned(self.unsigned()),
            4 => Untagged::Signed(self.signed().min(-1)),
            _ => Untagged::List(self.several(Self::untagged)),
        }
    }

    fn node(&mut self, depth: u8) -> Node {
        let kinds = if depth == 0 { 17 } else { 23 };
        match self.random.u8(..kinds) {
            0 => Node::Unit,
            1 => Node::Bool(self.random.bool()),
            2 => Node::Signed(self.signed()),
            3 => Node::Unsigned(self.unsigned()),
            4 => Node::Wide(self.wide()),
            5 => Node::Float(self.float()),
            6 => Node::Narrow(self.narrow()),
            7 => Node::Decimal(self.decimal()),
            8 => Node::Char(self.random.char(..)),
            9 => Node::Text(self.text()),
            10 => Node::Bytes(self.bytes()),
            11 => Node::Texts(self.set(Self::text)),
            12 => Node::Numbers(self.set(Self::signed)),
            13 => Node::Blobs(self.set(Self::bytes)),
            14 => Node::Internal(self.internal()),
            15 => Node::Adjacent(self.adjacent()),
            16 => Node::Untagged(self.untagged()),
            17 => Node::Option(self.maybe(|make| Box::new(make.node(depth - 1)))),
            18 => Node::List(self.several(|make| make.node(depth - 1))),
            19 => {
                Node::Map(self.several(|make| (format!("n{}", make.text()), make.node(depth - 1))))
            }
            20 => Node::Keys(self.several(|make| (make.random.i32(..), make.node(depth - 1)))),
            21 => Node::Pair(self.random.u8(..), Box::new(self.node(depth - 1))),
            _ => {
                let a = self.maybe(|make| make.random.u16(..));
                Node::Struct { a, inner: Box::new(self.node(depth - 1)) }
            }
        }
    }
}

#[test]
fn whatever_is_written_is_read() {
    let mut make = Maker { random: Rng::with_seed(seed(42)), wide: false };
    let mut refused = 0;
    for round in 0..scaled(20_000) {
        make.wide = round % 4 == 0;
        let item = One { v: make.node(6) };
        let expected = value::item_to_map(&item).unwrap();
        every_format!(|F| match F::write(&item) {
            Ok(_) => check::<F, _>(&item, &expected),
            // It does not hold a number.
            Err(message) => {
                let end = format!(" in {}: store it as text", F::LIMITS.store);
                assert!(make.wide && message.ends_with(&end), "{}: {message}", F::NAME);
                assert_eq!(F::NAME, "JSON", "the others hold what is made");
                refused += 1;
            }
        });
    }
    assert!(refused > scaled(20_000) / 40, "numbers past the limits were made: {refused}");
}

/// Every item is read as any type, or that fails. The binary form and `Value` keep an item's order,
/// so they also agree on what is read and on each message.
#[test]
fn other_types_fail_cleanly() {
    fn reads<T: serde::de::DeserializeOwned + PartialEq + Debug>(item: &One<Node>) -> bool {
        let mut all = Vec::new();
        every_format!(|F| all.push(F::read::<T>(&F::write(item).unwrap())));
        assert_eq!(all[0], all[1], "{item:?}");
        all[0].is_ok()
    }

    let mut make = Maker { random: Rng::with_seed(seed(43)), wide: false };
    let mut read = [0; 7];
    for _ in 0..scaled(1000) {
        let item = One { v: make.node(3) };
        let each = [
            reads::<One<Internal>>(&item),
            reads::<One<BTreeMap<String, Untagged>>>(&item),
            reads::<BTreeMap<String, Vec<Adjacent>>>(&item),
            reads::<One<(u8, String)>>(&item),
            reads::<One<AsSet<BTreeSet<u8>>>>(&item),
            reads::<One<Decimal>>(&item),
            reads::<Map>(&item),
        ];
        for (count, each) in read.iter_mut().zip(each) {
            *count += usize::from(each);
        }
    }
    let [.., decimals, maps] = read;
    assert_eq!((decimals, maps), (0, scaled(1000)));
    assert!(read[1] > scaled(10), "some are read as another type: {read:?}");
}
