//! Every shape that serde has, through three codecs.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde_bytes::ByteBuf;

use super::*;

#[test]
fn scalars() {
    round_trip(true);
    round_trip('\u{10ffff}');
    round_trip(String::new());
    round_trip("Grüße, 世界 🦀 \0".to_owned());
    round_trip(());
    round_trip(ByteBuf::new());
    round_trip(ByteBuf::from((0..=255).collect::<Vec<u8>>()));
    round_trip("127.0.0.1".parse::<IpAddr>().unwrap());
    round_trip("2024-03-01T12:00:00.123456789Z".parse::<jiff::Timestamp>().unwrap());
    round_trip("2024-02-29".parse::<jiff::civil::Date>().unwrap());
    round_trip(std::time::Duration::MAX);
}

#[test]
fn sequences_and_maps() {
    round_trip(vec![vec![1], vec![], vec![2, 3]]);
    round_trip((1, "a".to_owned(), None::<bool>, ()));
    round_trip([1.5; 4]);
    round_trip(BTreeSet::from(["b".to_owned(), "a".to_owned()]));
    round_trip(HashMap::<String, u8>::new());
    round_trip((0..1000).map(|n| (format!("key {n}"), n)).collect::<HashMap<_, _>>());
    round_trip((0..3000).collect::<Vec<u32>>());
}

#[test]
fn keys_that_are_not_text() {
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    enum Side {
        Left,
        #[serde(rename = "right-hand")]
        Right,
    }
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    struct Id(u32);

    round_trip(BTreeMap::from([(0u8, 'a'), (255, 'b')]));
    round_trip(BTreeMap::from([(i64::MIN, 1), (-1, 2), (0, 3), (i64::MAX, 4)]));
    round_trip(BTreeMap::from([(u128::MAX, 1), (0, 2)]));
    round_trip(BTreeMap::from([(i128::MIN, 1), (i128::MAX, 2)]));
    round_trip(BTreeMap::from([(true, 1), (false, 2)]));
    round_trip(BTreeMap::from([('x', 1), ('ß', 2)]));
    round_trip(BTreeMap::from([(Side::Left, 1), (Side::Right, 2)]));
    round_trip(BTreeMap::from([(Id(7), 1)]));
    round_trip(BTreeMap::from([("127.0.0.1".parse::<IpAddr>().unwrap(), 1)]));
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    n: i32,
    text: Option<String>,
}

fn inner() -> Inner {
    Inner { n: -5, text: Some("x".to_owned()) }
}

#[test]
fn structs() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Unit;
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct New(u32);
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Pair(u32, String);
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Empty {}

    round_trip(Unit);
    round_trip(New(7));
    round_trip(Pair(7, "x".to_owned()));
    round_trip(Empty {});
    round_trip(Box::new(inner()));
}

