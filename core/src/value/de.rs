//! serde's side of the reader: from the stored bytes straight to the type.

use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::binary::{Raw, Reader};
use super::{Number, ValueError, token};

mod containers;
mod name;
mod special;

use containers::{Elements, Entries, Variant};
pub use name::Name;
use special::Special;

type Result<T> = std::result::Result<T, ValueError>;

/// How deep decoding goes. More than the writer nests, since a `Some` counts too: a type that is an
/// option of itself would otherwise never end.
pub(super) const MAX_DEPTH: u8 = 128;

/// One value that is to be decoded.
pub(super) struct Decoder<'de> {
    raw: Raw<'de>,
    /// How much deeper it may go.
    depth: u8,
}

impl<'de> Decoder<'de> {
    #[inline]
    pub(super) fn new(raw: Raw<'de>) -> Self {
        Decoder { raw, depth: MAX_DEPTH }
    }

    fn deeper(&self) -> Result<u8> {
        self.depth.checked_sub(1).ok_or_else(|| ValueError::new("nested too deep"))
    }

    fn list<V: Visitor<'de>>(&self, content: &'de [u8], visitor: V) -> Result<V::Value> {
        let mut elements =
            Elements { reader: Reader::new(content), index: 0, depth: self.deeper()? };
        let value = visitor.visit_seq(&mut elements)?;
        match elements.rest() {
            0 => Ok(value),
            rest => Err(Error::invalid_length(elements.index + rest, &"fewer elements")),
        }
    }

    #[inline]
    fn map<V: Visitor<'de>>(&self, content: &'de [u8], visitor: V) -> Result<V::Value> {
        let mut entries = Entries { reader: Reader::new(content), name: "", depth: self.deeper()? };
        let value = visitor.visit_map(&mut entries)?;
        if entries.reader.is_empty() {
            Ok(value)
        } else {
            Err(ValueError::new("the map has more entries than expected"))
        }
    }

    /// A float that is an integer may be read as one.
    #[inline]
    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::Float(value) => whole(Number::from_f64(value), visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    /// An integer may be read as a float; those beyond 64 bits serde's floats do not take.
    #[inline]
    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::BigUnsigned(bytes) => visitor.visit_f64(u128::from_le_bytes(*bytes) as f64),
            Raw::BigNegative(bytes) => visitor.visit_f64(Raw::big_negative(bytes)? as f64),
            Raw::Decimal(_) => visitor.visit_f64(self.number()?.to_f64()),
            _ => self.deserialize_any(visitor),
        }
    }

    fn number(&self) -> Result<Number> {
        self.raw.number().ok_or_else(ValueError::damaged)
    }

    fn unexpected(&self) -> Unexpected<'de> {
        match self.raw {
            Raw::Null => Unexpected::Unit,
            Raw::Bool(value) => Unexpected::Bool(value),
            Raw::Unsigned(value) => Unexpected::Unsigned(value),
            Raw::Negative(value) => Unexpected::Signed(value),
            Raw::BigUnsigned(_) | Raw::BigNegative(_) => Unexpected::Other("integer"),
            Raw::Float(value) => Unexpected::Float(value),
            Raw::Decimal(_) => Unexpected::Other("decimal"),
            Raw::Text(_) => Unexpected::Str(""),
            Raw::Bytes(bytes) => Unexpected::Bytes(bytes),
            Raw::List(_) | Raw::Set(_) => Unexpected::Seq,
            Raw::Map(_) => Unexpected::Map,
        }
    }
}

/// A number as an integer, if it is one.
#[cold]
fn whole<'de, V: Visitor<'de>>(number: Option<Number>, visitor: V) -> Result<V::Value> {
    let number = number.ok_or_else(ValueError::damaged)?;
    if let Some(value) = number.as_u64() {
        visitor.visit_u64(value)
    } else if let Some(value) = number.as_i64() {
        visitor.visit_i64(value)
    } else if let Some(value) = number.as_u128() {
        visitor.visit_u128(value)
    } else if let Some(value) = number.as_i128() {
        visitor.visit_i128(value)
    } else {
        visitor.visit_f64(number.to_f64())
    }
}

#[inline]
fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| ValueError::damaged())
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
        match self.raw {
            Raw::Null => visitor.visit_unit(),
            Raw::Bool(value) => visitor.visit_bool(value),
            Raw::Unsigned(value) => visitor.visit_u64(value),
            Raw::Negative(value) => visitor.visit_i64(value),
            Raw::BigUnsigned(bytes) => visitor.visit_u128(u128::from_le_bytes(*bytes)),
            Raw::BigNegative(bytes) => visitor.visit_i128(Raw::big_negative(bytes)?),
            Raw::Float(value) => visitor.visit_f64(value),
            Raw::Text(text) => visitor.visit_borrowed_str(utf8(text)?),
            Raw::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Raw::List(content) | Raw::Set(content) => self.list(content, visitor),
            Raw::Map(content) => self.map(content, visitor),
            Raw::Decimal(_) => whole(self.raw.number(), visitor),
        }
    }

    numbers! { integer:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    numbers! { float: deserialize_f32 deserialize_f64 }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::Null => visitor.visit_none(),
            raw => visitor.visit_some(Decoder { raw, depth: self.deeper()? }),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        match (self.raw, name) {
            (Raw::Decimal(_), token::NUMBER) => visitor.visit_string(self.number()?.to_plain()),
            (Raw::Decimal(_), token::VALUE) => {
                visitor.visit_enum(Special { kind: token::NUMBER, value: self })
            }
            (Raw::Set(_), token::VALUE) => {
                visitor.visit_enum(Special { kind: token::SET, value: self })
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.raw {
            Raw::Bytes(bytes) => {
                let mut elements = SeqDeserializer::new(bytes.iter().copied());
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
        match self.raw {
            Raw::Text(text) => visitor.visit_enum(BorrowedStrDeserializer::new(utf8(text)?)),
            Raw::Map(content) => {
                let mut entries =
                    Entries { reader: Reader::new(content), name: "", depth: self.deeper()? };
                let found = if entries.advance()? { Some(entries.value()?) } else { None };
                match found {
                    Some(value) if entries.reader.is_empty() => {
                        visitor.visit_enum(Variant { name: entries.name, value })
                    }
                    _ => Err(Error::invalid_value(
                        Unexpected::Map,
                        &"a map of one entry, the variant",
                    )),
                }
            }
            _ => Err(Error::invalid_type(self.unexpected(), &"an enum")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct map struct identifier
    }
}
