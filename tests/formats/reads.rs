//! Values that are read as another type than they were written from: what is read, and what every
//! format says when it is not.

use super::types::*;
use super::{Format, One, every_format};
use monotable::value::{Map, Number, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Checks that every format reads `written` as `expected`.
fn reads_as<T: DeserializeOwned + PartialEq + Debug>(written: impl Serialize, expected: T) {
    let (item, expected) = (One { v: written }, One { v: expected });
    every_format!(|F| {
        let stored = F::write(&item).unwrap();
        assert_eq!(F::read::<One<T>>(&stored).as_ref(), Ok(&expected), "{}", F::NAME);
    });
}

/// Checks that no format reads `written` as a `T`, and that each gives this message.
fn misread<T: DeserializeOwned + PartialEq + Debug>(written: impl Serialize, message: &str) {
    let item = One { v: written };
    every_format!(|F| {
        let stored = F::write(&item).unwrap();
        assert_eq!(F::read::<One<T>>(&stored).unwrap_err(), message, "{}", F::NAME);
    });
}

#[test]
fn integers_and_floats() {
    reads_as(3u8, 3.0f64);
    reads_as(-3, -3.0f32);
    reads_as(3.0, 3u8);
    reads_as(-3.0, -3i64);
    reads_as(-3.0, -3i128);
    reads_as(-0.0, 0u8);
    reads_as(2f64.powi(53), 1u64 << 53);
    // A large float is an integer of few digits, as it is written.
    reads_as(2f64.powi(60), 1_152_921_504_606_847_000u64);
    let many = 17_014_118_346_046_923 * 10i128.pow(22);
    reads_as(2f64.powi(127), many.unsigned_abs());
    reads_as(-2f64.powi(127), -many);
    misread::<i64>(3.5, "attribute `v`: found float, expected i64");
    misread::<u8>(256.0, "attribute `v`: invalid integer, expected u8");
    misread::<u32>(-1, "attribute `v`: invalid integer, expected u32");
    misread::<u128>(2f64.powi(128), "attribute `v`: found float, expected u128");
}

#[test]
fn decimals() {
    let decimal = |text: &str| Decimal(text.parse().unwrap());
    reads_as(decimal("12.5"), 12.5f64);
    reads_as(decimal("0.1"), 0.1f32);
    reads_as(decimal("12.0"), 12u8);
    reads_as(decimal("1e40"), 1e40);
    reads_as(decimal("12.5"), "12.5".parse::<Number>().unwrap());
    reads_as(0.5, decimal("0.5"));
    reads_as(1e-9, decimal("0.000000001"));
    reads_as(7, decimal("7"));
    reads_as("12.50", decimal("12.5"));
    misread::<String>(decimal("12.5"), "attribute `v`: found float, expected a string");
    misread::<u8>(decimal("12.5"), "attribute `v`: found float, expected u8");
    misread::<Decimal>(true, "attribute `v`: found bool, expected a number, or the text of one");
    misread::<Decimal>("five", "attribute `v`: the field's type does not read this number");
}

#[test]
fn bytes_and_lists_of_numbers() {
    let item = One { v: ByteBuf::from([1, 2]) };
    every_format!(|F| {
        let stored = F::write(&item).unwrap();
        let (list, array) = (F::read::<One<Vec<u8>>>(&stored), F::read::<One<[u8; 2]>>(&stored));
        match F::NAME {
            // A document has a text.
            "JSON" => {
                let refusal = "attribute `v`: found text, expected a sequence";
                assert_eq!(list.unwrap_err(), refusal);
                assert!(array.unwrap_err().starts_with("attribute `v`: found text"));
            }
            _ => assert_eq!((list.unwrap().v, array.unwrap().v), (vec![1, 2], [1, 2])),
        }
    });
    reads_as(vec![1u8, 255], ByteBuf::from([1, 255]));
    misread::<ByteBuf>([256], "attribute `v[0]`: invalid integer, expected u8");
}

#[test]
fn sets_and_lists() {
    reads_as(AsSet(vec![2, 1]), vec![1, 2]);
    reads_as(AsSet(vec![2, 1]), (1, 2));
    reads_as(AsSet(vec![2, 1]), BTreeSet::from([1, 2]));
    reads_as(vec![2, 1], AsSet(vec![2, 1]));
    reads_as(AsSet(vec!["b".to_owned(), "a".to_owned()]), ["a".to_owned(), "b".to_owned()]);
    reads_as(AsSet(vec![2, 1]), serde_json::json!([1, 2]));
    misread::<Vec<String>>(AsSet(vec![2, 1]), "attribute `v[0]`: found integer, expected a string");
    misread::<String>(AsSet(vec![2, 1]), "attribute `v`: found list, expected a string");
    misread::<monotable::value::Set>([true], "attribute `v`: a set holds text, numbers or bytes");
    misread::<monotable::value::Set>(
        serde_json::json!(["a", 1]),
        "attribute `v`: the elements of a set are of one kind",
    );
    misread::<monotable::value::Set>([1, 1], "attribute `v`: two elements of the set are equal");
    misread::<Status>(AsSet(vec![1]), "attribute `v`: found list, expected an enum");
}

#[test]
fn any_value() {
    use serde_json::json;
    let line = json!({"a": [1, -2, 0.5, null, "x", true], "b": {}});
    reads_as(&line, line.clone());
    let many = Value::List(vec![Value::Null, true.into(), Number::from(-7).into(), "x".into()]);
    reads_as(json!([null, true, -7, "x"]), many);
    reads_as(1e20, json!(1e20));
    reads_as(Decimal("12.5".parse().unwrap()), json!(12.5));
}

#[derive(Debug, PartialEq, Deserialize)]
enum Status {
    Open,
    Paid { by: u8 },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Line {
    price: f32,
}

#[test]
fn values_of_another_type() {
    misread::<u32>("secret", "attribute `v`: found text, expected u32");
    misread::<u32>((), "attribute `v`: found null, expected u32");
    misread::<u32>(0.5, "attribute `v`: found float, expected u32");
    misread::<u32>(1u64 << 40, "attribute `v`: invalid integer, expected u32");
    misread::<String>(5, "attribute `v`: found integer, expected a string");
    misread::<String>(true, "attribute `v`: found bool, expected a string");
    misread::<Vec<u8>>(Map::new(), "attribute `v`: found map, expected a sequence");
    misread::<Inner>([1], "attribute `v`: invalid length 1, expected struct Inner with 2 elements");
    let lines = serde_json::json!([{"price": 1}, {"price": true}]);
    misread::<Vec<Line>>(lines, "attribute `v[1].price`: found bool, expected f32");
    misread::<Vec<Line>>([Map::new()], "attribute `v[0]`: missing field `price`");
    let keys = BTreeMap::from([("seven", 1)]);
    misread::<BTreeMap<u8, u8>>(keys, "attribute `v.seven`: found text, expected u8");
    every_format!(|F| {
        let stored = F::write(&Map::new()).unwrap();
        assert_eq!(F::read::<One<u8>>(&stored).unwrap_err(), "missing field `v`");
    });
}

#[test]
fn lengths_that_do_not_fit() {
    misread::<(u8, u8)>([1, 2, 3, 4], "attribute `v`: invalid length 4, expected fewer elements");
    misread::<(u8, u8)>([1], "attribute `v`: invalid length 1, expected a tuple of size 2");
}

#[test]
fn variants_that_do_not_fit() {
    use serde_json::json;
    let unknown = "attribute `v`: unknown variant, expected one of `Open`, `Paid`";
    misread::<Status>("secret", unknown);
    misread::<Status>(json!({"secret": 1}), unknown);
    misread::<Status>(5, "attribute `v`: found number, expected an enum");
    misread::<Status>(
        "Paid",
        "attribute `v`: found variant without content, expected struct variant",
    );
    misread::<Status>(
        json!({"Paid": {"by": "secret"}}),
        "attribute `v.Paid.by`: found text, expected u8",
    );
    let one = "attribute `v`: invalid map, expected a map of one entry, the variant";
    misread::<Status>(json!({}), one);
    misread::<Status>(json!({"Open": null, "Paid": null}), one);
    reads_as(json!({"Open": null}), Status::Open);
    reads_as(json!({"Paid": {"by": 1, "more": 2}}), Status::Paid { by: 1 });
}

/// What a type does not ask for is passed over.
#[test]
fn attributes_that_a_type_does_not_know() {
    #[derive(Serialize)]
    struct More {
        v: u8,
        text: &'static str,
        nested: Vec<Inner>,
        with: With,
        bytes: ByteBuf,
    }
    let bytes = ByteBuf::from([1]);
    let item = More { v: 5, text: "x", nested: vec![inner()], with: with(), bytes };
    every_format!(|F| {
        let stored = F::write(&item).unwrap();
        assert_eq!(F::read::<One<u8>>(&stored), Ok(One { v: 5 }));
        assert_eq!(F::read::<Empty>(&stored), Ok(Empty {}));
    });
}

#[test]
fn types_without_end() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Endless(Option<Box<Endless>>);

    reads_as((), Endless(None));
    misread::<Endless>(1, "attribute `v`: nested too deep");
}

/// The message of a type's own `Deserialize` is kept.
#[test]
fn what_a_type_itself_says_is_kept() {
    let item = One { v: "noon" };
    let error = "noon".parse::<jiff::Timestamp>().unwrap_err().to_string();
    every_format!(|F| {
        let stored = F::write(&item).unwrap();
        let message = F::read::<One<jiff::Timestamp>>(&stored).unwrap_err();
        assert_eq!(message, format!("attribute `v`: {error}"), "{}", F::NAME);
    });
}
