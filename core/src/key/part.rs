//! What may stand in a key.

use super::class::{Class, Format};
use super::read::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A type that may be part of a key.
///
/// Implemented for text, integers, `bool`, timestamps, dates and, behind features, `chrono`,
/// `time`, `uuid` and `ulid`. `#[derive(KeyPart)]` implements it for newtypes of these and for
/// enums without fields. Floats have no exact key, and an `Option` may stand in index keys only.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be part of a key",
    label = "not a key part",
    note = "key parts are text, integers, `bool`, times, dates, UUIDs, ULIDs and types that derive `KeyPart`",
    note = "an `Option` of these may be part of an index key, never of the primary key"
)]
pub trait KeyPart: Clone + Send + Sync + 'static {
    /// How wide its keys are, and which bytes they have.
    const CLASS: Class;

    /// [`kind::Text`], [`kind::Ordered`] or [`kind::Named`]: what a query may do with the part.
    type Kind;

    /// Appends the value.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if it does not fit.
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()>;

    /// Reads what [`write`](KeyPart::write) wrote.
    ///
    /// # Errors
    ///
    /// [`is_decode`](crate::Error::is_decode) if the text is no such part.
    fn read(text: &KeyText<'_>) -> Result<Self>;

    /// Whether the format keeps all of the value; a time down to seconds loses its fraction.
    fn is_exact(&self, format: Format) -> bool {
        let _ = format;
        true
    }

    /// The value as a part; how generated code names it, so that a type which is no part is
    /// reported once.
    #[doc(hidden)]
    fn as_part(&self) -> Option<&dyn PartValue> {
        Some(self)
    }
}

/// A [`KeyPart`] behind a reference, whatever its type.
///
/// One rendering function serves all entities because of it; it is what keeps the generated code
/// small.
pub trait PartValue {
    /// Appends the value.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](crate::Error::is_invalid_key) if it does not fit.
    fn write_part(&self, out: &mut KeyWriter<'_>) -> Result<()>;

    /// Whether the format keeps all of the value.
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

impl fmt::Debug for dyn PartValue + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartValue")
    }
}

/// A field as an index key sees it: a part, or an `Option` of one whose absence leaves the item
/// out of the index.
pub trait IndexPart {
    /// The part's type.
    type Part: KeyPart;
    /// The part's class.
    const CLASS: Class = <Self::Part as KeyPart>::CLASS;
    /// The part, if it is there.
    fn as_index_part(&self) -> Option<&dyn PartValue>;
}

#[diagnostic::do_not_recommend]
impl<T: KeyPart> IndexPart for T {
    type Part = T;
    fn as_index_part(&self) -> Option<&dyn PartValue> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: KeyPart> IndexPart for Option<T> {
    type Part = T;
    fn as_index_part(&self) -> Option<&dyn PartValue> {
        self.as_ref().map(|part| part as &dyn PartValue)
    }
}

/// What a query may do with a part: the values of [`KeyPart::Kind`].
pub mod kind {
    /// `eq`, `range` and `begins_with`.
    #[derive(Debug)]
    pub enum Text {}
    /// `eq` and `range`.
    #[derive(Debug)]
    pub enum Ordered {}
    /// `eq`: the keys are names, whose order is not that of the values.
    #[derive(Debug)]
    pub enum Named {}
    /// Of the part that is not there; everything, so that its absence is the one thing reported.
    #[derive(Debug)]
    pub enum Absent {}
}

/// The kinds of part that `begins_with` takes. `T` is the part's type.
#[diagnostic::on_unimplemented(
    message = "`begins_with` needs a text part, and the next part of this key is a `{T}`",
    label = "not a text part",
    note = "use `.range(a..b)` on numbers and times, `.eq(..)` on the rest"
)]
pub trait TextKind<T> {}
#[diagnostic::do_not_recommend]
impl<T> TextKind<T> for kind::Text {}
#[diagnostic::do_not_recommend]
impl<T> TextKind<T> for kind::Absent {}

/// The kinds of part that `range` takes, in tables of encoding `X`. `T` is the part's type.
#[diagnostic::on_unimplemented(
    message = "`range` needs an ordered part, and the keys of `{T}` are not in its own order",
    label = "not an ordered part",
    note = "use `.eq(..)`: enums are ordered by name, and text is not in order in a table whose encoding is raw",
    note = "or give the part a form that keeps its order, such as an integer"
)]
pub trait OrderedKind<T, X> {}
#[diagnostic::do_not_recommend]
impl<T> OrderedKind<T, super::Escaped> for kind::Text {}
#[diagnostic::do_not_recommend]
impl<T, X> OrderedKind<T, X> for kind::Ordered {}
#[diagnostic::do_not_recommend]
impl<T, X> OrderedKind<T, X> for kind::Absent {}

macro_rules! text {
    ($($type:ty),*) => {$(
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

/// The part after the last one: there is none, and binding it does not compile.
#[derive(Debug, Clone, Copy)]
pub struct Absent;

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
