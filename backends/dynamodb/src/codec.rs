//! Items as DynamoDB holds them, in two forms: the SDK's attribute values by name, and DynamoDB's JSON.
//!
//! The rules are those of [`monotable_core::value`]. Here is only how the SDK's attribute values are
//! written ([`output`]) and read ([`input`]), and how the JSON is ([`json`]). There is no tree of values
//! between serde and either form. Items that others made by hand are attribute values; those of the
//! backend's own requests and answers are JSON.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::backend::{Item, Readable};
use monotable_core::value::{Value, front};
use monotable_core::{Error, Kind, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

mod input;
mod json;
mod number;
mod output;
mod page;
mod portable;
#[cfg(test)]
mod tests;

use input::{Fields, Raw};
pub(crate) use json::Checker;
use monotable_core::value::ValueError;
pub(crate) use page::{Page, Place};

/// An item: attribute values by name, shared. A clone copies a pointer.
///
/// It comes from the SDK's map and goes to it without a copy, for requests that are made by hand:
///
/// ```
/// use aws_sdk_dynamodb::types::AttributeValue;
/// use monotable_core::backend::Item;
/// use monotable_dynamodb::Attributes;
/// use std::collections::HashMap;
///
/// #[derive(serde::Deserialize)]
/// struct Order {
///     total: u32,
/// }
///
/// let map = HashMap::from([("total".to_owned(), AttributeValue::N("1299".to_owned()))]);
/// let order: Order = Attributes::from(map).decode()?;
/// assert_eq!(order.total, 1299);
/// # Ok::<(), monotable_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Attributes(Form);

#[derive(Clone)]
enum Form {
    Map(Arc<Inner>),
    /// An item of a page, by its number.
    Json(Arc<Page>, usize),
}

struct Inner {
    map: HashMap<String, AttributeValue>,
    /// The size of the map, once it was asked for: a write asks more than once.
    size: OnceLock<usize>,
}

impl Attributes {
    /// Encodes a struct or a map. A top-level `None` is not stored. Nothing is added to its fields: the
    /// keys, the tag and the expiry of an entity are written by the typed API.
    ///
    /// # Errors
    ///
    /// [`is_encode`](Error::is_encode), with the attribute, if serde fails or a value cannot be stored.
    pub fn encode<T: Serialize + ?Sized>(item: &T) -> Result<Self> {
        match front::write_item(&mut output::Attributes, item).map_err(not_encoded)? {
            AttributeValue::M(map) => Ok(Attributes::from(map)),
            _ => Err(Error::new(Kind::Encode, "an item must be a struct or a map")),
        }
    }

    /// Encodes an item as JSON, under the rules of [`encode`](Attributes::encode). For tests, which compare
    /// both forms.
    ///
    /// # Errors
    ///
    /// Those of [`encode`](Attributes::encode).
    #[doc(hidden)]
    pub fn encode_json<T: Serialize + ?Sized>(item: &T) -> Result<Self> {
        let mut writer = json::Writer::item();
        front::write_item(&mut writer, item).map_err(not_encoded)?;
        let (text, size) = writer.finish();
        Ok(Attributes(Form::Json(Arc::new(Page::of_item(text, size)), 0)))
    }

    /// The item of a page with this number.
    pub(crate) fn of_page(page: &Arc<Page>, at: usize) -> Self {
        Attributes(Form::Json(Arc::clone(page), at))
    }

    /// The JSON of the item, if it is held as JSON.
    pub(crate) fn json(&self) -> Option<&str> {
        match &self.0 {
            Form::Map(_) => None,
            Form::Json(page, at) => Some(page.json(*at)),
        }
    }

    /// Whether the item has no attributes.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.0 {
            Form::Map(inner) => inner.map.is_empty(),
            Form::Json(page, at) => page.item(*at).attributes.is_empty(),
        }
    }

    /// The attributes.
    ///
    /// An item of an answer is kept as DynamoDB's JSON, and is converted when this is first called.
    pub fn as_map(&self) -> &HashMap<String, AttributeValue> {
        static NONE: LazyLock<HashMap<String, AttributeValue>> = LazyLock::new(HashMap::new);
        match &self.0 {
            Form::Map(inner) => &inner.map,
            Form::Json(page, at) => page.map(*at).unwrap_or(&NONE),
        }
    }

    /// The attributes; they are copied only if there are other clones of this item.
    pub fn into_map(self) -> HashMap<String, AttributeValue> {
        match self.0 {
            Form::Map(inner) => match Arc::try_unwrap(inner) {
                Ok(inner) => inner.map,
                Err(shared) => shared.map.clone(),
            },
            Form::Json(page, at) => page.to_map(at),
        }
    }
}

impl From<HashMap<String, AttributeValue>> for Attributes {
    fn from(map: HashMap<String, AttributeValue>) -> Self {
        Attributes(Form::Map(Arc::new(Inner { map, size: OnceLock::new() })))
    }
}

impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        self.as_map() == other.as_map()
    }
}

impl Readable for Attributes {
    fn text(&self, attribute: &str) -> Option<&str> {
        match &self.0 {
            Form::Map(inner) => match inner.map.get(attribute) {
                Some(AttributeValue::S(text)) => Some(text),
                _ => None,
            },
            Form::Json(page, at) => page.text(*at, attribute),
        }
    }

    fn take<T: DeserializeOwned>(&mut self) -> Result<T> {
        // With other clones about, nothing may be moved out. Of JSON, texts are always copied.
        match &mut self.0 {
            Form::Map(inner) => match Arc::get_mut(inner) {
                Some(Inner { map, size }) => {
                    // What is moved out counts no longer.
                    *size = OnceLock::new();
                    decoded(map.into())
                }
                None => self.decode(),
            },
            Form::Json(..) => self.decode(),
        }
    }
}

impl Item for Attributes {
    fn size(&self) -> Result<usize> {
        let inner = match &self.0 {
            Form::Map(inner) => inner,
            Form::Json(page, at) => return page.size(*at).map_err(not_decoded),
        };
        if let Some(size) = inner.size.get() {
            return Ok(*size);
        }
        let size = front::item_size(Raw::Map((&inner.map).into())).map_err(not_decoded)?;
        Ok(*inner.size.get_or_init(|| size))
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        match &self.0 {
            Form::Map(inner) => decoded((&inner.map).into()),
            // Both codecs have the same rules. What the error of an item says is left to the other one.
            Form::Json(page, at) => front::read(json::Raw::item(page.item(*at)))
                .or_else(|_| decoded(self.as_map().into())),
        }
    }
}

fn decoded<T: DeserializeOwned>(fields: Fields<'_>) -> Result<T> {
    front::read(Raw::Map(fields)).map_err(not_decoded)
}

/// Shows how many attributes there are: values are not logged.
impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attributes({})", self.as_map().len())
    }
}

/// The attribute value for one value of a request: of a condition or of an update.
///
/// `Null` is stored here: that an absent attribute is not is a matter of the item.
pub(crate) fn value_to_attribute(value: &Value) -> Result<AttributeValue> {
    front::write_value(&mut output::Attributes, value).map_err(not_encoded)
}

fn not_decoded(error: ValueError) -> Error {
    Error::new(Kind::Decode, error.to_string())
}

fn not_encoded(error: ValueError) -> Error {
    Error::new(Kind::Encode, error.to_string())
}
