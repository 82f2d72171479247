//! `get`: reads one item by its primary key.

use crate::backend::{At as _, Backend, Origin, Verb};
use crate::cost::Cost;
use crate::entity::{Key, decode_living};
use crate::error::Result;
use crate::request;
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::fmt;

impl<E: Entity> Key<E> {
    /// Reads the item with this key.
    pub fn get(self) -> Get<E> {
        Get { key: self, consistent: false }
    }
}

/// Reads one item by its primary key.
#[must_use = "a request does nothing until it is sent"]
#[doc(alias = "GetItem")]
pub struct Get<E: Entity> {
    key: Key<E>,
    consistent: bool,
}

impl<E: Entity> Get<E> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Get);

    /// Uses a strongly consistent read, at twice the read cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Sends the request. Returns `None` if there is no such item. If the entity shares its keys (`shares = ..`),
    /// an item of another entity is no such item, either.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) before any I/O;
    /// [`is_decode`](crate::Error::is_decode) if the item is not an `E`; the errors of the backend.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E>> {
        Ok(self.run(table).await?.0)
    }

    /// Sends the request, and also returns its cost.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](Get::send).
    ///
    /// # Example: compare the cost of a consistent read
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let get = Order::get("C001", "ORD-001");
    /// let (_, cost) = get.clone().send_with_cost(&shop).await?;
    /// let (_, consistent) = get.consistent().send_with_cost(&shop).await?;
    /// assert_eq!((cost.read_units.get(), consistent.read_units.get()), (0.5, 1.0));
    /// # Ok(()) }) }
    /// ```
    pub async fn send_with_cost<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<(Option<E>, Cost)> {
        self.run(table).await
    }

    async fn run<B: Backend>(&self, table: &Table<E::Table, B>) -> Result<(Option<E>, Cost)> {
        let client = table.client(Self::ORIGIN);
        let fetched = client.get(self.request().at(client.origin)?).await?;
        Ok((decode_living(fetched.item).at(client.origin)?, fetched.cost))
    }

    /// Returns the request as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part of the key cannot be written.
    pub fn request(&self) -> Result<request::Get> {
        let mut request = request::Get::new(E::Table::DEF, E::DEF.name, self.key.render()?);
        request.consistent = self.consistent;
        Ok(request)
    }
}

impl<E: Entity> Clone for Get<E> {
    fn clone(&self) -> Self {
        Get { key: self.key.clone(), consistent: self.consistent }
    }
}

impl<E: Entity> fmt::Debug for Get<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Get").field("key", &self.key).field("consistent", &self.consistent).finish()
    }
}
