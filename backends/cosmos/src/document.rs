//! Items as Cosmos DB holds them: JSON documents.

pub(crate) mod id;
pub(crate) mod names;

use crate::json::{self, Node, Writer};
use azure_core::http::Etag;
use monotable_core::backend::{Item, Keyed, Portable, Readable};
use monotable_core::value::{Map, ValueError, front};
use monotable_core::{Error, Kind, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
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
pub struct Document {
    /// The text that the document is in: its own, or that of a page.
    page: Arc<str>,
    place: Range<usize>,
    etag: Option<Etag>,
    origin: Origin,
    /// The top-level texts that have escapes, once one of them was asked for.
    unescaped: OnceLock<Vec<(Box<str>, Box<str>)>>,
}

/// Where a document comes from.
#[derive(Clone, Copy)]
enum Origin {
    /// From the service, with the properties of the service.
    Service,
    /// From this program.
    Program,
    /// From an entity, whose expiry is known.
    Entity { expires: Option<i64> },
}

impl Document {
    fn new(page: Arc<str>, place: Range<usize>, origin: Origin) -> Self {
        Document { page, place, etag: None, origin, unescaped: OnceLock::new() }
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
        Ok(Self::new(raw.get().into(), 0..raw.get().len(), Origin::Service).with_own_etag())
    }

    /// Returns the text of the document, as the service stores it or as it will be stored. A document that is not
    /// stored yet lacks its `id`.
    #[must_use]
    pub fn as_json(&self) -> &str {
        self.page.get(self.place.clone()).unwrap_or_default()
    }

    /// Returns the document in the answer to a request of one item.
    pub(crate) fn of_answer(body: &[u8], etag: Option<Etag>) -> Result<Self> {
        let text = std::str::from_utf8(body).map_err(|_| unreadable("it is not UTF-8"))?;
        let text = text.trim();
        if !text.starts_with('{') {
            return Err(unreadable("it is no JSON object"));
        }
        let document = Self::new(text.into(), 0..text.len(), Origin::Service);
        Ok(match etag {
            Some(_) => Document { etag, ..document },
            None => document.with_own_etag(),
        })
    }

    /// Returns a document on a page of a query.
    pub(crate) fn in_page(page: Arc<str>, place: Range<usize>) -> Self {
        Self::new(page, place, Origin::Service)
    }

    /// Adds the ETag that is in the document itself.
    pub(crate) fn with_own_etag(self) -> Self {
        let etag = self.property("_etag").map(|etag| Etag::from(etag.into_owned()));
        Document { etag, ..self }
    }

    /// Encodes a struct or a map. A top-level `None` is not stored. Nothing is added to its fields: the `id`, the keys,
    /// the tag and the expiry of an entity are written by the typed API.
    ///
    /// # Errors
    ///
    /// [`is_encode`](Error::is_encode), with the attribute, if serde fails or a value cannot be stored.
    pub fn encode<T: Serialize + ?Sized>(item: &T) -> Result<Self> {
        let text = written(item).map_err(|error| Error::new(Kind::Encode, error.to_string()))?;
        let place = 0..text.len();
        Ok(Self::new(text.into(), place, Origin::Program))
    }

    /// Encodes an entity.
    pub(crate) fn of_entity<T: Serialize + ?Sized>(item: &Keyed<'_, T>) -> Result<Self> {
        let expires = item.expires.map(|(_, at)| at);
        Ok(Document { origin: Origin::Entity { expires }, ..Self::encode(item)? })
    }

    pub(crate) fn etag(&self) -> Option<&Etag> {
        self.etag.as_ref()
    }

    /// Returns the attributes, to evaluate a condition or an update on them.
    pub(crate) fn to_map(&self) -> Result<Map> {
        self.decode()
    }

    /// Returns the JSON of the attributes, without the properties of the service.
    pub(crate) fn attributes_json(&self) -> Result<Cow<'_, str>> {
        if !matches!(self.origin, Origin::Service) {
            return Ok(Cow::Borrowed(self.as_json()));
        }
        let text = written(&self.to_map()?);
        text.map(Cow::Owned).map_err(|error| Error::new(Kind::Encode, error.to_string()))
    }

    /// Returns when the item expires, in seconds since 1970.
    pub(crate) fn expires_at(&self, attribute: &str) -> Option<i64> {
        match self.origin {
            Origin::Entity { expires } => expires,
            _ => Node::document(self.as_json()).property(&names::stored(attribute))?.integer(),
        }
    }

    /// Returns whether the document was written by the write with this name.
    pub(crate) fn is_of(&self, operation: &str) -> bool {
        self.property(names::OPERATION).as_deref() == Some(operation)
    }

    /// Returns a property of the document that is a text, also one of the service's own.
    pub(crate) fn property(&self, name: &str) -> Option<Cow<'_, str>> {
        Node::document(self.as_json()).property(name)?.text()
    }

    /// Returns the texts among the attributes that are not in the document as they are.
    fn unescaped(&self) -> &[(Box<str>, Box<str>)] {
        self.unescaped.get_or_init(|| {
            let mut texts = Vec::new();
            for (name, value) in Node::document(self.as_json()).properties() {
                let name = name.text().ok().and_then(names::attribute);
                if let (Some(name), Some(Cow::Owned(text))) = (name, value.text()) {
                    texts.push((name.into(), text.into_boxed_str()));
                }
            }
            texts
        })
    }
}

