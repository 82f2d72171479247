//! A record of the log, and its bytes:
//!
//! ```text
//! 0      flags (1): 1 there is an old item, 2 there is a new one, 4 the item has expired
//! 1      time (8), in seconds since 1970
//! 9      length of the key (4), length of the old item (4), or 0
//! 17     key of the row, old item, new item
//! ```
//!
//! Numbers are big-endian.

use crate::document::Document;
use monotable_core::{Error, Kind, Result};

const OLD: u8 = 1;
const NEW: u8 = 2;
const EXPIRY: u8 = 4;
const HEADER: usize = 17;

/// A change of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The key of the item's row.
    pub(crate) row: Vec<u8>,
    /// The item before the change; `None` if there was none.
    pub(crate) old: Option<Document>,
    /// The item after the change; `None` if it was removed.
    pub(crate) new: Option<Document>,
    /// Whether the item was removed because it had expired.
    pub(crate) is_expiry: bool,
    /// When it was committed, in seconds since 1970.
    pub(crate) time: i64,
}

impl Record {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let bytes = |item: &Option<Document>| item.as_ref().map_or(0, |item| item.as_ref().len());
        let size = HEADER + self.row.len() + bytes(&self.old) + bytes(&self.new);
        let mut out = Vec::with_capacity(size);
        let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
        out.push(
            flag(self.old.is_some(), OLD)
                | flag(self.new.is_some(), NEW)
                | flag(self.is_expiry, EXPIRY),
        );
        out.extend_from_slice(&self.time.to_be_bytes());
        // An item has at most 400 KB, and a key 3 KB with all of its bytes escaped.
        for length in [self.row.len(), bytes(&self.old)] {
            out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
        }
        out.extend_from_slice(&self.row);
        for item in [&self.old, &self.new].into_iter().flatten() {
            out.extend_from_slice(item.as_ref());
        }
        out
    }

    /// Reads a record.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch` if the bytes are not those of a record.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Self::read(bytes).ok_or_else(damaged)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (flags, rest) = bytes.split_first()?;
        let (time, rest) = rest.split_first_chunk()?;
        let (row, rest) = rest.split_first_chunk()?;
        let (old, rest) = rest.split_first_chunk()?;
        let length = |bytes: &[u8; 4]| usize::try_from(u32::from_be_bytes(*bytes)).ok();
        let (row, rest) = rest.split_at_checked(length(row)?)?;
        let (old, new) = rest.split_at_checked(length(old)?)?;
        let item = |flag: u8, bytes: &[u8]| (flags & flag != 0).then(|| Document::from(bytes));
        Some(Record {
            row: row.to_vec(),
            old: item(OLD, old),
            new: item(NEW, new),
            is_expiry: flags & EXPIRY != 0,
            time: i64::from_be_bytes(*time),
        })
    }
}

/// Returns the time of a record, which is read without the rest.
///
/// # Errors
///
/// `SchemaMismatch` if the bytes are not those of a record.
pub(crate) fn time(bytes: &[u8]) -> Result<i64> {
    let time = bytes.get(1..).and_then(|rest| rest.first_chunk());
    time.map(|time| i64::from_be_bytes(*time)).ok_or_else(damaged)
}

fn damaged() -> Error {
    let message = "the store's log of changes is damaged: restore the store from a backup";
    Error::new(Kind::SchemaMismatch, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::item;

    #[test]
    fn the_bytes_of_a_record_are_read_back() {
        let items = [None, Some(item("p", "1", &[])), Some(item("p", "1", &[("name", "Ada")]))];
        for old in &items {
            for new in &items {
                for is_expiry in [false, true] {
                    let record = Record {
                        row: b"p\0\x011".to_vec(),
                        old: old.clone(),
                        new: new.clone(),
                        is_expiry,
                        time: 1_793_577_600,
                    };
                    let bytes = record.to_bytes();
                    assert_eq!(Record::from_bytes(&bytes).unwrap(), record);
                    assert_eq!(time(&bytes).unwrap(), record.time);
                }
            }
        }
    }

    #[test]
    fn bytes_that_are_cut_off_are_an_error() {
        let old = Some(item("p", "1", &[]));
        let record = Record { row: b"row".to_vec(), old, new: None, is_expiry: false, time: -1 };
        let bytes = record.to_bytes();
        for end in 0..bytes.len() {
            let error = Record::from_bytes(&bytes[..end]).unwrap_err();
            assert!(error.is_schema_mismatch() && error.to_string().contains("log of changes"));
        }
    }
}
