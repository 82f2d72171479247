//! The operations of a batch, from writes whose conditions hold.

use crate::backend::LIMITS;
use crate::client::id;
use crate::deletion;
use crate::document::Document;
use crate::document::names::OPERATION;
use crate::error::error;
use crate::eval;
use crate::upload::Upload;
use crate::write::is_absent;
use azure_data_cosmos::PartitionKey;
use azure_data_cosmos::models::TransactionalBatch;
use azure_data_cosmos::options::{BatchDeleteOptions, BatchReplaceOptions, Precondition};
use monotable_core::request::{Reason, TransactItem, TransactWrite};
use monotable_core::schema::TableDef;
use monotable_core::value::Map;
use monotable_core::{Error, Kind, Result};
use serde_json::Value;

/// Returns whether the stored item is needed to make this write. A put without a condition is an upsert, and the service
/// itself decides the condition of a create.
pub(super) fn needs_stored(table: &TableDef, write: &TransactItem<Document>) -> bool {
    match write {
        TransactItem::Put(put) => {
            put.condition.as_ref().is_some_and(|condition| !is_absent(condition, table))
        }
        _ => true,
    }
}

/// The operations of a batch.
pub(super) struct Operations {
    all: Vec<Operation>,
    /// For each operation, the place of its write in the request.
    pub(super) owners: Vec<usize>,
    /// Whether the workers of indexes have to learn of deletions.
    is_noted: bool,
}

/// What is decided of a transaction.
pub(super) enum Decided {
    Possible(Operations),
    /// With a reason for each write.
    Refused(Vec<Reason<Document>>),
}

enum Operation {
    Create(Upload),
    Upsert(Upload),
    Replace(String, Upload, Precondition),
    Delete(String, Precondition),
    /// Deletes what the operation before it has created.
    DeleteNew(String),
    /// Notes a deletion.
    Note(Value),
}

impl Operation {
    /// Returns the size of the document that is sent.
    fn bytes(&self) -> usize {
        match self {
            Operation::Create(item) | Operation::Upsert(item) | Operation::Replace(_, item, _) => {
                item.bytes()
            }
            Operation::Delete(..) | Operation::DeleteNew(_) | Operation::Note(_) => 0,
        }
    }
}

impl Operations {
    /// Returns the operations of a request for these stored items, or why it is not possible. `all` says whether all items
    /// were read.
    pub(super) fn of(
        request: &TransactWrite<Document>,
        stored: &[Option<Document>],
        maps: &[Option<Map>],
        all: bool,
        is_noted: bool,
    ) -> Result<Decided> {
        let mut operations = Operations { all: Vec::new(), owners: Vec::new(), is_noted };
        let mut reasons = Vec::with_capacity(request.writes.len());
        let writes = request.writes.iter().zip(stored).zip(maps).enumerate();
        for (place, ((write, stored), map)) in writes {
            let is_known = all || needs_stored(request.table, write);
            let condition = write.condition().filter(|_| is_known);
            if condition.is_some_and(|condition| !eval::holds(condition, map.as_ref())) {
                reasons.push(Reason::Refused { current: stored.clone() });
                continue;
            }
            match operations.add(request, write, stored.as_ref(), map.as_ref()) {
                Ok(()) => reasons.push(Reason::Fine),
                Err(error) if is_refusal(&error) => reasons.push(Reason::Failed(error)),
                Err(error) => return Err(error),
            }
            operations.owners.resize(operations.all.len(), place);
        }
        if !reasons.iter().all(|reason| matches!(reason, Reason::Fine)) {
            return Ok(Decided::Refused(reasons));
        }
        if operations.all.len() > LIMITS.transaction {
            let message = format!(
                "the transaction has {} operations, and Cosmos DB takes {}: a delete or a check of an item that does not \
                 exist takes two, and so does a delete if an index has a container; make several transactions",
                operations.all.len(),
                LIMITS.transaction
            );
            return Err(Error::new(Kind::TooLarge, message));
        }
        let bytes: usize = operations.all.iter().map(Operation::bytes).sum();
        if bytes > LIMITS.transaction_bytes {
            let message = format!(
                "the transaction has {bytes} bytes of items, and Cosmos DB takes {}: an update or a check of an item sends \
                 the whole item; make several transactions",
                LIMITS.transaction_bytes
            );
            return Err(Error::new(Kind::TooLarge, message));
        }
        Ok(Decided::Possible(operations))
    }

