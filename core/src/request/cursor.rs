//! Cursors: the end of a page, as an opaque text.

use super::{Position, PrimaryKey, Query, SortKeys};
use crate::error::{Error, Kind, Result};
use crate::key::{PARTITION_KEY_BYTES, SORT_KEY_BYTES};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use siphasher::sip::SipHasher13;
use std::fmt;
use std::hash::{Hash as _, Hasher as _};
use std::str::FromStr;

/// The version that this build writes and reads.
const VERSION: u8 = 1;
/// Version, fingerprint and checksum.
const FRAME: usize = 1 + 8 + 4;

/// Marks the end of a page of a query. Give it to [`Query::after`](crate::Query::after) of the same
/// query to read the next page.
///
/// A cursor is an opaque text that is safe in URLs. It belongs to one query, which means to its entity,
/// access pattern, keys and direction. The `limit`, `page_size` and `filter` may be different.
///
/// A cursor contains only those parts of the last item's keys that the query does not have. A checksum
/// detects accidental changes. A cursor is neither secret nor signed: everybody who has it can read the
/// keys in it. A forged cursor cannot read anything outside the query that it is given to.
///
/// # Example: a cursor in the link of a web page
///
/// ```
/// fn next_link(cursor: &monotable_core::Cursor) -> String {
///     format!("/orders?after={cursor}")
/// }
/// fn read_link(after: &str) -> monotable_core::Result<monotable_core::Cursor> {
///     after.parse()
/// }
/// assert!(read_link("garbage").unwrap_err().is_invalid_cursor());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[doc(alias("ExclusiveStartKey", "LastEvaluatedKey", "pagination"))]
pub struct Cursor {
    fingerprint: u64,
    payload: Vec<u8>,
}

