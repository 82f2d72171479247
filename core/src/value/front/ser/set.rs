//! Writing of values that are stored as sets: `#[serde(with = "monotable::set")]`.

use super::decimal::{self, AsNumber, Found};
use super::unexpected::{refuse, refuse_compounds};
use super::{Output, Result, ValueError, Writing};
use crate::value::front::SetElements;
use crate::value::front::output::displayed;
use crate::value::{Number, token};
use serde::ser::{Impossible, Serialize, Serializer};
use std::cmp::Ordering;
use std::mem;
use std::ops::Range;

impl<O: Output> Writing<'_, O> {
    /// Writes a value, which has to be a sequence, as a set. `None` stays `None`.
    #[cold]
    pub(super) fn set<T: Serialize + ?Sized>(self, value: &T) -> Result<Option<O::Value>> {
        let mut collected = match value.serialize(Collect)? {
            Collected::Set(collected) => collected,
            Collected::None => return self.serialize_none(),
            Collected::Unit => return self.serialize_unit(),
        };
        match collected.elements()? {
            // In a condition or an update, an empty set means that there is no value.
            None if self.alone => self.serialize_unit(),
            None => Err(empty()),
            Some(elements) => write(self, elements).map(Some),
        }
    }
}

fn write<O: Output>(writing: Writing<'_, O>, elements: SetElements<'_>) -> Result<O::Value> {
    if !O::LIMITS.sets {
        let _ = writing.next_level()?;
    }
    let out = writing.scalar()?;
    if let SetElements::Numbers(numbers) = &elements {
        for (index, number) in numbers.iter().enumerate() {
            O::LIMITS.check_number(*number).map_err(|error| error.within_element(index))?;
        }
    }
    if O::LIMITS.sets {
        return out.set(elements);
    }
    match elements {
        SetElements::Text(all) => list(out, all, |out, text| out.text(text)),
        SetElements::Numbers(all) => list(out, all, decimal::write),
        SetElements::Bytes(all) => list(out, all, |out, bytes| out.bytes(bytes)),
    }
}

/// The elements of a set in a format that has no sets.
fn list<O: Output, T>(
    out: &mut O,
    elements: Vec<T>,
    write: impl Fn(&mut O, T) -> Result<O::Value>,
) -> Result<O::Value> {
    let mut list = out.begin_list(elements.len())?;
    for element in elements {
        out.begin_element(&mut list);
        let value = write(out, element)?;
        out.end_element(&mut list, value);
    }
    out.end_list(list)
}

#[cold]
fn empty() -> ValueError {
    ValueError::new("a set is never empty: make the field an `Option`, or leave it out")
}

#[cold]
fn mixed() -> ValueError {
    ValueError::new("a set's elements must be all text, all numbers or all bytes")
}

#[cold]
fn not_a_sequence() -> ValueError {
    ValueError::new("a set must be a sequence")
}

/// The elements of a set, in the order in which they are written.
#[derive(Default)]
struct Elements {
    /// Texts and bytes, one behind the other.
    bytes: Vec<u8>,
    all: Vec<Element>,
}

enum Element {
    Text(Range<usize>),
    Bytes(Range<usize>),
    Number(Number),
}

impl Elements {
    /// Returns the elements in ascending order, or `None` if there are none.
    fn elements(&mut self) -> Result<Option<SetElements<'_>>> {
        self.sort()?;
        Ok(Some(match self.all.first() {
            None => return Ok(None),
            Some(Element::Text(_)) => SetElements::Text(self.of_kind(|element| match element {
                Element::Text(range) => std::str::from_utf8(part(&self.bytes, range)).ok(),
                _ => None,
            })?),
            Some(Element::Bytes(_)) => {
                SetElements::Bytes(self.of_kind(|element| match element {
                    Element::Bytes(range) => Some(part(&self.bytes, range)),
                    _ => None,
                })?)
            }
            Some(Element::Number(_)) => {
                SetElements::Numbers(self.of_kind(|element| match element {
                    Element::Number(number) => Some(*number),
                    _ => None,
                })?)
            }
        }))
    }

    /// Puts the elements into ascending order. All have to be of the same kind as the first one.
    fn sort(&mut self) -> Result<()> {
        let first = self.all.first().map(mem::discriminant);
        let other = |element| Some(mem::discriminant(element)) != first;
        if let Some(index) = self.all.iter().position(other) {
            return Err(mixed().within_element(index));
        }
        // One sort of all kinds, because each type that is sorted is machine code of its own. The order of texts
        // is that of their bytes.
        let order = |a: &Element, b: &Element| match (a, b) {
            (Element::Number(a), Element::Number(b)) => a.cmp(b),
            (Element::Text(a) | Element::Bytes(a), Element::Text(b) | Element::Bytes(b)) => {
                part(&self.bytes, a).cmp(part(&self.bytes, b))
            }
            _ => Ordering::Equal,
        };
        let is_less = |a: &Element, b: &Element| order(a, b).is_lt();
        // The elements of a sorted collection are already in order.
        if !self.all.is_sorted_by(is_less) {
            self.all.sort_unstable_by(order);
            if !self.all.is_sorted_by(is_less) {
                return Err(ValueError::new("two elements of the set are equal"));
            }
        }
        Ok(())
    }

    fn of_kind<'a, T>(&'a self, of_kind: impl Fn(&'a Element) -> Option<T>) -> Result<Vec<T>> {
        self.all.iter().map(|element| of_kind(element).ok_or_else(mixed)).collect()
    }

    fn push(&mut self, bytes: &[u8], element: impl FnOnce(Range<usize>) -> Element) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.all.push(element(start..self.bytes.len()));
    }
}

