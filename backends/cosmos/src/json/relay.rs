//! Reading a document in the one pass that serde_json makes over its text.

use super::node::EXACT;
use crate::document::names;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable_core::value::ValueError;
use monotable_core::value::front::{EntryName, Numeric, Relay, Stored, Wanted};
use serde::Deserializer;
use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// How JSON stores what it has no kind for.
#[derive(Debug)]
pub(crate) enum Json {}

impl Stored for Json {
    fn binary(text: &str) -> Result<Vec<u8>, ValueError> {
        STANDARD
            .decode(text.as_bytes())
            .map_err(|_| ValueError::new("binary data is stored as base64 text"))
    }

    /// A larger integer is a float that the service has written without an exponent. A type that asks for an integer gets
    /// it all the same.
    #[inline]
    fn unsigned(value: u64, wanted: Wanted) -> Numeric {
        match wanted == Wanted::Integer || value <= EXACT as u64 {
            true => Numeric::Unsigned(value),
            false => Numeric::Float(value as f64),
        }
    }

    #[inline]
    fn negative(value: i64, wanted: Wanted) -> Numeric {
        match wanted == Wanted::Integer || value.unsigned_abs() <= EXACT as u64 {
            true => Numeric::Negative(value),
            false => Numeric::Float(value as f64),
        }
    }

    /// A number that is written with a fraction or an exponent is an integer nevertheless, if a float holds it exactly.
    #[inline]
    fn float(value: f64, wanted: Wanted) -> Numeric {
        if wanted == Wanted::Float || value.fract() != 0.0 || value.abs() > EXACT {
            Numeric::Float(value)
        } else if value < 0.0 {
            Numeric::Negative(value as i64)
        } else {
            Numeric::Unsigned(value as u64)
        }
    }
}

/// Decodes a document.
pub(crate) fn decode<T: DeserializeOwned>(json: &str) -> Result<T, ValueError> {
    let mut json = serde_json::Deserializer::from_str(json);
    let mut failed = None;
    let decoded = (&mut json).deserialize_map(Whole { failed: &mut failed, decoded: PhantomData });
    match (failed, decoded.and_then(|value| json.end().map(|()| value))) {
        (Some(error), _) => Err(error),
        (None, decoded) => decoded.map_err(ValueError::custom),
    }
}

/// Receives the entries of a document.
struct Whole<'a, T> {
    /// Why the document cannot be decoded. An error of serde_json cannot carry it.
    failed: &'a mut Option<ValueError>,
    decoded: PhantomData<fn() -> T>,
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Whole<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document")
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<T, A::Error> {
        let (relay, mut attributes) = (Relay::<Json>::default(), Attributes(entries));
        match relay.read(&mut attributes) {
            Ok(value) => attributes.skip_rest().map(|()| value),
            Err(error) => {
                *self.failed = Some(error);
                Err(A::Error::custom("a document cannot be decoded"))
            }
        }
    }
}

/// The attributes of a document, without the properties of the service.
pub(crate) struct Attributes<A>(pub(crate) A);

impl<'de, A: MapAccess<'de>> Attributes<A> {
    /// Moves over the name of the next attribute.
    #[inline]
    pub(crate) fn name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        while let Some(property) = self.0.next_key_seed(EntryName)? {
            match names::attribute(property) {
                Some(name) => return Ok(Some(name)),
                None => self.0.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(None)
    }

    /// Moves over what is left.
    pub(crate) fn skip_rest(&mut self) -> Result<(), A::Error> {
        while self.0.next_key::<IgnoredAny>()?.is_some() {
            self.0.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Attributes<A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.name()? {
            Some(name) => name_of(name, seed).map(Some),
            None => Ok(None),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

/// Gives a name or a text to a seed.
#[inline]
pub(crate) fn name_of<'de, K: DeserializeSeed<'de>, E: serde::de::Error>(
    name: Cow<'de, str>,
    seed: K,
) -> Result<K::Value, E> {
    match name {
        Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
        Cow::Owned(name) => seed.deserialize(StringDeserializer::new(name)),
    }
}
