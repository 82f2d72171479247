//! `move_to`: moves an item to another key.

use super::support::{
    Explain, InTable, IntoWrite, Prepared, SameTable, guard, has_version, is_state, keeps_states,
    next_version,
};
use crate::backend::{At as _, Backend, CrossPartitionTransactions, Origin, Verb};
use crate::entity::{Key, Memory, Stamps, encode};
use crate::error::{Error, Kind, Result};
use crate::expiry::{is_absent, is_present};
use crate::expr::Expr;
use crate::request::{self, PrimaryKey, TransactItem};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use futures_util::future::BoxFuture;

/// Moves an item to another key, in one transaction: from
/// [`EntityExt::move_to`](crate::EntityExt::move_to).
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Move<'a, E> {
    old: &'a E,
    new: &'a E,
}

impl<'a, E: Entity> Move<'a, E> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::MoveTo);

    pub(super) fn new(old: &'a E, new: &'a E) -> Self {
        Move { old, new }
    }

    /// Sends the transaction.
    ///
    /// An entity without a version is compared with the stored item, field by field. A field whose stored form is
    /// not always the same makes the move stale each time: a `HashSet` that is stored as a list (use
    /// [`set`](crate::set), or a `BTreeSet`), or a float that was incremented in the store, which keeps more digits.
    /// Give such an entity a version.
    ///
    /// # Errors
    ///
    /// [`is_stale`](Error::is_stale) if the old item differs from the one that was loaded, or
    /// [`is_conflict`](Error::is_conflict) if its version does;
    /// [`is_not_found`](Error::is_not_found) if it no longer exists;
    /// [`is_condition_failed`](Error::is_condition_failed) if there is an item with the new key;
    /// [`is_invalid_request`](Error::is_invalid_request) if both keys are the same, or if the new entity
    /// has another time of creation (`created = ..`) or is in another state of a workflow.
    // Not an `async fn`, for which the compiler would report a backend without such transactions three times.
    pub fn send<'b, B: CrossPartitionTransactions>(
        self,
        table: &'b Table<E::Table, B>,
    ) -> BoxFuture<'b, Result<()>>
    where
        'a: 'b,
    {
        Box::pin(async move {
            let client = table.client(Self::ORIGIN);
            self.prepare(client.backend).at(client.origin)?.send_together(client).await
        })
    }

    /// Prepares the delete of the old item, with the create of the new one and the guards of both.
    fn prepare<B: Backend>(&self, backend: &B) -> Result<Prepared<B::Item, request::Delete>> {
        let Move { old, new } = *self;
        let (table, rules) = (E::Table::DEF, E::DEF.rules);
        let from = Key::of(old).render()?;
        // The new item's version is after the old one's, so that nobody who holds the old entity can
        // write over the new item.
        let version = rules.version.map(|_| next_version(old.version().max(new.version())));
        let (to, item) = encode(backend, new, version, &Stamps::of_change::<E>()?)?;
        if from == to {
            let message = format!("both have the key `{from}`: use `update` or `put`");
            return Err(Error::new(Kind::InvalidRequest, message));
        }
        self.created_is_kept()?;
        keeps_states(&old.in_workflows(), new, "the new entity differs in")?;
        let guards = self.guards(backend, &from, &to)?;
        let mut explain = Explain::new::<E>(Verb::MoveTo);
        explain.needs_item = true;
        let mut condition = Some(is_present(table, E::DEF));
        if let Some(field) = rules.version {
            has_version(field, old.version()).require(&mut condition);
            explain.version = Some(old.version());
        }
        // With a version, the fields whose guards are written, and states: the entity in hand may have been changed.
        let fresh = match rules.version {
            Some(_) => unchanged(old, |name| {
                rules.unique.iter().any(|it| it.fields.contains(&name)) || is_state(old, name)
            })?,
            None => unchanged(old, |_| true)?,
        };
        if let Some(fresh) = fresh {
            fresh.clone().require(&mut condition);
            explain.fresh = Some(fresh);
        }
        let mut delete = request::Delete::new(table, E::DEF.name, from);
        delete.condition = condition;
        let mut put = request::Put::new(table, E::DEF.name, to, item);
        put.condition = Some(is_absent(table, E::DEF));
        let prepared = Prepared::new(delete, explain);
        Ok(Prepared { created: Some(put), guards, ..prepared })
    }

    /// Refuses a new entity with another time of creation: the move is no creation.
    fn created_is_kept(&self) -> Result<()> {
        let Some(name) = E::DEF.rules.created else { return Ok(()) };
        if Memory::of(self.old)?.value(name)? == Memory::of(self.new)?.value(name)? {
            return Ok(());
        }
        let message = format!(
            "the new entity has another `{name}` than the item that is moved, and a move keeps it: copy it from the old entity"
        );
        Err(Error::new(Kind::InvalidRequest, message))
    }

    /// The writes of guards: the guard of a unique value that both entities have gets the new owner,
    /// that of an old value is deleted, and that of a new value is created.
    fn guards<B: Backend>(
        &self,
        backend: &B,
        from: &PrimaryKey,
        to: &PrimaryKey,
    ) -> Result<Vec<guard::Guard<B::Item>>> {
        let expires = self.new.expires();
        let (before, after) = (guard::keys(self.old)?, guard::new_keys(self.new)?);
        let mut guards = Vec::with_capacity(before.len() + after.len());
        for (unique, key) in &before {
            let key = key.clone();
            guards.push(if after.iter().any(|(_, kept)| *kept == key) {
                guard::hand_over::<E, B::Item>(unique, key, from, to, expires)
            } else {
                guard::free::<E, B::Item>(unique, key, from)
            });
        }
        for (unique, key) in after {
            if !before.iter().any(|(_, known)| *known == key) {
                guards.push(guard::take::<E, B>(backend, unique, key, to, expires)?);
            }
        }
        Ok(guards)
    }
}

/// Holds if every field is stored as it was loaded.
fn unchanged<E: Entity>(entity: &E, which: impl Fn(&str) -> bool) -> Result<Option<Expr>> {
    let (memory, mut fresh) = (Memory::of(entity)?, None);
    for name in E::DEF.fields.iter().filter(|name| !name.is_empty() && which(name)) {
        memory.unchanged::<E>(name)?.require(&mut fresh);
    }
    Ok(fresh)
}

impl<S, E: Entity<Table: SameTable<S, E>>> IntoWrite<S> for Move<'_, E> {
    type Entity = InTable<S, E>;
    type Rules = E::Rules;

    fn into_write<B: Backend>(
        self,
        backend: &B,
    ) -> Result<Prepared<B::Item, TransactItem<B::Item>>> {
        self.prepare(backend).at(Self::ORIGIN).map(Prepared::into_transaction)
    }
}
