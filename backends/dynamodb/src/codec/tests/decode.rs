//! Reading what was not written by the same type.

use std::collections::BTreeMap;

use serde_bytes::ByteBuf;

use super::*;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Line {
    price: f32,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Status {
    Open,
    Paid { by: u8 },
}

#[test]
fn values_of_another_type() {
    assert_eq!(misread::<u32>(text("secret")), "attribute `v`: found text, expected u32");
    assert_eq!(misread::<u32>(NULL), "attribute `v`: found null, expected u32");
    assert_eq!(misread::<u32>(number("-77")), "attribute `v`: invalid integer, expected u32");
    assert_eq!(misread::<u32>(number("0.5")), "attribute `v`: found float, expected u32");
    let wide = number("99999999999999999999999999999999999999");
    assert_eq!(misread::<u32>(wide), "attribute `v`: found integer, expected u32");
    assert_eq!(misread::<String>(number("5")), "attribute `v`: found integer, expected a string");
    assert_eq!(misread::<Vec<u8>>(map([])), "attribute `v`: found map, expected a sequence");
    let lines = list([map([("price", number("1"))]), map([("price", AttributeValue::Bool(true))])]);
    assert_eq!(misread::<Vec<Line>>(lines), "attribute `v[1].price`: found bool, expected f32");
    assert_eq!(misread::<Vec<Line>>(list([map([])])), "attribute `v[0]`: missing field `price`");
    let error = misread::<BTreeMap<u8, u8>>(map([("seven", number("1"))]));
    assert_eq!(error, "attribute `v.seven`: found text, expected u8");
    let missing = Attributes::from(HashMap::new()).decode::<One<u8>>().unwrap_err();
    assert_eq!(missing.to_string(), "missing field `v`");
    let noon = misread::<jiff::Timestamp>(text("noon"));
    assert!(noon.starts_with("attribute `v`: "), "{noon}");
}

#[test]
fn variants_that_do_not_fit() {
    let unknown = "attribute `v`: unknown variant, expected one of `Open`, `Paid`";
    assert_eq!(misread::<Status>(text("secret")), unknown);
    assert_eq!(misread::<Status>(number("5")), "attribute `v`: found number, expected an enum");
    assert_eq!(
        misread::<Status>(text("Paid")),
        "attribute `v`: found variant without content, expected struct variant"
    );
    let paid = map([("Paid", map([("by", text("secret"))]))]);
    assert_eq!(misread::<Status>(paid), "attribute `v.Paid.by`: found text, expected u8");
    let expected = "attribute `v`: invalid map, expected a map of one entry, the variant";
    assert_eq!(misread::<Status>(map([])), expected);
    assert_eq!(misread::<Status>(map([("Open", NULL), ("Paid", NULL)])), expected);
    assert_eq!(read::<Status>(map([("Open", NULL)])).unwrap(), Status::Open);
}

#[test]
fn lengths_that_do_not_fit() {
    let error = misread::<(u8, u8)>(stored([1, 2, 3, 4]));
    assert_eq!(error, "attribute `v`: invalid length 4, expected fewer elements");
    let error = misread::<(u8, u8)>(stored([1]));
    assert_eq!(error, "attribute `v`: invalid length 1, expected a tuple of size 2");
}

#[test]
fn bytes_and_lists_of_numbers_read_as_each_other() {
    assert_eq!(read::<Vec<u8>>(bytes(&[1, 2])).unwrap(), [1, 2]);
    assert_eq!(read::<[u8; 2]>(bytes(&[1, 2])).unwrap(), [1, 2]);
    assert_eq!(read::<ByteBuf>(stored([1, 255])).unwrap(), ByteBuf::from([1, 255]));
    assert!(read::<[u8; 1]>(bytes(&[1, 2])).is_err());
    assert!(read::<ByteBuf>(stored([256])).is_err());
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

#[test]
fn types_without_end() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Endless(Option<Box<Endless>>);

    assert!(read::<Endless>(NULL).is_ok());
    assert_eq!(misread::<Endless>(number("1")), "attribute `v`: nested too deep");
}
