//! How long changes are kept, and what the store records of its log.

use crate::document::Document;
use monotable_core::backend::Item as _;
use monotable_core::{Error, Kind, Result};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long the changes of a store are kept: for a time, and up to a number. Whatever is exceeded first,
/// the oldest changes are removed, and a reader that comes later is told that they are lost.
///
/// The default is that of DynamoDB Streams, 24 hours, and at most a million changes.
///
/// A change takes as much space as its key and the old and the new item together, so the number bounds the
/// size of the file. Changes are removed by later writes, a few by each, and always more than it adds. The
/// last change is kept in any case.
///
/// ```
/// use monotable_embedded::Retention;
/// use std::time::Duration;
///
/// let week = Retention::default().for_time(Duration::from_secs(7 * 24 * 60 * 60));
/// let small = Retention::default().up_to(10_000);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    seconds: u64,
    records: u64,
}

impl Default for Retention {
    fn default() -> Self {
        Retention { seconds: 24 * 60 * 60, records: 1_000_000 }
    }
}

impl Retention {
    /// Keeps changes for this time, in whole seconds, and at least one. A part of a second is cut off.
    #[must_use]
    pub fn for_time(mut self, time: Duration) -> Self {
        self.seconds = time.as_secs();
        self
    }

    /// Keeps about this number of changes. At least one is kept.
    #[must_use]
    pub fn up_to(mut self, changes: u64) -> Self {
        self.records = changes;
        self
    }

    /// Refuses to keep changes for no time.
    pub(crate) fn check(self) -> Result<()> {
        if self.seconds > 0 {
            return Ok(());
        }
        let message = "a log that keeps changes for no time is asked for: give `Retention::for_time` at least a second";
        Err(Error::new(Kind::InvalidRequest, message))
    }

    /// Returns whether the record with this number and time is to be removed at the time `now`. `next` is
    /// the number that the next record will have.
    pub(crate) fn is_over(self, number: u64, time: i64, next: u64, now: i64) -> bool {
        let behind = next.saturating_sub(number);
        let oldest = now.saturating_sub(i64::try_from(self.seconds).unwrap_or(i64::MAX));
        behind > self.records.max(1) || (time < oldest && behind > 1)
    }
}

/// What the store records of its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// Tells this log from others, also from an earlier one of the same store.
    pub(crate) id: u64,
    /// The number of the first record.
    pub(crate) first: u64,
    /// How long records are kept; `None` if the log is switched off.
    pub(crate) retention: Option<Retention>,
}

impl Settings {
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        Ok(Document::encode(self)?.as_ref().to_vec())
    }

    /// Reads settings.
    ///
    /// # Errors
    ///
    /// `SchemaMismatch` if the bytes are not those of settings.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Document::from(bytes).decode().map_err(|error| {
            let message =
                format!("the settings of the store's log of changes cannot be read: {error}");
            Error::new(Kind::SchemaMismatch, message).with_source(error)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_over_by_its_age_or_by_the_number_of_later_ones() {
        let retention = Retention::default().for_time(Duration::from_secs(60)).up_to(3);
        for (number, time, is_over) in [
            (10, 1000, false),
            (10, 940, false),
            (10, 939, true),
            // With the next one there will be four.
            (9, 1000, false),
            (8, 1000, true),
            // The last one is kept.
            (11, 0, false),
        ] {
            assert_eq!(retention.is_over(number, time, 12, 1000), is_over, "{number} {time}");
        }
        assert!(!Retention::default().up_to(0).is_over(11, 1000, 12, 1000));
    }

    #[test]
    fn settings_are_read_back() {
        for retention in [None, Some(Retention::default())] {
            let settings = Settings { id: u64::MAX, first: 1, retention };
            assert_eq!(Settings::from_bytes(&settings.to_bytes().unwrap()).unwrap(), settings);
        }
        let error = Settings::from_bytes(b"no").unwrap_err();
        assert!(error.is_schema_mismatch(), "{error}");
    }
}
