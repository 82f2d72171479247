//! `get_many`: reads many items of one entity by their keys.

use crate::backend::{At as _, Backend, CONCURRENCY, Client, Origin, Retry, Verb, item_key};
use crate::cost::Cost;
use crate::entity::{Key, Projected, decode_living};
use crate::error::{Error, Kind, Result};
use crate::request::{BatchGet, PrimaryKey};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use futures_util::stream::{self, StreamExt as _};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Reads many items by their keys: from
/// [`EntityExt::get_many`](crate::EntityExt::get_many).
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "BatchGetItem")]
pub struct GetMany<E: Entity> {
    keys: Vec<Key<E>>,
    consistent: bool,
}

/// A key of entity `E`, or an entry of an index, or a reference to one of them: what [`EntityExt::get_many`](crate::EntityExt::get_many) takes.
#[diagnostic::on_unimplemented(
    message = "`get_many` takes keys of `{E}`, but a `{Self}` is given: make each with `{E}::key(..)`",
    label = "not a list of keys"
)]
pub trait IntoKey<E: Entity> {
    /// Returns the key.
    fn into_key(self) -> Key<E>;
}

impl<E: Entity> IntoKey<E> for Key<E> {
    fn into_key(self) -> Key<E> {
        self
    }
}

impl<E: Entity> IntoKey<E> for &Key<E> {
    fn into_key(self) -> Key<E> {
        self.clone()
    }
}

impl<E: Entity, I> IntoKey<E> for Projected<E, I> {
    fn into_key(self) -> Key<E> {
        self.into_key()
    }
}

impl<E: Entity, I> IntoKey<E> for &Projected<E, I> {
    fn into_key(self) -> Key<E> {
        self.key().clone()
    }
}

/// The result of a [`GetMany`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Many<E: Entity> {
    /// One element for each key, in the order of the keys; `None` if there is no such item.
    pub items: Vec<Option<E>>,
    /// The keys without an item.
    pub missing: Vec<Key<E>>,
    /// The keys that were not read. It is empty after [`send`](GetMany::send), which is an error if
    /// there are some.
    pub unprocessed: Vec<Key<E>>,
    /// Why the first of the unprocessed keys was not read.
    pub error: Option<Error>,
    /// The cost of the reads.
    pub cost: Cost,
}

impl<E: Entity> Many<E> {
    /// Returns the items that exist, in the order of the keys.
    pub fn found(self) -> Vec<E> {
        self.items.into_iter().flatten().collect()
    }
}

