//! Reading values from the binary form, as a format of the codec.

use super::{Raw, Reader};
use crate::value::ValueError;
use crate::value::front::{Input, Kind, ListInput, MapInput, Numeric, Token, Wanted};
use std::borrow::Cow;

type Result<T> = std::result::Result<T, ValueError>;

#[inline]
fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| ValueError::damaged())
}

impl<'de> Input<'de> for Raw<'de> {
    type List = Elements<'de>;
    type Map = Entries<'de>;

    #[inline]
    fn kind(&self) -> Kind {
        match self {
            Raw::Null => Kind::Null,
            Raw::Bool(_) => Kind::Bool,
            Raw::Unsigned(_)
            | Raw::Negative(_)
            | Raw::BigUnsigned(_)
            | Raw::BigNegative(_)
            | Raw::Float(_)
            | Raw::Decimal(_) => Kind::Number,
            Raw::Text(_) => Kind::Text,
            Raw::Bytes(_) => Kind::Bytes,
            Raw::List(_) => Kind::List,
            Raw::Map(_) => Kind::Map,
            Raw::Set(_) => Kind::Set,
        }
    }

    #[inline]
    fn token(self) -> Result<Token<'de, Self>> {
        Ok(match self {
            Raw::Null => Token::Null,
            Raw::Bool(value) => Token::Bool(value),
            Raw::Text(text) => Token::Text(Cow::Borrowed(utf8(text)?)),
            Raw::Bytes(bytes) => Token::Bytes(Cow::Borrowed(bytes)),
            Raw::List(content) | Raw::Set(content) => {
                Token::List(Elements { reader: Reader::new(content) })
            }
            Raw::Map(content) => Token::Map(Entries { reader: Reader::new(content) }),
            _ => return Err(ValueError::damaged()),
        })
    }

    #[inline]
    fn number(&self, _: Wanted) -> Result<Numeric> {
        Ok(match *self {
            Raw::Unsigned(value) => Numeric::Unsigned(value),
            Raw::Negative(value) => Numeric::Negative(value),
            Raw::Float(value) => Numeric::Float(value),
            Raw::BigUnsigned(bytes) => Numeric::BigUnsigned(u128::from_le_bytes(*bytes)),
            Raw::BigNegative(bytes) => Numeric::BigNegative(Raw::big_negative(bytes)?),
            other => Numeric::Decimal(Raw::number(other).ok_or_else(ValueError::damaged)?),
        })
    }

    #[inline]
    fn text_size(self) -> Result<usize> {
        match self {
            Raw::Text(bytes) => Ok(bytes.len()),
            _ => Err(ValueError::damaged()),
        }
    }

    #[inline]
    fn is_decimal(&self) -> bool {
        matches!(self, Raw::Decimal(_))
    }

    fn digits(&self) -> Result<Cow<'de, str>> {
        let number = Raw::number(*self).ok_or_else(ValueError::damaged)?;
        Ok(Cow::Owned(number.to_plain()))
    }
}

/// The elements of a list or of a set.
pub(in crate::value) struct Elements<'de> {
    reader: Reader<'de>,
}

impl<'de> ListInput<'de, Raw<'de>> for Elements<'de> {
    #[inline]
    fn next(&mut self) -> Option<Result<Raw<'de>>> {
        if self.reader.is_empty() {
            return None;
        }
        Some(self.reader.value().ok_or_else(ValueError::damaged))
    }

    fn left(&self) -> Option<usize> {
        None
    }
}

/// The entries of a map, or of the item.
pub(in crate::value) struct Entries<'de> {
    reader: Reader<'de>,
}

impl<'de> MapInput<'de, Raw<'de>> for Entries<'de> {
    #[inline]
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        if self.reader.is_empty() {
            return None;
        }
        let name = self.reader.name().ok_or_else(ValueError::damaged);
        Some(name.and_then(utf8).map(Cow::Borrowed))
    }

    #[inline]
    fn value(&mut self) -> Result<Raw<'de>> {
        self.reader.value().ok_or_else(ValueError::damaged)
    }

    fn is_empty(&self) -> bool {
        self.reader.is_empty()
    }

    fn left(&self) -> Option<usize> {
        None
    }
}
