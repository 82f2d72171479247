//! Sizes by DynamoDB's rules, worked out by hand. Round trips hold them against core's besides.

use super::*;

fn of(value: AttributeValue) -> usize {
    let item = Attributes::from(HashMap::from([("name".to_owned(), value)]));
    item.size().unwrap() - "name".len()
}

#[test]
fn numbers() {
    for (text, size) in [
        ("0", 1),
        ("-0", 1),
        ("0.00", 1),
        ("7", 2),
        ("42", 2),
        ("123", 3),
        ("-123", 4),
        ("1000", 2),
        ("1010000", 3),
        ("0.5", 2),
        ("-0.25", 3),
        ("52.520008", 5),
        ("1.5E+100", 2),
        ("-1.5e-100", 3),
        ("1E101", 2),
        ("99999999999999999999999999999999999999", 20),
    ] {
        assert_eq!(of(number(text)), size, "{text}");
    }
}

#[test]
fn other_values() {
    assert_eq!(of(NULL), 1);
    assert_eq!(of(AttributeValue::Bool(false)), 1);
    assert_eq!(of(text("Grüße")), 7);
    assert_eq!(of(bytes(&[0; 300])), 300);
    assert_eq!(of(list([])), 3);
    assert_eq!(of(map([])), 3);
    assert_eq!(of(list([number("1"), NULL, text("text")])), 3 + 3 + 7);
    assert_eq!(of(map([("a", number("1")), ("bcd", text("x"))])), 3 + 2 + (1 + 2) + (3 + 1));
    assert_eq!(of(stored(AsSet(vec!["a", "bcd"]))), 4);
    assert_eq!(of(stored(AsSet(vec![1, 100]))), 4);
    assert_eq!(of(stored(AsSet(vec![serde_bytes::ByteBuf::from([0; 9])]))), 9);
}

#[test]
fn the_size_of_clones_and_of_what_is_left() {
    let named = |value| Attributes::from(HashMap::from([("v".to_owned(), value)]));
    let mut item = named(text("abc"));
    let mut copy = item.clone();
    assert_eq!((item.size().unwrap(), copy.size().unwrap()), (4, 4));
    assert_eq!(copy, item);
    // The text is not moved out of an item that has a clone.
    assert_eq!(copy.take::<One<String>>().unwrap().v, "abc");
    assert_eq!(copy.size().unwrap(), 4);
    drop(copy);
    assert_eq!(item.take::<One<String>>().unwrap().v, "abc");
    assert_eq!(item.size().unwrap(), 1);
    assert_ne!(item, named(text("abc")));
}
