//! Cursors: the end of a page, as an opaque text.

use crate::error::{Error, Kind, Result};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use siphasher::sip::SipHasher13;
use std::fmt;
use std::hash::Hasher as _;
use std::str::FromStr;

/// The version that this build writes and reads.
pub(super) const VERSION: u8 = 1;
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
    pub(super) fingerprint: u64,
    pub(super) payload: Vec<u8>,
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

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let mut hasher = SipHasher13::new_with_keys(0x6375_7273_6f72, 0);
    hasher.write(bytes);
    let [a, b, c, d, ..] = hasher.finish().to_be_bytes();
    [a, b, c, d]
}

pub(super) fn invalid(message: impl Into<String>) -> Error {
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
