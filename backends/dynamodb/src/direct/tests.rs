//! Requests and answers as texts, and what of the SDK the direct codec depends on.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod differential;
mod random;

use super::operation::{self, ALL};
use super::request::splice;
use crate::codec::Page;

/// If this fails, the SDK has changed, and the backend uses the SDK's own codec: everything works, and
/// costs several times as much. Change `direct` so that it finds what it needs.
#[test]
fn the_sdk_is_as_the_direct_codec_expects() {
    for (name, operation) in ALL {
        assert!(operation.deserializer().is_some(), "{name} has no deserializer in its config");
    }
    let writing =
        [&operation::PUT_ITEM, &operation::BATCH_WRITE_ITEM, &operation::TRANSACT_WRITE_ITEMS];
    for operation in writing {
        assert!(operation.takes_items(), "items have no place in the request");
    }
    assert!(!operation::GET_ITEM.takes_items());
}

#[test]
fn items_are_put_into_their_places() {
    let request = r#"{"a":[{"Item":{},"b":"\"Item\":{}"},{"Item":{}}],"Item":{"x":1}}"#;
    let items = |items: &'static [&'static str]| splice(request, items.iter().copied());
    let wanted = r#"{"a":[{"Item":{"1":1},"b":"\"Item\":{}"},{"Item":{"2":{}}}],"Item":{"x":1}}"#;
    assert_eq!(items(&[r#"{"1":1}"#, r#"{"2":{}}"#]).unwrap(), wanted);
    assert_eq!(items(&["{}"]), None);
    assert_eq!(items(&[]), None);
    assert_eq!(items(&["{}", "{}", "{}"]), None);
}

/// Whether the items of an answer are read without the SDK.
fn is_direct(item: &str) -> bool {
    super::answer::cut(&format!("{{\"Item\":{item}}}"), "Item")
        .is_ok_and(|cut| cut.items.len() == 1)
}

#[test]
fn what_dynamodb_does_not_send_is_left_to_the_sdk() {
    for item in
        ["{}", r#"{"a":{"S":""}}"#, r#"{ "a" : { "M" : { "b" : { "BS" : [ "AA==" ] } } } }"#]
    {
        assert!(is_direct(item), "{item}");
    }
    let many = |last: &str| {
        let names: Vec<String> = (0..40).map(|at| format!("\"n{at}\":{{\"N\":\"1\"}}")).collect();
        format!("{{{},\"{last}\":{{\"BOOL\":true}}}}", names.join(","))
    };
    assert!(is_direct(&many("n40")));
    let deep =
        |levels: usize| format!("{{\"a\":{}{}}}", "{\"L\":[".repeat(levels), "]}".repeat(levels));
    assert!(is_direct(&deep(32)));
    for item in [
        // Two attributes, or two entries of a map, have the same name.
        r#"{"a":{"S":""},"a":{"S":""}}"#,
        r#"{"a":{"S":""},"\u0061":{"S":""}}"#,
        r#"{"a":{"M":{"b":{"S":""},"c":{"S":""},"b":{"N":"1"}}}}"#,
        &many("n7"),
        &deep(100),
        // Values of no type, of two types, or of an unknown type.
        r#"{"a":{}}"#,
        r#"{"a":null}"#,
        r#"{"a":{"S":"","N":"1"}}"#,
        r#"{"a":{"X":""}}"#,
        // Values that are not of their type.
        r#"{"a":{"S":null}}"#,
        r#"{"a":{"N":1}}"#,
        r#"{"a":{"N":"\u0031"}}"#,
        r#"{"a":{"NULL":false}}"#,
        r#"{"a":{"BOOL":"true"}}"#,
        r#"{"a":{"B":"AA"}}"#,
        r#"{"a":{"B":"A\/=="}}"#,
        r#"{"a":{"SS":["a",1]}}"#,
        r#"{"a":{"L":[{"S":"a"},]}}"#,
        // Texts that are no JSON.
        r#"{"a":{"S":"\ud800"}}"#,
        r#"{"a":{"S":"\x"}}"#,
        "{\"a\":{\"S\":\"\n\"}}",
        r#"{"a":{"S":""}"#,
        r#"{"a":{"S":""}},"#,
        r#"{"a" {"S":""}}"#,
        "[]",
    ] {
        assert!(!is_direct(item), "{item}");
    }
}

/// The names of an item are compared with those of the item before it, so what follows another item has tests of its
/// own.
#[test]
fn items_that_follow_others_are_checked_as_the_first_one_is() {
    let first = r#"{"a":{"S":"1"},"b":{"N":"1"},"c":{"M":{"d":{"B":"AA=="}}},"e":{"BOOL":true},"f":{"B":"AA=="}}"#;
    let page = |item: &str| {
        let answer = format!("{{\"Items\":[{first},{item},{first}]}}");
        let cut = super::answer::cut(&answer, "Items").ok()?;
        let page = Page::new(answer.into(), cut.items, cut.checker);
        let names = |at| page.item_names(at);
        Some([names(0), names(1), names(2)])
    };
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let whole = names(&["a", "b", "c", "e", "f"]);
    for (item, wanted) in [
        (first, &["a", "b", "c", "e", "f"][..]),
        ("{}", &[]),
        // Fewer attributes, in the same order and in another.
        (r#"{"a":{"S":""},"c":{"M":{}},"f":{"B":""}}"#, &["a", "c", "f"]),
        (r#"{"f":{"B":""},"a":{"S":""}}"#, &["f", "a"]),
        // More attributes, at each end and between.
        (r#"{"x":{"S":""},"a":{"S":""},"b":{"N":"1"}}"#, &["x", "a", "b"]),
        (r#"{"a":{"S":""},"x":{"S":""},"b":{"N":"1"},"e":{"BOOL":false}}"#, &["a", "x", "b", "e"]),
        (r#"{"e":{"BOOL":false},"f":{"B":""},"x":{"S":""}}"#, &["e", "f", "x"]),
        // Attributes of other types, and names that begin alike.
        (r#"{"a":{"N":"1"},"b":{"S":"1"}}"#, &["a", "b"]),
        (r#"{"ab":{"S":""},"a":{"S":""}}"#, &["ab", "a"]),
        (r#"{ "a":{"S":""}, "b" : {"N":"1"}}"#, &["a", "b"]),
    ] {
        assert_eq!(page(item), Some([whole.clone(), names(wanted), whole.clone()]), "{item}");
    }
    for item in [
        r#"{"a":{"S":""},"a":{"S":""}}"#,
        r#"{"a":{"S":""},"b":{"N":"1"},"a":{"S":""}}"#,
        r#"{"b":{"N":"1"},"a":{"S":""},"b":{"N":"1"}}"#,
        r#"{"a":{"S":""},"b":{"N":"1"},"\u0061":{"S":""}}"#,
        r#"{"a":{"S":"","N":"1"}}"#,
        r#"{"a":{"S":"\ud800"}}"#,
        r#"{"b":{"N":"\u0031"}}"#,
        r#"{"f":{"B":"AA"}}"#,
        r#"{"e":{"BOOL":"true"}}"#,
        r#"{"c":{"M":{"d":{"S":""},"d":{"S":""}}}}"#,
        r#"{"a":{"S":""}"#,
        r#"{"a":{"S":""#,
    ] {
        assert_eq!(page(item), None, "{item}");
    }
}

#[test]
fn items_are_in_the_member_of_their_operation() {
    let items = |operation: &operation::Operation, success, answer: &str| {
        super::answer::cut(answer, operation.member(success)).map(|cut| cut.items.len())
    };
    let answer = r#"{"Item":{"a":{"S":""}},"Items":[{},{}],"Attributes":{}}"#;
    assert_eq!(items(&operation::GET_ITEM, true, answer), Ok(1));
    assert_eq!(items(&operation::QUERY, true, answer), Ok(2));
    assert_eq!(items(&operation::QUERY, true, r#"{"Item":{},"Item[s":[]}"#), Ok(0));
    assert_eq!(items(&operation::PUT_ITEM, true, r#"{"Item":{}}"#), Ok(0));
    assert_eq!(items(&operation::PUT_ITEM, false, r#"{"Item":{}}"#), Ok(1));
    assert_eq!(items(&operation::TRANSACT_WRITE_ITEMS, true, answer), Ok(0));
}
