//! The sizes of stored values by DynamoDB's published rules, for every format. The rules are listed
//! at [`value::size`](crate::value::size). What a number counts is in `value::measure`.

use super::{Input, Kind, ListInput, MAX_DEPTH, MapInput, Result, Token, not_an_item};
use crate::value::{ValueError, measure};

/// Returns the size of an item: its attributes' names and values.
///
/// # Errors
///
/// If the item is damaged, nested too deep, or not a map.
pub fn item_size<'de, I: Input<'de>>(item: I) -> Result<usize> {
    let map = match (item.kind(), item.token()?) {
        (Kind::Map, Token::Map(map)) => map,
        _ => return Err(not_an_item()),
    };
    entries::<I>(map, 0, MAX_DEPTH)
}

/// Returns the size of a value that has been taken out of its item.
///
/// # Errors
///
/// Those of [`item_size`], except that any type of value will do.
pub(in crate::value) fn value_size<'de, I: Input<'de>>(value: I) -> Result<usize> {
    nested(value, MAX_DEPTH)
}

/// Returns the size of a number that a format holds as text.
pub fn number_size(text: &str) -> usize {
    measure::text(text)
}

/// The size of a value that may hold `depth` levels of values.
fn nested<'de, I: Input<'de>>(value: I, depth: u8) -> Result<usize> {
    let kind = value.kind();
    match kind {
        Kind::Null | Kind::Bool | Kind::Unknown => return Ok(1),
        Kind::Number => return value.number_size(),
        Kind::Text => return value.text_size(),
        Kind::Bytes | Kind::List | Kind::Map | Kind::Set => {}
    }
    match value.token()? {
        Token::Null | Token::Bool(_) => Ok(1),
        Token::Text(text) => Ok(text.len()),
        Token::Bytes(bytes) => Ok(bytes.len()),
        // The published rules do not name sets, so a set has no overhead.
        Token::List(set) if kind == Kind::Set => elements::<I>(set, 0, deeper(depth)?),
        Token::List(list) => Ok(3 + elements::<I>(list, 1, deeper(depth)?)?),
        Token::Map(map) => Ok(3 + entries::<I>(map, 1, deeper(depth)?)?),
    }
}

/// The size of elements, each of which counts `overhead` besides.
fn elements<'de, I: Input<'de>>(mut list: I::List, overhead: usize, depth: u8) -> Result<usize> {
    let mut total = 0;
    while let Some(element) = list.next() {
        total += overhead + nested(element?, depth)?;
    }
    Ok(total)
}

/// The size of entries with their names, each of which counts `overhead` besides.
fn entries<'de, I: Input<'de>>(mut map: I::Map, overhead: usize, depth: u8) -> Result<usize> {
    let mut total = 0;
    while let Some(name) = map.name() {
        total += overhead + name?.len() + nested(map.value()?, depth)?;
    }
    Ok(total)
}

fn deeper(depth: u8) -> Result<u8> {
    depth.checked_sub(1).ok_or_else(|| ValueError::new("nested too deep"))
}
