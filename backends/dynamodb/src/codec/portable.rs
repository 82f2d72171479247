//! Items as bytes and back: DynamoDB's JSON, which most items are held as anyway.

use super::{Attributes, Form, Page, Place};
use crate::codec::json::Checker;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::backend::Portable;
use monotable_core::{Error, Kind, Result};
use monotable_json::{Cursor, write_string};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

impl Portable for Attributes {
    const ENCODING: &'static str = "dynamodb 1";

    fn to_bytes(&self) -> Result<Cow<'_, [u8]>> {
        match &self.0 {
            Form::Json(page, at) => Ok(Cow::Borrowed(page.json(*at).as_bytes())),
            Form::Map(inner) => {
                let mut out = String::with_capacity(1024);
                write_map(&mut out, &inner.map)?;
                Ok(Cow::Owned(out.into_bytes()))
            }
        }
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let damaged = || Error::new(Kind::Decode, "the bytes are no item in DynamoDB's JSON");
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let (mut cursor, mut checker) = (Cursor::new(text), Checker::default());
        let place = Place::read(&mut cursor, &mut checker).map_err(|_| damaged())?;
        if cursor.at() != text.len() {
            return Err(damaged());
        }
        let page = Page::new(text.to_owned().into(), vec![place], checker);
        Ok(Attributes::of_page(&Arc::new(page), 0))
    }
}

/// Writes the attributes of an item or the entries of a map.
fn write_map(out: &mut String, map: &HashMap<String, AttributeValue>) -> Result<()> {
    out.push('{');
    for (at, (name, value)) in map.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_string(out, name);
        out.push(':');
        write(out, value)?;
    }
    out.push('}');
    Ok(())
}

/// Writes one attribute value. Numbers keep their digits.
fn write(out: &mut String, value: &AttributeValue) -> Result<()> {
    let base64 = |blob: &aws_sdk_dynamodb::primitives::Blob| aws_smithy_types::base64::encode(blob);
    match value {
        AttributeValue::S(text) => one(out, "S", text),
        AttributeValue::N(digits) => one(out, "N", digits),
        AttributeValue::B(blob) => one(out, "B", &base64(blob)),
        AttributeValue::Bool(true) => out.push_str("{\"BOOL\":true}"),
        AttributeValue::Bool(false) => out.push_str("{\"BOOL\":false}"),
        AttributeValue::Null(_) => out.push_str("{\"NULL\":true}"),
        AttributeValue::Ss(texts) => many(out, "SS", texts.iter().map(String::as_str)),
        AttributeValue::Ns(digits) => many(out, "NS", digits.iter().map(String::as_str)),
        AttributeValue::Bs(blobs) => many(out, "BS", blobs.iter().map(base64)),
        AttributeValue::M(map) => {
            out.push_str("{\"M\":");
            write_map(out, map)?;
            out.push('}');
        }
        AttributeValue::L(list) => {
            out.push_str("{\"L\":[");
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(out, value)?;
            }
            out.push_str("]}");
        }
        // The value itself is not shown: errors are logged.
        _ => {
            let message = "the item has a value of a type that this version of the SDK does not know, so the item cannot be \
                           kept as bytes: use a newer version";
            return Err(Error::new(Kind::Encode, message));
        }
    }
    Ok(())
}

fn one(out: &mut String, ty: &str, text: &str) {
    begin(out, ty);
    write_string(out, text);
    out.push('}');
}

fn many(out: &mut String, ty: &str, texts: impl Iterator<Item = impl AsRef<str>>) {
    begin(out, ty);
    out.push('[');
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_string(out, text.as_ref());
    }
    out.push_str("]}");
}

fn begin(out: &mut String, ty: &str) {
    out.push_str("{\"");
    out.push_str(ty);
    out.push_str("\":");
}
