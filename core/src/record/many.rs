//! Many items of one entity by their keys.

use super::key::Key;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::backoff;
use crate::cost::Cost;
use crate::error::{Error, Kind, Result};
use crate::expiry::is_past;
use crate::request::{BatchGet, PrimaryKey};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use crate::trace;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

/// How many calls are on their way at once.
const CONCURRENCY: usize = 4;
/// How often keys that the store did not get to are asked for again.
const ATTEMPTS: usize = 10;
/// The longest pause before that.
const LONGEST: Duration = Duration::from_secs(5);

/// Reads many items by their keys: from [`Record::get_many`](crate::Record::get_many).
#[must_use = "a request does nothing until it is sent"]
pub struct GetMany<E: Entity> {
    keys: Vec<Key<E>>,
    consistent: bool,
}

/// What [`GetMany`] found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Many<E: Entity> {
    /// The items, in the order of the keys; `None` where there is none.
    pub items: Vec<Option<E>>,
    /// The keys of those that are not there.
    pub missing: Vec<Key<E>>,
    /// What the reads cost.
    pub cost: Cost,
}

impl<E: Entity> Many<E> {
    /// The items that are there, in the order of the keys.
    pub fn found(self) -> Vec<E> {
        self.items.into_iter().flatten().collect()
    }
}

impl<E: Entity> GetMany<E> {
    pub(crate) fn new(keys: impl IntoIterator<Item = Key<E>>) -> Self {
        GetMany { keys: keys.into_iter().collect(), consistent: false }
    }

    /// Reads what was acknowledged before; costs twice as much.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Reads the items, in as few calls as the store allows, some of them at the same time. A key
    /// that is given twice is read once. Keys that the store does not get to are asked for again,
    /// after pauses of growing, random length.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) before any I/O;
    /// [`is_throttled`](Error::is_throttled), naming the keys that are left, if the store did not
    /// get to all of them in ten attempts; [`is_decode`](Error::is_decode) if an item is not an
    /// `E`; else what the backend reports.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Many<E>> {
        let context = |error: Error| error.context(|| format!("{}::get_many", E::DEF.name));
        let keys = self.keys.iter().map(Key::render).collect::<Result<Vec<_>>>();
        let keys = keys.map_err(context)?;
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
        let read = stream::iter(chunks.into_iter().map(|chunk| self.read(table.backend(), chunk)));
        let pages: Vec<(Vec<B::Item>, Cost)> =
            read.buffer_unordered(CONCURRENCY).try_collect().await.map_err(context)?;

        let mut items: Vec<Option<E>> = keys.iter().map(|_| None).collect();
        let mut cost = Cost::ZERO;
        for (found, paid) in pages {
            cost += paid;
            for item in found {
                let key = place::<E::Table, B::Item>(&item);
                let Some(same) = key.and_then(|key| places.get(&key)) else { continue };
                // Decoded for each place: an entity need not be `Clone`.
                for &at in same {
                    let entity = read_entity::<E, B::Item>(&mut item.clone()).map_err(context)?;
                    if let Some(slot) = items.get_mut(at)
                        && !is_past(entity.expires())
                    {
                        *slot = Some(entity);
                    }
                }
            }
        }
        let missing = self.keys.iter().zip(&items).filter(|(_, item)| item.is_none());
        let missing = missing.map(|(key, _)| key.clone()).collect();
        Ok(Many { items, missing, cost })
    }

    /// Reads one call's worth of keys, to the end.
    async fn read<B: Backend>(
        &self,
        backend: &B,
        keys: Vec<PrimaryKey>,
    ) -> Result<(Vec<B::Item>, Cost)> {
        let (mut keys, mut items, mut cost) = (keys, Vec::new(), Cost::ZERO);
        for attempt in 0.. {
            let mut request = BatchGet::new(E::Table::DEF, E::DEF.name, keys);
            request.consistent = self.consistent;
            let name = Some(E::DEF.name);
            let span = trace::span(backend, E::Table::DEF, "BatchGetItem", name, None);
            let asked = request.keys.clone();
            let sent = backend.batch_get(request);
            keys = match trace::run(span, sent, |found| Some(found.cost)).await {
                Ok(mut found) => {
                    cost += found.cost;
                    items.append(&mut found.items);
                    found.unprocessed
                }
                // All of them are left.
                Err(error) if error.is_throttled() && attempt + 1 == ATTEMPTS => {
                    return Err(left(&asked).with_source(error));
                }
                Err(error) if error.is_throttled() => asked,
                Err(error) => return Err(error),
            };
            if keys.is_empty() {
                break;
            }
            if attempt + 1 == ATTEMPTS {
                return Err(left(&keys));
            }
            backend.pause(backoff::delay(attempt, LONGEST)).await;
        }
        Ok((items, cost))
    }
}

/// The key of an item.
fn place<S: Schema, I: crate::Item>(item: &I) -> Option<PrimaryKey> {
    let text = |attribute| item.text(attribute).map(str::to_owned);
    Some(PrimaryKey { pk: text(S::DEF.pk)?, sk: text(S::DEF.sk)? })
}

fn left(keys: &[PrimaryKey]) -> Error {
    let few: Vec<_> = keys.iter().take(3).map(|key| format!("`{key}`")).collect();
    let more = if keys.len() > 3 { ", …" } else { "" };
    let message = format!(
        "the store did not get to {} items in {ATTEMPTS} attempts ({}{more}): ask for fewer at a \
         time, or again later",
        keys.len(),
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
