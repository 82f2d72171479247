//! The check of a text, which is done once for each item, and finds its attributes.

use super::names::{Names, hash};
use super::{Attribute, Short, Type, begin};
use monotable_json::{Cursor, Invalid, Span};
use std::ops::Range;

type Result<T> = std::result::Result<T, Invalid>;

/// The depth up to which items are checked. DynamoDB's limit is 32.
const MAX_DEPTH: u8 = 64;

/// Moves over items, and collects their attributes.
///
/// The items of a page are alike: most have the attributes of the item before them, in its order. So what stands
/// before each value is first compared with what stood there in that item, which is one comparison instead of
/// reading a name, its hash and a type ([`as_before`](Checker::as_before)).
#[derive(Default)]
pub(crate) struct Checker {
    attributes: Vec<Attribute>,
    /// Where the attributes of the item before this one start.
    before: usize,
    /// Hashes of the names in the maps that are being read; the innermost map is last.
    hashes: Vec<u32>,
}

/// The number of attributes of the item before that an item may lack in a row, and is still compared with it.
const MAY_LACK: usize = 4;

impl Checker {
    /// The number of attributes of all items.
    pub(in crate::codec) fn count(&self) -> usize {
        self.attributes.len()
    }

    /// The attributes of all items, in order.
    pub(in crate::codec) fn attributes(self) -> Vec<Attribute> {
        self.attributes
    }

    /// Moves over an item.
    ///
    /// # Errors
    ///
    /// If it is not an item as DynamoDB sends it, or if two names in it or in a map may be the same.
    pub(in crate::codec) fn item(&mut self, cursor: &mut Cursor<'_>) -> Result<()> {
        cursor.expect(b'{')?;
        let (mut first, mut names, start) = (true, Names::new(&self.hashes), self.count());
        let mut before = std::mem::replace(&mut self.before, start)..start;
        while cursor.next(b'}', &mut first)? {
            if self.as_before(cursor, &mut before)? {
                continue;
            }
            // From here on, names are compared with each other. Those until here are names of the item before, in
            // its order, so that none of them occurs twice.
            if before.end != 0 {
                before = 0..0;
                for known in self.attributes.get(start..).unwrap_or_default() {
                    names.add(&mut self.hashes, hash_of(*cursor, known.name.span())?);
                }
            }
            let name = cursor.span()?;
            cursor.expect(b':')?;
            if names.add(&mut self.hashes, hash_of(*cursor, name)?) {
                return Err(Invalid);
            }
            let (ty, value) = self.value(cursor, MAX_DEPTH)?;
            self.attributes.push(Attribute::new(name, ty, value)?);
        }
        if names.end(&mut self.hashes) { Err(Invalid) } else { Ok(()) }
    }

    /// Moves over an attribute with the name and the type of one of the next attributes of the item before this one.
    /// Returns whether there is one.
    ///
    /// `before` is what is left of that item.
    #[inline]
    fn as_before(&mut self, cursor: &mut Cursor<'_>, before: &mut Range<usize>) -> Result<bool> {
        let known = self.attributes.get(before.clone()).unwrap_or_default().iter().take(MAY_LACK);
        for (at, known) in known.enumerate() {
            let (from, name, value) = (known.name.start, known.name.len, known.value.start);
            // From the quote before the name to the value, behind the quote of a string.
            let ty = known.ty;
            let here = cursor.at();
            if !cursor.take_again(from as usize - 1..value as usize) {
                continue;
            }
            before.start += at + 1;
            let name = Short { start: Short::place(here + 1)?, len: name };
            let value = match ty {
                Type::Text => checked_rest(cursor)?,
                Type::Number => plain_rest(cursor)?,
                Type::Bytes => base64_rest(cursor)?,
                _ => self.other(ty, cursor, MAX_DEPTH)?,
            };
            cursor.expect(b'}')?;
            self.attributes.push(Attribute { name, value: Short::new(value)?, ty });
            return Ok(true);
        }
        Ok(false)
    }

