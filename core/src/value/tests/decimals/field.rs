//! Fields with `#[serde(with = "decimal")]`.

use std::str::FromStr;

use serde_json::json;

use super::{Number, decimal};
use crate::value::{Value, from_value};
use crate::value::{ValueError, attribute, from_bytes, from_map, to_bytes, to_map, to_value};
use serde::{Deserialize, Serialize};

/// A decimal type that knows no exponent, and writes the zeros at its end.
#[derive(Debug, Clone, PartialEq)]
struct Money(String);

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Money {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.parse::<Number>().map_err(drop)?;
        if text.contains(['e', 'E']) || number < 0.into() {
            Err(())
        } else {
            Ok(Money(text.into()))
        }
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Line {
    #[serde(with = "crate::decimal")]
    price: Money,
    #[serde(with = "crate::decimal::option", default)]
    discount: Option<Money>,
    #[serde(flatten)]
    more: More,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct More {
    #[serde(with = "crate::decimal")]
    tax: Money,
}

fn line(price: &str, discount: Option<&str>) -> Line {
    Line {
        price: Money(price.into()),
        discount: discount.map(|text| Money(text.into())),
        more: More { tax: Money("0.19".into()) },
    }
}

#[test]
fn numbers_are_stored() {
    let bytes = to_bytes(&line("19.90", Some("0.00000001"))).unwrap();
    assert_eq!(attribute(&bytes, "price").unwrap(), Some(Value::Number(decimal("19.9"))));
    assert_eq!(attribute(&bytes, "discount").unwrap(), Some(Value::Number(decimal("1e-8"))));
    assert_eq!(attribute(&bytes, "tax").unwrap(), Some(Value::Number(decimal("0.19"))));
    // The zeros at the end are gone.
    assert_eq!(from_bytes::<Line>(&bytes).unwrap(), line("19.9", Some("0.00000001")));
    assert_eq!(from_map(&to_map(&bytes).unwrap()).unwrap(), bytes);

    let bytes = to_bytes(&line("20.00", None)).unwrap();
    assert_eq!(attribute(&bytes, "price").unwrap(), Some(Value::Number(20.into())));
    assert_eq!(attribute(&bytes, "discount").unwrap(), None);
    assert_eq!(from_bytes::<Line>(&bytes).unwrap(), line("20", None));

    let long = format!("0.{}", "7".repeat(38));
    let bytes = to_bytes(&line(&long, None)).unwrap();
    assert_eq!(from_bytes::<Line>(&bytes).unwrap(), line(&long, None));
}

#[test]
fn floats_and_text_are_read() {
    let mut map = to_map(&to_bytes(&line("1", None)).unwrap()).unwrap();
    for (value, price) in [
        (to_value(&1e-9).unwrap(), "0.000000001"),
        (to_value(&0.5f32).unwrap(), "0.5"),
        (to_value(&7).unwrap(), "7"),
        (to_value(&crate::value::tests::WIDEST).unwrap(), "99999999999999999999999999999999999999"),
        ("12.50".into(), "12.50"),
    ] {
        map.insert("price", value);
        map.insert("discount", Value::Null);
        let read: Line = from_bytes(&from_map(&map).unwrap()).unwrap();
        assert_eq!(read, line(price, None));
    }
}

#[test]
fn errors_name_the_attribute() {
    let error = |price: &str| to_bytes(&line(price, None)).unwrap_err().to_string();
    assert_eq!(error("NaN"), "attribute `price`: not a decimal number");
    assert_eq!(
        error(&format!("0.{}", "7".repeat(39))),
        "attribute `price`: a number of more than 38 significant digits"
    );
    assert_eq!(
        error("1e200"),
        "attribute `price`: a number out of range: its magnitude must be from 1E-130 to below \
         1E+126"
    );
    let mut map = to_map(&to_bytes(&line("1.5", None)).unwrap()).unwrap();
    let mut read = |value: Value| -> ValueError {
        map.insert("price", value);
        from_bytes::<Line>(&from_map(&map).unwrap()).unwrap_err()
    };
    assert_eq!(
        read(Value::Number(decimal("-1.5"))).to_string(),
        "attribute `price`: the field's type does not read this number"
    );
    assert_eq!(
        read(true.into()).to_string(),
        "attribute `price`: found bool, expected a number, or the text of one"
    );
}

#[test]
fn other_formats_have_text() {
    let written = serde_json::to_value(line("19.90", None)).unwrap();
    assert_eq!(written, json!({"price": "19.90", "discount": null, "tax": "0.19"}));
    assert_eq!(serde_json::from_value::<Line>(written).unwrap(), line("19.90", None));
    let read = json!({"price": 19.9, "discount": 2, "tax": "0.19"});
    assert_eq!(serde_json::from_value::<Line>(read).unwrap(), line("19.9", Some("2")));
}

#[test]
fn in_lists_and_maps_and_values() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Price(#[serde(with = "crate::decimal")] Money);

    let prices = vec![Price(Money("0.1".into())), Price(Money("12".into()))];
    let value = to_value(&prices).unwrap();
    assert_eq!(
        value,
        Value::List(vec![Value::Number(decimal("0.1")), Value::Number(decimal("12"))])
    );
    assert_eq!(from_value::<Vec<Price>>(&value).unwrap(), prices);
    // An item is not a number.
    assert!(to_bytes(&prices[0]).is_err());
}
