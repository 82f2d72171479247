//! What cannot be stored or read, and what the errors say.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;

use super::*;

#[derive(Debug, Serialize, Deserialize)]
struct Address {
    lines: Vec<f64>,
}

fn message<T: Debug>(result: Result<T, ValueError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn floats_that_are_no_numbers() {
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let error = to_bytes(&Item { v: Address { lines: vec![1.0, 2.0, float] } }).unwrap_err();
        assert_eq!(error.attribute(), "v.lines[2]");
        assert_eq!(error.message(), "neither NaN nor infinity can be stored");
        assert_eq!(
            error.to_string(),
            "attribute `v.lines[2]`: neither NaN nor infinity can be stored"
        );
    }
    assert_eq!(to_bytes(&Item { v: f32::NAN }).unwrap_err().attribute(), "v");
    assert_eq!(to_value(&f32::NAN).unwrap_err().attribute(), "");
    let map = BTreeMap::from([(3, [[f64::NAN]])]);
    assert_eq!(to_bytes(&Item { v: map }).unwrap_err().attribute(), "v.3[0][0]");
}

#[test]
fn paths_inside_variants() {
    #[derive(Serialize)]
    enum Shape {
        New(f64),
        Pair(u8, f64),
        Struct { x: f64 },
    }

    let attribute = |shape| to_bytes(&Item { v: shape }).unwrap_err().attribute().to_owned();
    assert_eq!(attribute(Shape::New(f64::NAN)), "v.New");
    assert_eq!(attribute(Shape::Pair(1, f64::NAN)), "v.Pair[1]");
    assert_eq!(attribute(Shape::Struct { x: f64::NAN }), "v.Struct.x");
}

#[test]
fn items_that_are_not_maps() {
    let expected = "an item must be a struct or a map";
    assert_eq!(message(to_bytes(&5)), expected);
    assert_eq!(message(to_bytes("text")), expected);
    assert_eq!(message(to_bytes(&())), expected);
    assert_eq!(message(to_bytes(&None::<Item<u8>>)), expected);
    assert_eq!(message(to_bytes(&vec![Item { v: 1 }])), expected);
    assert_eq!(message(to_bytes(&(1, 2))), expected);
    assert_eq!(message(to_bytes(&Blob(vec![1]))), expected);
    assert_eq!(message(to_bytes(&jiff::Timestamp::UNIX_EPOCH)), expected);
}

