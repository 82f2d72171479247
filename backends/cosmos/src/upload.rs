//! A document as it is sent: the item with its id, its time to live and the name of the write.

use crate::document::{Document, names};
use monotable_core::schema::TableDef;
use monotable_core::{Error, Kind, Result};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// A document for the service.
pub(crate) struct Upload(Box<RawValue>);

impl Upload {
    /// Returns the document of an item. `operation` is the name of the write, if it has to be recognised.
    ///
    /// The service counts the time to live from the last write, so it is computed anew for each write, from the
    /// absolute time that the item has.
    pub(crate) fn new(
        table: &TableDef,
        id: &str,
        item: &Document,
        operation: Option<&str>,
    ) -> Result<Self> {
        let fields = item.attributes_json()?;
        let mut json = String::with_capacity(fields.len() + id.len() + 80);
        // An id has no characters that JSON would have to escape, and writing to a text does not fail.
        write!(json, "{{\"id\":\"{id}\"").unwrap_or_default();
        if let Some(at) = item.expires_at(table.ttl) {
            let left = at.saturating_sub(now()).clamp(1, i64::from(i32::MAX));
            write!(json, ",\"ttl\":{left}").unwrap_or_default();
        }
        if let Some(operation) = operation {
            write!(json, ",\"{}\":\"{operation}\"", names::OPERATION).unwrap_or_default();
        }
        let inner = fields.trim().strip_prefix('{').unwrap_or_default();
        let separator = if inner.trim_start().starts_with('}') { "" } else { "," };
        json.push_str(separator);
        json.push_str(inner);
        let raw = RawValue::from_string(json).map_err(|error| {
            Error::new(Kind::Encode, format!("the document cannot be written: {error}"))
        })?;
        Ok(Upload(raw))
    }
}

impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Returns the seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Returns a random name for a write, which no other write has.
pub(crate) fn operation_name() -> Result<String> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| {
        let message = "the operating system gives no random bits";
        Error::new(Kind::NotSent, message).with_source(error)
    })?;
    Ok(format!("{:032x}", u128::from_le_bytes(bits)))
}

/// Returns a random share of a whole.
pub(crate) fn share() -> f64 {
    f64::from(getrandom::u32().unwrap_or(u32::MAX / 2)) / f64::from(u32::MAX)
}
