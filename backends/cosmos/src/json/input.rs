//! Reading: values that borrow from the text of a document.

use crate::document::names;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable_core::value::ValueError;
use monotable_core::value::front::{Input, Kind, ListInput, MapInput, Numeric, Token, Wanted};
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::{fmt, vec};

type Result<T> = std::result::Result<T, ValueError>;

/// The magnitude up to which a float holds every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'de> {
    text: &'de str,
    is_root: bool,
}

fn damaged(error: &serde_json::Error) -> ValueError {
    ValueError::new(format!("the document is no JSON: {error}"))
}

impl<'de> Node<'de> {
    /// Returns the value of a whole document.
    pub(crate) fn document(text: &'de str) -> Self {
        Node { text: text.trim(), is_root: true }
    }

    /// Returns a value inside of a document.
    pub(crate) fn value(raw: &'de RawValue) -> Self {
        Node { text: raw.get(), is_root: false }
    }

    fn string(self) -> Result<Cow<'de, str>> {
        // Most texts have no escapes, and are in the document as they are.
        let inner = self.text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        match inner {
            Some(text) if !text.contains('\\') => Ok(Cow::Borrowed(text)),
            _ => serde_json::from_str(self.text).map(Cow::Owned).map_err(|error| damaged(&error)),
        }
    }

    fn float(self) -> Result<f64> {
        self.text.parse().map_err(|_| ValueError::new("not a number"))
    }

    /// Returns the value as a text, if it is one.
    pub(crate) fn text(self) -> Option<Cow<'de, str>> {
        if self.kind() == Kind::Text { self.string().ok() } else { None }
    }

    /// Returns a property of a document as it is stored.
    pub(crate) fn property(self, name: &str) -> Option<Node<'de>> {
        let mut found = None;
        let find = Find { name, found: &mut found };
        // The error is either its end or that of a damaged document, in which nothing was found.
        serde_json::Deserializer::from_str(self.text).deserialize_map(find).unwrap_or_default();
        found.map(Node::value)
    }

    /// Returns the entries of a map. Those of a document are its attributes, without the properties of the service.
    pub(crate) fn entries(self) -> Result<Vec<(Cow<'de, str>, Node<'de>)>> {
        let mut parser = serde_json::Deserializer::from_str(self.text);
        let all = parser.deserialize_map(Properties).map_err(|error| damaged(&error))?;
        let name = |name| if self.is_root { names::attribute(name) } else { Some(name) };
        Ok(all.into_iter().filter_map(|(it, raw)| Some((name(it)?, Node::value(raw)))).collect())
    }
}

impl<'de> Input<'de> for Node<'de> {
    type List = Elements<'de>;
    type Map = Entries<'de>;

    fn kind(&self) -> Kind {
        match self.text.as_bytes().first() {
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'"') => Kind::Text,
            Some(b'[') => Kind::List,
            Some(b'{') => Kind::Map,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            _ => Kind::Unknown,
        }
    }

    fn token(self) -> Result<Token<'de, Self>> {
        Ok(match self.kind() {
            Kind::Null => Token::Null,
            Kind::Bool => Token::Bool(self.text == "true"),
            Kind::Text => Token::Text(self.string()?),
            Kind::List => {
                let list: Vec<&'de RawValue> =
                    serde_json::from_str(self.text).map_err(|error| damaged(&error))?;
                Token::List(Elements(list.into_iter()))
            }
            Kind::Map => Token::Map(Entries { all: self.entries()?.into_iter(), value: None }),
            _ => return Err(ValueError::new("the document is no JSON")),
        })
    }

    fn binary(self) -> Result<Token<'de, Self>> {
        if self.kind() != Kind::Text {
            return self.token();
        }
        let bytes = STANDARD.decode(self.string()?.as_bytes());
        let bytes = bytes.map_err(|_| ValueError::new("binary data is stored as base64 text"))?;
        Ok(Token::Bytes(Cow::Owned(bytes)))
    }

    fn number(&self, wanted: Wanted) -> Result<Numeric> {
        let is_integer = !self.text.contains(['.', 'e', 'E']);
        if is_integer && wanted != Wanted::Float {
            if let Ok(value) = self.text.parse() {
                return Ok(Numeric::Unsigned(value));
            }
            if let Ok(value) = self.text.parse() {
                return Ok(Numeric::Negative(value));
            }
        }
        let value = self.float()?;
        Ok(if wanted == Wanted::Float || value.fract() != 0.0 || value.abs() > EXACT {
            Numeric::Float(value)
        } else if value < 0.0 {
            Numeric::Negative(value as i64)
        } else {
            Numeric::Unsigned(value as u64)
        })
    }

    fn is_decimal(&self) -> bool {
        false
    }

    fn digits(&self) -> Result<Cow<'de, str>> {
        Err(ValueError::new("a document has no decimals"))
    }
}

/// What is left of the elements of a list.
pub(crate) struct Elements<'de>(vec::IntoIter<&'de RawValue>);

impl<'de> ListInput<'de, Node<'de>> for Elements<'de> {
    fn next(&mut self) -> Option<Result<Node<'de>>> {
        self.0.next().map(|raw| Ok(Node::value(raw)))
    }

    fn left(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// What is left of the entries of a map.
pub(crate) struct Entries<'de> {
    all: vec::IntoIter<(Cow<'de, str>, Node<'de>)>,
    value: Option<Node<'de>>,
}

impl<'de> MapInput<'de, Node<'de>> for Entries<'de> {
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        let (name, value) = self.all.next()?;
        self.value = Some(value);
        Some(Ok(name))
    }

    fn value(&mut self) -> Result<Node<'de>> {
        let error = || ValueError::new("a value was asked for without its name");
        self.value.take().ok_or_else(error)
    }

    fn is_empty(&self) -> bool {
        self.all.len() == 0
    }

    fn left(&self) -> Option<usize> {
        Some(self.all.len())
    }
}

/// Reads all properties of an object, each with its text.
struct Properties;

impl<'de> Visitor<'de> for Properties {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Self::Value, A::Error> {
        let mut all = Vec::with_capacity(16);
        while let Some(Name(name)) = map.next_key()? {
            all.push((name, map.next_value()?));
        }
        Ok(all)
    }
}

/// Looks for one property of an object. It ends with an error when it has found it, because the rest of the text is of
/// no interest.
struct Find<'a, 'de> {
    name: &'a str,
    found: &'a mut Option<&'de RawValue>,
}

impl<'de> Visitor<'de> for Find<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        while let Some(Name(name)) = map.next_key()? {
            if name == self.name {
                *self.found = Some(map.next_value()?);
                return Err(serde::de::Error::custom(""));
            }
            let IgnoredAny = map.next_value()?;
        }
        Ok(())
    }
}

/// A name, borrowed if it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
