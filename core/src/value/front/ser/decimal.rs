//! Writing of values that are stored as numbers: `#[serde(with = "monotable::decimal")]`.

use super::unexpected::{refuse, refuse_compounds};
use super::{Output, Result, ValueError, Writing};
use crate::value::Number;
use crate::value::front::output::displayed;
use crate::value::number::Repr;
use serde::ser::{Impossible, Serialize, Serializer};
use std::fmt::{self, Display, Write as _};

impl<O: Output> Writing<'_, O> {
    /// Writes a value, which has to be the text of a number, as a number. `None` stays `None`.
    #[cold]
    pub(super) fn decimal<T: Serialize + ?Sized>(self, value: &T) -> Result<Option<O::Value>> {
        match value.serialize(AsNumber)? {
            Found::Number(number) => write(self.scalar()?, number).map(Some),
            Found::None => self.serialize_none(),
            Found::Unit => self.serialize_unit(),
        }
    }
}

/// Writes a number in the form that the format has for it.
pub(super) fn write<O: Output>(out: &mut O, number: Number) -> Result<O::Value> {
    O::LIMITS.check_number(number)?;
    match number.repr() {
        Repr::Unsigned(value) => match u64::try_from(value) {
            Ok(value) => out.unsigned(value),
            Err(_) => out.big_unsigned(value),
        },
        Repr::Negative(value) => match i64::try_from(value) {
            Ok(value) => out.negative(value),
            Err(_) => out.big_negative(value),
        },
        Repr::Float(value) => out.float(value),
        Repr::Decimal { .. } => out.decimal(number),
    }
}

/// The kinds of value that can be written as a number.
pub(super) enum Found {
    Number(Number),
    None,
    Unit,
}

/// Reads a value as a number.
pub(super) struct AsNumber;

#[cold]
fn refused() -> ValueError {
    ValueError::new("a decimal must be the text of a number")
}

macro_rules! numbers {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<Found> {
            Ok(Found::Number(value.into()))
        }
    )*};
}

impl Serializer for AsNumber {
    type Ok = Found;
    type Error = ValueError;
    type SerializeSeq = Impossible<Found, ValueError>;
    type SerializeTuple = Impossible<Found, ValueError>;
    type SerializeTupleStruct = Impossible<Found, ValueError>;
    type SerializeTupleVariant = Impossible<Found, ValueError>;
    type SerializeMap = Impossible<Found, ValueError>;
    type SerializeStruct = Impossible<Found, ValueError>;
    type SerializeStructVariant = Impossible<Found, ValueError>;

    numbers! {
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_i128 i128;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_u128 u128;
    }

    fn serialize_f32(self, value: f32) -> Result<Found> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Found> {
        let error = || ValueError::new("neither NaN nor infinity can be stored");
        Number::from_f64(value).map(Found::Number).ok_or_else(error)
    }

    fn serialize_char(self, value: char) -> Result<Found> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Found> {
        value.parse().map(Found::Number)
    }

    fn serialize_none(self) -> Result<Found> {
        Ok(Found::None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Found> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Found> {
        Ok(Found::Unit)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Found> {
        Ok(Found::Unit)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Found> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Found> {
        value.serialize(self)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Found> {
        let mut text = ShortText { bytes: [0; 64], len: 0 };
        // Decimals are short, so this nearly never allocates.
        match (write!(text, "{value}"), text.as_str()) {
            (Ok(()), Some(text)) => self.serialize_str(text),
            _ => self.serialize_str(&displayed(value)?),
        }
    }

    refuse! { refused;
        serialize_bool(bool) -> Found;
        serialize_bytes(&[u8]) -> Found;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
    }
    refuse_compounds!(refused);
}

/// A text of up to 64 bytes.
struct ShortText {
    bytes: [u8; 64],
    len: usize,
}

impl ShortText {
    fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(..self.len)?).ok()
    }
}

impl fmt::Write for ShortText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}
