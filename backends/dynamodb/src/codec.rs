//! Items as DynamoDB holds them: serde straight to attribute values, and back.
//!
//! The rules are those of [`monotable_core::value`]; here is only how the SDK's attribute values are
//! written ([`output`]) and read ([`input`]). There is no tree of values between serde and the SDK's:
//! a type writes attribute values, and reads from borrowed ones.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::backend::Item;
use monotable_core::value::{Value, front};
use monotable_core::{Error, Kind, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

mod input;
mod number;
mod output;
#[cfg(test)]
mod tests;

use input::{Fields, Raw};
use monotable_core::value::ValueError;

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
pub struct Attributes(Arc<Inner>);

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

    /// The attributes.
    pub fn as_map(&self) -> &HashMap<String, AttributeValue> {
        &self.0.map
    }

    /// The attributes; they are copied only if there are other clones of this item.
    pub fn into_map(self) -> HashMap<String, AttributeValue> {
        match Arc::try_unwrap(self.0) {
            Ok(inner) => inner.map,
            Err(shared) => shared.map.clone(),
        }
    }
}

impl From<HashMap<String, AttributeValue>> for Attributes {
    fn from(map: HashMap<String, AttributeValue>) -> Self {
        Attributes(Arc::new(Inner { map, size: OnceLock::new() }))
    }
}

impl PartialEq for Attributes {
    fn eq(&self, other: &Self) -> bool {
        self.0.map == other.0.map
    }
}

impl Item for Attributes {
    fn text(&self, attribute: &str) -> Option<&str> {
        match self.0.map.get(attribute) {
            Some(AttributeValue::S(text)) => Some(text),
            _ => None,
        }
    }

    fn size(&self) -> Result<usize> {
        if let Some(size) = self.0.size.get() {
            return Ok(*size);
        }
        let size = front::item_size(Raw::Map(self.as_map().into()))
            .map_err(|error| Error::new(Kind::Decode, error.to_string()))?;
        Ok(*self.0.size.get_or_init(|| size))
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T> {
        decoded(self.as_map().into())
    }

    fn take<T: DeserializeOwned>(&mut self) -> Result<T> {
        // With other clones about, nothing may be moved out.
        match Arc::get_mut(&mut self.0) {
            Some(Inner { map, size }) => {
                // What is moved out counts no longer.
                *size = OnceLock::new();
                decoded(map.into())
            }
            None => self.decode(),
        }
    }
}

fn decoded<T: DeserializeOwned>(fields: Fields<'_>) -> Result<T> {
    front::read(Raw::Map(fields)).map_err(|error| Error::new(Kind::Decode, error.to_string()))
}

/// Shows how many attributes there are: values are not logged.
impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attributes({})", self.0.map.len())
    }
}

/// The attribute value for one value of a request: of a condition or of an update.
///
/// `Null` is stored here: that an absent attribute is not is a matter of the item.
pub(crate) fn value_to_attribute(value: &Value) -> Result<AttributeValue> {
    front::write_value(&mut output::Attributes, value).map_err(not_encoded)
}

fn not_encoded(error: ValueError) -> Error {
    Error::new(Kind::Encode, error.to_string())
}
