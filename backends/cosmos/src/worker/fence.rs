//! Writes to an index's container that a later worker cannot be overtaken by.
//!
//! Each worker has an epoch, a number that is greater than that of the worker before it, and each document of the
//! container has the epoch of the worker that wrote it. A write reads the document first, and names its ETag. So a
//! worker that stood still, and does not know that another one took its place, cannot write over what is newer: it finds
//! a greater epoch, and stops.

use crate::client::{charge, operation, partition};
use crate::document::names::INDEX;
use crate::error::error;
use crate::read::is_missing_item;
use azure_core::http::Etag;
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::options::{ItemReadOptions, ItemWriteOptions, Precondition};
use monotable_core::{Cost, Error, Kind, Result};
use serde_json::{Map, Value};

/// How many times a write is tried because the document has changed since it was read.
pub(super) const ATTEMPTS: usize = 10;

/// The entry in `_index` with the epoch of the writer.
pub(crate) const EPOCH: &str = "epoch";

/// The container of an index, as a worker writes to it.
#[derive(Clone)]
pub(crate) struct Fence {
    pub(crate) container: ContainerClient,
    /// The attribute that the container is partitioned by.
    pub(crate) path: String,
    pub(crate) epoch: u64,
    /// Whether a worker that did not end may still be writing.
    pub(crate) is_contested: bool,
}

/// A document that was read.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) document: Map<String, Value>,
    etag: Option<Etag>,
}

impl Kept {
    /// Returns what the workers keep in the document.
    pub(crate) fn index(&self, name: &str) -> Option<&Value> {
        self.document.get(INDEX)?.get(name)
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.index(EPOCH).and_then(Value::as_u64).unwrap_or_default()
    }
}

impl Fence {
    /// Reads a document.
    pub(crate) async fn read(
        &self,
        partition_key: &str,
        id: &str,
        cost: &mut Cost,
    ) -> Result<Option<Kept>> {
        let options = ItemReadOptions::default().with_operation_options(operation());
        let answer = self.container.read_item(partition(partition_key), id, Some(options)).await;
        match answer {
            Ok(answer) => {
                *cost += charge(answer.headers());
                let etag = answer.headers().etag().cloned();
                let document: Map<String, Value> = answer.into_model().map_err(error)?;
                Ok(Some(Kept { document, etag }))
            }
            Err(failed) if is_missing_item(&failed) => Ok(None),
            Err(failed) => Err(error(failed)),
        }
    }

    /// Writes a document instead of what was read. `index` is what workers keep in it. Returns whether it was written:
    /// it is not if the document has changed since.
    pub(crate) async fn replace(
        &self,
        known: Option<&Kept>,
        place: Place<'_>,
        body: Map<String, Value>,
        index: Map<String, Value>,
        cost: &mut Cost,
    ) -> Result<bool> {
        if known.is_some_and(|known| known.epoch() > self.epoch) {
            return Err(overtaken());
        }
        let document = self.document(place, body, index);
        let options = ItemWriteOptions::default().with_operation_options(operation());
        let key = partition(place.partition);
        let answer = match known {
            Some(known) => {
                let Some(etag) = known.etag.clone() else {
                    let message = format!("Cosmos DB answered for `{}` without an ETag", place.id);
                    return Err(Error::new(Kind::Unavailable, message));
                };
                let options = options.with_precondition(Precondition::if_match(etag));
                self.container.replace_item(key, place.id, document, Some(options)).await
            }
            None => self.container.create_item(key, place.id, document, Some(options)).await,
        };
        match answer {
            Ok(answer) => {
                *cost += charge(answer.headers());
                Ok(true)
            }
            Err(failed) => {
                let status = failed.status();
                let has_changed = status.is_precondition_failed()
                    || status.is_conflict()
                    || is_missing_item(&failed);
                if has_changed { Ok(false) } else { Err(error(failed)) }
            }
        }
    }

    /// Writes a document, whatever is stored, unless a later worker wrote it. `index` is what workers keep in it.
    /// Nothing is sent if it is stored already.
    pub(crate) async fn write(
        &self,
        place: Place<'_>,
        body: &Map<String, Value>,
        index: &Map<String, Value>,
        mut belief: Belief,
        cost: &mut Cost,
    ) -> Result<()> {
        for _ in 0..ATTEMPTS {
            let known = match std::mem::replace(&mut belief, Belief::Unknown) {
                Belief::Unknown => self.read(place.partition, place.id, cost).await?,
                Belief::Stored(known) => known,
            };
            if let Some(known) = &known
                && known.epoch() == self.epoch
                && self.is_stored(known, place, body, index)
            {
                return Ok(());
            }
            if self.replace(known.as_ref(), place, body.clone(), index.clone(), cost).await? {
                return Ok(());
            }
        }
        let message = format!("`{}` was changed {ATTEMPTS} times while it was written", place.id);
        Err(Error::new(Kind::Conflict, message))
    }

    fn document(
        &self,
        place: Place<'_>,
        mut body: Map<String, Value>,
        mut index: Map<String, Value>,
    ) -> Map<String, Value> {
        index.insert(EPOCH.to_owned(), self.epoch.into());
        body.insert("id".to_owned(), place.id.into());
        body.insert(self.path.clone(), place.partition.into());
        body.insert(INDEX.to_owned(), index.into());
        body
    }

    /// Returns whether the stored document is the one that would be written.
    fn is_stored(
        &self,
        known: &Kept,
        place: Place<'_>,
        body: &Map<String, Value>,
        index: &Map<String, Value>,
    ) -> bool {
        let document = self.document(place, body.clone(), index.clone());
        // The time to live counts from the last write.
        document
            .iter()
            .all(|(name, value)| name == "ttl" || known.document.get(name) == Some(value))
            && document.contains_key("ttl") == known.document.contains_key("ttl")
            && known.document.keys().all(|name| document.contains_key(name) || is_of_service(name))
    }
}

/// What is probably stored. It costs a read if it is unknown, and another attempt if it is wrong.
pub(crate) enum Belief {
    Unknown,
    Stored(Option<Kept>),
}

/// Where a document is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) partition: &'a str,
    pub(crate) id: &'a str,
}

fn is_of_service(name: &str) -> bool {
    ["_rid", "_self", "_etag", "_attachments", "_ts", "_lsn"].contains(&name)
}

/// The error of a worker in whose place another one works.
pub(crate) fn overtaken() -> Error {
    let message = "another worker has taken over this index: this one has stopped";
    Error::new(Kind::Conflict, message)
}
