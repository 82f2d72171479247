//! Sets in serde's other formats, and their sizes.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::set;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Serialize + DeserializeOwned")]
struct Might<T> {
    #[serde(with = "set", default)]
    v: Option<T>,
}

fn texts<const N: usize>(texts: [&str; N]) -> Set {
    Set::Text(texts.map(str::to_owned).into())
}

fn numbers<const N: usize>(numbers: [i128; N]) -> Set {
    Set::Numbers(numbers.map(Number::from).into())
}

#[test]
fn other_formats_have_sequences() {
    let item = Might { v: Some(BTreeSet::from([1, 2])) };
    assert_eq!(serde_json::to_value(&item).unwrap(), json!({"v": [1, 2]}));
    assert_eq!(serde_json::from_value::<Might<BTreeSet<u8>>>(json!({"v": [2, 1]})).unwrap(), item);
    let none = Might::<BTreeSet<u8>> { v: None };
    assert_eq!(serde_json::to_value(&none).unwrap(), json!({"v": null}));
    assert_eq!(serde_json::from_value::<Might<BTreeSet<u8>>>(json!({"v": null})).unwrap(), none);
    assert_eq!(serde_json::to_value(Value::Set(texts(["b", "a"]))).unwrap(), json!(["a", "b"]));
    let value: Value = serde_json::from_value(json!({"a": [1, -2.5, null, "x", true]})).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json!({"a": [1, -2.5, null, "x", true]}));
    assert_eq!(serde_json::from_value::<Set>(json!(["a"])).unwrap(), texts(["a"]));
}

#[test]
fn sizes() {
    let of = |set: Set| size(&to_bytes(&Item { v: set }).unwrap()).unwrap() - 1;
    assert_eq!(of(texts(["a", "bcd"])), 4);
    assert_eq!(of(numbers([1, 123, -5])), 2 + 3 + 3);
    assert_eq!(of(Set::Bytes([vec![0; 10], vec![]].into())), 10);
    let list = Value::List(vec![Value::Set(texts(["ab"])), Value::Null]);
    assert_eq!(size(&from_map(&map([("v", list)])).unwrap()).unwrap(), 1 + 3 + (1 + 2) + (1 + 1));
}

/// In a condition or an update, no set is none.
#[test]
fn an_empty_set_alone_is_null() {
    assert_eq!(stored(&Set::Text(BTreeSet::new())), Value::Null);
    assert!(from_map(&map([("v", Set::Text(BTreeSet::new()).into())])).is_err());
}
