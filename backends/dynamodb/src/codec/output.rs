//! The SDK's attribute values as a format that values are written in.

use super::number;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use monotable_core::value::front::{FormatLimits, Output, SetElements};
use monotable_core::value::{Number, ValueError};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Display;

type Result<T> = std::result::Result<T, ValueError>;

/// Builds attribute values.
pub(super) struct Attributes;

fn number(value: impl Display) -> Result<AttributeValue> {
    Ok(AttributeValue::N(value.to_string()))
}

impl Output for Attributes {
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;

    type Value = AttributeValue;
    type List = Vec<AttributeValue>;
    type Map = HashMap<String, AttributeValue>;
    type Entry = Cow<'static, str>;

    fn null(&mut self) -> Result<AttributeValue> {
        Ok(AttributeValue::Null(true))
    }

    fn bool(&mut self, value: bool) -> Result<AttributeValue> {
        Ok(AttributeValue::Bool(value))
    }

    #[inline]
    fn unsigned(&mut self, value: u64) -> Result<AttributeValue> {
        number(value)
    }

    #[inline]
    fn negative(&mut self, value: i64) -> Result<AttributeValue> {
        number(value)
    }

    fn big_unsigned(&mut self, value: u128) -> Result<AttributeValue> {
        number(value)
    }

    fn big_negative(&mut self, value: i128) -> Result<AttributeValue> {
        number(value)
    }

    fn float(&mut self, value: f64) -> Result<AttributeValue> {
        Ok(AttributeValue::N(number::of_f64(value)))
    }

    fn decimal(&mut self, value: Number) -> Result<AttributeValue> {
        Ok(AttributeValue::N(number::text(value)))
    }

    #[inline]
    fn text(&mut self, value: &str) -> Result<AttributeValue> {
        Ok(AttributeValue::S(value.to_owned()))
    }

    fn bytes(&mut self, value: &[u8]) -> Result<AttributeValue> {
        Ok(AttributeValue::B(Blob::new(value)))
    }

    fn set(&mut self, elements: SetElements<'_>) -> Result<AttributeValue> {
        Ok(match elements {
            SetElements::Text(all) => {
                AttributeValue::Ss(all.into_iter().map(str::to_owned).collect())
            }
            SetElements::Numbers(all) => {
                AttributeValue::Ns(all.into_iter().map(number::text).collect())
            }
            SetElements::Bytes(all) => AttributeValue::Bs(all.into_iter().map(Blob::new).collect()),
        })
    }

    fn begin_list(&mut self, len: usize) -> Result<Vec<AttributeValue>> {
        Ok(Vec::with_capacity(len))
    }

    #[inline]
    fn end_element(&mut self, list: &mut Vec<AttributeValue>, value: AttributeValue) {
        list.push(value);
    }

    fn end_list(&mut self, list: Vec<AttributeValue>) -> Result<AttributeValue> {
        Ok(AttributeValue::L(list))
    }

    fn begin_item(&mut self, len: usize) -> Result<Self::Map> {
        self.begin_map(len)
    }

    fn begin_map(&mut self, len: usize) -> Result<Self::Map> {
        Ok(HashMap::with_capacity(len))
    }

    #[inline]
    fn begin_field(&mut self, _: &mut Self::Map, name: &'static str) -> Result<Self::Entry> {
        Ok(Cow::Borrowed(name))
    }

    fn begin_entry(&mut self, _: &mut Self::Map, name: &str) -> Result<Self::Entry> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn entry_name<'a>(&'a self, entry: &'a Self::Entry) -> Cow<'a, str> {
        Cow::Borrowed(entry)
    }

    #[inline]
    fn end_entry(
        &mut self,
        map: &mut Self::Map,
        entry: Self::Entry,
        value: AttributeValue,
    ) -> Result<()> {
        match map.entry(entry.into_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(value);
                Ok(())
            }
            Entry::Occupied(entry) => {
                Err(ValueError::new("two entries have this name").within(entry.key()))
            }
        }
    }

    #[inline]
    fn drop_entry(&mut self, _: &mut Self::Map, _: Self::Entry) {}

    fn end_map(&mut self, map: Self::Map) -> Result<AttributeValue> {
        Ok(AttributeValue::M(map))
    }
}
