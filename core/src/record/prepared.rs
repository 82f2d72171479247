//! Typed writes as plain data, with what it takes to explain why one was refused.

use super::unique::Guard;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::error::{Error, Kind, Result};
use crate::expiry::{is_absent, is_past};
use crate::expr::Expr;
use crate::item::Item;
use crate::random;
use crate::request::{Outcome, PrimaryKey, Reason, TransactOutcome, TransactWrite, Write, Written};
use crate::schema::{Entity, EntityDef, TableDef, WRITE_NAME};
use crate::trace;
use crate::value::Map;
use std::any::Any;
use std::sync::Arc;

/// What a typed write comes to: the write of its own item, and those of its unique guards.
#[derive(Debug)]
pub struct Prepared<I> {
    pub(super) own: Write<I>,
    pub(super) guards: Vec<Guard<I>>,
    pub(super) explain: Explain<I>,
}

/// What is known of a write, to tell why it was refused.
#[derive(Debug)]
pub(super) struct Explain<I> {
    /// `create`, `put`, …
    pub(super) operation: &'static str,
    pub(super) entity: &'static EntityDef,
    /// The version that the stored item had to have.
    pub(super) version: Option<u64>,
    /// What had to be unchanged for index keys to come out right.
    pub(super) fresh: Option<Expr>,
    /// Whether there had to be an item, and not one past its time.
    pub(super) needs_item: bool,
    /// The random name that the write leaves in the item.
    pub(super) write_name: Option<String>,
    read: fn(&I) -> Option<Stored>,
}

/// A stored item as an entity.
pub(super) struct Stored {
    entity: Arc<dyn Any + Send + Sync>,
    version: u64,
    expires: Option<i64>,
}

impl<I: Item> Explain<I> {
    pub(super) fn new<E: Entity>(operation: &'static str) -> Self {
        Explain {
            operation,
            entity: E::DEF,
            version: None,
            fresh: None,
            needs_item: false,
            write_name: None,
            read: |item| {
                let entity = read_entity::<E, I>(&mut item.clone()).ok()?;
                let (version, expires) = (entity.version(), entity.expires());
                Some(Stored { entity: Arc::new(entity), version, expires })
            },
        }
    }

    pub(super) fn place(&self) -> String {
        format!("{}::{}", self.entity.name, self.operation)
    }

    /// Whether the stored item comes from this very write, whose answer was lost on the way. The
    /// name alone decides: another writer's item may have the same version, and the same values.
    fn happened(&self, current: Option<&I>) -> bool {
        let stored = current.and_then(|item| item.text(WRITE_NAME));
        self.write_name.is_some() && stored == self.write_name.as_deref()
    }

    /// Why the write of this item's own was refused.
    fn refused(&self, key: &PrimaryKey, current: Option<&I>) -> Error {
        let stored = current.and_then(self.read);
        let is_gone = current.is_none() || stored.as_ref().is_some_and(|it| is_past(it.expires));
        if self.needs_item && is_gone {
            let hint = match self.operation {
                "update" => ": create it, or use `.or_create(..)`",
                _ => "",
            };
            return Error::new(Kind::NotFound, format!("there is no item `{key}`{hint}"));
        }
        // An item past its time is none, and not shown either.
        let stored = stored.filter(|stored| !is_past(stored.expires));
        let other_version = |expected| stored.as_ref().is_none_or(|it| it.version != expected);
        let (kind, message) = if self.version.is_some() && is_gone {
            (Kind::Conflict, "is gone since it was loaded")
        } else if self.version.is_some_and(other_version) {
            let message = if self.version == Some(0) {
                "is there already, with a version, and the entity has none: go on with the entity \
                 that `create().returning_new()` gives back, or load it"
            } else {
                "has another version than the entity that was loaded: load it again, or see the \
                 error's `current` item"
            };
            (Kind::Conflict, message)
        } else if let Some(fresh) = &self.fresh
            && let Some(item) = current.and_then(|item| item.decode::<Map>().ok())
            && !fresh.holds(Some(&item))
        {
            let message = "has changed since it was loaded, in a field that an index key or a \
                           unique guard is made of: load it again, or see the error's `current` item";
            (Kind::Stale, message)
        } else if self.operation == "create" {
            (Kind::ConditionFailed, "is there already: see the error's `current` item")
        } else {
            let message = "is not as the condition asks: see the error's `current` item";
            (Kind::ConditionFailed, message)
        };
        Error::new(kind, message).of_item(&key.to_string()).with_stored(stored.map(|it| it.entity))
    }
}

impl<I> Clone for Explain<I> {
    fn clone(&self) -> Self {
        Explain {
            operation: self.operation,
            entity: self.entity,
            version: self.version,
            fresh: self.fresh.clone(),
            needs_item: self.needs_item,
            write_name: self.write_name.clone(),
            read: self.read,
        }
    }
}

impl<I: Clone> Clone for Prepared<I> {
    fn clone(&self) -> Self {
        Prepared {
            own: self.own.clone(),
            guards: self.guards.clone(),
            explain: self.explain.clone(),
        }
    }
}

