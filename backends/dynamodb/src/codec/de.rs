//! serde's way out: from attribute values straight to the type.
//!
//! They belong to an item that somebody else may hold, too, or to nobody else: then texts and bytes
//! are moved into the type and not copied.

use std::mem;

use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::{NUMBER, SET, VALUE};
use monotable_core::value::ValueError;

mod containers;
mod number;
mod raw;
mod special;

use containers::{Elements, Entries, Variant};
use number::{integer, nearest};
pub(super) use raw::Fields;
use raw::{Bytes, Raw, Text};
use special::Special;

type Result<T> = std::result::Result<T, ValueError>;

/// How deep decoding goes. More than values nest, since a `Some` counts too: a type that is an
/// option of itself would otherwise never end.
const MAX_DEPTH: u8 = 128;

/// One value that is to be decoded.
pub(super) struct Decoder<'de> {
    raw: Raw<'de>,
    /// How much deeper it may go.
    depth: u8,
}

impl<'de> Decoder<'de> {
    pub(super) fn item(fields: Fields<'de>) -> Self {
        Decoder { raw: Raw::Map(fields), depth: MAX_DEPTH }
    }

    fn deeper(&self) -> Result<u8> {
        self.depth.checked_sub(1).ok_or_else(|| ValueError::new("nested too deep"))
    }

    #[inline]
    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::Number(text) => integer(text, visitor, false),
            _ => self.deserialize_any(visitor),
        }
    }

    /// The nearest float, whatever the number is.
    #[inline]
    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::Number(text) => visitor.visit_f64(nearest(text)?),
            _ => self.deserialize_any(visitor),
        }
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match &self.raw {
            Raw::Null => Unexpected::Unit,
            Raw::Bool(value) => Unexpected::Bool(*value),
            Raw::Number(_) => Unexpected::Other("number"),
            Raw::Text(_) => Unexpected::Str(""),
            Raw::Bytes(bytes) => Unexpected::Bytes(bytes.as_slice()),
            Raw::List(_) => Unexpected::Seq,
            Raw::Map(_) => Unexpected::Map,
            Raw::Unknown => Unexpected::Other("unknown"),
        }
    }
}

/// Methods that expect a number.
macro_rules! numbers {
    ($kind:ident: $($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.$kind(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Decoder<'de> {
    type Error = ValueError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let depth = self.deeper();
        match self.raw {
            Raw::Null => visitor.visit_unit(),
            Raw::Bool(value) => visitor.visit_bool(value),
            Raw::Number(text) => integer(text, visitor, true),
            Raw::Text(Text::Shared(text)) => visitor.visit_borrowed_str(text),
            Raw::Text(Text::Own(text)) => visitor.visit_string(mem::take(text)),
            Raw::Bytes(Bytes::Shared(bytes)) => visitor.visit_borrowed_bytes(bytes),
            Raw::Bytes(Bytes::Own(blob)) => visitor.visit_byte_buf(Bytes::take(blob)),
            Raw::List(values) => Elements::new(values, depth?).visit(visitor),
            Raw::Map(entries) => Entries::new(entries, depth?).visit(visitor),
            Raw::Unknown => {
                Err(ValueError::new("a kind of value that this version of the SDK does not know"))
            }
        }
    }

    numbers! { integer:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    numbers! { float: deserialize_f32 deserialize_f64 }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let depth = self.deeper();
        match self.raw {
            Raw::Null => visitor.visit_none(),
            raw => visitor.visit_some(Decoder { raw, depth: depth? }),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match (name, &self.raw) {
            // A decimal type reads the digits themselves: a float would lose some.
            (NUMBER, Raw::Number(text)) => {
                visitor.visit_newtype_struct(BorrowedStrDeserializer::new(text))
            }
            (NUMBER, _) => Err(Error::invalid_type(self.unexpected(), &"a number")),
            (VALUE, Raw::Number(_)) => visitor.visit_enum(Special { kind: NUMBER, value: self }),
            (VALUE, Raw::List(values)) if values.are_a_set() => {
                visitor.visit_enum(Special { kind: SET, value: self })
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::Bytes(bytes) => {
                let mut elements =
                    SeqDeserializer::<_, ValueError>::new(bytes.as_slice().iter().copied());
                let value = visitor.visit_seq(&mut elements)?;
                elements.end()?;
                Ok(value)
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let depth = self.deeper();
        match self.raw {
            Raw::Text(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text.into_str())),
            Raw::Map(entries) => match Variant::of(entries, depth?) {
                Some(variant) => visitor.visit_enum(variant),
                None => {
                    Err(Error::invalid_value(Unexpected::Map, &"a map of one entry, the variant"))
                }
            },
            _ => Err(Error::invalid_type(self.unexpected(), &"an enum")),
        }
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct map struct identifier
    }
}
