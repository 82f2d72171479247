//! Key templates as const data, and the encodings of text.

use super::class::Class;
use super::format::{Format, Unit};
use crate::error::{Error, Kind};
use std::fmt::Display;

/// The segments of a key template, in order.
pub type Template = &'static [Segment];

/// A piece of a key template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that every key has here. A `#` ends a component.
    Literal(&'static str),
    /// A placeholder.
    Part(PartSpec),
}

/// A placeholder of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartSpec {
    /// The field's position in the struct.
    pub field: u16,
    /// The field's name in the struct.
    pub name: &'static str,
    /// The format: what the template says after the colon.
    pub format: Format,
    /// The class of the field's type.
    pub class: Class,
}

/// The encoding of text in the keys of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Text is escaped to ASCII. Different texts give different keys, and keys have the order of the
    /// texts.
    Escaped,
    /// Text is written unchanged, for existing data. Text that contains the separator is an error, and
    /// `range` on text parts does not compile.
    Raw,
}

/// [`Encoding::Escaped`] as a type.
#[derive(Debug)]
pub enum Escaped {}

/// [`Encoding::Raw`] as a type.
#[derive(Debug)]
pub enum Raw {}

/// Returns a literal segment. For the derives.
#[doc(hidden)]
#[must_use]
pub const fn literal(text: &'static str) -> Segment {
    Segment::Literal(text)
}

/// Returns a placeholder segment. For the derives.
#[doc(hidden)]
#[must_use]
pub const fn part(field: u16, name: &'static str, format: Format, class: Class) -> Segment {
    Segment::Part(PartSpec { field, name, format, class })
}

/// Returns the literal text at the start of a template.
pub(crate) fn literal_prefix(template: Template) -> &'static str {
    match template.first() {
        Some(Segment::Literal(text)) => text,
        _ => "",
    }
}

/// Returns the literal directly before the segment at position `at`, if it ends with `#`, without the `#`
/// that ends the part before it; otherwise an empty text.
///
/// A text that begins with this literal is a mistake: `Order::get("ORDER#7")`, where the template is
/// `ORDER#{id}` and the value is `7`. It would be an item that nobody finds with the right value, or a
/// read that finds nothing. So such a text is an error in the arguments of a request and in an entity that
/// is written.
pub(crate) fn literal_before(template: &[Segment], at: usize) -> &'static str {
    match at.checked_sub(1).and_then(|before| template.get(before)) {
        Some(Segment::Literal(text)) if text.ends_with('#') => text.trim_start_matches('#'),
        _ => "",
    }
}

impl PartSpec {
    /// Returns the unit of time that the part is written down to, if it is a time.
    pub(super) fn unit(&self) -> Option<Unit> {
        let own = self.class.unit()?;
        Some(self.format.unit.unwrap_or(own))
    }

    /// Returns whether equal values give equal texts in both parts. For const checks.
    pub(crate) const fn writes_like(&self, other: &PartSpec) -> bool {
        let same_width = match (self.class.width(self.format), other.class.width(other.format)) {
            (None, None) => true,
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        same_width
            && self.class.number() == other.class.number()
            && self.format.is_bucket == other.format.is_bucket
            && self.format.descending == other.format.descending
    }

    /// Returns an error about this part.
    pub(crate) fn error(&self, message: impl Display) -> Error {
        Error::new(Kind::InvalidKey, format!("key part `{}` {message}", self.name))
    }

    /// Returns the error for a part that is empty and must not be.
    pub(super) fn empty(&self) -> Error {
        self.error(format_args!(
            "is empty: give it a value, or write `{{{}?}}` in the template to allow empty text",
            self.name
        ))
    }
}
