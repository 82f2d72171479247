//! Values of a kind that serde does not know, for types that accept any value.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, VariantAccess, Visitor};

use super::{Input, Reading, Result, ValueError};

/// A value as the newtype variant of an enum. The variant is the kind of the value.
pub(super) struct Special<I> {
    pub(super) kind: &'static str,
    pub(super) value: Reading<I>,
}

impl<'de, I: Input<'de>> EnumAccess<'de> for Special<I> {
    type Error = ValueError;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Self)> {
        let kind = seed.deserialize(BorrowedStrDeserializer::<ValueError>::new(self.kind))?;
        Ok((kind, self))
    }
}

impl<'de, I: Input<'de>> VariantAccess<'de> for Special<I> {
    type Error = ValueError;

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self.value)
    }

    fn unit_variant(self) -> Result<()> {
        Err(only_newtype())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value> {
        Err(only_newtype())
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value> {
        Err(only_newtype())
    }
}

#[cold]
fn only_newtype() -> ValueError {
    ValueError::new("expected a newtype variant")
}
