//! Sets: what becomes one, what does not, and how they are read.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::json;

use super::*;
use crate::set;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Serialize + DeserializeOwned")]
struct Holds<T> {
    #[serde(with = "set")]
    v: T,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Serialize + DeserializeOwned")]
struct Might<T> {
    #[serde(with = "set", default)]
    v: Option<T>,
}

#[derive(Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Flag {
    Red,
    Green,
}

/// Stores a collection and checks that it becomes this set and comes back.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T, expected: Set) {
    let item = Holds { v };
    let bytes = to_bytes(&item).unwrap();
    let value = Value::Set(expected);
    assert_eq!(attribute(&bytes, "v").unwrap().as_ref(), Some(&value));
    assert_eq!(from_bytes::<Holds<T>>(&bytes).unwrap(), item);
    // Without `with`, it is read all the same.
    assert_eq!(from_bytes::<Item<T>>(&bytes).unwrap().v, item.v);
    assert_eq!(to_map(&bytes).unwrap(), map([("v", value.clone())]));
    assert_eq!(from_map(&to_map(&bytes).unwrap()).unwrap(), bytes);
    assert_eq!(project(&bytes, &["v"]).unwrap(), bytes);
    let value_item = Item { v: value.clone() };
    assert_eq!(to_bytes(&value_item).unwrap(), bytes);
    assert_eq!(from_bytes::<Item<Value>>(&bytes).unwrap(), value_item);
    assert_eq!(from_value::<Value>(&value).unwrap(), value);
    assert_eq!(value.kind(), "set");

    // As an option, and deeper.
    let bytes = to_bytes(&Might { v: Some(&item.v) }.inner()).unwrap();
    assert_eq!(attribute(&bytes, "v").unwrap().as_ref(), Some(&value));
    let deep = BTreeMap::from([("a", vec![item])]);
    let expected = map([("a", Value::List(vec![map([("v", value)]).into()]))]);
    assert_eq!(stored(&deep), Value::Map(expected));
    assert_eq!(
        from_value::<BTreeMap<String, Vec<Holds<T>>>>(&stored(&deep)).unwrap()["a"],
        deep["a"]
    );
}

