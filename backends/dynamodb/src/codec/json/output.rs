//! The JSON of an item as a format that values are written in.

use super::names::{Names, hash};
use crate::codec::number;
use monotable_core::value::front::{FormatLimits, Output, SetElements, number_size};
use monotable_core::value::{Number, ValueError};
use monotable_json::{Cursor, write_content, write_string};
use std::borrow::Cow;
use std::fmt::{Display, Write as _};

type Result<T> = std::result::Result<T, ValueError>;

/// Writes the JSON of an item, and counts its size by DynamoDB's rules.
#[derive(Default)]
pub(in crate::codec) struct Writer {
    out: String,
    size: usize,
    /// Hashes of the names in the open maps; the innermost map is last.
    hashes: Vec<u32>,
}

/// A list that has been begun.
pub(in crate::codec) struct List {
    begun: bool,
}

/// A map that has been begun, or the item.
pub(in crate::codec) struct Map {
    is_item: bool,
    begun: bool,
    /// Where its entries start.
    start: usize,
    names: Names,
}

/// An entry that has been begun, with the state that is restored if its value is absent.
pub(in crate::codec) struct Entry {
    start: usize,
    size: usize,
    hash: u32,
}

impl Writer {
    /// A writer of an item.
    pub(in crate::codec) fn item() -> Self {
        Writer { out: String::with_capacity(1024), size: 0, hashes: Vec::with_capacity(16) }
    }

    /// The text of the item, and its size.
    pub(in crate::codec) fn finish(self) -> (String, usize) {
        (self.out, self.size)
    }

    fn number(&mut self, digits: impl Display) {
        self.out.push_str("{\"N\":\"");
        let start = self.out.len();
        // Writing to a `String` does not fail.
        let _ = write!(self.out, "{digits}");
        self.size += number_size(self.out.get(start..).unwrap_or_default());
        self.out.push_str("\"}");
    }

    fn set_of<T>(&mut self, ty: &str, all: Vec<T>, write: impl Fn(&mut String, T) -> usize) {
        self.out.push_str(ty);
        for (at, element) in all.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.size += write(&mut self.out, element);
        }
        self.out.push_str("]}");
    }

    fn open(&mut self, is_item: bool) -> Map {
        self.out.push_str(if is_item { "{" } else { "{\"M\":{" });
        // The size of an item has no overhead.
        self.size += if is_item { 0 } else { 3 };
        let names = Names::new(&self.hashes);
        Map { is_item, begun: false, start: self.out.len(), names }
    }

    /// The name that is written at this place, behind a comma if there is one.
    fn name_at(&self, start: usize) -> Cow<'_, str> {
        let mut cursor = Cursor::new(self.out.get(start..).unwrap_or_default());
        cursor.take(b',');
        cursor.string().and_then(|name| name.text()).unwrap_or_default()
    }

    /// The name that occurs twice in the text of entries from `start` on.
    #[cold]
    fn repeated(&self, start: usize) -> Option<String> {
        let mut names = std::collections::HashSet::new();
        let mut cursor = Cursor::new(self.out.get(start..).unwrap_or_default());
        while let Ok(name) = cursor.name() {
            if !names.insert(name.raw) {
                return name.text().ok().map(Cow::into_owned);
            }
            if cursor.skip().is_err() || !cursor.take(b',') {
                break;
            }
        }
        None
    }

    /// Refuses a map two of whose names have the same hash, if they are equal.
    #[cold]
    fn refuse_repeated(&self, start: usize) -> Result<()> {
        match self.repeated(start) {
            Some(name) => Err(ValueError::new("two entries have this name").within(&name)),
            None => Ok(()),
        }
    }
}

impl Output for Writer {
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;

    type Value = ();
    type List = List;
    type Map = Map;
    type Entry = Entry;

    fn null(&mut self) -> Result<()> {
        self.out.push_str("{\"NULL\":true}");
        self.size += 1;
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<()> {
        self.out.push_str(if value { "{\"BOOL\":true}" } else { "{\"BOOL\":false}" });
        self.size += 1;
        Ok(())
    }

    #[inline]
    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.number(value);
        Ok(())
    }

