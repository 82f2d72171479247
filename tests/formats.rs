//! The rules of storing, on every format: one list of shapes, one of refusals, one of values that
//! are read as another type, and random values.
//!
//! Each entry of a list is run on every format, and what the formats hold is compared. A new format
//! implements [`Format`] and is named in [`every_format`]. Tests of what belongs to one format (its
//! bytes on disk, its number texts, its sizes) are with that format.

#[path = "formats/random.rs"]
mod random;
#[path = "formats/reads.rs"]
mod reads;
#[path = "formats/refused.rs"]
mod refused;
#[path = "formats/shapes.rs"]
mod shapes;
#[path = "formats/types.rs"]
mod types;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable::backend::{Item as _, Readable as _};
use monotable::cosmos::Document;
use monotable::dynamodb::Attributes;
use monotable::value::front::FormatLimits;
use monotable::value::{self, Map, Set, Value};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// A format, as these tests use it. Errors are their texts.
trait Format {
    const NAME: &'static str;
    const LIMITS: FormatLimits;
    /// A stored item.
    type Stored: PartialEq + Debug;

    /// Writes an item.
    fn write<T: Serialize + ?Sized>(item: &T) -> Result<Self::Stored, String>;

    /// Reads an item, in every way that the format has.
    fn read<T: DeserializeOwned + PartialEq + Debug>(stored: &Self::Stored) -> Result<T, String>;

    /// The value that the format holds instead of this one.
    fn held(value: Value) -> Value {
        value
    }
}

/// Does the same with each format, which it calls by the given name.
macro_rules! every_format {
    (|$format:ident| $check:expr) => {
        every_format! { @each $format $check; Binary Tree Dynamo Direct Json }
    };
    (@each $format:ident $check:expr; $($each:ident)*) => {$({
        type $format = $crate::$each;
        $check;
    })*};
}
use every_format;

/// The binary form, in which the embedded store keeps items.
enum Binary {}

impl Format for Binary {
    const NAME: &'static str = "binary";
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;
    type Stored = Vec<u8>;

    fn write<T: Serialize + ?Sized>(item: &T) -> Result<Vec<u8>, String> {
        let bytes = value::to_bytes(item).map_err(|error| error.to_string())?;
        // All ways to the same item give the same bytes. A projection computes the size that the
        // writer has counted on its way.
        let map = value::to_map(&bytes).unwrap();
        assert_eq!(value::from_map(&map).unwrap(), bytes);
        let names: Vec<_> = map.iter().map(|(name, _)| name).collect();
        assert_eq!(value::project(&bytes, &names).unwrap(), bytes);
        for (name, attribute) in map.iter() {
            assert_eq!(value::attribute(&bytes, name).unwrap().as_ref(), Some(attribute));
        }
        Ok(bytes)
    }

    fn read<T: DeserializeOwned + PartialEq + Debug>(bytes: &Vec<u8>) -> Result<T, String> {
        value::from_bytes(bytes).map_err(|error| error.to_string())
    }
}

/// `Value`, in which conditions and updates hold values.
enum Tree {}

impl Format for Tree {
    const NAME: &'static str = "Value";
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;
    type Stored = Map;

    fn write<T: Serialize + ?Sized>(item: &T) -> Result<Map, String> {
        value::item_to_map(item).map_err(|error| error.to_string())
    }

    fn read<T: DeserializeOwned + PartialEq + Debug>(map: &Map) -> Result<T, String> {
        value::item_from_map(map).map_err(|error| error.to_string())
    }
}

/// DynamoDB's attribute values.
enum Dynamo {}

impl Format for Dynamo {
    const NAME: &'static str = "DynamoDB";
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;
    type Stored = Attributes;

    fn write<T: Serialize + ?Sized>(item: &T) -> Result<Attributes, String> {
        let attributes = Attributes::encode(item).map_err(|error| {
            assert!(error.is_encode(), "{error}");
            error.to_string()
        })?;
        // Both stores count the same size for an item.
        let bytes = value::to_bytes(item).unwrap();
        assert_eq!(attributes.size().unwrap(), value::size(&bytes).unwrap(), "{bytes:?}");
        Ok(attributes)
    }

