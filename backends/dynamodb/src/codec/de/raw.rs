//! Attribute values as the decoder takes them, without the SDK's types.

use std::collections::{HashMap, hash_map};
use std::{mem, slice};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

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

impl<'de> Text<'de> {
    pub(super) fn into_str(self) -> &'de str {
        match self {
            Text::Shared(text) => text,
            Text::Own(text) => text,
        }
    }
}

/// Bytes that are read, or moved out of the item.
pub(in crate::codec) enum Bytes<'de> {
    Shared(&'de [u8]),
    Own(&'de mut Blob),
}

impl<'de> Bytes<'de> {
    pub(super) fn as_slice(&self) -> &[u8] {
        match self {
            Bytes::Shared(bytes) => bytes,
            Bytes::Own(blob) => blob.as_ref(),
        }
    }

    pub(super) fn take(blob: &mut Blob) -> Vec<u8> {
        mem::replace(blob, Blob::new(Vec::new())).into_inner()
    }
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
    pub(super) fn are_a_set(&self) -> bool {
        !matches!(self, Values::Shared(_) | Values::Own(_))
    }
}

impl<'de> Iterator for Values<'de> {
    type Item = Raw<'de>;

    #[inline]
    fn next(&mut self) -> Option<Raw<'de>> {
        Some(match self {
            Values::Shared(values) => values.next()?.into(),
            Values::SharedTexts(texts) => Raw::Text(Text::Shared(texts.next()?)),
            Values::SharedBlobs(blobs) => Raw::Bytes(Bytes::Shared(blobs.next()?.as_ref())),
            Values::Numbers(numbers) => Raw::Number(numbers.next()?),
            Values::Own(values) => values.next()?.into(),
            Values::OwnTexts(texts) => Raw::Text(Text::Own(texts.next()?)),
            Values::OwnBlobs(blobs) => Raw::Bytes(Bytes::Own(blobs.next()?)),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Values::Shared(values) => values.size_hint(),
            Values::SharedTexts(texts) | Values::Numbers(texts) => texts.size_hint(),
            Values::SharedBlobs(blobs) => blobs.size_hint(),
            Values::Own(values) => values.size_hint(),
            Values::OwnTexts(texts) => texts.size_hint(),
            Values::OwnBlobs(blobs) => blobs.size_hint(),
        }
    }
}

impl ExactSizeIterator for Values<'_> {}

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

impl<'de> Iterator for Fields<'de> {
    type Item = (&'de str, Raw<'de>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some(match self {
            Fields::Shared(entries) => {
                let (name, value) = entries.next()?;
                (name, value.into())
            }
            Fields::Own(entries) => {
                let (name, value) = entries.next()?;
                (name, value.into())
            }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Fields::Shared(entries) => entries.size_hint(),
            Fields::Own(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for Fields<'_> {}
