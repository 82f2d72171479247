//! The keys of the store's own rows and entries.

use super::KeyRange;

/// The beginning of these keys. No encoded text begins so, because `FF` or `01` follows its zeros.
const OWN: [u8; 2] = [0, 2];
/// The length of a time in bytes.
const TIME: usize = 8;
const ITEM: u8 = b'i';
const TOKEN: u8 = b't';

/// Something that expires.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Due<'a> {
    /// The item of the row with this key.
    Item(&'a [u8]),
    /// The record of this token.
    Token(&'a str),
}

/// Returns whether a row is one of the store's own.
pub(crate) fn is_own(row: &[u8]) -> bool {
    row.starts_with(&OWN)
}

/// Returns the key of the row that records the transaction with this token.
pub(crate) fn token(token: &str) -> Vec<u8> {
    [&OWN, token.as_bytes()].concat()
}

/// Returns the key of the entry that says when an item expires.
pub(crate) fn due_item(seconds: i64, row: &[u8]) -> Vec<u8> {
    [&OWN, &time(seconds)[..], &[ITEM], row].concat()
}

/// Returns the key of the entry that says when a token expires.
pub(crate) fn due_token(seconds: i64, token: &str) -> Vec<u8> {
    [&OWN, &time(seconds)[..], &[TOKEN], token.as_bytes()].concat()
}

/// Returns the range of the entries of everything that has expired at the time `now`.
pub(crate) fn due_until(now: i64) -> KeyRange {
    KeyRange::from_until(OWN.to_vec(), [&OWN, &time(now.saturating_add(1))[..]].concat())
}

/// Reads the key of an entry. Returns `None` if it is not the key of one of these entries.
pub(crate) fn read_due(key: &[u8]) -> Option<Due<'_>> {
    let (_time, what) = key.strip_prefix(&OWN)?.split_at_checked(TIME)?;
    match what.split_first()? {
        (&ITEM, row) => Some(Due::Item(row)),
        (&TOKEN, token) => Some(Due::Token(str::from_utf8(token).ok()?)),
        _ => None,
    }
}

/// Returns bytes that sort as the seconds do.
fn time(seconds: i64) -> [u8; TIME] {
    (seconds ^ i64::MIN).to_be_bytes()
}
