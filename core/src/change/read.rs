//! `changes`: reading a feed page by page, with the position in the program's own hands.

use super::feed::{ChangeFeed, StoredChange};
use super::mode::FeedMode;
use super::request::{ChangePage, OpenChanges, StartFrom};
use super::unknown::{FailOnUnknown, KeepUnknown, SkipUnknown, UnknownItems};
use crate::backend::{Answer, At as _, Backend, Client, Origin, Verb};
use crate::cost::Cost;
use crate::error::{Error, Kind, Result};
use crate::schema::Schema;
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;
use std::num::NonZeroU32;

/// The changes of a feed as entities of table `S`: [`Change`](super::Change) or [`Latest`](super::Latest).
pub type ChangeOf<S, B, U = FailOnUnknown> = <<B as ChangeFeed>::Mode as FeedMode>::Change<
    <U as UnknownItems>::Item<S, <B as Backend>::Item>,
>;

/// A feed of changes that is read page by page: from [`Table::changes`].
///
/// `U` says what happens to unknown items.
#[must_use = "nothing is read until `next_page` is called"]
pub struct Changes<S, B: ChangeFeed, U = FailOnUnknown> {
    table: Table<S, B>,
    feed: Feed<B>,
    /// A page that was read, and in which a change could not be decoded.
    page: Option<ChangePage<StoredChange<B>>>,
    unknown: PhantomData<fn() -> U>,
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Reads the changes of the table's items, in order, from a position that the program keeps. See
    /// [`consumer`](Table::consumer) for one that keeps its position in the table.
    ///
    /// # Example: follow the changes of a table
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let shop = with_changes(shop).await?;
    /// use monotable::ChangeKind;
    /// use monotable::change::{FeedPosition, StartFrom};
    ///
    /// let mut changes = shop.changes(StartFrom::Oldest);
    /// let page = changes.next_page().await?;
    /// # assert_eq!(page.changes.len(), 1);
    /// for change in page.changes {
    ///     if let ChangeKind::Created(Shop::Order(order)) = change.kind {
    ///         println!("{} was placed", order.order_id);
    ///     }
    /// }
    /// // Later, and in another process, reading goes on.
    /// let stored: String = page.position.to_string();
    /// let mut changes = shop.changes(StartFrom::After(FeedPosition::new(stored)));
    /// assert!(changes.next_page().await?.changes.is_empty());
    /// # Ok(()) }) }
    /// ```
    #[doc(alias("subscribe", "change feed", "change data capture", "CDC", "streams"))]
    pub fn changes(&self, from: StartFrom) -> Changes<S, B>
    where
        B: ChangeFeed,
    {
        let feed = Feed::new(from);
        Changes { table: self.clone(), feed, page: None, unknown: PhantomData }
    }
}

impl<S: Schema, B: ChangeFeed, U: UnknownItems> Changes<S, B, U> {
    /// Sets the most changes of a page. The backend may return fewer, and has a limit of its own.
    pub fn page_size(mut self, most: u32) -> Self {
        self.feed.page_size = Some(most);
        self
    }

    /// Leaves out changes of unknown items, with a warning. See [`SkipUnknown`].
    pub fn skip_unknown(self) -> Changes<S, B, SkipUnknown> {
        let Changes { table, feed, page, .. } = self;
        Changes { table, feed, page, unknown: PhantomData }
    }

    /// Hands unknown items over as they are stored. See [`KeepUnknown`].
    pub fn keep_unknown(self) -> Changes<S, B, KeepUnknown> {
        let Changes { table, feed, page, .. } = self;
        Changes { table, feed, page, unknown: PhantomData }
    }

    /// Reads the next page. It does not wait for changes: if there are none, the page is empty. A page can also be empty
    /// although there are more.
    ///
    /// After an error, the next call reads the same changes again.
    ///
    /// # Errors
    ///
    /// - [`is_decode`](Error::is_decode) if an item is unknown, unless this was set otherwise;
    /// - [`is_trimmed`](Error::is_trimmed) if changes after the position are no longer kept;
    /// - [`is_invalid_cursor`](Error::is_invalid_cursor) if the position is none of this feed;
    /// - [`is_schema_mismatch`](Error::is_schema_mismatch) if the table has no feed, or one that does not tell enough;
    /// - the errors of the backend.
    pub async fn next_page(&mut self) -> Result<ChangePage<ChangeOf<S, B, U>>> {
        let Changes { table, feed, page, .. } = self;
        let client = table.client(Origin::Table(S::DEF.name, Verb::Changes));
        if page.is_none() {
            *page = Some(feed.next(client).await?);
        }
        let Some(stored) = page else { return Err(no_page()) };
        let changes = stored.changes.iter();
        let changes = changes.filter_map(|change| decode::<S, B, U>(change).transpose());
        let changes = changes.collect::<Result<Vec<_>>>().at(client.origin)?;
        let (position, cost) = (stored.position.clone(), stored.cost);
        let answer = ChangePage::new(changes, position, stored.is_caught_up, cost);
        *page = None;
        Ok(answer)
    }
}

/// Never expected: a page was read before.
fn no_page() -> Error {
    Error::new(Kind::Unavailable, "the backend returned no page of changes: read it again")
}

pub(super) fn decode<S: Schema, B: ChangeFeed, U: UnknownItems>(
    change: &StoredChange<B>,
) -> Result<Option<ChangeOf<S, B, U>>> {
    B::Mode::decode::<S, U, B::Item>(change)
}

/// A feed, which is opened when it is first read.
pub(super) struct Feed<B: ChangeFeed> {
    pub(super) from: StartFrom,
    pub(super) page_size: Option<u32>,
    reader: Option<B::Reader>,
}

impl<B: ChangeFeed> Feed<B> {
    pub(super) fn new(from: StartFrom) -> Self {
        Feed { from, page_size: None, reader: None }
    }

    /// Reads the next page.
    pub(super) async fn next(
        &mut self,
        client: Client<'_, B>,
    ) -> Result<ChangePage<StoredChange<B>>> {
        if self.reader.is_none() {
            let mut request = OpenChanges::new(client.table, self.from.clone());
            request.page_size = self.page_size()?;
            let open = async { Ok(Opened(client.backend.open_changes(request).await?)) };
            self.reader = Some(client.read_changes(open).await?.0);
        }
        let Some(reader) = &mut self.reader else { return Err(no_page()) };
        client.read_changes(client.backend.next_changes(reader)).await
    }

    fn page_size(&self) -> Result<Option<NonZeroU32>> {
        let Some(most) = self.page_size else { return Ok(None) };
        let message = "a page of no changes is asked for: give `page_size` at least 1";
        let most =
            NonZeroU32::new(most).ok_or_else(|| Error::new(Kind::InvalidRequest, message))?;
        Ok(Some(most))
    }
}

/// A reader, which has no cost of its own.
struct Opened<R>(R);

impl<R> Answer for Opened<R> {
    fn cost(&self) -> Option<Cost> {
        None
    }
}

impl<C> Answer for ChangePage<C> {
    fn cost(&self) -> Option<Cost> {
        Some(self.cost)
    }
}

impl<S, B: ChangeFeed, U> fmt::Debug for Changes<S, B, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("from", &self.feed.from).finish_non_exhaustive()
    }
}
