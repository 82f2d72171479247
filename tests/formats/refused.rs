//! Everything that cannot be stored. Each format refuses it with the same message, which names the
//! attribute.

use super::types::*;
use super::{Format, One, every_format};
use monotable::backend::Keyed;
use monotable::value::{Map, Number, Set, Value};
use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeMap as _};
use serde::{Serialize, Serializer};
use serde_bytes::ByteBuf;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Checks that every format refuses the item.
fn item<T: Serialize + ?Sized>(item: &T, attribute: &str, message: &str) {
    let expected = match attribute {
        "" => message.to_owned(),
        attribute => format!("attribute `{attribute}`: {message}"),
    };
    every_format!(|F| assert_eq!(F::write(item).unwrap_err(), expected, "{}", F::NAME));
}

/// Checks that every format refuses the value of the attribute `v`.
fn refused<T: Serialize>(v: T, attribute: &str, message: &str) {
    item(&One { v }, attribute, message);
}

#[test]
fn floats_that_are_no_numbers() {
    let message = "neither NaN nor infinity can be stored";
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        refused(float, "v", message);
        refused(float as f32, "v", message);
        refused(One { v: vec![1.0, 2.0, float] }, "v.v[2]", message);
        refused(BTreeMap::from([(3, [[float]])]), "v.3[0][0]", message);
        refused(AsSet(vec![0.5, float]), "v[1]", message);
    }
}

#[test]
fn numbers_that_are_no_decimals() {
    /// Any text, as a decimal.
    #[derive(Serialize)]
    struct Text(#[serde(with = "monotable::decimal")] String);

    for text in ["", "-", ".", "e1", "1e", "1e+", "1e1.5", "--1", "1 ", "0x1", "1_0", "NaN", "٣"] {
        refused([Text(text.to_owned())], "v[0]", "not a decimal number");
    }
    let ones = "1".repeat(39);
    for text in [format!("0.{ones}"), format!("{ones}1"), format!("1{}1", "0".repeat(500))] {
        refused(Text(text), "v", "a number of more than 38 significant digits");
    }
    let range = "a number out of range: its magnitude must be from 1E-130 to below 1E+126";
    for text in ["1e126", "-1e126", "9.9e-131", "1e99999", "1e-99999999999"] {
        refused(Text(text.to_owned()), "v", range);
    }
}

#[test]
fn paths_inside_variants() {
    #[derive(Serialize)]
    enum Shape {
        New(f64),
        Pair(u8, f64),
        Struct { x: f64 },
    }

    let message = "neither NaN nor infinity can be stored";
    refused(Shape::New(f64::NAN), "v.New", message);
    refused(Shape::Pair(1, f64::NAN), "v.Pair[1]", message);
    refused(Shape::Struct { x: f64::NAN }, "v.Struct.x", message);
}

#[test]
fn items_that_are_not_maps() {
    let message = "an item must be a struct or a map";
    item(&5, "", message);
    item(&-5, "", message);
    item(&u128::MAX, "", message);
    item(&0.5, "", message);
    item(&true, "", message);
    item("text", "", message);
    item(&(), "", message);
    item(&None::<One<u8>>, "", message);
    item(&vec![One { v: 1 }], "", message);
    item(&(1, 2), "", message);
    item(&ByteBuf::from([1]), "", message);
    item(&External::Unit, "", message);
    item(&Decimal("12.5".parse().unwrap()), "", message);
    item(&AsSet(vec![1]), "", message);
    item(&Set::Text(BTreeSet::from(["a".to_owned()])), "", message);
    item(&None::<Set>, "", message);
    item(&jiff::Timestamp::UNIX_EPOCH, "", message);
}

/// A map that has these entries, even if a name repeats.
pub(crate) struct Entries<'a>(pub(crate) &'a [(&'a str, Option<u8>)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[test]
fn names_that_repeat() {
    #[derive(Serialize)]
    struct Order {
        pk: &'static str,
        total: u8,
        #[serde(flatten)]
        more: BTreeMap<&'static str, u8>,
    }

    let message = "two entries have this name";
    let more = BTreeMap::from([("other", 1), ("pk", 2)]);
    item(&Order { pk: "x", total: 1, more }, "pk", message);
    let entries = [("a", Some(1)), ("b", Some(2)), ("a", Some(3))];
    item(&Entries(&entries), "a", message);
    refused(Entries(&entries), "v.a", message);
    // In a map that is not the item, `None` is null, and its name counts.
    refused(Entries(&[("a", Some(1)), ("a", None)]), "v.a", message);
    // A field that is called like a key attribute.
    item(&Keyed::new(&[("v", "key")], &One { v: 1 }), "v", message);
}

#[test]
fn names_that_repeat_among_many() {
    let message = "two entries have this name";
    let names: Vec<String> = (0..500).map(|n| format!("name {n}")).collect();
    let all: Vec<_> = names.iter().map(|name| (name.as_str(), Some(1))).collect();
    every_format!(|F| assert!(F::write(&Entries(&all)).is_ok()));
    for length in (30..36).chain([500]) {
        let mut entries = all[..length].to_vec();
        entries.push(("name 7", Some(2)));
        item(&Entries(&entries), "name 7", message);
        refused(Entries(&entries), "v.name 7", message);
    }
}

#[test]
fn keys_that_are_not_names() {
    let message = "a map's keys must be text, numbers, booleans or unit variants";
    refused(BTreeMap::from([([1], 2)]), "v", message);
    refused(BTreeMap::from([((), 2)]), "v", message);
    refused(BTreeMap::from([(None::<u8>, 2)]), "v", message);
    refused(BTreeMap::from([(ByteBuf::from([1]), 2)]), "v", message);
    refused(BTreeMap::from([(BTreeMap::from([(1, 1)]), 2)]), "v", message);
    item(&BTreeMap::from([([1], 2)]), "", message);

    struct Float(f64);
    impl Serialize for Float {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([(self.0, 1)])
        }
    }
    refused(Float(f64::NAN), "v", message);
    refused(Float(f64::INFINITY), "v", message);
}

#[test]
fn names_that_are_empty_or_too_long() {
    let message = "the key of an entry is empty, which stores do not allow";
    refused(BTreeMap::from([("", 1)]), "v", message);
    refused([BTreeMap::from([("a", BTreeMap::from([("", 1)]))])], "v[0].a", message);
    item(&BTreeMap::from([("", 1)]), "", message);
    let long = "n".repeat(65_536);
    let message = "the key of an entry has 65536 bytes, of at most 65535";
    refused(BTreeMap::from([(&*long, 1)]), "v", message);
    every_format!(|F| assert!(F::write(&BTreeMap::from([(&long[1..], 1)])).is_ok()));
}

#[test]
fn maps_that_are_not_well_formed() {
    struct Keys(u8);
    impl Serialize for Keys {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            for _ in 0..self.0 {
                map.serialize_key("a")?;
            }
            map.end()
        }
    }
    struct ValueOnly;
    impl Serialize for ValueOnly {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_value("a")?;
            map.end()
        }
    }
    for keys in [1, 2] {
        item(&Keys(keys), "", "a map gave a key without a value");
        refused(Keys(keys), "v", "a map gave a key without a value");
    }
    item(&ValueOnly, "", "a map gave a value without a key");
    refused(ValueOnly, "v", "a map gave a value without a key");
}

