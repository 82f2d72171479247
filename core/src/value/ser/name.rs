//! The keys of maps, which are stored as text.

use std::fmt::Display;

use serde::ser::{Impossible, Serialize, Serializer};

use super::{Entry, Result, ValueError, Writer};

/// Begins an entry of a map by its key.
pub(super) struct Name<'a>(pub(super) &'a mut Writer);

#[cold]
fn refused<T>() -> Result<T> {
    Err(ValueError::new("a map's keys must be text, numbers, booleans or unit variants"))
}

fn float(name: Name<'_>, value: impl Display, finite: bool) -> Result<Entry> {
    if finite { name.0.formatted_entry(&value) } else { refused() }
}

impl Serializer for Name<'_> {
    type Ok = Entry;
    type Error = ValueError;
    type SerializeSeq = Impossible<Entry, ValueError>;
    type SerializeTuple = Impossible<Entry, ValueError>;
    type SerializeTupleStruct = Impossible<Entry, ValueError>;
    type SerializeTupleVariant = Impossible<Entry, ValueError>;
    type SerializeMap = Impossible<Entry, ValueError>;
    type SerializeStruct = Impossible<Entry, ValueError>;
    type SerializeStructVariant = Impossible<Entry, ValueError>;

    fn serialize_bool(self, value: bool) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_i8(self, value: i8) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_i16(self, value: i16) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_i32(self, value: i32) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_i64(self, value: i64) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_i128(self, value: i128) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_u8(self, value: u8) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_u16(self, value: u16) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_u32(self, value: u32) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_u64(self, value: u64) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_u128(self, value: u128) -> Result<Entry> {
        self.0.formatted_entry(&value)
    }

    fn serialize_f32(self, value: f32) -> Result<Entry> {
        float(self, value, value.is_finite())
    }

    fn serialize_f64(self, value: f64) -> Result<Entry> {
        float(self, value, value.is_finite())
    }

    fn serialize_char(self, value: char) -> Result<Entry> {
        self.0.entry(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<Entry> {
        self.0.entry(value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Entry> {
        refused()
    }

    fn serialize_none(self) -> Result<Entry> {
        refused()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Entry> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Entry> {
        refused()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Entry> {
        refused()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Entry> {
        self.0.entry(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Entry> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Entry> {
        refused()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq> {
        refused()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        refused()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct> {
        refused()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        refused()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap> {
        refused()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct> {
        refused()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        refused()
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Entry> {
        self.0.formatted_entry(value)
    }
}
