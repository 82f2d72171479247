//! `KeyPart`: the trait of types that can be part of a key.

use super::class::Class;
use super::format::Format;
use super::reader::{KeyParts, KeyText};
use super::template::{Encoding, Escaped, PartSpec};
use super::writer::KeyWriter;
use crate::error::Result;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A type that can be part of a key.
///
/// Implemented for text, `char`, integers, `bool`, timestamps, dates, civil times, IP addresses, arrays
/// of bytes and, behind features, types of `chrono`, `time`, `uuid` and `ulid` (see [the module](crate::key)). `#[derive(KeyPart)]` implements it for structs of one of these and
/// for enums without fields. Floats cannot be parts, because they have no exact key text. An
/// `Option` can only be a part of an index key.
///
/// # Implementing it by hand
///
/// Write the value with the method of [`KeyWriter`] that belongs to the
/// [`CLASS`](KeyPart::CLASS). The class says how wide the part is and which bytes it can have at
/// each place. Proofs at compile time and the bounds of ranges depend on that, so what was written
/// is checked: if it does not have that form, the request fails with
/// [`is_invalid_key`](crate::Error::is_invalid_key), and the error names the part.
///
/// Two promises cannot be checked. Different values must be written as different texts. If the
/// [`Kind`](KeyPart::Kind) is [`kind::Ordered`], the texts must have the order of the values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key: use text, an integer, a time, or a type that derives `KeyPart`",
    label = "not a key part",
    note = "this is also asked of fields in `unique(..)`, because their values are in the key of a guard",
    note = "key parts are text, `char`, integers, `bool`, times, dates, UUIDs, ULIDs, IP addresses, `[u8; N]` and types that derive `KeyPart`",
    note = "types of the crates chrono, time, uuid and ulid need monotable's feature of that name",
    note = "an index key, not the primary key, may also have an `Option<..>` of these, written as such"
)]
pub trait KeyPart: Clone + Send + Sync + 'static {
    /// Says how wide the part is, and which bytes it can have.
    const CLASS: Class;

    /// [`kind::Text`], [`kind::Ordered`], [`kind::Character`] or [`kind::Named`]: what a query can do with
    /// the part.
    type Kind;

    /// Appends the value.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if the value does not fit the part.
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()>;

    /// Reads what [`write`](KeyPart::write) wrote.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the text is not such a part.
    fn read(text: &KeyText<'_>) -> Result<Self>;

    /// Returns whether the format keeps the whole value. For example, a time down to seconds loses its
    /// fraction.
    fn is_exact(&self, format: Format) -> bool {
        let _ = format;
        true
    }

    /// Returns the value as a part. Generated code calls this function, so that a type which is not a
    /// part is reported once only.
    #[doc(hidden)]
    fn as_part(&self) -> Option<&dyn PartValue> {
        Some(self)
    }

    /// Returns the functions that write and read a part of a primary key. Generated code calls it for the
    /// same reason.
    #[doc(hidden)]
    fn part_fns() -> PartFns<Self> {
        PartFns { part: Self::as_part, read: |parts, field| parts.read(field) }
    }
}

/// The functions that write and read a key part of type `T`: those of [`KeyPart`], as values.
///
/// With them, core can write and read tuples of any types, and the derive emits one function for the key
/// of an entity. A bound on the tuple would report a type that is not a key part a second time.
#[doc(hidden)]
pub struct PartFns<T> {
    pub(super) part: fn(&T) -> Option<&dyn PartValue>,
    pub(super) read: fn(&KeyParts<'_>, u16) -> Result<T>,
}

impl<T> fmt::Debug for PartFns<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartFns")
    }
}

/// Returns the part inside of an `Option`, with its own [`as_part`](KeyPart::as_part). Generated code calls
/// it.
#[doc(hidden)]
pub fn optional<T>(
    value: &Option<T>,
    part: fn(&T) -> Option<&dyn PartValue>,
) -> Option<&dyn PartValue> {
    value.as_ref().and_then(part)
}

/// A [`KeyPart`] behind a reference, whatever its type.
///
/// Because of it, all entities share one rendering function, which keeps the generated code small.
pub trait PartValue {
    /// Appends the value.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if the value does not fit the part.
    fn write_part(&self, out: &mut KeyWriter<'_>) -> Result<()>;

    /// Returns whether the format keeps the whole value.
    fn is_exact_part(&self, format: Format) -> bool;
}

impl<T: KeyPart> PartValue for T {
    fn write_part(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        self.write(out)
    }

    fn is_exact_part(&self, format: Format) -> bool {
        self.is_exact(format)
    }
}

impl PartSpec {
    /// Appends the value as this part of a key. `literal` is the literal before it, from
    /// [`literal_before`](super::template::literal_before).
    pub(crate) fn write(
        &self,
        value: &dyn PartValue,
        encoding: Encoding,
        literal: &'static str,
        out: &mut String,
    ) -> Result<()> {
        let start = out.len();
        value.write_part(&mut KeyWriter { spec: self, encoding, literal, out })?;
        let part = out.get(start..).unwrap_or_default();
        self.check(part)?;
        if self.format.descending {
            let reversed: String =
                part.bytes().map(|byte| char::from(self.class.reversed(byte))).collect();
            out.truncate(start);
            out.push_str(&reversed);
        }
        Ok(())
    }

