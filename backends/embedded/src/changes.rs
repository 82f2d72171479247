//! The changes of a store: switching its log on and off, and the feed.

mod position;
mod read;

use crate::disk::DiskStore;
use crate::document::Document;
use crate::eval::{self, Switch};
use crate::log::Retention;
use crate::store::Store as _;
use crate::{Embedded, Engine, bug};
use monotable_core::change::{
    AllChanges, Change, ChangeFeed, ChangePage, FeedPosition, OpenChanges, StartFrom,
};
use monotable_core::{Cost, Error, Kind, Result};
use position::Position;
use read::{Page, Place};

/// The most changes of a page.
const PAGE: usize = 1000;

/// Says in the type of an [`Embedded`] that its handle cannot read the store's changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoChangeLog {}

/// Says in the type of an [`Embedded`] that the store keeps a log of its changes, which its handle can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeLog {}

impl Embedded {
    /// Switches on the store's log of changes, and returns a handle that can read it.
    ///
    /// From now on each commit also records its changes, in the order of the commits: the keys, the item before
    /// and after, whether it was removed because it had expired, and the time in seconds. A write that changes nothing is
    /// not recorded: a put of the same item, an update that changes no value, a delete of nothing. A transaction
    /// has one change for each item, which are committed together. In a file the log is as durable as the
    /// items: after a crash it has exactly the changes that the items have.
    ///
    /// The log belongs to the store and not to the handle. Other handles of the store record their changes,
    /// too, and so does [`open`](Embedded::open) of the same file without this call: a reader never misses a
    /// change because of how a program opened the file. [`without_change_log`](Embedded::without_change_log)
    /// ends it.
    ///
    /// An item that has expired is recorded when it is [removed](crate#items-that-expire), which a later write
    /// does.
    ///
    /// This call blocks on the disk if the store is in a file. If the log is on already, it goes on, with this
    /// retention from now on.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if the retention has a time of less than a second;
    /// [`is_unavailable`](Error::is_unavailable) if the operating system returns an error, which is the source
    /// of this one.
    ///
    /// # Example: a file whose changes are kept for a week
    ///
    /// ```no_run
    /// use monotable_embedded::{Embedded, Retention};
    /// use std::time::Duration;
    ///
    /// # fn main() -> monotable_core::Result<()> {
    /// let week = Retention::default().for_time(Duration::from_secs(7 * 24 * 60 * 60));
    /// let store = Embedded::open("shop.db")?.with_change_log(week)?;
    /// # Ok(()) }
    /// ```
    pub fn with_change_log(self, retention: Retention) -> Result<Embedded<ChangeLog>> {
        retention.check()?;
        self.switch(Some(retention))?;
        Ok(Embedded::of(self.shared))
    }
}

impl<L> Embedded<L> {
    /// Switches off the store's log of changes, if it has one, and removes it.
    ///
    /// Handles that read it get an error that says so. If the log is switched on again, it is another one, and
    /// a reader with a position in the old one is told that changes are lost.
    ///
    /// This call blocks on the disk if the store is in a file.
    ///
    /// # Errors
    ///
    /// Those of [`with_change_log`](Embedded::with_change_log).
    pub fn without_change_log(self) -> Result<Embedded> {
        self.switch(None)?;
        Ok(Embedded::of(self.shared))
    }

    fn switch(&self, retention: Option<Retention>) -> Result<()> {
        let id = getrandom::u64().map_err(|error| {
            let message = "the operating system gave no random bits: try again";
            Error::new(Kind::NotSent, message).with_source(error)
        })?;
        let switch = Switch { retention, id };
        match &self.shared.engine {
            Engine::Memory(store) => eval::commit(store, &switch, eval::now()),
            // On this thread, because an executor that the caller runs on must not be entered again.
            Engine::Disk { threads, .. } => {
                bug::catch(|| eval::commit(threads.store(), &switch, eval::now()))
            }
        }
    }
}

/// Reads the changes of a store, see [`ChangeFeed`].
#[derive(Debug)]
pub struct ChangeReader {
    place: Place,
    most: usize,
}

impl Embedded<ChangeLog> {
    /// Waits until there are changes after a position, which is that of the last page that was read. It returns at
    /// once if there are some already. Nothing is polled.
    ///
    /// The handle has to be alive. Changes that are made after the future is dropped are read by the next page.
    ///
    /// # Errors
    ///
    /// Those of [`Changes::next_page`](monotable_core::change::Changes::next_page).
    ///
    /// # Example: a worker that handles changes as they come
    ///
    /// ```no_run
    /// # use monotable::change::{FeedPosition, StartFrom};
    /// # use monotable::prelude::*;
    /// # use monotable_embedded::{ChangeLog, Embedded, Retention};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Debug, Table)]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Debug, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # struct Order { id: u32 }
    /// async fn follow(shop: &Table<Shop, Embedded<ChangeLog>>) -> monotable::Result<()> {
    ///     let mut changes = shop.changes(StartFrom::Now);
    ///     loop {
    ///         let page = changes.next_page().await?;
    ///         for change in &page.changes {
    ///             println!("{change:?}");
    ///         }
    ///         if page.is_caught_up {
    ///             shop.backend().wait_for_changes(&page.position).await?;
    ///         }
    ///     }
    /// }
    /// ```
    pub async fn wait_for_changes(&self, after: &FeedPosition) -> Result<()> {
        let place = Place::After(Position::of(after)?);
        loop {
            // Begun before the log is read, so that no change is between the two.
            let change = self.signal();
            if !self.page(place, 1).await?.changes.is_empty() {
                return Ok(());
            }
            // An error is the signal.
            let _ = change.await;
        }
    }

    fn signal(&self) -> crate::signal::Waiting {
        match &self.shared.engine {
            Engine::Memory(store) => store.signal().wait(),
            Engine::Disk { threads, .. } => threads.store().signal().wait(),
        }
    }

    async fn page(&self, place: Place, most: usize) -> Result<Page> {
        match &self.shared.engine {
            Engine::Memory(store) => store.read_log(|log| read::page(log, place, most)),
            Engine::Disk { threads, .. } => {
                let read =
                    move |store: &DiskStore| store.read_log(|log| read::page(log, place, most));
                threads.read(read).await
            }
        }
    }
}

impl ChangeFeed for Embedded<ChangeLog> {
    type Mode = AllChanges;
    type Reader = ChangeReader;

    async fn open_changes(&self, request: OpenChanges) -> Result<ChangeReader> {
        self.adopt(request.table).await?;
        let place = match request.from {
            StartFrom::Now => Place::Latest,
            StartFrom::After(position) => Place::After(Position::of(&position)?),
            // A later version of core may have more of them, which are read from the beginning.
            _ => Place::Oldest,
        };
        let (most, place) = match (request.page_size, place) {
            (size, Place::Oldest) => (size, place),
            // Checks the position, and finds the present end.
            (size, place) => (size, Place::After(self.page(place, 0).await?.position)),
        };
        let most = most.map_or(PAGE, |most| usize::try_from(most.get()).unwrap_or(PAGE));
        Ok(ChangeReader { place, most: most.min(PAGE) })
    }

    async fn next_changes(
        &self,
        reader: &mut ChangeReader,
    ) -> Result<ChangePage<Change<Document>>> {
        let page = self.page(reader.place, reader.most).await?;
        let changes = page.changes.into_iter().map(|(at, record)| read::change(at, record));
        let changes = changes.collect::<Result<Vec<_>>>()?;
        reader.place = Place::After(page.position);
        let position = FeedPosition::new(page.position.to_string());
        Ok(ChangePage::new(changes, position, page.is_last, Cost::ZERO))
    }
}