#[test]
fn options() {
    round_trip(Some(5));
    round_trip(None::<u8>);
    round_trip(vec![Some(1), None, Some(3)]);
    round_trip(Inner { n: 1, text: None });
    round_trip(vec![Some(Some(1)), None]);
    round_trip(Some(Some(Some(inner()))));
    // The inner `None` is not told from the outer one, as in JSON.
    let attributes = Attributes::encode(&One { v: Some(None::<u8>) }).unwrap();
    assert_eq!(attributes.decode::<One<Option<Option<u8>>>>().unwrap().v, None);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum External {
    Unit,
    New(u64),
    Option(Option<u8>),
    Pair(u8, String),
    Struct { a: u8, b: Option<Inner> },
    Nested(Box<External>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Internal {
    Unit,
    New(Inner),
    Struct { a: f64, b: Vec<Inner>, c: ByteBuf },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent {
    Unit,
    New(u64),
    Pair(u8, i64),
    Struct { a: u8, b: Option<String> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
    List(Vec<Untagged>),
    Struct { a: u8 },
    Map(BTreeMap<String, Untagged>),
}

#[test]
fn enums() {
    round_trip(vec![
        External::Unit,
        External::New(u64::MAX),
        External::Option(None),
        External::Pair(1, "x".to_owned()),
        External::Struct { a: 1, b: None },
        External::Struct { a: 1, b: Some(inner()) },
        External::Nested(Box::new(External::Nested(Box::new(External::Unit)))),
    ]);
    round_trip(vec![
        Internal::Unit,
        Internal::New(inner()),
        Internal::Struct { a: 10.0, b: vec![inner()], c: ByteBuf::from([1, 2]) },
        // Past 64 bits, where serde's buffer for tagged enums knows no integers.
        Internal::Struct { a: 1e20, b: vec![], c: ByteBuf::new() },
        Internal::Struct { a: -1.234_567_890_123_456_7e25, b: vec![], c: ByteBuf::new() },
        Internal::Struct { a: 9.9e125, b: vec![], c: ByteBuf::new() },
    ]);
    round_trip(vec![
        Adjacent::Unit,
        Adjacent::New(5),
        Adjacent::Pair(1, i64::MIN),
        Adjacent::Struct { a: 1, b: Some("x".to_owned()) },
    ]);
    round_trip(vec![
        Untagged::Bool(true),
        Untagged::Unsigned(u64::MAX),
        Untagged::Signed(-1),
        Untagged::Float(0.5),
        Untagged::Float(1e30),
        Untagged::Text(String::new()),
        Untagged::List(vec![Untagged::Bool(false)]),
        Untagged::Struct { a: 1 },
        Untagged::Map(BTreeMap::from([("x".to_owned(), Untagged::Unsigned(1))])),
    ]);
}

#[test]
fn variants_are_items_too() {
    fn item<T: Serialize + DeserializeOwned + PartialEq + Debug>(item: T) {
        let attributes = Attributes::encode(&item).unwrap();
        assert_eq!(attributes.decode::<T>().unwrap(), item);
        assert_eq!(attributes, through_core(&value::to_bytes(&item).unwrap()));
    }
    item(External::New(1));
    item(External::Option(None));
    item(External::Pair(1, "x".to_owned()));
    item(External::Struct { a: 1, b: None });
    item(Internal::Unit);
    item(Internal::New(Inner { n: 1, text: None }));
    item(Adjacent::Struct { a: 1, b: None });
    item(Untagged::Struct { a: 1 });
    item(BTreeMap::from([(1, 2), (3, 4)]));
    item(Some(inner()));
}

#[test]
fn flattened() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Outer {
        id: u64,
        #[serde(flatten)]
        inner: Inner,
        #[serde(flatten)]
        rest: BTreeMap<String, Adjacent>,
    }

    let rest = BTreeMap::from([("more".to_owned(), Adjacent::New(1))]);
    round_trip(Outer { id: u64::MAX, inner: inner(), rest });
}

#[test]
fn keys_and_tag_come_beside_the_fields() {
    let attributes = [("pk", "ORDER#1"), ("kind", "Order")];
    let fields = inner();
    let keyed = monotable_core::backend::Keyed::new(&attributes, &fields);
    let item = Attributes::encode(&keyed).unwrap();
    assert_eq!(item.as_map().len(), 4);
    assert_eq!(item.text("kind"), Some("Order"));
    assert_eq!(item.text("n"), None);
    assert_eq!(item.text("none"), None);
    assert_eq!(item.decode::<Inner>().unwrap(), inner());
}

#[test]
fn the_map_is_copied_only_if_it_is_shared() {
    let item = Attributes::encode(&inner()).unwrap();
    let before: *const AttributeValue = &item.as_map()["text"];
    let other = item.clone();
    assert_eq!(item, other);
    drop(other);
    let map = item.into_map();
    assert!(std::ptr::eq(before, &map["text"]));
    assert_eq!(format!("{:?}", Attributes::from(map)), "Attributes(2)");
}

#[test]
fn texts_are_moved_out_of_an_item_that_nobody_else_holds() {
    #[derive(Deserialize)]
    struct Blobs {
        text: String,
        blob: ByteBuf,
    }
    let item = HashMap::from([
        ("pk".to_owned(), super::text("ORDER#1")),
        ("text".to_owned(), super::text("x")),
        ("blob".to_owned(), bytes(&[1])),
    ]);
    let mut item = Attributes::from(item);
    let (text, blob) = match (&item.as_map()["text"], &item.as_map()["blob"]) {
        (AttributeValue::S(text), AttributeValue::B(blob)) => {
            (text.as_ptr(), blob.as_ref().as_ptr())
        }
        other => panic!("{other:?}"),
    };
    let other = item.clone();
    let copied = item.take::<Blobs>().unwrap();
    assert_ne!(copied.text.as_ptr(), text);
    assert_eq!(item, other);
    drop(other);
    let moved = item.take::<Blobs>().unwrap();
    assert_eq!((moved.text.as_ptr(), moved.blob.as_ptr()), (text, blob));
    // The type does not know the key, so it is there for messages still.
    assert_eq!(item.text("pk"), Some("ORDER#1"));
}
