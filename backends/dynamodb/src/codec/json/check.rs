//! The check of a text, which is done once for each item, and finds where the item ends.

use super::{Type, begin, names};
use crate::json::{Cursor, Invalid, Quoted};
use std::ops::Range;

type Result<T> = std::result::Result<T, Invalid>;

/// The depth up to which items are checked. DynamoDB's limit is 32.
const MAX_DEPTH: u8 = 64;

/// The place of the tag's text, which is read of every item; empty if there is none.
pub(in crate::codec) type TagPlace = Range<usize>;

/// Moves over an item. Returns the place of the text of the attribute `tag`.
///
/// `hashes` is only memory that is used again for each item.
///
/// # Errors
///
/// If it is not an item as DynamoDB sends it, or if two of its attributes may have the same name.
pub(crate) fn item(
    cursor: &mut Cursor<'_>,
    tag: &str,
    hashes: &mut Vec<u32>,
) -> Result<TagPlace> {
    let mut place = 0..0;
    cursor.expect(b'{')?;
    let mut first = true;
    while cursor.next(b'}', &mut first)? {
        // A name with an escape may equal a name without one.
        let name = cursor.name()?;
        let hash = names::hash(&name.text()?);
        if names::add(hashes, 0, hash) {
            return Err(Invalid);
        }
        if name.raw == tag {
            place = text(cursor)?;
        } else {
            value(cursor, MAX_DEPTH)?;
        }
    }
    if names::end(hashes, 0) { Err(Invalid) } else { Ok(place) }
}

/// Moves over the value of the tag. Returns its place if it is text without escapes.
fn text(cursor: &mut Cursor<'_>) -> Result<TagPlace> {
    let mut inside = *cursor;
    value(cursor, MAX_DEPTH)?;
    if begin(&mut inside)? != Type::Text {
        return Ok(0..0);
    }
    let text = inside.string()?;
    let end = inside.at() - 1;
    Ok(if text.escaped { 0..0 } else { end - text.raw.len()..end })
}

fn value(cursor: &mut Cursor<'_>, depth: u8) -> Result<()> {
    match begin(cursor)? {
        Type::Text => {
            checked(cursor.string()?)?;
        }
        Type::Number => {
            cursor.string()?.plain()?;
        }
        Type::Bytes => base64(cursor)?,
        Type::Bool => {
            cursor.bool()?;
        }
        Type::Null => {
            if !cursor.bool()? {
                return Err(Invalid);
            }
        }
        Type::List => {
            let depth = depth.checked_sub(1).ok_or(Invalid)?;
            elements(cursor, |cursor| value(cursor, depth))?;
        }
        Type::Map => {
            let depth = depth.checked_sub(1).ok_or(Invalid)?;
            cursor.expect(b'{')?;
            let mut first = true;
            while cursor.next(b'}', &mut first)? {
                checked(cursor.name()?)?;
                value(cursor, depth)?;
            }
        }
        Type::Texts => elements(cursor, |cursor| checked(cursor.string()?).map(drop))?,
        Type::Numbers => elements(cursor, |cursor| cursor.string()?.plain().map(drop))?,
        Type::BytesSet => elements(cursor, base64)?,
    }
    cursor.expect(b'}')
}

fn elements<'a>(
    cursor: &mut Cursor<'a>,
    element: impl Fn(&mut Cursor<'a>) -> Result<()>,
) -> Result<()> {
    cursor.expect(b'[')?;
    let mut first = true;
    while cursor.next(b']', &mut first)? {
        element(cursor)?;
    }
    Ok(())
}

/// Checks the escapes of a string.
#[inline]
fn checked(text: Quoted<'_>) -> Result<Quoted<'_>> {
    if text.escaped {
        text.text()?;
    }
    Ok(text)
}

/// Moves over binary data, which has to be padded base64.
fn base64(cursor: &mut Cursor<'_>) -> Result<()> {
    let text = cursor.string()?.plain()?;
    aws_smithy_types::base64::decode(text).map(drop).map_err(|_| Invalid)
}
