//! The first bytes of a text as one number, so that comparing them is one step.

#![allow(
    clippy::indexing_slicing,
    reason = "constant functions have no other way, and are evaluated by the compiler only"
)]

use crate::key::{Segment, Template};

/// Up to 16 bytes, the first on top.
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

    /// The literal text that a template begins with.
    pub(crate) const fn of_template(template: Template) -> Self {
        match template {
            [Segment::Literal(text), ..] => Head::of(text),
            _ => Head::of(""),
        }
    }

    /// The order of the texts. A text is before those that begin with it.
    pub(super) const fn before(self, other: Head) -> bool {
        self.bytes < other.bytes || (self.bytes == other.bytes && self.length < other.length)
    }

    /// Whether no text begins with both.
    pub(super) const fn excludes(self, other: Head) -> bool {
        let common = if self.length < other.length { self.length } else { other.length };
        common > 0 && (self.bytes ^ other.bytes) >> (128 - 8 * common) != 0
    }
}
