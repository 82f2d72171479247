//! Read, change, write if nothing came between, and again if something did.

use super::key::Key;
use super::keys::encode;
use super::prepared::{Explain, Prepared};
use super::put::{Record as _, has_version, next_version};
use super::unique;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::error::{Error, Kind, Result};
use crate::expiry::{is_past, is_present};
use crate::expr::{Action, Comparison, Expr, Path};
use crate::item::Item as _;
use crate::random;
use crate::request::{self, Write};
use crate::schema::{Entity, Schema, WRITE_NAME};
use crate::table::Table;
use crate::trace;
use crate::value::{Map, Value};
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
    /// A client that sends a request again because its answer was lost may find its own write in the
    /// way. Of an entity with a version that is noticed, by a random name that the write leaves in the
    /// item's attribute `_write`, unless another `update_with` or `put` came in between. Otherwise the
    /// closure is applied once more.
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
        let (mut entity, before) = read::<E, B>(key, table).await.map_err(failed)?;
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

/// The entity, and the item as it is stored.
async fn read<E: Entity, B: Backend>(
    key: &Key<E>,
    table: &Table<E::Table, B>,
) -> Result<(E, Before)> {
    let request = key.clone().get().consistent().request()?;
    let (backend, place) = (table.backend(), request.key.to_string());
    let span = trace::span(backend, E::Table::DEF, "GetItem", Some(E::DEF.name), None);
    let fetched = trace::run(span, backend.get(request), |found| Some(found.cost)).await?;
    if let Some(mut item) = fetched.item {
        let stored: Map = item.decode()?;
        let entity: E = read_entity(&mut item)?;
        if !is_past(entity.expires()) {
            let before = Before::of(&entity, stored)?;
            return Ok((entity, before));
        }
    }
    Err(Error::new(Kind::NotFound, format!("there is no item `{place}`")))
}

/// An entity before the closure had it.
struct Before {
    key: request::PrimaryKey,
    version: u64,
    expires: Option<i64>,
    /// The item as it is stored, which may differ from what the entity would be stored as.
    stored: Map,
    guards: Vec<(&'static crate::schema::UniqueDef, request::PrimaryKey)>,
    item: Map,
}

impl Before {
    fn of<E: Entity>(entity: &E, stored: Map) -> Result<Self> {
        Ok(Before {
            key: entity.primary_key().render()?,
            version: entity.version(),
            expires: entity.expires(),
            stored,
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
        let fresh = unchanged::<E>(&before.stored);
        explain.fresh.clone_from(&fresh);
        if let Some(fresh) = fresh {
            fresh.require(&mut condition);
        }
    }
    let mut actions = changes::<E>(before, &after);
    if next.is_some() {
        let name = random::name()?;
        actions.push(Action::Set(Path::attribute(WRITE_NAME), Value::from(name.as_str())));
        explain.write_name = Some(name);
    }
    let mut update = request::Update::new(table, E::DEF.name, key, actions);
    update.condition = condition;
    let guards = guards(backend, before, new)?;
    let (_, mut item) = encode(backend, new, next.map(|(_, version)| version))?;
    let new = read_entity(&mut item)?;
    Ok(Some((Prepared { guards, ..Prepared::new(Write::Update(update), explain) }, new)))
}

/// That every field is as it is stored: the closure may have looked at any.
fn unchanged<E: Entity>(stored: &Map) -> Option<Expr> {
    let fields = E::DEF.fields.iter().copied().filter(|name| !name.is_empty());
    let names = fields.chain(E::DEF.aliases.iter().map(|(former, _)| *former));
    let mut fresh = None;
    for name in names {
        let path = Path::attribute(name);
        let same = match stored.get(name) {
            Some(value) => Expr::Compare(path, Comparison::Eq, value.clone()),
            None => Expr::Absent(path),
        };
        same.require(&mut fresh);
    }
    fresh
}

/// What is different, attribute by attribute, key attributes of indexes included.
fn changes<E: Entity>(before: &Before, after: &Map) -> Vec<Action> {
    let path = |name: &str| Path::named(name.to_owned());
    let differs = |name: &str| before.item.get(name) != after.get(name);
    let set = after.iter().filter(|(name, _)| differs(name));
    let set = set.map(|(name, value)| Action::Set(path(name), value.clone()));
    let removed = before.item.iter().filter(|(name, _)| after.get(name).is_none());
    let removed = removed.map(|(name, _)| Action::Remove(path(name)));
    // A field that is written is no longer under a former name.
    let former = E::DEF.aliases.iter().filter(|(_, now)| differs(now));
    let former = former.map(|(former, _)| Action::Remove(path(former)));
    set.chain(removed).chain(former).collect()
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
