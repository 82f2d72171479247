//! Every shape that serde has.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

use super::*;

#[test]
fn scalars() {
    round_trip(true);
    round_trip(false);
    round_trip('a');
    round_trip('\u{10ffff}');
    round_trip(String::new());
    round_trip("Grüße, 世界 🦀 \0".to_owned());
    round_trip(());
}

#[test]
fn text_at_the_edges_of_its_lengths() {
    for length in [0, 1, 127, 128, 129, 255, 256, 16_383, 16_384, 70_000] {
        round_trip("x".repeat(length));
        round_trip(BTreeMap::from([("n".repeat(length), 1)]));
        round_trip(Blob(vec![7; length]));
    }
}

#[test]
fn integers() {
    for shift in 0..128 {
        for near in [u128::MAX, 0, 1] {
            let unsigned = (1u128 << shift).wrapping_add(near);
            round_trip(unsigned);
            round_trip(unsigned as i128);
            round_trip(unsigned as u64);
            round_trip(unsigned as i64);
            round_trip(unsigned as u32);
            round_trip(unsigned as i32);
            round_trip(unsigned as u16);
            round_trip(unsigned as i16);
            round_trip(unsigned as u8);
            round_trip(unsigned as i8);
        }
    }
    round_trip((u128::MAX, i128::MIN, i128::MAX, u64::MAX, i64::MIN, usize::MAX, isize::MIN));
}

#[test]
fn floats() {
    for value in [
        0.0,
        1.0,
        -1.5,
        0.1,
        1e21,
        1e300,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        f64::EPSILON,
    ] {
        round_trip(value);
    }
    for value in
        [0.0, 0.1, 16_777_216.0, f32::MAX, f32::MIN, f32::MIN_POSITIVE, 1e-45, f32::EPSILON]
    {
        round_trip(value);
        // By way of the decimal too, as for a store that holds numbers so.
        let decimal = stored(&value).as_number().unwrap().to_string();
        assert_eq!(decimal.parse(), Ok(value));
    }
    let bytes = to_bytes(&Item { v: -0.0 }).unwrap();
    assert!(from_bytes::<Item<f64>>(&bytes).unwrap().v.is_sign_negative());
}

#[test]
fn integers_and_floats_read_as_each_other() {
    assert_eq!(from_value(&stored(&3u8)), Ok(3.0f64));
    assert_eq!(from_value(&stored(&-3)), Ok(-3.0f32));
    assert_eq!(from_value(&stored(&u128::MAX)), Ok(u128::MAX as f64));
    assert_eq!(from_value(&stored(&i128::MIN)), Ok(i128::MIN as f32));
    assert_eq!(from_value(&stored(&3.0)), Ok(3u8));
    assert_eq!(from_value(&stored(&-3.0)), Ok(-3i64));
    // A large float is an integer of few digits, as it is written.
    assert_eq!(from_value(&stored(&2f64.powi(53))), Ok(1u64 << 53));
    assert_eq!(from_value(&stored(&2f64.powi(60))), Ok(1_152_921_504_606_847_000u64));
    let many = 17_014_118_346_046_923 * 10i128.pow(22);
    assert_eq!(from_value(&stored(&2f64.powi(127))), Ok(many.unsigned_abs()));
    assert_eq!(from_value(&stored(&-2f64.powi(127))), Ok(-many));
    assert_eq!(from_value(&stored(&-0.0)), Ok(0u8));
    assert!(from_value::<i64>(&stored(&3.5)).is_err());
    assert!(from_value::<u8>(&stored(&256.0)).is_err());
    assert!(from_value::<u128>(&stored(&2f64.powi(128))).is_err());
    assert!(from_value::<u32>(&stored(&-1)).is_err());
}

#[test]
fn bytes() {
    round_trip(Blob(Vec::new()));
    round_trip(Blob((0..=255).collect()));
    assert_eq!(stored(&Blob(vec![1, 2])), Value::Bytes(vec![1, 2]));
    // As numbers, and from numbers.
    assert_eq!(from_value(&stored(&Blob(vec![1, 2]))), Ok(vec![1u8, 2]));
    assert_eq!(from_value(&stored(&Blob(vec![1, 2]))), Ok([1u8, 2]));
    assert_eq!(from_value(&stored(&vec![1u8, 255])), Ok(Blob(vec![1, 255])));
    assert!(from_value::<[u8; 1]>(&stored(&Blob(vec![1, 2]))).is_err());
    round_trip((0..=255u8).collect::<Vec<_>>());
}