    fn add(
        &mut self,
        request: &TransactWrite<Document>,
        write: &TransactItem<Document>,
        stored: Option<&Document>,
        map: Option<&Map>,
    ) -> Result<()> {
        let (table, key) = (request.table, write.key());
        let id = id(table, &key.sk)?;
        let upload = |item: &Document| {
            LIMITS.check_item(write.entity(), key, item)?;
            Upload::new(table, &id, item, Some(&request.token))
        };
        match write {
            TransactItem::Put(put) => {
                let item = upload(&put.item)?;
                self.all.push(match stored {
                    _ if put.condition.is_none() => Operation::Upsert(item),
                    Some(stored) => Operation::Replace(id, item, unchanged(write, stored)?),
                    None => Operation::Create(item),
                });
            }
            TransactItem::Update(update) => {
                let mut item = map.cloned().unwrap_or_default();
                if map.is_none() {
                    item.insert(table.pk, key.pk.as_str());
                    item.insert(table.sk, key.sk.as_str());
                }
                eval::change(&update.actions, &mut item)?;
                let item = upload(&Document::encode(&item)?)?;
                self.all.push(match stored {
                    Some(stored) => Operation::Replace(id, item, unchanged(write, stored)?),
                    None => Operation::Create(item),
                });
            }
            TransactItem::Delete(_) => match stored {
                Some(stored) => {
                    self.all.push(Operation::Delete(id, unchanged(write, stored)?));
                    if self.is_noted {
                        let note = deletion::note(table, key, &request.token);
                        self.all.push(Operation::Note(note));
                    }
                }
                None => self.require_absent(table, write, id)?,
            },
            TransactItem::Check(_) => match stored {
                // A read in a batch has no condition on the ETag, so the item is replaced by itself. It keeps the name of
                // the write that made it.
                Some(stored) => {
                    let operation = stored.property(OPERATION);
                    let same = Upload::new(table, &id, stored, operation.as_deref())?;
                    self.all.push(Operation::Replace(id, same, unchanged(write, stored)?));
                }
                None => self.require_absent(table, write, id)?,
            },
        }
        Ok(())
    }

    /// Requires that there is no item: it is created and deleted again.
    fn require_absent(
        &mut self,
        table: &TableDef,
        write: &TransactItem<Document>,
        id: String,
    ) -> Result<()> {
        let mut item = Map::new();
        item.insert(table.pk, write.key().pk.as_str());
        item.insert(table.sk, write.key().sk.as_str());
        let item = Document::encode(&item)?;
        self.all.push(Operation::Create(Upload::new(table, &id, &item, None)?));
        self.all.push(Operation::DeleteNew(id));
        Ok(())
    }

    /// Returns the batch.
    pub(super) fn into_batch(self, partition: PartitionKey) -> Result<TransactionalBatch> {
        let batch = TransactionalBatch::new(partition);
        let batch = self.all.into_iter().try_fold(batch, |batch, operation| match operation {
            Operation::Create(item) => batch.create_item(item),
            Operation::Upsert(item) => batch.upsert_item(item, None),
            Operation::Replace(id, item, unchanged) => {
                let options = BatchReplaceOptions::default().with_precondition(unchanged);
                batch.replace_item(id, item, Some(options))
            }
            Operation::Delete(id, unchanged) => {
                let options = BatchDeleteOptions::default().with_precondition(unchanged);
                Ok(batch.delete_item(id, Some(options)))
            }
            Operation::DeleteNew(id) => Ok(batch.delete_item(id, None)),
            Operation::Note(note) => batch.upsert_item(note, None),
        });
        batch.map_err(error)
    }
}

/// Returns whether the error is one of the write itself.
fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), Kind::InvalidRequest | Kind::TooLarge | Kind::Encode)
}

/// Returns the condition that the item is the one that was read.
fn unchanged(write: &TransactItem<Document>, stored: &Document) -> Result<Precondition> {
    let etag = stored.etag().cloned().ok_or_else(|| {
        let message = format!("Cosmos DB answered for {} without an ETag", write.key());
        Error::new(Kind::Unavailable, message)
    })?;
    Ok(Precondition::if_match(etag))
}
