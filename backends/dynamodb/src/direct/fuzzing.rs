//! What the fuzz targets in `fuzz/` call. It is compiled for them only.
// A panic is a failed test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::compare::{ANSWERS, compare, get, same};
use super::operation;
use crate::Attributes;
use monotable_core::value::Map;

/// Reads an answer with both codecs. The first byte says of which operation it is.
///
/// # Panics
///
/// If one of them panics, or if they do not read the same.
pub fn answer(input: &[u8]) {
    let Some((first, body)) = input.split_first() else { return };
    let (operation, take, status) = ANSWERS[usize::from(*first) % ANSWERS.len()];
    compare(operation, take, status, body);
}

/// Writes an item with both codecs.
///
/// # Panics
///
/// If one of them panics, or if they do not write the same.
pub fn item(map: &Map) {
    let message = |error: monotable_core::Error| error.to_string();
    let sdk = Attributes::encode(map).map_err(message);
    let direct = Attributes::encode_json(map).map_err(message);
    match (direct, sdk) {
        (Ok(direct), Ok(sdk)) => {
            let body = format!("{{\"Item\":{}}}", direct.json().unwrap_or_default());
            assert_eq!(compare(&operation::GET_ITEM, get, 200, body.as_bytes()), 1, "{body}");
            same(&direct, &sdk);
        }
        (direct, sdk) => assert_eq!(direct.err(), sdk.err()),
    }
}
