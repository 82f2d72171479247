//! The binary form of an item: what the embedded store keeps in memory and on disk.
//!
//! Version 1. Durable: bytes once written must stay readable, so tags may be added and never change
//! their meaning. Everything is little-endian.
//!
//! ```text
//! item   = 0x01 size:u32 entry*          to the end of the bytes; size is the item's DynamoDB size
//! entry  = length name:utf8 value
//! length = LEB128 of a u32, 1 to 5 bytes
//! value  =
//!   0x01                                 null
//!   0x02 | 0x03                          false | true
//!   0x04 length utf8                     text
//!   0x05 length byte*                    bytes
//!   0x06 u32 value*                      list; the u32 is the length of the values in bytes
//!   0x07 u32 entry*                      map; likewise
//!   0x08 f64                             float, finite
//!   0x10 u8 | 0x11 u16 | 0x12 u32 | 0x13 u64 | 0x14 u128
//!                                        integer n >= 0
//!   0x18 u8 | 0x19 u16 | 0x1a u32 | 0x1b u64 (< 2^63) | 0x1c u128 (< 2^127)
//!                                        integer -1 - n
//!   0x20 i16 integer                     decimal: the integer times ten to the i16
//!   0x30 | 0x31 | 0x32 u32 value*        set of texts | numbers | bytes; likewise
//!   0x40 ..= 0x7f                        integer 0 ..= 63
//!   0x80 ..= 0xff                        text of 0 ..= 127 bytes, which follow
//! ```
//!
//! - Every value can be skipped in one step, because lists, maps and sets begin with their length. The
//!   length has a fixed width, so that it can be filled in after the content has been written.
//! - A decimal's integer does not end in a zero, and a number is a decimal only if it is not an
//!   integer that has a form of its own. Its integer has at most 38 digits, and its first digit
//!   stands for a power of ten from -130 to 125.
//! - The elements of a set are different and in ascending order: texts and bytes by their bytes,
//!   numbers by their value. A set has at least one.
//! - Names are unique in an item and in a map. The writer ensures this, and uses the shortest form of
//!   every number and length. A reader does not have to check either.
//! - 0x00 is not a tag, so that a run of zeros is not an item.

use super::{ValueError, front};

mod input;
mod reader;
mod writer;

pub(super) use reader::{Raw, Reader};
pub(super) use writer::Writer;

pub(super) const VERSION: u8 = 1;

pub(super) const NULL: u8 = 0x01;
pub(super) const FALSE: u8 = 0x02;
pub(super) const TRUE: u8 = 0x03;
pub(super) const TEXT: u8 = 0x04;
pub(super) const BYTES: u8 = 0x05;
pub(super) const LIST: u8 = 0x06;
pub(super) const MAP: u8 = 0x07;
pub(super) const FLOAT: u8 = 0x08;
pub(super) const U8: u8 = 0x10;
pub(super) const U16: u8 = 0x11;
pub(super) const U32: u8 = 0x12;
pub(super) const U64: u8 = 0x13;
pub(super) const U128: u8 = 0x14;
/// Added to the tag of an `n` to make it the tag of `-1 - n`.
pub(super) const NEGATIVE: u8 = 0x08;
pub(super) const DECIMAL: u8 = 0x20;
pub(super) const TEXT_SET: u8 = 0x30;
pub(super) const NUMBER_SET: u8 = 0x31;
pub(super) const BYTES_SET: u8 = 0x32;
pub(super) const SMALL_INT: u8 = 0x40;
pub(super) const SMALL_INT_MAX: u8 = 0x3f;
pub(super) const SHORT_TEXT: u8 = 0x80;
pub(super) const SHORT_TEXT_MAX: usize = 0x7f;

/// Returns the header of an item of this size.
pub(super) fn header(size: usize) -> Result<[u8; 5], ValueError> {
    let size = u32::try_from(size).map_err(|_| too_large())?;
    let [a, b, c, d] = size.to_le_bytes();
    Ok([VERSION, a, b, c, d])
}

pub(super) fn too_large() -> ValueError {
    ValueError::new("larger than 4 GiB")
}

fn split(item: &[u8]) -> Result<(usize, &[u8]), ValueError> {
    let ([version, size @ ..], entries) =
        item.split_first_chunk::<5>().ok_or_else(ValueError::damaged)?;
    if *version != VERSION {
        return Err(ValueError::new(
            "the stored bytes are not in a format that this version knows",
        ));
    }
    Ok((usize::try_from(u32::from_le_bytes(*size)).map_err(|_| too_large())?, entries))
}

/// Returns the size of an item, from its header.
pub(super) fn size(item: &[u8]) -> Result<usize, ValueError> {
    Ok(split(item)?.0)
}

/// Returns the entries of an item.
#[inline]
pub(super) fn entries(item: &[u8]) -> Result<&[u8], ValueError> {
    Ok(split(item)?.1)
}

/// Returns the value of the entry called `name`.
pub(super) fn find<'a>(entries: &'a [u8], name: &str) -> Result<Option<Raw<'a>>, ValueError> {
    let mut reader = Reader::new(entries);
    while !reader.is_empty() {
        let (known, value) = reader
            .name()
            .and_then(|known| Some((known, reader.value()?)))
            .ok_or_else(ValueError::damaged)?;
        if known == name.as_bytes() {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// Returns the name that two of these entries have, if there is one.
pub(super) fn duplicate(entries: &[u8]) -> Option<&[u8]> {
    let mut reader = Reader::new(entries);
    let mut names = Vec::new();
    while let Some((name, ..)) = reader.entry() {
        names.push(name);
    }
    names.sort_unstable();
    names.iter().zip(names.iter().skip(1)).find(|(a, b)| a == b).map(|(name, _)| *name)
}

pub(super) fn project(item: &[u8], keep: &[&str]) -> Result<Vec<u8>, ValueError> {
    let mut out = Vec::with_capacity(item.len());
    out.extend_from_slice(&header(0)?);
    let mut total = 0;
    let mut reader = Reader::new(entries(item)?);
    while !reader.is_empty() {
        let (name, value, whole) = reader.entry().ok_or_else(ValueError::damaged)?;
        if keep.iter().any(|keep| keep.as_bytes() == name) {
            out.extend_from_slice(whole);
            total += name.len() + front::value_size(value)?;
        }
    }
    if let Some(start) = out.first_chunk_mut() {
        *start = header(total)?;
    }
    Ok(out)
}
