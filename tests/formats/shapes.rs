//! Everything that can be stored: each of serde's shapes, and those that monotable adds.

mod containers;
mod enums;
mod numbers;

use super::types::*;
use super::{Format, One, check, every_format, held};
use monotable::backend::Keyed;
use monotable::value::{self, Map, Number, Set, Value};
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_bytes::ByteBuf;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::{self, Debug};
use std::net::IpAddr;

/// Writes and reads a value in every format: as an attribute, deeper in the item, and alone.
fn everywhere<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T) {
    let v = deeper_than_an_attribute(item(One { v }).v);
    assert_eq!(value::from_value::<T>(&value::to_value(&v).unwrap()).unwrap(), v);
}

fn deeper_than_an_attribute<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T) -> T {
    let mut list = item(One { v: vec![One { v }] }).v;
    list.pop().unwrap().v
}

/// Writes and reads an item in every format, and gives it back.
fn item<T: Serialize + DeserializeOwned + PartialEq + Debug>(item: T) -> T {
    let expected = value::item_to_map(&item).unwrap();
    every_format!(|F| check::<F, T>(&item, &expected));
    item
}

/// Writes and reads a value in every format, which is stored as `expected`.
fn stored_as<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T, expected: Value) {
    assert_eq!(value::to_value(&v).unwrap(), expected, "{v:?}");
    everywhere(v);
}

/// Writes and reads a value that holds a wide integer at `path`, which is all that JSON refuses.
fn everywhere_but_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T, path: &str) {
    let item = One { v };
    let expected = value::item_to_map(&item).unwrap();
    let refusal = format!(
        "attribute `{path}`: an integer is at most 9007199254740992 in size in Cosmos DB: store it as text"
    );
    every_format!(|F| match F::NAME {
        "JSON" => assert_eq!(F::write(&item).unwrap_err(), refusal),
        _ => check::<F, _>(&item, &expected),
    });
}

fn number(value: impl Into<Number>) -> Value {
    Value::Number(value.into())
}

fn decimal(text: &str) -> Number {
    text.parse().unwrap()
}

fn text(text: &str) -> Value {
    text.into()
}

fn attributes<const N: usize>(entries: [(&str, Value); N]) -> Map {
    let mut map = Map::new();
    for (name, value) in entries {
        map.insert(name, value);
    }
    map
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    attributes(entries).into()
}

#[test]
fn scalars() {
    stored_as(true, true.into());
    stored_as(false, false.into());
    stored_as('ß', text("ß"));
    stored_as('\u{10ffff}', text("\u{10ffff}"));
    stored_as(String::new(), text(""));
    stored_as("Grüße, 世界 🦀 \0".to_owned(), text("Grüße, 世界 🦀 \0"));
    stored_as((), Value::Null);
    stored_as(7u8, number(7));
    stored_as(-7i128, number(-7));
    stored_as(0.5, number(Number::from_f64(0.5).unwrap()));
}

#[test]
fn texts_and_bytes_at_the_edges_of_their_lengths() {
    for length in [0, 1, 127, 128, 129, 255, 256, 16_383, 16_384, 70_000] {
        everywhere("x".repeat(length));
        everywhere(ByteBuf::from(vec![7; length]));
    }
    for length in [1, 127, 128, 129, 255, 256, 16_383, 16_384, 65_535] {
        everywhere(BTreeMap::from([("n".repeat(length), 1)]));
    }
    stored_as(ByteBuf::from([1, 2]), Value::Bytes(vec![1, 2]));
    everywhere(ByteBuf::from((0..=255).collect::<Vec<u8>>()));
}

#[test]
fn options() {
    stored_as(Some(5), number(5));
    stored_as(vec![Some(1), None], Value::List(vec![number(1), Value::Null]));
    everywhere(None::<u8>);
    everywhere(vec![Some(Some(1)), None]);
    everywhere(Some(Some(Some(inner()))));
    everywhere(Inner { n: 1, text: None });
    everywhere(Some(One { v: None::<u8> }));
}

/// `None` is absent as an attribute and null deeper. The formats have a `Some(None)` in common with
/// it.
#[test]
fn none_is_stored_only_below_the_top() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Order {
        note: Option<String>,
        unit: (),
        deep: One<Option<u8>>,
        list: Vec<Option<u8>>,
        twice: Option<Option<u8>>,
        #[serde(default)]
        new: Option<Unit>,
    }

    let order = |twice| Order {
        note: None,
        unit: (),
        deep: One { v: None },
        list: vec![None],
        twice,
        new: None,
    };
    let null = || Value::Null;
    let deep = map([("v", null())]);
    let expected = attributes([("unit", null()), ("deep", deep), ("list", vec![null()].into())]);
    every_format!(|F| check::<F, _>(&order(None), &expected));
    every_format!(|F| {
        let stored = F::write(&order(Some(None))).unwrap();
        assert_eq!(F::read::<Map>(&stored), Ok(held::<F>(&expected)));
        assert_eq!(F::read::<Order>(&stored), Ok(order(None)));
    });
    // An attribute that is null is not one that is absent.
    item(attributes([("a", null())]));
}

