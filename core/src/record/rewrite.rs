//! Read, change, write if nothing came between, and again if something did.

use super::key::Key;
use super::keys::encode;
use super::prepared::{Explain, Prepared};
use super::put::{Record as _, has_version, next_version};
use super::unique;
use super::update::memory::Memory;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::entity::Entity;
use crate::error::{Error, Kind, Result};
use crate::expiry::is_present;
use crate::expr::{Action, Expr, Path};
use crate::request::{self, Write};
use crate::schema::Schema;
use crate::table::Table;
use crate::value::Map;
use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

/// How often it is tried, unless the request says otherwise.
const ATTEMPTS: usize = 16;

/// Reads an item, changes it, and writes it back if it has not changed meanwhile: from
/// [`Key::update_with`].
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateWith<E: Entity, C> {
    key: Key<E>,
    change: C,
    attempts: usize,
}

/// Why an [`UpdateWith`] wrote nothing.
#[derive(Debug)]
pub enum Failed<X> {
    /// The closure gave this error.
    Refused(X),
    /// The request failed.
    Request(Error),
}

impl<E: Entity, C> UpdateWith<E, C> {
    pub(super) fn new(key: Key<E>, change: C) -> Self {
        UpdateWith { key, change, attempts: ATTEMPTS }
    }

    /// Tries so often before it gives up with [`is_conflict`](Error::is_conflict); 16 times unless
    /// told, at least once.
    pub fn attempts(mut self, attempts: usize) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Reads the item consistently, calls the closure, and writes what it changed, on the condition
    /// that nothing of the item has changed since; otherwise it begins again, after a short pause
    /// of random length. Gives back the item as it was written.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) if there is no such item;
    /// [`is_conflict`](Error::is_conflict) if others were faster each time;
    /// [`is_invalid_request`](Error::is_invalid_request) if the closure changed the primary key;
    /// else what the requests report.
    pub async fn send<B: Backend>(mut self, table: &Table<E::Table, B>) -> Result<E>
    where
        C: FnMut(&mut E) + Send,
    {
        let change = |entity: &mut E| {
            (self.change)(entity);
            Ok::<(), Infallible>(())
        };
        match run(&self.key, change, self.attempts, table).await {
            Ok(entity) => Ok(entity),
            Err(Failed::Request(error)) => Err(error),
            Err(Failed::Refused(never)) => match never {},
        }
    }

    /// As [`send`](UpdateWith::send), with a closure that may refuse to write.
    ///
    /// # Errors
    ///
    /// [`Failed::Refused`] with what the closure gave, or [`Failed::Request`] with an error as of
    /// [`send`](UpdateWith::send).
    ///
    /// # Example: a discount, unless the order is too small
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::Failed;
    /// let result = Order::key("C001", "ORD-002")
    ///     .update_with(|order| {
    ///         if order.total < 1000 {
    ///             return Err("the discount is too large");
    ///         }
    ///         order.total -= 1000;
    ///         Ok(())
    ///     })
    ///     .try_send(&shop)
    ///     .await;
    /// match result {
    ///     Ok(order) => println!("now {}", order.total),
    ///     Err(Failed::Refused(reason)) => println!("{reason}"),
    ///     Err(Failed::Request(error)) => return Err(error),
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn try_send<B: Backend, X: Send>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<E, Failed<X>>
    where
        C: FnMut(&mut E) -> Result<(), X> + Send,
    {
        run(&self.key, self.change, self.attempts, table).await
    }
}

