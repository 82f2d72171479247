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

#[test]
fn sets_read_back() {
    fn back<T: Serialize + DeserializeOwned + PartialEq + Debug>(v: T) {
        assert_eq!(read::<T>(stored(&v)).unwrap(), v);
    }
    back(AsSet(vec!["a".to_owned(), "b".to_owned()]));
    back(AsSet(vec![-2i8, 1, 3]));
    back(AsSet(vec![0.5, 1e21]));
    back(AsSet(vec![ByteBuf::from([1, 1]), ByteBuf::from([2])]));
    back(Some(AsSet(vec![1])));
    // As plain sequences, and sequences as sets.
    let set = numbers(["3", "1"]);
    assert_eq!(read::<Vec<u8>>(set.clone()).unwrap(), [3, 1]);
    assert_eq!(read::<BTreeSet<u8>>(set.clone()).unwrap(), BTreeSet::from([1, 3]));
    assert_eq!(read::<AsSet<u8>>(stored([1, 2])).unwrap(), AsSet(vec![1, 2]));
    assert_eq!(misread::<Vec<bool>>(set), "attribute `v[0]`: found integer, expected a boolean");
}

#[test]
fn sets_that_are_none() {
    let empty = "attribute `v`: a set is never empty: make the field an `Option`, or leave it out";
    assert_eq!(refusal(AsSet::<u8>(vec![])), empty);
    let mixed = "a set's elements must be all text, all numbers or all bytes";
    assert_eq!(refusal(AsSet(vec![true])), format!("attribute `v[0]`: {mixed}"));
    assert_eq!(refusal(AsSet(vec![Some(1), None])), format!("attribute `v[1]`: {mixed}"));
    let elements = vec![serde_json::json!("a"), serde_json::json!(1)];
    assert_eq!(refusal(AsSet(elements)), format!("attribute `v[1]`: {mixed}"));
    // Bytes that are not told to be.
    assert_eq!(refusal(AsSet(vec![vec![1u8]])), format!("attribute `v[0]`: {mixed}"));
    let twice = "attribute `v`: two elements of the set are equal";
    assert_eq!(refusal(AsSet(vec!["a", "b", "a"])), twice);
    let one = ["1", "1.0"].map(|text| AsDecimal(text.to_owned()));
    assert_eq!(refusal(AsSet(one.into())), twice);
    assert!(refusal(AsSet(vec![f64::NAN])).starts_with("attribute `v[0]`: neither NaN"));

    struct NoSequence;
    impl Serialize for NoSequence {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_newtype_struct(SET, &5)
        }
    }
    assert_eq!(refusal(NoSequence), "attribute `v`: a set must be a sequence");
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