#[test]
fn decimals_sets_and_times_by_their_modules() {
    let expected = map([
        ("price", number(decimal("19.9"))),
        ("discount", number(decimal("1e-8"))),
        ("tags", set(["", "a", "b"])),
        ("lots", Set::Numbers([7, -300].map(Number::from).into()).into()),
        ("at", text("2026-11-02T10:00:00.500Z")),
        ("until", text("2026-11-02T10:00:00Z")),
    ]);
    stored_as(with(), expected);
    item(with());
    item(With { discount: None, lots: None, until: None, ..with() });
    everywhere(vec![With { discount: None, lots: None, until: None, ..with() }]);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        id: u64,
        #[serde(flatten)]
        with: With,
    }
    item(Outer { id: 7, with: with() });
}

fn set<const N: usize>(texts: [&str; N]) -> Value {
    Set::Text(texts.map(str::to_owned).into()).into()
}

#[test]
fn sets() {
    let strings = ["b", "a", ""].map(str::to_owned);
    stored_as(AsSet(HashSet::from(strings.clone())), set(["", "a", "b"]));
    stored_as(AsSet(BTreeSet::from(strings)), set(["", "a", "b"]));
    stored_as(AsSet(HashSet::from(['ü', 'a'])), set(["a", "ü"]));
    stored_as(AsSet(BTreeSet::from([Side::Right, Side::Left])), set(["Left", "right-hand"]));
    let numbers = |all: &[i64]| Set::Numbers(all.iter().map(|n| (*n).into()).collect()).into();
    stored_as(AsSet(BTreeSet::from([300u16, 7, 64])), numbers(&[7, 64, 300]));
    stored_as(AsSet([-6, 5]), numbers(&[-6, 5]));
    // An integer that has more digits than decimals may have in some formats.
    let exact = 1i64 << 53;
    stored_as(
        AsSet(BTreeSet::from([exact, -exact, 1 - exact])),
        numbers(&[-exact, 1 - exact, exact]),
    );
    let decimals = ["0.1", "-7", "12.5", "1e40"].map(decimal);
    stored_as(AsSet(BTreeSet::from(decimals)), Set::Numbers(decimals.into()).into());
    stored_as(AsSet(BTreeSet::from([Some(1), Some(2)])), numbers(&[1, 2]));
    let blobs = [vec![], vec![1, 2], vec![2], vec![7; 300]];
    let expected = Set::Bytes(blobs.clone().into());
    stored_as(AsSet(blobs.map(ByteBuf::from)), expected.into());
    everywhere(AsSet((0..5000).map(|n| format!("element {n}")).collect::<HashSet<_>>()));
    everywhere(AsSet(BTreeSet::from(["x".repeat(200), "y".to_owned()])));
    everywhere(Set::Text(["a", "b"].map(str::to_owned).into()));
    everywhere(vec![
        Set::Numbers([1.into()].into()),
        Set::Numbers([1, 2].map(Number::from).into()),
    ]);
    everywhere(AsSet(vec![-1.5, 0.25, 0.5, 1e30]));
}

#[test]
fn sets_are_stored_in_order() {
    fn sorted<T>(v: Vec<T>, expected: Vec<T>)
    where
        T: Serialize + DeserializeOwned + PartialEq + Debug,
    {
        let (given, expected) = (One { v: AsSet(v) }, One { v: AsSet(expected) });
        every_format!(|F| {
            let stored = F::write(&given).unwrap();
            assert_eq!(F::read::<One<AsSet<Vec<T>>>>(&stored).as_ref(), Ok(&expected));
            assert_eq!(F::write(&expected), Ok(stored));
        });
    }
    sorted(vec![300, 7, -5, 64, 70_000], vec![-5, 7, 64, 300, 70_000]);
    sorted(vec![0.5, -1.5, 1e100, 0.25], vec![-1.5, 0.25, 0.5, 1e100]);
    // Texts by their bytes.
    let long = "a".repeat(130);
    let texts = |all: [&str; 5]| all.map(str::to_owned).to_vec();
    sorted(texts(["b", &long, "a", "ü", "B"]), texts(["B", "a", &long, "b", "ü"]));
}

