//! The table of what is stored, line by line.

use std::collections::BTreeMap;

use serde_bytes::ByteBuf;

use super::*;

#[test]
fn scalars() {
    assert_eq!(stored(7u8), number("7"));
    assert_eq!(stored(i64::MIN), number("-9223372036854775808"));
    assert_eq!(stored(u64::MAX), number("18446744073709551615"));
    assert_eq!(stored(-7i128), number("-7"));
    assert_eq!(stored(0.5f64), number("0.5"));
    assert_eq!(stored(0.1f32), number("0.10000000149011612"));
    assert_eq!(stored(10.0f64), number("10"));
    assert_eq!(stored(-0.0f64), number("0"));
    assert_eq!(stored(1e21f64), number("1e21"));
    assert_eq!(stored(1.5e-9f64), number("1.5e-9"));
    assert_eq!(stored("Grüße"), text("Grüße"));
    assert_eq!(stored(""), text(""));
    assert_eq!(stored('ß'), text("ß"));
    assert_eq!(stored(true), AttributeValue::Bool(true));
    assert_eq!(stored(ByteBuf::from([1, 2])), bytes(&[1, 2]));
    assert_eq!(stored(()), NULL);
    let noon: jiff::Timestamp = "2024-03-01T12:00:00Z".parse().unwrap();
    assert_eq!(stored(noon), text("2024-03-01T12:00:00Z"));
}

#[test]
fn containers() {
    assert_eq!(stored(vec![1, 2]), list([number("1"), number("2")]));
    assert_eq!(stored((1, "a", true)), list([number("1"), text("a"), AttributeValue::Bool(true)]));
    assert_eq!(stored([0u8; 2]), list([number("0"), number("0")]));
    assert_eq!(stored(Vec::<u8>::new()), list([]));
    assert_eq!(stored(One { v: 1 }), map([("v", number("1"))]));
    assert_eq!(stored(BTreeMap::from([("a", 1)])), map([("a", number("1"))]));
    assert_eq!(stored(BTreeMap::<u8, u8>::new()), map([]));
}

#[test]
fn structs_of_other_kinds() {
    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    struct New(u8);
    #[derive(Serialize)]
    struct Pair(u8, char);
    #[derive(Serialize)]
    struct NewOption(Option<u8>);

    assert_eq!(stored(Unit), NULL);
    assert_eq!(stored(New(1)), number("1"));
    assert_eq!(stored(Pair(1, 'x')), list([number("1"), text("x")]));
    assert_eq!(stored(NewOption(Some(1))), number("1"));
    assert!(Attributes::encode(&One { v: NewOption(None) }).unwrap().as_map().is_empty());
}

#[test]
fn none_is_stored_only_below_the_top() {
    #[derive(Serialize)]
    struct Order {
        note: Option<String>,
        twice: Option<Option<u8>>,
        some: Option<u8>,
        unit: (),
        deep: One<Option<u8>>,
        list: Vec<Option<u8>>,
    }

    let order = Order {
        note: None,
        twice: Some(None),
        some: Some(1),
        unit: (),
        deep: One { v: None },
        list: vec![None],
    };
    let expected = [
        ("some", number("1")),
        ("unit", NULL),
        ("deep", map([("v", NULL)])),
        ("list", list([NULL])),
    ];
    let expected: HashMap<_, _> = expected.map(|(name, value)| (name.to_owned(), value)).into();
    assert_eq!(Attributes::encode(&order).unwrap().into_map(), expected);
    // One of the same name that is absent is none.
    let twice = Names(&[("a", Some(1)), ("a", None)]);
    assert_eq!(Attributes::encode(&twice).unwrap().as_map().len(), 1);
}

/// A map that has these entries, names that repeat included.
pub(super) struct Names<'a>(pub(super) &'a [(&'a str, Option<u8>)]);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

#[test]
fn variants() {
    #[derive(Serialize)]
    enum External {
        Unit,
        New(u8),
        Pair(u8, char),
        Struct { a: u8, b: Option<u8> },
    }
    #[derive(Serialize)]
    #[serde(tag = "kind")]
    enum Internal {
        Struct { a: u8 },
    }
    #[derive(Serialize)]
    #[serde(tag = "kind", content = "content")]
    enum Adjacent {
        Pair(u8, char),
    }
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Untagged {
        New(u8),
    }

    let pair = || list([number("1"), text("x")]);
    assert_eq!(stored(External::Unit), text("Unit"));
    assert_eq!(stored(External::New(1)), map([("New", number("1"))]));
    assert_eq!(stored(External::Pair(1, 'x')), map([("Pair", pair())]));
    let fields = map([("a", number("1")), ("b", NULL)]);
    assert_eq!(stored(External::Struct { a: 1, b: None }), map([("Struct", fields)]));
    let fields = map([("kind", text("Struct")), ("a", number("1"))]);
    assert_eq!(stored(Internal::Struct { a: 1 }), fields);
    let fields = map([("kind", text("Pair")), ("content", pair())]);
    assert_eq!(stored(Adjacent::Pair(1, 'x')), fields);
    assert_eq!(stored(Untagged::New(1)), number("1"));
}

#[test]
fn keys_of_maps() {
    #[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
    enum Side {
        #[serde(rename = "right-hand")]
        Right,
    }

    assert_eq!(stored(BTreeMap::from([(-1i8, 2)])), map([("-1", number("2"))]));
    assert_eq!(
        stored(BTreeMap::from([(u128::MAX, 2)])),
        map([(&u128::MAX.to_string(), number("2"))])
    );
    assert_eq!(stored(BTreeMap::from([(true, 2)])), map([("true", number("2"))]));
    assert_eq!(stored(BTreeMap::from([('x', 2)])), map([("x", number("2"))]));
    assert_eq!(stored(BTreeMap::from([(Side::Right, 2)])), map([("right-hand", number("2"))]));
    assert_eq!(stored(BTreeMap::from([(Some(1), 2)])), map([("1", number("2"))]));
}

#[test]
fn values_of_requests() {
    let value = value::Value::List(vec![
        value::Value::Null,
        true.into(),
        value::Number::from(-5).into(),
        value::Number::from_f64(0.5).unwrap().into(),
        "x".into(),
        value::Value::Bytes(vec![1]),
        Map::new().into(),
    ]);
    let expected = list([
        NULL,
        AttributeValue::Bool(true),
        number("-5"),
        number("0.5"),
        text("x"),
        bytes(&[1]),
        map([]),
    ]);
    assert_eq!(value_to_attribute(&value).unwrap(), expected);
    // serde's way makes the same of it.
    assert_eq!(stored(&value), expected);
    assert_eq!(value_to_attribute(&value::Value::Null).unwrap(), NULL);
    let deep = (0..31).fold(value::Value::Null, |value, _| value::Value::List(vec![value]));
    assert!(value_to_attribute(&deep).is_ok());
    let error = value_to_attribute(&value::Value::List(vec![deep])).unwrap_err();
    assert!(error.to_string().contains("more than 32 levels deep"), "{error}");
}
