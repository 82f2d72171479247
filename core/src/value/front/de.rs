//! The deserializer, which reads stored values directly into a type.

mod containers;
mod name;
mod special;

use super::input::{Input, Kind, Numeric, Token, Wanted};
use super::{MapInput, Result};
use crate::value::{Number, ValueError, token};
use containers::{Elements, Entries, Variant};
pub(super) use name::Name;
use serde::de::value::{BorrowedStrDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use special::Special;
use std::borrow::Cow;

/// The greatest depth of decoding. It is greater than the depth of values, because a `Some` counts, too.
/// Otherwise decoding a type that is an option of itself would never end.
pub(super) const MAX_DEPTH: u8 = 128;

/// One value that is read.
pub(super) struct Reading<I> {
    input: I,
    /// The number of levels that are left.
    depth: u8,
}

impl<'de, I: Input<'de>> Reading<I> {
    #[inline]
    pub(super) fn new(input: I) -> Self {
        Reading { input, depth: MAX_DEPTH }
    }

    #[inline]
    fn number<V: Visitor<'de>>(self, wanted: Wanted, visitor: V) -> Result<V::Value> {
        if self.input.kind() != Kind::Number {
            return self.other(visitor);
        }
        visit_number(self.input.number(wanted)?, wanted, visitor)
    }

    /// Reads any value except a number.
    #[inline]
    fn other<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let depth = self.depth;
        match self.input.token()? {
            Token::Null => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Token::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Token::Bytes(Cow::Borrowed(bytes)) => visitor.visit_borrowed_bytes(bytes),
            Token::Bytes(Cow::Owned(bytes)) => visitor.visit_byte_buf(bytes),
            Token::List(list) => Elements::<I>::new(list, deeper(depth)?).visit(visitor),
            Token::Map(map) => Entries::<I>::new(map, deeper(depth)?).visit(visitor),
        }
    }

    fn unexpected(&self) -> Unexpected<'static> {
        match self.input.kind() {
            Kind::Null => Unexpected::Unit,
            Kind::Bool => Unexpected::Bool(false),
            Kind::Number => Unexpected::Other("number"),
            Kind::Text => Unexpected::Str(""),
            Kind::Bytes => Unexpected::Bytes(&[]),
            Kind::List | Kind::Set => Unexpected::Seq,
            Kind::Map => Unexpected::Map,
            Kind::Unknown => Unexpected::Other("unknown"),
        }
    }
}

/// Returns the number of levels that are left inside of a value.
#[inline]
pub(super) fn deeper(depth: u8) -> Result<u8> {
    depth.checked_sub(1).ok_or_else(|| ValueError::new("nested too deep"))
}

/// Gives a number to a visitor in the form that its type reads.
#[inline]
pub(super) fn visit_number<'de, V: Visitor<'de>>(
    number: Numeric,
    wanted: Wanted,
    visitor: V,
) -> Result<V::Value> {
    match (number, wanted) {
        (Numeric::Unsigned(value), _) => visitor.visit_u64(value),
        (Numeric::Negative(value), _) => visitor.visit_i64(value),
        // A float that is an integer may be read as one.
        (Numeric::Float(value), Wanted::Integer) => whole(Number::from_f64(value), visitor),
        (Numeric::Float(value), _) => visitor.visit_f64(value),
        // An integer may be read as a float. serde's floats do not accept integers beyond 64 bits.
        (Numeric::BigUnsigned(value), Wanted::Float) => visitor.visit_f64(value as f64),
        (Numeric::BigNegative(value), Wanted::Float) => visitor.visit_f64(value as f64),
        (Numeric::BigUnsigned(value), _) => visitor.visit_u128(value),
        (Numeric::BigNegative(value), _) => visitor.visit_i128(value),
        (Numeric::Decimal(value), Wanted::Float) => visitor.visit_f64(value.to_f64()),
        (Numeric::Decimal(value), _) => whole(Some(value), visitor),
    }
}

/// Returns a number as an integer, if it is one.
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

/// Methods that expect a number.
macro_rules! numbers {
    ($wanted:ident: $($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.number(Wanted::$wanted, visitor)
        }
    )*};
}

impl<'de, I: Input<'de>> Deserializer<'de> for Reading<I> {
    type Error = ValueError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.number(Wanted::Any, visitor)
    }

    numbers! { Integer:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    numbers! { Float: deserialize_f32 deserialize_f64 }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.input.kind() {
            Kind::Null => visitor.visit_none(),
            _ => {
                let depth = deeper(self.depth)?;
                visitor.visit_some(Reading { input: self.input, depth })
            }
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        // The names are compared first, because nearly no newtype has one of these names.
        match name {
            token::NUMBER if self.input.is_decimal() => match self.input.digits()? {
                Cow::Borrowed(digits) => {
                    visitor.visit_newtype_struct(BorrowedStrDeserializer::new(digits))
                }
                Cow::Owned(digits) => visitor.visit_newtype_struct(StringDeserializer::new(digits)),
            },
            token::VALUE if self.input.is_decimal() => {
                visitor.visit_enum(Special { kind: token::NUMBER, value: self })
            }
            token::VALUE if self.input.kind() == Kind::Set => {
                visitor.visit_enum(Special { kind: token::SET, value: self })
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.input.kind() != Kind::Bytes {
            return self.deserialize_any(visitor);
        }
        let Token::Bytes(bytes) = self.input.token()? else { return Err(ValueError::damaged()) };
        let mut elements = SeqDeserializer::<_, ValueError>::new(bytes.iter().copied());
        let value = visitor.visit_seq(&mut elements)?;
        elements.end()?;
        Ok(value)
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
        if !matches!(self.input.kind(), Kind::Text | Kind::Map) {
            return Err(Error::invalid_type(self.unexpected(), &"an enum"));
        }
        let depth = deeper(self.depth)?;
        match self.input.token()? {
            Token::Text(Cow::Borrowed(text)) => {
                visitor.visit_enum(BorrowedStrDeserializer::new(text))
            }
            Token::Text(Cow::Owned(text)) => visitor.visit_enum(StringDeserializer::new(text)),
            Token::Map(map) => match Variant::<I>::of(map, depth)? {
                Some(variant) => visitor.visit_enum(variant),
                None => {
                    Err(Error::invalid_value(Unexpected::Map, &"a map of one entry, the variant"))
                }
            },
            _ => Err(ValueError::damaged()),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.input.kind() != Kind::Text {
            return self.deserialize_any(visitor);
        }
        match self.input.binary()? {
            Token::Bytes(Cow::Borrowed(bytes)) => visitor.visit_borrowed_bytes(bytes),
            Token::Bytes(Cow::Owned(bytes)) => visitor.visit_byte_buf(bytes),
            Token::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Token::Text(Cow::Owned(text)) => visitor.visit_string(text),
            _ => Err(ValueError::damaged()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_bytes(visitor)
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool char str string unit unit_struct map struct identifier
    }
}

/// Returns the name and the value of the next entry of a map, if there is one.
fn entry<'de, I: Input<'de>>(map: &mut I::Map) -> Result<Option<(Cow<'de, str>, I)>> {
    let Some(name) = map.name() else { return Ok(None) };
    let name = name?;
    match map.value() {
        Ok(value) => Ok(Some((name, value))),
        Err(error) => Err(error.within(&name)),
    }
}