#[test]
fn human_readable_types() {
    let time: jiff::Timestamp = "2024-03-01T12:00:00.123456789Z".parse().unwrap();
    stored_as(time, text("2024-03-01T12:00:00.123456789Z"));
    everywhere("2024-02-29".parse::<jiff::civil::Date>().unwrap());
    everywhere("127.0.0.1".parse::<IpAddr>().unwrap());
    everywhere(std::time::Duration::new(1 << 40, 999_999_999));
    everywhere_but_json(std::time::Duration::MAX, "v.secs");
}

#[test]
fn values_are_values() {
    let value = map([
        ("null", Value::Null),
        ("bool", true.into()),
        ("number", number(1i64 << 52)),
        ("low", number(-(1i64 << 52))),
        ("decimal", number(decimal("12.5"))),
        ("float", number(Number::from_f64(-0.5).unwrap())),
        ("text", "x".into()),
        ("list", Value::List(vec![Value::List(Vec::new()), Value::Map(Map::new())])),
    ]);
    stored_as(value.clone(), value);
    // A format without sets or bytes reads something else for them.
    let value = map([("bytes", Value::Bytes(vec![0, 255])), ("set", set(["a"]))]);
    let item = One { v: value };
    let expected = attributes([("v", item.v.clone())]);
    every_format!(|F| {
        let stored = F::write(&item).unwrap();
        assert_eq!(F::read::<Map>(&stored), Ok(held::<F>(&expected)));
        let held = One { v: F::held(item.v.clone()) };
        assert_eq!(F::read::<One<Value>>(&stored), Ok(held));
    });
}

#[test]
fn as_deep_as_values_are_nested() {
    let lists = (0..31).fold(number(1), |value, _| Value::List(vec![value]));
    item(One { v: lists });
    let maps = (0..31).fold(number(1), |value, _| map([("a", value)]));
    item(One { v: maps });
    let variant =
        |depth| (0..depth).fold(External::Unit, |inner, _| External::Nested(Box::new(inner)));
    item(One { v: variant(31) });
    item(variant(32));
    let chain =
        |depth| (0..depth).fold(Chain(None), |chain, _| Chain(Some(Box::new(One { v: chain }))));
    item(One { v: vec![chain(30)] });

    // A set is a scalar where there are sets, and a list elsewhere.
    let in_lists = |depth| (0..depth).fold(set(["a"]), |value, _| Value::List(vec![value]));
    every_format!(|F| {
        assert!(F::write(&One { v: in_lists(30) }).is_ok());
        assert_eq!(F::write(&One { v: in_lists(31) }).is_ok(), F::LIMITS.sets);
    });
}

/// Key attributes and the tag are written before the fields of an entity.
#[test]
fn keys_beside_the_fields() {
    let fields = inner();
    let keys = [("pk", "ORDER#1"), ("kind", "Order")];
    let keyed = Keyed::new(&keys, &fields);
    let expected = attributes([
        ("pk", text("ORDER#1")),
        ("kind", text("Order")),
        ("n", number(-5)),
        ("text", text("x")),
    ]);
    every_format!(|F| {
        let stored = F::write(&keyed).unwrap();
        assert_eq!(F::read::<Map>(&stored).as_ref(), Ok(&expected));
        assert_eq!(F::read::<Inner>(&stored).as_ref(), Ok(&fields));
    });
}

#[test]
fn an_absent_attribute_does_not_repeat() {
    let expected = attributes([("a", number(1))]);
    every_format!(
        |F| for entries in [[("a", Some(1)), ("a", None)], [("a", None), ("a", Some(1))]] {
            let stored = F::write(&super::refused::Entries(&entries)).unwrap();
            assert_eq!(F::read::<Map>(&stored).as_ref(), Ok(&expected));
        }
    );
}

/// Text that is written through `Display`, as a value and as a name.
#[test]
fn text_that_is_formatted() {
    struct Dots(usize);
    impl Serialize for Dots {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&format_args!("{}", ".".repeat(self.0)))
        }
    }
    struct Named(usize);
    impl Serialize for Named {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([(Dots(self.0), Dots(self.0))])
        }
    }

    for length in [0, 1, 127, 128, 20_000] {
        let dots = ".".repeat(length);
        every_format!(|F| {
            assert_eq!(F::write(&Named(length)), F::write(&BTreeMap::from([(&dots, &dots)])));
            let named = One { v: Named(length) };
            let expected = One { v: BTreeMap::from([(&dots, &dots)]) };
            assert_eq!(F::write(&named), F::write(&expected));
        });
    }
}