impl<E: Entity> GetMany<E> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::GetMany);

    pub(super) fn new(keys: impl IntoIterator<Item = Key<E>>) -> Self {
        GetMany { keys: keys.into_iter().collect(), consistent: false }
    }

    /// Uses strongly consistent reads, at twice the read cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Sends the request, in as few calls as the store allows. Some of the calls run at the same time.
    /// A key that is given twice is read once. Keys that the store does not process are read again,
    /// after random pauses that become longer.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) before any I/O;
    /// [`is_throttled`](Error::is_throttled), with some of the unprocessed keys, if the store did not
    /// process all keys in ten attempts; [`is_decode`](Error::is_decode) if an item is not an `E`;
    /// the errors of the backend. What was read before the error is lost, unless you use
    /// [`send_partial`](GetMany::send_partial).
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Many<E>> {
        let mut many = self.send_partial(table).await?;
        match many.error.take() {
            Some(error) => Err(error),
            None => Ok(many),
        }
    }

    /// Sends the request like [`send`](GetMany::send), and returns what could be read if some calls
    /// fail. The other keys are [`unprocessed`](Many::unprocessed).
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) before any I/O; [`is_decode`](Error::is_decode) if an
    /// item is not an `E`.
    ///
    /// # Example: read in several steps what a throttled table does not return at once
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let mut keys = vec![Order::key("C001", "ORD-001"), Order::key("C001", "ORD-002")];
    /// let mut orders = Vec::new();
    /// while !keys.is_empty() {
    ///     let many = Order::get_many(keys).send_partial(&shop).await?;
    ///     if let Some(error) = many.error.as_ref().filter(|error| !error.is_throttled()) {
    ///         return Err(error.clone());
    ///     }
    ///     keys = many.unprocessed;
    ///     orders.extend(many.items.into_iter().flatten());
    /// }
    /// assert_eq!(orders.len(), 2);
    /// # Ok(()) }) }
    /// ```
    pub async fn send_partial<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Many<E>> {
        let client = table.client(Self::ORIGIN);
        let keys =
            self.keys.iter().map(Key::render).collect::<Result<Vec<_>>>().at(client.origin)?;
        B::LIMITS.check_keys(keys.as_slice()).at(client.origin)?;
        let mut places: HashMap<&PrimaryKey, Vec<usize>> = HashMap::with_capacity(keys.len());
        let mut distinct = Vec::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            let same = places.entry(key).or_default();
            if same.is_empty() {
                distinct.push(key.clone());
            }
            same.push(place);
        }
        let chunks: Vec<Vec<PrimaryKey>> =
            distinct.chunks(B::LIMITS.batch_get.max(1)).map(<[_]>::to_vec).collect();
        let calls = chunks.into_iter().map(|chunk| self.read(client, chunk));
        let mut calls = stream::iter(calls).buffer_unordered(CONCURRENCY);

        let mut items: Vec<Option<E>> = keys.iter().map(|_| None).collect();
        let (mut unread, mut error, mut cost) = (HashSet::new(), None, Cost::ZERO);
        while let Some(call) = calls.next().await {
            cost += call.cost;
            for item in call.items {
                let key = item_key(E::Table::DEF, &item);
                let Some(same) = key.and_then(|key| places.get(&key)) else { continue };
                // The item is decoded once for each place, because an entity may not be `Clone`.
                for &at in same {
                    let entity = decode_living(Some(item.clone())).at(client.origin)?;
                    if let Some(slot) = items.get_mut(at) {
                        *slot = entity;
                    }
                }
            }
            if let Some((keys, why)) = call.failed {
                unread.extend(keys);
                error.get_or_insert(why);
            }
        }
        drop(calls);
        let (mut missing, mut unprocessed) = (Vec::new(), Vec::new());
        for ((key, rendered), _) in
            self.keys.into_iter().zip(&keys).zip(&items).filter(|(_, item)| item.is_none())
        {
            let list = if unread.contains(rendered) { &mut unprocessed } else { &mut missing };
            list.push(key);
        }
        let error = error.map(|error: Error| error.context(|| client.origin.to_string()));
        Ok(Many { items, missing, unprocessed, error, cost })
    }

    /// Reads the keys of one call, in several attempts if the store does not process all at once.
    async fn read<B: Backend>(
        &self,
        client: Client<'_, B>,
        mut keys: Vec<PrimaryKey>,
    ) -> Call<B::Item> {
        let (retry, mut items, mut cost) = (Retry::BATCH, Vec::new(), Cost::ZERO);
        let mut throttled = None;
        for attempt in 0..retry.attempts {
            retry.pause(client.backend, attempt).await;
            let mut request = BatchGet::new(client.table, E::DEF.name, keys.clone());
            request.consistent = self.consistent;
            match client.batch_get(request).await {
                Ok(mut found) => {
                    cost += found.cost;
                    items.append(&mut found.items);
                    keys = found.unprocessed;
                    if keys.is_empty() {
                        return Call { items, failed: None, cost };
                    }
                }
                // The store processed none of them.
                Err(error) if error.is_throttled() => throttled = Some(error),
                Err(error) => return Call { items, failed: Some((keys, error)), cost },
            }
        }
        let mut error = unprocessed(&keys);
        if let Some(throttled) = throttled {
            error = error.with_source(throttled);
        }
        Call { items, failed: Some((keys, error)), cost }
    }
}

/// The result of one call, with its attempts.
struct Call<I> {
    items: Vec<I>,
    /// The keys that were not read, and why.
    failed: Option<(Vec<PrimaryKey>, Error)>,
    cost: Cost,
}

fn unprocessed(keys: &[PrimaryKey]) -> Error {
    let few: Vec<_> = keys.iter().take(3).map(|key| format!("`{key}`")).collect();
    let more = if keys.len() > 3 { ", …" } else { "" };
    let message = format!(
        "the store did not process {} keys in {} attempts ({}{more}): read fewer at a time, or try \
         again later",
        keys.len(),
        Retry::BATCH.attempts,
        few.join(", ")
    );
    Error::new(Kind::Throttled, message)
}

impl<E: Entity> Clone for GetMany<E> {
    fn clone(&self) -> Self {
        GetMany { keys: self.keys.clone(), consistent: self.consistent }
    }
}

impl<E: Entity> fmt::Debug for GetMany<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GetMany").field("keys", &self.keys).finish()
    }
}
