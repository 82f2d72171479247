//! What is read one element or entry at a time.

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Error as _, Visitor};

use super::raw::{Fields, Raw, Values};
use super::{Decoder, Result, ValueError};
use monotable_core::value::Name;

/// The elements of a list, or of a set.
pub(super) struct Elements<'de> {
    values: Values<'de>,
    all: usize,
    depth: u8,
}

impl<'de> Elements<'de> {
    pub(super) fn new(values: Values<'de>, depth: u8) -> Self {
        Elements { all: values.len(), values, depth }
    }

    pub(super) fn visit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        let value = visitor.visit_seq(&mut self)?;
        match self.values.len() {
            0 => Ok(value),
            _ => Err(ValueError::invalid_length(self.all, &"fewer elements")),
        }
    }
}

impl<'de> de::SeqAccess<'de> for &mut Elements<'de> {
    type Error = ValueError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(raw) = self.values.next() else {
            return Ok(None);
        };
        let index = self.all - self.values.len() - 1;
        seed.deserialize(Decoder { raw, depth: self.depth })
            .map(Some)
            .map_err(|error| error.within_element(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.values.len())
    }
}

/// The entries of a map, or of the item.
pub(super) struct Entries<'de> {
    entries: Fields<'de>,
    /// The entry whose name has been read and its value not yet.
    current: Option<(&'de str, Raw<'de>)>,
    depth: u8,
}

impl<'de> Entries<'de> {
    pub(super) fn new(entries: Fields<'de>, depth: u8) -> Self {
        Entries { entries, current: None, depth }
    }

    #[inline]
    pub(super) fn visit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        let value = visitor.visit_map(&mut self)?;
        match self.entries.len() {
            0 => Ok(value),
            _ => Err(ValueError::new("the map has more entries than expected")),
        }
    }
}

impl<'de> de::MapAccess<'de> for &mut Entries<'de> {
    type Error = ValueError;

    #[inline]
    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        self.current = self.entries.next();
        let Some((name, _)) = self.current else {
            return Ok(None);
        };
        seed.deserialize(Name(name)).map(Some).map_err(|error| error.within(name))
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        let Some((name, raw)) = self.current.take() else {
            return Err(ValueError::new("a value was asked for without its name"));
        };
        seed.deserialize(Decoder { raw, depth: self.depth }).map_err(|error| error.within(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A variant with content.
pub(super) struct Variant<'de> {
    name: &'de str,
    value: Decoder<'de>,
}

impl<'de> Variant<'de> {
    /// The variant that a map of one entry is.
    pub(super) fn of(mut entries: Fields<'de>, depth: u8) -> Option<Self> {
        match (entries.next(), entries.next()) {
            (Some((name, raw)), None) => Some(Variant { name, value: Decoder { raw, depth } }),
            _ => None,
        }
    }
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self)> {
        let variant = seed.deserialize(Name(self.name))?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'de> {
    type Error = ValueError;

    fn unit_variant(self) -> Result<()> {
        <()>::deserialize(self.value).map_err(|error| error.within(self.name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.value).map_err(|error| error.within(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.value.deserialize_seq(visitor).map_err(|error| error.within(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.value.deserialize_any(visitor).map_err(|error| error.within(self.name))
    }
}
