//! `Out`, which takes a text: it counts it, writes it, or compares it.

use super::lines::without_comments;

/// Takes a text piece by piece.
///
/// The comparison is evaluated each time when a table with a lock is compiled. A call is slow in const
/// evaluation, so it has one for each piece, and few pieces are given at once.
pub(super) struct Out<'a> {
    to: To<'a>,
    used: usize,
}

enum To<'a> {
    /// Only counts the bytes, so that the caller knows how much room the text needs.
    Count,
    /// Writes the text. What does not fit is left out.
    Room(&'a mut [u8]),
    /// Compares the text with what is left of a file.
    File(&'a [u8]),
    /// The text is not that of the file.
    Differs,
}

impl<'a> Out<'a> {
    pub(super) const COUNTER: Out<'static> = Out { to: To::Count, used: 0 };

    pub(super) const fn room(room: &'a mut [u8]) -> Self {
        Out { to: To::Room(room), used: 0 }
    }

    pub(super) const fn file(file: &'a [u8]) -> Self {
        Out { to: To::File(without_comments(file)), used: 0 }
    }

    /// Returns how many bytes were counted or written.
    pub(super) const fn used(&self) -> usize {
        self.used
    }

    /// Returns whether the text was that of the file.
    pub(super) const fn is_file(&self) -> bool {
        matches!(self.to, To::File([]))
    }

    /// Takes these pieces.
    pub(super) const fn put(&mut self, pieces: &[&str]) {
        match &mut self.to {
            To::File(file) => match compare(file, pieces) {
                Some(rest) => *file = rest,
                None => self.to = To::Differs,
            },
            To::Differs => {}
            To::Count => self.used += length(pieces),
            To::Room(room) => {
                self.used = write(room, self.used, pieces);
            }
        }
    }

    /// Takes a number.
    pub(super) const fn number(&mut self, number: u16) {
        const DIGITS: &[&str; 10] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        if number > 9 {
            self.number(number / 10);
        }
        self.put(&[DIGITS[(number % 10) as usize]]);
    }
}

/// Returns what follows these pieces in a file, if it begins with them.
const fn compare<'a>(mut file: &'a [u8], mut pieces: &[&str]) -> Option<&'a [u8]> {
    while let [piece, rest @ ..] = pieces {
        pieces = rest;
        let mut piece = piece.as_bytes();
        // Four bytes at once, because taking a slice apart is most of the work. A line ends in the last ones.
        while let ([a, b, c, d, piece_rest @ ..], [e, f, g, h, after @ ..]) = (piece, file)
            && *a == *e
            && *b == *f
            && *c == *g
            && *d == *h
            && *d != b'\n'
        {
            (piece, file) = (piece_rest, after);
        }
        while let [byte, piece_rest @ ..] = piece {
            match file {
                [same, after @ ..] if *same == *byte => {
                    file = after;
                    if *byte == b'\n'
                        && let [b'#' | b'\r' | b'\n', ..] = file
                    {
                        file = without_comments(file);
                    }
                }
                [b'\r', after @ ..] if *byte == b'\n' => {
                    file = after;
                    continue;
                }
                // The end of the last line.
                [] if *byte == b'\n' => {}
                _ => return None,
            }
            piece = piece_rest;
        }
    }
    Some(file)
}

const fn length(mut pieces: &[&str]) -> usize {
    let mut length = 0;
    while let [piece, rest @ ..] = pieces {
        pieces = rest;
        length += piece.len();
    }
    length
}

const fn write(room: &mut [u8], mut used: usize, mut pieces: &[&str]) -> usize {
    while let [piece, rest @ ..] = pieces {
        pieces = rest;
        let mut piece = piece.as_bytes();
        while let [byte, piece_rest @ ..] = piece {
            if used < room.len() {
                room[used] = *byte;
            }
            used += 1;
            piece = piece_rest;
        }
    }
    used
}
