//! Writing values in the binary form, in one pass, as a format of the codec.

mod names;

use crate::value::front::{FormatLimits, Output, SetElements};
use crate::value::number::Repr;
use crate::value::{Number, ValueError, binary, measure};
use names::{FEW_NAMES, hash};
use std::borrow::Cow;
use std::fmt::{self, Display, Write};

type Result<T, E = ValueError> = std::result::Result<T, E>;

pub(in crate::value) struct Writer {
    out: Vec<u8>,
    /// The size of what has been written so far, by DynamoDB's rules.
    size: usize,
    /// Hashes of the names in the open maps; the innermost map is last. With them it is cheap to see that
    /// a name is new, as nearly every name is.
    hashes: Vec<u32>,
}

/// A list, set or map that has been begun.
pub(in crate::value) struct Open {
    /// Where its content starts.
    content: usize,
    /// Where its names' hashes start.
    hashes: usize,
    /// Whether it is the item, which has no tag and no length.
    is_item: bool,
}

/// An entry that has been begun, with the state that is restored if its value is absent.
pub(in crate::value) struct Entry {
    start: usize,
    size: usize,
    hash: u32,
}

impl Writer {
    /// A writer of an item.
    pub(in crate::value) fn item() -> Self {
        let mut out = Vec::with_capacity(256);
        // The header is filled in when the size is known.
        out.extend_from_slice(&[0; 5]);
        Writer { out, size: 0, hashes: Vec::with_capacity(FEW_NAMES) }
    }

