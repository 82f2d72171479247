//! Lists and maps of another format, one element or entry at a time.

use super::{Relay, Relayed, Stored};
use crate::value::ValueError;
use crate::value::front::Result;
use crate::value::front::de::Name;
use serde::de::{
    self, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;
use std::fmt;

/// The elements of a list.
pub(super) struct Elements<'a, A, S> {
    pub(super) list: A,
    pub(super) index: usize,
    pub(super) relay: &'a Relay<S>,
    pub(super) depth: u8,
}

impl<'de, A: SeqAccess<'de>, S: Stored> Elements<'_, A, S> {
    pub(super) fn visit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        let value = visitor.visit_seq(&mut self)?;
        let mut rest = 0;
        let next = |list: &mut A| list.next_element::<IgnoredAny>();
        while next(&mut self.list).map_err(|error| self.relay.error(error))?.is_some() {
            rest += 1;
        }
        match rest {
            0 => Ok(value),
            rest => Err(ValueError::invalid_length(self.index + rest, &"fewer elements")),
        }
    }
}

impl<'de, A: SeqAccess<'de>, S: Stored> SeqAccess<'de> for &mut Elements<'_, A, S> {
    type Error = ValueError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let seed = Seed { seed, relay: self.relay, depth: self.depth };
        let index = self.index;
        self.index += 1;
        let element = self.list.next_element_seed(seed);
        element.map_err(|error| self.relay.error(error).within_element(index))
    }

    fn size_hint(&self) -> Option<usize> {
        self.list.size_hint()
    }
}

/// The entries of a map, or of the item.
pub(super) struct Entries<'a, 'de, A, S> {
    map: A,
    /// The name of the entry whose value is next.
    name: Cow<'de, str>,
    relay: &'a Relay<S>,
    depth: u8,
}

impl<'a, 'de, A: MapAccess<'de>, S: Stored> Entries<'a, 'de, A, S> {
    #[inline]
    pub(super) fn new(map: A, relay: &'a Relay<S>, depth: u8) -> Self {
        Entries { map, name: Cow::Borrowed(""), relay, depth }
    }

    #[inline]
    pub(super) fn visit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        let value = visitor.visit_map(&mut self)?;
        match self.map.next_key_seed(EntryName) {
            Ok(None) => Ok(value),
            Ok(Some(_)) => Err(ValueError::new("the map has more entries than expected")),
            Err(error) => Err(self.relay.error(error)),
        }
    }
}

impl<'de, A: MapAccess<'de>, S: Stored> MapAccess<'de> for &mut Entries<'_, 'de, A, S> {
    type Error = ValueError;

    #[inline]
    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let name = self.map.next_key_seed(EntryName).map_err(|error| self.relay.error(error))?;
        let Some(name) = name else { return Ok(None) };
        self.relay.add(&name);
        self.name = name;
        seed.deserialize(Name(&self.name)).map(Some).map_err(|error| error.within(&self.name))
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        let seed = Seed { seed, relay: self.relay, depth: self.depth };
        let value = self.map.next_value_seed(seed);
        value.map_err(|error| self.relay.error(error).within(&self.name))
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}

/// Reads a value of the other format by our rules.
pub(super) struct Seed<'a, T, S> {
    pub(super) seed: T,
    pub(super) relay: &'a Relay<S>,
    pub(super) depth: u8,
}

impl<'de, T: DeserializeSeed<'de>, S: Stored> DeserializeSeed<'de> for Seed<'_, T, S> {
    type Value = T::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<T::Value, D::Error> {
        let Seed { seed, relay, depth } = self;
        seed.deserialize(Relayed { inner, relay, depth }).map_err(|error| relay.stop(error))
    }
}

/// Reads the name of an entry as a `Cow`, which borrows from the text if it can.
#[derive(Debug, Clone, Copy)]
pub struct EntryName;

impl<'de> DeserializeSeed<'de> for EntryName {
    type Value = Cow<'de, str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<Self::Value, D::Error> {
        inner.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for EntryName {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an entry")
    }

    #[inline]
    fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    #[inline]
    fn visit_string<E: de::Error>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}
