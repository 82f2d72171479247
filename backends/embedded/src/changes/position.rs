//! A place in the log, as text.

use monotable_core::change::FeedPosition;
use monotable_core::{Error, Kind, Result};
use std::fmt;

/// A place in a log: after the record with a number. Also the name of that record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// The log.
    pub(crate) log: u64,
    /// The number of the record.
    pub(crate) number: u64,
}

impl Position {
    /// Reads a position.
    ///
    /// # Errors
    ///
    /// `InvalidCursor` if it is of another backend.
    pub(crate) fn of(position: &FeedPosition) -> Result<Self> {
        Self::read(position.as_str()).ok_or_else(|| {
            let message = format!(
                "`{position}` is not a position in the changes of an embedded store: give one that was read \
                 there"
            );
            Error::new(Kind::InvalidCursor, message)
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (log, number) = text.split_once('-')?;
        let position =
            Position { log: u64::from_str_radix(log, 16).ok()?, number: number.parse().ok()? };
        // One position has one text.
        (position.to_string() == text).then_some(position)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.log, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_from_its_text() {
        for position in
            [Position { log: 1, number: 0 }, Position { log: u64::MAX, number: u64::MAX }]
        {
            let text = FeedPosition::new(position.to_string());
            assert_eq!(Position::of(&text).unwrap(), position);
        }
        for text in [
            "",
            "1",
            "-",
            "1-1",
            "000000000000000A-1",
            "0000000000000001-+1",
            "0000000000000001-01",
        ] {
            let error = Position::of(&FeedPosition::new(text)).unwrap_err();
            assert!(
                error.is_invalid_cursor() && error.to_string().contains(&format!("`{text}`")),
                "{text}"
            );
        }
    }
}
