//! Entries of maps: their names, which may not repeat, and those that turn out to be absent.

use std::borrow::Cow;
use std::fmt::Display;

use super::{Open, Writer, length};
use crate::value::ValueError;
use crate::value::binary::{self, Reader};

/// Up to how many names a map's new name is compared with all before it. Longer maps are checked
/// once, at their end.
pub(super) const FEW_NAMES: usize = 32;

/// An entry that has been begun: what to go back to if it turns out to be absent.
pub(in crate::value) struct Entry {
    start: usize,
    size: usize,
    hash: u32,
}

impl Writer {
    /// Begins an entry of a map. Its value is to be written next, then `end_entry`.
    #[inline]
    pub(in crate::value) fn entry(&mut self, name: &str) -> Result<Entry, ValueError> {
        let (start, size) = self.begin_entry();
        self.size += name.len();
        length(&mut self.out, name.len())?;
        self.out.extend_from_slice(name.as_bytes());
        Ok(Entry { start, size, hash: hash(name.as_bytes()) })
    }

    /// Begins an entry whose name is formatted straight into the output.
    pub(in crate::value) fn formatted_entry<T: Display + ?Sized>(
        &mut self,
        name: &T,
    ) -> Result<Entry, ValueError> {
        let (start, size) = self.begin_entry();
        self.formatted(name, 0, &[])?;
        Ok(Entry { start, size, hash: hash(self.name_at(start)) })
    }

    #[inline]
    fn begin_entry(&mut self) -> (usize, usize) {
        let before = (self.out.len(), self.size);
        self.absent = false;
        // An entry of a map has a byte of overhead; an attribute of the item has none.
        self.size += usize::from(self.level > 1);
        before
    }

    /// Ends an entry whose value has been written.
    #[inline]
    pub(in crate::value) fn end_entry(
        &mut self,
        open: &Open,
        entry: &Entry,
    ) -> Result<(), ValueError> {
        if self.absent && self.level == 1 {
            self.out.truncate(entry.start);
            self.size = entry.size;
            return Ok(());
        }
        let known = self.hashes.get(open.hashes..).unwrap_or_default();
        if known.len() < FEW_NAMES && known.contains(&entry.hash) {
            self.check_name(open, entry)?;
        }
        self.hashes.push(entry.hash);
        Ok(())
    }

    /// Ends the one entry of a variant, which is there even if its value is `None`.
    pub(in crate::value) fn end_variant(
        &mut self,
        open: &Open,
        entry: &Entry,
    ) -> Result<(), ValueError> {
        self.absent = false;
        self.end_entry(open, entry)
    }

    /// The name of an entry, for errors about its value.
    pub(in crate::value) fn name_of(&self, entry: &Entry) -> Cow<'_, str> {
        String::from_utf8_lossy(self.name_at(entry.start))
    }

    fn name_at(&self, start: usize) -> &[u8] {
        self.out.get(start..).and_then(|entry| Reader::new(entry).name()).unwrap_or_default()
    }

    /// Two names have one hash: are they the same?
    #[cold]
    fn check_name(&self, open: &Open, entry: &Entry) -> Result<(), ValueError> {
        let name = self.name_of(entry);
        let before = self.out.get(open.content..entry.start).unwrap_or_default();
        match binary::find(before, &name)? {
            Some(_) => Err(duplicate(&name)),
            None => Ok(()),
        }
    }

    /// Checks the names of a map that has too many to compare each with all before it.
    pub(super) fn check_many_names(&mut self, open: &Open) -> Result<(), ValueError> {
        let hashes = self.hashes.get_mut(open.hashes..).unwrap_or_default();
        if hashes.len() <= FEW_NAMES {
            return Ok(());
        }
        hashes.sort_unstable();
        if hashes.iter().zip(hashes.iter().skip(1)).all(|(a, b)| a != b) {
            return Ok(());
        }
        match binary::duplicate(self.out.get(open.content..).unwrap_or_default()) {
            Some(name) => Err(duplicate(&String::from_utf8_lossy(name))),
            None => Ok(()),
        }
    }
}

#[cold]
fn duplicate(name: &str) -> ValueError {
    ValueError::new("two entries have this name").within(name)
}

/// A quick hash of a name. Those that collide cost a closer look, nothing else.
#[inline]
fn hash(name: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = name.as_chunks::<8>();
    let hash =
        words.iter().fold(name.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    (mix(hash, rest) >> 32) as u32
}