#[test]
fn values_nested_too_deep() {
    let message = "values are nested more than 32 levels deep";
    // A number in so many lists, or in so many maps.
    let lists = |depth| (0..depth).fold(Value::from("x"), |value, _| Value::List(vec![value]));
    let maps = |depth| {
        (0..depth).fold(Value::from("x"), |value, _| {
            let mut map = Map::new();
            map.insert("a", value);
            map.into()
        })
    };
    for depth in [32, 33, 1000] {
        refused(lists(depth), &format!("v{}", "[0]".repeat(31)), message);
        refused(maps(depth), &format!("v{}", ".a".repeat(31)), message);
    }
    let variants =
        |depth| (0..depth).fold(External::Unit, |inner, _| External::Nested(Box::new(inner)));
    refused(variants(32), &format!("v{}", ".Nested".repeat(31)), message);
    let chain =
        |depth| (0..depth).fold(Chain(None), |chain, _| Chain(Some(Box::new(One { v: chain }))));
    refused(chain(32), &format!("v{}", ".v".repeat(31)), message);
    let pair = External::Pair(1, String::new());
    let pair = (0..30).fold(pair, |inner, _| External::Nested(Box::new(inner)));
    refused(pair, &format!("v{}.Pair", ".Nested".repeat(30)), message);
}

