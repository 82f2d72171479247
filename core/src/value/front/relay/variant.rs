//! Variants of enums in another format: a text, or a map of one entry.

use super::containers::{EntryName, Seed};
use super::{Relay, Stored};
use crate::value::ValueError;
use crate::value::front::Result;
use crate::value::front::de::Name;
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Receives a variant from the other format.
pub(super) struct Variants<'a, V, S> {
    pub(super) visitor: V,
    pub(super) relay: &'a Relay<S>,
    pub(super) depth: u8,
}

impl<'de, V: Visitor<'de>, S: Stored> Variants<'_, V, S> {
    /// Reads a variant that is stored as a map of one entry.
    pub(super) fn of<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value> {
        let Variants { visitor, relay, depth } = self;
        let other =
            || ValueError::invalid_value(Unexpected::Map, &"a map of one entry, the variant");
        let name = map.next_key_seed(EntryName).map_err(|error| relay.error(error))?;
        let name = name.ok_or_else(other)?;
        let value = visitor.visit_enum(Variant { name, map: &mut map, relay, depth })?;
        match map.next_key_seed(EntryName) {
            Ok(None) => Ok(value),
            Ok(Some(_)) => Err(other()),
            Err(error) => Err(relay.error(error)),
        }
    }

    #[cold]
    fn unexpected<E: de::Error>(self, found: Unexpected<'_>) -> Result<V::Value, E> {
        Err(self.relay.stop(ValueError::invalid_type(found, &"an enum")))
    }
}

impl<'de, V: Visitor<'de>, S: Stored> Visitor<'de> for Variants<'_, V, S> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an enum")
    }

    #[inline]
    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.relay.add(text);
        let variant = BorrowedStrDeserializer::new(text);
        self.visitor.visit_enum(variant).map_err(|error| self.relay.stop(error))
    }

    #[inline]
    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.relay.add(text);
        let variant = StrDeserializer::new(text);
        self.visitor.visit_enum(variant).map_err(|error| self.relay.stop(error))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let relay = self.relay;
        self.of(map).map_err(|error| relay.stop(error))
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.unexpected(Unexpected::Unit)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.unexpected(Unexpected::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<V::Value, E> {
        self.unexpected(Unexpected::Other("number"))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<V::Value, E> {
        self.unexpected(Unexpected::Other("number"))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<V::Value, E> {
        self.unexpected(Unexpected::Other("number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<V::Value, A::Error> {
        self.unexpected(Unexpected::Seq)
    }
}

/// A variant with content.
struct Variant<'a, 'de, A, S> {
    name: Cow<'de, str>,
    map: A,
    relay: &'a Relay<S>,
    depth: u8,
}

impl<'de, A: MapAccess<'de>, S: Stored> Variant<'_, 'de, A, S> {
    fn content<T: DeserializeSeed<'de>>(mut self, seed: T) -> Result<T::Value> {
        let seed = Seed { seed, relay: self.relay, depth: self.depth };
        let value = self.map.next_value_seed(seed);
        value.map_err(|error| self.relay.error(error).within(&self.name))
    }
}

impl<'de, A: MapAccess<'de>, S: Stored> EnumAccess<'de> for Variant<'_, 'de, A, S> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self)> {
        let variant = seed.deserialize(Name(&self.name))?;
        Ok((variant, self))
    }
}

impl<'de, A: MapAccess<'de>, S: Stored> VariantAccess<'de> for Variant<'_, 'de, A, S> {
    type Error = ValueError;

    fn unit_variant(self) -> Result<()> {
        self.content(PhantomData::<()>)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        self.content(seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.content(List(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.content(Any(visitor))
    }
}

/// Reads a list.
struct List<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for List<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_seq(self.0)
    }
}

/// Reads any value.
struct Any<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Any<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        inner.deserialize_any(self.0)
    }
}
