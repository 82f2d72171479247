//! The check of a text, which is done once for each item, and finds its attributes.

use super::names::{Names, hash};
use super::{Attribute, Type, begin};
use monotable_json::{Cursor, Invalid, Span};

type Result<T> = std::result::Result<T, Invalid>;

/// The depth up to which items are checked. DynamoDB's limit is 32.
const MAX_DEPTH: u8 = 64;

/// Moves over items, and collects their attributes.
#[derive(Default)]
pub(crate) struct Checker {
    attributes: Vec<Attribute>,
    /// Hashes of the names in the maps that are being read; the innermost map is last.
    hashes: Vec<u32>,
}

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
        let (mut first, mut names) = (true, Names::new(&self.hashes));
        while cursor.next(b'}', &mut first)? {
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
    let span = cursor.span()?;
    if span.escaped {
        cursor.content(span).text()?;
    }
    Ok(span)
}

/// Moves over a string without escapes.
#[inline]
fn plain(cursor: &mut Cursor<'_>) -> Result<Span> {
    let span = cursor.span()?;
    if span.escaped { Err(Invalid) } else { Ok(span) }
}

/// Moves over binary data, which has to be padded base64.
fn base64(cursor: &mut Cursor<'_>) -> Result<Span> {
    let span = plain(cursor)?;
    let text = cursor.content(span).raw;
    aws_smithy_types::base64::decode(text).map(|_| span).map_err(|_| Invalid)
}