#[test]
fn sequences_and_maps() {
    round_trip(Vec::<String>::new());
    round_trip(vec![vec![1], vec![], vec![2, 3]]);
    round_trip((1, "a".to_owned(), None::<bool>, ()));
    round_trip([1.5; 4]);
    round_trip(BTreeSet::from(["b".to_owned(), "a".to_owned()]));
    round_trip(HashMap::<String, u8>::new());
    round_trip((0..1000).map(|n| (format!("key {n}"), n)).collect::<HashMap<_, _>>());
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
    round_trip(BTreeMap::from([(Some(7), 1)]));
    round_trip(BTreeMap::from([("127.0.0.1".parse::<IpAddr>().unwrap(), 1)]));
    let expected = map([("-1", number(2)), ("5", number(3))]);
    assert_eq!(stored(&BTreeMap::from([(-1, 2), (5, 3)])), Value::Map(expected));
}

#[test]
fn float_keys() {
    /// A map with keys that cannot be in a real one.
    #[derive(Debug, PartialEq)]
    struct Points(Vec<(f64, u8)>);

    impl Serialize for Points {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().copied())
        }
    }
    impl<'de> Deserialize<'de> for Points {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct PointsVisitor;
            impl<'de> Visitor<'de> for PointsVisitor {
                type Value = Points;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("points")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(
                    self,
                    mut map: A,
                ) -> Result<Points, A::Error> {
                    let mut points = Vec::new();
                    while let Some(point) = map.next_entry()? {
                        points.push(point);
                    }
                    Ok(Points(points))
                }
            }
            deserializer.deserialize_map(PointsVisitor)
        }
    }

    round_trip(Points(vec![(0.5, 1), (-1.0, 2), (f64::MAX, 3), (5e-324, 4)]));
    assert!(to_value(&Points(vec![(f64::NAN, 1)])).is_err());
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
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
    round_trip(inner());
    round_trip(Box::new(inner()));
    assert_eq!(stored(&Unit), Value::Null);
    assert_eq!(stored(&New(7)), number(7));
    assert_eq!(stored(&Pair(7, "x".to_owned())), Value::List(vec![number(7), "x".into()]));
    assert_eq!(stored(&Empty {}), Value::Map(Map::new()));
}

#[test]
fn options() {
    round_trip(Some(5));
    round_trip(None::<u8>);
    round_trip(vec![Some(1), None, Some(3)]);
    round_trip(Inner { n: 1, text: None });
    // The inner `None` is not told from the outer one, as in JSON.
    let bytes = to_bytes(&Item { v: Some(None::<u8>) }).unwrap();
    assert_eq!(from_bytes::<Item<Option<Option<u8>>>>(&bytes).unwrap().v, None);
    assert_eq!(stored(&Some(None::<u8>)), Value::Null);
}

#[test]
fn none_is_stored_only_below_the_top() {
    #[derive(Serialize)]
    struct Order {
        note: Option<String>,
        unit: (),
        deep: Item<Option<u8>>,
        list: Vec<Option<u8>>,
        twice: Option<Option<u8>>,
    }

    let order =
        Order { note: None, unit: (), deep: Item { v: None }, list: vec![None], twice: Some(None) };
    let expected = map([
        ("unit", Value::Null),
        ("deep", Value::Map(map([("v", Value::Null)]))),
        ("list", Value::List(vec![Value::Null])),
    ]);
    assert_eq!(to_map(&to_bytes(&order).unwrap()).unwrap(), expected);
    // By itself a value is not an item.
    assert_eq!(stored(&order), {
        let mut all = expected;
        all.insert("note", Value::Null);
        all.insert("twice", Value::Null);
        Value::Map(all)
    });
    // An attribute that is null is not one that is absent.
    assert_eq!(to_map(&from_map(&map([("a", Value::Null)])).unwrap()).unwrap().len(), 1);
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
    Struct { a: f64, b: Vec<Inner>, c: Blob },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "content")]
