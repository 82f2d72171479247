//! Writes the binary form in one pass.

use std::fmt::{self, Display, Write};

use serde::Serialize;

use super::{ValueError, binary, measure};

mod entries;
mod marked;

pub(super) use entries::Entry;
use entries::FEW_NAMES;

/// How deep values may be nested: an attribute of the item is at level 1.
const MAX_LEVEL: u8 = 32;

pub(super) struct Writer {
    out: Vec<u8>,
    /// What has been written so far counts for so much by DynamoDB's rules.
    size: usize,
    /// The level of the next value: 0 is the item itself.
    level: u8,
    /// The value just written was a `None` that is an attribute of the item.
    absent: bool,
    /// Hashes of the names in the maps that are open, the innermost last. They make it cheap to see
    /// that a name is new, which nearly every name is.
    hashes: Vec<u32>,
}

/// A list or map that has been begun.
pub(super) struct Open {
    /// Where its content starts.
    content: usize,
    /// Where its names' hashes start.
    hashes: usize,
}

impl Writer {
    /// A writer of an item.
    pub(super) fn item() -> Self {
        let mut out = Vec::with_capacity(256);
        // The header is filled in when the size is known.
        out.extend_from_slice(&[0; 5]);
        Writer { out, size: 0, level: 0, absent: false, hashes: Vec::with_capacity(FEW_NAMES) }
    }

    /// Writes a value that stands alone: an attribute without its item.
    pub(super) fn one_value<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, ValueError> {
        let mut writer =
            Writer { out: Vec::new(), size: 0, level: 1, absent: false, hashes: Vec::new() };
        value.serialize(&mut writer)?;
        Ok(writer.out)
    }

    pub(super) fn into_item(mut self) -> Result<Vec<u8>, ValueError> {
        if let Some(start) = self.out.first_chunk_mut() {
            *start = binary::header(self.size)?;
        }
        Ok(self.out)
    }

    /// Begins a value other than a map, which counts for `size`. An item cannot be one.
    #[inline]
    fn begin(&mut self, size: usize) -> Result<(), ValueError> {
        if self.level == 0 {
            return Err(ValueError::new("an item must be a struct or a map"));
        }
        self.size += size;
        Ok(())
    }

    pub(super) fn null(&mut self) -> Result<(), ValueError> {
        self.begin(1)?;
        self.out.push(binary::NULL);
        Ok(())
    }

    pub(super) fn none(&mut self) -> Result<(), ValueError> {
        self.absent = self.level == 1;
        self.null()
    }

    pub(super) fn bool(&mut self, value: bool) -> Result<(), ValueError> {
        self.begin(1)?;
        self.out.push(if value { binary::TRUE } else { binary::FALSE });
        Ok(())
    }

    #[inline]
    pub(super) fn unsigned(&mut self, value: u64) -> Result<(), ValueError> {
        self.begin(measure::unsigned(value))?;
        match u8::try_from(value) {
            Ok(small @ ..=binary::SMALL_INT_MAX) => self.out.push(binary::SMALL_INT | small),
            _ => self.integer(0, value),
        }
        Ok(())
    }

    #[inline]
    pub(super) fn signed(&mut self, value: i64) -> Result<(), ValueError> {
        match u64::try_from(value) {
            Ok(value) => self.unsigned(value),
            Err(_) => {
                self.begin(measure::negative(value.unsigned_abs()))?;
                // In two's complement, the complement of `-1 - n` is `n`.
                self.integer(binary::NEGATIVE, !value as u64);
                Ok(())
            }
        }
    }

    fn integer(&mut self, sign: u8, value: u64) {
        if let Ok(value) = u8::try_from(value) {
            self.out.extend_from_slice(&[binary::U8 | sign, value]);
        } else if let Ok(value) = u16::try_from(value) {
            self.out.push(binary::U16 | sign);
            self.out.extend_from_slice(&value.to_le_bytes());
        } else if let Ok(value) = u32::try_from(value) {
            self.out.push(binary::U32 | sign);
            self.out.extend_from_slice(&value.to_le_bytes());
        } else {
            self.out.push(binary::U64 | sign);
            self.out.extend_from_slice(&value.to_le_bytes());
        }
    }

    pub(super) fn unsigned_128(&mut self, value: u128) -> Result<(), ValueError> {
        if let Ok(value) = u64::try_from(value) {
            return self.unsigned(value);
        }
        self.begin(measure::unsigned_128(value))?;
        self.out.push(binary::U128);
        self.out.extend_from_slice(&value.to_le_bytes());
        Ok(())
    }

