//! The check that each name occurs only once in a map.

use super::{Entry, Open, Result, Writer};
use crate::value::ValueError;
use crate::value::binary::{self, Reader};
use crate::value::front::Output as _;

/// The number of names up to which each new name of a map is compared with all names before it. Longer
/// maps are checked once, at their end.
pub(super) const FEW_NAMES: usize = 32;

impl Writer {
    /// Adds the name of an entry whose value has been written.
    #[inline]
    pub(super) fn add_name(&mut self, open: &Open, entry: &Entry) -> Result<()> {
        let known = self.hashes.get(open.hashes..).unwrap_or_default();
        if known.len() < FEW_NAMES && known.contains(&entry.hash) {
            self.check_name(open, entry)?;
        }
        self.hashes.push(entry.hash);
        Ok(())
    }

    pub(super) fn name_at(&self, start: usize) -> &[u8] {
        self.out.get(start..).and_then(|entry| Reader::new(entry).name()).unwrap_or_default()
    }

    /// Returns whether two names with the same hash are equal.
    #[cold]
    fn check_name(&self, open: &Open, entry: &Entry) -> Result<()> {
        let name = self.entry_name(entry);
        let before = self.out.get(open.content..entry.start).unwrap_or_default();
        match binary::find(before, &name)? {
            Some(_) => Err(duplicate(&name)),
            None => Ok(()),
        }
    }

    /// Checks the names of a map that is too long to compare each name with all names before it.
    pub(super) fn check_many_names(&mut self, open: &Open) -> Result<()> {
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

/// Returns a quick hash of a name. If two hashes are equal, the names are compared.
#[inline]
pub(super) fn hash(name: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = name.as_chunks::<8>();
    let hash =
        words.iter().fold(name.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
    (mix(hash, rest) >> 32) as u32
}
