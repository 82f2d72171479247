//! Items that share one JSON text: the answer that they came in, or the text of one encoded item.

use super::json::{self, Attribute, Checker, ItemText, Raw};
use aws_sdk_dynamodb::types::AttributeValue;
use bytes_utils::Str;
use monotable_core::value::{ValueError, front};
use monotable_json::{Cursor, Invalid};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The SDK's attribute values by name.
type Map = HashMap<String, AttributeValue>;

/// A JSON text, and the places of the items and of their attributes in it.
pub(crate) struct Page {
    text: Str,
    items: Vec<Place>,
    /// The attributes of all items. Those of an encoded item are found when they are first asked for.
    attributes: OnceLock<Vec<Attribute>>,
}

/// The place of an item, and what was asked about it before.
pub(crate) struct Place {
    item: Range<usize>,
    attributes: Range<usize>,
    size: OnceLock<usize>,
    map: OnceLock<Box<Map>>,
}

impl Place {
    /// Moves over an item of an answer.
    ///
    /// # Errors
    ///
    /// If the item is not as DynamoDB sends it.
    pub(crate) fn read(cursor: &mut Cursor<'_>, checker: &mut Checker) -> Result<Self, Invalid> {
        cursor.peek();
        let (start, first) = (cursor.at(), checker.count());
        checker.item(cursor)?;
        Ok(Place::new(start..cursor.at(), first..checker.count()))
    }

    fn new(item: Range<usize>, attributes: Range<usize>) -> Self {
        Place { item, attributes, size: OnceLock::new(), map: OnceLock::new() }
    }
}

impl Page {
    /// The items of an answer.
    pub(crate) fn new(text: Str, items: Vec<Place>, checker: Checker) -> Self {
        Page { text, items, attributes: OnceLock::from(checker.attributes()) }
    }

    /// An encoded item, whose size is known.
    pub(super) fn of_item(text: String, size: usize) -> Self {
        let mut place = Place::new(0..text.len(), 0..usize::MAX);
        place.size = OnceLock::from(size);
        Page { text: text.into(), items: vec![place], attributes: OnceLock::new() }
    }

    /// The number of items.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The JSON of an item.
    pub(super) fn json(&self, at: usize) -> &str {
        let place = self.items.get(at);
        place.and_then(|place| self.text.get(place.item.clone())).unwrap_or("{}")
    }

    /// An item, for the reader.
    pub(super) fn item(&self, at: usize) -> ItemText<'_> {
        let attributes = self.attributes.get_or_init(|| {
            let mut checker = Checker::default();
            match checker.item(&mut Cursor::new(&self.text)) {
                Ok(()) => checker.attributes(),
                // What was written is an item, so this is never expected.
                Err(Invalid) => Vec::new(),
            }
        });
        let range = self.items.get(at).map_or(0..0, |place| place.attributes.clone());
        let range = range.start..range.end.min(attributes.len());
        ItemText { text: &self.text, attributes: attributes.get(range).unwrap_or_default() }
    }

    /// The names of the attributes of an item, in order.
    #[cfg(test)]
    pub(crate) fn item_names(&self, at: usize) -> Vec<String> {
        let item = self.item(at);
        item.attributes.iter().map(|attribute| attribute.name(item.text).into_owned()).collect()
    }

    /// The text of an attribute.
    pub(super) fn text(&self, at: usize, name: &str) -> Option<&str> {
        match self.item(at).find(name) {
            Ok(found) => found,
            Err(Invalid) => match self.map(at)?.get(name)? {
                AttributeValue::S(text) => Some(text),
                _ => None,
            },
        }
    }

    /// The size of an item by DynamoDB's rules.
    pub(super) fn size(&self, at: usize) -> Result<usize, ValueError> {
        let known = self.items.get(at).map(|place| &place.size);
        if let Some(size) = known.and_then(OnceLock::get) {
            return Ok(*size);
        }
        let size = front::item_size(Raw::item(self.item(at)))?;
        Ok(known.map_or(size, |known| *known.get_or_init(|| size)))
    }

    /// The SDK's attribute values of an item, which are made when they are first asked for.
    pub(super) fn map(&self, at: usize) -> Option<&Map> {
        let place = self.items.get(at)?;
        Some(place.map.get_or_init(|| Box::new(self.to_map(at))))
    }

    /// The SDK's attribute values of an item.
    pub(super) fn to_map(&self, at: usize) -> Map {
        // The text has been checked when it was received or written, so that this does not fail.
        json::map(self.item(at)).unwrap_or_default()
    }
}
