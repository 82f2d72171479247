//! Writing one part into a key.

use super::civil;
use super::class::Class;
use super::format::Unit;
use super::template::{Encoding, PartSpec};
use super::text;
use crate::error::{Error, Result};
use jiff::civil::DateTime;
use std::fmt::Display;

/// Writes the value of a [`KeyPart`](super::KeyPart) into a key.
///
/// It knows the format of the part in the template, and the name of the field for errors.
#[derive(Debug)]
pub struct KeyWriter<'a> {
    pub(super) spec: &'a PartSpec,
    pub(super) encoding: Encoding,
    /// The literal that the template has directly before the part; see
    /// [`literal_before`](super::template::literal_before).
    pub(super) literal: &'static str,
    pub(super) out: &'a mut String,
}

impl KeyWriter<'_> {
    /// Returns an error that names the part. `message` continues "key part `x`".
    #[must_use]
    pub fn error(&self, message: impl Display) -> Error {
        self.spec.error(message)
    }

    /// Returns the unit of time that the template names.
    #[must_use]
    pub fn unit(&self) -> Option<Unit> {
        self.spec.format.unit
    }

    /// Writes text.
    ///
    /// # Errors
    ///
    /// If the text is empty and the template does not say `{x?}`; if it begins with the literal that the
    /// template has before the part, such as `ORDER#`; or if the encoding of the table is raw and the text
    /// contains the separator `#`.
    pub fn text(&mut self, text: &str) -> Result<()> {
        if text.is_empty() && !self.spec.format.or_empty {
            return Err(self.spec.empty());
        }
        if !self.literal.is_empty() && text.starts_with(self.literal) {
            return Err(self.error(format_args!(
                "begins with `{}`, which the template itself writes before the value: give only what comes after it",
                self.literal
            )));
        }
        match self.encoding {
            Encoding::Escaped => text::escape(text, self.out),
            Encoding::Raw if text.contains('#') => {
                return Err(self.error(
                    "contains `#`, which separates the components of a raw key: remove it, or use the escaped encoding",
                ));
            }
            Encoding::Raw => self.out.push_str(text),
        }
        Ok(())
    }

    /// Writes an unsigned integer with the width in the template, or with that of its type.
    ///
    /// # Errors
    ///
    /// If the integer has more digits than the width.
    pub fn unsigned(&mut self, value: u128) -> Result<()> {
        let width = self.digits();
        let start = self.out.len();
        push_padded(value, width, self.out);
        if self.out.len() - start > width {
            self.out.truncate(start);
            return Err(self.too_wide(&value, width));
        }
        Ok(())
    }

    /// Writes a signed integer: `p` and its digits, or `n` and the complement of its digits.
    ///
    /// # Errors
    ///
    /// If the integer has more digits than the width.
    pub fn signed(&mut self, value: i128) -> Result<()> {
        let width = self.digits();
        let mut digits = String::with_capacity(width);
        push_padded(value.unsigned_abs(), width, &mut digits);
        if digits.len() > width {
            return Err(self.too_wide(&value, width));
        }
        if value < 0 {
            self.out.push('n');
            self.out.extend(digits.bytes().map(|digit| char::from(b'0' + b'9' - digit)));
        } else {
            self.out.push('p');
            self.out.push_str(&digits);
        }
        Ok(())
    }

    /// Writes a time, down to the unit of time in the template, or to that of its type. It is in UTC, unless
    /// the class of the type has no time zone. A [`Class::Clock`] has no date.
    ///
    /// # Errors
    ///
    /// If the year is not between 0 and 9999, or if the class of the type is not a time.
    pub fn time(&mut self, time: DateTime) -> Result<()> {
        let Some(unit) = self.spec.unit() else {
            return Err(
                self.error("is written as a time, but the `CLASS` of its type is not a time")
            );
        };
        civil::write(time, unit, self.spec.class.span(), self.out)
            .map_err(|fault| self.error(fault))
    }

    /// Writes ASCII text that has the fixed width of the class.
    pub(crate) fn fixed(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn digits(&self) -> usize {
        match (self.spec.format.width, self.spec.class) {
            (0, Class::Unsigned { digits } | Class::Signed { digits }) => usize::from(digits),
            // The type writes an integer, but its class is not an integer. The check of the written
            // part refuses it.
            (0, _) => 39,
            (width, _) => usize::from(width),
        }
    }

    fn too_wide(&self, value: &dyn Display, width: usize) -> Error {
        self.error(format_args!(
            "is {value}, which does not fit into {width} digits: widen it in the template, or leave the width out"
        ))
    }
}

/// Appends the decimal digits, padded with zeros to `width`. A longer number is not cut off.
fn push_padded(mut value: u128, width: usize, out: &mut String) {
    let mut digits = [b'0'; 39];
    let mut used = 0;
    for slot in digits.iter_mut().rev() {
        if value == 0 && used >= width.min(39) {
            break;
        }
        *slot = b'0' + (value % 10) as u8;
        value /= 10;
        used += 1;
    }
    let start = 39 - used;
    out.extend(digits.iter().skip(start).map(|digit| char::from(*digit)));
}
