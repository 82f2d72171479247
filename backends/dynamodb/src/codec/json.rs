//! Items as DynamoDB's JSON has them, such as `{"total":{"N":"12"}}`: written as text and read from it,
//! without the SDK's attribute values in between.
//!
//! [`Checker`] accepts what DynamoDB sends, and nothing else: each attribute value is an object with one
//! type, numbers and binary data have no escapes, and base64 is padded. The SDK's codec reads every other
//! text. So the reader meets no text that has not been checked, and the rules of both codecs are the same.

mod check;
mod convert;
mod input;
mod names;
mod output;

pub(crate) use check::Checker;
pub(in crate::codec) use convert::map;
pub(in crate::codec) use input::Raw;
pub(in crate::codec) use output::Writer;

use monotable_json::{Cursor, Invalid, Quoted, Span};

/// The text of an item, or of several, and the attributes of one of them.
#[derive(Clone, Copy)]
pub(in crate::codec) struct ItemText<'a> {
    pub(in crate::codec) text: &'a str,
    pub(in crate::codec) attributes: &'a [Attribute],
}

/// The place of an attribute in a text.
pub(in crate::codec) struct Attribute {
    name: Short,
    value: Short,
    ty: Type,
}

/// The place of the content of a string, or of another value.
struct Short {
    start: u32,
    /// The length, and in the lowest bit whether there are escapes.
    len: u32,
}

impl Short {
    #[inline]
    fn new(span: Span) -> Result<Self, Invalid> {
        let (start, len) = (Self::place(span.start)?, Self::place(span.end - span.start)?);
        // Items have at most 400 KB, so that the bit is free.
        if len >> 31 != 0 {
            return Err(Invalid);
        }
        Ok(Short { start, len: len << 1 | u32::from(span.escaped) })
    }

    #[inline]
    fn place(at: usize) -> Result<u32, Invalid> {
        u32::try_from(at).map_err(|_| Invalid)
    }

    fn span(&self) -> Span {
        let start = self.start as usize;
        Span { start, end: start + (self.len >> 1) as usize, escaped: self.len & 1 == 1 }
    }

    #[inline]
    fn content<'a>(&self, text: &'a str) -> Quoted<'a> {
        let (start, len) = (self.start as usize, (self.len >> 1) as usize);
        let raw = text.get(start..start + len).unwrap_or_default();
        Quoted { raw, escaped: self.len & 1 == 1 }
    }
}

impl Attribute {
    #[inline]
    fn new(name: Span, ty: Type, value: Span) -> Result<Self, Invalid> {
        Ok(Attribute { name: Short::new(name)?, value: Short::new(value)?, ty })
    }

    #[cfg(test)]
    pub(in crate::codec) fn name<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        self.name.content(text).text().unwrap_or_default()
    }
}

impl<'a> ItemText<'a> {
    /// The text of an attribute.
    ///
    /// # Errors
    ///
    /// If it has escapes, or if the item has names with escapes and none without them is it.
    pub(in crate::codec) fn find(self, name: &str) -> Result<Option<&'a str>, Invalid> {
        let mut escaped = false;
        for attribute in self.attributes {
            escaped |= attribute.name.len & 1 == 1;
            if attribute.name.len == (name.len() as u32) << 1
                && attribute.name.content(self.text).raw == name
            {
                return match attribute.ty {
                    Type::Text => attribute.value.content(self.text).plain().map(Some),
                    _ => Ok(None),
                };
            }
        }
        if escaped { Err(Invalid) } else { Ok(None) }
    }
}

/// The type of an attribute value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Bytes,
    Bool,
    Null,
    List,
    Map,
    Texts,
    Numbers,
    BytesSet,
}

/// Moves over the start of an attribute value, such as `{"S":`.
#[inline]
fn begin(cursor: &mut Cursor<'_>) -> Result<Type, Invalid> {
    // DynamoDB sends no white space, and most types have one letter.
    let ty = match cursor.next_bytes() {
        Some([b'{', b'"', ty, b'"', b':']) => ty,
        _ => return begin_any(cursor),
    };
    let ty = match ty {
        b'S' => Type::Text,
        b'N' => Type::Number,
        b'B' => Type::Bytes,
        b'L' => Type::List,
        b'M' => Type::Map,
        _ => return Err(Invalid),
    };
    cursor.skip_bytes(5);
    Ok(ty)
}

fn begin_any(cursor: &mut Cursor<'_>) -> Result<Type, Invalid> {
    cursor.expect(b'{')?;
    Ok(match cursor.name()?.raw {
        "S" => Type::Text,
        "N" => Type::Number,
        "B" => Type::Bytes,
        "BOOL" => Type::Bool,
        "NULL" => Type::Null,
        "L" => Type::List,
        "M" => Type::Map,
        "SS" => Type::Texts,
        "NS" => Type::Numbers,
        "BS" => Type::BytesSet,
        _ => return Err(Invalid),
    })
}
