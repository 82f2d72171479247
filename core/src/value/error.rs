//! `ValueError`, the error of encoding and decoding.

use std::borrow::Cow;
use std::fmt::{self, Display};

use serde::de::{Expected, Unexpected};
use serde::{de, ser};

/// A value that could not be encoded or decoded, and the attribute it was in.
///
/// Messages contain the kind of the value that was found, but never the value itself, because items hold
/// personal data and errors are written to logs. (The message of a type's own `Serialize` or
/// `Deserialize` is not changed.)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueError(Box<Inner>);

// Boxed, because every step of the codec returns a result.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    attribute: String,
    message: Cow<'static, str>,
}

impl ValueError {
    /// Returns an error with this message, for the codecs of backends. The message says what is wrong,
    /// without the value.
    #[cold]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        ValueError(Box::new(Inner { attribute: String::new(), message: message.into() }))
    }

    #[cold]
    pub(super) fn damaged() -> Self {
        Self::new("the stored bytes are damaged")
    }

    /// Returns the path of the attribute, such as `total` or `address.lines[2]`. Empty if the error
    /// concerns the whole item, or the value itself where only a value was converted.
    pub fn attribute(&self) -> &str {
        &self.0.attribute
    }

    /// Returns what is wrong with it.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the same error one level up, in the entry `name` of a map.
    #[cold]
    #[must_use]
    pub fn within(mut self, name: &str) -> Self {
        let path = &mut self.0.attribute;
        let dot = if path.is_empty() || path.starts_with('[') { "" } else { "." };
        *path = format!("{name}{dot}{path}");
        self
    }

    /// Returns the same error one level up, in the element `index` of a list.
    #[cold]
    #[must_use]
    pub fn within_element(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { attribute, message } = &*self.0;
        if attribute.is_empty() {
            f.write_str(message)
        } else {
            write!(f, "attribute `{attribute}`: {message}")
        }
    }
}

impl std::error::Error for ValueError {}

impl ser::Error for ValueError {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

impl de::Error for ValueError {
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

/// Returns what was found, without its value.
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
        // serde has no kind for 128-bit integers. Its description of them contains the value.
        Unexpected::Other(what) if what.starts_with("integer") => "integer",
        Unexpected::Other("decimal") => "decimal",
        Unexpected::Other("number") => "number",
        Unexpected::Other(_) => "another kind of value",
    }
}
