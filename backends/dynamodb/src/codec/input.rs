//! The SDK's attribute values as a format that values are read from.
//!
//! They belong to an item that others may hold, too, or to nobody else: then texts and bytes are
//! moved into the type and not copied.

use super::number;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::value::ValueError;
use monotable_core::value::front::{
    Input, Kind, ListInput, MapInput, Numeric, Token, Wanted, number_size,
};
use std::borrow::Cow;
use std::collections::{HashMap, hash_map};
use std::{mem, slice};

type Result<T> = std::result::Result<T, ValueError>;

/// A value, or an element of a set.
pub(in crate::codec) enum Raw<'de> {
    Null,
    Bool(bool),
    Number(&'de str),
    Text(Text<'de>),
    Bytes(Bytes<'de>),
    List(Values<'de>),
    Map(Fields<'de>),
    Unknown,
}

/// Text that is read, or moved out of the item.
pub(in crate::codec) enum Text<'de> {
    Shared(&'de str),
    Own(&'de mut String),
}

/// Bytes that are read, or moved out of the item.
pub(in crate::codec) enum Bytes<'de> {
    Shared(&'de [u8]),
    Own(&'de mut Blob),
}

impl<'de> Input<'de> for Raw<'de> {
    type List = Values<'de>;
    type Map = Entries<'de>;

    #[inline]
    fn kind(&self) -> Kind {
        match self {
            Raw::Null => Kind::Null,
            Raw::Bool(_) => Kind::Bool,
            Raw::Number(_) => Kind::Number,
            Raw::Text(_) => Kind::Text,
            Raw::Bytes(_) => Kind::Bytes,
            Raw::List(values) if values.are_a_set() => Kind::Set,
            Raw::List(_) => Kind::List,
            Raw::Map(_) => Kind::Map,
            Raw::Unknown => Kind::Unknown,
        }
    }

    #[inline]
    fn token(self) -> Result<Token<'de, Self>> {
        Ok(match self {
            Raw::Null => Token::Null,
            Raw::Bool(value) => Token::Bool(value),
            Raw::Text(Text::Shared(text)) => Token::Text(Cow::Borrowed(text)),
            Raw::Text(Text::Own(text)) => Token::Text(Cow::Owned(mem::take(text))),
            Raw::Bytes(Bytes::Shared(bytes)) => Token::Bytes(Cow::Borrowed(bytes)),
            Raw::Bytes(Bytes::Own(blob)) => {
                let blob = mem::replace(blob, Blob::new(Vec::new()));
                Token::Bytes(Cow::Owned(blob.into_inner()))
            }
            Raw::List(values) => Token::List(values),
            Raw::Map(fields) => Token::Map(Entries { fields, value: None }),
            Raw::Number(_) | Raw::Unknown => return Err(unknown()),
        })
    }

    #[inline]
    fn number(&self, wanted: Wanted) -> Result<Numeric> {
        match self {
            Raw::Number(text) => number::read(text, wanted),
            _ => Err(unknown()),
        }
    }

    #[inline]
    fn number_size(&self) -> Result<usize> {
        match self {
            Raw::Number(text) => Ok(number_size(text)),
            _ => Err(unknown()),
        }
    }

    #[inline]
    fn is_decimal(&self) -> bool {
        matches!(self, Raw::Number(_))
    }

    fn digits(&self) -> Result<Cow<'de, str>> {
        match self {
            Raw::Number(text) => number::digits(text),
            _ => Err(unknown()),
        }
    }
}

#[cold]
fn unknown() -> ValueError {
    ValueError::new("a kind of value that this version of the SDK does not know")
}

impl<'de> From<&'de AttributeValue> for Raw<'de> {
    #[inline]
    fn from(value: &'de AttributeValue) -> Self {
        match value {
            AttributeValue::S(text) => Raw::Text(Text::Shared(text)),
            AttributeValue::N(text) => Raw::Number(text),
            AttributeValue::Bool(value) => Raw::Bool(*value),
            AttributeValue::Null(_) => Raw::Null,
            AttributeValue::B(bytes) => Raw::Bytes(Bytes::Shared(bytes.as_ref())),
            AttributeValue::M(entries) => Raw::Map(entries.into()),
            AttributeValue::L(values) => Raw::List(Values::Shared(values.iter())),
            AttributeValue::Ss(texts) => Raw::List(Values::SharedTexts(texts.iter())),
            AttributeValue::Ns(numbers) => Raw::List(Values::Numbers(numbers.iter())),
            AttributeValue::Bs(blobs) => Raw::List(Values::SharedBlobs(blobs.iter())),
            _ => Raw::Unknown,
        }
    }
}

impl<'de> From<&'de mut AttributeValue> for Raw<'de> {
    #[inline]
    fn from(value: &'de mut AttributeValue) -> Self {
        match value {
            AttributeValue::S(text) => Raw::Text(Text::Own(text)),
            AttributeValue::N(text) => Raw::Number(text),
            AttributeValue::Bool(value) => Raw::Bool(*value),
            AttributeValue::Null(_) => Raw::Null,
            AttributeValue::B(blob) => Raw::Bytes(Bytes::Own(blob)),
            AttributeValue::M(entries) => Raw::Map(entries.into()),
            AttributeValue::L(values) => Raw::List(Values::Own(values.iter_mut())),
            AttributeValue::Ss(texts) => Raw::List(Values::OwnTexts(texts.iter_mut())),
            AttributeValue::Ns(numbers) => Raw::List(Values::Numbers(numbers.iter())),
            AttributeValue::Bs(blobs) => Raw::List(Values::OwnBlobs(blobs.iter_mut())),
            _ => Raw::Unknown,
        }
    }
}

/// What is left of the elements of a list, or of a set.
pub(in crate::codec) enum Values<'de> {
    Shared(slice::Iter<'de, AttributeValue>),
    SharedTexts(slice::Iter<'de, String>),
    SharedBlobs(slice::Iter<'de, Blob>),
    Numbers(slice::Iter<'de, String>),
    Own(slice::IterMut<'de, AttributeValue>),
    OwnTexts(slice::IterMut<'de, String>),
    OwnBlobs(slice::IterMut<'de, Blob>),
}

impl Values<'_> {
    /// Whether they are the elements of a set.
    fn are_a_set(&self) -> bool {
        !matches!(self, Values::Shared(_) | Values::Own(_))
    }
}

impl<'de> ListInput<'de, Raw<'de>> for Values<'de> {
    #[inline]
    fn next(&mut self) -> Option<Result<Raw<'de>>> {
        Some(Ok(match self {
            Values::Shared(values) => values.next()?.into(),
            Values::SharedTexts(texts) => Raw::Text(Text::Shared(texts.next()?)),
            Values::SharedBlobs(blobs) => Raw::Bytes(Bytes::Shared(blobs.next()?.as_ref())),
            Values::Numbers(numbers) => Raw::Number(numbers.next()?),
            Values::Own(values) => values.next()?.into(),
            Values::OwnTexts(texts) => Raw::Text(Text::Own(texts.next()?)),
            Values::OwnBlobs(blobs) => Raw::Bytes(Bytes::Own(blobs.next()?)),
        }))
    }

    fn left(&self) -> Option<usize> {
        Some(match self {
            Values::Shared(values) => values.len(),
            Values::SharedTexts(texts) | Values::Numbers(texts) => texts.len(),
            Values::SharedBlobs(blobs) => blobs.len(),
            Values::Own(values) => values.len(),
            Values::OwnTexts(texts) => texts.len(),
            Values::OwnBlobs(blobs) => blobs.len(),
        })
    }
}

/// What is left of the entries of a map, or of the item.
pub(in crate::codec) enum Fields<'de> {
    Shared(hash_map::Iter<'de, String, AttributeValue>),
    Own(hash_map::IterMut<'de, String, AttributeValue>),
}

impl<'de> From<&'de HashMap<String, AttributeValue>> for Fields<'de> {
    fn from(entries: &'de HashMap<String, AttributeValue>) -> Self {
        Fields::Shared(entries.iter())
    }
}

impl<'de> From<&'de mut HashMap<String, AttributeValue>> for Fields<'de> {
    fn from(entries: &'de mut HashMap<String, AttributeValue>) -> Self {
        Fields::Own(entries.iter_mut())
    }
}

impl Fields<'_> {
    fn left(&self) -> usize {
        match self {
            Fields::Shared(entries) => entries.len(),
            Fields::Own(entries) => entries.len(),
        }
    }
}

/// The entries of a map, or of the item, and the value of the one whose name has been read.
pub(in crate::codec) struct Entries<'de> {
    fields: Fields<'de>,
    value: Option<Raw<'de>>,
}

impl<'de> MapInput<'de, Raw<'de>> for Entries<'de> {
    #[inline]
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        let (name, value): (&'de String, Raw<'de>) = match &mut self.fields {
            Fields::Shared(entries) => entries.next().map(|(name, value)| (name, value.into()))?,
            Fields::Own(entries) => entries.next().map(|(name, value)| (name, value.into()))?,
        };
        self.value = Some(value);
        Some(Ok(Cow::Borrowed(name)))
    }

    #[inline]
    fn value(&mut self) -> Result<Raw<'de>> {
        let error = || ValueError::new("a value was read before its name");
        self.value.take().ok_or_else(error)
    }

    fn is_empty(&self) -> bool {
        self.fields.left() == 0
    }

    fn left(&self) -> Option<usize> {
        Some(self.fields.left())
    }
}