async fn run<E: Entity, B: Backend, X: Send>(
    key: &Key<E>,
    mut change: impl FnMut(&mut E) -> Result<(), X> + Send,
    attempts: usize,
    table: &Table<E::Table, B>,
) -> Result<E, Failed<X>> {
    let context = |error: Error| error.context(|| format!("{}::update_with", E::DEF.name));
    let failed = |error| Failed::Request(context(error));
    for attempt in 0..attempts {
        if attempt > 0 {
            table.backend().pause(crate::backoff::delay(attempt - 1, LONGEST)).await;
        }
        let found = key.clone().get().consistent().send(table).await.map_err(Failed::Request)?;
        let Some(mut entity) = found else {
            let message = match key.render() {
                Ok(key) => format!("there is no item `{key}`"),
                Err(error) => error.to_string(),
            };
            return Err(failed(Error::new(Kind::NotFound, message)));
        };
        let before = Before::of(&entity).map_err(failed)?;
        change(&mut entity).map_err(Failed::Refused)?;
        let written = write(table.backend(), &before, &entity).map_err(failed)?;
        let Some((prepared, new)) = written else { return Ok(entity) };
        match prepared.send(table.backend(), E::Table::DEF).await {
            Ok(_) => return Ok(new),
            // Somebody else was faster, or deleted it, which the next read tells.
            Err(error) if error.is_conflict() || error.is_stale() || error.is_not_found() => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let message = format!("others changed the item during each of {attempts} attempts: try again");
    Err(failed(Error::new(Kind::Conflict, message)))
}

/// The longest pause between two attempts.
const LONGEST: Duration = Duration::from_secs(1);

/// An entity before the closure had it.
struct Before {
    key: request::PrimaryKey,
    version: u64,
    expires: Option<i64>,
    memory: Memory,
    guards: Vec<(&'static crate::schema::UniqueDef, request::PrimaryKey)>,
    item: Map,
}

impl Before {
    fn of<E: Entity>(entity: &E) -> Result<Self> {
        Ok(Before {
            key: entity.primary_key().render()?,
            version: entity.version(),
            expires: entity.expires(),
            memory: Memory::of(entity)?,
            guards: unique::keys(entity)?,
            item: super::keys::attributes(entity, None)?,
        })
    }
}

/// The change as one conditional update; `None` if there is none.
fn write<E: Entity, B: Backend>(
    backend: &B,
    before: &Before,
    new: &E,
) -> Result<Option<(Prepared<B::Item>, E)>> {
    let (table, rules) = (E::Table::DEF, E::DEF.rules);
    let mut after = super::keys::attributes(new, None)?;
    let key = new.primary_key().render()?;
    if key != before.key {
        let message = format!(
            "the closure changed the primary key from `{}` to `{key}`: move the item with \
             `old.move_to(&new)`",
            before.key
        );
        return Err(Error::new(Kind::InvalidRequest, message));
    }
    let next = rules.version.map(|field| (field, next_version(before.version)));
    if before.item == after {
        return Ok(None);
    }
    if let Some((_, version)) = next {
        after = super::keys::attributes(new, Some(version))?;
    }
    let mut explain = Explain::new::<E>("update_with");
    explain.needs_item = true;
    let mut condition = Some(is_present(table, E::DEF));
    if let Some((field, _)) = next {
        has_version(field, before.version).require(&mut condition);
        explain.version = Some(before.version);
    } else {
        let fresh = unchanged::<E>(before)?;
        explain.fresh.clone_from(&fresh);
        if let Some(fresh) = fresh {
            fresh.require(&mut condition);
        }
    }
    let mut update = request::Update::new(table, E::DEF.name, key, changes(&before.item, &after));
    update.condition = condition;
    let guards = guards(backend, before, new)?;
    let (_, mut item) = encode(backend, new, next.map(|(_, version)| version))?;
    let new = read_entity(&mut item)?;
    Ok(Some((Prepared { guards, ..Prepared::new(Write::Update(update), explain) }, new)))
}

/// That every field is as it was read: the closure may have looked at any.
fn unchanged<E: Entity>(before: &Before) -> Result<Option<Expr>> {
    let mut fresh = None;
    for name in E::DEF.fields.iter().filter(|name| !name.is_empty()) {
        before.memory.unchanged::<E>(name)?.require(&mut fresh);
    }
    Ok(fresh)
}

/// What is different, attribute by attribute, key attributes of indexes included.
fn changes(before: &Map, after: &Map) -> Vec<Action> {
    let path = |name: &str| Path::named(name.to_owned());
    let set = after.iter().filter(|(name, value)| before.get(name) != Some(value));
    let set = set.map(|(name, value)| Action::Set(path(name), value.clone()));
    let removed = before.iter().filter(|(name, _)| after.get(name).is_none());
    let removed = removed.map(|(name, _)| Action::Remove(path(name)));
    set.chain(removed).collect()
}

fn guards<E: Entity, B: Backend>(
    backend: &B,
    before: &Before,
    new: &E,
) -> Result<Vec<unique::Guard<B::Item>>> {
    let (own, expires) = (&before.key, new.expires());
    let after = unique::keys(new)?;
    let mut guards = Vec::new();
    for (unique, key) in &before.guards {
        if !after.iter().any(|(_, kept)| kept == key) {
            guards.push(unique::free::<E, B::Item>(unique, key.clone(), own));
        } else if expires != before.expires {
            let key = key.clone();
            guards.push(unique::hand_over::<E, B::Item>(unique, key, own, own, expires));
        }
    }
    for (unique, key) in after {
        if !before.guards.iter().any(|(_, known)| *known == key) {
            guards.push(unique::take::<E, B>(backend, unique, key, own, expires)?);
        }
    }
    Ok(guards)
}

impl<X: fmt::Display> fmt::Display for Failed<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::Refused(refused) => refused.fmt(f),
            Failed::Request(error) => error.fmt(f),
        }
    }
}

impl<X: std::error::Error + 'static> std::error::Error for Failed<X> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failed::Refused(refused) => refused.source(),
            Failed::Request(error) => std::error::Error::source(error),
        }
    }
}

impl<E: Entity, C> fmt::Debug for UpdateWith<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateWith").field("key", &self.key).finish_non_exhaustive()
    }
}
