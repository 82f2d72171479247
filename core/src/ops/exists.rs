//! `exists`: finds out whether there is an item, without reading it.

use crate::backend::{At as _, Backend, Origin, Verb};
use crate::entity::Key;
use crate::error::Result;
use crate::expiry::{is_alive, is_own};
use crate::request::{Query, Select, SortKeys};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use std::fmt;

impl<E: Entity> Key<E> {
    /// Finds out whether there is an item with this key. The item is not transferred, but costs as much as
    /// a [`get`](Key::get).
    ///
    /// To write only if there is no item, use [`create`](crate::EntityExt::create): between this request and
    /// a write, another writer can create the item.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// assert!(Order::key("C001", "ORD-001").exists().send(&shop).await?);
    /// # Ok(()) }) }
    /// ```
    pub fn exists(self) -> Exists<E> {
        Exists { key: self, consistent: false }
    }
}

/// Finds out whether there is an item: from [`Key::exists`].
#[must_use = "a request does nothing until it is sent"]
pub struct Exists<E: Entity> {
    key: Key<E>,
    consistent: bool,
}

impl<E: Entity> Exists<E> {
    const ORIGIN: Origin = Origin::Entity(E::DEF.name, Verb::Exists);

    /// Uses a strongly consistent read, at twice the read cost.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Sends the request. An item that has expired does not exist.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) before any I/O; the errors of the backend.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<bool> {
        let client = table.client(Self::ORIGIN);
        let found = client.query(self.request()?).await?;
        Ok(found.count > 0)
    }

    /// Returns the request as plain data, for logs and tests: it counts the items with this key.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part of the key cannot be written.
    pub fn request(&self) -> Result<Query> {
        let (table, key) = (E::Table::DEF, self.key.render().at(Self::ORIGIN)?);
        let (name, sort) = (E::DEF.name, SortKeys::Equals(key.sk));
        let mut request = Query::new(table, name, Verb::Exists.name(), key.pk, sort);
        request.consistent = self.consistent;
        request.select = Select::Count;
        request.filter = is_alive(table, E::DEF.rules.expires);
        if let Some(own) = is_own(table, E::DEF) {
            own.require(&mut request.filter);
        }
        Ok(request)
    }
}

impl<E: Entity> Clone for Exists<E> {
    fn clone(&self) -> Self {
        Exists { key: self.key.clone(), consistent: self.consistent }
    }
}

impl<E: Entity> fmt::Debug for Exists<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Exists");
        debug.field("key", &self.key).field("consistent", &self.consistent).finish()
    }
}
