//! Bytes that are not what was written: errors, or other values, and never a panic.

use std::collections::BTreeMap;

use super::*;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Everything {
    name: String,
    small: u8,
    negative: i32,
    big: u128,
    low: i128,
    float: f64,
    flag: bool,
    unit: (),
    blob: Blob,
    list: Vec<Option<Kind>>,
    keyed: BTreeMap<i16, String>,
    any: Value,
    #[serde(with = "crate::set")]
    set: Vec<i32>,
    decimal: Number,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    Unit,
    New(u64),
    Pair(u8, u8),
    Struct { at: jiff::Timestamp },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Either {
    Everything(Box<Everything>),
    Tagged(Tagged),
    Other(BTreeMap<String, Either>),
    List(Vec<Either>),
    Text(String),
    Number(f64),
    Unit,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "name")]
#[allow(dead_code)]
enum Tagged {
    Order { big: u128 },
}

fn everything() -> Vec<u8> {
    let everything = Everything {
        name: "Order".to_owned(),
        small: 7,
        negative: -70_000,
        big: WIDEST,
        low: -(WIDEST as i128),
        float: 0.1,
        flag: true,
        unit: (),
        blob: Blob(vec![1, 2, 3]),
        list: vec![
            None,
            Some(Kind::Unit),
            Some(Kind::New(1 << 40)),
            Some(Kind::Pair(1, 2)),
            Some(Kind::Struct { at: jiff::Timestamp::UNIX_EPOCH }),
        ],
        keyed: BTreeMap::from([(-1, "x".repeat(200)), (1, "ü".to_owned())]),
        any: Value::Map(map([
            ("deep", Value::List(vec![Value::List(vec![number(1)])])),
            ("set", Value::Set(Set::Bytes([vec![1], vec![2, 3]].into()))),
            ("decimal", Value::Number("-1234.5678".parse().unwrap())),
        ])),
        set: vec![-300, 7, 70_000],
        decimal: "12.5".parse().unwrap(),
    };
    let bytes = to_bytes(&everything).unwrap();
    assert_eq!(from_bytes::<Everything>(&bytes).unwrap(), everything);
    bytes
}

/// Everything that reads bytes. The results do not matter, that there are some does.
fn read(bytes: &[u8]) {
    let _ = from_bytes::<Everything>(bytes);
    let _ = from_bytes::<Either>(bytes);
    let _ = from_bytes::<serde::de::IgnoredAny>(bytes);
    let _ = from_bytes::<BTreeMap<String, Vec<u8>>>(bytes);
    let _ = from_bytes::<Kind>(bytes);
    let _ = (size(bytes), text(bytes, "name"), attribute(bytes, "any"), attribute(bytes, "absent"));
    let _ = project(bytes, &["name", "any", "list", "keyed", "float"]);
    if let Ok(map) = to_map(bytes) {
        let _ = from_map(&map);
    }
}

#[test]
fn every_prefix() {
    let bytes = everything();
    for length in 0..bytes.len() {
        let prefix = &bytes[..length];
        read(prefix);
        assert!(from_bytes::<Everything>(prefix).is_err());
    }
}

#[test]
fn every_byte_changed() {
    let bytes = everything();
    for at in 0..bytes.len() {
        for change in [0x01, 0x02, 0x08, 0x10, 0x40, 0x80, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= change;
            read(&bytes);
        }
    }
}

#[test]
fn every_byte_removed_or_doubled() {
    let bytes = everything();
    for at in 0..bytes.len() {
        let mut less = bytes.clone();
        let byte = less.remove(at);
        read(&less);
        let mut more = bytes.clone();
        more.insert(at, byte);
        read(&more);
    }
}

#[test]
fn random_bytes() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for round in 0..20_000 {
        let mut bytes = vec![1, 0, 0, 0, 0];
        for _ in 0..round % 64 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            // Low bytes are tags and lengths: more of those reach deeper.
            let byte = (state >> 32) as u8;
            bytes.push(if state & 1 == 0 { byte } else { byte & 0x07 });
        }
        read(&bytes);
    }
}

