//! `update_with`: reading an item, changing it by a closure, and writing it if nothing came between.

mod change;

use crate::backend::{At as _, Backend, Client, Item as _, Origin, Retry, Verb};
use crate::entity::{Key, decode_attributes};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_past;
use crate::request;
use crate::schema::Entity;
use crate::table::Table;
use change::{Before, Change};
use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

impl<E: Entity> Key<E> {
    /// Reads the item, changes it with the closure, and writes it if nothing came between; else it
    /// begins again.
    ///
    /// # Example: what a condition cannot say
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let order = Order::key("C001", "ORD-002")
    ///     .update_with(|order| order.total = order.total.max(1000))
    ///     .send(&shop)
    ///     .await?;
    /// assert_eq!(order.total, 1000);
    /// # Ok(()) }) }
    /// ```
    pub fn update_with<C, R>(self, change: C) -> UpdateWith<E, C>
    where
        C: FnMut(&mut E) -> R,
    {
        UpdateWith::new(self, change)
    }
}

/// How often it is tried, unless the request says otherwise.
const RETRY: Retry = Retry { attempts: 16, longest: Duration::from_secs(1) };

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
pub enum UpdateWithError<X> {
    /// The closure gave this error.
    Refused(X),
    /// The request failed.
    Request(Error),
}

impl<E: Entity, C> UpdateWith<E, C> {
    fn new(key: Key<E>, change: C) -> Self {
        UpdateWith { key, change, attempts: RETRY.attempts }
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
            Err(UpdateWithError::Request(error)) => Err(error),
            Err(UpdateWithError::Refused(never)) => match never {},
        }
    }

    /// As [`send`](UpdateWith::send), with a closure that may refuse to write.
    ///
    /// # Errors
    ///
    /// [`UpdateWithError::Refused`] with what the closure gave, or [`UpdateWithError::Request`] with an error as of
    /// [`send`](UpdateWith::send).
    ///
    /// # Example: a discount, unless the order is too small
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::UpdateWithError;
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
    ///     Err(UpdateWithError::Refused(reason)) => println!("{reason}"),
    ///     Err(UpdateWithError::Request(error)) => return Err(error),
    /// }
    /// # Ok(()) }) }
    /// ```
    pub async fn try_send<B: Backend, X: Send>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<E, UpdateWithError<X>>
    where
        C: FnMut(&mut E) -> Result<(), X> + Send,
    {
        run(&self.key, self.change, self.attempts, table).await
    }
}

async fn run<E, B, X>(
    key: &Key<E>,
    mut change: impl FnMut(&mut E) -> Result<(), X> + Send,
    attempts: usize,
    table: &Table<E::Table, B>,
) -> Result<E, UpdateWithError<X>>
where
    E: Entity,
    B: Backend,
    X: Send,
{
    let client = table.client(Origin::Entity(E::DEF.name, Verb::UpdateWith));
    let failed = |error| UpdateWithError::Request(error);
    let retry = Retry { attempts, ..RETRY };
    for attempt in 0..retry.attempts {
        retry.pause(client.backend, attempt).await;
        let (mut entity, before) = read(key, client).await.at(client.origin).map_err(failed)?;
        change(&mut entity).map_err(UpdateWithError::Refused)?;
        let change = before.change(client.backend, &entity).at(client.origin).map_err(failed)?;
        let Some(Change { prepared, new }) = change else { return Ok(entity) };
        match prepared.send(client).await {
            Ok(_) => return Ok(new),
            // Another writer was faster, or deleted the item, which the next read shows.
            Err(error) if error.is_conflict() || error.is_stale() || error.is_not_found() => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let message = format!("others changed the item during each of {attempts} attempts: try again");
    Err(Error::new(Kind::Conflict, message)).at(client.origin).map_err(failed)
}

/// The entity, and the item as it is stored.
async fn read<E: Entity, B: Backend>(key: &Key<E>, client: Client<'_, B>) -> Result<(E, Before)> {
    let mut request = request::Get::new(client.table, E::DEF.name, key.render()?);
    request.consistent = true;
    let place = request.key.clone();
    if let Some(item) = client.get(request).await?.item {
        let (entity, stored) = decode_attributes::<E>(item.decode()?)?;
        if !is_past(entity.expires()) {
            let before = Before::of(&entity, stored)?;
            return Ok((entity, before));
        }
    }
    Err(Error::new(Kind::NotFound, format!("there is no item `{place}`")))
}

impl<X: fmt::Display> fmt::Display for UpdateWithError<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UpdateWithError::Refused(refused) => refused.fmt(f),
            UpdateWithError::Request(error) => error.fmt(f),
        }
    }
}

impl<X: std::error::Error + 'static> std::error::Error for UpdateWithError<X> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            UpdateWithError::Refused(refused) => refused.source(),
            UpdateWithError::Request(error) => std::error::Error::source(error),
        }
    }
}

impl<E: Entity, C> fmt::Debug for UpdateWith<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateWith").field("key", &self.key).finish_non_exhaustive()
    }
}
