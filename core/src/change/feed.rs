//! `ChangeFeed`: the contract of stores that tell of changes.

use super::mode::FeedMode;
use super::request::{ChangePage, OpenChanges};
use crate::backend::Backend;
use crate::error::Result;
use std::future::Future;

/// The changes of a backend's feed, as it has them.
pub type StoredChange<B> = <<B as ChangeFeed>::Mode as FeedMode>::Change<<B as Backend>::Item>;

/// A backend whose store tells of the changes of its items.
///
/// # What a feed has to keep
///
/// - Each change that is committed is delivered, to each reader, at least once. The same change has the same id each time.
/// - The changes of one item are delivered in the order of their commits. How the store divides its feed (shards,
///   partitions, ranges) is the backend's own business: a reader reads all of it, and a position holds all of it.
/// - All changes of items in the table are delivered, also those of guards and of coordination, which the typed layer leaves
///   out. What only the backend knows of, and no request of core has written, is not delivered.
/// - A position is valid after a restart and for another process. If changes after it are no longer kept, reading fails with
///   `Trimmed`: they are never left out silently.
/// - A page without changes is no end. Reading goes on with the next call, and does not wait for changes.
///
/// A decorator forwards both methods, with the same reader.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no feed of changes: an `Embedded` store gets one by `.with_change_log(Retention::default())?`, with `monotable::embedded::Retention`, and DynamoDB by a `DynamoDbStreams` around the `DynamoDb`; `Cosmos` has one",
    label = "this backend does not tell of changes",
    note = "code that is generic over the backend asks for a feed: `B: monotable::ChangeFeed<Mode = monotable::change::AllChanges>`"
)]
pub trait ChangeFeed: Backend {
    /// What the feed tells: [`AllChanges`](super::AllChanges) or [`LatestVersions`](super::LatestVersions).
    type Mode: FeedMode;

    /// A reader of the feed, with the place to which it has read.
    type Reader: Send + 'static;

    /// Opens the feed for reading. Several readers do not affect each other.
    ///
    /// # Errors
    ///
    /// `InvalidCursor` if the position is not one of this feed; `Trimmed` if changes after it are no longer kept;
    /// `SchemaMismatch` if the table has no feed, or one that does not tell enough, with what to do.
    fn open_changes(
        &self,
        request: OpenChanges,
    ) -> impl Future<Output = Result<Self::Reader>> + Send;

    /// Reads the next page of changes. It returns at once if there are none.
    ///
    /// If it fails, or if its future is dropped, the reader stays where it was, and the next call reads the same changes.
    ///
    /// # Errors
    ///
    /// Those of [`open_changes`](ChangeFeed::open_changes), too.
    fn next_changes(
        &self,
        reader: &mut Self::Reader,
    ) -> impl Future<Output = Result<ChangePage<StoredChange<Self>>>> + Send;
}