/// An item with one attribute, `v`, that these bytes are.
fn item(value: &[u8]) -> Vec<u8> {
    [&[1, 0, 0, 0, 0, 1, b'v'], value].concat()
}

#[test]
fn the_error_names_the_attribute() {
    for value in [
        &[][..],
        &[0x00],
        &[0x3f],
        &[0x15],
        &[0x81],
        &[0x81, 0xff],
        &[0x04, 0x80],
        &[0x04, 0xff, 0xff, 0xff, 0xff, 0xff],
        &[0x04, 0xff, 0xff, 0xff, 0xff, 0x1f],
        &[0x04, 0xff, 0xff, 0xff, 0xff, 0x0f],
        &[0x06, 0xff, 0xff, 0xff, 0xff],
        &[0x08, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
        &[0x08, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f],
        &[0x12, 1, 2, 3],
        &[0x20, 0],
        &[0x20, 0, 0],
        &[0x20, 0, 0, 0x81, b'1'],
        &[0x20, 0, 0, 0x20, 0, 0, 0x41],
        &[0x20, 0, 1, 0x41],
        &[0x20, 0xff, 0x7f, 0x41],
        &[0x30, 1, 0, 0],
        &[0x31, 1, 0, 0, 0],
        &[0x33, 0, 0, 0, 0],
        &[0x1b, 0, 0, 0, 0, 0, 0, 0, 0x80],
        &[0x1c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80],
    ] {
        let error = from_bytes::<Item<Value>>(&item(value)).unwrap_err();
        assert_eq!(
            (error.attribute(), error.message()),
            ("v", "the stored bytes are damaged"),
            "{value:x?}"
        );
        read(&item(value));
    }
    for (set, message) in [
        (&[0x30, 0, 0, 0, 0][..], "a set is never empty"),
        (&[0x31, 2, 0, 0, 0, 0x41, 0x41], "two elements of the set are equal"),
        (&[0x31, 2, 0, 0, 0, 0x41, 0x80], "the elements of a set are of one kind"),
        (&[0x31, 1, 0, 0, 0, 0x01], "a set holds text, numbers or bytes"),
    ] {
        let error = from_bytes::<Item<Value>>(&item(set)).unwrap_err();
        assert_eq!((error.attribute(), error.message()), ("v", message));
        read(&item(set));
    }
    let nested = item(&[0x06, 2, 0, 0, 0, 0x41, 0x00]);
    assert_eq!(from_bytes::<Item<Value>>(&nested).unwrap_err().attribute(), "v[1]");
}

#[test]
fn headers() {
    assert_eq!(size(&[]).unwrap_err().message(), "the stored bytes are damaged");
    assert_eq!(size(&[1, 0, 0, 0]).unwrap_err().message(), "the stored bytes are damaged");
    let other = "the stored bytes are not in a format that this version knows";
    assert_eq!(size(&[2, 0, 0, 0, 0]).unwrap_err().message(), other);
    assert_eq!(to_map(&[0; 100]).unwrap_err().message(), other);
}

#[test]
fn nesting_without_end() {
    // Lists in lists, each of the length that is left.
    let depth = 50_000u32;
    let lists: Vec<u8> = (0..depth)
        .rev()
        .flat_map(|rest| [[0x06].as_slice(), &(rest * 5).to_le_bytes()].concat())
        .collect();
    let bytes = item(&lists);
    assert!(from_bytes::<Item<Value>>(&bytes).unwrap_err().attribute().starts_with("v[0][0]"));
    assert!(project(&bytes, &["v"]).is_err());
    assert_eq!(project(&bytes, &[]).unwrap().len(), 5);
    read(&bytes);
}

#[test]
fn names_that_repeat() {
    let bytes = [item(&[0x41]), vec![1, b'v', 0x42]].concat();
    assert_eq!(from_bytes::<Item<u8>>(&bytes).unwrap_err().message(), "duplicate field `v`");
    assert_eq!(to_map(&bytes).unwrap_err().message(), "two entries are called `v`");
}
