//! `Cursor`, a place in a JSON text that moves over one piece after the other.

use super::escape::{first_special, unescape};
use std::borrow::Cow;

/// The text is not what was expected at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Invalid;

type Result<T> = std::result::Result<T, Invalid>;

/// A place in a JSON text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// The content of a JSON string, between the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quoted<'a> {
    /// The content as it is written, with its escapes.
    pub(crate) raw: &'a str,
    /// Whether there are escapes in it.
    pub(crate) escaped: bool,
}

/// The place of the content of a JSON string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether there are escapes in it.
    pub(crate) escaped: bool,
}

impl<'a> Quoted<'a> {
    /// The text that the string stands for.
    ///
    /// # Errors
    ///
    /// If an escape is wrong.
    #[inline]
    pub(crate) fn text(self) -> Result<Cow<'a, str>> {
        if self.escaped { unescape(self.raw).map(Cow::Owned) } else { Ok(Cow::Borrowed(self.raw)) }
    }

    /// The content, if it has no escapes.
    #[inline]
    pub(crate) fn plain(self) -> Result<&'a str> {
        if self.escaped { Err(Invalid) } else { Ok(self.raw) }
    }
}

impl<'a> Cursor<'a> {
    #[inline]
    pub(crate) fn new(text: &'a str) -> Self {
        Cursor { text, at: 0 }
    }

    /// The same text at another place.
    #[inline]
    pub(crate) fn moved_to(self, at: usize) -> Self {
        Cursor { at, ..self }
    }

    /// The number of bytes before this place.
    #[inline]
    pub(crate) fn at(self) -> usize {
        self.at
    }

    /// The text from here to the end.
    pub(crate) fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn byte(self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space, which is not moved over.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
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
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The next bytes, which are not moved over.
    #[inline]
    pub(crate) fn next_bytes<const N: usize>(self) -> Option<[u8; N]> {
        self.text.as_bytes().get(self.at..).and_then(|rest| rest.first_chunk()).copied()
    }

    /// Moves over so many bytes, which were looked at before.
    #[inline]
    pub(crate) fn skip_bytes(&mut self, count: usize) {
        self.at += count;
    }

    /// Moves over this byte, which has to be the next one.
    #[inline]
    pub(crate) fn expect(&mut self, byte: u8) -> Result<()> {
        if self.take(byte) { Ok(()) } else { Err(Invalid) }
    }

    /// Moves over the end of a container, or to its next element. Returns whether there is one.
    ///
    /// `first` says whether no element has been read, and becomes false.
    #[inline]
    pub(crate) fn next(&mut self, end: u8, first: &mut bool) -> Result<bool> {
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
    pub(crate) fn string(&mut self) -> Result<Quoted<'a>> {
        let Span { start, end, escaped } = self.span()?;
        let raw = self.text.get(start..end).ok_or(Invalid)?;
        Ok(Quoted { raw, escaped })
    }

    /// Moves over a string. Returns the place of its content.
    #[inline]
    pub(crate) fn span(&mut self) -> Result<Span> {
        self.expect(b'"')?;
        let start = self.at;
        let escaped = self.rest_of_string()?;
        Ok(Span { start, end: self.at - 1, escaped })
    }

    /// The bytes of the content of a string that this cursor has moved over.
    #[inline]
    pub(crate) fn bytes(self, span: Span) -> &'a [u8] {
        self.text.as_bytes().get(span.start..span.end).unwrap_or_default()
    }

    /// The content of a string that this cursor has moved over.
    #[inline]
    pub(crate) fn content(self, span: Span) -> Quoted<'a> {
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
    pub(crate) fn name(&mut self) -> Result<Quoted<'a>> {
        let name = self.string()?;
        self.expect(b':')?;
        Ok(name)
    }

    /// Moves over `true` or `false`.
    pub(crate) fn bool(&mut self) -> Result<bool> {
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
    pub(crate) fn skip(&mut self) -> Result<()> {
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
