//! `create`: writes a whole item, if there is no item with its key.

use super::support::{
    Explain, Held, InTable, IntoWrite, New, Prepared, Returns, SameTable, guard, next_version,
    starts,
};
use crate::backend::{At as _, Backend, Origin, Verb};
use crate::entity::{Key, Stamps, decode_entity, encode};
use crate::error::Result;
use crate::expiry::is_absent;
use crate::field::role::HasStates;
use crate::request::{self, TransactItem};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::fmt;

/// Writes a whole item if there is no item with its key: from
/// [`EntityExt::create`](crate::EntityExt::create) or
/// [`EntityExt::into_create`](crate::EntityExt::into_create).
#[must_use = "a request does nothing until it is sent"]
#[doc(alias("PutItem", "attribute_not_exists"))]
pub struct Create<'a, E> {
    entity: Held<'a, E>,
    in_any_state: bool,
}

impl<'a, E: Entity> Create<'a, E> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Create);

    pub(super) fn new(entity: Held<'a, E>) -> Self {
        Create { entity, in_any_state: false }
    }

    /// Creates the item in whatever state of a [`Workflow`](trait@crate::Workflow) the entity is in, and not only in
    /// an initial one: for items that another program made, such as those of a backup.
    pub fn in_any_state(self) -> Self
    where
        E::Rules: HasStates<E>,
    {
        Create { in_any_state: true, ..self }
    }

    /// Makes the request return the entity as it was written, with its version and its times.
    pub fn returning_new(self) -> Returns<Self, New> {
        Returns::new(self)
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key), [`is_encode`](crate::Error::is_encode) and
    /// [`is_too_large`](crate::Error::is_too_large) before anything is written;
    /// [`is_invalid_request`](crate::Error::is_invalid_request), also before, if the entity is not in an initial
    /// state of its workflow;
    /// [`is_condition_failed`](crate::Error::is_condition_failed), with the stored item as
    /// [`current`](crate::Error::current), if there is an item with this key;
    /// [`is_unique_violation`](crate::Error::is_unique_violation) if another item has one of its
    /// unique values.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let client = table.client(Self::ORIGIN);
        self.prepare(client.backend)?.send(client).await?;
        Ok(())
    }

    /// Returns the request as plain data, for logs and tests; `backend` encodes the item. The writes
    /// of unique guards are not part of it.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Create::send) that are found before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Put<B::Item>> {
        Ok(self.prepare(backend)?.own)
    }

    fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item, request::Put<B::Item>>> {
        self.prepared(backend).at(Self::ORIGIN)
    }

    fn prepared<B: Backend>(
        &self,
        backend: &B,
    ) -> Result<Prepared<B::Item, request::Put<B::Item>>> {
        let (entity, table) = (&*self.entity, E::Table::DEF);
        if !self.in_any_state {
            starts(entity)?;
        }
        let version = E::DEF.rules.version.map(|_| next_version(entity.version()));
        let (key, item) = encode(backend, entity, version, &Stamps::of_create::<E>()?)?;
        let guards = guard::take_all(backend, entity, &key)?;
        let mut put = request::Put::new(table, E::DEF.name, key, item);
        put.condition = Some(is_absent(table, E::DEF));
        Ok(Prepared::new(put, Explain::new::<E>(Verb::Create)).with_guards(guards))
    }
}

impl<E: Entity> Returns<Create<'_, E>, New> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The errors of [`Create::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let client = table.client(Create::<E>::ORIGIN);
        let prepared = self.request.prepare(client.backend)?;
        // The item is decoded before it is sent, so that no item is written that cannot be read.
        let new = decode_entity(&mut prepared.own.item.clone()).at(client.origin)?;
        prepared.send(client).await?;
        Ok(new)
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>> IntoWrite<S> for Create<'_, E> {
    type Entity = InTable<S, E>;
    type Rules = E::Rules;

    fn into_write<B: Backend>(
        self,
        backend: &B,
    ) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        self.prepare(backend).map(Prepared::into_transaction)
    }
}

impl<E> Clone for Create<'_, E> {
    fn clone(&self) -> Self {
        Create { entity: self.entity.clone(), in_any_state: self.in_any_state }
    }
}

impl<E: Entity> fmt::Debug for Create<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Create").field("key", &Key::of(&*self.entity)).finish()
    }
}
