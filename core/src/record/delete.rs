//! Deleting single items.

use super::key::Key;
use super::keys::Keys;
use super::prepared::{Explain, Prepared};
use super::put::{Conditional, Unconditional, has_version};
use super::returning::{Old, Returns};
use super::transaction::{IntoWrite, SameTable};
use super::unique;
use super::update::memory::Memory;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::error::Result;
use crate::expiry::{is_past, is_present, of_living};
use crate::expr::Expr;
use crate::field::Condition;
use crate::request::{self, PrimaryKey, Returning, Write};
use crate::schema::{Entity, Schema, UniqueDef};
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;

/// Deletes one item: from [`Record::delete`](super::Record::delete) or [`Key::delete`].
#[must_use = "a request does nothing until it is sent"]
pub struct Delete<E: Entity, C = Unconditional> {
    key: Key<E>,
    known: Result<Known>,
    when: Option<Condition<E>>,
    conditional: PhantomData<fn() -> C>,
}

/// What the loaded entity adds.
#[derive(Debug, Clone, Default)]
struct Known {
    version: Option<u64>,
    /// That the unique fields are those that were loaded.
    fresh: Option<Expr>,
    guards: Vec<(&'static UniqueDef, PrimaryKey)>,
}

impl Known {
    fn of<E: Entity>(entity: &E) -> Result<Self> {
        let rules = E::DEF.rules;
        let version = rules.version.map(|_| entity.version());
        let mut known = Known { version, ..Known::default() };
        if !rules.unique.is_empty() {
            // Its keys have to be right, too.
            Keys::of(entity)?;
            known.guards = unique::keys(entity)?;
            let memory = Memory::of(entity)?;
            for name in rules.unique.iter().flat_map(|unique| unique.fields) {
                memory.unchanged::<E>(name)?.require(&mut known.fresh);
            }
        }
        Ok(known)
    }
}

impl<E: Entity> Delete<E> {
    pub(super) fn new(key: Key<E>) -> Self {
        Delete { key, known: Ok(Known::default()), when: None, conditional: PhantomData }
    }

    pub(crate) fn loaded(entity: &E) -> Self {
        let known = Known::of(entity);
        Delete { key: Key::new(entity.to_key()), known, when: None, conditional: PhantomData }
    }
}

impl<E: Entity, C> Delete<E, C> {
    /// Deletes only if the stored item is so. Of several, all have to hold.
    pub fn when(self, condition: Condition<E>) -> Delete<E, Conditional> {
        let when = match self.when {
            Some(known) => known.and(condition),
            None => condition,
        };
        let Delete { key, known, .. } = self;
        Delete { key, known, when: Some(when), conditional: PhantomData }
    }

    /// Gives back the item that was there, if there was one.
    ///
    /// # Example: what was deleted
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let gone = Order::key("C001", "ORD-001").delete().returning_old().send(&shop).await?;
    /// assert_eq!(gone.map(|order| order.total), Some(4_500));
    /// # Ok(()) }) }
    /// ```
    pub fn returning_old(self) -> Returns<Self, Old> {
        Returns::new(self)
    }

    /// Sends the request. Deleting what is not there is no error, unless there is a condition, a
    /// version or a unique field.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) before any I/O;
    /// [`is_condition_failed`](crate::Error::is_condition_failed) if a condition does not hold,
    /// [`is_conflict`](crate::Error::is_conflict) if the stored item has another version,
    /// [`is_stale`](crate::Error::is_stale) if it has another value in a unique field, each with the
    /// stored item as [`current`](crate::Error::current).
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<()> {
        self.prepare()?.send(table.backend(), E::Table::DEF).await?;
        Ok(())
    }

    pub(crate) fn prepare<I: crate::Item>(&self) -> Result<Prepared<I>> {
        self.prepared().map_err(|error| error.context(|| format!("{}::delete", E::DEF.name)))
    }

    fn prepared<I: crate::Item>(&self) -> Result<Prepared<I>> {
        let table = E::Table::DEF;
        let key = self.key.render()?;
        let known = self.known.as_ref().map_err(Clone::clone)?;
        let mut explain = Explain::new::<E>("delete");
        let mut condition = None;
        if let (Some(field), Some(version)) = (E::DEF.rules.version, known.version) {
            has_version(field, version).require(&mut condition);
            explain.version = Some(version);
        }
        if let Some(fresh) = &known.fresh {
            is_present(table, E::DEF).require(&mut condition);
            fresh.clone().require(&mut condition);
            explain.fresh = Some(fresh.clone());
            explain.needs_item = true;
        }
        if let Some(when) = &self.when {
            when.clone().into_expr()?.require(&mut condition);
        }
        let condition = match known.fresh {
            Some(_) => condition,
            None => of_living(table, E::DEF, condition),
        };
        let guards = known.guards.iter();
        let guards =
            guards.map(|(unique, guard)| unique::free::<E, I>(unique, guard.clone(), &key));
        let guards = guards.collect();
        let mut delete = request::Delete::new(table, E::DEF.name, key);
        delete.condition = condition;
        Ok(Prepared { guards, ..Prepared::new(Write::Delete(delete), explain) })
    }

    /// The request as plain data, for logs and tests. The writes of unique guards are not among it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part cannot be written.
    pub fn request(&self) -> Result<request::Delete> {
        match self.prepare::<crate::item::NoItem>()?.own {
            Write::Delete(delete) => Ok(delete),
            _ => Err(super::prepared::cancelled()),
        }
    }
}

impl<E: Entity, C> Returns<Delete<E, C>, Old> {
    /// Sends the request; `None` if there was no item.
    ///
    /// # Errors
    ///
    /// As [`Delete::send`]; [`is_unsupported`](crate::Error::is_unsupported) for an entity with
    /// unique fields, whose transaction gives nothing back.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E>> {
        let prepared = self.request.prepare()?.returning(Returning::Old)?;
        let mut old = prepared.send(table.backend(), E::Table::DEF).await?;
        let old = old.as_mut().map(read_entity::<E, B::Item>).transpose();
        let old = old.map_err(|error| error.context(|| format!("{}::delete", E::DEF.name)))?;
        Ok(old.filter(|old| !is_past(old.expires())))
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>, C> IntoWrite<S> for Delete<E, C> {
    fn into_write<B: Backend>(self, _: &B) -> Result<Prepared<B::Item>> {
        self.prepare()
    }
}

impl<E: Entity, C> Clone for Delete<E, C> {
    fn clone(&self) -> Self {
        let Delete { key, known, when, .. } = self;
        let (key, known, when) = (key.clone(), known.clone(), when.clone());
        Delete { key, known, when, conditional: PhantomData }
    }
}

impl<E: Entity, C> fmt::Debug for Delete<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delete").field("key", &self.key).field("when", &self.when).finish()
    }
}
