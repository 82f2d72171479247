//! Items that share one JSON text: the answer that they came in, or the text of one encoded item.

use super::json::{self, Raw, TagPlace};
use crate::json::{Cursor, Invalid};
use aws_sdk_dynamodb::types::AttributeValue;
use bytes_utils::Str;
use monotable_core::Result;
use monotable_core::value::{ValueError, front};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// A JSON text, and the places of the items in it.
pub(crate) struct Page {
    text: Str,
    /// The name of the attribute whose places are known.
    tag: &'static str,
    items: Vec<Place>,
}

/// The place of an item, and what was asked about it before.
pub(crate) struct Place {
    item: Range<u32>,
    tag: Range<u32>,
    size: OnceLock<usize>,
    map: OnceLock<Box<HashMap<String, AttributeValue>>>,
}

impl Place {
    /// Moves over an item of an answer.
    ///
    /// # Errors
    ///
    /// If the item is not as DynamoDB sends it, or is behind the first 4 GB.
    pub(crate) fn read(
        cursor: &mut Cursor<'_>,
        tag: &str,
        hashes: &mut Vec<u32>,
    ) -> Result<Self, Invalid> {
        cursor.peek();
        let start = cursor.at();
        let tag = json::check(cursor, tag, hashes)?;
        Self::new(start..cursor.at(), tag)
    }

    fn new(item: Range<usize>, tag: TagPlace) -> Result<Self, Invalid> {
        let short = |range: Range<usize>| -> Result<Range<u32>, Invalid> {
            let at = |place: usize| u32::try_from(place).map_err(|_| Invalid);
            Ok(at(range.start)?..at(range.end)?)
        };
        let (item, tag) = (short(item)?, short(tag)?);
        Ok(Place { item, tag, size: OnceLock::new(), map: OnceLock::new() })
    }

    /// The place of the item in the text.
    pub(crate) fn range(&self) -> Range<usize> {
        self.item.start as usize..self.item.end as usize
    }
}

impl Page {
    pub(crate) fn new(text: Str, tag: &'static str, items: Vec<Place>) -> Self {
        Page { text, tag, items }
    }

    /// An encoded item, whose size is known.
    pub(super) fn of_item(text: String, size: usize) -> Result<Self, Invalid> {
        let place = Place::new(0..text.len(), 0..0)?;
        let _ = place.size.set(size);
        Ok(Page { text: text.into(), tag: "", items: vec![place] })
    }

    /// The number of items.
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// The JSON of an item.
    pub(super) fn item(&self, at: usize) -> &str {
        let range = self.items.get(at).map(Place::range);
        range.and_then(|range| self.text.get(range)).unwrap_or("{}")
    }

    /// The text of an attribute.
    pub(super) fn text(&self, at: usize, name: &str) -> Option<&str> {
        if name == self.tag
            && let Some(place) = self.items.get(at)
            && !place.tag.is_empty()
        {
            return self.text.get(place.tag.start as usize..place.tag.end as usize);
        }
        let item = self.item(at);
        match json::find(item, name) {
            // The attribute, or its name, may be written with escapes.
            None if item.contains('\\') => match self.map(at)?.get(name)? {
                AttributeValue::S(text) => Some(text),
                _ => None,
            },
            found => found,
        }
    }

    /// The size of an item by DynamoDB's rules.
    pub(super) fn size(&self, at: usize) -> Result<usize, ValueError> {
        let compute = || front::item_size(Raw::item(self.item(at)));
        match self.items.get(at).map(|place| &place.size) {
            Some(known) => match known.get() {
                Some(size) => Ok(*size),
                None => Ok(*known.get_or_init({
                    let size = compute()?;
                    move || size
                })),
            },
            None => compute(),
        }
    }

    /// The SDK's attribute values of an item, once they are asked for.
    ///
    /// The text has been checked when it was received or written, so it is an item.
    pub(super) fn map(&self, at: usize) -> Option<&HashMap<String, AttributeValue>> {
        let place = self.items.get(at)?;
        Some(place.map.get_or_init(|| {
            Box::new(json::map(Raw::item(self.item(at))).unwrap_or_default())
        }))
    }
}
