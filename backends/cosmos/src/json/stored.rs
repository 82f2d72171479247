//! Values of requests in the form in which documents hold them, so that core's evaluator compares like with like.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable_core::value::{Map, Set, Value};
use std::collections::BTreeSet;

/// Returns the value as it is read from a document: sets as sorted lists, and binary data as base64 text.
pub(crate) fn stored(value: &Value) -> Value {
    match value {
        Value::Bytes(bytes) => Value::Text(STANDARD.encode(bytes)),
        Value::List(elements) => Value::List(elements.iter().map(stored).collect()),
        Value::Set(set) => Value::List(elements(set)),
        Value::Map(map) => {
            let mut all = Map::new();
            for (name, value) in map.iter() {
                all.insert(name, stored(value));
            }
            Value::Map(all)
        }
        other => other.clone(),
    }
}

fn elements(set: &Set) -> Vec<Value> {
    match set {
        Set::Text(all) => all.iter().map(|text| Value::Text(text.clone())).collect(),
        Set::Numbers(all) => all.iter().map(|number| Value::Number(*number)).collect(),
        Set::Bytes(all) => all.iter().map(|bytes| Value::Text(STANDARD.encode(bytes))).collect(),
    }
}

/// Returns the binary data that is stored as this value.
pub(crate) fn as_bytes(value: &Value) -> Option<Vec<u8>> {
    STANDARD.decode(value.as_text()?).ok()
}

/// Returns the set that is stored as this list, of elements of the type of those of `like`. `None` if the list has
/// other elements.
pub(crate) fn as_set(list: &[Value], like: &Set) -> Option<Set> {
    let text = |value: &Value| value.as_text().map(str::to_owned);
    Some(match like {
        Set::Text(_) => Set::Text(list.iter().map(text).collect::<Option<BTreeSet<_>>>()?),
        Set::Numbers(_) => {
            Set::Numbers(list.iter().map(Value::as_number).collect::<Option<BTreeSet<_>>>()?)
        }
        Set::Bytes(_) => Set::Bytes(list.iter().map(as_bytes).collect::<Option<BTreeSet<_>>>()?),
    })
}
