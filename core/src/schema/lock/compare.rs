//! The worst difference between two texts.

use super::change::{Change, Effect, effect};
use super::lines::{next, same, subject};

/// A difference between two texts: the line that has the worst effect on stored data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Difference<'a> {
    /// What it means for the data that is stored.
    pub(super) effect: Effect,
    /// The same in words: what follows `this`.
    pub(super) meaning: &'static str,
    /// The line of the old text, if it has one.
    pub(super) old: Option<&'a str>,
    /// The line of the new text, if it has one.
    pub(super) new: Option<&'a str>,
    /// Whether other lines differ, too.
    pub(super) has_more: bool,
}

/// Returns the worst difference, the first one of these, if the texts differ.
///
/// The order of lines does not matter, except for speed.
pub(super) const fn difference<'a>(old: &'a str, new: &'a str) -> Option<Difference<'a>> {
    let (old, new) = (old.as_bytes(), new.as_bytes());
    let mut worst: Option<Difference<'a>> = None;
    // What was removed or changed.
    let (mut rest, mut from) = (old, new);
    while let Some((line, after)) = next(rest) {
        rest = after;
        let found = match find(from, line) {
            None => find(new, line),
            found => found,
        };
        let (change, other) = match found {
            Some((other, after)) => {
                from = after;
                if same(line, other) {
                    continue;
                }
                (Change::Changed, text(other))
            }
            None => (Change::Removed, None),
        };
        let (effect, meaning) = effect(change, line, [old, new]);
        let found = Difference { effect, meaning, old: text(line), new: other, has_more: false };
        worst = Some(worse(worst, found));
    }
    // What was added.
    (rest, from) = (new, old);
    while let Some((line, after)) = next(rest) {
        rest = after;
        let found = match find(from, line) {
            None => find(old, line),
            found => found,
        };
        if let Some((_, after)) = found {
            from = after;
            continue;
        }
        let (effect, meaning) = effect(Change::Added, line, [old, new]);
        let found = Difference { effect, meaning, old: None, new: text(line), has_more: false };
        worst = Some(worse(worst, found));
    }
    worst
}

const fn worse<'a>(worst: Option<Difference<'a>>, found: Difference<'a>) -> Difference<'a> {
    let Some(mut worst) = worst else { return found };
    if found.effect.is_worse_than(worst.effect) {
        worst = found;
    }
    worst.has_more = true;
    worst
}

/// Returns the line with the same subject, and what follows it.
const fn find<'a>(mut text: &'a [u8], line: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let wanted = subject(line);
    while let Some((line, rest)) = next(text) {
        if same(subject(line), wanted) {
            return Some((line, rest));
        }
        text = rest;
    }
    None
}

/// Both texts are UTF-8, and lines of them are, too.
const fn text(line: &[u8]) -> Option<&str> {
    match std::str::from_utf8(line) {
        Ok(line) => Some(line),
        Err(_) => None,
    }
}
