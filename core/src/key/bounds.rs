//! The bounds of a range of sort keys, as one inclusive interval.
//!
//! DynamoDB takes one condition on the sort key, and its only two-sided one is `BETWEEN`, both ends
//! included. So every kind of range becomes such an interval:
//!
//! - a key that goes on after `b` follows it with `#` (0x23), or, where a fixed-width part is
//!   followed by more of its component, with a byte from 0x26 up; encoded text goes on with a byte
//!   from `%` (0x25) up; `$` (0x24) stands in no encoded key, and no encoded key holds `~~`.
//! - `a..` begins at `a`: every key that goes on after `a` is greater.
//! - `(Excluded(a), ..)` begins above all that goes on after `a`.
//! - `..=b` ends with the last key that goes on after `b`.
//! - `..b` ends before `b`.
//! - a side without an end stops at the entity's own prefix.

use super::template::{Segment, Template};
use std::ops::Bound;

/// Where a range stands in its sort key.
pub(crate) struct Bounds<'a> {
    /// All that comes before the part: literals, and parts bound already.
    pub(crate) prefix: &'a str,
    /// The segments after the part.
    pub(crate) after: &'a [Segment],
    /// The longest sort key, in bytes.
    pub(crate) most: usize,
}

/// The interval of a range, or that nothing can be in it.
#[derive(Debug, Clone)]
pub(crate) enum Limit {
    /// Everything with the prefix.
    All,
    /// From the first to the second, both included.
    Between(String, String),
    /// No key.
    Nothing,
}

/// What follows a part in its template.
enum Next {
    /// Nothing: the part is the last.
    End,
    /// Another component.
    Component,
    /// More of the same component; only after a fixed-width part.
    Same,
}

impl Bounds<'_> {
    /// For the part at `at` of a sort key's template; sort keys have at most `most` bytes.
    pub(crate) fn new<'a>(
        prefix: &'a str,
        template: Template,
        at: usize,
        most: usize,
    ) -> Bounds<'a> {
        Bounds { prefix, after: template.get(at + 1..).unwrap_or_default(), most }
    }

    /// The interval of sort keys whose part, as encoded, lies within the bounds.
    ///
    /// The caller has checked that a key up to each of the parts is not longer than a key may be.
    pub(crate) fn interval(&self, lower: Bound<&str>, upper: Bound<&str>) -> Limit {
        if matches!((lower, upper), (Bound::Unbounded, Bound::Unbounded)) {
            return Limit::All;
        }
        if self.prefix.len() > self.most {
            return Limit::Nothing;
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
                // `b` itself may be a key; after a fixed-width part, with an empty text behind it.
                Next::End | Next::Same => match self.below(key(part)) {
                    Some(key) => key,
                    None => return Limit::Nothing,
                },
                // A separator follows, so `b` itself is no key.
                Next::Component => key(part),
            },
        };
        // Stores take no empty key: none is at or below it, and all are above `!`.
        let lower = if lower.is_empty() { "!".to_owned() } else { lower };
        if lower > upper { Limit::Nothing } else { Limit::Between(lower, upper) }
    }

    fn next(&self) -> Next {
        match self.after.first() {
            None => Next::End,
            Some(Segment::Literal(text)) if text.starts_with('#') => Next::Component,
            Some(_) => Next::Same,
        }
    }

    /// What makes a key greater than all that go on after it, and less than all that are greater
    /// without it.
    fn past(&self) -> &'static str {
        match self.next() {
            // A longer text is another value, and goes on with a byte above `$`.
            Next::End | Next::Component => "$",
            // The part has a fixed width: every key that goes on after it has the same value.
            Next::Same => "~~",
        }
    }

    // A bound is no longer than keys are, or a store would refuse it. Keys that would go on past
    // the limit do not exist, so what does not fit is left out.

    /// As far as keys go that go on after this one.
    fn up_to(&self, mut key: String, end: &str) -> String {
        key.extend(end.chars().take(self.most.saturating_sub(key.len())));
        key
    }

    /// Past all keys that go on after this one.
    fn above(&self, key: String, end: &str) -> String {
        let length = key.len();
        let mut key = self.up_to(key, end);
        if key.len() == length
            && let Some(next) = key.pop().and_then(|last| u8::try_from(last).ok()?.checked_add(1))
        {
            // Nothing goes on after a key as long as this: the next one differs in its last byte.
            key.push(char::from(next));
        }
        key
    }

    /// The greatest key below this one: its last byte less one, then as far as keys go.
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
        assert!(matches!(within(5), Limit::Nothing));
        let Limit::Between(lower, upper) = within(6) else { panic!("one key fits") };
        assert_eq!((lower.as_str(), upper.as_str()), ("ORDER#", "ORDER#"));
        let Limit::Between(_, upper) = within(7) else { panic!("some keys fit") };
        assert_eq!(upper, "ORDER#~");
    }
}
