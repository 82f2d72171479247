//! `get` of a key space: reads the item with one of its keys, whichever entity it is of.

use crate::backend::{At as _, Backend, Item, Origin, Verb};
use crate::cost::Cost;
use crate::entity::{SpaceKey, decode_shared};
use crate::error::Result;
use crate::expiry::is_past;
use crate::request;
use crate::schema::{Entity, KeySpace, Schema, Visit};
use crate::table::Table;
use std::fmt;

impl<S: KeySpace> SpaceKey<S> {
    /// Reads the item with this key, whichever of the entities it is of.
    pub fn get(self) -> GetShared<S> {
        GetShared { key: self, consistent: false }
    }
}

/// Reads the item with a key of a key space: from `Account::get(..)`, which the derive adds to the enum.
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "GetItem")]
pub struct GetShared<S: KeySpace> {
    key: SpaceKey<S>,
    consistent: bool,
}

impl<S: KeySpace> GetShared<S> {
    const ORIGIN: Origin = Origin::Entity(S::DEF.name, Verb::Get);

    /// Uses a strongly consistent read, at twice the read cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Sends the request. Returns `None` if there is no item of any of the entities.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) before any I/O;
    /// [`is_decode`](crate::Error::is_decode) if the item is of none of the entities; the errors of the backend.
    pub async fn send<B: Backend>(self, table: &Table<S::Table, B>) -> Result<Option<S>> {
        Ok(self.send_with_cost(table).await?.0)
    }

    /// Sends the request, and also returns its cost.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](GetShared::send).
    pub async fn send_with_cost<B: Backend>(
        self,
        table: &Table<S::Table, B>,
    ) -> Result<(Option<S>, Cost)> {
        let client = table.client(Self::ORIGIN);
        let fetched = client.get(self.request().at(client.origin)?).await?;
        Ok((living(fetched.item).at(client.origin)?, fetched.cost))
    }

    /// Returns the request as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part of the key cannot be written.
    pub fn request(&self) -> Result<request::Get> {
        let mut request = request::Get::new(S::Table::DEF, S::DEF.name, self.key.render()?);
        request.consistent = self.consistent;
        Ok(request)
    }
}

/// Decodes an item, if there is one. Returns `None` for an item that has expired.
pub(super) fn living<S: KeySpace, I: Item>(item: Option<I>) -> Result<Option<S>> {
    let Some(mut item) = item else { return Ok(None) };
    let item: S = decode_shared(&mut item)?;
    Ok((!is_past(item.visit(Expires))).then_some(item))
}

struct Expires;

impl Visit for Expires {
    type Output = Option<i64>;
    fn entity<E: Entity>(self, entity: &E) -> Option<i64> {
        entity.expires()
    }
}

impl<S: KeySpace> Clone for GetShared<S> {
    fn clone(&self) -> Self {
        GetShared { key: self.key.clone(), consistent: self.consistent }
    }
}

impl<S: KeySpace> fmt::Debug for GetShared<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("GetShared");
        debug.field("key", &self.key).field("consistent", &self.consistent).finish()
    }
}
