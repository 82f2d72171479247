//! `Cursor`, a place in a JSON text that moves over one piece after the other.

use super::escape::{first_special, unescape};
use std::borrow::Cow;
use std::ops::Range;

/// The text is not what was expected at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid;

type Result<T> = std::result::Result<T, Invalid>;

/// A place in a JSON text.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// The content of a JSON string, between the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// The content as it is written, with its escapes.
    pub raw: &'a str,
    /// Whether there are escapes in it.
    pub escaped: bool,
}

/// The place of the content of a JSON string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// Where the quote after it is.
    pub end: usize,
    /// Whether there are escapes in it.
    pub escaped: bool,
}

impl<'a> Quoted<'a> {
    /// The text that the string stands for.
    ///
    /// # Errors
    ///
    /// If an escape is wrong.
    #[inline]
    pub fn text(self) -> Result<Cow<'a, str>> {
        if self.escaped { unescape(self.raw).map(Cow::Owned) } else { Ok(Cow::Borrowed(self.raw)) }
    }

    /// The content, if it has no escapes.
    #[inline]
    pub fn plain(self) -> Result<&'a str> {
        if self.escaped { Err(Invalid) } else { Ok(self.raw) }
    }
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    #[inline]
    pub fn new(text: &'a str) -> Self {
        Cursor { text, at: 0 }
    }

    /// The same text at another place.
    #[inline]
    pub fn moved_to(self, at: usize) -> Self {
        Cursor { at, ..self }
    }

    /// The number of bytes before this place.
    #[inline]
    pub fn at(self) -> usize {
        self.at
    }

    /// The text from here to the end.
    pub fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn byte(self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space, which is not moved over.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.peek_after_space(),
        }
    }

    #[cold]
    fn peek_after_space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Moves over this byte, if it is the next one.
    #[inline]
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The next bytes, which are not moved over.
    #[inline]
    pub fn next_bytes<const N: usize>(self) -> Option<[u8; N]> {
        self.text.as_bytes().get(self.at..).and_then(|rest| rest.first_chunk()).copied()
    }

    /// Moves over so many bytes, which were looked at before.
    #[inline]
    pub fn skip_bytes(&mut self, count: usize) {
        self.at += count;
    }

    /// Moves over a repetition of this part of the text, if it is what follows. White space counts.
    #[inline]
    pub fn take_again(&mut self, part: Range<usize>) -> bool {
        let (bytes, len) = (self.text.as_bytes(), part.len());
        let part = bytes.get(part);
        let found = part.is_some() && bytes.get(self.at..self.at + len) == part;
        if found {
            self.at += len;
        }
        found
    }

    /// Moves over this byte, which has to be the next one.
    #[inline]
    pub fn expect(&mut self, byte: u8) -> Result<()> {
        if self.take(byte) { Ok(()) } else { Err(Invalid) }
    }

    /// Moves over the end of a container, or to its next element. Returns whether there is one.
    ///
    /// `first` says whether no element has been read, and becomes false.
    #[inline]
    pub fn next(&mut self, end: u8, first: &mut bool) -> Result<bool> {
        if std::mem::take(first) {
            return Ok(!self.take(end));
        }
        if self.take(b',') {
            return Ok(true);
        }
        self.expect(end).map(|()| false)
    }

    /// Moves over a string. Its escapes are not checked.
    #[inline]
    pub fn string(&mut self) -> Result<Quoted<'a>> {
        let Span { start, end, escaped } = self.span()?;
        let raw = self.text.get(start..end).ok_or(Invalid)?;
        Ok(Quoted { raw, escaped })
    }

    /// Moves over a string. Returns the place of its content.
    #[inline]
    pub fn span(&mut self) -> Result<Span> {
        self.expect(b'"')?;
        self.rest_of_span()
    }

    /// Moves over the rest of a string, from behind its first quote. Returns the place of its content.
    #[inline]
    pub fn rest_of_span(&mut self) -> Result<Span> {
        let start = self.at;
        let escaped = self.rest_of_string()?;
        Ok(Span { start, end: self.at - 1, escaped })
    }

    /// The bytes of the content of a string that this cursor has moved over.
    #[inline]
    pub fn bytes(self, span: Span) -> &'a [u8] {
        self.text.as_bytes().get(span.start..span.end).unwrap_or_default()
    }

    /// The content of a string that this cursor has moved over.
    #[inline]
    pub fn content(self, span: Span) -> Quoted<'a> {
        let raw = self.text.get(span.start..span.end).unwrap_or_default();
        Quoted { raw, escaped: span.escaped }
    }

    /// Moves behind the quote at the end of a string. Returns whether there are escapes before it.
    #[inline]
    fn rest_of_string(&mut self) -> Result<bool> {
        self.at = first_special(self.text.as_bytes(), self.at);
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(false);
        }
        self.rest_with_escapes().map(|()| true)
    }

    #[cold]
    fn rest_with_escapes(&mut self) -> Result<()> {
        loop {
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                // A control character, or the end of the text.
                _ => return Err(Invalid),
            }
            self.at = first_special(self.text.as_bytes(), self.at);
        }
        self.at += 1;
        Ok(())
    }

    /// Moves over the name of an entry of an object, and its colon.
    #[inline]
    pub fn name(&mut self) -> Result<Quoted<'a>> {
        let name = self.string()?;
        self.expect(b':')?;
        Ok(name)
    }

    /// Moves over `true` or `false`.
    pub fn bool(&mut self) -> Result<bool> {
        self.peek();
        for (word, value) in [("true", true), ("false", false)] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(Invalid)
    }

    /// Moves over any value. Strings and brackets are matched, and nothing else is checked.
    pub fn skip(&mut self) -> Result<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek().ok_or(Invalid)? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    self.at += 1;
                    depth += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).ok_or(Invalid)?;
                    self.at += 1;
                }
                b',' | b':' => {
                    if depth == 0 {
                        return Err(Invalid);
                    }
                    self.at += 1;
                }
                _ => self.word(),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Moves over a number or a literal, of at least one byte.
    fn word(&mut self) {
        self.at += 1;
        while let Some(byte) = self.byte() {
            if matches!(
                byte,
                b',' | b':' | b'}' | b']' | b'{' | b'[' | b'"' | b' ' | b'\t' | b'\n' | b'\r'
            ) {
                break;
            }
            self.at += 1;
        }
    }
}
