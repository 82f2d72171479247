//! The reader of the binary form, which reads one value at a time.

use super::{
    BYTES, BYTES_SET, DECIMAL, FALSE, FLOAT, LIST, MAP, NEGATIVE, NULL, NUMBER_SET, SHORT_TEXT,
    SMALL_INT, TEXT, TEXT_SET, TRUE, U8, U16, U32, U64, U128,
};
use crate::value::{Number, ValueError};

/// One value whose content is not checked yet. Its text may not be UTF-8, and its content may be
/// damaged.
#[derive(Clone, Copy)]
pub(in crate::value) enum Raw<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Negative(i64),
    /// Integers beyond 64 bits are rare. They are references, so that other values do not become larger.
    BigUnsigned(&'a [u8; 16]),
    /// The `n` of `-1 - n`.
    BigNegative(&'a [u8; 16]),
    Float(f64),
    Text(&'a [u8]),
    Bytes(&'a [u8]),
    List(&'a [u8]),
    Map(&'a [u8]),
    /// The exponent and the integer.
    Decimal(&'a [u8]),
    Set(&'a [u8]),
}

impl Raw<'_> {
    /// Returns the number, if this is a number and is not damaged.
    pub(in crate::value) fn number(self) -> Option<Number> {
        Some(match self {
            Raw::Unsigned(value) => value.into(),
            Raw::Negative(value) => value.into(),
            Raw::BigUnsigned(bytes) => u128::from_le_bytes(*bytes).into(),
            Raw::BigNegative(bytes) => Raw::big_negative(bytes).ok()?.into(),
            Raw::Float(value) => Number::from_f64(value)?,
            Raw::Decimal(bytes) => {
                let mut reader = Reader::new(bytes);
                let exponent = i16::from_le_bytes(*reader.array()?);
                reader.integer_alone()?.number()?.scaled(exponent)?
            }
            _ => return None,
        })
    }

    /// Returns the integer of a `BigNegative`.
    pub(in crate::value) fn big_negative(bytes: &[u8; 16]) -> Result<i128, ValueError> {
        i128::try_from(u128::from_le_bytes(*bytes))
            .map(|n| -1 - n)
            .map_err(|_| ValueError::damaged())
    }
}

/// Reads values one after another. `None` means that the bytes are damaged.
pub(in crate::value) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    #[inline]
    pub(in crate::value) fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    #[inline]
    pub(in crate::value) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (array, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(array)
    }

    #[inline]
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    #[inline]
    fn length(&mut self) -> Option<usize> {
        let byte = self.byte()?;
        if byte < 0x80 { Some(usize::from(byte)) } else { self.long_length(byte) }
    }

    fn long_length(&mut self, first: u8) -> Option<usize> {
        let mut length = u64::from(first & 0x7f);
        for shift in [7, 14, 21, 28] {
            let byte = self.byte()?;
            length |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(length).ok()?.try_into().ok();
            }
        }
        None
    }

    /// The content of a list, map or set.
    #[inline]
    fn content(&mut self) -> Option<&'a [u8]> {
        let length = u32::from_le_bytes(*self.array()?);
        self.take(length.try_into().ok()?)
    }

    /// The name that begins an entry.
    #[inline]
    pub(in crate::value) fn name(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.take(length)
    }

    #[inline]
    pub(in crate::value) fn value(&mut self) -> Option<Raw<'a>> {
        let tag = self.byte()?;
        if tag >= SHORT_TEXT {
            return self.take(usize::from(tag - SHORT_TEXT)).map(Raw::Text);
        }
        if tag >= SMALL_INT {
            return Some(Raw::Unsigned(u64::from(tag - SMALL_INT)));
        }
        Some(match tag {
            NULL => Raw::Null,
            FALSE => Raw::Bool(false),
            TRUE => Raw::Bool(true),
            TEXT => Raw::Text(self.name()?),
            BYTES => Raw::Bytes(self.name()?),
            LIST => Raw::List(self.content()?),
            MAP => Raw::Map(self.content()?),
            DECIMAL => Raw::Decimal(self.decimal()?),
            TEXT_SET | NUMBER_SET | BYTES_SET => Raw::Set(self.content()?),
            FLOAT => Raw::Float(
                Some(f64::from_le_bytes(*self.array()?)).filter(|value| value.is_finite())?,
            ),
            _ => return self.integer(tag),
        })
    }

    #[inline]
    fn integer(&mut self, tag: u8) -> Option<Raw<'a>> {
        let negative = tag & NEGATIVE != 0;
        let value = match tag & !NEGATIVE {
            U8 => u64::from(self.byte()?),
            U16 => u64::from(u16::from_le_bytes(*self.array()?)),
            U32 => u64::from(u32::from_le_bytes(*self.array()?)),
            U64 => u64::from_le_bytes(*self.array()?),
            U128 if negative => return self.array().map(Raw::BigNegative),
            U128 => return self.array().map(Raw::BigUnsigned),
            _ => return None,
        };
        if negative {
            i64::try_from(value).ok().map(|n| Raw::Negative(-1 - n))
        } else {
            Some(Raw::Unsigned(value))
        }
    }

    /// An integer with its tag, and no other value.
    fn integer_alone(&mut self) -> Option<Raw<'a>> {
        match self.byte()? {
            tag @ SMALL_INT..SHORT_TEXT => Some(Raw::Unsigned(u64::from(tag - SMALL_INT))),
            tag => self.integer(tag),
        }
    }

    #[cold]
    fn decimal(&mut self) -> Option<&'a [u8]> {
        let start = self.rest;
        self.array::<2>()?;
        self.integer_alone()?;
        start.get(..start.len() - self.rest.len())
    }

    /// A whole entry: its name, its value, and the bytes of both.
    pub(super) fn entry(&mut self) -> Option<(&'a [u8], Raw<'a>, &'a [u8])> {
        let start = self.rest;
        let (name, value) = (self.name()?, self.value()?);
        let whole = start.get(..start.len() - self.rest.len())?;
        Some((name, value, whole))
    }
}
