//! What cannot be stored, and what the errors say.

use std::collections::BTreeMap;

use super::stored::Names;
use super::*;

#[test]
fn items_that_are_not_maps() {
    fn message<T: Serialize>(item: T) -> String {
        Attributes::encode(&item).unwrap_err().to_string()
    }
    let expected = "an item must be a struct or a map";
    assert_eq!(message(5), expected);
    assert_eq!(message("text"), expected);
    assert_eq!(message(()), expected);
    assert_eq!(message(None::<One<u8>>), expected);
    assert_eq!(message(vec![One { v: 1 }]), expected);
    assert_eq!(message((1, 2)), expected);
    assert_eq!(message(AsSet(vec![1])), expected);
    assert_eq!(message(jiff::Timestamp::UNIX_EPOCH), expected);
}

#[test]
fn floats_that_are_no_numbers() {
    let expected = "attribute `v[0].v`: neither NaN nor infinity can be stored";
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(refusal([One { v: float }]), expected);
    }
    assert_eq!(refusal([One { v: f32::NAN }]), expected);
    let map = BTreeMap::from([(3, [[f64::NAN]])]);
    assert!(refusal(map).starts_with("attribute `v.3[0][0]`: "));
}

#[test]
fn numbers_past_dynamodbs() {
    let size = "attribute `v`: a number is from 1E-130 to 9.99E+125 in size in DynamoDB, or 0";
    for float in [f64::MAX, 1e126, -1e126, 9e-131, f64::MIN_POSITIVE, 5e-324] {
        assert_eq!(refusal(float), size, "{float}");
    }
    for float in [1e126f64.next_down(), 1e-130, -1e-130, -9.99e125] {
        round_trip(float);
    }
    let digits = "attribute `v`: a number has at most 38 significant digits in DynamoDB";
    assert_eq!(refusal(u128::MAX), digits);
    assert_eq!(refusal(i128::MIN), digits);
    assert_eq!(refusal(10u128.pow(38) + 1), digits);
    round_trip(10u128.pow(38));
    round_trip(10u128.pow(38) - 1);
    round_trip(1 - 10i128.pow(38));
}

#[test]
fn paths_inside_variants() {
    #[derive(Serialize)]
    enum Shape {
        New(f64),
        Pair(u8, f64),
        Struct { x: f64 },
    }
    assert!(refusal(Shape::New(f64::NAN)).starts_with("attribute `v.New`: "));
    assert!(refusal(Shape::Pair(1, f64::NAN)).starts_with("attribute `v.Pair[1]`: "));
    assert!(refusal(Shape::Struct { x: f64::NAN }).starts_with("attribute `v.Struct.x`: "));
}

#[test]
fn names_that_repeat() {
    #[derive(Serialize)]
    struct Order {
        pk: &'static str,
        #[serde(flatten)]
        more: BTreeMap<&'static str, u8>,
    }
    let order = Order { pk: "x", more: BTreeMap::from([("other", 1), ("pk", 2)]) };
    let error = Attributes::encode(&order).unwrap_err();
    assert_eq!(error.to_string(), "attribute `pk`: two entries have this name");
    let nested = Names(&[("a", Some(1)), ("b", Some(2)), ("a", Some(3))]);
    assert_eq!(refusal(nested), "attribute `v.a`: two entries have this name");
    // A field that is called like a key attribute.
    let keyed = monotable_core::backend::Keyed::new(&[("v", "key")], &One { v: 1 });
    let error = Attributes::encode(&keyed).unwrap_err();
    assert_eq!(error.to_string(), "attribute `v`: two entries have this name");
}

#[test]
fn keys_that_are_not_names() {
    let expected = "attribute `v`: a map's keys must be text, numbers, booleans or unit variants";
    assert_eq!(refusal(BTreeMap::from([([1], 2)])), expected);
    assert_eq!(refusal(BTreeMap::from([((), 2)])), expected);
    assert_eq!(refusal(BTreeMap::from([(None::<u8>, 2)])), expected);
    assert_eq!(refusal(BTreeMap::from([(serde_bytes::ByteBuf::from([1]), 2)])), expected);
}

#[test]
fn maps_that_are_not_well_formed() {
    use serde::ser::SerializeMap;

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
    assert_eq!(refusal(Keys(1)), "attribute `v`: a map gave a key without a value");
    assert_eq!(refusal(Keys(2)), "attribute `v`: a map gave a key without a value");
    assert_eq!(refusal(ValueOnly), "attribute `v`: a map gave a value without a key");
}

#[test]
fn values_nested_too_deep() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Variants {
        End,
        More(Box<Variants>),
    }

    fn lists(depth: usize) -> serde_json::Value {
        (0..depth).fold(serde_json::json!(1), |value, _| serde_json::json!([value]))
    }
    // The scalar is the 32nd level.
    round_trip(lists(31));
    let expected =
        format!("attribute `v{}`: values are nested more than 32 levels deep", "[0]".repeat(31));
    assert_eq!(refusal(lists(32)), expected);
    assert_eq!(refusal(lists(100)), expected);

    let variants =
        |depth| (0..depth).fold(Variants::End, |inner, _| Variants::More(Box::new(inner)));
    round_trip(variants(31));
    assert!(refusal(variants(32)).contains("levels deep"));
}

#[test]
fn what_a_type_itself_says_is_kept() {
    struct Refuses;
    impl Serialize for Refuses {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("not today"))
        }
    }
    assert_eq!(refusal(vec![Refuses]), "attribute `v[0]`: not today");
}
