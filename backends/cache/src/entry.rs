//! What is kept of an item: in the process as it is, and in a shared store as bytes.

use monotable_core::Cost;
use monotable_core::backend::Portable;
use monotable_core::{Error, Kind, Result};
use siphasher::sip::SipHasher13;
use std::hash::Hasher as _;
use std::time::Duration;

/// What was read: an item, or that there is none.
#[derive(Debug, Clone)]
pub(crate) struct Content<I> {
    pub(crate) item: Option<I>,
    /// The version of the item, if it has one.
    pub(crate) version: Option<u64>,
    /// What each hit saves.
    pub(crate) saves: Cost,
}

/// What was read, from the shared store or the table.
#[derive(Debug, Clone)]
pub(crate) struct Loaded<I> {
    pub(crate) content: Content<I>,
    /// For how long it may be kept, from when the read began; `None` if it must not be.
    pub(crate) ttl: Option<Duration>,
    /// When the read began, in milliseconds since 1970. What was written after that may not be in it.
    pub(crate) began: u64,
    /// What the read has cost.
    pub(crate) cost: Cost,
}

/// What the waiting readers of a key get.
pub(crate) type Answer<I> = Result<Loaded<I>>;

/// What a process keeps.
#[derive(Debug, Clone)]
pub(crate) struct Entry<I> {
    pub(crate) content: Content<I>,
    /// Until when, in milliseconds since 1970. The clock of a process may stand still while an instance of a function is
    /// frozen, so the time of day counts, too.
    pub(crate) until: u64,
    /// The same, as a time.
    pub(crate) ttl: Duration,
    /// How much memory it takes, about.
    #[cfg_attr(not(feature = "in-process"), allow(dead_code, reason = "no entry is kept there"))]
    pub(crate) weight: u32,
}

/// What an entry takes besides the bytes of the item and the key: their allocations, and what the cache itself needs. Measured
/// with 150,000 entries: 560 bytes for each of them, of which 14 are the key.
const OVERHEAD: usize = 550;

impl<I: Portable> Entry<I> {
    /// The item gets memory of its own: it may be part of a page, or in a form that takes several times its bytes.
    ///
    /// `began` is when the item was read or written, at the earliest, in milliseconds since 1970. `key` is the length of
    /// the key.
    pub(crate) fn new(mut content: Content<I>, key: usize, ttl: Duration, began: u64) -> Self {
        let own = content.item.as_ref().and_then(|item| {
            let bytes = item.to_bytes().ok()?;
            Some((I::from_bytes(&bytes).ok()?, bytes.len()))
        });
        let length = own.as_ref().map_or(0, |(_, length)| *length);
        content.item = own.map(|(item, _)| item).or(content.item);
        let weight = u32::try_from(length + key + OVERHEAD).unwrap_or(u32::MAX);
        let until = began.saturating_add(u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX));
        Entry { content, until, ttl, weight }
    }

    /// Whether its time is not over. If the clock has been set back since it was filled, nobody knows.
    pub(crate) fn is_valid(&self, now: u64) -> bool {
        let ttl = u64::try_from(self.ttl.as_millis()).unwrap_or(u64::MAX);
        self.until.checked_sub(now).is_some_and(|left| left > 0 && left <= ttl)
    }
}

/// With what the bytes of an entry begin: its format and version.
const FORMAT: &[u8; 4] = b"mtc1";

/// The bytes before the item: the format, a checksum of all that follows, what a hit saves, and the length of the name.
const HEAD: usize = 4 + 8 + 16 + 2;

/// Writes an item as the bytes of an entry.
pub(crate) fn write<I: Portable>(entity: &str, content: &Content<I>) -> Result<Vec<u8>> {
    let Some(item) = &content.item else { return Ok(Vec::new()) };
    let item = item.to_bytes()?;
    let name = u16::try_from(entity.len()).map_err(|_| unreadable())?;
    let mut bytes = Vec::with_capacity(HEAD + entity.len() + item.len());
    bytes.extend_from_slice(FORMAT);
    bytes.extend_from_slice(&[0; 8]);
    bytes.extend_from_slice(&content.saves.read_units.get().to_le_bytes());
    bytes.extend_from_slice(&content.saves.request_units.get().to_le_bytes());
    bytes.extend_from_slice(&name.to_le_bytes());
    bytes.extend_from_slice(entity.as_bytes());
    bytes.extend_from_slice(&item);
    let sum = checksum(bytes.get(12..).unwrap_or_default());
    if let Some(place) = bytes.get_mut(4..12) {
        place.copy_from_slice(&sum.to_le_bytes());
    }
    Ok(bytes)
}

/// Reads the bytes of an entry.
///
/// # Errors
///
/// `Decode` if they are not what [`write`] has written for an item of this entity.
pub(crate) fn read<I: Portable>(
    entity: &str,
    version: Option<u64>,
    bytes: Option<&[u8]>,
) -> Result<Content<I>> {
    let Some(bytes) = bytes else {
        return Ok(Content { item: None, version, saves: Cost::ZERO });
    };
    let parts = || {
        let (format, rest) = bytes.split_first_chunk::<4>()?;
        let (sum, rest) = rest.split_first_chunk::<8>()?;
        if format != FORMAT || u64::from_le_bytes(*sum) != checksum(rest) {
            return None;
        }
        let (read, rest) = rest.split_first_chunk::<8>()?;
        let (request, rest) = rest.split_first_chunk::<8>()?;
        let (name, rest) = rest.split_first_chunk::<2>()?;
        let (name, item) = rest.split_at_checked(usize::from(u16::from_le_bytes(*name)))?;
        let saves =
            Cost::read(f64::from_le_bytes(*read)) + Cost::request(f64::from_le_bytes(*request));
        (name == entity.as_bytes()).then_some((saves, item))
    };
    let (saves, item) = parts().ok_or_else(unreadable)?;
    Ok(Content { item: Some(I::from_bytes(item)?), version, saves })
}

fn unreadable() -> Error {
    Error::new(Kind::Decode, "the entry of the cache is damaged, or of another version")
}

fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = SipHasher13::new_with_keys(0x6d6f_6e6f_7461_626c, 0x6361_6368_6500_0001);
    hash.write(bytes);
    hash.finish()
}

/// A version as a text of one width, so that texts are in the order of versions. A number would not do: those of Redis'
/// scripts are floats, and two versions of 19 digits can be equal as floats.
pub(crate) fn version_text(version: Option<u64>) -> String {
    version.map_or_else(String::new, |version| format!("{version:020}"))
}

/// The version in such a text.
pub(crate) fn version_of(text: &str) -> Option<u64> {
    text.parse().ok()
}
