//! serde's side of the writer: which value each of its shapes becomes.

use std::fmt::Display;

use serde::ser::{Serialize, Serializer};

use super::writer::{Entry, Open, Writer};
use super::{ValueError, token};

mod containers;
mod name;

use containers::{Entries, Fields, List};

type Result<T> = std::result::Result<T, ValueError>;

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = ValueError;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Entries<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.bool(value)
    }

    fn serialize_i8(self, value: i8) -> Result<()> {
        self.signed(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<()> {
        self.signed(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<()> {
        self.signed(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        self.signed(value)
    }

    fn serialize_i128(self, value: i128) -> Result<()> {
        self.signed_128(value)
    }

    fn serialize_u8(self, value: u8) -> Result<()> {
        self.unsigned(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<()> {
        self.unsigned(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<()> {
        self.unsigned(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.unsigned(value)
    }

    fn serialize_u128(self, value: u128) -> Result<()> {
        self.unsigned_128(value)
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        self.float(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        self.float(value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<()> {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.bytes(value)
    }

    fn serialize_none(self) -> Result<()> {
        self.none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.null()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.null()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.text(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        match name {
            token::SET => self.set(value),
            token::NUMBER => self.number_of(value),
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let (open, entry) = self.variant(variant)?;
        value.serialize(&mut *self).map_err(|error| error.within(variant))?;
        self.end_variant(&open, &entry)?;
        self.close(&open)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>> {
        Ok(List { open: self.open_list()?, index: 0, writer: self, variant: None })
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>> {
        let outer = self.variant(variant)?;
        let open = self.open_list().map_err(|error| error.within(variant))?;
        Ok(List { open, index: 0, writer: self, variant: Some((variant, outer)) })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'a>> {
        Ok(Entries { open: self.open_map()?, entry: None, writer: self })
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>> {
        Ok(Fields { open: self.open_map()?, writer: self, variant: None })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>> {
        let outer = self.variant(variant)?;
        let open = self.open_map().map_err(|error| error.within(variant))?;
        Ok(Fields { open, writer: self, variant: Some((variant, outer)) })
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<()> {
        self.formatted_text(value)
    }
}

/// The map of one entry that a variant with content becomes.
type Variant = (&'static str, (Open, Entry));

impl Writer {
    fn variant(&mut self, variant: &'static str) -> Result<(Open, Entry)> {
        let open = self.open_map()?;
        let entry = self.entry(variant)?;
        Ok((open, entry))
    }

    fn close_variant(&mut self, open: &Open, variant: Option<Variant>) -> Result<()> {
        self.close(open).map_err(|error| in_variant(error, &variant))?;
        if let Some((_, (open, entry))) = variant {
            self.end_variant(&open, &entry)?;
            self.close(&open)?;
        }
        Ok(())
    }
}

#[cold]
fn in_variant(error: ValueError, variant: &Option<Variant>) -> ValueError {
    match variant {
        Some((variant, _)) => error.within(variant),
        None => error,
    }
}
