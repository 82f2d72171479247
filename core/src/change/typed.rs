//! `Change` and `Latest`: a change of an item.

use crate::request::PrimaryKey;
use jiff::Timestamp;

/// A change of an item, from a store that tells of all changes. What has happened is [`change.kind`](Change::kind), a
/// [`ChangeKind`], with the item before and after it.
///
/// `T` is what the items are: the enum of the table for a program, and the backend's own type of items between a
/// [`ChangeFeed`](super::ChangeFeed) and the typed layer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change<T> {
    /// The name of the change. It is the same each time that the change is delivered, and differs from that of every other
    /// change of the table. So a handler is idempotent by it.
    pub id: String,
    /// When the change was made, if the store tells it. DynamoDB tells it in whole seconds, and approximately.
    pub time: Option<Timestamp>,
    /// The key of the item.
    pub key: PrimaryKey,
    /// What has happened to the item.
    pub kind: ChangeKind<T>,
}

/// What has happened to an item.
///
/// An item that has expired, and that the store has not deleted yet, is still there: if it is created again, this is an
/// update. The old item is the one that has expired.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeKind<T> {
    /// There was no item with this key, and now there is.
    Created(T),
    /// The item was changed or replaced.
    Updated {
        /// The item before.
        old: T,
        /// The item after.
        new: T,
    },
    /// The item was deleted by a request. This is the item before.
    Deleted(T),
    /// The store has deleted the item because its time was over. This is the item before.
    Expired(T),
}

/// The latest version of an item that was created or updated, from a store that tells no more than that.
///
/// If an item is written several times in a row, the versions in between may be left out. Deletions are not told.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Latest<T> {
    /// The name of this version of the item. It is the same each time that the version is delivered, and differs from that
    /// of every other version of an item of the table. So a handler is idempotent by it.
    pub id: String,
    /// When this version was written, if the store tells it. Cosmos DB tells it in whole seconds.
    pub time: Option<Timestamp>,
    /// The key of the item.
    pub key: PrimaryKey,
    /// The item.
    pub item: T,
}

impl<T> Change<T> {
    /// Returns a change. For backends.
    #[must_use]
    pub fn new(
        id: impl Into<String>,
        time: Option<Timestamp>,
        key: PrimaryKey,
        kind: ChangeKind<T>,
    ) -> Self {
        Change { id: id.into(), time, key, kind }
    }

    /// Returns the item before the change, if there was one.
    pub fn old_item(&self) -> Option<&T> {
        self.kind.old_item()
    }

    /// Returns the item after the change, if there is one.
    pub fn new_item(&self) -> Option<&T> {
        self.kind.new_item()
    }
}

impl<T> ChangeKind<T> {
    /// Returns the item before the change, if there was one.
    pub fn old_item(&self) -> Option<&T> {
        match self {
            ChangeKind::Created(_) => None,
            ChangeKind::Updated { old, .. }
            | ChangeKind::Deleted(old)
            | ChangeKind::Expired(old) => Some(old),
        }
    }

    /// Returns the item after the change, if there is one.
    pub fn new_item(&self) -> Option<&T> {
        match self {
            ChangeKind::Created(new) | ChangeKind::Updated { new, .. } => Some(new),
            ChangeKind::Deleted(_) | ChangeKind::Expired(_) => None,
        }
    }

    /// Returns the same with other items, or `None` or the error of the first item for which `read` returns that.
    pub(super) fn try_map<U, E>(
        &self,
        mut read: impl FnMut(&T) -> Result<Option<U>, E>,
    ) -> Result<Option<ChangeKind<U>>, E> {
        Ok(match self {
            ChangeKind::Created(new) => read(new)?.map(ChangeKind::Created),
            ChangeKind::Deleted(old) => read(old)?.map(ChangeKind::Deleted),
            ChangeKind::Expired(old) => read(old)?.map(ChangeKind::Expired),
            ChangeKind::Updated { old, new } => {
                let Some(new) = read(new)? else { return Ok(None) };
                read(old)?.map(|old| ChangeKind::Updated { old, new })
            }
        })
    }
}

impl<T> Latest<T> {
    /// Returns the version of an item. For backends.
    #[must_use]
    pub fn new(id: impl Into<String>, time: Option<Timestamp>, key: PrimaryKey, item: T) -> Self {
        Latest { id: id.into(), time, key, item }
    }
}
