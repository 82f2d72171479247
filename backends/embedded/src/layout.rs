//! The bytes of the keys of rows and index entries. Their byte order is the order of queries. This
//! is version 1 of the format.
//!
//! A text is encoded so that more can follow it: each byte `00` becomes `00 FF`, and `00 01` marks
//! the end. Encoded texts sort as the texts do, and no encoded text is a prefix of another one.
//!
//! ```text
//! key of a row       pk encoded, sk as it is                                -> the item
//! key of an entry    index, index pk, index sk, all encoded; key of the row -> nothing
//! ```
//!
//! So the rows of a partition are adjacent and sorted by sort key. The entries of a partition of an
//! index are adjacent and sorted by the sort key of the index, then by the partition key and the
//! sort key of the item. An entry ends with the key of its row and holds no attributes: a query of
//! an index reads the attributes from the row. If the keys of the index are attributes of its items, the two
//! texts are replaced by encoded values (`attributes`).
//!
//! The store's own rows and entries are in the same maps. Their keys begin with `00 02`, which no
//! encoded text begins with:
//!
//! ```text
//! key of a row       00 02, token                           -> a record of the transaction
//! key of an entry    00 02, time, `i`, key of the row       -> nothing; when an item expires
//! key of an entry    00 02, time, `t`, token                -> nothing; when a token expires
//! ```
//!
//! A time is the number of seconds since 1970 in eight bytes, big-endian, with the sign bit flipped
//! so that the bytes sort as the numbers do.

mod attributes;
mod own;
mod range;

pub(crate) use attributes::{attribute_entries, attribute_entry};
pub(crate) use own::{Due, due_item, due_token, due_until, is_own, read_due, token};
pub(crate) use range::{KeyRange, entries, rows};

/// The end of an encoded text. It sorts before everything that a text can continue with.
const END: [u8; 2] = [0, 1];
/// The encoding of a zero byte.
const ZERO: [u8; 2] = [0, 0xFF];

/// Returns the key of a row.
pub(crate) fn row(pk: &str, sk: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(pk.len() + END.len() + sk.len());
    push_text(&mut key, pk);
    key.extend_from_slice(sk.as_bytes());
    key
}

/// Returns the key of an index entry. `row` is the key of the row that it points to.
pub(crate) fn entry(index: &str, pk: &str, sk: &str, row: &[u8]) -> Vec<u8> {
    let length = index.len() + pk.len() + sk.len() + 3 * END.len() + row.len();
    let mut key = Vec::with_capacity(length);
    push_text(&mut key, index);
    push_text(&mut key, pk);
    push_text(&mut key, sk);
    key.extend_from_slice(row);
    key
}

/// Returns the partition key and the sort key of a row, or `None` if `key` is not the key of a row.
pub(crate) fn read_row(key: &[u8]) -> Option<(String, String)> {
    let (pk, sk) = read_text(key)?;
    Some((pk, String::from_utf8(sk.to_vec()).ok()?))
}

/// Returns the sort key on the index and the key of the row, or `None` if `key` is not the key of
/// an index entry.
pub(crate) fn read_entry(key: &[u8]) -> Option<(String, &[u8])> {
    let (_index, rest) = split_text(key)?;
    let (_pk, rest) = split_text(rest)?;
    read_text(rest)
}

/// Returns the key of the row that an entry points to, or `None` if `key` is not the key of an
/// index entry.
pub(crate) fn row_of_entry(key: &[u8]) -> Option<&[u8]> {
    let (_index, rest) = split_text(key)?;
    let (_pk, rest) = split_text(rest)?;
    Some(split_text(rest)?.1)
}

/// Appends an encoded text with its end.
fn push_text(key: &mut Vec<u8>, text: &str) {
    push_bytes(key, text.as_bytes());
}

/// Appends encoded bytes with their end.
fn push_bytes(key: &mut Vec<u8>, bytes: &[u8]) {
    push_escaped(key, bytes);
    key.extend_from_slice(&END);
}

/// Appends encoded bytes without their end. The result is a prefix of all encoded bytes that begin with
/// `bytes`.
fn push_escaped(key: &mut Vec<u8>, bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0);
    key.extend_from_slice(parts.next().unwrap_or_default());
    for part in parts {
        key.extend_from_slice(&ZERO);
        key.extend_from_slice(part);
    }
}

/// Splits a key after its first text. Returns the text, still encoded and without its end, and the
/// rest of the key.
fn split_text(key: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut from = 0;
    loop {
        let zero = from + key.get(from..)?.iter().position(|byte| *byte == 0)?;
        let after = zero + END.len();
        match key.get(zero..after)? {
            pair if pair == END => return Some((key.get(..zero)?, key.get(after..)?)),
            pair if pair == ZERO => from = after,
            _ => return None,
        }
    }
}

/// Decodes the first text of a key. Returns it with the rest of the key.
fn read_text(key: &[u8]) -> Option<(String, &[u8])> {
    let (written, rest) = split_text(key)?;
    let mut text = Vec::with_capacity(written.len());
    let mut bytes = written.iter();
    while let Some(byte) = bytes.next() {
        text.push(*byte);
        if *byte == 0 {
            // Skips the second byte of an encoded zero.
            bytes.next();
        }
    }
    Some((String::from_utf8(text).ok()?, rest))
}

#[cfg(test)]
mod tests;
