//! Which sort keys a query reads, and how a range of values becomes an interval of keys.
//!
//! Stores take one condition on the sort key, and all of them can compare it with two bounds that are
//! both included. So every range becomes one inclusive interval of keys.
//!
//! A longer key begins with a bound `b` and continues with one of these bytes:
//!
//! - `#` (0x23), if another component follows;
//! - a byte from `%` (0x25) up, if a text continues, because encoded texts have no smaller byte;
//! - a byte from `&` (0x26) up, if a fixed-width part is followed by more of the same component.
//!
//! No encoded key contains `$` (0x24) or `~~`. So `b$` is greater than all keys with another component
//! after `b`, and less than all keys with a longer text; and `b~~` is greater than all keys that begin
//! with `b`. From this follow the ends of the interval:
//!
//! | range | the interval |
//! |---|---|
//! | `a..` | begins at `a`, because every key that begins with `a` is greater |
//! | `(Excluded(a), ..)` | begins above all keys whose part is `a` |
//! | `..=b` | ends above all keys whose part is `b` |
//! | `..b` | ends below `b` |
//! | no lower or no upper end | ends where the keys of the entity end |

use super::template::{Segment, Template};
use std::ops::Bound;

/// The sort keys of a partition that a query reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SortKeys {
    /// All sort keys.
    All,
    /// The sort key that equals this text.
    Equals(String),
    /// The sort keys that begin with this text.
    BeginsWith(String),
    /// The sort keys from the first text to the second one, both included. The first text is never
    /// greater than the second.
    Between(String, String),
}

impl SortKeys {
    /// The sort keys that begin with `prefix`; all of them if it is empty.
    pub(crate) fn with_prefix(prefix: &str) -> Self {
        if prefix.is_empty() { SortKeys::All } else { SortKeys::BeginsWith(prefix.to_owned()) }
    }

    /// Whether the sort key is one of them.
    pub(crate) fn contains(&self, key: &str) -> bool {
        match self {
            SortKeys::All => true,
            SortKeys::Equals(wanted) => key == wanted,
            SortKeys::BeginsWith(prefix) => key.starts_with(prefix.as_str()),
            SortKeys::Between(lower, upper) => (lower.as_str()..=upper.as_str()).contains(&key),
        }
    }
}

impl SortKeys {
    /// The sort keys in a range of texts, which may be any texts; `None` if there are none.
    pub(crate) fn in_text_range(lower: Bound<&str>, upper: Bound<&str>) -> Option<Self> {
        if matches!((lower, upper), (Bound::Unbounded, Bound::Unbounded)) {
            return Some(SortKeys::All);
        }
        let lower = match lower {
            // Stores refuse an empty key, also as a bound.
            Bound::Unbounded | Bound::Included("") => LEAST.to_owned(),
            Bound::Included(text) => text.to_owned(),
            Bound::Excluded(text) => text_above(text),
        };
        let upper = match upper {
            Bound::Unbounded => GREATEST.to_owned(),
            Bound::Included(text) => text.to_owned(),
            Bound::Excluded(text) => text_below(text)?,
        };
        (lower <= upper).then_some(SortKeys::Between(lower, upper))
    }
}

/// The least text that is not empty, and a text that no key is greater than: Unicode never assigns this
/// character.
const LEAST: &str = "\0";
const GREATEST: &str = "\u{10FFFF}";

/// Returns the least text above this one.
pub(crate) fn text_above(text: &str) -> String {
    format!("{text}{LEAST}")
}

/// Returns a text below this one and above all smaller keys. There is none below the empty text.
pub(crate) fn text_below(text: &str) -> Option<String> {
    let mut below = text.to_owned();
    let last = below.pop()?;
    if last != '\0' {
        // The character before: surrogates are no characters.
        let before = match last {
            '\u{E000}' => '\u{D7FF}',
            last => char::from_u32(u32::from(last) - 1)?,
        };
        below.push(before);
        below.push_str(GREATEST);
    }
    Some(below)
}

/// The place of a range in the sort key.
pub(crate) struct Bounds<'a> {
    /// The sort key before the part: literals, and the parts that are bound.
    pub(crate) prefix: &'a str,
    /// The segments after the part.
    pub(crate) after: &'a [Segment],
    /// The length of the longest sort key, in bytes.
    pub(crate) most: usize,
}

