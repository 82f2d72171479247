//! Parses keys into their parts.

use super::civil;
use super::template::{Encoding, PartSpec, Segment, Template};
use super::text;
use crate::error::{Error, Kind, Result};
use jiff::civil::DateTime;
use std::borrow::Cow;
use std::fmt::Display;

/// The text of one part of a key, for [`KeyPart::read`](super::KeyPart::read).
#[derive(Debug)]
pub struct KeyText<'a> {
    spec: &'a PartSpec,
    encoding: Encoding,
    text: Cow<'a, str>,
}

impl KeyText<'_> {
    /// Returns an error that names the part. `message` continues "key part `x`".
    #[must_use]
    pub fn error(&self, message: impl Display) -> Error {
        Error::new(Kind::Decode, format!("key part `{}` {message}", self.spec.name))
    }

    /// The text of the part. If the part is descending, its order is already reversed back.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text that was written.
    ///
    /// # Errors
    ///
    /// If the part is not text as monotable escapes it.
    pub fn text(&self) -> Result<Cow<'_, str>> {
        match self.encoding {
            Encoding::Raw => Ok(Cow::Borrowed(&self.text)),
            Encoding::Escaped => {
                text::unescape(&self.text).ok_or_else(|| self.error("is not escaped text"))
            }
        }
    }

    /// Returns the unsigned integer that was written.
    ///
    /// # Errors
    ///
    /// If the part is not an unsigned integer.
    pub fn unsigned(&self) -> Result<u128> {
        self.digits(&self.text).ok_or_else(|| self.error("is not a number"))
    }

    /// Returns the signed integer that was written.
    ///
    /// # Errors
    ///
    /// If the part is not a signed integer.
    pub fn signed(&self) -> Result<i128> {
        let value = if let Some(digits) = self.text.strip_prefix('p') {
            self.digits(digits).and_then(|value| i128::try_from(value).ok())
        } else if let Some(complement) = self.text.strip_prefix('n') {
            let digits: String = complement
                .bytes()
                .map(|digit| char::from(b'0'.wrapping_add(b'9').wrapping_sub(digit)))
                .collect();
            self.digits(&digits).and_then(|value| 0_i128.checked_sub_unsigned(value))
        } else {
            None
        };
        value.ok_or_else(|| self.error("is not a signed number"))
    }

    /// Returns the time that was written: in UTC, unless the class of the type has no time zone. All units that are smaller than the part's unit have
    /// their least value.
    ///
    /// # Errors
    ///
    /// If the part is not a time.
    pub fn time(&self) -> Result<DateTime> {
        let unit = self.spec.unit();
        let time = unit.and_then(|unit| civil::read(&self.text, unit, self.spec.class.span()));
        time.ok_or_else(|| self.error("is not a time"))
    }

    fn digits(&self, digits: &str) -> Option<u128> {
        if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok()
    }
}

/// A primary key, split into the texts of its parts, for [`Entity::read_key`](crate::Entity).
#[derive(Debug)]
pub struct KeyParts<'a> {
    encoding: Encoding,
    parts: Vec<(&'a PartSpec, &'a str)>,
}

impl<'a> KeyParts<'a> {
    /// Splits keys according to their templates.
    pub(crate) fn cut<const N: usize>(
        keys: [(&'a str, Template); N],
        encoding: Encoding,
    ) -> Result<Self> {
        let mut parts = Vec::with_capacity(4);
        for (key, template) in keys {
            cut(key, template, &mut parts).ok_or_else(|| {
                Error::new(Kind::Decode, format!("key `{key}` does not follow its template"))
            })?;
        }
        Ok(KeyParts { encoding, parts })
    }

    /// Returns the text of a part that is written in the same way as `like`, as it stands in the key.
    pub(crate) fn text_like(&self, like: &PartSpec) -> Option<&'a str> {
        let same = |spec: &PartSpec| spec.field == like.field && spec.writes_like(like);
        self.parts.iter().find(|(spec, _)| same(spec)).map(|(_, text)| *text)
    }

    /// Returns the text of a field's part. If there are several, returns the one that holds the whole
    /// value.
    pub(super) fn text(&self, field: u16) -> Result<KeyText<'_>> {
        // A bucket holds less than the whole value, so the text with the finest unit is the right one.
        let found = self
            .parts
            .iter()
            .filter(|(spec, _)| spec.field == field)
            .max_by_key(|(_, text)| text.len());
        let Some((spec, text)) = found else {
            return Err(Error::new(Kind::Decode, "the key does not have this part"));
        };
        let text = if spec.format.descending {
            Cow::Owned(text.bytes().map(|b| char::from(spec.class.reversed(b))).collect())
        } else {
            Cow::Borrowed(*text)
        };
        Ok(KeyText { spec, encoding: self.encoding, text })
    }
}

/// Splits a key into the texts of its parts. Returns `None` if it does not follow the template.
fn cut<'a>(
    key: &'a str,
    template: &'a [Segment],
    parts: &mut Vec<(&'a PartSpec, &'a str)>,
) -> Option<()> {
    let mut rest = key;
    for segment in template {
        match segment {
            Segment::Literal(literal) => rest = rest.strip_prefix(literal)?,
            Segment::Part(spec) => {
                // A variable-width part ends its component.
                let width = match spec.class.width(spec.format) {
                    Some(width) => width,
                    None => rest.find('#').unwrap_or(rest.len()),
                };
                let (text, after) = rest.split_at_checked(width)?;
                parts.push((spec, text));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(())
}
