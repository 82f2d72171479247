//! What is written one element or entry at a time.

use serde::ser::{self, Serialize};

use super::name::Name;
use super::{Entry, Open, Result, ValueError, Variant, Writer, in_variant};

/// A list, or the list in a tuple variant.
pub(in crate::value) struct List<'a> {
    pub(super) writer: &'a mut Writer,
    pub(super) open: Open,
    pub(super) index: usize,
    pub(super) variant: Option<Variant>,
}

impl List<'_> {
    #[inline]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.writer.element();
        let index = self.index;
        value
            .serialize(&mut *self.writer)
            .map_err(|error| in_variant(error.within_element(index), &self.variant))?;
        self.index += 1;
        Ok(())
    }

    fn finish(self) -> Result<()> {
        self.writer.close_variant(&self.open, self.variant)
    }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = ();
    type Error = ValueError;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = ();
    type Error = ValueError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

impl ser::SerializeTupleStruct for List<'_> {
    type Ok = ();
    type Error = ValueError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

impl ser::SerializeTupleVariant for List<'_> {
    type Ok = ();
    type Error = ValueError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

/// The fields of a struct, or of a struct variant.
pub(in crate::value) struct Fields<'a> {
    pub(super) writer: &'a mut Writer,
    pub(super) open: Open,
    pub(super) variant: Option<Variant>,
}

impl Fields<'_> {
    #[inline]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        let entry = self.writer.entry(name)?;
        value
            .serialize(&mut *self.writer)
            .map_err(|error| error.within(name))
            .and_then(|()| self.writer.end_entry(&self.open, &entry))
            .map_err(|error| in_variant(error, &self.variant))
    }
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = ValueError;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<()> {
        self.writer.close_variant(&self.open, self.variant)
    }
}

impl ser::SerializeStructVariant for Fields<'_> {
    type Ok = ();
    type Error = ValueError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<()> {
        self.writer.close_variant(&self.open, self.variant)
    }
}

/// The entries of a map.
pub(in crate::value) struct Entries<'a> {
    pub(super) writer: &'a mut Writer,
    pub(super) open: Open,
    /// The entry whose name has been written and its value not yet.
    pub(super) entry: Option<Entry>,
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = ValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        if self.entry.is_some() {
            return Err(ValueError::new("a map gave a key without a value"));
        }
        self.entry = Some(name.serialize(Name(self.writer))?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let Some(entry) = self.entry.take() else {
            return Err(ValueError::new("a map gave a value without a key"));
        };
        if let Err(error) = value.serialize(&mut *self.writer) {
            return Err(error.within(&self.writer.name_of(&entry)));
        }
        self.writer.end_entry(&self.open, &entry)
    }

    fn end(self) -> Result<()> {
        match self.entry {
            Some(_) => Err(ValueError::new("a map gave a key without a value")),
            None => self.writer.close(&self.open),
        }
    }
}
