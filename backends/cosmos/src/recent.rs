//! The documents that were read or written last, for writes that need the stored item.

use crate::document::Document;
use monotable_core::backend::Readable as _;
use monotable_core::request::PrimaryKey;
use monotable_core::schema::TableDef;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::{Mutex, PoisonError};

/// The number of documents that are kept.
const PLACES: usize = 64;

/// The most bytes of a document that is kept: all of them together need at most a megabyte.
const MOST_BYTES: usize = 16 * 1024;

/// Keeps the documents that were read last, with their ETags.
///
/// A write with a condition needs the stored item and its ETag. An item that was read before it is written does not
/// have to be read again: the write names the ETag, and the service refuses it if the document has changed since. So
/// nothing can be written because of an old document, and only a document with an ETag is kept.
#[derive(Debug)]
pub(crate) struct Recent {
    places: Mutex<Vec<Option<Document>>>,
    hasher: RandomState,
}

impl Default for Recent {
    fn default() -> Self {
        Recent { places: Mutex::new(vec![None; PLACES]), hasher: RandomState::new() }
    }
}

impl Recent {
    /// Keeps a document.
    pub(crate) fn keep(&self, key: &PrimaryKey, document: &Document) {
        if document.etag().is_none() || document.as_json().len() > MOST_BYTES {
            return;
        }
        self.at(key, |place| *place = Some(document.clone()));
    }

    /// Returns the document, which may have changed since, and forgets it.
    pub(crate) fn take(&self, table: &TableDef, key: &PrimaryKey) -> Option<Document> {
        let is_it = |document: &mut Document| {
            document.text(table.sk) == Some(&key.sk) && document.text(table.pk) == Some(&key.pk)
        };
        self.at(key, |place| place.take_if(is_it))?
    }

    /// Forgets what is kept at the place of this key, because the item was written.
    pub(crate) fn forget(&self, key: &PrimaryKey) {
        self.at(key, |place| *place = None);
    }

    fn at<T>(&self, key: &PrimaryKey, with: impl FnOnce(&mut Option<Document>) -> T) -> Option<T> {
        let hash = self.hasher.hash_one(key);
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let place = usize::try_from(hash % PLACES as u64).unwrap_or_default();
        places.get_mut(place).map(with)
    }
}
