//! The serializer: which stored value each type of serde's data model becomes.

mod containers;
mod decimal;
mod name;
mod set;
mod unexpected;

use super::{Output, Result, not_an_item};
use crate::value::number::TWO_53;
use crate::value::{ValueError, token};
use containers::{Entries, List, Variant};
use serde::ser::{Serialize, Serializer};
use std::fmt::Display;

/// How deep values may be nested: an attribute of the item is at level 1.
const MAX_LEVEL: u8 = 32;

/// Writes one value. It becomes `None` if it is an attribute that is not stored.
pub(super) struct Writing<'a, O> {
    out: &'a mut O,
    level: u8,
    /// Whether the value is outside of an item, where `None` and an empty set are null.
    alone: bool,
}

impl<'a, O: Output> Writing<'a, O> {
    pub(super) fn item(out: &'a mut O) -> Self {
        Writing { out, level: 0, alone: false }
    }

    pub(super) fn alone(out: &'a mut O) -> Self {
        Writing { out, level: 1, alone: true }
    }

    /// Returns the writer of a value in this list or map.
    #[inline]
    fn inside(out: &'a mut O, level: u8) -> Self {
        Writing { out, level, alone: false }
    }

    /// Refuses an item that is not a map. It is called before the limits of the format are checked, so that
    /// every format refuses such an item with the same message.
    #[inline]
    fn scalar(self) -> Result<&'a mut O> {
        if self.level == 0 { Err(not_an_item()) } else { Ok(self.out) }
    }

    /// Returns the level of the values in this list or map.
    #[inline]
    fn next_level(&self) -> Result<u8> {
        if self.level >= MAX_LEVEL {
            return Err(ValueError::new("values are nested more than 32 levels deep"));
        }
        Ok(self.level + 1)
    }

    #[inline]
    fn begin_map(&mut self, len: usize) -> Result<O::Map> {
        if self.level == 0 { self.out.begin_item(len) } else { self.out.begin_map(len) }
    }

    /// Begins the map of one entry that a variant with content becomes.
    fn variant(mut self, name: &'static str) -> Result<(Self, Variant<O>)> {
        let level = self.next_level()?;
        let mut map = self.begin_map(1)?;
        let entry = self.out.begin_field(&mut map, name)?;
        Ok((Writing::inside(self.out, level), Variant { name, map, entry }))
    }

    #[inline]
    fn unsigned(self, value: u64) -> Result<Option<O::Value>> {
        let out = self.scalar()?;
        O::LIMITS.check_u64(value)?;
        out.unsigned(value).map(Some)
    }

    #[inline]
    fn signed(self, value: i64) -> Result<Option<O::Value>> {
        match u64::try_from(value) {
            Ok(value) => self.unsigned(value),
            Err(_) => {
                let out = self.scalar()?;
                O::LIMITS.check_u64(value.unsigned_abs())?;
                out.negative(value).map(Some)
            }
        }
    }
}

impl<'a, O: Output> Serializer for Writing<'a, O> {
    type Ok = Option<O::Value>;
    type Error = ValueError;
    type SerializeSeq = List<'a, O>;
    type SerializeTuple = List<'a, O>;
    type SerializeTupleStruct = List<'a, O>;
    type SerializeTupleVariant = List<'a, O>;
    type SerializeMap = Entries<'a, O>;
    type SerializeStruct = Entries<'a, O>;
    type SerializeStructVariant = Entries<'a, O>;

    fn serialize_bool(self, value: bool) -> Result<Self::Ok> {
        self.scalar()?.bool(value).map(Some)
    }

    fn serialize_i8(self, value: i8) -> Result<Self::Ok> {
        self.signed(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<Self::Ok> {
        self.signed(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<Self::Ok> {
        self.signed(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<Self::Ok> {
        self.signed(value)
    }

    fn serialize_i128(self, value: i128) -> Result<Self::Ok> {
        if let Ok(value) = u128::try_from(value) {
            return self.serialize_u128(value);
        }
        if let Ok(value) = i64::try_from(value) {
            return self.signed(value);
        }
        let out = self.scalar()?;
        O::LIMITS.check_u128(value.unsigned_abs())?;
        out.big_negative(value).map(Some)
    }

    fn serialize_u8(self, value: u8) -> Result<Self::Ok> {
        self.unsigned(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<Self::Ok> {
        self.unsigned(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<Self::Ok> {
        self.unsigned(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<Self::Ok> {
        self.unsigned(value)
    }

    fn serialize_u128(self, value: u128) -> Result<Self::Ok> {
        if let Ok(value) = u64::try_from(value) {
            return self.unsigned(value);
        }
        let out = self.scalar()?;
        O::LIMITS.check_u128(value)?;
        out.big_unsigned(value).map(Some)
    }

    fn serialize_f32(self, value: f32) -> Result<Self::Ok> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Self::Ok> {
        // Stores of decimals do not know whether a whole number was a float, and they have no -0. So it is
        // an integer in every format, and is read back as the same value from all of them. Greater floats
        // stay floats, because not every format has integers beyond 2^53.
        if value.fract() == 0.0 && value.abs() < TWO_53 {
            return self.signed(value as i64);
        }
        let out = self.scalar()?;
        if !value.is_finite() {
            return Err(ValueError::new("neither NaN nor infinity can be stored"));
        }
        O::LIMITS.check_float(value)?;
        out.float(value).map(Some)
    }

    fn serialize_char(self, value: char) -> Result<Self::Ok> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<Self::Ok> {
        self.scalar()?.text(value).map(Some)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Self::Ok> {
        self.scalar()?.bytes(value).map(Some)
    }

    fn serialize_none(self) -> Result<Self::Ok> {
        match self.level {
            0 => Err(not_an_item()),
            1 => Ok(None),
            _ => self.out.null().map(Some),
        }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Self::Ok> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Self::Ok> {
        self.scalar()?.null().map(Some)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Self::Ok> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Self::Ok> {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Self::Ok> {
        match name {
            token::SET => self.set(value),
            token::NUMBER => self.decimal(value),
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Self::Ok> {
        let (content, variant) = self.variant(name)?;
        let Writing { out, level, .. } = content;
        let value = value.serialize(Writing::inside(&mut *out, level));
        variant.end(out, value.map_err(|error| error.within(name))?).map(Some)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List<'a, O>> {
        List::begin(self, len.unwrap_or(0), None)
    }

    fn serialize_tuple(self, len: usize) -> Result<List<'a, O>> {
        List::begin(self, len, None)
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List<'a, O>> {
        List::begin(self, len, None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        len: usize,
    ) -> Result<List<'a, O>> {
        let (content, variant) = self.variant(name)?;
        List::begin(content, len, Some(variant)).map_err(|error| error.within(name))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Entries<'a, O>> {
        Entries::begin(self, len.unwrap_or(0), None)
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Entries<'a, O>> {
        Entries::begin(self, len, None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        len: usize,
    ) -> Result<Entries<'a, O>> {
        let (content, variant) = self.variant(name)?;
        Entries::begin(content, len, Some(variant)).map_err(|error| error.within(name))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Self::Ok> {
        self.scalar()?.formatted(value).map(Some)
    }
}
