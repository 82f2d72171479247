//! `SpaceKey`: a typed primary key of a key space.

use super::key::Key;
use crate::error::Result;
use crate::key::IntoParts;
use crate::request::PrimaryKey;
use crate::schema::{EntityImpl, KeySpace};
use std::fmt;

/// The distinct parts of the keys of a key space.
#[doc(hidden)]
pub type SpaceParts<S> = <<S as KeySpace>::First as EntityImpl>::Key;

/// The primary key that an item of any entity of the key space `S` has: from
/// `Account::key(..)`, which the derive adds to the enum.
pub struct SpaceKey<S: KeySpace> {
    /// All entities of the space write the same keys.
    key: Key<S::First>,
}

impl<S: KeySpace> SpaceKey<S> {
    /// For the derives.
    #[doc(hidden)]
    pub fn new(parts: impl IntoParts<SpaceParts<S>>) -> Self {
        SpaceKey { key: Key::new(parts.into_parts()) }
    }

    /// Returns the distinct parts, in the order of the templates.
    pub fn parts(&self) -> &SpaceParts<S> {
        self.key.parts()
    }

    /// Returns the key as it is stored.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if a part cannot be written, or the key is
    /// longer than stores allow.
    pub fn render(&self) -> Result<PrimaryKey> {
        let key = self.key.unnamed();
        key.map_err(|error| error.context(|| S::DEF.name.to_owned()))
    }
}

impl<S: KeySpace> Clone for SpaceKey<S> {
    fn clone(&self) -> Self {
        SpaceKey { key: self.key.clone() }
    }
}

impl<S: KeySpace> fmt::Debug for SpaceKey<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.render() {
            Ok(key) => write!(f, "SpaceKey<{}>({key})", S::DEF.name),
            Err(error) => write!(f, "SpaceKey<{}>({error})", S::DEF.name),
        }
    }
}

impl<S: KeySpace<First: EntityImpl<Key: PartialEq>>> PartialEq for SpaceKey<S> {
    fn eq(&self, other: &Self) -> bool {
        self.key.parts() == other.key.parts()
    }
}

impl<S: KeySpace<First: EntityImpl<Key: Eq>>> Eq for SpaceKey<S> {}