#[test]
fn sets_that_are_none() {
    let empty = "a set is never empty: make the field an `Option`, or leave it out";
    refused(AsSet(HashSet::<String>::new()), "v", empty);
    refused(AsSet(Some(Vec::<u8>::new())), "v", empty);
    refused(Set::Text(BTreeSet::new()), "v", empty);
    refused(vec![AsSet(Vec::<u8>::new())], "v[0]", empty);

    let equal = "two elements of the set are equal";
    refused(AsSet(vec!["a".to_owned(), "b".to_owned(), "a".to_owned()]), "v", equal);
    refused(AsSet(vec![1, 1]), "v", equal);
    refused(AsSet((1u8, 1.0)), "v", equal);
    refused(AsSet((0.0, -0.0)), "v", equal);
    refused(AsSet((0.1, "0.1".parse::<Number>().unwrap())), "v", equal);
    refused(AsSet(vec![ByteBuf::from([1]), ByteBuf::from([1])]), "v", equal);

    let mixed = "a set's elements must be all text, all numbers or all bytes";
    fn set<T: Serialize + DeserializeOwned>(set: T, at: usize, message: &str) {
        refused(AsSet(set), &format!("v[{at}]"), message);
    }
    set((1, "a".to_owned()), 1, mixed);
    set(("a".to_owned(), 1), 1, mixed);
    set((ByteBuf::from([1]), "a".to_owned()), 1, mixed);
    set(vec![true, false], 0, mixed);
    set(vec![Some(1), None], 1, mixed);
    set(vec![()], 0, mixed);
    // Bytes that are not declared as such.
    set(vec![vec![1u8]], 0, mixed);
    set(vec![BTreeMap::from([("a".to_owned(), 1)])], 0, mixed);
    set(vec![External::New(1)], 0, mixed);

    let sequence = "a set must be a sequence";
    refused(AsSet(7), "v", sequence);
    refused(AsSet("a".to_owned()), "v", sequence);
    refused(AsSet(ByteBuf::from([1])), "v", sequence);
    refused(AsSet(BTreeMap::from([(1, 2)])), "v", sequence);
    refused(AsSet(External::New(1)), "v", sequence);
}

/// Checks that one format refuses the value of the attribute `v`.
fn refused_by<F: Format>(v: impl Serialize, message: &str) {
    assert_eq!(F::write(&One { v }).unwrap_err(), format!("attribute {message}"));
}

/// `shapes` tries numbers of every size. Here is what the messages are.
#[test]
fn numbers_past_the_limits() {
    use super::{Dynamo, Json};
    let decimal = |text: &str| text.parse::<Number>().unwrap();
    let digits = "a number has at most 38 significant digits in DynamoDB: store it as text";
    for wide in [u128::MAX, 10u128.pow(38) + 1] {
        refused_by::<Dynamo>(wide, &format!("`v`: {digits}"));
        refused_by::<Dynamo>(
            [AsSet([1.into(), Number::from(wide)])],
            &format!("`v[0][1]`: {digits}"),
        );
    }
    refused_by::<Dynamo>(i128::MIN, &format!("`v`: {digits}"));
    let range = "`v`: a number is from 1E-130 to 9.99E+125 in size in DynamoDB, or 0";
    for float in [f64::MAX, 1e126, -1e126, 9e-131, f64::MIN_POSITIVE, 5e-324] {
        refused_by::<Dynamo>(float, range);
    }

    let integer = "an integer is at most 9007199254740992 in size in Cosmos DB: store it as text";
    refused_by::<Json>(9_007_199_254_740_993u64, &format!("`v`: {integer}"));
    refused_by::<Json>(-9_007_199_254_740_993i64, &format!("`v`: {integer}"));
    refused_by::<Json>(u128::MAX, &format!("`v`: {integer}"));
    refused_by::<Json>(AsSet([1, 9_007_199_254_740_993u64]), &format!("`v[1]`: {integer}"));
    let digits = "a number has at most 15 significant digits in Cosmos DB: store it as text";
    refused_by::<Json>(decimal("0.1234567890123456"), &format!("`v`: {digits}"));
    let set = ["0.1234567890123456", "1"].map(decimal);
    refused_by::<Json>(AsSet(set), &format!("`v[0]`: {digits}"));
}

#[test]
fn what_a_type_itself_says_is_kept() {
    struct Refuses;
    impl Serialize for Refuses {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("not today"))
        }
    }
    item(&Refuses, "", "not today");
    refused(vec![Refuses], "v[0]", "not today");
}

/// A type whose `Serialize` continues after a value could not be written.
enum Ignores {
    List,
    Map,
    Struct,
}

impl Serialize for Ignores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::{SerializeSeq as _, SerializeStruct as _};
        match self {
            Ignores::List => {
                let mut list = serializer.serialize_seq(Some(3))?;
                list.serialize_element(&1)?;
                let _ = list.serialize_element(&(7, f64::NAN));
                list.serialize_element(&2)?;
                list.end()
            }
            Ignores::Map => {
                let mut map = serializer.serialize_map(None)?;
                let _ = map.serialize_entry("a", &f64::NAN);
                map.serialize_entry("b", &1)?;
                map.end()
            }
            Ignores::Struct => {
                let mut fields = serializer.serialize_struct("Fields", 2)?;
                let _ = fields.serialize_field("a", &[f64::NAN]);
                fields.serialize_field("b", &1)?;
                fields.end()
            }
        }
    }
}

#[test]
fn types_that_ignore_an_error() {
    let message = "the type's `Serialize` ignores that a value inside of it cannot be stored";
    refused(Ignores::List, "v", message);
    refused(Ignores::Map, "v", message);
    refused(Ignores::Struct, "v", message);
    item(&Ignores::Map, "", message);
}
