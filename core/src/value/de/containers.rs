//! What is read one element or entry at a time.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Visitor};

use super::name::Name;
use super::{Decoder, Reader, Result, ValueError, utf8};

/// The elements of a list.
pub(super) struct Elements<'de> {
    pub(super) reader: Reader<'de>,
    pub(super) index: usize,
    pub(super) depth: u8,
}

impl Elements<'_> {
    /// How many were not asked for.
    pub(super) fn rest(&mut self) -> usize {
        std::iter::from_fn(|| self.reader.value()).count()
    }
}

impl<'de> de::SeqAccess<'de> for &mut Elements<'de> {
    type Error = ValueError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if self.reader.is_empty() {
            return Ok(None);
        }
        let index = self.index;
        self.index += 1;
        let raw = self.reader.value().ok_or_else(|| ValueError::damaged().within_element(index))?;
        seed.deserialize(Decoder { raw, depth: self.depth })
            .map(Some)
            .map_err(|error| error.within_element(index))
    }
}

/// The entries of a map, or of the item.
pub(super) struct Entries<'de> {
    pub(super) reader: Reader<'de>,
    /// The name of the entry whose value is next.
    pub(super) name: &'de str,
    pub(super) depth: u8,
}

impl<'de> Entries<'de> {
    #[inline]
    pub(super) fn advance(&mut self) -> Result<bool> {
        if self.reader.is_empty() {
            return Ok(false);
        }
        self.name = utf8(self.reader.name().ok_or_else(ValueError::damaged)?)?;
        Ok(true)
    }

    #[inline]
    pub(super) fn value(&mut self) -> Result<Decoder<'de>> {
        match self.reader.value() {
            Some(raw) => Ok(Decoder { raw, depth: self.depth }),
            None => Err(ValueError::damaged().within(self.name)),
        }
    }
}

impl<'de> de::MapAccess<'de> for &mut Entries<'de> {
    type Error = ValueError;

    #[inline]
    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.advance()? {
            return Ok(None);
        }
        let name = self.name;
        seed.deserialize(Name(name)).map(Some).map_err(|error| error.within(name))
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        let value = self.value()?;
        seed.deserialize(value).map_err(|error| error.within(self.name))
    }
}

/// A variant with content.
pub(super) struct Variant<'de> {
    pub(super) name: &'de str,
    pub(super) value: Decoder<'de>,
}

impl<'de> de::EnumAccess<'de> for Variant<'de> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self)> {
        let variant = seed.deserialize(BorrowedStrDeserializer::<ValueError>::new(self.name))?;
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
