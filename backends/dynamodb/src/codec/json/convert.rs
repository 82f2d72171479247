//! The SDK's attribute values from the JSON of an item, for requests that are made by hand.

use super::ItemText;
use super::input::{Elements, Of, Raw};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::value::ValueError;
use monotable_core::value::front::{Input as _, Kind, ListInput, MapInput, Token};
use std::collections::HashMap;

type Result<T> = std::result::Result<T, ValueError>;

/// The attributes of an item.
pub(in crate::codec) fn map(item: ItemText<'_>) -> Result<HashMap<String, AttributeValue>> {
    match Raw::item(item).token()? {
        Token::Map(entries) => entries_of(entries),
        _ => Err(ValueError::new("an item is a map")),
    }
}

fn entries_of<'de>(
    mut entries: impl MapInput<'de, Raw<'de>>,
) -> Result<HashMap<String, AttributeValue>> {
    let mut map = HashMap::new();
    while let Some(name) = entries.name() {
        map.insert(name?.into_owned(), value(entries.value()?)?);
    }
    Ok(map)
}

fn value(raw: Raw<'_>) -> Result<AttributeValue> {
    if let Raw::Number(digits) = raw {
        return Ok(AttributeValue::N(digits.to_owned()));
    }
    let kind = raw.kind();
    Ok(match raw.token()? {
        Token::Null => AttributeValue::Null(true),
        Token::Bool(value) => AttributeValue::Bool(value),
        Token::Text(text) => AttributeValue::S(text.into_owned()),
        Token::Bytes(bytes) => AttributeValue::B(Blob::new(bytes)),
        Token::Map(entries) => AttributeValue::M(entries_of(entries)?),
        Token::List(elements) if kind == Kind::Set => set(elements)?,
        Token::List(mut elements) => {
            let mut list = Vec::new();
            while let Some(element) = elements.next() {
                list.push(value(element?)?);
            }
            AttributeValue::L(list)
        }
    })
}

fn set(mut elements: Elements<'_>) -> Result<AttributeValue> {
    let of = elements.of();
    let (mut texts, mut blobs) = (Vec::new(), Vec::new());
    while let Some(element) = elements.next() {
        match element? {
            Raw::Number(digits) => texts.push(digits.to_owned()),
            raw => match raw.token()? {
                Token::Text(text) => texts.push(text.into_owned()),
                Token::Bytes(bytes) => blobs.push(Blob::new(bytes)),
                _ => return Err(ValueError::new("an element of a set is a scalar")),
            },
        }
    }
    Ok(match of {
        Of::Numbers => AttributeValue::Ns(texts),
        Of::Bytes => AttributeValue::Bs(blobs),
        Of::Texts | Of::Values => AttributeValue::Ss(texts),
    })
}