impl<I: Item> Prepared<I> {
    pub(super) fn new(own: Write<I>, explain: Explain<I>) -> Self {
        Prepared { own, guards: Vec::new(), explain }
    }

    /// How many items it writes or checks.
    pub(super) fn len(&self) -> usize {
        1 + self.guards.len()
    }

    /// All its writes, its own first.
    pub(super) fn writes(&self) -> impl Iterator<Item = &Write<I>> {
        std::iter::once(&self.own).chain(self.guards.iter().map(|guard| &guard.write))
    }

    /// Whether the item that is to be deleted, as it was read, is past its time.
    pub(super) fn is_past(&self, item: &I) -> bool {
        (self.explain.read)(item).is_some_and(|stored| is_past(stored.expires))
    }

    /// A delete of an item past its time with its guards as deletes by themselves, because the
    /// guards are past their time too, and may be others' by now. The item comes last, so that what
    /// was begun can be gone on with.
    pub(super) fn apart(self, table: &TableDef) -> impl Iterator<Item = Prepared<I>> {
        let Prepared { mut own, guards, explain } = self;
        if let Write::Delete(delete) = &mut own {
            // Not one that was created in its place.
            delete.condition = Some(is_absent(table, explain.entity));
        }
        let guards = guards.into_iter().map(|guard| guard.write);
        guards.chain([own]).map(move |write| Prepared::new(write, explain.clone()))
    }

    fn into_writes(self) -> Vec<Write<I>> {
        let mut writes = vec![self.own];
        writes.extend(self.guards.into_iter().map(|guard| guard.write));
        writes
    }

    /// What its own writes' reasons come to, in a transaction that was cancelled.
    pub(super) fn reason(&self, reasons: &[Reason<I>]) -> Option<Error> {
        let mut reasons = reasons.iter();
        let own = match reasons.next() {
            Some(Reason::Refused { current }) => {
                Some(self.explain.refused(self.own.key(), current.as_ref()))
            }
            Some(Reason::Failed(error)) => Some(error.clone()),
            Some(Reason::Fine) | None => None,
        };
        let guards = self.guards.iter().zip(reasons).filter_map(|(guard, reason)| match reason {
            Reason::Refused { .. } => Some(guard.refused(self.explain.entity)),
            Reason::Failed(error) => Some(error.clone()),
            Reason::Fine => None,
        });
        let error = own.into_iter().chain(guards).next();
        error.map(|error| error.context(|| self.explain.place()))
    }

    /// Makes the write, by itself or with its guards in a transaction.
    pub(super) async fn send<B: Backend<Item = I>>(
        self,
        backend: &B,
        table: &'static TableDef,
    ) -> Result<Option<I>> {
        let place = self.explain.place();
        self.run(backend, table).await.map_err(|error| error.context(|| place))
    }

    async fn run<B: Backend<Item = I>>(
        self,
        backend: &B,
        table: &'static TableDef,
    ) -> Result<Option<I>> {
        let name = Some(self.explain.entity.name);
        if !self.guards.is_empty() {
            let span = trace::span(backend, table, "TransactWriteItems", name, None);
            let request = TransactWrite::new(table, self.clone().into_writes(), random::name()?);
            let sent = backend.transact_write(request);
            let done = trace::run(span, sent, |done| Some(done.cost)).await?;
            return match done.outcome {
                TransactOutcome::Done => Ok(None),
                TransactOutcome::Cancelled(reasons) => {
                    if let Some(Reason::Refused { current }) = reasons.first()
                        && self.explain.happened(current.as_ref())
                    {
                        return Ok(None);
                    }
                    Err(self.reason(&reasons).unwrap_or_else(cancelled))
                }
            };
        }
        let Prepared { own, explain, .. } = self;
        let key = own.key().clone();
        let span = |operation| trace::span(backend, table, operation, name, None);
        let written: Written<I> = match own {
            Write::Put(put) => {
                trace::run(span("PutItem"), backend.put(put), |done| Some(done.cost)).await?
            }
            Write::Update(update) => {
                let sent = backend.update(update);
                trace::run(span("UpdateItem"), sent, |done| Some(done.cost)).await?
            }
            Write::Delete(delete) => {
                let sent = backend.delete(delete);
                trace::run(span("DeleteItem"), sent, |done| Some(done.cost)).await?
            }
            Write::Check(_) => {
                let message = "a check alone is nothing to send: add it to a transaction";
                return Err(Error::new(Kind::InvalidRequest, message));
            }
        };
        match written.outcome {
            Outcome::Done => Ok(written.item),
            Outcome::Refused { current } if explain.happened(current.as_ref()) => Ok(None),
            Outcome::Refused { current } => Err(explain.refused(&key, current.as_ref())),
        }
    }
}

/// Of a transaction for which no reason was given.
pub(super) fn cancelled() -> Error {
    let message = "the transaction was cancelled, and the store gave no reason: try again";
    Error::new(Kind::Conflict, message)
}
