//! `Key`: a typed primary key.

use super::keys::primary_key;
use crate::backend::{Readable, item_place};
use crate::error::{Error, Kind, Result};
use crate::key::{KeyParts, KeyTuple as _, PartValue, Source};
use crate::request::PrimaryKey;
use crate::schema::{Entity, Schema};
use std::fmt;
use std::hash::{Hash, Hasher};

/// The primary key of an `E`, as typed parts: from `Order::key(..)`.
///
/// Requests that need only a key begin with it: [`get`](Key::get), [`exists`](Key::exists), [`update`](Key::update),
/// [`update_with`](Key::update_with), [`delete`](Key::delete), and [`check`](Key::check) in a transaction.
/// [`partition`](Key::partition) is for what concerns all items with the same partition key.
pub struct Key<E: Entity> {
    parts: E::Key,
    /// Where the parts come from. It is no part of the key's identity.
    source: Source,
}

impl<E: Entity> Key<E> {
    /// For the derives.
    #[doc(hidden)]
    pub fn new(parts: E::Key) -> Self {
        Key { parts, source: Source::Given }
    }

    /// The part that is this field.
    pub(crate) fn part(&self, field: u16) -> Option<&dyn PartValue> {
        let place = E::DEF.key_fields().position(|it| it == field)?;
        self.parts.part(&E::key_fns(), place)
    }

    /// The key of an entity that was loaded.
    pub(crate) fn of(entity: &E) -> Self {
        Key { parts: entity.identity(), source: Source::Stored }
    }

    /// Parses the texts of a partition key and a sort key.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the texts do not match the entity's templates.
    ///
    /// # Example: read an item by a key from a log
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
        let parts = E::Key::read(&parts, &E::key_fns(), E::DEF.key_fields())?;
        Ok(Key { parts, source: Source::Stored })
    }

    /// The key of a stored item.
    pub(crate) fn of_item<D: Readable>(item: &D) -> Result<Self> {
        let table = E::Table::DEF;
        // Not `item_key`, which copies the texts.
        let key = match (item.text(table.pk), item.text(table.sk)) {
            (Some(pk), Some(sk)) => Key::parse(pk, sk),
            _ => Err(Error::new(Kind::Decode, "has no primary key")),
        };
        key.map_err(|error| error.of_item(&item_place(table, item)))
    }

    /// Returns the distinct parts, in the order of the templates.
    pub fn parts(&self) -> &E::Key {
        &self.parts
    }

    /// Returns the key as it is stored.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part cannot be written, or the key is
    /// longer than stores allow.
    pub fn render(&self) -> Result<PrimaryKey> {
        self.unnamed().map_err(|error| error.context(|| E::DEF.name.to_owned()))
    }

    /// Returns the key as it is stored. An error does not name the entity.
    pub(super) fn unnamed(&self) -> Result<PrimaryKey> {
        primary_key::<E>(|spec| self.part(spec.field), self.source)
    }
}

impl<E: Entity> Clone for Key<E> {
    fn clone(&self) -> Self {
        Key { parts: self.parts.clone(), source: self.source }
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
