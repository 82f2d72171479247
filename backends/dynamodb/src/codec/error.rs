//! What goes wrong between serde and attribute values.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::de::{Expected, Unexpected};
use serde::{de, ser};

/// A value that could not be encoded or decoded, and the attribute it was in.
///
/// Messages say what kind of value was found, never which: items hold personal data, and errors
/// end up in logs. They are worded as those of [`monotable_core::value::ValueError`].
#[derive(Debug)]
pub(crate) struct CodecError(Box<Inner>);

// Boxed, because every step of the codec returns a result.
#[derive(Debug)]
struct Inner {
    attribute: String,
    message: Cow<'static, str>,
}

impl CodecError {
    #[cold]
    pub(super) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        CodecError(Box::new(Inner { attribute: String::new(), message: message.into() }))
    }

    /// The same error one level up, in the entry `name` of a map.
    #[cold]
    pub(super) fn within(mut self, name: &str) -> Self {
        let path = &mut self.0.attribute;
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        *path = format!("{name}{dot}{path}");
        self
    }

    /// The same error one level up, in the element `index` of a list.
    #[cold]
    pub(super) fn within_element(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { attribute, message } = &*self.0;
        if attribute.is_empty() {
            f.write_str(message)
        } else {
            write!(f, "attribute `{attribute}`: {message}")
        }
    }
}

impl std::error::Error for CodecError {}

impl ser::Error for CodecError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

impl de::Error for CodecError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("found {}, expected {expected}", kind(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("invalid {}, expected {expected}", kind(found)))
    }

    fn unknown_variant(_found: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown variant, expected one of `{}`", expected.join("`, `")))
    }
}

/// What was found, without its value.
fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "bool",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "integer",
        Unexpected::Float(_) => "float",
        Unexpected::Char(_) | Unexpected::Str(_) => "text",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::NewtypeStruct => "newtype struct",
        Unexpected::Seq => "list",
        Unexpected::Map => "map",
        Unexpected::Enum | Unexpected::UnitVariant => "variant without content",
        Unexpected::NewtypeVariant | Unexpected::TupleVariant | Unexpected::StructVariant => {
            "variant with content"
        }
        // serde has no kind for 128-bit integers: it describes them, value and all.
        Unexpected::Other(what) if what.starts_with("integer") => "integer",
        Unexpected::Other("number") => "number",
        Unexpected::Other(_) => "another kind of value",
    }
}
