//! `Json`: a value of any serde format as JSON text.
//!
//! The runtimes of functions read an event by serde and do not hand over its text. So the text is written again, and the
//! items in it are read by the codec of all other items. It has no escapes but those that JSON needs.

use monotable_json::write_string;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt::{self, Write as _};

/// A value as JSON text.
pub(super) struct Json(pub(super) String);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut out = String::new();
        Writer(&mut out).deserialize(deserializer)?;
        Ok(Json(out))
    }
}

/// The name of the only entry of the map that serde_json hands over in place of a number, with its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Writes the value that it visits.
struct Writer<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Writer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Writer<'_> {
    fn word<E>(self, word: impl fmt::Display) -> Result<(), E> {
        // A text can be written to without an error.
        let _ = write!(self.0, "{word}");
        Ok(())
    }
}

impl<'de> Visitor<'de> for Writer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.word(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.word(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.word(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        if value.is_finite() { self.word(value) } else { self.word("null") }
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        write_string(self.0, value);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.word("null")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.word("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.0.push('[');
        while elements.next_element_seed(Writer(self.0))?.is_some() {
            self.0.push(',');
        }
        self.close(start, ']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let start = self.0.len();
        self.0.push('{');
        while let Some(name) = entries.next_key::<String>()? {
            if name == NUMBER && self.0.len() == start + 1 {
                let Json(value) = entries.next_value()?;
                if let Some(digits) = digits(&value) {
                    self.0.truncate(start);
                    self.0.push_str(digits);
                    return Ok(());
                }
                // An attribute or a key of a map can have this name, too. Its value is no text.
                write_string(self.0, &name);
                self.0.push(':');
                self.0.push_str(&value);
                self.0.push(',');
                continue;
            }
            write_string(self.0, &name);
            self.0.push(':');
            entries.next_value_seed(Writer(self.0))?;
            self.0.push(',');
        }
        self.close(start, '}');
        Ok(())
    }
}

impl Writer<'_> {
    /// Ends a list or map, after the comma of its last element.
    fn close(self, start: usize, bracket: char) {
        if self.0.len() > start + 1 && self.0.ends_with(',') {
            self.0.pop();
        }
        self.0.push(bracket);
    }
}

/// Returns the digits of a number that is written as a text.
fn digits(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    digits.bytes().all(is_number).then_some(digits).filter(|digits| !digits.is_empty())
}
