//! Items as Cosmos DB holds them: JSON documents.

pub(crate) mod id;
pub(crate) mod names;

use crate::json::{Node, Writer};
use azure_core::http::Etag;
use monotable_core::backend::Item;
use monotable_core::value::{Map, ValueError, front};
use monotable_core::{Error, Kind, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// An item: the text of a JSON document, shared. A clone copies a pointer.
///
/// It is decoded on demand, straight from the text. It comes from the documents that the SDK returns, so a program
/// can decode those of its own calls, too:
///
/// ```
/// use monotable_core::backend::Item;
/// use monotable_cosmos::Document;
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     total: u32,
/// }
///
/// let document = Document::from_json(r#"{"id": "ORDER~17", "total": 1299, "_ts": 1800000000}"#)?;
/// let order: Order = document.decode()?;
/// assert_eq!(order.total, 1299);
/// # Ok::<(), monotable_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Document(Arc<Inner>);

struct Inner {
    json: Box<str>,
    etag: Option<Etag>,
    /// The top-level texts that have escapes, once one of them was asked for.
    unescaped: OnceLock<Vec<(Box<str>, Box<str>)>>,
    /// Whether it comes from the service, with the properties of the service.
    is_stored: bool,
}

impl Document {
    fn new(json: Box<str>, etag: Option<Etag>, is_stored: bool) -> Self {
        Document(Arc::new(Inner { json, etag, unescaped: OnceLock::new(), is_stored }))
    }

    /// Returns the item that is stored as this JSON document.
    ///
    /// # Errors
    ///
    /// [`is_decode`](Error::is_decode) if the text is no JSON object.
    pub fn from_json(json: &str) -> Result<Self> {
        let raw: &RawValue = serde_json::from_str(json).map_err(|error| {
            let message = format!("the document is no JSON: {error}");
            Error::new(Kind::Decode, message)
        })?;
        if !raw.get().starts_with('{') {
            return Err(Error::new(Kind::Decode, "the document is no JSON object"));
        }
        Ok(Self::new(raw.get().into(), None, true).with_own_etag())
    }

    /// Returns the text of the document, as the service stores it or as it will be stored. A document that is not
    /// stored yet lacks its `id`.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0.json
    }

    /// Returns the document in the answer to a request of one item.
    pub(crate) fn of_answer(body: &[u8], etag: Option<Etag>) -> Result<Self> {
        let text = std::str::from_utf8(body).map_err(|_| unreadable("it is not UTF-8"))?;
        let text = text.trim();
        if !text.starts_with('{') {
            return Err(unreadable("it is no JSON object"));
        }
        let document = Self::new(text.into(), etag, true);
        match document.0.etag {
            Some(_) => Ok(document),
            None => Ok(document.with_own_etag()),
        }
    }

    /// Returns a document on a page of a query.
    pub(crate) fn of_page(raw: Box<RawValue>) -> Self {
        Self::new(raw.into(), None, true)
    }

    /// Adds the ETag that is in the document itself.
    pub(crate) fn with_own_etag(self) -> Self {
        let etag = self.property("_etag").map(|etag| Etag::from(etag.into_owned()));
        let json = self.0.json.clone();
        Self::new(json, etag, true)
    }

    /// Encodes a struct or a map. A top-level `None` is not stored.
    pub(crate) fn encode<T: Serialize + ?Sized>(item: &T) -> Result<Self> {
        let text = written(item).map_err(|error| Error::new(Kind::Encode, error.to_string()))?;
        Ok(Self::new(text.into(), None, false))
    }

    pub(crate) fn etag(&self) -> Option<&Etag> {
        self.0.etag.as_ref()
    }

    /// Returns the attributes, to evaluate a condition or an update on them.
    pub(crate) fn to_map(&self) -> Result<Map> {
        self.decode()
    }

    /// Returns the JSON of the attributes, without the properties of the service.
    pub(crate) fn attributes_json(&self) -> Result<Cow<'_, str>> {
        if !self.0.is_stored {
            return Ok(Cow::Borrowed(&self.0.json));
        }
        let text = written(&self.to_map()?);
        text.map(Cow::Owned).map_err(|error| Error::new(Kind::Encode, error.to_string()))
    }

    /// Returns when the item expires, in seconds since 1970.
    pub(crate) fn expires_at(&self, attribute: &str) -> Option<i64> {
        let value = Node::document(&self.0.json).property(&names::stored(attribute))?;
        front::read(value).ok()
    }

    /// Returns whether the document was written by the write with this name.
    pub(crate) fn is_of(&self, operation: &str) -> bool {
        self.property(names::OPERATION).as_deref() == Some(operation)
    }

    /// Returns a property of the document that is a text, also one of the service's own.
    pub(crate) fn property(&self, name: &str) -> Option<Cow<'_, str>> {
        Node::document(&self.0.json).property(name)?.text()
    }

    /// Returns the texts among the attributes that are not in the document as they are.
    fn unescaped(&self) -> &[(Box<str>, Box<str>)] {
        self.0.unescaped.get_or_init(|| {
            let entries = Node::document(&self.0.json).entries().unwrap_or_default();
            let texts = entries.into_iter().filter_map(|(name, value)| match value.text()? {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some((Box::from(&*name), text.into_boxed_str())),
            });
            texts.collect()
        })
    }
}

fn written<T: Serialize + ?Sized>(item: &T) -> std::result::Result<String, ValueError> {
    let mut out = Writer::default();
    front::write_item(&mut out, item)?;
    out.into_text()
}

fn unreadable(why: &str) -> Error {
    let message = format!("Cosmos DB answered with a document that cannot be read: {why}");
    Error::new(Kind::Unavailable, message)
}

impl Item for Document {
    fn text(&self, attribute: &str) -> Option<&str> {
        let value = Node::document(&self.0.json).property(&names::stored(attribute))?;
        match value.text()? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => {
                let (_, text) = self.unescaped().iter().find(|(name, _)| **name == *attribute)?;
                Some(text)
            }
        }
    }

    fn size(&self) -> Result<usize> {
        Ok(self.0.json.len())
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        front::read(Node::document(&self.0.json))
            .map_err(|error| Error::new(Kind::Decode, error.to_string()))
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.0.json == other.0.json
    }
}

/// Shows how long the document is: values are not logged.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes)", self.0.json.len())
    }
}
