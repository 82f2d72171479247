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
            // A token of a transaction is any text.
            let operation = serde_json::to_string(operation).map_err(unwritable)?;
            write!(json, ",\"{}\":{operation}", names::OPERATION).unwrap_or_default();
        }
        let inner = fields.trim().strip_prefix('{').unwrap_or_default();
        let separator = if inner.trim_start().starts_with('}') { "" } else { "," };
        json.push_str(separator);
        json.push_str(inner);
        RawValue::from_string(json).map(Upload).map_err(unwritable)
    }

    /// Returns the size of the document.
    pub(crate) fn bytes(&self) -> usize {
        self.0.get().len()
    }
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::new(Kind::Encode, format!("the document cannot be written: {error}"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use monotable_core::key::Encoding;
    use serde_json::{Value, json};

    static TABLE: TableDef =
        TableDef::new("Things", ["pk", "sk", "_type"], Encoding::Escaped, &[], &[]);

    fn sent(item: &Document, operation: Option<&str>) -> Value {
        let upload = Upload::new(&TABLE, "A~b_20c", item, operation).unwrap();
        serde_json::from_str(upload.0.get()).unwrap()
    }

    #[test]
    fn the_id_and_the_name_of_the_write_are_before_the_attributes() {
        let item = Document::encode(&json!({"pk": "p", "id": "mine", "n": 1})).unwrap();
        let wanted = json!({"id": "A~b_20c", "_op": "w", "pk": "p", "id_": "mine", "n": 1});
        assert_eq!(sent(&item, Some("w")), wanted);
        let upload = Upload::new(&TABLE, "x", &item, None).unwrap();
        assert_eq!(upload.0.get(), r#"{"id":"x","id_":"mine","n":1,"pk":"p"}"#);
        let empty = Document::encode(&json!({})).unwrap();
        assert_eq!(sent(&empty, None), json!({"id": "A~b_20c"}));
    }

    /// What the service and an earlier write have added is not sent back.
    #[test]
    fn a_stored_document_is_sent_without_the_properties_of_the_service() {
        let stored = r#"{"id":"old","ttl":7,"_op":"v","pk":"p","_etag":"e","_ts":1,"_rid":"r","_self":"s","n":1}"#;
        let stored = Document::from_json(stored).unwrap();
        assert_eq!(sent(&stored, None), json!({"id": "A~b_20c", "pk": "p", "n": 1}));
    }

    /// The service counts from the write, so what is left is computed for each one. It refuses 0.
    #[test]
    fn each_write_computes_the_time_to_live() {
        let left = |at: i64| {
            let mut item = serde_json::Map::new();
            item.insert(TABLE.ttl.to_owned(), at.into());
            sent(&Document::encode(&item).unwrap(), None)["ttl"].as_i64()
        };
        let in_an_hour = left(now() + 3_600).unwrap();
        assert!((3_590..=3_600).contains(&in_an_hour), "{in_an_hour}");
        assert_eq!(left(now() - 10), Some(1));
        assert_eq!(left(1 << 53), Some(i32::MAX.into()));
        let kept = json!({"id": "x", "ttl": 5, TABLE.ttl: now() + 100}).to_string();
        let again = sent(&Document::from_json(&kept).unwrap(), None);
        assert!(again["ttl"].as_i64().unwrap() > 5, "{again}");
        let never = Document::encode(&json!({"pk": "p"})).unwrap();
        assert_eq!(sent(&never, None).get("ttl"), None);
    }
}