/// What a query has in common with all its cursors. It is created once for each page, before the
/// request is sent.
#[derive(Debug)]
pub(crate) struct Bookmark {
    fingerprint: u64,
    /// The text that every sort key of the query begins with.
    sort: String,
    /// The texts that every primary key of the query's entity begins with.
    literals: [&'static str; 2],
    is_index: bool,
}

impl Bookmark {
    /// Creates the bookmark of a query for an entity whose primary keys begin with `literals`.
    pub(crate) fn of(query: &Query, literals: [&'static str; 2]) -> Self {
        Bookmark {
            fingerprint: fingerprint(query),
            sort: known_prefix(&query.sort),
            literals,
            is_index: query.index.is_some(),
        }
    }

    /// The cursor of a page that ended at `last`.
    pub(crate) fn cursor(&self, last: &Position) -> Result<Cursor> {
        let mut payload = Vec::with_capacity(32);
        let mut push = |key: &str, known: &str| -> Option<()> {
            let rest = key.strip_prefix(known)?;
            payload.extend(u16::try_from(rest.len()).ok()?.to_be_bytes());
            payload.extend(rest.as_bytes());
            Some(())
        };
        let [pk, sk] = self.literals;
        let pushed = push(last.sort(), &self.sort).and_then(|()| match last.primary() {
            Some(key) => push(&key.pk, pk).and_then(|()| push(&key.sk, sk)),
            None => Some(()),
        });
        match pushed {
            Some(()) => Ok(Cursor { fingerprint: self.fingerprint, payload }),
            None => Err(Error::new(Kind::Decode, "the page ended at a key outside the query")),
        }
    }

    /// The position of a cursor in the query, which reads the sort keys `sort`.
    pub(crate) fn position(&self, cursor: &Cursor, sort: &SortKeys) -> Result<Position> {
        if cursor.fingerprint != self.fingerprint {
            return Err(invalid(
                "belongs to another query: give it to the query that it came from, with the same keys and direction",
            ));
        }
        let mut rest = cursor.payload.as_slice();
        let mut take = |known: &str| -> Option<String> {
            let (length, after) = rest.split_first_chunk::<2>()?;
            let (text, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            rest = after;
            Some(format!("{known}{}", std::str::from_utf8(text).ok()?))
        };
        let [pk, sk] = self.literals;
        let key = take(&self.sort);
        let primary = match &key {
            Some(_) if self.is_index => {
                take(pk).zip(take(sk)).map(|(pk, sk)| PrimaryKey { pk, sk })
            }
            _ => None,
        };
        // Only a forged cursor can have keys that no store has.
        let fits = |pk: &str, sk: &str| {
            (1..=PARTITION_KEY_BYTES).contains(&pk.len())
                && (1..=SORT_KEY_BYTES).contains(&sk.len())
        };
        let in_query = rest.is_empty()
            && key.as_ref().is_some_and(|key| fits("?", key) && contains(sort, key))
            && primary.as_ref().is_none_or(|primary| fits(&primary.pk, &primary.sk));
        match (key, primary) {
            (Some(key), Some(primary)) if in_query => Ok(Position::in_index(key, primary)),
            (Some(key), None) if in_query && !self.is_index => Ok(Position::in_table(key)),
            _ => Err(invalid("has no position in this query")),
        }
    }
}

impl Cursor {
    fn frame(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FRAME + self.payload.len());
        bytes.push(VERSION);
        bytes.extend(self.fingerprint.to_be_bytes());
        bytes.extend(&self.payload);
        bytes.extend(checksum(&bytes));
        bytes
    }

    fn unframe(bytes: &[u8]) -> Result<Self> {
        match bytes.first() {
            Some(&VERSION) => {}
            Some(&other) => {
                return Err(invalid(format!(
                    "has version {other}, or is not a cursor, and this build reads version {VERSION}: start again from the first page"
                )));
            }
            None => return Err(invalid("is empty")),
        }
        let parsed = bytes.split_last_chunk::<4>().and_then(|(body, sum)| {
            let (fingerprint, payload) = body.get(1..)?.split_first_chunk::<8>()?;
            (checksum(body) == *sum).then(|| Cursor {
                fingerprint: u64::from_be_bytes(*fingerprint),
                payload: payload.to_vec(),
            })
        });
        parsed.ok_or_else(|| invalid("was truncated or changed"))
    }
}

/// The text that all sort keys of a query begin with.
fn known_prefix(sort: &SortKeys) -> String {
    match sort {
        SortKeys::All => String::new(),
        SortKeys::Equals(key) | SortKeys::BeginsWith(key) => key.clone(),
        SortKeys::Between(lower, upper) => {
            let common = lower.chars().zip(upper.chars()).take_while(|(a, b)| a == b);
            common.map(|(a, _)| a).collect()
        }
    }
}

fn contains(sort: &SortKeys, key: &str) -> bool {
    match sort {
        SortKeys::All => true,
        SortKeys::Equals(wanted) => key == wanted,
        SortKeys::BeginsWith(prefix) => key.starts_with(prefix.as_str()),
        SortKeys::Between(lower, upper) => (lower.as_str()..=upper.as_str()).contains(&key),
    }
}

/// The identity of a query: a hash of everything that decides which items it reads, and in which order.
fn fingerprint(query: &Query) -> u64 {
    // The keys of the hash are part of the format: cursors with other keys would be refused.
    let mut hasher = SipHasher13::new_with_keys(0x6d6f_6e6f_7461_626c, u64::from(VERSION));
    let mut text = |text: &str| {
        hasher.write_u64(text.len() as u64);
        hasher.write(text.as_bytes());
    };
    text(query.table.name);
    text(query.entity);
    text(query.index.map_or("", |index| index.name));
    text(&query.pk);
    let (kind, keys) = match &query.sort {
        SortKeys::All => ("all", ["", ""]),
        SortKeys::Equals(key) => ("equals", [key.as_str(), ""]),
        SortKeys::BeginsWith(key) => ("begins_with", [key.as_str(), ""]),
        SortKeys::Between(lower, upper) => ("between", [lower.as_str(), upper.as_str()]),
    };
    text(kind);
    keys.into_iter().for_each(&mut text);
    query.descending.hash(&mut hasher);
    hasher.finish()
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut hasher = SipHasher13::new_with_keys(0x6375_7273_6f72, 0);
    hasher.write(bytes);
    let [a, b, c, d, ..] = hasher.finish().to_be_bytes();
    [a, b, c, d]
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(Kind::InvalidCursor, format!("the cursor {}", message.into()))
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(self.frame()))
    }
}

impl FromStr for Cursor {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        match BASE64_URL_SAFE_NO_PAD.decode(text) {
            Ok(bytes) => Cursor::unframe(&bytes),
            Err(_) => Err(invalid(
                "is not valid: it has to be the text that the cursor of a page displays",
            )),
        }
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Cursor;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a cursor")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Cursor, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns whether a cursor with these texts, as only a forged one can have, is accepted.
    fn accepts(is_index: bool, texts: &[&str]) -> bool {
        let bookmark =
            Bookmark { fingerprint: 1, sort: String::new(), literals: ["", ""], is_index };
        let mut payload = Vec::new();
        for text in texts {
            payload.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
            payload.extend(text.bytes());
        }
        match bookmark.position(&Cursor { fingerprint: 1, payload }, &SortKeys::All) {
            Ok(_) => true,
            Err(error) => {
                assert!(error.is_invalid_cursor(), "{error:?}");
                false
            }
        }
    }

    #[test]
    fn keys_that_no_store_has_are_refused() {
        let (sort, partition) = ("s".repeat(1024), "p".repeat(2048));
        assert!(accepts(false, &[&sort]) && accepts(true, &["a", &partition, &sort]));
        assert!(!accepts(false, &[""]) && !accepts(false, &[&(sort.clone() + "s")]));
        for texts in [
            ["", "p", "s"],
            ["a", "", "s"],
            ["a", "p", ""],
            ["a", &(partition + "p"), "s"],
            ["a", "p", &(sort + "s")],
        ] {
            assert!(!accepts(true, &texts), "{texts:?}");
        }
    }
}
