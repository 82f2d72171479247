//! Keys of what the store keeps for itself.

use super::KeyRange;

/// Begins them all: a text begins with neither, for it goes on with `FF` or `01` behind a zero.
const OWN: [u8; 2] = [0, 2];
/// How many bytes a time takes.
const TIME: usize = 8;
const ITEM: u8 = b'i';
const TOKEN: u8 = b't';

/// What is to go at a time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Due<'a> {
    /// The item of the row with this key.
    Item(&'a [u8]),
    /// What is known of this token.
    Token(&'a str),
}

/// The key of the row that says what was made with a token.
pub(crate) fn token(token: &str) -> Vec<u8> {
    [&OWN, token.as_bytes()].concat()
}

/// The key of the entry that says when an item is to go.
pub(crate) fn due_item(seconds: i64, row: &[u8]) -> Vec<u8> {
    [&OWN, &time(seconds)[..], &[ITEM], row].concat()
}

/// The key of the entry that says when a token is to be forgotten.
pub(crate) fn due_token(seconds: i64, token: &str) -> Vec<u8> {
    [&OWN, &time(seconds)[..], &[TOKEN], token.as_bytes()].concat()
}

/// The entries of what is to go by `now`.
pub(crate) fn due_until(now: i64) -> KeyRange {
    KeyRange::from_until(OWN.to_vec(), [&OWN, &time(now.saturating_add(1))[..]].concat())
}

/// What an entry says is to go; `None` if it is none of these.
pub(crate) fn read_due(key: &[u8]) -> Option<Due<'_>> {
    let (_time, what) = key.strip_prefix(&OWN)?.split_at_checked(TIME)?;
    match what.split_first()? {
        (&ITEM, row) => Some(Due::Item(row)),
        (&TOKEN, token) => Some(Due::Token(str::from_utf8(token).ok()?)),
        _ => None,
    }
}

/// Seconds in the order of their bytes.
fn time(seconds: i64) -> [u8; TIME] {
    (seconds ^ i64::MIN).to_be_bytes()
}
