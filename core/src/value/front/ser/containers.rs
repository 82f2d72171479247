//! Writing of lists, maps and variants, one element or entry at a time.

use super::name::Name;
use super::{Output, Result, ValueError, Writing};
use serde::ser::{self, Serialize};

/// The greatest capacity that is allocated because a type announces its length. Longer values grow.
const MOST_FORESEEN: usize = 1024;

/// The map of one entry that a variant with content becomes.
pub(in crate::value::front) struct Variant<O: Output> {
    pub(super) name: &'static str,
    pub(super) map: O::Map,
    pub(super) entry: O::Entry,
}

impl<O: Output> Variant<O> {
    /// Ends the variant. It is there even if its content is `None`.
    pub(super) fn end(self, out: &mut O, content: Option<O::Value>) -> Result<O::Value> {
        let Variant { mut map, entry, .. } = self;
        let content = match content {
            Some(content) => content,
            None => out.null()?,
        };
        out.end_entry(&mut map, entry, content)?;
        out.end_map(map)
    }
}

fn end_variant<O: Output>(
    out: &mut O,
    variant: Option<Variant<O>>,
    content: O::Value,
) -> Result<Option<O::Value>> {
    match variant {
        Some(variant) => variant.end(out, Some(content)).map(Some),
        None => Ok(Some(content)),
    }
}

#[cold]
fn in_variant<O: Output>(error: ValueError, variant: &Option<Variant<O>>) -> ValueError {
    match variant {
        Some(variant) => error.within(variant.name),
        None => error,
    }
}

/// The error of a container whose type continued after an error, and ended it.
#[cold]
fn ignored() -> ValueError {
    ValueError::new("the type's `Serialize` ignores that a value inside of it cannot be stored")
}

/// A list, or the list in a tuple variant.
pub(in crate::value::front) struct List<'a, O: Output> {
    out: &'a mut O,
    list: O::List,
    /// The level of its elements.
    level: u8,
    index: usize,
    /// An element could not be written. What a format holds of it is not defined.
    failed: bool,
    variant: Option<Variant<O>>,
}

impl<'a, O: Output> List<'a, O> {
    pub(super) fn begin(
        writing: Writing<'a, O>,
        len: usize,
        variant: Option<Variant<O>>,
    ) -> Result<Self> {
        let level = writing.next_level()?;
        let out = writing.scalar()?;
        let list = out.begin_list(len.min(MOST_FORESEEN))?;
        Ok(List { out, list, level, index: 0, failed: false, variant })
    }

    #[inline]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.out.begin_element(&mut self.list);
        let value = match value.serialize(Writing::inside(&mut *self.out, self.level)) {
            Ok(Some(value)) => value,
            Ok(None) => self.out.null()?,
            Err(error) => {
                self.failed = true;
                return Err(in_variant(error.within_element(self.index), &self.variant));
            }
        };
        self.out.end_element(&mut self.list, value);
        self.index += 1;
        Ok(())
    }

    fn finish(self) -> Result<Option<O::Value>> {
        let List { out, list, failed, variant, .. } = self;
        if failed {
            return Err(in_variant(ignored(), &variant));
        }
        let list = out.end_list(list).map_err(|error| in_variant(error, &variant))?;
        end_variant(out, variant, list)
    }
}

/// The most bytes of a name. DynamoDB stores no empty names and no longer ones.
const NAME_BYTES: usize = 65_535;

#[inline]
fn check_name(name: &str) -> Result<()> {
    if name.is_empty() || name.len() > NAME_BYTES { Err(wrong_name(name.len())) } else { Ok(()) }
}

#[cold]
fn wrong_name(len: usize) -> ValueError {
    ValueError::new(match len {
        0 => "the key of an entry is empty, which stores do not allow".to_owned(),
        _ => format!("the key of an entry has {len} bytes, of at most {NAME_BYTES}"),
    })
}

/// A map, the fields of a struct, or those of a struct variant.
pub(in crate::value::front) struct Entries<'a, O: Output> {
    out: &'a mut O,
    map: O::Map,
    /// The level of its values.
    level: u8,
    /// The entry whose name has been written, but not yet its value.
    entry: Option<O::Entry>,
    /// A value could not be written. What a format holds of it is not defined.
    failed: bool,
    variant: Option<Variant<O>>,
}

impl<'a, O: Output> Entries<'a, O> {
    #[inline]
    pub(super) fn begin(
        mut writing: Writing<'a, O>,
        len: usize,
        variant: Option<Variant<O>>,
    ) -> Result<Self> {
        let level = writing.next_level()?;
        let map = writing.begin_map(len.min(MOST_FORESEEN))?;
        Ok(Entries { out: writing.out, map, level, entry: None, failed: false, variant })
    }

    #[inline]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<()> {
        check_name(name).map_err(|error| in_variant(error, &self.variant))?;
        let entry = self.out.begin_field(&mut self.map, name)?;
        match value.serialize(Writing::inside(&mut *self.out, self.level)) {
            Ok(Some(value)) => self.out.end_entry(&mut self.map, entry, value),
            Ok(None) => {
                self.out.drop_entry(&mut self.map, entry);
                Ok(())
            }
            Err(error) => {
                self.failed = true;
                Err(error.within(name))
            }
        }
        .map_err(|error| in_variant(error, &self.variant))
    }

    fn finish(self) -> Result<Option<O::Value>> {
        let Entries { out, map, failed, variant, .. } = self;
        if failed {
            return Err(in_variant(ignored(), &variant));
        }
        let map = out.end_map(map).map_err(|error| in_variant(error, &variant))?;
        end_variant(out, variant, map)
    }
}

macro_rules! lists {
    ($($trait:ident: $method:ident;)*) => {$(
        impl<O: Output> ser::$trait for List<'_, O> {
            type Ok = Option<O::Value>;
            type Error = ValueError;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.element(value)
            }

            fn end(self) -> Result<Self::Ok> {
                self.finish()
            }
        }
    )*};
}
lists! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
    SerializeTupleVariant: serialize_field;
}

macro_rules! structs {
    ($($trait:ident;)*) => {$(
        impl<O: Output> ser::$trait for Entries<'_, O> {
            type Ok = Option<O::Value>;
            type Error = ValueError;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<()> {
                self.field(name, value)
            }

            fn end(self) -> Result<Self::Ok> {
                self.finish()
            }
        }
    )*};
}
structs! {
    SerializeStruct;
    SerializeStructVariant;
}

impl<O: Output> ser::SerializeMap for Entries<'_, O> {
    type Ok = Option<O::Value>;
    type Error = ValueError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        if self.entry.is_some() {
            return Err(ValueError::new("a map gave a key without a value"));
        }
        let entry = name.serialize(Name { out: &mut *self.out, map: &mut self.map })?;
        let checked = check_name(&self.out.entry_name(&entry));
        self.entry = Some(entry);
        checked.map_err(|error| {
            self.failed = true;
            in_variant(error, &self.variant)
        })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let Some(entry) = self.entry.take() else {
            return Err(ValueError::new("a map gave a value without a key"));
        };
        match value.serialize(Writing::inside(&mut *self.out, self.level)) {
            Ok(Some(value)) => self.out.end_entry(&mut self.map, entry, value),
            Ok(None) => {
                self.out.drop_entry(&mut self.map, entry);
                Ok(())
            }
            Err(error) => {
                self.failed = true;
                Err(error.within(&self.out.entry_name(&entry)))
            }
        }
    }

    fn end(self) -> Result<Self::Ok> {
        match self.entry {
            Some(_) => Err(ValueError::new("a map gave a key without a value")),
            None => self.finish(),
        }
    }
}
