//! `Head`, the first bytes of a text as one number, and `Names`, a filter for names. Both make const
//! checks faster: a comparison is one step.

#![allow(
    clippy::indexing_slicing,
    reason = "constant functions have no other way, and are evaluated by the compiler only"
)]

use crate::key::{Segment, Template};

/// Up to 16 bytes of a text. The first byte is the most significant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    bytes: u128,
    length: u32,
}

impl Head {
    pub(crate) const fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let (mut bytes, mut at) = (0, 0);
        while at < text.len() && at < 16 {
            bytes |= (text[at] as u128) << (120 - 8 * at);
            at += 1;
        }
        Head { bytes, length: at as u32 }
    }

    /// Returns the head of the literal text that a template begins with.
    pub(crate) const fn of_template(template: Template) -> Self {
        match template {
            [Segment::Literal(text), ..] => Head::of(text),
            _ => Head::of(""),
        }
    }

    /// Compares in the order of the texts. A text comes before longer texts that begin with it.
    pub(super) const fn before(self, other: Head) -> bool {
        self.bytes < other.bytes || (self.bytes == other.bytes && self.length < other.length)
    }

    /// Returns whether no text begins with both.
    pub(super) const fn excludes(self, other: Head) -> bool {
        let common = if self.length < other.length { self.length } else { other.length };
        common > 0 && (self.bytes ^ other.bytes) >> (128 - 8 * common) != 0
    }
}

/// A set of names with one bit for each name. It excludes most other names without a comparison.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names(u128);

impl Names {
    pub(super) const NONE: Names = Names(0);

    pub(super) const fn with(self, name: &str) -> Self {
        Names(self.0 | bit(name))
    }

    /// Returns whether the name may be in the set. If not, it is certainly not in it.
    pub(super) const fn may_have(self, name: &str) -> bool {
        self.0 & bit(name) != 0
    }
}

/// Returns the bit of a name, from its length and its first and last byte.
const fn bit(name: &str) -> u128 {
    match name.as_bytes() {
        [] => 0,
        [one] => 1 << (*one & 127),
        [first, .., last] => 1 << ((name.len() + 5 * *first as usize + 11 * *last as usize) & 127),
    }
}
