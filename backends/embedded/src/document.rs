//! The form in which this backend holds an item.

use monotable_core::backend::{Item, Portable, Readable};
use monotable_core::{Error, Kind, Result, value};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// An encoded item. Clones share the bytes, so a clone is cheap.
///
/// The bytes have the binary form of [`monotable_core::value`], both in memory and on disk.
#[derive(Clone, PartialEq, Eq)]
pub struct Document(Arc<[u8]>);

impl Document {
    /// Encodes `value`. A field that is `None` at the top level is left out.
    pub(crate) fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        value::to_bytes(value)
            .map(Document::from)
            .map_err(|error| Error::new(Kind::Encode, error.to_string()).with_source(error))
    }
}

/// Returns the size of an encoded item in bytes, by DynamoDB's rules.
pub(crate) fn size(item: &[u8]) -> Result<usize> {
    value::size(item).map_err(damaged)
}

/// Returns the error for stored bytes that are not an encoded item.
pub(crate) fn damaged(error: value::ValueError) -> Error {
    Error::new(Kind::Decode, error.to_string()).with_source(error)
}

impl Readable for Document {
    fn text(&self, attribute: &str) -> Option<&str> {
        value::text(&self.0, attribute)
    }

    fn take<T: DeserializeOwned>(&mut self) -> Result<T> {
        self.decode()
    }
}

impl Item for Document {
    fn size(&self) -> Result<usize> {
        size(&self.0)
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        value::from_bytes(&self.0).map_err(damaged)
    }
}

impl Portable for Document {
    const ENCODING: &'static str = "embedded 1";

    fn to_bytes(&self) -> Result<Cow<'_, [u8]>> {
        Ok(Cow::Borrowed(&self.0))
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        // To count the size is to walk through all values.
        size(bytes)?;
        Ok(bytes.into())
    }
}

impl AsRef<[u8]> for Document {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&[u8]> for Document {
    fn from(bytes: &[u8]) -> Self {
        Document(bytes.into())
    }
}

impl From<Vec<u8>> for Document {
    fn from(bytes: Vec<u8>) -> Self {
        Document(bytes.into())
    }
}

/// Shows only the size, so that values do not get into logs.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes)", self.0.len())
    }
}