    #[inline]
    fn negative(&mut self, value: i64) -> Result<()> {
        self.number(value);
        Ok(())
    }

    fn big_unsigned(&mut self, value: u128) -> Result<()> {
        self.number(value);
        Ok(())
    }

    fn big_negative(&mut self, value: i128) -> Result<()> {
        self.number(value);
        Ok(())
    }

    fn float(&mut self, value: f64) -> Result<()> {
        self.number(number::of_f64(value));
        Ok(())
    }

    fn decimal(&mut self, value: Number) -> Result<()> {
        self.number(number::text(value));
        Ok(())
    }

    #[inline]
    fn text(&mut self, value: &str) -> Result<()> {
        self.out.push_str("{\"S\":\"");
        write_content(&mut self.out, value);
        self.out.push_str("\"}");
        self.size += value.len();
        Ok(())
    }

    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.out.push_str("{\"B\":\"");
        self.out.push_str(&aws_smithy_types::base64::encode(value));
        self.out.push_str("\"}");
        self.size += value.len();
        Ok(())
    }

    fn set(&mut self, elements: SetElements<'_>) -> Result<()> {
        match elements {
            SetElements::Text(all) => self.set_of("{\"SS\":[", all, |out, text| {
                write_string(out, text);
                text.len()
            }),
            SetElements::Numbers(all) => self.set_of("{\"NS\":[", all, |out, value| {
                let digits = number::text(value);
                write_string(out, &digits);
                number_size(&digits)
            }),
            SetElements::Bytes(all) => self.set_of("{\"BS\":[", all, |out, bytes| {
                write_string(out, &aws_smithy_types::base64::encode(bytes));
                bytes.len()
            }),
        }
        Ok(())
    }

    fn begin_list(&mut self, _: usize) -> Result<List> {
        self.out.push_str("{\"L\":[");
        self.size += 3;
        Ok(List { begun: false })
    }

    fn begin_element(&mut self, list: &mut List) {
        if list.begun {
            self.out.push(',');
        }
        self.size += 1;
    }

    fn end_element(&mut self, list: &mut List, (): ()) {
        list.begun = true;
    }

    fn end_list(&mut self, _: List) -> Result<()> {
        self.out.push_str("]}");
        Ok(())
    }

    fn begin_item(&mut self, _: usize) -> Result<Map> {
        Ok(self.open(true))
    }

    fn begin_map(&mut self, _: usize) -> Result<Map> {
        Ok(self.open(false))
    }

    #[inline]
    fn begin_entry(&mut self, map: &mut Map, name: &str) -> Result<Entry> {
        let entry = Entry { start: self.out.len(), size: self.size, hash: hash(name.as_bytes()) };
        self.out.push_str(if map.begun { ",\"" } else { "\"" });
        write_content(&mut self.out, name);
        self.out.push_str("\":");
        self.size += name.len() + usize::from(!map.is_item);
        Ok(entry)
    }

    fn entry_name<'a>(&'a self, entry: &'a Entry) -> Cow<'a, str> {
        self.name_at(entry.start)
    }

    #[inline]
    fn end_entry(&mut self, map: &mut Map, entry: Entry, (): ()) -> Result<()> {
        map.begun = true;
        if map.names.add(&mut self.hashes, entry.hash) {
            self.refuse_repeated(map.start)?;
        }
        Ok(())
    }

    fn drop_entry(&mut self, _: &mut Map, entry: Entry) {
        self.out.truncate(entry.start);
        self.size = entry.size;
    }

    fn end_map(&mut self, map: Map) -> Result<()> {
        let Map { is_item, start, names, .. } = map;
        if names.end(&mut self.hashes) {
            self.refuse_repeated(start)?;
        }
        self.out.push_str(if is_item { "}" } else { "}}" });
        Ok(())
    }
}
