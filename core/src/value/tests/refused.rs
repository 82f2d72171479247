//! What cannot be stored or read as a value without an item. `tests/formats.rs` has the list of what is
//! refused in items, in every format.

use std::collections::BTreeMap;

use super::*;

#[test]
fn the_path_begins_inside_the_value() {
    let message = "neither NaN nor infinity can be stored";
    let error = to_value(&f32::NAN).unwrap_err();
    assert_eq!((error.attribute(), error.message()), ("", message));
    assert_eq!(error.to_string(), message);
    let error = to_value(&BTreeMap::from([(3, [[f64::NAN]])])).unwrap_err();
    assert_eq!((error.attribute(), error.message()), ("3[0][0]", message));
    assert_eq!(error.to_string(), format!("attribute `3[0][0]`: {message}"));
    assert_eq!(from_value::<Vec<u8>>(&stored(&["a"])).unwrap_err().attribute(), "[0]");
}

#[test]
fn a_value_is_as_deep_as_an_attribute() {
    let nested = |depth| (0..depth).fold(number(1), |value, _| Value::List(vec![value]));
    round_trip(nested(31));
    assert_eq!(to_value(&nested(32)).unwrap_err().attribute(), "[0]".repeat(31));
    assert!(to_bytes(&Item { v: nested(10_000) }).is_err());
}
