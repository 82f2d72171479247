//! Structs, sequences and maps.

use super::*;

#[test]
fn structs() {
    stored_as(Unit, Value::Null);
    stored_as(New(7), number(7));
    stored_as(Pair(7, "x".to_owned()), vec![number(7), text("x")].into());
    stored_as(Empty {}, Map::new().into());
    stored_as(inner(), map([("n", number(-5)), ("text", text("x"))]));
    everywhere(Box::new(inner()));
}

#[test]
fn sequences_and_maps() {
    stored_as(vec![1, 2], vec![number(1), number(2)].into());
    stored_as((1, "a".to_owned(), true), vec![number(1), text("a"), true.into()].into());
    stored_as(BTreeMap::from([("a".to_owned(), 1)]), map([("a", number(1))]));
    everywhere(Vec::<String>::new());
    everywhere(vec![vec![1], vec![], vec![2, 3]]);
    everywhere((1, "a".to_owned(), None::<bool>, ()));
    everywhere([1.5; 4]);
    everywhere([0u8; 2]);
    everywhere((0..3000).collect::<Vec<u32>>());
    everywhere((0..=255u8).collect::<Vec<_>>());
    everywhere(BTreeSet::from(["b".to_owned(), "a".to_owned()]));
    everywhere(HashMap::<String, u8>::new());
    everywhere((0..1000).map(|n| (format!("key {n}"), n)).collect::<HashMap<_, _>>());
    everywhere(vec![One { v: One { v: 1 } }, One { v: One { v: 2 } }]);
}

#[test]
fn keys_of_maps() {
    stored_as(BTreeMap::from([(-1, 2), (5, 3)]), map([("-1", number(2)), ("5", number(3))]));
    stored_as(BTreeMap::from([(true, 1)]), map([("true", number(1))]));
    stored_as(BTreeMap::from([(Side::Right, 1)]), map([("right-hand", number(1))]));
    stored_as(BTreeMap::from([(Some(7), 1)]), map([("7", number(1))]));
    stored_as(BTreeMap::from([(u128::MAX, 1)]), map([(&u128::MAX.to_string(), number(1))]));
    everywhere(BTreeMap::from([(0u8, 'a'), (255, 'b')]));
    everywhere(BTreeMap::from([(i64::MIN, 1), (-1, 2), (0, 3), (i64::MAX, 4)]));
    everywhere(BTreeMap::from([(i128::MIN, 1), (i128::MAX, 2)]));
    everywhere(BTreeMap::from([(true, 1), (false, 2)]));
    everywhere(BTreeMap::from([('x', 1), ('ß', 2)]));
    everywhere(BTreeMap::from([(Side::Left, 1), (Side::Right, 2)]));
    everywhere(BTreeMap::from([(New(7), 1)]));
    everywhere(BTreeMap::from([("127.0.0.1".parse::<IpAddr>().unwrap(), 1)]));
    everywhere(Points(vec![(0.5, 1), (-1.0, 2), (f64::MAX, 3), (5e-324, 4)]));
    item(BTreeMap::from([(1, 2), (3, 4)]));
}

/// A map with keys that cannot be in a map of the standard library.
#[derive(Debug)]
struct Points(Vec<(f64, u8)>);

/// In any order, because a format need not keep it.
impl PartialEq for Points {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |points: &Points| {
            let mut all = points.0.clone();
            all.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            all
        };
        sorted(self) == sorted(other)
    }
}

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
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("points")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Points, A::Error> {
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
