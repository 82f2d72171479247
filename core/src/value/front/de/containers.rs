//! Reading of lists, maps and variants, one element or entry at a time.

use super::{Input, Name, Reading, Result, ValueError, entry};
use crate::value::front::{ListInput, MapInput};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, Error as _, Visitor};
use std::borrow::Cow;

/// The elements of a list, or of a set.
pub(super) struct Elements<'de, I: Input<'de>> {
    list: I::List,
    index: usize,
    depth: u8,
}

impl<'de, I: Input<'de>> Elements<'de, I> {
    pub(super) fn new(list: I::List, depth: u8) -> Self {
        Elements { list, index: 0, depth }
    }

    pub(super) fn visit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        let value = visitor.visit_seq(&mut self)?;
        let mut rest = 0;
        while self.list.next().transpose()?.is_some() {
            rest += 1;
        }
        match rest {
            0 => Ok(value),
            rest => Err(ValueError::invalid_length(self.index + rest, &"fewer elements")),
        }
    }
}

impl<'de, I: Input<'de>> de::SeqAccess<'de> for &mut Elements<'de, I> {
    type Error = ValueError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(input) = self.list.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        input
            .and_then(|input| seed.deserialize(Reading { input, depth: self.depth }))
            .map(Some)
            .map_err(|error| error.within_element(index))
    }

    fn size_hint(&self) -> Option<usize> {
        self.list.left()
    }
}

/// The entries of a map, or of the item.
pub(super) struct Entries<'de, I: Input<'de>> {
    map: I::Map,
    /// The name of the entry whose value is next.
    name: Cow<'de, str>,
    depth: u8,
}

impl<'de, I: Input<'de>> Entries<'de, I> {
    pub(super) fn new(map: I::Map, depth: u8) -> Self {
        Entries { map, name: Cow::Borrowed(""), depth }
    }

    #[inline]
    pub(super) fn visit<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value> {
        let value = visitor.visit_map(&mut self)?;
        if self.map.is_empty() {
            Ok(value)
        } else {
            Err(ValueError::new("the map has more entries than expected"))
        }
    }
}

impl<'de, I: Input<'de>> de::MapAccess<'de> for &mut Entries<'de, I> {
    type Error = ValueError;

    #[inline]
    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(name) = self.map.name() else { return Ok(None) };
        self.name = name?;
        seed.deserialize(Name(&self.name)).map(Some).map_err(|error| error.within(&self.name))
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value> {
        self.map
            .value()
            .and_then(|input| seed.deserialize(Reading { input, depth: self.depth }))
            .map_err(|error| error.within(&self.name))
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.left()
    }
}

/// A variant with content.
pub(super) struct Variant<'de, I> {
    name: Cow<'de, str>,
    value: Reading<I>,
}

impl<'de, I: Input<'de>> Variant<'de, I> {
    /// Returns the variant that is stored as a map of one entry.
    pub(super) fn of(mut map: I::Map, depth: u8) -> Result<Option<Self>> {
        Ok(match entry::<I>(&mut map)? {
            Some((name, input)) if map.is_empty() => {
                Some(Variant { name, value: Reading { input, depth } })
            }
            _ => None,
        })
    }
}

impl<'de, I: Input<'de>> de::EnumAccess<'de> for Variant<'de, I> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self)> {
        let variant = seed.deserialize(Name(&self.name))?;
        Ok((variant, self))
    }
}

impl<'de, I: Input<'de>> de::VariantAccess<'de> for Variant<'de, I> {
    type Error = ValueError;

    fn unit_variant(self) -> Result<()> {
        <()>::deserialize(self.value).map_err(|error| error.within(&self.name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.value).map_err(|error| error.within(&self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.value.deserialize_seq(visitor).map_err(|error| error.within(&self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.value.deserialize_any(visitor).map_err(|error| error.within(&self.name))
    }
}
