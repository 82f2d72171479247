//! Requests and answers as texts, and what of the SDK the direct codec depends on.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod differential;
mod random;

use super::operation::{self, ALL};
use super::request::splice;

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
