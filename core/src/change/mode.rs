//! `FeedMode`: what a feed tells of a change, as a type.

use super::typed::{Change, Latest};
use super::unknown::{self, UnknownItems};
use crate::backend::Item;
use crate::error::Result;
use crate::request::PrimaryKey;
use crate::schema::Schema;
use jiff::Timestamp;

/// What every change tells: [`Change`] and [`Latest`] have it. For code that is generic over the backend.
pub trait AnyChange: Send {
    /// The name of the change, by which a handler is idempotent.
    fn id(&self) -> &str;
    /// When the change was made, if the store tells it.
    fn time(&self) -> Option<Timestamp>;
    /// The key of the item.
    fn key(&self) -> &PrimaryKey;
}

macro_rules! any_change {
    ($($change:ident)*) => {$(
        impl<T: Send> AnyChange for $change<T> {
            fn id(&self) -> &str {
                &self.id
            }
            fn time(&self) -> Option<Timestamp> {
                self.time
            }
            fn key(&self) -> &PrimaryKey {
                &self.key
            }
        }
    )*};
}
any_change!(Change Latest);

/// A change of stored items as one of entities.
type ReadAs<M, U, S, I> = <M as FeedMode>::Change<<U as UnknownItems>::Item<S, I>>;

/// What a feed tells of each change: [`AllChanges`] or [`LatestVersions`].
pub trait FeedMode: sealed::Sealed + Send + Sync + 'static {
    /// A change of items that are a `T`.
    type Change<T: Send>: AnyChange;

    /// Reads a change of stored items as one of entities. Returns `None` if it is to be left out, because its item is
    /// none of an entity.
    ///
    /// # Errors
    ///
    /// What [`UnknownItems`] says.
    fn decode<S: Schema, U: UnknownItems, I: Item>(
        change: &Self::Change<I>,
    ) -> Result<Option<ReadAs<Self, U, S, I>>>;
}

/// The feed tells of each change with the items before and after it: as [`Change`].
#[derive(Debug)]
pub enum AllChanges {}

/// The feed tells the latest version of each item that was created or updated: as [`Latest`].
#[derive(Debug)]
pub enum LatestVersions {}

impl FeedMode for AllChanges {
    type Change<T: Send> = Change<T>;

    fn decode<S: Schema, U: UnknownItems, I: Item>(
        change: &Change<I>,
    ) -> Result<Option<Change<U::Item<S, I>>>> {
        let kind = change.kind.try_map(|item| unknown::read::<S, U, I>(&change.id, item))?;
        Ok(kind.map(|kind| Change::new(&*change.id, change.time, change.key.clone(), kind)))
    }
}

impl FeedMode for LatestVersions {
    type Change<T: Send> = Latest<T>;

    fn decode<S: Schema, U: UnknownItems, I: Item>(
        change: &Latest<I>,
    ) -> Result<Option<Latest<U::Item<S, I>>>> {
        let item = unknown::read::<S, U, I>(&change.id, &change.item)?;
        Ok(item.map(|item| Latest::new(&*change.id, change.time, change.key.clone(), item)))
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::AllChanges {}
    impl Sealed for super::LatestVersions {}
}
