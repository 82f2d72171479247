//! Writing whole items.

use super::delete::Delete;
use super::key::Key;
use super::keys::encode;
use super::many::GetMany;
use super::prepared::{Explain, Prepared};
use super::returning::{New, Old, Returns};
use super::transaction::{IntoWrite, Move, SameTable};
use super::unique;
use super::update::Update;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::error::Result;
use crate::expiry::{is_absent, is_past, of_living};
use crate::expr::{Comparison, Expr, Path};
use crate::field::Condition;
use crate::field::role::{Loaded, Unguarded};
use crate::request::{self, Returning, Write};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use crate::value::{Number, Value};
use std::fmt;
use std::marker::PhantomData;
use std::time::{SystemTime, UNIX_EPOCH};

/// The requests of an entity: every [`Entity`] has them.
///
/// A trait, and in the prelude, so that a method of your own with one of these names wins.
pub trait Record: Entity {
    /// Writes the whole item, over one that may be there. Of an entity with a version, only over
    /// the item that was loaded: [`is_conflict`](crate::Error::is_conflict) otherwise.
    fn put(&self) -> Put<'_, Self>
    where
        Self::Rules: Unguarded<Self>,
    {
        Put::new(self, false)
    }

    /// Writes the whole item, and fails with
    /// [`is_condition_failed`](crate::Error::is_condition_failed) if its key is taken, or with
    /// [`is_unique_violation`](crate::Error::is_unique_violation) if a unique value is.
    ///
    /// # Example: the item that is in the way
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-001", 100);
    /// match order.create().send(&shop).await {
    ///     Ok(()) => println!("created"),
    ///     Err(error) if error.is_condition_failed() => {
    ///         println!("taken by {:?}", error.current::<Order>());
    ///     }
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(()) }) }
    /// ```
    fn create(&self) -> Put<'_, Self, Conditional> {
        Put::new(self, true)
    }

    /// Changes fields of the item, which has to be there.
    ///
    /// Index keys that the fields feed are rewritten in the same request; for what they need
    /// besides, this entity is asked, and the request fails with
    /// [`is_stale`](crate::Error::is_stale) if the stored item differs in that.
    fn update(&self) -> Update<Self, Loaded<'_, Self>> {
        Update::new(self.primary_key(), Loaded(self))
    }

    /// Deletes the item with this entity's key, whatever it holds; that it is gone already is no
    /// error. Of an entity with a version or unique fields, only the item that was loaded.
    fn delete(&self) -> Delete<Self> {
        Delete::loaded(self)
    }

    /// Moves the item to the key of `new`, which takes its place: deletes this one, and creates
    /// that one, in one transaction. Without a version, it happens only if every field is stored
    /// as this entity would be.
    ///
    /// # Example: another customer's order
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-001", 4_500);
    /// let new = Order { customer_id: "C002".into(), ..order.clone() };
    /// order.move_to(&new).send(&shop).await?;
    /// assert_eq!(Order::get("C001", "ORD-001").send(&shop).await?, None);
    /// # Ok(()) }) }
    /// ```
    fn move_to<'a>(&'a self, new: &'a Self) -> Move<'a, Self> {
        Move::new(self, new)
    }

    /// Reads many items by their keys.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let ids = ["ORD-002", "ORD-007"];
    /// let many = Order::get_many(ids.map(|id| Order::key("C001", id))).send(&shop).await?;
    /// assert_eq!(many.missing, [Order::key("C001", "ORD-007")]);
    /// assert_eq!(many.found().len(), 1);
    /// # Ok(()) }) }
    /// ```
    fn get_many(keys: impl IntoIterator<Item = Key<Self>>) -> GetMany<Self> {
        GetMany::new(keys)
    }

    /// The entity's primary key.
    fn primary_key(&self) -> Key<Self> {
        Key::new(self.to_key())
    }
}

impl<E: Entity> Record for E {}

/// Of a [`Put`] without a condition: it can be part of a batch.
#[derive(Debug)]
pub enum Unconditional {}
/// Of a [`Put`] with a condition.
#[derive(Debug)]
pub enum Conditional {}

/// Writes a whole item: from [`Record::put`] or [`Record::create`].
#[must_use = "a request does nothing until it is sent"]
pub struct Put<'a, E, C = Unconditional> {
    entity: &'a E,
    create: bool,
    when: Option<Condition<E>>,
    conditional: PhantomData<fn() -> C>,
}

impl<'a, E: Entity, C> Put<'a, E, C> {
    fn new(entity: &'a E, create: bool) -> Self {
        Put { entity, create, when: None, conditional: PhantomData }
    }

