//! `delete`: deletes one item.

use super::support::{
    Conditional, Conditions, Explain, InTable, IntoWrite, Old, Prepared, Returns, SameTable,
    Unconditional, guard, has_version, returned_old,
};
use crate::backend::{At as _, Backend, Item, NoItem, Origin, Verb};
use crate::entity::{Key, Memory};
use crate::error::Result;
use crate::expiry::{is_present, of_living};
use crate::expr::Expr;
use crate::field::IntoCondition;
use crate::field::role::{ReturnsOld, Unguarded};
use crate::request::{self, PrimaryKey, Returning, TransactItem};
use crate::schema::{Entity, Schema, UniqueDef};
use crate::table::Table;
use std::fmt;
use std::marker::PhantomData;

impl<E: Entity> Key<E> {
    /// Deletes the item with this key, whatever values it has. It is no error if there is none.
    ///
    /// If the entity shares its keys (`shares = ..`), an item of another entity is not deleted: the request fails
    /// with [`is_condition_failed`](crate::Error::is_condition_failed).
    pub fn delete(self) -> Delete<E>
    where
        E::Rules: Unguarded<E>,
    {
        Delete::new(self)
    }
}

/// Deletes one item: from [`EntityExt::delete`](crate::EntityExt::delete) or
/// [`Key::delete`].
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "DeleteItem")]
pub struct Delete<E: Entity, C = Unconditional> {
    key: Key<E>,
    expected: Result<Expected>,
    when: Conditions<E>,
    conditional: PhantomData<fn() -> C>,
}

/// The properties that show that the stored item is the one that was loaded.
#[derive(Debug, Clone, Default)]
struct Expected {
    version: Option<u64>,
    /// Holds if the unique fields have the values that were loaded.
    fresh: Option<Expr>,
    guards: Vec<(&'static UniqueDef, PrimaryKey)>,
}

impl Expected {
    fn of<E: Entity>(entity: &E) -> Result<Self> {
        let rules = E::DEF.rules;
        let version = rules.version.map(|_| entity.version());
        let mut expected = Expected { version, ..Expected::default() };
        if !rules.unique.is_empty() {
            expected.guards = guard::keys(entity)?;
            let memory = Memory::of(entity)?;
            for name in rules.unique.iter().flat_map(|unique| unique.fields) {
                memory.unchanged::<E>(name)?.require(&mut expected.fresh);
            }
        }
        Ok(expected)
    }
}

impl<E: Entity> Delete<E> {
    fn new(key: Key<E>) -> Self {
        Delete {
            key,
            expected: Ok(Expected::default()),
            when: Conditions::default(),
            conditional: PhantomData,
        }
    }

    pub(super) fn loaded(entity: &E) -> Self {
        Delete {
            key: Key::of(entity),
            expected: Expected::of(entity),
            when: Conditions::default(),
            conditional: PhantomData,
        }
    }
}

impl<E: Entity, C> Delete<E, C> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Delete);

    /// Deletes the item only if `condition` holds for the stored item. Conditions from repeated calls
    /// are combined with AND.
    pub fn when(self, condition: impl IntoCondition<E>) -> Delete<E, Conditional> {
        let Delete { key, expected, when, .. } = self;
        Delete {
            key,
            expected,
            when: when.and(condition.into_condition()),
            conditional: PhantomData,
        }
    }

    /// Makes the request return the deleted item, if there was one. A delete of an entity with unique fields
    /// does not have this method, because it is a transaction with their guards, which returns no items.
    ///
    /// # Example: look at what was deleted
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let gone = Order::key("C001", "ORD-001").delete().returning_old().send(&shop).await?;
    /// assert_eq!(gone.map(|order| order.total), Some(4_500));
    /// # Ok(()) }) }
    /// ```
    pub fn returning_old(self) -> Returns<Self, Old>
    where
        E::Rules: ReturnsOld<E>,
    {
        Returns::new(self)
    }

    /// Sends the request. It is no error if the item does not exist, unless there is a condition, a
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
        let client = table.client(Self::ORIGIN);
        self.prepare()?.send(client).await?;
        Ok(())
    }

    /// Returns the request as plain data, for logs and tests. The writes of unique guards are not part
    /// of it.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part of the key cannot be written.
    pub fn request(&self) -> Result<request::Delete> {
        Ok(self.prepare::<NoItem>()?.own)
    }

    pub(super) fn prepare<I: Item>(&self) -> Result<Prepared<I, request::Delete>> {
        self.prepared().at(Self::ORIGIN)
    }

    fn prepared<I: Item>(&self) -> Result<Prepared<I, request::Delete>> {
        let table = E::Table::DEF;
        let key = self.key.render()?;
        let expected = self.expected.as_ref().map_err(Clone::clone)?;
        let mut explain = Explain::new::<E>(Verb::Delete);
        let mut condition = None;
        if let (Some(field), Some(version)) = (E::DEF.rules.version, expected.version) {
            has_version(field, version).require(&mut condition);
            explain.version = Some(version);
        }
        if let Some(fresh) = &expected.fresh {
            is_present(table, E::DEF).require(&mut condition);
            fresh.clone().require(&mut condition);
            explain.fresh = Some(fresh.clone());
            explain.needs_item = true;
        }
        self.when.require(&mut condition)?;
        if expected.fresh.is_none() {
            condition = of_living(table, E::DEF, condition);
        }
        let guards = expected.guards.iter();
        let guards = guards.map(|(unique, guard)| guard::free::<E, I>(unique, guard.clone(), &key));
        let guards = guards.collect();
        let mut delete = request::Delete::new(table, E::DEF.name, key);
        delete.condition = condition;
        Ok(Prepared::new(delete, explain).with_guards(guards))
    }
}

impl<E: Entity, C> Returns<Delete<E, C>, Old> {
    /// Sends the request. Returns `None` if there was no item.
    ///
    /// # Errors
    ///
    /// The errors of [`Delete::send`].
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E>> {
        let client = table.client(Delete::<E, C>::ORIGIN);
        let prepared = self.request.prepare()?.returning(Returning::Old);
        returned_old(prepared.send_alone(client).await?.item).at(client.origin)
    }
}

impl<S, E: Entity<Table: SameTable<S, E>>, C> IntoWrite<S> for Delete<E, C> {
    type Entity = InTable<S, E>;
    type Rules = E::Rules;

    fn into_write<B: Backend>(self, _: &B) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        self.prepare().map(Prepared::into_transaction)
    }
}

impl<E: Entity, C> Clone for Delete<E, C> {
    fn clone(&self) -> Self {
        Delete {
            key: self.key.clone(),
            expected: self.expected.clone(),
            when: self.when.clone(),
            conditional: PhantomData,
        }
    }
}

impl<E: Entity, C> fmt::Debug for Delete<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delete").field("key", &self.key).field("when", &self.when).finish()
    }
}
