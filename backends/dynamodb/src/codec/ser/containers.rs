//! What is written one element or entry at a time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::ser::{self, Serialize};

use super::name::Name;
use super::{Encoded, Encoder, Result, ValueError};

/// The most that room is made for on a type's word. What is longer grows.
const MOST_FORESEEN: usize = 1024;

/// A list, or the list in a tuple variant.
pub(in crate::codec) struct List {
    values: Vec<AttributeValue>,
    inside: Encoder,
    variant: Option<&'static str>,
}

impl List {
    pub(super) fn new(encoder: Encoder, len: usize) -> Result<Self> {
        let values = Vec::with_capacity(len.min(MOST_FORESEEN));
        Ok(List { values, inside: encoder.inside()?, variant: None })
    }

    pub(super) fn of_variant(self, variant: &'static str) -> Self {
        List { variant: Some(variant), ..self }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        match value.serialize(self.inside) {
            Ok(value) => {
                self.values.push(value.unwrap_or(AttributeValue::Null(true)));
                Ok(())
            }
            Err(error) => Err(in_variant(error.within_element(self.values.len()), self.variant)),
        }
    }

    fn finish(self) -> Encoded {
        wrapped(AttributeValue::L(self.values), self.variant)
    }
}

impl ser::SerializeSeq for List {
    type Ok = Encoded;
    type Error = ValueError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<Encoded> {
        Ok(self.finish())
    }
}

impl ser::SerializeTuple for List {
    type Ok = Encoded;
    type Error = ValueError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<Encoded> {
        Ok(self.finish())
    }
}

impl ser::SerializeTupleStruct for List {
    type Ok = Encoded;
    type Error = ValueError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<Encoded> {
        Ok(self.finish())
    }
}

impl ser::SerializeTupleVariant for List {
    type Ok = Encoded;
    type Error = ValueError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.element(value)
    }

    fn end(self) -> Result<Encoded> {
        Ok(self.finish())
    }
}

/// The fields of a struct, of a struct variant, or the entries of a map.
pub(in crate::codec) struct Entries {
    values: HashMap<String, AttributeValue>,
    inside: Encoder,
    /// The key of a map whose value has not been written yet.
    key: Option<String>,
    variant: Option<&'static str>,
}

impl Entries {
    #[inline]
    pub(super) fn new(encoder: Encoder, len: usize) -> Result<Self> {
        let values = HashMap::with_capacity(len.min(MOST_FORESEEN));
        Ok(Entries { values, inside: encoder.inside()?, key: None, variant: None })
    }

    pub(super) fn of_variant(self, variant: &'static str) -> Self {
        Entries { variant: Some(variant), ..self }
    }

    #[inline]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        match value.serialize(self.inside) {
            Ok(None) => Ok(()),
            Ok(Some(value)) => self.insert(name.to_owned(), value),
            Err(error) => Err(error.within(name)),
        }
        .map_err(|error| in_variant(error, self.variant))
    }

    #[inline]
    fn insert(&mut self, name: String, value: AttributeValue) -> Result<()> {
        match self.values.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(value);
                Ok(())
            }
            Entry::Occupied(entry) => {
                Err(ValueError::new("two entries have this name").within(entry.key()))
            }
        }
    }

    fn finish(self) -> Encoded {
        wrapped(AttributeValue::M(self.values), self.variant)
    }
}

impl ser::SerializeStruct for Entries {
    type Ok = Encoded;
    type Error = ValueError;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<Encoded> {
        Ok(self.finish())
    }
}

impl ser::SerializeStructVariant for Entries {
    type Ok = Encoded;
    type Error = ValueError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        self.field(name, value)
    }

    fn end(self) -> Result<Encoded> {
        Ok(self.finish())
    }
}

impl ser::SerializeMap for Entries {
    type Ok = Encoded;
    type Error = ValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        if self.key.is_some() {
            return Err(ValueError::new("a map gave a key without a value"));
        }
        self.key = Some(key.serialize(Name)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let Some(name) = self.key.take() else {
            return Err(ValueError::new("a map gave a value without a key"));
        };
        match value.serialize(self.inside) {
            Ok(None) => Ok(()),
            Ok(Some(value)) => self.insert(name, value),
            Err(error) => Err(error.within(&name)),
        }
    }

    fn end(self) -> Result<Encoded> {
        match self.key {
            Some(_) => Err(ValueError::new("a map gave a key without a value")),
            None => Ok(self.finish()),
        }
    }
}

fn wrapped(value: AttributeValue, variant: Option<&'static str>) -> Encoded {
    match variant {
        Some(variant) => Encoder::variant(variant, Some(value)),
        None => Some(value),
    }
}

#[cold]
fn in_variant(error: ValueError, variant: Option<&'static str>) -> ValueError {
    match variant {
        Some(variant) => error.within(variant),
        None => error,
    }
}
