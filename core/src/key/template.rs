//! Key templates as const data, and the encodings of text.

use super::class::{Class, Format, Unit};
use crate::error::{Error, Kind};
use std::fmt::Display;

/// The segments of a key template, in order.
pub type Template = &'static [Segment];

/// A piece of a key template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands in every key; `#` ends a component.
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
    /// What the template says after the colon.
    pub format: Format,
    /// What the field's type is to a key.
    pub class: Class,
}

/// How a table writes text into keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Escaped to ASCII: keys are injective and in order whatever the text.
    Escaped,
    /// As it is, for existing data: text that holds the separator is an error, and `range` on
    /// text parts does not compile.
    Raw,
}

/// [`Encoding::Escaped`] as a type.
#[derive(Debug)]
pub enum Escaped {}

/// [`Encoding::Raw`] as a type.
#[derive(Debug)]
pub enum Raw {}

/// A literal segment. For the derives.
#[doc(hidden)]
#[must_use]
pub const fn literal(text: &'static str) -> Segment {
    Segment::Literal(text)
}

/// A placeholder segment. For the derives.
#[doc(hidden)]
#[must_use]
pub const fn part(field: u16, name: &'static str, format: Format, class: Class) -> Segment {
    Segment::Part(PartSpec { field, name, format, class })
}

/// The literal text at the start of a template.
pub(crate) fn literal_prefix(template: Template) -> &'static str {
    match template.first() {
        Some(Segment::Literal(text)) => text,
        _ => "",
    }
}

impl PartSpec {
    /// The unit of time that the part is written down to, if it is a time.
    pub(super) fn unit(&self) -> Option<Unit> {
        let own = self.class.unit()?;
        Some(self.format.unit.unwrap_or(own))
    }

    /// An error about this part.
    pub(crate) fn error(&self, message: impl Display) -> Error {
        Error::new(Kind::InvalidKey, format!("key part `{}` {message}", self.name))
    }

    /// Returns the error for a part that may not be empty.
    pub(super) fn empty(&self) -> Error {
        self.error(format_args!(
            "is empty: give it a value, or write `{{{}?}}` in the template to allow empty text",
            self.name
        ))
    }
}
