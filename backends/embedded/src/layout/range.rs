//! The ranges of keys that queries read.

use super::{END, push_escaped, push_text, row};
use monotable_core::request::{Position, SortKeys};
use monotable_core::{Error, Kind, Result};
use std::ops::Bound;

/// A range of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyRange {
    start: Bound<Vec<u8>>,
    end: Bound<Vec<u8>>,
}

/// A start and an end.
pub(crate) type Bounds<'a> = (Bound<&'a [u8]>, Bound<&'a [u8]>);

impl KeyRange {
    pub(super) fn new(start: Bound<Vec<u8>>, end: Bound<Vec<u8>>) -> Self {
        KeyRange { start, end }
    }

    /// Returns the bounds for an ordered map, or `None` if no key can be in the range. Ordered maps
    /// panic on some of those ranges.
    pub(crate) fn bounds(&self) -> Option<Bounds<'_>> {
        let start = self.start.as_ref().map(Vec::as_slice);
        let end = self.end.as_ref().map(Vec::as_slice);
        let possible = match (start, end) {
            (Bound::Included(start), Bound::Included(end)) => start <= end,
            (
                Bound::Included(start) | Bound::Excluded(start),
                Bound::Included(end) | Bound::Excluded(end),
            ) => start < end,
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
        };
        possible.then_some((start, end))
    }

    /// Returns the range from `start` up to, but not including, `end`.
    pub(super) fn from_until(start: Vec<u8>, end: Vec<u8>) -> Self {
        KeyRange { start: Bound::Included(start), end: Bound::Excluded(end) }
    }

    /// Returns the range of the keys that begin with `prefix`.
    fn prefixed(prefix: Vec<u8>) -> Self {
        let end = after_prefix(prefix.clone());
        KeyRange { start: Bound::Included(prefix), end }
    }

    /// Returns the part of the range that comes after `key` in the direction of the query. There
    /// need not be anything with that key.
    pub(super) fn after(mut self, key: Vec<u8>, descending: bool) -> Self {
        if descending {
            let tighter = match &self.end {
                Bound::Included(end) => key <= *end,
                Bound::Excluded(end) => key < *end,
                Bound::Unbounded => true,
            };
            if tighter {
                self.end = Bound::Excluded(key);
            }
        } else {
            let tighter = match &self.start {
                Bound::Included(start) | Bound::Excluded(start) => key >= *start,
                Bound::Unbounded => true,
            };
            if tighter {
                self.start = Bound::Excluded(key);
            }
        }
        self
    }
}

/// Returns the range of the rows in the partition `pk` that a query reads.
pub(crate) fn rows(
    pk: &str,
    sort: &SortKeys,
    after: Option<&Position>,
    descending: bool,
) -> KeyRange {
    let partition = row(pk, "");
    let with = |sk: &str| [&partition, sk.as_bytes()].concat();
    let range = match sort {
        SortKeys::All => KeyRange::prefixed(partition),
        SortKeys::Equals(sk) => {
            KeyRange { start: Bound::Included(with(sk)), end: Bound::Included(with(sk)) }
        }
        SortKeys::BeginsWith(text) => KeyRange::prefixed(with(text)),
        SortKeys::Between(from, to) => {
            KeyRange { start: Bound::Included(with(from)), end: Bound::Included(with(to)) }
        }
    };
    match after {
        Some(position) => range.after(row(pk, position.sort()), descending),
        None => range,
    }
}

/// Returns the range of the entries in the partition `pk` of an index that a query reads.
///
/// # Errors
///
/// `InvalidRequest` if `after` has no primary key.
pub(crate) fn entries(
    index: &str,
    pk: &str,
    sort: &SortKeys,
    after: Option<&Position>,
    descending: bool,
) -> Result<KeyRange> {
    let mut partition = Vec::with_capacity(index.len() + pk.len() + 2 * END.len());
    push_text(&mut partition, index);
    push_text(&mut partition, pk);
    // A prefix of exactly the entries with this sort key.
    let with = |sk: &str| {
        let mut key = partition.clone();
        push_text(&mut key, sk);
        key
    };
    let range = match sort {
        SortKeys::All => KeyRange::prefixed(partition),
        SortKeys::Equals(sk) => KeyRange::prefixed(with(sk)),
        SortKeys::BeginsWith(text) => {
            let mut prefix = partition;
            push_escaped(&mut prefix, text.as_bytes());
            KeyRange::prefixed(prefix)
        }
        SortKeys::Between(from, to) => {
            KeyRange { start: Bound::Included(with(from)), end: after_prefix(with(to)) }
        }
    };
    let Some(position) = after else { return Ok(range) };
    let primary = position.primary().ok_or_else(|| {
        let message = "a position on an index needs the item's primary key, but this one has none";
        Error::new(Kind::InvalidRequest, message)
    })?;
    let row = row(&primary.pk, &primary.sk);
    Ok(range.after(super::entry(index, pk, position.sort(), &row), descending))
}

/// Returns the upper bound of the keys that begin with `prefix`.
pub(super) fn after_prefix(mut prefix: Vec<u8>) -> Bound<Vec<u8>> {
    while let Some(last) = prefix.pop() {
        if let Some(next) = last.checked_add(1) {
            prefix.push(next);
            return Bound::Excluded(prefix);
        }
    }
    Bound::Unbounded
}
