//! Lines of a text, and the subject of a line.
//!
//! Empty lines, and lines that begin with `#`, are comments. A line may end with `\r\n`.

/// Returns the first line that is no comment, without its end, and what follows it.
pub(super) const fn next(mut text: &[u8]) -> Option<(&[u8], &[u8])> {
    while !text.is_empty() {
        let mut end = 0;
        while end < text.len() && text[end] != b'\n' {
            end += 1;
        }
        let (line, rest) = text.split_at(end);
        text = match rest {
            [_, rest @ ..] => rest,
            [] => rest,
        };
        let line = match line {
            [line @ .., b'\r'] => line,
            line => line,
        };
        if !matches!(line, [] | [b'#', ..]) {
            return Some((line, text));
        }
    }
    None
}

/// Returns the text without comments at its beginning.
pub(super) const fn without_comments(mut text: &[u8]) -> &[u8] {
    while let [b'#' | b'\r' | b'\n', ..] = text {
        while let [byte, rest @ ..] = text {
            text = rest;
            if *byte == b'\n' {
                break;
            }
        }
    }
    text
}

/// Returns the part of a line before its value: `entity Order sk` of `entity Order sk = ORDER#{id: u32}`.
pub(super) const fn subject(line: &[u8]) -> &[u8] {
    let mut at = 0;
    while at + 3 <= line.len() {
        if line[at] == b' ' && line[at + 1] == b'=' && line[at + 2] == b' ' {
            return line.split_at(at).0;
        }
        at += 1;
    }
    line
}

/// Returns a word of a line, by its number. After the last, the words are empty.
pub(super) const fn word(line: &[u8], number: usize) -> &[u8] {
    let (mut rest, mut word) = (line, 0);
    loop {
        let mut end = 0;
        while end < rest.len() && rest[end] != b' ' {
            end += 1;
        }
        let (found, after) = rest.split_at(end);
        if word == number {
            return found;
        }
        match after {
            [_, after @ ..] => rest = after,
            [] => return after,
        }
        word += 1;
    }
}

/// Returns whether two texts are the same.
pub(super) const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    matches!((a, b), ([], []))
}
