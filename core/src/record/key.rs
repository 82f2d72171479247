//! A typed primary key, and the requests that need no more.

use super::collection::DeleteCollection;
use super::delete::Delete;
use super::rewrite::UpdateWith;
use super::transaction::Check;
use super::update::Update;
use crate::access::read_entity;
use crate::backend::Backend;
use crate::cost::Cost;
use crate::error::Result;
use crate::expiry::is_past;
use crate::field::role::{ByKey, Unguarded};
use crate::key::{KeyParts, PartSpec, check_partition_key, check_sort_key, render};
use crate::request::{self, PrimaryKey};
use crate::schema::{Entity, Schema};
use crate::table::Table;
use crate::trace;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The primary key of an `E`, by its parts: from `Order::key(..)`.
///
/// Requests that need no entity begin here: [`get`](Key::get), [`update`](Key::update),
/// [`update_with`](Key::update_with), [`delete`](Key::delete), and a transaction's
/// [`check`](Key::check).
pub struct Key<E: Entity> {
    parts: E::Key,
}

impl<E: Entity> Key<E> {
    /// For the derives.
    #[doc(hidden)]
    pub fn new(parts: E::Key) -> Self {
        Key { parts }
    }

    /// Reads a key back into its parts.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the texts do not follow the entity's templates.
    ///
    /// # Example: an entity from a key in a log
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # use monotable::Key;
    /// let key = Key::<Order>::parse("CUSTOMER#C001", "ORDER#ORD-001")?;
    /// assert_eq!(key.parts(), &("C001".to_owned(), "ORD-001".to_owned()));
    /// let order = key.get().send(&shop).await?;
    /// # assert_eq!(order.unwrap().total, 4_500);
    /// # Ok(()) }) }
    /// ```
    pub fn parse(pk: &str, sk: &str) -> Result<Self> {
        let encoding = E::Table::DEF.encoding;
        let parts = KeyParts::cut([(pk, E::DEF.pk), (sk, E::DEF.sk)], encoding)?;
        Ok(Key { parts: E::read_key(&parts)? })
    }

    /// The distinct parts, in template order.
    pub fn parts(&self) -> &E::Key {
        &self.parts
    }

    /// The key as it is stored.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part does not fit or the key is over
    /// the stores' limits.
    pub fn render(&self) -> Result<PrimaryKey> {
        let part = |spec: &PartSpec| E::key_part(&self.parts, spec.field);
        let encoding = E::Table::DEF.encoding;
        let key = || -> Result<PrimaryKey> {
            // A primary key's parts are never absent: its types are no `Option`s.
            let pk = render(E::DEF.pk, part, encoding)?.unwrap_or_default();
            let sk = render(E::DEF.sk, part, encoding)?.unwrap_or_default();
            check_partition_key(&pk, E::DEF.pk)?;
            check_sort_key(&sk, E::DEF.sk)?;
            Ok(PrimaryKey { pk, sk })
        };
        key().map_err(|error| error.context(|| E::DEF.name.to_owned()))
    }

    /// Reads the item.
    pub fn get(self) -> Get<E> {
        Get { key: self, consistent: false }
    }

    /// Deletes the item, whatever it holds.
    pub fn delete(self) -> Delete<E>
    where
        E::Rules: Unguarded<E>,
    {
        Delete::new(self)
    }

    /// Changes fields of the item, which has to be there. Nothing of it is read before.
    pub fn update(self) -> Update<E, ByKey> {
        Update::new(self, ByKey)
    }

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

    /// Checks that the item is there, as part of a transaction.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-003", 100);
    /// shop.transaction()
    ///     .add(Customer::key("C001").check().when(Customer::BLOCKED.eq(false)))
    ///     .add(order.create())
    ///     .send()
    ///     .await?;
    /// # Ok(()) }) }
    /// ```
    pub fn check(self) -> Check<E> {
        Check::new(self)
    }

    /// Deletes all items that have this partition key, whatever entity they are of.
    ///
    /// # Example: a customer, and all that belongs to it
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let report = Customer::key("C001").delete_collection().send(&shop).await?;
    /// assert_eq!(report.deleted, 3);
    /// # Ok(()) }) }
    /// ```
    pub fn delete_collection(self) -> DeleteCollection<E> {
        DeleteCollection::new(self)
    }
}

impl<E: Entity> Clone for Key<E> {
    fn clone(&self) -> Self {
        Key { parts: self.parts.clone() }
    }
}

impl<E: Entity> fmt::Debug for Key<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.render() {
            Ok(key) => write!(f, "Key<{}>({key})", E::DEF.name),
            Err(error) => write!(f, "Key<{}>({error})", E::DEF.name),
        }
    }
}

impl<E: Entity<Key: PartialEq>> PartialEq for Key<E> {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl<E: Entity<Key: Eq>> Eq for Key<E> {}

impl<E: Entity<Key: Hash>> Hash for Key<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts.hash(state);
    }
}

/// Reads one item by its primary key.
#[must_use = "a request does nothing until it is sent"]
pub struct Get<E: Entity> {
    key: Key<E>,
    consistent: bool,
}

impl<E: Entity> Get<E> {
    /// Reads what was acknowledged before; costs twice as much.
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Reads the item; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) before any I/O,
    /// [`is_decode`](crate::Error::is_decode) if the item is not an `E`, else what the backend
    /// reports.
    pub async fn send<B: Backend>(self, table: &Table<E::Table, B>) -> Result<Option<E>> {
        Ok(self.send_with_cost(table).await?.0)
    }

    /// Reads the item, and says what that cost.
    ///
    /// # Errors
    ///
    /// As [`send`](Get::send).
    ///
    /// # Example: what a consistent read costs
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let get = Order::get("C001", "ORD-001");
    /// let (_, cost) = get.clone().send_with_cost(&shop).await?;
    /// let (_, consistent) = get.consistent().send_with_cost(&shop).await?;
    /// assert_eq!((cost.read_units, consistent.read_units), (0.5, 1.0));
    /// # Ok(()) }) }
    /// ```
    pub async fn send_with_cost<B: Backend>(
        self,
        table: &Table<E::Table, B>,
    ) -> Result<(Option<E>, Cost)> {
        let (def, entity) = (E::Table::DEF, E::DEF.name);
        let context = |error: crate::Error| error.context(|| format!("{entity}::get"));
        let request = self.request().map_err(context)?;
        let span = trace::span(table.backend(), def, "GetItem", Some(entity), None);
        let fetched = table.backend().get(request);
        let mut fetched =
            trace::run(span, fetched, |found| Some(found.cost)).await.map_err(context)?;
        let found = fetched.item.as_mut().map(read_entity::<E, B::Item>).transpose();
        let found = found.map_err(context)?.filter(|entity| !is_past(entity.expires()));
        Ok((found, fetched.cost))
    }

    /// The request as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part cannot be written.
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
