//! serde's way in: which attribute value each of its shapes becomes.

use std::collections::HashMap;
use std::fmt::Display;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::ser::{Serialize, Serializer};

use super::number::{self, Decimal, Fault};
use super::{NUMBER, SET};
use monotable_core::value::ValueError;

mod containers;
mod name;
mod set;

use containers::{Entries, List};
pub(super) use set::byte_set;

type Result<T, E = ValueError> = std::result::Result<T, E>;

/// What a value becomes; `None` is an attribute that is not stored.
pub(super) type Encoded = Option<AttributeValue>;

/// How deep values may be nested: an attribute of the item is at level 1.
const MAX_LEVEL: u8 = 32;

/// Encodes one value.
#[derive(Clone, Copy)]
pub(super) struct Encoder {
    /// 0 is the item itself.
    level: u8,
}

impl Encoder {
    /// Of an item. It encodes what is no item, too: that is for the caller to refuse.
    pub(super) fn item() -> Self {
        Encoder { level: 0 }
    }

    /// Of a value that stands alone.
    pub(super) fn attribute() -> Self {
        Encoder { level: 1 }
    }

    /// Of what is in a list or in a map.
    #[inline]
    pub(super) fn inside(self) -> Result<Self> {
        if self.level >= MAX_LEVEL {
            return Err(ValueError::new("values are nested more than 32 levels deep"));
        }
        Ok(Encoder { level: self.level + 1 })
    }

    /// A sequence as a set.
    pub(super) fn set<T: Serialize + ?Sized>(self, values: &T) -> Result<Encoded> {
        set::of_values(values.serialize(self)?).map(Some)
    }

    /// The map of one entry that a variant with content becomes, whatever its content is.
    fn variant(name: &'static str, value: Encoded) -> Encoded {
        let value = value.unwrap_or(AttributeValue::Null(true));
        Some(AttributeValue::M(HashMap::from([(name.to_owned(), value)])))
    }
}

/// Text that is a number, in its one form.
fn decimal(text: Encoded) -> Result<Encoded> {
    match text {
        Some(AttributeValue::S(text)) => Ok(Some(AttributeValue::N(Decimal::parse(&text)?.text()))),
        // It may have been written as the number that it is.
        Some(AttributeValue::N(text)) => Ok(Some(AttributeValue::N(text))),
        _ => Err(Fault::NotDecimal.into()),
    }
}

#[inline]
fn text(value: &str) -> Result<Encoded> {
    Ok(Some(AttributeValue::S(value.to_owned())))
}

#[inline]
fn integer(value: impl Display) -> Result<Encoded> {
    Ok(Some(AttributeValue::N(value.to_string())))
}

/// An integer that may have more digits than a number has.
fn wide_integer(value: impl Display) -> Result<Encoded> {
    let text = value.to_string();
    match Decimal::parse(&text) {
        Ok(_) => Ok(Some(AttributeValue::N(text))),
        Err(fault) => Err(fault.into()),
    }
}

impl Serializer for Encoder {
    type Ok = Encoded;
    type Error = ValueError;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = List;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    fn serialize_bool(self, value: bool) -> Result<Encoded> {
        Ok(Some(AttributeValue::Bool(value)))
    }

    fn serialize_i8(self, value: i8) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_i16(self, value: i16) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_i32(self, value: i32) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_i64(self, value: i64) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_i128(self, value: i128) -> Result<Encoded> {
        wide_integer(value)
    }

    fn serialize_u8(self, value: u8) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_u16(self, value: u16) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_u32(self, value: u32) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_u64(self, value: u64) -> Result<Encoded> {
        integer(value)
    }

    fn serialize_u128(self, value: u128) -> Result<Encoded> {
        wide_integer(value)
    }

    fn serialize_f32(self, value: f32) -> Result<Encoded> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Encoded> {
        if !value.is_finite() {
            return Err(ValueError::new("neither NaN nor infinity can be stored"));
        }
        if !number::in_range(value) {
            return Err(Fault::OutOfRange.into());
        }
        Ok(Some(AttributeValue::N(number::of_f64(value))))
    }

    fn serialize_char(self, value: char) -> Result<Encoded> {
        text(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<Encoded> {
        text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Encoded> {
        Ok(Some(AttributeValue::B(Blob::new(value))))
    }

    fn serialize_none(self) -> Result<Encoded> {
        Ok(if self.level == 1 { None } else { Some(AttributeValue::Null(true)) })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Encoded> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Encoded> {
        Ok(Some(AttributeValue::Null(true)))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Encoded> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Encoded> {
        text(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Encoded> {
        match name {
            SET => self.set(value),
            NUMBER => decimal(value.serialize(self)?),
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Encoded> {
        let value = value.serialize(self.inside()?).map_err(|error| error.within(variant))?;
        Ok(Encoder::variant(variant, value))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List> {
        List::new(self, len.unwrap_or(0))
    }

    fn serialize_tuple(self, len: usize) -> Result<List> {
        List::new(self, len)
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List> {
        List::new(self, len)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<List> {
        let list = List::new(self.inside()?, len).map_err(|error| error.within(variant))?;
        Ok(list.of_variant(variant))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Entries> {
        Entries::new(self, len.unwrap_or(0))
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Entries> {
        Entries::new(self, len)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Entries> {
        let entries = Entries::new(self.inside()?, len).map_err(|error| error.within(variant))?;
        Ok(entries.of_variant(variant))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Encoded> {
        Ok(Some(AttributeValue::S(value.to_string())))
    }
}
