//! `put`: writes a whole item.

use super::support::{
    Conditional, Conditions, Explain, Held, InTable, IntoWrite, New, Old, Prepared, Returns,
    SameTable, Unconditional, has_version, next_version, returned_old,
};
use crate::backend::{At as _, Backend, Origin, Verb};
use crate::entity::{Memory, Stamps, decode_entity, encode};
use crate::error::Result;
use crate::expiry::{is_absent, of_living};
use crate::field::IntoCondition;
use crate::request::{self, Returning, TransactItem};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;

/// Writes a whole item: from [`EntityExt::put`](crate::EntityExt::put) or
/// [`EntityExt::into_put`](crate::EntityExt::into_put).
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "PutItem")]
pub struct Put<'a, E, C = Unconditional> {
    entity: Held<'a, E>,
    when: Conditions<E>,
    conditional: PhantomData<fn() -> C>,
}

impl<'a, E: Entity> Put<'a, E> {
    pub(super) fn new(entity: Held<'a, E>) -> Self {
        Put { entity, when: Conditions::default(), conditional: PhantomData }
    }
}

impl<'a, E: Entity, C> Put<'a, E, C> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Put);

    /// Writes the item only if `condition` holds for the stored item. Conditions from repeated calls
    /// are combined with AND.
    ///
    /// # Example: replace an order only while its status is still `Placed`
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = Order { note: Some("gift".into()), ..order("ORD-001", 4_500) };
    /// order.put().when(Order::STATUS.eq(Status::Placed)).send(&shop).await?;
    /// # Ok(()) }) }
    /// ```
    pub fn when(self, condition: impl IntoCondition<E>) -> Put<'a, E, Conditional> {
        let when = self.when.and(condition.into_condition());
        Put { entity: self.entity, when, conditional: PhantomData }
    }

    /// Makes the request return the item that was stored before, if there was one.
    pub fn returning_old(self) -> Returns<Self, Old> {
        Returns::new(self)
    }

    /// Makes the request return the entity as it was written, with its new version and its new time.
    pub fn returning_new(self) -> Returns<Self, New> {
        Returns::new(self)
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key), [`is_encode`](crate::Error::is_encode) and
    /// [`is_too_large`](crate::Error::is_too_large) before anything is written;
    /// [`is_condition_failed`](crate::Error::is_condition_failed), with the stored item as
    /// [`current`](crate::Error::current), if a condition does not hold;
    /// [`is_conflict`](crate::Error::is_conflict) if the stored item has another version;
    /// [`is_stale`](crate::Error::is_stale) if the entity has `created = ..`, and the stored item has
    /// another time there.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let client = table.client(Self::ORIGIN);
        self.prepare(client.backend)?.send_alone(client).await?;
        Ok(())
    }

    /// Returns the request as plain data, for logs and tests; `backend` encodes the item.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Put::send) that are found before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Put<B::Item>> {
        Ok(self.prepare(backend)?.own)
    }

    fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item, request::Put<B::Item>>> {
        self.prepared(backend).at(Self::ORIGIN)
    }

    /// An entity with unique fields has no `put`, so there are no guards to write.
    fn prepared<B: Backend>(
        &self,
        backend: &B,
    ) -> Result<Prepared<B::Item, request::Put<B::Item>>> {
        let (entity, table) = (&*self.entity, E::Table::DEF);
        let mut explain = Explain::new::<E>(Verb::Put);
        let version = E::DEF.rules.version.map(|_| next_version(entity.version()));
        let (key, item) = encode(backend, entity, version, &Stamps::of_change::<E>()?)?;
        let mut condition = None;
        if let Some(field) = E::DEF.rules.version {
            has_version(field, entity.version()).require(&mut condition);
            explain.version = Some(entity.version());
        }
        // The item has the time of its creation for ever, so only the item that has the entity's time
        // is replaced.
        if let Some(created) = E::DEF.rules.created {
            let same = Memory::of(entity)?.unchanged::<E>(created)?;
            let fresh = is_absent(table, E::DEF).or(same);
            fresh.clone().require(&mut condition);
            explain.fresh = Some(fresh);
        }
        self.when.require(&mut condition)?;
        let mut put = request::Put::new(table, E::DEF.name, key, item);
        put.condition = of_living(table, E::DEF, condition);
        Ok(Prepared::new(put, explain))
    }
}

impl<E: Entity, C> Returns<Put<'_, E, C>, Old> {
    /// Sends the request. Returns `None` if there was no item.
    ///
    /// # Errors
    ///
    /// The errors of [`Put::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E>> {
        let client = table.client(Put::<E, C>::ORIGIN);
        let prepared = self.request.prepare(client.backend)?.returning(Returning::Old);
        returned_old(prepared.send_alone(client).await?.item).at(client.origin)
    }
}

impl<E: Entity, C> Returns<Put<'_, E, C>, New> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// The errors of [`Put::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let client = table.client(Put::<E, C>::ORIGIN);
        let prepared = self.request.prepare(client.backend)?;
        // The item is decoded before it is sent, so that no item is written that cannot be read.
        let new = decode_entity(&mut prepared.own.item.clone()).at(client.origin)?;
        prepared.send_alone(client).await?;
        Ok(new)
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>, C> IntoWrite<S> for Put<'_, E, C> {
    type Entity = InTable<S, E>;
    type Rules = E::Rules;

    fn into_write<B: Backend>(
        self,
        backend: &B,
    ) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        self.prepare(backend).map(Prepared::into_transaction)
    }
}

impl<E, C> Clone for Put<'_, E, C> {
    fn clone(&self) -> Self {
        Put { entity: self.entity.clone(), when: self.when.clone(), conditional: PhantomData }
    }
}

impl<E: Entity, C> fmt::Debug for Put<'_, E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = crate::entity::Key::of(&*self.entity);
        f.debug_struct("Put").field("key", &key).field("when", &self.when).finish()
    }
}
