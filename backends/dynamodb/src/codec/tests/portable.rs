//! Items as bytes, and back.

use super::*;
use monotable_core::backend::Portable as _;

fn all_types() -> HashMap<String, AttributeValue> {
    let AttributeValue::M(map) = map([
        ("text", text("a \"b\" \n \u{1f600}")),
        ("digits", number("0.10000000000000000000000000000000000001")),
        ("bytes", bytes(&[0, 255, 7])),
        ("yes", AttributeValue::Bool(true)),
        ("no", AttributeValue::Bool(false)),
        ("null", NULL),
        ("texts", AttributeValue::Ss(vec!["a".into(), "\"".into()])),
        ("numbers", AttributeValue::Ns(vec!["1".into(), "2.5".into()])),
        ("blobs", AttributeValue::Bs(vec![aws_sdk_dynamodb::primitives::Blob::new([1, 2])])),
        ("list", list([NULL, list([]), map([("x", text(""))])])),
        ("map", map([("a \"name\"", number("-1")), ("empty", map([]))])),
    ]) else {
        panic!("a map")
    };
    map
}

/// An item comes back as it was: with nulls at the top level, and with all digits. So does one that came back before.
#[test]
fn items_come_back() {
    let item = Attributes::from(all_types());
    let back = Attributes::from_bytes(&item.to_bytes().unwrap()).unwrap();
    assert_eq!(back.as_map(), &all_types());
    let again = Attributes::from_bytes(&back.to_bytes().unwrap()).unwrap();
    assert_eq!(again.as_map(), &all_types());
    assert_eq!(again.size().unwrap(), item.size().unwrap());
    let empty = Attributes::from(HashMap::new());
    assert!(Attributes::from_bytes(&empty.to_bytes().unwrap()).unwrap().is_empty());
}

/// Bytes that are no item are an error, and never a panic.
#[test]
fn other_bytes_are_refused() {
    let bytes = Attributes::from(all_types()).to_bytes().unwrap().into_owned();
    for end in 0..bytes.len() {
        assert!(Attributes::from_bytes(&bytes[..end]).is_err(), "the first {end} bytes");
    }
    let longer = [&*bytes, b" {}"].concat();
    for other in [&longer[..], b"", b"{}{}", b"[]", b"null", &[0xff, 0xfe]] {
        let error = Attributes::from_bytes(other).unwrap_err();
        assert!(error.is_decode(), "{error}");
    }
}