enum Adjacent {
    Unit,
    New(u64),
    Pair(u8, i128),
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
    Unit,
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
        Internal::Struct { a: 10.0, b: vec![inner()], c: Blob(vec![1, 2]) },
    ]);
    round_trip(vec![
        Adjacent::Unit,
        Adjacent::New(5),
        Adjacent::Pair(1, i128::MIN),
        Adjacent::Struct { a: 1, b: Some("x".to_owned()) },
    ]);
    round_trip(vec![
        Untagged::Bool(true),
        Untagged::Unsigned(u64::MAX),
        Untagged::Signed(-1),
        Untagged::Float(10.0),
        Untagged::Float(0.5),
        Untagged::Text(String::new()),
        Untagged::List(vec![Untagged::Unit]),
        Untagged::Struct { a: 1 },
        Untagged::Map(BTreeMap::from([("x".to_owned(), Untagged::Unsigned(1))])),
    ]);
}

#[test]
fn how_variants_are_stored() {
    let one = |name, value| Value::Map(map([(name, value)]));
    assert_eq!(stored(&External::Unit), "Unit".into());
    assert_eq!(stored(&External::New(1)), one("New", number(1)));
    let pair = Value::List(vec![number(1), "x".into()]);
    assert_eq!(stored(&External::Pair(1, "x".to_owned())), one("Pair", pair));
    let fields = Value::Map(map([("a", number(1)), ("b", Value::Null)]));
    assert_eq!(stored(&External::Struct { a: 1, b: None }), one("Struct", fields));
    assert_eq!(stored(&Internal::Unit), one("kind", "Unit".into()));
}

#[test]
fn variants_are_items_too() {
    fn item<T: Serialize + DeserializeOwned + PartialEq + Debug>(item: T) {
        let bytes = to_bytes(&item).unwrap();
        assert_eq!(from_bytes::<T>(&bytes).unwrap(), item);
        assert_eq!(from_map(&to_map(&bytes).unwrap()).unwrap(), bytes);
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
    assert!(to_bytes(&External::Unit).is_err());
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
        inner: inner(),
        rest: BTreeMap::from([
            ("list".to_owned(), Value::List(vec![number(-1), number(1), Value::Null])),
            ("float".to_owned(), Value::Number(Number::from_f64(0.5).unwrap())),
            ("bytes".to_owned(), Value::Bytes(vec![1])),
        ]),
    };
    round_trip(outer);
}

#[test]
fn human_readable_types() {
    let timestamp: jiff::Timestamp = "2024-03-01T12:00:00.123456789Z".parse().unwrap();
    round_trip(timestamp);
    round_trip("2024-02-29".parse::<jiff::civil::Date>().unwrap());
    round_trip("127.0.0.1".parse::<IpAddr>().unwrap());
    round_trip(std::time::Duration::MAX);
    assert_eq!(stored(&timestamp), "2024-03-01T12:00:00.123456789Z".into());
}

#[test]
fn text_that_is_formatted() {
    /// Text of this length, written through `Display`.
    struct Dots(usize);

    impl Serialize for Dots {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&".".repeat(self.0))
        }
    }
    impl std::hash::Hash for Dots {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }
    impl PartialEq for Dots {
        fn eq(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }
    impl Eq for Dots {}

    for length in [0, 1, 127, 128, 20_000] {
        let dots = ".".repeat(length);
        assert_eq!(to_bytes(&Item { v: Dots(length) }), to_bytes(&Item { v: &dots }));
        assert_eq!(
            to_bytes(&Item { v: HashMap::from([(Dots(length), 1)]) }),
            to_bytes(&Item { v: HashMap::from([(&dots, 1)]) })
        );
    }
}

#[test]
fn values_are_values() {
    let value = Value::Map(map([
        ("null", Value::Null),
        ("bool", true.into()),
        ("big", number(u128::MAX)),
        ("low", number(i128::MIN)),
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
