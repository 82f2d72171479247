//! Reading what was not written by the same type.

use super::*;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Line {
    price: f32,
}

#[test]
fn values_of_another_type() {
    assert_eq!(misread::<u32>(number("-77")), "attribute `v`: invalid integer, expected u32");
    assert_eq!(misread::<u32>(number("0.5")), "attribute `v`: found float, expected u32");
    let wide = number("99999999999999999999999999999999999999");
    assert_eq!(misread::<u32>(wide), "attribute `v`: found integer, expected u32");
    let lines = list([map([("price", number("1"))]), map([("price", AttributeValue::Bool(true))])]);
    assert_eq!(misread::<Vec<Line>>(lines), "attribute `v[1].price`: found bool, expected f32");
    assert!(read::<[u8; 1]>(bytes(&[1, 2])).is_err());
}

#[test]
fn unknown_attributes_are_passed_over_whatever_they_hold() {
    let attributes = [("v", number("5")), ("a", number("no number")), ("b", list([NULL]))];
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value));
    let item = Attributes::from(HashMap::from(attributes));
    assert_eq!(item.decode::<One<u8>>().unwrap().v, 5);
}

#[test]
fn what_was_written_by_hand() {
    assert_eq!(read::<Option<u8>>(AttributeValue::Null(false)).unwrap(), None);
    assert_eq!(read::<Option<u8>>(NULL).unwrap(), None);
    for text in ["inf", "NaN", "", "1x", "-"] {
        let expected = "attribute `v`: the stored number is not a decimal number";
        assert_eq!(misread::<f64>(number(text)), expected);
        assert_eq!(misread::<u8>(number(text)), expected);
    }
}
