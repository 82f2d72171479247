//! The keys of maps, which are stored as text.

use std::fmt::Display;

use serde::ser::{Impossible, Serialize, Serializer};

use super::{Result, ValueError};

/// Encodes the key of an entry.
pub(super) struct Name;

#[cold]
fn refused<T>() -> Result<T> {
    Err(ValueError::new("a map's keys must be text, numbers, booleans or unit variants"))
}

macro_rules! formatted {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<String> {
            Ok(value.to_string())
        }
    )*};
}

macro_rules! refused {
    ($($method:ident($($type:ty),*) $result:ty;)*) => {$(
        fn $method(self, $(_: $type),*) -> Result<$result> {
            refused()
        }
    )*};
}

impl Serializer for Name {
    type Ok = String;
    type Error = ValueError;
    type SerializeSeq = Impossible<String, ValueError>;
    type SerializeTuple = Impossible<String, ValueError>;
    type SerializeTupleStruct = Impossible<String, ValueError>;
    type SerializeTupleVariant = Impossible<String, ValueError>;
    type SerializeMap = Impossible<String, ValueError>;
    type SerializeStruct = Impossible<String, ValueError>;
    type SerializeStructVariant = Impossible<String, ValueError>;

    formatted! {
        serialize_bool bool;
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
        serialize_char char;
        serialize_str &str;
    }

    fn serialize_f32(self, value: f32) -> Result<String> {
        if value.is_finite() { Ok(value.to_string()) } else { refused() }
    }

    fn serialize_f64(self, value: f64) -> Result<String> {
        if value.is_finite() { Ok(value.to_string()) } else { refused() }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<String> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<String> {
        value.serialize(self)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<String> {
        Ok(value.to_string())
    }

    refused! {
        serialize_bytes(&[u8]) String;
        serialize_none() String;
        serialize_unit() String;
        serialize_unit_struct(&'static str) String;
        serialize_seq(Option<usize>) Self::SerializeSeq;
        serialize_tuple(usize) Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) Self::SerializeTupleVariant;
        serialize_map(Option<usize>) Self::SerializeMap;
        serialize_struct(&'static str, usize) Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) Self::SerializeStructVariant;
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String> {
        refused()
    }
}