impl<T: Serialize> Might<T> {
    /// The same, of a type that need not be read.
    fn inner(self) -> impl Serialize {
        #[derive(Serialize)]
        struct Written<T: Serialize> {
            #[serde(with = "set")]
            v: Option<T>,
        }
        Written { v: self.v }
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> Set {
    Set::Text(texts.map(str::to_owned).into())
}

fn numbers<const N: usize>(numbers: [i128; N]) -> Set {
    Set::Numbers(numbers.map(Number::from).into())
}

#[test]
fn all_kinds() {
    check(HashSet::from(["b".to_owned(), "a".to_owned(), "".to_owned()]), texts(["", "a", "b"]));
    check(BTreeSet::from(["x".repeat(200), "y".to_owned()]), texts([&"x".repeat(200), "y"]));
    check(HashSet::from(['ü', 'a']), texts(["a", "ü"]));
    check(HashSet::from([Flag::Red, Flag::Green]), texts(["Green", "Red"]));
    check(BTreeSet::from([300u16, 7, 64]), numbers([7, 64, 300]));
    check(BTreeSet::from([i128::MIN, -1, 0, i128::MAX]), numbers([i128::MIN, -1, 0, i128::MAX]));
    check(vec![1u8, 2], numbers([1, 2]));
    check([5, 6], numbers([5, 6]));
    let decimals = ["0.1", "-7", "12.5"].map(|text| text.parse::<Number>().unwrap());
    check(HashSet::from(decimals), Set::Numbers(decimals.into()));
    let blobs = [vec![], vec![1, 2], vec![2], vec![7; 300]];
    check(blobs.clone().map(Blob), Set::Bytes(blobs.into()));
}

#[test]
fn elements_are_sorted() {
    let bytes = to_bytes(&Holds { v: vec![300, 7, -5, 64, 70_000] }).unwrap();
    assert_eq!(from_bytes::<Holds<Vec<i32>>>(&bytes).unwrap().v, [-5, 7, 64, 300, 70_000]);
    assert_eq!(bytes, to_bytes(&Holds { v: vec![-5, 70_000, 7, 64, 300] }).unwrap());
    let bytes = to_bytes(&Holds { v: vec![0.5, -1.5, 1e300, 0.25] }).unwrap();
    assert_eq!(from_bytes::<Holds<Vec<f64>>>(&bytes).unwrap().v, [-1.5, 0.25, 0.5, 1e300]);
    // Text by its bytes, longer ones too.
    let long = "a".repeat(130);
    let v = ["b", &long, "a", "ü", "B"];
    let bytes = to_bytes(&Holds { v: v.iter().map(ToString::to_string).collect::<Vec<_>>() });
    let read = from_bytes::<Holds<Vec<String>>>(&bytes.unwrap()).unwrap().v;
    assert_eq!(read, ["B", "a", &long, "b", "ü"]);
    let many: HashSet<String> = (0..5000).map(|n| format!("element {n}")).collect();
    check(many.clone(), Set::Text(many.into_iter().collect()));
}

#[test]
fn options() {
    let none = Might::<HashSet<u8>> { v: None };
    let bytes = to_bytes(&none).unwrap();
    assert_eq!(attribute(&bytes, "v").unwrap(), None);
    assert_eq!(bytes, from_map(&Map::new()).unwrap());
    assert_eq!(from_bytes::<Might<HashSet<u8>>>(&bytes).unwrap(), none);
    let some = Might { v: Some(HashSet::from([7u8])) };
    let bytes = to_bytes(&some).unwrap();
    assert_eq!(attribute(&bytes, "v").unwrap(), Some(Value::Set(numbers([7]))));
    assert_eq!(from_bytes::<Might<HashSet<u8>>>(&bytes).unwrap(), some);
    // Deeper down it is null, as any `None`.
    assert_eq!(stored(&vec![none]), Value::List(vec![map([("v", Value::Null)]).into()]));
}

fn refused<T: Serialize + DeserializeOwned>(v: T) -> String {
    to_bytes(&Holds { v }).unwrap_err().to_string()
}

#[test]
fn what_is_refused() {
    let empty = "attribute `v`: a set is never empty: make the field an `Option`, or leave it out";
    assert_eq!(refused(HashSet::<String>::new()), empty);
    assert_eq!(refused(Some(Vec::<u8>::new())), empty);
    let equal = "attribute `v`: two elements of the set are equal";
    assert_eq!(refused(vec!["a".to_owned(), "b".to_owned(), "a".to_owned()]), equal);
    assert_eq!(refused(vec![1, 1]), equal);
    assert_eq!(refused((1u8, 1.0)), equal);
    assert_eq!(refused((0.0, -0.0)), equal);
    assert_eq!(refused((0.1, "0.1".parse::<Number>().unwrap())), equal);
    assert_eq!(refused(vec![Blob(vec![1]), Blob(vec![1])]), equal);
    let mixed = |at: usize| {
        format!("attribute `v[{at}]`: a set's elements must be all text, all numbers or all bytes")
    };
    assert_eq!(refused((1, "a".to_owned())), mixed(1));
    assert_eq!(refused((Blob(vec![1]), "a".to_owned())), mixed(1));
    assert_eq!(refused(vec![true, false]), mixed(0));
    assert_eq!(refused(vec![Some(1), None]), mixed(1));
    assert_eq!(refused(vec![vec![1]]), mixed(0));
    assert_eq!(refused(vec![BTreeMap::from([("a".to_owned(), 1)])]), mixed(0));
    let other = "attribute `v`: a set must be a sequence";
    assert_eq!(refused(7), other);
    assert_eq!(refused("a".to_owned()), other);
    assert_eq!(refused(Blob(vec![1])), other);
    assert_eq!(refused(BTreeMap::from([(1, 2)])), other);
    assert_eq!(
        refused(vec![0.5, f64::NAN]),
        "attribute `v[1]`: neither NaN nor infinity can be stored"
    );
    assert!(from_map(&map([("v", Set::Text(BTreeSet::new()).into())])).is_err());
    // An item is no set.
    assert!(to_bytes(&Set::Text(BTreeSet::from(["a".to_owned()]))).is_err());
    assert!(to_bytes(&None::<Set>).is_err());
}

#[test]
fn sets_and_lists_read_as_each_other() {
    let set = to_bytes(&Holds { v: vec![2, 1] }).unwrap();
    let list = to_bytes(&Item { v: vec![2, 1] }).unwrap();
    assert_eq!(from_bytes::<Item<Vec<u8>>>(&set).unwrap().v, [1, 2]);
    assert_eq!(from_bytes::<Item<(u8, u8)>>(&set).unwrap().v, (1, 2));
    assert_eq!(from_bytes::<Holds<Vec<u8>>>(&list).unwrap().v, [2, 1]);
    assert_eq!(from_bytes::<Item<serde_json::Value>>(&set).unwrap().v, json!([1, 2]));
    assert_eq!(attribute(&list, "v").unwrap(), Some(Value::List(vec![number(2), number(1)])));
    let error = from_bytes::<Item<Vec<String>>>(&set).unwrap_err();
    assert_eq!(error.to_string(), "attribute `v[0]`: found integer, expected a string");
    let error = from_bytes::<Item<String>>(&set).unwrap_err();
    assert_eq!(error.to_string(), "attribute `v`: found list, expected a string");
    assert!(from_bytes::<Item<Flag>>(&set).is_err());
}

#[test]
fn sets_as_fields() {
    round_trip(texts(["a", "b"]));
    round_trip(vec![numbers([1]), numbers([1, 2])]);
    let bytes = to_bytes(&Item { v: vec![true] }).unwrap();
    assert!(from_bytes::<Item<Set>>(&bytes).is_err());
    let bytes = to_bytes(&Item { v: vec![1, 1] }).unwrap();
    assert!(from_bytes::<Item<Set>>(&bytes).is_err());
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