    /// Reads the item as one that others hold too, and as one whose texts can be moved out.
    fn read<T: DeserializeOwned + PartialEq + Debug>(item: &Attributes) -> Result<T, String> {
        let text = |error: monotable::Error| {
            assert!(error.is_decode(), "{error}");
            error.to_string()
        };
        let copied = item.decode::<T>().map_err(text);
        let mut own = Attributes::from(item.as_map().clone());
        assert_eq!(own.take::<T>().map_err(text), copied);
        copied
    }
}

/// DynamoDB's JSON, without the SDK's attribute values.
enum Direct {}

impl Format for Direct {
    const NAME: &'static str = "DynamoDB's JSON";
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;
    type Stored = Attributes;

    fn write<T: Serialize + ?Sized>(item: &T) -> Result<Attributes, String> {
        let direct = Attributes::encode_json(item).map_err(|error| {
            assert!(error.is_encode(), "{error}");
            error.to_string()
        });
        // Both codecs of the backend hold and refuse the same.
        let sdk = Dynamo::write(item);
        assert_eq!(direct, sdk);
        let direct = direct?;
        assert_eq!(direct.size().ok(), sdk?.size().ok());
        Ok(direct)
    }

    fn read<T: DeserializeOwned + PartialEq + Debug>(item: &Attributes) -> Result<T, String> {
        item.decode().map_err(|error| {
            assert!(error.is_decode(), "{error}");
            error.to_string()
        })
    }
}

/// The JSON documents of Cosmos DB.
enum Json {}

impl Format for Json {
    const NAME: &'static str = "JSON";
    const LIMITS: FormatLimits = FormatLimits::new("Cosmos DB")
        .with_digits(15)
        .with_integers_up_to(1 << 53)
        .with_range([-130, 125], [1e-130, 1e126])
        .without_sets();
    type Stored = Document;

    fn write<T: Serialize + ?Sized>(item: &T) -> Result<Document, String> {
        let document = Document::encode(item).map_err(|error| {
            assert!(error.is_encode(), "{error}");
            error.to_string()
        })?;
        // It is JSON, and a document that the service returns has the same attributes.
        serde_json::from_str::<serde_json::Value>(document.as_json()).unwrap();
        assert_eq!(Document::from_json(document.as_json()).unwrap(), document);
        Ok(document)
    }

    fn read<T: DeserializeOwned + PartialEq + Debug>(document: &Document) -> Result<T, String> {
        document.decode().map_err(|error| {
            assert!(error.is_decode(), "{error}");
            error.to_string()
        })
    }

    /// Sets are sorted lists, and binary data is base64 text.
    fn held(value: Value) -> Value {
        match value {
            Value::Bytes(bytes) => Value::Text(STANDARD.encode(bytes)),
            Value::Set(Set::Text(all)) => list(all, Value::from),
            Value::Set(Set::Numbers(all)) => list(all, Value::from),
            Value::Set(Set::Bytes(all)) => list(all, |bytes| Json::held(Value::Bytes(bytes))),
            Value::List(all) => list(all, Json::held),
            Value::Map(map) => Value::Map(held::<Json>(&map)),
            other => other,
        }
    }
}

fn list<T>(all: impl IntoIterator<Item = T>, each: impl Fn(T) -> Value) -> Value {
    Value::List(all.into_iter().map(each).collect())
}

/// The attributes that a format holds instead of these.
fn held<F: Format>(map: &Map) -> Map {
    let mut held = Map::new();
    for (name, value) in map.iter() {
        held.insert(name, F::held(value.clone()));
    }
    held
}

/// An item of one attribute, for tests of what it holds.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct One<T> {
    v: T,
}

/// Writes and reads an item in one format.
///
/// What the format holds is compared with the attributes that core's rules give, `expected`. So what
/// two formats read from an item is equal.
fn check<F: Format, T: Serialize + DeserializeOwned + PartialEq + Debug>(item: &T, expected: &Map) {
    let stored = F::write(item).unwrap_or_else(|error| panic!("{}: {item:?}: {error}", F::NAME));
    assert_eq!(F::read::<T>(&stored).as_ref(), Ok(item), "{}", F::NAME);
    assert_eq!(F::read::<Map>(&stored), Ok(held::<F>(expected)), "{}: {item:?}", F::NAME);
    // The attributes one by one, as a change of an item writes them, are stored the same.
    assert_eq!(F::write(expected), Ok(stored), "{}: {item:?}", F::NAME);
}