    /// Checks that a part has the form of its class. All promises of keys depend on it, and the part
    /// may have been written by an implementation of the user.
    fn check(&self, part: &str) -> Result<()> {
        let Some(width) = self.class.width(self.format) else {
            return if part.is_empty() && !self.format.or_empty {
                Err(self.empty())
            } else {
                Ok(())
            };
        };
        let correct = "correct its implementation of `KeyPart`";
        if part.len() != width {
            return Err(self.error(format_args!(
                "is written as `{part}`, and the `CLASS` of its type says {width} bytes: {correct}"
            )));
        }
        let mut bytes = part.bytes().enumerate();
        match bytes.find(|(at, byte)| !self.class.bytes_at(*at).contains(*byte)) {
            Some((at, _)) => Err(self.error(format_args!(
                "is written as `{part}`, and the `CLASS` of its type excludes byte {at}: {correct}"
            ))),
            None => Ok(()),
        }
    }
}

impl KeyParts<'_> {
    /// Reads the part of a field. If the key has several, reads the one that holds the whole value.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the text is not such a part.
    pub fn read<T: KeyPart>(&self, field: u16) -> Result<T> {
        T::read(&self.text(field)?)
    }
}

impl fmt::Debug for dyn PartValue + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartValue")
    }
}

/// The types that [`KeyPart::Kind`] can be. They say what a query can do with a part.
pub mod kind {
    /// A query can use `eq`, `range` and `begins_with`.
    #[derive(Debug)]
    pub enum Text {}
    /// A query can use `eq` and `range`.
    #[derive(Debug)]
    pub enum Ordered {}
    /// A query can use `eq` and, unless the keys are raw, `range`.
    #[derive(Debug)]
    pub enum Character {}
    /// A query can only use `eq`. The keys are names, which do not have the order of the values.
    #[derive(Debug)]
    pub enum Named {}
    /// The kind of a part that does not exist. It allows everything, so that the compiler reports only
    /// that the part is missing.
    #[derive(Debug)]
    pub enum Absent {}
}

/// A kind of part that `begins_with` can be used with. `T` is the type of the part.
#[diagnostic::on_unimplemented(
    message = "`begins_with` needs a text part, and the next part of this key is a `{T}`: use `.eq(..)`",
    label = "not a text part",
    note = "numbers and times also have `.range(a..b)`"
)]
pub trait TextKind<T> {}
#[diagnostic::do_not_recommend]
impl<T> TextKind<T> for kind::Text {}
#[diagnostic::do_not_recommend]
impl<T> TextKind<T> for kind::Absent {}

/// A kind of part that `range` can be used with, in tables of encoding `X`. `T` is the type of the
/// part.
#[diagnostic::on_unimplemented(
    message = "`range` needs an ordered part, but the keys of `{T}` do not have the order of its values: use `.eq(..)`",
    label = "not an ordered part",
    note = "enums are ordered by name, and text is not in order in a table whose encoding is raw",
    note = "or give the part a form that keeps its order, such as an integer"
)]
pub trait OrderedKind<T, X> {}
#[diagnostic::do_not_recommend]
impl<T> OrderedKind<T, Escaped> for kind::Text {}
#[diagnostic::do_not_recommend]
impl<T> OrderedKind<T, Escaped> for kind::Character {}
#[diagnostic::do_not_recommend]
impl<T, X> OrderedKind<T, X> for kind::Ordered {}
#[diagnostic::do_not_recommend]
impl<T, X> OrderedKind<T, X> for kind::Absent {}

macro_rules! text {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const CLASS: Class = Class::Text;
            type Kind = kind::Text;
            fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
                out.text(self)
            }
            fn read(text: &KeyText<'_>) -> Result<Self> {
                Ok(text.text()?.into_owned().into())
            }
        }
    )*};
}
text!(String, Box<str>, Arc<str>, Cow<'static, str>);

#[diagnostic::do_not_recommend]
impl KeyPart for bool {
    const CLASS: Class = Class::Bool;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.fixed(if *self { "1" } else { "0" });
        Ok(())
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        match text.as_str() {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err(text.error("is neither `0` nor `1`")),
        }
    }
}

/// The part after the last one. It does not exist, and binding it does not compile.
#[derive(Debug, Clone, Copy)]
pub struct Absent;

#[diagnostic::do_not_recommend]
impl KeyPart for Absent {
    const CLASS: Class = Class::Text;
    type Kind = kind::Absent;
    fn write(&self, _: &mut KeyWriter<'_>) -> Result<()> {
        Ok(())
    }
    fn read(_: &KeyText<'_>) -> Result<Self> {
        Ok(Absent)
    }
}

#[cfg(test)]
mod tests;