    pub(in crate::value) fn into_item(mut self) -> Result<Vec<u8>> {
        if let Some(start) = self.out.first_chunk_mut() {
            *start = binary::header(self.size)?;
        }
        Ok(self.out)
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

    /// Writes an integer with its tag. This does not change the size.
    fn tagged_integer(&mut self, value: i128) {
        match (u64::try_from(value), i64::try_from(value)) {
            (Ok(value), _) => self.unsigned_integer(value),
            // In two's complement, the complement of `-1 - n` is `n`.
            (_, Ok(value)) => self.integer(binary::NEGATIVE, !value as u64),
            _ if value < 0 => {
                self.out.push(binary::U128 | binary::NEGATIVE);
                self.out.extend_from_slice(&(!value).to_le_bytes());
            }
            _ => {
                self.out.push(binary::U128);
                self.out.extend_from_slice(&value.to_le_bytes());
            }
        }
    }

    fn number(&mut self, number: Number) -> Result<()> {
        match number.repr() {
            Repr::Unsigned(value) => match u64::try_from(value) {
                Ok(value) => self.unsigned(value),
                Err(_) => self.big_unsigned(value),
            },
            Repr::Negative(value) => match i64::try_from(value) {
                Ok(value) => self.negative(value),
                Err(_) => self.big_negative(value),
            },
            Repr::Float(value) => self.float(value),
            Repr::Decimal { .. } => self.decimal(number),
        }
    }

    #[inline]
    fn unsigned_integer(&mut self, value: u64) {
        match u8::try_from(value) {
            Ok(small @ ..=binary::SMALL_INT_MAX) => self.out.push(binary::SMALL_INT | small),
            _ => self.integer(0, value),
        }
    }

    fn open(&mut self, tag: u8) -> Open {
        // The length is filled in when it is closed.
        self.out.extend_from_slice(&[tag, 0, 0, 0, 0]);
        Open { content: self.out.len(), hashes: self.hashes.len(), is_item: false }
    }

    fn close(&mut self, open: &Open) -> Result<()> {
        if open.is_item {
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

    #[inline]
    fn begin_entry_at(&mut self, map: &Open) -> (usize, usize) {
        let before = (self.out.len(), self.size);
        // An entry of a map has a byte of overhead; an attribute of the item has none.
        self.size += usize::from(!map.is_item);
        before
    }

    /// Writes text whose length is known only afterwards. One byte is nearly always enough for the length.
    fn formatted_text<T: Display + ?Sized>(
        &mut self,
        text: &T,
        short: u8,
        long: &[u8],
    ) -> Result<()> {
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

impl Output for Writer {
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;

    type Value = ();
    type List = Open;
    type Map = Open;
    type Entry = Entry;

    fn null(&mut self) -> Result<()> {
        self.size += 1;
        self.out.push(binary::NULL);
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<()> {
        self.size += 1;
        self.out.push(if value { binary::TRUE } else { binary::FALSE });
        Ok(())
    }

    #[inline]
    fn unsigned(&mut self, value: u64) -> Result<()> {
        self.size += measure::unsigned(value);
        self.unsigned_integer(value);
        Ok(())
    }

    #[inline]
    fn negative(&mut self, value: i64) -> Result<()> {
        self.size += measure::negative(value.unsigned_abs());
        self.integer(binary::NEGATIVE, !value as u64);
        Ok(())
    }

    fn big_unsigned(&mut self, value: u128) -> Result<()> {
        self.size += measure::unsigned_128(value);
        self.out.push(binary::U128);
        self.out.extend_from_slice(&value.to_le_bytes());
        Ok(())
    }

    fn big_negative(&mut self, value: i128) -> Result<()> {
        self.size += measure::unsigned_128(value.unsigned_abs()) + 1;
        self.tagged_integer(value);
        Ok(())
    }

    fn float(&mut self, value: f64) -> Result<()> {
        self.size += measure::float(value);
        self.out.push(binary::FLOAT);
        self.out.extend_from_slice(&value.to_le_bytes());
        Ok(())
    }

    #[cold]
    fn decimal(&mut self, value: Number) -> Result<()> {
        self.size += measure::decimal(value);
        if let Repr::Decimal { coefficient, exponent } = value.repr() {
            self.out.push(binary::DECIMAL);
            self.out.extend_from_slice(&exponent.to_le_bytes());
            self.tagged_integer(coefficient);
        }
        Ok(())
    }

    #[inline]
    fn text(&mut self, text: &str) -> Result<()> {
        self.size += text.len();
        if text.len() <= binary::SHORT_TEXT_MAX {
            self.out.push(binary::SHORT_TEXT | text.len() as u8);
        } else {
            self.out.push(binary::TEXT);
            length(&mut self.out, text.len())?;
        }
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    fn formatted<T: Display + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.formatted_text(value, binary::SHORT_TEXT, &[binary::TEXT])
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len();
        self.out.push(binary::BYTES);
        length(&mut self.out, bytes.len())?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn set(&mut self, elements: SetElements<'_>) -> Result<()> {
        // The size of a set is that of its elements.
        match elements {
            SetElements::Text(all) => {
                let open = self.open(binary::TEXT_SET);
                all.into_iter().try_for_each(|text| self.text(text))?;
                self.close(&open)
            }
            SetElements::Numbers(all) => {
                let open = self.open(binary::NUMBER_SET);
                all.into_iter().try_for_each(|number| self.number(number))?;
                self.close(&open)
            }
            SetElements::Bytes(all) => {
                let open = self.open(binary::BYTES_SET);
                all.into_iter().try_for_each(|bytes| self.bytes(bytes))?;
                self.close(&open)
            }
        }
    }

    fn begin_list(&mut self, _: usize) -> Result<Open> {
        self.size += 3;
        Ok(self.open(binary::LIST))
    }

    #[inline]
    fn begin_element(&mut self, _: &mut Open) {
        self.size += 1;
    }

    #[inline]
    fn end_element(&mut self, _: &mut Open, (): ()) {}

    fn end_list(&mut self, list: Open) -> Result<()> {
        self.close(&list)
    }

    #[inline]
    fn begin_item(&mut self, _: usize) -> Result<Open> {
        Ok(Open { content: self.out.len(), hashes: self.hashes.len(), is_item: true })
    }

    #[inline]
    fn begin_map(&mut self, _: usize) -> Result<Open> {
        self.size += 3;
        Ok(self.open(binary::MAP))
    }

    #[inline]
    fn begin_entry(&mut self, map: &mut Open, name: &str) -> Result<Entry> {
        let (start, size) = self.begin_entry_at(map);
        self.size += name.len();
        length(&mut self.out, name.len())?;
        self.out.extend_from_slice(name.as_bytes());
        Ok(Entry { start, size, hash: hash(name.as_bytes()) })
    }

    fn begin_formatted_entry<T: Display + ?Sized>(
        &mut self,
        map: &mut Open,
        name: &T,
    ) -> Result<Entry> {
        let (start, size) = self.begin_entry_at(map);
        self.formatted_text(name, 0, &[])?;
        Ok(Entry { start, size, hash: hash(self.name_at(start)) })
    }

    fn entry_name<'a>(&'a self, entry: &'a Entry) -> Cow<'a, str> {
        String::from_utf8_lossy(self.name_at(entry.start))
    }

    #[inline]
    fn end_entry(&mut self, map: &mut Open, entry: Entry, (): ()) -> Result<()> {
        self.add_name(map, &entry)
    }

    #[inline]
    fn drop_entry(&mut self, _: &mut Open, entry: Entry) {
        self.out.truncate(entry.start);
        self.size = entry.size;
    }

    fn end_map(&mut self, map: Open) -> Result<()> {
        self.check_many_names(&map)?;
        self.hashes.truncate(map.hashes);
        self.close(&map)
    }
}

#[inline]
fn length(out: &mut Vec<u8>, length: usize) -> Result<()> {
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
