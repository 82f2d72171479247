//! Writes of single items.

use super::key::Key;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::entity::Entity;
use crate::error::{Error, Kind, Result};
use crate::expr::{Expr, Path};
use crate::item::Keyed;
use crate::key::{PartSpec, Template, check_partition_key, check_sort_key, render};
use crate::request::{self, Outcome, PrimaryKey, Written};
use crate::schema::Schema;
use crate::table::Table;
use crate::trace;
use std::fmt;

/// The requests of a loaded entity: every [`Entity`] has them.
///
/// A trait, and in the prelude, so that a method of your own with one of these names wins.
pub trait Record: Entity {
    /// Writes the whole item, over one that may be there.
    fn put(&self) -> Put<'_, Self> {
        Put { entity: self, condition: None }
    }

    /// Writes the whole item, and fails with
    /// [`is_condition_failed`](Error::is_condition_failed) if its key is taken.
    fn create(&self) -> Put<'_, Self> {
        Put { entity: self, condition: Some(Expr::Absent(Path::attribute(Self::Table::DEF.pk))) }
    }

    /// Deletes the item with this entity's key, whatever it holds.
    fn delete(&self) -> Delete<Self> {
        Delete::new(self.primary_key())
    }

    /// The entity's primary key.
    fn primary_key(&self) -> Key<Self> {
        Key::new(self.to_key())
    }
}

impl<E: Entity> Record for E {}

/// Writes a whole item: from [`Record::put`] or [`Record::create`].
#[must_use = "a request does nothing until it is sent"]
pub struct Put<'a, E> {
    entity: &'a E,
    condition: Option<Expr>,
}

impl<E: Entity> Put<'_, E> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key), [`is_encode`](Error::is_encode) and
    /// [`is_too_large`](Error::is_too_large) before anything is written;
    /// [`is_condition_failed`](Error::is_condition_failed), with the stored item as
    /// [`current`](Error::current), if `create` found the key taken.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let operation = match self.condition {
            Some(_) => "create",
            None => "put",
        };
        let context = |error: Error| error.context(|| format!("{}::{operation}", E::DEF.name));
        let request = self.request(table.backend()).map_err(context)?;
        let key = request.key.clone();
        let span = trace::span(table.backend(), E::Table::DEF, "PutItem", Some(E::DEF.name), None);
        let written = table.backend().put(request);
        let written = trace::run(span, written, |done| Some(done.cost)).await.map_err(context)?;
        finish::<E, _>(written, &key).map_err(context)
    }

    /// The request as plain data, for logs and tests; `backend` encodes the item.
    ///
    /// # Errors
    ///
    /// As [`send`](Put::send), before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Put<B::Item>> {
        let entity = self.entity;
        let keys = Keys::of(entity)?;
        let table = E::Table::DEF;
        let mut attributes = Vec::with_capacity(3 + keys.index.len());
        attributes.push((table.pk, keys.primary.pk.as_str()));
        attributes.push((table.sk, keys.primary.sk.as_str()));
        attributes.extend(keys.index.iter().map(|(name, key)| (*name, key.as_str())));
        attributes.push((table.tag, E::DEF.name));
        let item = backend.encode(&Keyed { attributes: &attributes, fields: entity.stored() })?;
        let mut request = request::Put::new(table, E::DEF.name, keys.primary, item);
        request.condition = self.condition.clone();
        Ok(request)
    }
}

/// The keys of an entity, rendered and checked.
struct Keys {
    primary: PrimaryKey,
    /// Attributes of indexes that the entity is in.
    index: Vec<(&'static str, String)>,
}

impl Keys {
    fn of<E: Entity>(entity: &E) -> Result<Self> {
        let encoding = E::Table::DEF.encoding;
        let key = |template: Template| {
            render(template, |spec: &PartSpec| entity.part(spec.field), encoding)
        };
        let (pk, sk) = (key(E::DEF.pk)?.unwrap_or_default(), key(E::DEF.sk)?.unwrap_or_default());
        check_partition_key(&pk, E::DEF.pk)?;
        check_sort_key(&sk, E::DEF.sk)?;
        let mut index = Vec::with_capacity(2 * E::DEF.indexes.len());
        for (at, on) in E::DEF.indexes.iter().enumerate() {
            if !entity.is_indexed(at) {
                continue;
            }
            // Each attribute on its own: an update of one must agree with a put of both.
            let named = |error: Error| error.on_index(on.index.name);
            if let Some(pk) = key(on.pk).map_err(named)? {
                check_partition_key(&pk, on.pk).map_err(named)?;
                index.push((on.index.pk, pk));
            }
            if let Some(sk) = key(on.sk).map_err(named)? {
                check_sort_key(&sk, on.sk).map_err(named)?;
                index.push((on.index.sk, sk));
            }
        }
        Ok(Keys { primary: PrimaryKey { pk, sk }, index })
    }
}

/// Deletes one item: from [`Record::delete`] or [`Key::delete`].
#[must_use = "a request does nothing until it is sent"]
pub struct Delete<E: Entity> {
    key: Key<E>,
}

impl<E: Entity> Delete<E> {
    pub(super) fn new(key: Key<E>) -> Self {
        Delete { key }
    }

    /// Sends the request. Deleting what is not there is no error.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) before any I/O, else what the backend reports.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let context = |error: Error| error.context(|| format!("{}::delete", E::DEF.name));
        let request = self.request().map_err(context)?;
        let key = request.key.clone();
        let def = E::Table::DEF;
        let span = trace::span(table.backend(), def, "DeleteItem", Some(E::DEF.name), None);
        let written = table.backend().delete(request);
        let written = trace::run(span, written, |done| Some(done.cost)).await.map_err(context)?;
        finish::<E, _>(written, &key).map_err(context)
    }

    /// The request as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) if a part cannot be written.
    pub fn request(&self) -> Result<request::Delete> {
        Ok(request::Delete::new(E::Table::DEF, E::DEF.name, self.key.render()?))
    }
}

/// A refused condition becomes an error that carries the stored item.
fn finish<E: Entity, I: crate::Item>(written: Written<I>, key: &PrimaryKey) -> Result<()> {
    match written.outcome {
        Outcome::Done => Ok(()),
        Outcome::Refused { current } => {
            let message = format!(
                "the condition on item `{key}` did not hold: see the error's `current` item"
            );
            let current = current.and_then(|item| read_entity::<E, I>(&item).ok());
            Err(Error::new(Kind::ConditionFailed, message).with_current(current))
        }
    }
}

impl<E> Clone for Put<'_, E> {
    fn clone(&self) -> Self {
        Put { entity: self.entity, condition: self.condition.clone() }
    }
}

impl<E: Entity> fmt::Debug for Put<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.entity.primary_key();
        f.debug_struct("Put").field("key", &key).field("condition", &self.condition).finish()
    }
}

impl<E: Entity> Clone for Delete<E> {
    fn clone(&self) -> Self {
        Delete { key: self.key.clone() }
    }
}

impl<E: Entity> fmt::Debug for Delete<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delete").field("key", &self.key).finish()
    }
}
