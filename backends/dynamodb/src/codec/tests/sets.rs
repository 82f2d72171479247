//! Sets.

use std::collections::BTreeSet;

use monotable_core::value::{Number, Set, Value};
use serde_bytes::ByteBuf;

use super::*;

fn numbers<const N: usize>(texts: [&str; N]) -> AttributeValue {
    AttributeValue::Ns(texts.map(str::to_owned).into())
}

fn blob(bytes: &[u8]) -> aws_sdk_dynamodb::primitives::Blob {
    aws_sdk_dynamodb::primitives::Blob::new(bytes)
}

#[test]
fn sets_of_each_kind_are_stored_in_order() {
    let texts = AttributeValue::Ss(vec![String::new(), "a".to_owned(), "b".to_owned()]);
    assert_eq!(stored(AsSet(vec!["b", "a", ""])), texts);
    assert_eq!(stored(AsSet(vec![3, 1, 2])), numbers(["1", "2", "3"]));
    assert_eq!(stored(AsSet(vec![0.5, 1e21])), numbers(["0.5", "1e21"]));
    let decimals = ["1.50", "2"].map(|text| AsDecimal(text.to_owned()));
    assert_eq!(stored(AsSet(decimals.into())), numbers(["1.5", "2"]));
    let blobs = AsSet(vec![ByteBuf::from([2]), ByteBuf::from([1, 1])]);
    assert_eq!(stored(&blobs), AttributeValue::Bs(vec![blob(&[1, 1]), blob(&[2])]));
    // As options, of newtypes, and in lists.
    assert_eq!(stored(Some(AsSet(vec!['a']))), AttributeValue::Ss(vec!["a".to_owned()]));
    assert_eq!(stored([AsSet(vec![1])]), list([numbers(["1"])]));
    assert!(Attributes::encode(&One { v: None::<AsSet<u8>> }).unwrap().as_map().is_empty());
}

/// DynamoDB does not keep the order of a set.
#[test]
fn sets_are_read_in_any_order() {
    let set = numbers(["3", "1"]);
    assert_eq!(read::<Vec<u8>>(set.clone()).unwrap(), [3, 1]);
    assert_eq!(read::<AsSet<u8>>(set.clone()).unwrap(), AsSet(vec![3, 1]));
    assert_eq!(read::<BTreeSet<u8>>(set.clone()).unwrap(), BTreeSet::from([1, 3]));
    assert_eq!(misread::<Vec<bool>>(set), "attribute `v[0]`: found integer, expected a boolean");
}

#[test]
fn sets_of_requests() {
    let set = |set| value_to_attribute(&Value::Set(set));
    let texts = Set::Text(BTreeSet::from(["b".to_owned(), "a".to_owned()]));
    let expected = AttributeValue::Ss(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(set(texts).unwrap(), expected);
    let of_numbers = [Number::from(2), Number::from_f64(0.5).unwrap()];
    assert_eq!(set(Set::Numbers(of_numbers.into())).unwrap(), numbers(["0.5", "2"]));
    let of_bytes = Set::Bytes(BTreeSet::from([vec![1], vec![]]));
    assert_eq!(set(of_bytes).unwrap(), AttributeValue::Bs(vec![blob(&[]), blob(&[1])]));
    for empty in
        [Set::Text(BTreeSet::new()), Set::Numbers(BTreeSet::new()), Set::Bytes(BTreeSet::new())]
    {
        // In a condition or an update, no set is none.
        assert_eq!(set(empty).unwrap(), NULL);
    }
}
