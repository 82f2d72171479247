//! How keys are laid out, so that byte order is the order of queries. Version 1 of the format.
//!
//! Text is written so that it can be followed by more: each byte `00` as `00 FF`, and `00 01` at
//! its end. Written texts keep their order, and none is a prefix of another, whatever bytes they
//! hold.
//!
//! ```text
//! row     pk, sk as it is                            -> the item
//! entry   index, index pk, index sk, then the row    -> nothing
//! ```
//!
//! So the rows of a partition are adjacent and in the order of their sort keys, and the entries of
//! an index partition are in the order of the index's sort key, then of the primary partition key,
//! then of the primary sort key. The end of an entry is the key of its row: an entry repeats no
//! attribute, and what an index projects is taken from the row when it is read.
//!
//! What the store keeps for itself is among them, behind `00 02`, with which no written text begins:
//!
//! ```text
//! row     00 02, token                               -> the transaction that was made with it
//! entry   00 02, seconds since 1970, then `i` and a row or `t` and a token: what is to go then
//! ```
//!
//! Seconds are eight bytes, the sign bit flipped and the greatest first.

mod own;
mod range;

pub(crate) use own::{Due, due_item, due_token, due_until, read_due, token};
pub(crate) use range::{KeyRange, entries, rows};

/// Ends a text. Greater than the end of nothing, less than an escaped zero and any other byte.
const END: [u8; 2] = [0, 1];
/// What a zero byte is written as.
const ZERO: [u8; 2] = [0, 0xFF];

/// The key of a row.
pub(crate) fn row(pk: &str, sk: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(pk.len() + END.len() + sk.len());
    push_text(&mut key, pk);
    key.extend_from_slice(sk.as_bytes());
    key
}

/// The key of the entry on an index of the row with the key `row`.
pub(crate) fn entry(index: &str, pk: &str, sk: &str, row: &[u8]) -> Vec<u8> {
    let length = index.len() + pk.len() + sk.len() + 3 * END.len() + row.len();
    let mut key = Vec::with_capacity(length);
    push_text(&mut key, index);
    push_text(&mut key, pk);
    push_text(&mut key, sk);
    key.extend_from_slice(row);
    key
}

/// The partition key and the sort key of a row; `None` if this is no row's key.
pub(crate) fn read_row(key: &[u8]) -> Option<(String, String)> {
    let (pk, sk) = read_text(key)?;
    Some((pk, String::from_utf8(sk.to_vec()).ok()?))
}

/// The index's sort key, and the key of the row; `None` if this is no entry's key.
pub(crate) fn read_entry(key: &[u8]) -> Option<(String, &[u8])> {
    let (_index, rest) = split_text(key)?;
    let (_pk, rest) = split_text(rest)?;
    read_text(rest)
}

/// The key of the row that an entry stands for; `None` if this is no entry's key.
pub(crate) fn row_of_entry(key: &[u8]) -> Option<&[u8]> {
    let (_index, rest) = split_text(key)?;
    let (_pk, rest) = split_text(rest)?;
    Some(split_text(rest)?.1)
}

/// Writes a text and its end.
fn push_text(key: &mut Vec<u8>, text: &str) {
    push_escaped(key, text);
    key.extend_from_slice(&END);
}

/// Writes a text without its end: the beginning of every text that begins with it.
fn push_escaped(key: &mut Vec<u8>, text: &str) {
    let mut parts = text.as_bytes().split(|byte| *byte == 0);
    key.extend_from_slice(parts.next().unwrap_or_default());
    for part in parts {
        key.extend_from_slice(&ZERO);
        key.extend_from_slice(part);
    }
}

/// A text as it is written, without its end, and what follows it.
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

/// A text, and what follows it.
fn read_text(key: &[u8]) -> Option<(String, &[u8])> {
    let (written, rest) = split_text(key)?;
    let mut text = Vec::with_capacity(written.len());
    let mut bytes = written.iter();
    while let Some(byte) = bytes.next() {
        text.push(*byte);
        if *byte == 0 {
            // The second byte of an escaped zero.
            bytes.next();
        }
    }
    Some((String::from_utf8(text).ok()?, rest))
}

#[cfg(test)]
mod tests;