    /// Writes only if the stored item is so. Of several, all have to hold.
    ///
    /// # Example: only over what is still open
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = Order { note: Some("gift".into()), ..order("ORD-001", 4_500) };
    /// order.put().when(Order::STATUS.eq(Status::Placed)).send(&shop).await?;
    /// # Ok(()) }) }
    /// ```
    pub fn when(self, condition: Condition<E>) -> Put<'a, E, Conditional> {
        let when = match self.when {
            Some(known) => known.and(condition),
            None => condition,
        };
        let Put { entity, create, .. } = self;
        Put { entity, create, when: Some(when), conditional: PhantomData }
    }

    /// Gives back the item that was there before, if there was one.
    pub fn returning_old(self) -> Returns<Self, Old> {
        Returns::new(self)
    }

    /// Gives back the entity as it was written, with its new version.
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
    /// [`current`](crate::Error::current), if `create` found the key taken or a condition does not
    /// hold; [`is_conflict`](crate::Error::is_conflict) if the stored item has another version.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        let prepared = self.prepare(table.backend())?;
        prepared.send(table.backend(), E::Table::DEF).await?;
        Ok(())
    }

    fn operation(&self) -> &'static str {
        if self.create { "create" } else { "put" }
    }

    pub(super) fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item>> {
        let context = || format!("{}::{}", E::DEF.name, self.operation());
        self.prepared(backend).map_err(|error| error.context(context))
    }

    fn prepared<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item>> {
        let (entity, table) = (self.entity, E::Table::DEF);
        let mut explain = Explain::new::<E>(self.operation());
        let version = E::DEF.rules.version.map(|_| next_version(entity.version()));
        let (key, item) = encode(backend, entity, version)?;
        let mut condition = None;
        if self.create {
            condition = Some(is_absent(table, E::DEF));
        } else if let Some(field) = E::DEF.rules.version {
            has_version(field, entity.version()).require(&mut condition);
            explain.version = Some(entity.version());
        }
        if let Some(when) = &self.when {
            when.clone().into_expr()?.require(&mut condition);
        }
        if !self.create {
            condition = of_living(table, E::DEF, condition);
        }
        let mut guards = Vec::new();
        for (unique, guard) in unique::keys(entity)? {
            guards.push(unique::take::<E, B>(backend, unique, guard, &key, entity.expires())?);
        }
        let mut put = request::Put::new(table, E::DEF.name, key, item);
        put.condition = condition;
        Ok(Prepared { guards, ..Prepared::new(Write::Put(put), explain) })
    }

    /// The request as plain data, for logs and tests; `backend` encodes the item. The writes of
    /// unique guards are not among it.
    ///
    /// # Errors
    ///
    /// As [`send`](Put::send), before any I/O.
    pub fn request<B: Backend>(&self, backend: &B) -> Result<request::Put<B::Item>> {
        match self.prepare(backend)?.own {
            Write::Put(put) => Ok(put),
            _ => Err(super::prepared::cancelled()),
        }
    }
}

/// The version after this one. It is at least the time in microseconds, so that the versions of an
/// item that is deleted and created again do not begin anew, as far as the clocks of those who write
/// agree. Two writers that loaded one version may choose the same next one: a version says which
/// item was loaded, and never who wrote it.
pub(super) fn next_version(version: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    version.saturating_add(1).max(u64::try_from(now).unwrap_or(0))
}

/// That the stored item has this version; 0 is also an item without one, or none.
pub(super) fn has_version(field: &'static str, version: u64) -> Expr {
    let field = Path::attribute(field);
    let is = |field| Expr::Compare(field, Comparison::Eq, Value::Number(Number::from(version)));
    if version == 0 { Expr::Absent(field.clone()).or(is(field)) } else { is(field) }
}

impl<E: Entity, C> Returns<Put<'_, E, C>, Old> {
    /// Sends the request; `None` if there was no item.
    ///
    /// # Errors
    ///
    /// As [`Put::send`]; [`is_unsupported`](crate::Error::is_unsupported) for an entity with unique
    /// fields, whose transaction gives nothing back.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E>> {
        let prepared = self.request.prepare(table.backend())?.returning(Returning::Old)?;
        let place = prepared.explain.place();
        let mut old = prepared.send(table.backend(), E::Table::DEF).await?;
        let old = old.as_mut().map(read_entity::<E, B::Item>).transpose();
        let old = old.map_err(|error| error.context(|| place))?;
        Ok(old.filter(|old| !is_past(old.expires())))
    }
}

impl<E: Entity, C> Returns<Put<'_, E, C>, New> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// As [`Put::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<E> {
        let prepared = self.request.prepare(table.backend())?;
        // Read before it is sent: what is written is read back, or is not written.
        let new = match &prepared.own {
            Write::Put(put) => read_entity::<E, B::Item>(&mut put.item.clone())
                .map_err(|error| error.context(|| prepared.explain.place()))?,
            _ => return Err(super::prepared::cancelled()),
        };
        prepared.send(table.backend(), E::Table::DEF).await?;
        Ok(new)
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>, C> IntoWrite<S> for Put<'_, E, C> {
    fn into_write<B: Backend>(self, backend: &B) -> Result<Prepared<B::Item>> {
        self.prepare(backend)
    }
}

impl<E, C> Clone for Put<'_, E, C> {
    fn clone(&self) -> Self {
        let Put { entity, create, when, .. } = self;
        Put { entity, create: *create, when: when.clone(), conditional: PhantomData }
    }
}

impl<E: Entity, C> fmt::Debug for Put<'_, E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Put");
        out.field("key", &self.entity.primary_key()).field("create", &self.create);
        out.field("when", &self.when).finish()
    }
}
