//! What a feed is asked for, and what it answers, as plain data.

use crate::cost::Cost;
use crate::schema::TableDef;
use std::fmt;
use std::num::NonZeroU32;

/// A place in a feed of changes: that after the last change of a [`ChangePage`].
///
/// The text is the backend's own, and means the same after a restart and in another process. A backend refuses what it does
/// not know: a text of another backend, of another table, or of a later version.
#[derive(Debug, Clone, PartialEq, Eq)]
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
