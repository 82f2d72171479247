//! What a feed is asked for, and what it answers, as plain data.

use crate::cost::Cost;
use crate::schema::TableDef;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// A place in a feed of changes: that after the last change of a [`ChangePage`].
///
/// The text is the backend's own, and means the same after a restart and in another process. A backend refuses what it does
/// not know: a text of another backend, of another table, or of a later version. With serde, it is its text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[doc(alias("checkpoint", "offset", "continuation token", "sequence number"))]
pub struct FeedPosition(String);

impl FeedPosition {
    /// Returns the position with this text, which comes from [`as_str`](FeedPosition::as_str).
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        FeedPosition(text.into())
    }

    /// Returns the text, which can be stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FeedPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FeedPosition {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(FeedPosition::new(text))
    }
}

/// Where a feed is read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum StartFrom {
    /// From the oldest change that the store still has. DynamoDB keeps changes for 24 hours. Cosmos DB has the latest version
    /// of each item that exists.
    #[default]
    Oldest,
    /// From now on: what is written before the feed is opened is left out, and what is written after it is not. A few changes
    /// from before may be delivered, if the store tells times inexactly.
    Now,
    /// After a position.
    After(FeedPosition),
}

/// Opens a feed, see [`ChangeFeed::open_changes`](super::ChangeFeed::open_changes).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct OpenChanges {
    /// The table.
    pub table: &'static TableDef,
    /// Where it is read from.
    pub from: StartFrom,
    /// The most changes of a page, if the program says so. The backend may return fewer, and has a limit of its own.
    pub page_size: Option<NonZeroU32>,
}

impl OpenChanges {
    /// Returns a request to read the changes of a table, with pages of any size.
    #[must_use]
    pub fn new(table: &'static TableDef, from: StartFrom) -> Self {
        OpenChanges { table, from, page_size: None }
    }
}

/// Changes of a feed, in order.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ChangePage<C> {
    /// The changes. There may be none, although more follow.
    pub changes: Vec<C>,
    /// The place after the last of the changes.
    pub position: FeedPosition,
    /// Whether there were no more changes after this page when it was read.
    pub is_caught_up: bool,
    /// What the request was charged.
    pub cost: Cost,
}

impl<C> ChangePage<C> {
    /// Returns a page. For backends.
    #[must_use]
    pub fn new(changes: Vec<C>, position: FeedPosition, is_caught_up: bool, cost: Cost) -> Self {
        ChangePage { changes, position, is_caught_up, cost }
    }
}

#[cfg(test)]
mod tests {
    use super::FeedPosition;

    #[test]
    fn a_position_is_its_text() {
        let position = FeedPosition::new("a-7");
        assert_eq!(position, position.to_string().parse().unwrap());
        let json = serde_json::to_string(&position).unwrap();
        assert_eq!(json, r#""a-7""#);
        assert_eq!(serde_json::from_str::<FeedPosition>(&json).unwrap(), position);
    }
}