    /// Moves over an attribute value. Returns the place of the content of a string, or of what else it is.
    #[inline]
    fn value(&mut self, cursor: &mut Cursor<'_>, depth: u8) -> Result<(Type, Span)> {
        let ty = begin(cursor)?;
        let span = match ty {
            Type::Text => checked(cursor)?,
            Type::Number => plain(cursor)?,
            Type::Bytes => base64(cursor)?,
            _ => self.other(ty, cursor, depth)?,
        };
        cursor.expect(b'}')?;
        Ok((ty, span))
    }

    fn other(&mut self, ty: Type, cursor: &mut Cursor<'_>, depth: u8) -> Result<Span> {
        cursor.peek();
        let start = cursor.at();
        match ty {
            Type::Bool => {
                cursor.bool()?;
            }
            Type::Null => {
                if !cursor.bool()? {
                    return Err(Invalid);
                }
            }
            Type::List => {
                let depth = depth.checked_sub(1).ok_or(Invalid)?;
                elements(cursor, |cursor| self.value(cursor, depth).map(drop))?;
            }
            Type::Map => self.map(cursor, depth.checked_sub(1).ok_or(Invalid)?)?,
            Type::Texts => elements(cursor, |cursor| checked(cursor).map(drop))?,
            Type::Numbers => elements(cursor, |cursor| plain(cursor).map(drop))?,
            Type::BytesSet => elements(cursor, |cursor| base64(cursor).map(drop))?,
            Type::Text | Type::Number | Type::Bytes => return Err(Invalid),
        }
        Ok(Span { start, end: cursor.at(), escaped: false })
    }

    fn map(&mut self, cursor: &mut Cursor<'_>, depth: u8) -> Result<()> {
        cursor.expect(b'{')?;
        let (mut first, mut names) = (true, Names::new(&self.hashes));
        while cursor.next(b'}', &mut first)? {
            let name = cursor.span()?;
            cursor.expect(b':')?;
            if names.add(&mut self.hashes, hash_of(*cursor, name)?) {
                return Err(Invalid);
            }
            self.value(cursor, depth)?;
        }
        if names.end(&mut self.hashes) { Err(Invalid) } else { Ok(()) }
    }
}

/// The hash of a name that the cursor has moved over.
#[inline]
fn hash_of(cursor: Cursor<'_>, name: Span) -> Result<u32> {
    if name.escaped {
        // A name with an escape may equal a name without one.
        return Ok(hash(cursor.content(name).text()?.as_bytes()));
    }
    Ok(hash(cursor.bytes(name)))
}

fn elements<'a>(
    cursor: &mut Cursor<'a>,
    mut element: impl FnMut(&mut Cursor<'a>) -> Result<()>,
) -> Result<()> {
    cursor.expect(b'[')?;
    let mut first = true;
    while cursor.next(b']', &mut first)? {
        element(cursor)?;
    }
    Ok(())
}

/// Moves over a string, and checks its escapes.
#[inline]
fn checked(cursor: &mut Cursor<'_>) -> Result<Span> {
    cursor.expect(b'"')?;
    checked_rest(cursor)
}

/// Moves over a string from behind its first quote, and checks its escapes.
#[inline]
fn checked_rest(cursor: &mut Cursor<'_>) -> Result<Span> {
    let span = cursor.rest_of_span()?;
    if span.escaped {
        cursor.content(span).text()?;
    }
    Ok(span)
}

/// Moves over a string without escapes.
#[inline]
fn plain(cursor: &mut Cursor<'_>) -> Result<Span> {
    cursor.expect(b'"')?;
    plain_rest(cursor)
}

/// Moves over a string without escapes from behind its first quote.
#[inline]
fn plain_rest(cursor: &mut Cursor<'_>) -> Result<Span> {
    let span = cursor.rest_of_span()?;
    if span.escaped { Err(Invalid) } else { Ok(span) }
}

/// Moves over binary data, which has to be padded base64.
fn base64(cursor: &mut Cursor<'_>) -> Result<Span> {
    cursor.expect(b'"')?;
    base64_rest(cursor)
}

/// Moves over binary data from behind its first quote.
fn base64_rest(cursor: &mut Cursor<'_>) -> Result<Span> {
    let span = plain_rest(cursor)?;
    let text = cursor.content(span).raw;
    aws_smithy_types::base64::decode(text).map(|_| span).map_err(|_| Invalid)
}
