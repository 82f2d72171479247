//! The keys of maps, which are stored as text.

use super::unexpected::{refuse, refuse_compounds};
use super::{Output, Result, ValueError};
use serde::ser::{Impossible, Serialize, Serializer};
use std::fmt::Display;

/// Begins an entry of a map by its key.
pub(super) struct Name<'a, O: Output> {
    pub(super) out: &'a mut O,
    pub(super) map: &'a mut O::Map,
}

impl<O: Output> Name<'_, O> {
    fn formatted<T: Display + ?Sized>(self, name: &T) -> Result<O::Entry> {
        self.out.begin_formatted_entry(self.map, name)
    }
}

#[cold]
fn refused() -> ValueError {
    ValueError::new("a map's keys must be text, numbers, booleans or unit variants")
}

macro_rules! formatted {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<O::Entry> {
            self.formatted(&value)
        }
    )*};
}

impl<O: Output> Serializer for Name<'_, O> {
    type Ok = O::Entry;
    type Error = ValueError;
    type SerializeSeq = Impossible<O::Entry, ValueError>;
    type SerializeTuple = Impossible<O::Entry, ValueError>;
    type SerializeTupleStruct = Impossible<O::Entry, ValueError>;
    type SerializeTupleVariant = Impossible<O::Entry, ValueError>;
    type SerializeMap = Impossible<O::Entry, ValueError>;
    type SerializeStruct = Impossible<O::Entry, ValueError>;
    type SerializeStructVariant = Impossible<O::Entry, ValueError>;

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
    }

    fn serialize_f32(self, value: f32) -> Result<O::Entry> {
        if value.is_finite() { self.formatted(&value) } else { Err(refused()) }
    }

    fn serialize_f64(self, value: f64) -> Result<O::Entry> {
        if value.is_finite() { self.formatted(&value) } else { Err(refused()) }
    }

    fn serialize_char(self, value: char) -> Result<O::Entry> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<O::Entry> {
        self.out.begin_entry(self.map, value)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<O::Entry> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<O::Entry> {
        self.out.begin_field(self.map, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<O::Entry> {
        value.serialize(self)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<O::Entry> {
        self.formatted(value)
    }

    refuse! { refused;
        serialize_bytes(&[u8]) -> O::Entry;
        serialize_none() -> O::Entry;
        serialize_unit() -> O::Entry;
        serialize_unit_struct(&'static str) -> O::Entry;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
    }
    refuse_compounds!(refused);
}