fn written<T: Serialize + ?Sized>(item: &T) -> std::result::Result<String, ValueError> {
    let mut out = Writer::default();
    front::write_item(&mut out, item)?;
    Ok(out.into_text())
}

fn unreadable(why: &str) -> Error {
    let message = format!("Cosmos DB answered with a document that cannot be read: {why}");
    Error::new(Kind::Unavailable, message)
}

impl Readable for Document {
    fn text(&self, attribute: &str) -> Option<&str> {
        let value = Node::document(self.as_json()).property(&names::stored(attribute))?;
        match value.text()? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => {
                let (_, text) = self.unescaped().iter().find(|(name, _)| **name == *attribute)?;
                Some(text)
            }
        }
    }

    fn take<T: DeserializeOwned>(&mut self) -> Result<T> {
        self.decode()
    }
}

impl Item for Document {
    fn size(&self) -> Result<usize> {
        Ok(self.place.len())
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        json::decode(self.as_json()).map_err(|error| Error::new(Kind::Decode, error.to_string()))
    }
}

impl Portable for Document {
    const ENCODING: &'static str = "cosmos 1";

    fn to_bytes(&self) -> Result<Cow<'_, [u8]>> {
        Ok(Cow::Borrowed(self.as_json().as_bytes()))
    }

    /// The item is one of the service, with the ETag that is among its properties.
    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| Error::new(Kind::Decode, "the document is not UTF-8"))?;
        Self::from_json(text)
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.as_json() == other.as_json()
    }
}

/// Shows how long the document is: values are not logged.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes)", self.place.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_become_bytes_and_come_back() {
        let json = r#"{"id":"A","name":"a \"b\" \u00e9","_etag":"\"17\"","list":[1,{"x":null}]}"#;
        let page: Arc<str> = format!("[{json}]").into();
        let document = Document::in_page(Arc::clone(&page), 1..page.len() - 1);
        let back = Document::from_bytes(&document.to_bytes().unwrap()).unwrap();
        assert_eq!(back.as_json(), json);
        assert_eq!(back.page.len(), json.len(), "it does not hold the page");
        assert_eq!(back.etag().map(ToString::to_string).as_deref(), Some("\"17\""));
        for other in [&b"[]"[..], b"", b"{", b"{} {}", &[0xff]] {
            assert!(Document::from_bytes(other).unwrap_err().is_decode());
        }
    }
}
