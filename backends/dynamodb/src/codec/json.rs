//! Items as DynamoDB's JSON has them, such as `{"total":{"N":"12"}}`: written as text and read from it,
//! without the SDK's attribute values in between.
//!
//! [`check`] accepts what DynamoDB sends, and nothing else: each attribute value is an object with one
//! type, numbers and binary data have no escapes, and base64 is padded. The SDK's codec reads every other
//! text. So the reader meets no text that has not been checked, and the rules of both codecs are the same.

mod check;
mod convert;
mod input;
mod names;
mod output;

pub(in crate::codec) use check::TagPlace;
pub(crate) use check::item as check;
pub(in crate::codec) use convert::map;
pub(in crate::codec) use input::{Raw, find};
pub(in crate::codec) use output::Writer;

use crate::json::{Cursor, Invalid};

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