/// What follows a part in its template.
enum Next {
    /// Nothing. The part is the last one.
    End,
    /// Another component.
    Component,
    /// More of the same component. This is possible only after a fixed-width part.
    Same,
}

impl Bounds<'_> {
    /// For the part at position `at` of the template of a sort key of at most `most` bytes.
    pub(crate) fn new<'a>(
        prefix: &'a str,
        template: Template,
        at: usize,
        most: usize,
    ) -> Bounds<'a> {
        Bounds { prefix, after: template.get(at + 1..).unwrap_or_default(), most }
    }

    /// Returns the sort keys whose part, as encoded, is within the bounds; `None` if there are none.
    ///
    /// The caller has checked that the prefix with either bound is not longer than a key may be.
    pub(crate) fn interval(&self, lower: Bound<&str>, upper: Bound<&str>) -> Option<SortKeys> {
        if matches!((lower, upper), (Bound::Unbounded, Bound::Unbounded)) {
            return Some(SortKeys::with_prefix(self.prefix));
        }
        if self.prefix.len() > self.most {
            return None;
        }
        let key = |part: &str| format!("{}{part}", self.prefix);
        let lower = match lower {
            Bound::Unbounded => self.prefix.to_owned(),
            Bound::Included(part) => key(part),
            Bound::Excluded(part) => self.above(key(part), self.past()),
        };
        let upper = match upper {
            Bound::Unbounded => self.up_to(key(""), "~~"),
            Bound::Included(part) => match self.next() {
                Next::End => key(part),
                Next::Component | Next::Same => self.up_to(key(part), self.past()),
            },
            Bound::Excluded(part) => match self.next() {
                // `b` itself may be a key: the text after a fixed-width part may be empty.
                Next::End | Next::Same => self.below(key(part))?,
                // A separator follows, so `b` itself is not a key.
                Next::Component => key(part),
            },
        };
        // Stores refuse an empty key, also as a bound. All keys are greater than `!`.
        let lower = if lower.is_empty() { "!".to_owned() } else { lower };
        (lower <= upper).then_some(SortKeys::Between(lower, upper))
    }

    fn next(&self) -> Next {
        match self.after.first() {
            None => Next::End,
            Some(Segment::Literal(text)) if text.starts_with('#') => Next::Component,
            Some(_) => Next::Same,
        }
    }

    /// Returns the text that makes a key greater than all keys whose part is the same, and less than
    /// all keys whose part is greater.
    fn past(&self) -> &'static str {
        match self.next() {
            // A longer text is another value. It continues with a byte above `$`.
            Next::End | Next::Component => "$",
            // The part has a fixed width, so every key that begins with it has the same value.
            Next::Same => "~~",
        }
    }

    // Stores refuse a bound that is longer than a key may be. Keys of such a length do not exist, so
    // a bound is cut off there.

    /// Appends as much of `end` to the key as fits.
    fn up_to(&self, mut key: String, end: &str) -> String {
        key.extend(end.chars().take(self.most.saturating_sub(key.len())));
        key
    }

    /// Returns a bound above all keys that begin with this one, by appending `end`.
    fn above(&self, key: String, end: &str) -> String {
        let length = key.len();
        let mut key = self.up_to(key, end);
        if key.len() == length
            && let Some(next) = key.pop().and_then(|last| u8::try_from(last).ok()?.checked_add(1))
        {
            // No longer key begins with this one. The next greater key differs in its last byte.
            key.push(char::from(next));
        }
        key
    }

    /// Returns a bound below this key and above all smaller keys: its last byte is reduced by one, and
    /// the greatest end is appended. There is none if the last byte cannot be reduced.
    fn below(&self, mut key: String) -> Option<String> {
        let last = u8::try_from(key.pop()?).ok()?;
        key.push(char::from(last.checked_sub(1)?));
        Some(self.up_to(key, "~~"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_in_a_range_whose_prefix_is_longer_than_a_key() {
        let within = |most| {
            let bounds = Bounds { prefix: "ORDER#", after: &[], most };
            bounds.interval(Bound::Included(""), Bound::Unbounded)
        };
        assert_eq!(within(5), None);
        assert_eq!(within(6), Some(SortKeys::Between("ORDER#".into(), "ORDER#".into())));
        assert_eq!(within(7), Some(SortKeys::Between("ORDER#".into(), "ORDER#~".into())));
    }
}
