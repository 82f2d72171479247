//! `Head`, the first bytes of a text as one number, and `Names`, a filter for names. Both make const
//! checks faster: a comparison is one step.
//!
//! In const evaluation, each call costs about 30,000 instructions of the compiler, even a call of `len()`.
//! So the code that runs for each entity has few calls, and uses slice patterns instead.

use crate::key::{Segment, Template};

/// Up to 12 bytes of a text, and their number. From the highest bits to the lowest: 8 bits for the caller,
/// the bytes, 4 bits for their number, and 20 bits for the caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head(pub(super) u128);

const ROOM: u32 = 12;

impl Head {
    /// Where the bits of the caller are: the shift of a number up to 255 that is compared first, and the
    /// mask of a number that is compared last.
    pub(super) const TOP: u32 = 120;
    pub(super) const BELOW: u128 = (1 << 20) - 1;

    pub(crate) const fn of(text: &str) -> Self {
        let mut text = text.as_bytes();
        let (mut head, mut length) = (0, 0);
        while let [byte, rest @ ..] = text
            && length < ROOM
        {
            length += 1;
            head |= (*byte as u128) << (Head::TOP - 8 * length);
            text = rest;
        }
        Head(head | (length as u128) << 20)
    }

    /// Returns the head of the literal text that a template begins with.
    pub(crate) const fn of_template(template: Template) -> Self {
        match template {
            [Segment::Literal(text), ..] => Head::of(text),
            _ => Head(0),
        }
    }

    /// Returns whether no text begins with both.
    pub(super) const fn excludes(self, other: Head) -> bool {
        let (a, b) = (self.0 >> 20 & 15, other.0 >> 20 & 15);
        let common = if a < b { a } else { b };
        (self.0 ^ other.0) << 8 >> 8 >> (Head::TOP - 8 * common as u32) != 0
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

    /// Returns whether one of the names may be in the set. If not, certainly none is in it.
    pub(super) const fn may_have_some(self, mut names: &[&str]) -> bool {
        let mut bits = 0;
        while let [name, rest @ ..] = names {
            bits |= bit(name);
            names = rest;
        }
        self.0 & bits != 0
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