/// A map that has these entries, names that repeat included.
struct Entries<'a>(&'a [(&'a str, Option<u8>)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
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

    let order = Order { pk: "x", total: 1, more: BTreeMap::from([("other", 1), ("pk", 2)]) };
    assert_eq!(message(to_bytes(&order)), "attribute `pk`: two entries have this name");
    let nested = Item { v: Entries(&[("a", Some(1)), ("b", Some(2)), ("a", Some(3))]) };
    assert_eq!(message(to_bytes(&nested)), "attribute `v.a`: two entries have this name");
    assert_eq!(to_value(&nested).unwrap_err().attribute(), "v.a");
    // The same name in different maps is fine.
    round_trip(vec![Item { v: Item { v: 1 } }, Item { v: Item { v: 2 } }]);
}

#[test]
fn names_that_repeat_among_many() {
    let names: Vec<String> = (0..500).map(|n| format!("name {n}")).collect();
    let mut entries: Vec<_> = names.iter().map(|name| (name.as_str(), Some(1))).collect();
    assert!(to_bytes(&Entries(&entries)).is_ok());
    entries.push(("name 7", Some(2)));
    assert_eq!(to_bytes(&Entries(&entries)).unwrap_err().attribute(), "name 7");
    assert_eq!(to_bytes(&Item { v: Entries(&entries) }).unwrap_err().attribute(), "v.name 7");
    for length in 30..36 {
        let mut entries = entries[..length].to_vec();
        entries.push(("name 0", Some(1)));
        assert_eq!(to_bytes(&Entries(&entries)).unwrap_err().attribute(), "name 0");
    }
}

#[test]
fn an_absent_attribute_does_not_repeat() {
    let expected = to_bytes(&Entries(&[("a", Some(1))])).unwrap();
    assert_eq!(to_bytes(&Entries(&[("a", Some(1)), ("a", None)])).unwrap(), expected);
    assert_eq!(to_bytes(&Entries(&[("a", None), ("a", Some(1))])).unwrap(), expected);
}

#[test]
fn keys_that_are_not_names() {
    let expected = "attribute `v`: a map's keys must be text, numbers, booleans or unit variants";
    assert_eq!(message(to_bytes(&Item { v: BTreeMap::from([([1], 2)]) })), expected);
    assert_eq!(message(to_bytes(&Item { v: BTreeMap::from([((), 2)]) })), expected);
    assert_eq!(message(to_bytes(&Item { v: BTreeMap::from([(None::<u8>, 2)]) })), expected);
}

#[test]
fn maps_that_are_not_well_formed() {
    struct KeyOnly;
    impl Serialize for KeyOnly {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_key("a")?;
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
    assert!(to_bytes(&KeyOnly).is_err());
    assert!(to_bytes(&ValueOnly).is_err());
}

/// A number inside this many lists.
fn nested(depth: usize) -> Value {
    (0..depth).fold(number(1), |value, _| Value::List(vec![value]))
}

#[test]
fn values_nested_too_deep() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Chain(Option<Box<Item<Chain>>>);
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Variants {
        End,
        More(Box<Variants>),
    }

    // The scalar is the 32nd level.
    round_trip(nested(31));
    let error = to_bytes(&Item { v: nested(32) }).unwrap_err();
    assert_eq!(error.attribute(), format!("v{}", "[0]".repeat(31)));
    assert_eq!(error.message(), "values are nested more than 32 levels deep");
    assert!(to_value(&nested(32)).is_err());
    assert!(to_bytes(&Item { v: nested(10_000) }).is_err());

    let chain =
        |depth| (0..depth).fold(Chain(None), |chain, _| Chain(Some(Box::new(Item { v: chain }))));
    round_trip(vec![chain(30)]);
    assert!(to_bytes(&Item { v: chain(32) }).is_err());

    let variants =
        |depth| (0..depth).fold(Variants::End, |inner, _| Variants::More(Box::new(inner)));
    round_trip(variants(31));
    assert!(to_bytes(&Item { v: variants(32) }).is_err());
}

#[test]
fn types_without_end() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Endless(Option<Box<Endless>>);

    assert!(from_value::<Endless>(&Value::Null).is_ok());
    assert_eq!(message(from_value::<Endless>(&number(1))), "nested too deep");
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Order {
    id: String,
    total: u32,
    status: Status,
    lines: Vec<Line>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Status {
    Open,
    Paid { by: u8 },
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Line {
    price: f32,
}

fn order() -> Map {
    let line = Value::Map(map([("price", number(1))]));
    map([
        ("id", "7".into()),
        ("total", number(1)),
        ("status", "Open".into()),
        ("lines", Value::List(vec![line.clone(), line])),
    ])
}

/// The error when the attribute has this value instead.
fn with(name: &str, value: Value) -> String {
    let mut order = order();
    order.insert(name, value);
    message(from_bytes::<Order>(&from_map(&order).unwrap()))
}

#[test]
fn attributes_of_another_type() {
    assert!(from_bytes::<Order>(&from_map(&order()).unwrap()).is_ok());
    assert_eq!(with("total", "secret".into()), "attribute `total`: found text, expected u32");
    assert_eq!(with("total", Value::Null), "attribute `total`: found null, expected u32");
    assert_eq!(with("total", number(-77)), "attribute `total`: invalid integer, expected u32");
    assert_eq!(with("total", number(u128::MAX)), "attribute `total`: found integer, expected u32");
    assert_eq!(with("total", stored(&0.5)), "attribute `total`: found float, expected u32");
    assert_eq!(with("id", number(5)), "attribute `id`: found integer, expected a string");
    assert_eq!(
        with("lines", Map::new().into()),
        "attribute `lines`: found map, expected a sequence"
    );
    let lines =
        Value::List(vec![map([("price", number(1))]).into(), map([("price", true.into())]).into()]);
    assert_eq!(with("lines", lines), "attribute `lines[1].price`: found bool, expected f32");
    let lines = Value::List(vec![Map::new().into()]);
    assert_eq!(with("lines", lines), "attribute `lines[0]`: missing field `price`");
}

#[test]
fn variants_that_do_not_fit() {
    assert_eq!(
        with("status", "secret".into()),
        "attribute `status`: unknown variant, expected one of `Open`, `Paid`"
    );
    assert_eq!(with("status", number(5)), "attribute `status`: found number, expected an enum");
    assert_eq!(
        with("status", "Paid".into()),
        "attribute `status`: found variant without content, expected struct variant"
    );
    let paid = map([("Paid", map([("by", "secret".into())]).into())]);
    assert_eq!(with("status", paid.into()), "attribute `status.Paid.by`: found text, expected u8");
    let expected = "attribute `status`: invalid map, expected a map of one entry, the variant";
    assert_eq!(with("status", Map::new().into()), expected);
    assert_eq!(
        with("status", map([("Open", Value::Null), ("Paid", Value::Null)]).into()),
        expected
    );
}

#[test]
fn attributes_that_are_missing() {
    let mut order = order();
    order.remove("total");
    let error = from_bytes::<Order>(&from_map(&order).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "missing field `total`");
    assert_eq!(error.attribute(), "");
}

#[test]
fn lengths_that_do_not_fit() {
    let error = |value| message(from_value::<(u8, u8)>(&value));
    assert_eq!(error(stored(&[1, 2, 3, 4])), "invalid length 4, expected fewer elements");
    assert_eq!(error(stored(&[1])), "invalid length 1, expected a tuple of size 2");
}

#[test]
fn keys_that_do_not_parse() {
    let value = map([("seven", number(1))]).into();
    let error = from_value::<BTreeMap<u8, u8>>(&value).unwrap_err();
    assert_eq!(error.to_string(), "attribute `seven`: found text, expected u8");
}

#[test]
fn messages_of_the_type_itself_are_kept() {
    let error =
        from_bytes::<Item<jiff::Timestamp>>(&to_bytes(&Item { v: "noon" }).unwrap()).unwrap_err();
    assert_eq!(error.attribute(), "v");
    assert!(!error.message().is_empty());
}
