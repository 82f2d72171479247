//! Key templates as data, and how parts are written into keys.
//!
//! A template such as `ORDER#{order_id}` is parsed once, by the derive, into a const list of
//! [`Segment`]s. Writing a key, binding a query, reading a key back and proving that two entities
//! stay apart all use that one list.
//!
//! # What a key looks like
//!
//! | part | written as |
//! |---|---|
//! | text | itself, with bytes 0x00-0x25 as `%XX` and 0x7E-0xFF as `~XX` |
//! | `u8` … `u128`, `usize` | as many digits as the type's greatest value has, or `{n:08}` |
//! | `i8` … `i128`, `isize` | `p` and digits, or `n` and the digits' complement |
//! | `bool` | `0` or `1` |
//! | timestamps | `2026-11-02T10:00:00.000000000Z`; `{t:s}`, `{t:ms}`, `{t:us}` are shorter |
//! | buckets | `{t:year:bucket}` … `{t:minute:bucket}`: `2026`, `2026-11`, `2026-11-02`, `2026-11-02T10`, `2026-11-02T10:00` |
//! | dates | `2026-11-02` |
//! | UUIDs, ULIDs | their lower-case hyphenated and their upper-case form |
//! | enums that derive `KeyPart` | the variant's serde name |
//!
//! Keys are injective (other parts, another key), their byte order is the order of the parts, part
//! by part, and a prefix of a text part is a prefix of the key. `{x:desc}` turns a fixed-width part
//! round. DynamoDB sorts keys by UTF-8 bytes and Cosmos DB by UTF-16 units: of ASCII, the same.

mod bounds;
mod bucket;
mod class;
mod integer;
#[cfg(any(feature = "chrono", feature = "time", feature = "uuid", feature = "ulid"))]
mod interop;
pub(crate) mod into_part;
mod part;
#[cfg(test)]
mod properties;
mod reader;
mod render;
mod text;
mod time;
mod writer;

pub(crate) use bounds::{Bounds, Limit};
#[doc(hidden)]
pub use bucket::BucketOf;
pub use bucket::{Bucketed, Hour, Minute, Month, Year, bucket, unit};
pub use class::{Bytes, Class, Format, Unit};
pub use into_part::{IntoPart, PartRange};
#[doc(hidden)]
pub use part::clone_part;
pub use part::{Absent, KeyPart, OrderedKind, PartValue, TextKind, kind};
pub use reader::{KeyParts, KeyText};
pub(crate) use render::{MAX_SORT_KEY, check_partition_key, check_sort_key, render};
pub use time::CivilTime;
pub use writer::KeyWriter;

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
