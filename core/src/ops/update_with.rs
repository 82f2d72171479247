//! `update_with`: reads an item, changes it with a closure, and writes it if no other writer changed
//! it in between.

mod change;

use crate::backend::{At as _, Backend, Client, Item as _, Origin, Retry, Verb};
use crate::entity::{Key, decode_entity, other_entity};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_past;
use crate::ops::support::Explain;
use crate::request;
use crate::schema::Entity;
use crate::table::Table;
use change::{Before, Change};
use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

impl<E: Entity> Key<E> {
    /// Reads the item, changes it with the closure, and writes it back. If another writer changed the
    /// item in between, the request starts again.
    ///
    /// # Example: a change that needs the present value
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

/// The attempts, unless the request sets another number.
const RETRY: Retry = Retry { attempts: 16, longest: Duration::from_secs(1) };

/// Reads an item, changes it with a closure, and writes it back, with an optimistic lock: from
/// [`Key::update_with`].
#[must_use = "a request does nothing until it is sent"]
#[doc(alias("optimistic lock", "optimistic locking"))]
pub struct UpdateWith<E: Entity, C> {
    key: Key<E>,
    change: C,
    attempts: usize,
}

/// The reason why an [`UpdateWith`] wrote nothing.
#[derive(Debug)]
pub enum UpdateWithError<X> {
    /// The closure returned this error.
    Refused(X),
    /// The request failed.
    Request(Error),
}

impl<E: Entity, C> UpdateWith<E, C> {
    fn new(key: Key<E>, change: C) -> Self {
        UpdateWith { key, change, attempts: RETRY.attempts }
    }

    /// Sets the number of attempts, after which the request fails with
    /// [`is_conflict`](Error::is_conflict). The default is 16, and the least is 1.
    pub fn attempts(mut self, attempts: usize) -> Self {
        self.attempts = attempts.max(1);
        self
    }

    /// Sends the request. Reads the item with a strongly consistent read, calls the closure, and
    /// writes the changes on the condition that the item has not changed since it was read. If the
    /// condition does not hold, starts again after a short random pause. Returns the item as it was
    /// written.
    ///
    /// If the answer to a write is lost, the client sends the write again, and its condition fails
    /// because of the first write. If the entity has a version, this is detected: the write leaves a
    /// random name in the item's attribute `_write`. It is not detected without a version, or if
    /// another `update_with` or `put` came in between. Then the closure is applied a second time.
    ///
    /// # Errors
    ///
    /// [`is_not_found`](Error::is_not_found) if there is no such item;
    /// [`is_conflict`](Error::is_conflict) if another writer was faster in each attempt;
    /// [`is_invalid_request`](Error::is_invalid_request) if the closure changed the primary key;
    /// the errors of the read and of the write.
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

    /// Sends the request like [`send`](UpdateWith::send), with a closure that may return an error.
    /// Then nothing is written.
    ///
    /// # Errors
    ///
    /// [`UpdateWithError::Refused`] with the error of the closure, or [`UpdateWithError::Request`]
    /// with an error of [`send`](UpdateWith::send).
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

/// Reads the item, and returns it as an entity and as it is stored.
async fn read<E: Entity, B: Backend>(key: &Key<E>, client: Client<'_, B>) -> Result<(E, Before)> {
    let mut request = request::Get::new(client.table, E::DEF.name, key.render()?);
    request.consistent = true;
    let place = request.key.clone();
    if let Some(mut item) = client.get(request).await?.item {
        if other_entity::<E, _>(&item).is_some() {
            let mut explain = Explain::new::<E>(Verb::UpdateWith);
            explain.needs_item = true;
            return Err(explain.refused(&place, Some(&item)));
        }
        let stored = item.decode()?;
        let entity: E = decode_entity(&mut item)?;
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