fn part<'a>(bytes: &'a [u8], range: &Range<usize>) -> &'a [u8] {
    bytes.get(range.clone()).unwrap_or_default()
}

/// The kinds of value that can be written as a set.
enum Collected {
    Set(Elements),
    None,
    Unit,
}

/// Reads a value as a sequence.
struct Collect;

impl Serializer for Collect {
    type Ok = Collected;
    type Error = ValueError;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = Elements;
    type SerializeTupleVariant = Impossible<Collected, ValueError>;
    type SerializeMap = Impossible<Collected, ValueError>;
    type SerializeStruct = Impossible<Collected, ValueError>;
    type SerializeStructVariant = Impossible<Collected, ValueError>;

    fn serialize_none(self) -> Result<Collected> {
        Ok(Collected::None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Collected> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Collected> {
        Ok(Collected::Unit)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Collected> {
        Ok(Collected::Unit)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Collected> {
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Elements> {
        let all = Vec::with_capacity(len.unwrap_or(0).min(1024));
        Ok(Elements { bytes: Vec::new(), all })
    }

    fn serialize_tuple(self, len: usize) -> Result<Elements> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Elements> {
        self.serialize_seq(Some(len))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Collected> {
        Err(not_a_sequence())
    }

    refuse! { not_a_sequence;
        serialize_bool(bool) -> Collected;
        serialize_i8(i8) -> Collected;
        serialize_i16(i16) -> Collected;
        serialize_i32(i32) -> Collected;
        serialize_i64(i64) -> Collected;
        serialize_i128(i128) -> Collected;
        serialize_u8(u8) -> Collected;
        serialize_u16(u16) -> Collected;
        serialize_u32(u32) -> Collected;
        serialize_u64(u64) -> Collected;
        serialize_u128(u128) -> Collected;
        serialize_f32(f32) -> Collected;
        serialize_f64(f64) -> Collected;
        serialize_char(char) -> Collected;
        serialize_str(&str) -> Collected;
        serialize_bytes(&[u8]) -> Collected;
        serialize_unit_variant(&'static str, u32, &'static str) -> Collected;
        serialize_tuple_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize)
            -> Self::SerializeStructVariant;
    }
}

macro_rules! elements {
    ($($trait:ident: $method:ident;)*) => {$(
        impl serde::ser::$trait for Elements {
            type Ok = Collected;
            type Error = ValueError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                let index = self.all.len();
                value.serialize(AsElement(self)).map_err(|error| error.within_element(index))
            }

            fn end(self) -> Result<Collected> {
                Ok(Collected::Set(self))
            }
        }
    )*};
}
elements! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
}

/// Takes an element.
struct AsElement<'a>(&'a mut Elements);

impl AsElement<'_> {
    fn number(self, found: Found) -> Result<()> {
        match found {
            Found::Number(number) => {
                self.0.all.push(Element::Number(number));
                Ok(())
            }
            Found::None | Found::Unit => Err(mixed()),
        }
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<()> {
            self.number(AsNumber.$method(value)?)
        }
    )*};
}

impl Serializer for AsElement<'_> {
    type Ok = ();
    type Error = ValueError;
    type SerializeSeq = Impossible<(), ValueError>;
    type SerializeTuple = Impossible<(), ValueError>;
    type SerializeTupleStruct = Impossible<(), ValueError>;
    type SerializeTupleVariant = Impossible<(), ValueError>;
    type SerializeMap = Impossible<(), ValueError>;
    type SerializeStruct = Impossible<(), ValueError>;
    type SerializeStructVariant = Impossible<(), ValueError>;

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
        serialize_f32 f32;
        serialize_f64 f64;
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        self.0.push(value.as_bytes(), Element::Text);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.0.push(value, Element::Bytes);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        match name {
            token::NUMBER => self.number(value.serialize(AsNumber)?),
            _ => value.serialize(self),
        }
    }

    fn collect_str<T: std::fmt::Display + ?Sized>(self, value: &T) -> Result<()> {
        self.serialize_str(&displayed(value)?)
    }

    refuse! { mixed;
        serialize_bool(bool) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
    }
    refuse_compounds!(mixed);
}
