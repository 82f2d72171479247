//! What the binary form and `Value` do that other formats may do in another way. What all formats do is
//! tested by `tests/formats.rs`, for these two as well.

use std::collections::BTreeMap;

use super::*;

#[test]
fn floats() {
    for value in
        [0.0, 0.1, 16_777_216.0, f32::MAX, f32::MIN, f32::MIN_POSITIVE, 1e-45, f32::EPSILON]
    {
        // By way of the decimal, as for a store that holds numbers so.
        let decimal = stored(&value).as_number().unwrap().to_string();
        assert_eq!(decimal.parse(), Ok(value));
    }
}

#[test]
fn wide_integers() {
    let lowest = -(WIDEST as i128);
    round_trip((WIDEST, lowest, WIDEST as i128, u64::MAX, i64::MIN, usize::MAX, isize::MIN));
    assert_eq!(from_value(&stored(&WIDEST)), Ok(WIDEST as f64));
    assert_eq!(from_value(&stored(&lowest)), Ok(lowest as f32));
    let error = from_value::<u32>(&stored(&WIDEST)).unwrap_err();
    assert_eq!(error.to_string(), "found integer, expected u32");
    round_trip(Set::Numbers([lowest, -1, 0, -lowest].map(Number::from).into()));
}

#[test]
fn bytes_of_another_length() {
    assert!(from_value::<[u8; 1]>(&stored(&Blob(vec![1, 2]))).is_err());
    assert!(from_value::<[u8; 3]>(&stored(&Blob(vec![1, 2]))).is_err());
}

/// A value that is not an item has no attributes that could be absent.
#[test]
fn none_in_a_value_alone_is_null() {
    #[derive(Serialize)]
    struct Order {
        note: Option<String>,
        twice: Option<Option<u8>>,
    }

    let order = Order { note: None, twice: Some(None) };
    assert!(to_map(&to_bytes(&order).unwrap()).unwrap().is_empty());
    let expected = map([("note", Value::Null), ("twice", Value::Null)]);
    assert_eq!(stored(&order), Value::Map(expected));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent {
    Pair(u8, i128),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Unsigned(u64),
    Float(f64),
}

#[test]
fn enums() {
    // The tag is read first, because an item keeps its order, and so serde does not buffer.
    round_trip(Adjacent::Pair(1, -(WIDEST as i128)));
    round_trip(vec![Untagged::Unsigned(10), Untagged::Float(10.5)]);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inner {
    n: i32,
    text: Option<String>,
}

#[test]
fn flattened() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        id: u64,
        #[serde(flatten)]
        inner: Inner,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }

    let outer = Outer {
        id: u64::MAX,
        inner: Inner { n: -5, text: Some("x".to_owned()) },
        rest: BTreeMap::from([
            ("list".to_owned(), Value::List(vec![number(-1), number(1), Value::Null])),
            ("float".to_owned(), Value::Number(Number::from_f64(0.5).unwrap())),
            ("bytes".to_owned(), Value::Bytes(vec![1])),
        ]),
    };
    round_trip(outer);
}

#[test]
fn values_are_values() {
    let value = Value::Map(map([
        ("null", Value::Null),
        ("bool", true.into()),
        ("big", number(WIDEST)),
        ("low", number(-(WIDEST as i128))),
        ("float", Value::Number(Number::from_f64(-0.5).unwrap())),
        ("text", "x".into()),
        ("bytes", Value::Bytes(vec![0, 255])),
        ("list", Value::List(vec![Value::List(Vec::new()), Value::Map(Map::new())])),
    ]));
    assert_eq!(stored(&value), value);
    assert_eq!(from_value::<Value>(&value).unwrap(), value);
    round_trip(value);
}

#[test]
fn unknown_attributes_are_skipped_whatever_they_hold() {
    let mut bytes = to_bytes(&Item { v: 5 }).unwrap();
    // Text that is not UTF-8, and a list whose content makes no sense.
    bytes.extend_from_slice(&[1, b'a', 0x81, 0xff, 1, b'b', 0x06, 2, 0, 0, 0, 0xee, 0xee]);
    assert_eq!(from_bytes::<Item<u8>>(&bytes).unwrap().v, 5);
    assert!(to_map(&bytes).is_err());
}
