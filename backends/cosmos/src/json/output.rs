//! Writing: a document as a text, in one pass.

use crate::document::names;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable_core::value::front::{FormatLimits, Output, SetElements};
use monotable_core::value::{Number, ValueError};
use monotable_json::write_string;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::fmt::Write as _;

type Result<T> = std::result::Result<T, ValueError>;

/// The greatest magnitude up to which a float holds every integer.
const EXACT: u64 = 1 << 53;

/// What a document can hold.
///
/// A decimal of up to 15 digits has a float that has the same digits. The range of numbers is that of the other
/// stores, so that a program which works on one works on all.
const LIMITS: FormatLimits = FormatLimits::new("Cosmos DB")
    .with_digits(15)
    .with_integers_up_to(EXACT as u128)
    .with_range([-130, 125], [1e-130, 1e126])
    .without_sets();

/// The number of names up to which a new name is compared with each of the names before it.
const FEW_NAMES: usize = 32;

/// Writes a document.
#[derive(Debug)]
pub(crate) struct Writer {
    text: String,
}

impl Default for Writer {
    fn default() -> Self {
        Writer { text: String::with_capacity(USUAL) }
    }
}

/// The bytes of a usual document. A longer one makes the buffer grow.
const USUAL: usize = 512;

/// A map that has been begun.
pub(crate) struct Names {
    /// Where each name begins and ends in the text.
    few: Vec<(usize, usize)>,
    /// One bit for each name, by its length and its last letter. Most new names have a bit that is not set.
    bits: u64,
    many: HashSet<Box<[u8]>>,
    /// Whether it is the document, some of whose names are Cosmos DB's own.
    is_root: bool,
}

/// An entry that has been begun: where it begins, and its name.
pub(crate) struct Entry {
    start: usize,
    name: (usize, usize),
}

impl Writer {
    /// Returns the text of what was written.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    fn quoted(&mut self, text: &str) {
        write_string(&mut self.text, text);
    }

    fn number(&mut self, value: fmt::Arguments<'_>) -> Result<()> {
        self.text.write_fmt(value).map_err(|error| ValueError::new(error.to_string()))
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn slice(&self, (start, end): (usize, usize)) -> &[u8] {
        self.text.as_bytes().get(start..end).unwrap_or_default()
    }

    fn shown(&self, name: (usize, usize)) -> Cow<'_, str> {
        let quoted = self.slice(name);
        match serde_json::from_slice(quoted) {
            Ok(name) => Cow::Owned(name),
            Err(_) => String::from_utf8_lossy(quoted),
        }
    }
}

impl Output for Writer {
    const LIMITS: FormatLimits = LIMITS;

    type Value = ();
    type List = ();
    type Map = Names;
    type Entry = Entry;

    fn null(&mut self) -> Result<()> {
        self.push("null");
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<()> {
        self.push(if value { "true" } else { "false" });
        Ok(())
    }

    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.number(format_args!("{value}"))
    }

    fn negative(&mut self, value: i64) -> Result<()> {
        self.number(format_args!("{value}"))
    }

    fn big_unsigned(&mut self, value: u128) -> Result<()> {
        self.number(format_args!("{value}"))
    }

    fn big_negative(&mut self, value: i128) -> Result<()> {
        self.number(format_args!("{value}"))
    }

    fn float(&mut self, value: f64) -> Result<()> {
        // The service writes a whole float as an integer, too.
        if value.fract() == 0.0 && value.abs() <= EXACT as f64 {
            return self.negative(value as i64);
        }
        // Both are the shortest digits that read back as this float.
        match value.abs() {
            1e-6..1e21 => self.number(format_args!("{value}")),
            _ => self.number(format_args!("{value:e}")),
        }
    }

    fn decimal(&mut self, value: Number) -> Result<()> {
        self.float(value.to_f64())
    }

    fn text(&mut self, value: &str) -> Result<()> {
        self.quoted(value);
        Ok(())
    }

    fn bytes(&mut self, value: &[u8]) -> Result<()> {
        self.quoted(&STANDARD.encode(value));
        Ok(())
    }

    fn set(&mut self, _: SetElements<'_>) -> Result<()> {
        Err(ValueError::new("a document has no sets"))
    }

    fn begin_list(&mut self, _: usize) -> Result<()> {
        self.push("[");
        Ok(())
    }

    fn begin_element(&mut self, (): &mut ()) {
        if !self.text.ends_with('[') {
            self.push(",");
        }
    }

    fn end_element(&mut self, (): &mut (), (): ()) {}

    fn end_list(&mut self, (): ()) -> Result<()> {
        self.push("]");
        Ok(())
    }

    fn begin_item(&mut self, len: usize) -> Result<Names> {
        self.push("{");
        Ok(Names {
            few: Vec::with_capacity(len.min(FEW_NAMES)),
            bits: 0,
            many: HashSet::new(),
            is_root: true,
        })
    }

    fn begin_map(&mut self, len: usize) -> Result<Names> {
        self.push("{");
        Ok(Names {
            few: Vec::with_capacity(len.min(FEW_NAMES)),
            bits: 0,
            many: HashSet::new(),
            is_root: false,
        })
    }

    fn begin_entry(&mut self, map: &mut Names, name: &str) -> Result<Entry> {
        let start = self.text.len();
        if !self.text.ends_with('{') {
            self.push(",");
        }
        let begin = self.text.len();
        match map.is_root {
            true => self.quoted(&names::stored(name)),
            false => self.quoted(name),
        }
        let name = (begin, self.text.len());
        self.push(":");
        Ok(Entry { start, name })
    }

    fn entry_name<'a>(&'a self, entry: &'a Entry) -> Cow<'a, str> {
        self.shown(entry.name)
    }

    fn end_entry(&mut self, map: &mut Names, entry: Entry, (): ()) -> Result<()> {
        let name = self.slice(entry.name);
        // The last byte is the quote.
        let last = name.iter().rev().nth(1).copied().unwrap_or_default();
        let bit = 1_u64 << ((name.len() * 7 + usize::from(last)) % 64);
        let is_known = if map.few.len() < FEW_NAMES {
            map.bits & bit != 0 && map.few.iter().any(|known| self.slice(*known) == name)
        } else {
            if map.many.is_empty() {
                map.many = map.few.iter().map(|known| Box::from(self.slice(*known))).collect();
            }
            !map.many.insert(Box::from(name))
        };
        if is_known {
            let name = self.shown(entry.name);
            return Err(ValueError::new("two entries have this name").within(&name));
        }
        map.bits |= bit;
        if map.few.len() < FEW_NAMES {
            map.few.push(entry.name);
        }
        Ok(())
    }

    fn drop_entry(&mut self, _: &mut Names, entry: Entry) {
        self.text.truncate(entry.start);
    }

    fn end_map(&mut self, _: Names) -> Result<()> {
        self.push("}");
        Ok(())
    }
}