    pub(super) fn signed_128(&mut self, value: i128) -> Result<(), ValueError> {
        if let Ok(value) = u128::try_from(value) {
            return self.unsigned_128(value);
        }
        if let Ok(value) = i64::try_from(value) {
            return self.signed(value);
        }
        self.begin(measure::unsigned_128(value.unsigned_abs()) + 1)?;
        self.out.push(binary::U128 | binary::NEGATIVE);
        self.out.extend_from_slice(&(!value).to_le_bytes());
        Ok(())
    }

    pub(super) fn float(&mut self, value: f64) -> Result<(), ValueError> {
        if !value.is_finite() {
            return Err(ValueError::new("neither NaN nor infinity can be stored"));
        }
        self.begin(measure::float(value))?;
        self.out.push(binary::FLOAT);
        self.out.extend_from_slice(&value.to_le_bytes());
        Ok(())
    }

    #[inline]
    pub(super) fn text(&mut self, text: &str) -> Result<(), ValueError> {
        self.begin(text.len())?;
        if text.len() <= binary::SHORT_TEXT_MAX {
            self.out.push(binary::SHORT_TEXT | text.len() as u8);
        } else {
            self.out.push(binary::TEXT);
            length(&mut self.out, text.len())?;
        }
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// Text that is formatted straight into the output.
    pub(super) fn formatted_text<T: Display + ?Sized>(
        &mut self,
        text: &T,
    ) -> Result<(), ValueError> {
        self.begin(0)?;
        self.formatted(text, binary::SHORT_TEXT, &[binary::TEXT])
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), ValueError> {
        self.begin(bytes.len())?;
        self.out.push(binary::BYTES);
        length(&mut self.out, bytes.len())?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// Begins a list.
    pub(super) fn open_list(&mut self) -> Result<Open, ValueError> {
        self.begin(3)?;
        self.open(binary::LIST)
    }

    /// Begins a map, or at the top the item.
    #[inline]
    pub(super) fn open_map(&mut self) -> Result<Open, ValueError> {
        if self.level == 0 {
            self.level = 1;
            return Ok(Open { content: self.out.len(), hashes: self.hashes.len() });
        }
        self.size += 3;
        self.open(binary::MAP)
    }

    fn open(&mut self, tag: u8) -> Result<Open, ValueError> {
        // What is in it would be a level too deep.
        if self.level >= MAX_LEVEL {
            return Err(ValueError::new("values are nested more than 32 levels deep"));
        }
        self.level += 1;
        // The length is filled in when it is closed.
        self.out.extend_from_slice(&[tag, 0, 0, 0, 0]);
        Ok(Open { content: self.out.len(), hashes: self.hashes.len() })
    }

    pub(super) fn close(&mut self, open: &Open) -> Result<(), ValueError> {
        self.level -= 1;
        self.check_many_names(open)?;
        self.hashes.truncate(open.hashes);
        if self.level == 0 {
            return Ok(());
        }
        let length =
            u32::try_from(self.out.len() - open.content).map_err(|_| binary::too_large())?;
        let before = self.out.get_mut(..open.content).and_then(|out| out.last_chunk_mut());
        if let Some(slot) = before {
            *slot = length.to_le_bytes();
        }
        Ok(())
    }

    /// Begins an element of a list.
    #[inline]
    pub(super) fn element(&mut self) {
        self.size += 1;
    }

    /// Writes text of a length that is known only afterwards: nearly always one byte will do.
    fn formatted<T: Display + ?Sized>(
        &mut self,
        text: &T,
        short: u8,
        long: &[u8],
    ) -> Result<(), ValueError> {
        let start = self.out.len();
        self.out.push(0);
        write!(Utf8(&mut self.out), "{text}")
            .map_err(|_| ValueError::new("its `Display` failed"))?;
        let written = self.out.len() - start - 1;
        self.size += written;
        if written <= binary::SHORT_TEXT_MAX {
            if let Some(prefix) = self.out.get_mut(start) {
                *prefix = short | written as u8;
            }
            return Ok(());
        }
        let mut prefix = long.to_vec();
        length(&mut prefix, written)?;
        self.out.splice(start..=start, prefix);
        Ok(())
    }
}

#[inline]
fn length(out: &mut Vec<u8>, length: usize) -> Result<(), ValueError> {
    match u8::try_from(length) {
        Ok(short @ ..0x80) => out.push(short),
        _ => {
            let mut rest = u32::try_from(length).map_err(|_| binary::too_large())?;
            while rest >= 0x80 {
                out.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            out.push(rest as u8);
        }
    }
    Ok(())
}

struct Utf8<'a>(&'a mut Vec<u8>);

impl Write for Utf8<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
