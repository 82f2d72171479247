//! Reading: values that borrow from the text of a document.

use crate::document::names;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use monotable_core::value::ValueError;
use monotable_core::value::front::{Input, Kind, ListInput, MapInput, Numeric, Token, Wanted};
use monotable_json::{Cursor, Invalid};
use std::borrow::Cow;

type Result<T> = std::result::Result<T, ValueError>;

/// The magnitude up to which a float holds every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'de> {
    text: &'de str,
    is_root: bool,
}

#[cold]
fn damaged(_: Invalid) -> ValueError {
    ValueError::new("the document is no JSON")
}

impl<'de> Node<'de> {
    /// Returns the value of a whole document.
    pub(crate) fn document(text: &'de str) -> Self {
        Node { text: text.trim_ascii(), is_root: true }
    }

    /// Moves over a value, and returns it.
    fn next(cursor: &mut Cursor<'de>) -> std::result::Result<Self, Invalid> {
        cursor.peek();
        let rest = cursor.rest();
        let start = cursor.at();
        cursor.skip()?;
        let text = rest.get(..cursor.at() - start).ok_or(Invalid)?;
        Ok(Node { text, is_root: false })
    }

    fn string(self) -> Result<Cow<'de, str>> {
        let mut cursor = Cursor::new(self.text);
        cursor.string().and_then(|string| string.text()).map_err(damaged)
    }

    fn float(self) -> Result<f64> {
        self.text.parse().map_err(|_| ValueError::new("not a number"))
    }

    /// Returns the value as a text, if it is one.
    pub(crate) fn text(self) -> Option<Cow<'de, str>> {
        if self.kind() == Kind::Text { self.string().ok() } else { None }
    }

    /// Returns the entries, if it is a map. Those of a document are its attributes, without the properties of the
    /// service.
    pub(crate) fn entries(self) -> Option<Entries<'de>> {
        let mut cursor = Cursor::new(self.text);
        if !cursor.take(b'{') {
            return None;
        }
        Some(Entries { cursor, is_first: true, is_done: false, is_root: self.is_root })
    }

    /// Returns a property of a document as it is stored. There is none in a text that is no object.
    pub(crate) fn property(self, name: &str) -> Option<Node<'de>> {
        let mut cursor = Cursor::new(self.text);
        let mut is_first = true;
        if !cursor.take(b'{') {
            return None;
        }
        while cursor.next(b'}', &mut is_first).ok()? {
            let found = cursor.name().ok()?;
            let value = Node::next(&mut cursor).ok()?;
            let is_it = match found.plain() {
                Ok(plain) => plain == name,
                Err(_) => found.text().is_ok_and(|text| text == name),
            };
            if is_it {
                return Some(value);
            }
        }
        None
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
        Ok(match (self.kind(), self.text) {
            (Kind::Null, "null") => Token::Null,
            (Kind::Bool, "true") => Token::Bool(true),
            (Kind::Bool, "false") => Token::Bool(false),
            (Kind::Text, _) => Token::Text(self.string()?),
            (Kind::List, _) => {
                let mut cursor = Cursor::new(self.text);
                cursor.expect(b'[').map_err(damaged)?;
                Token::List(Elements { cursor, is_first: true, is_done: false })
            }
            (Kind::Map, _) => Token::Map(self.entries().ok_or(Invalid).map_err(damaged)?),
            _ => return Err(damaged(Invalid)),
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
            // A larger integer is a float which the service has written without an exponent. A type that asks for an
            // integer gets it all the same.
            let is_exact = |magnitude: u64| wanted == Wanted::Integer || magnitude <= EXACT as u64;
            if let Ok(value) = self.text.parse()
                && is_exact(value)
            {
                return Ok(Numeric::Unsigned(value));
            }
            if let Ok(value) = self.text.parse::<i64>()
                && is_exact(value.unsigned_abs())
            {
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
pub(crate) struct Elements<'de> {
    cursor: Cursor<'de>,
    is_first: bool,
    is_done: bool,
}

impl<'de> ListInput<'de, Node<'de>> for Elements<'de> {
    fn next(&mut self) -> Option<Result<Node<'de>>> {
        // A list that was read to its end is asked whether there is more.
        if self.is_done {
            return None;
        }
        match self.cursor.next(b']', &mut self.is_first) {
            Ok(true) => Some(Node::next(&mut self.cursor).map_err(damaged)),
            Ok(false) => {
                self.is_done = true;
                None
            }
            Err(invalid) => Some(Err(damaged(invalid))),
        }
    }

    fn left(&self) -> Option<usize> {
        None
    }
}

/// What is left of the entries of a map.
#[derive(Clone)]
pub(crate) struct Entries<'de> {
    cursor: Cursor<'de>,
    is_first: bool,
    is_done: bool,
    is_root: bool,
}

impl<'de> Entries<'de> {
    /// Moves over the next name. In a document, the properties of the service are left out.
    fn next_name(&mut self) -> std::result::Result<Option<Cow<'de, str>>, Invalid> {
        while !self.is_done {
            if !self.cursor.next(b'}', &mut self.is_first)? {
                self.is_done = true;
                break;
            }
            let name = self.cursor.name()?.text()?;
            if !self.is_root {
                return Ok(Some(name));
            }
            match names::attribute(name) {
                Some(name) => return Ok(Some(name)),
                None => self.cursor.skip()?,
            }
        }
        Ok(None)
    }
}

impl<'de> MapInput<'de, Node<'de>> for Entries<'de> {
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        self.next_name().map_err(damaged).transpose()
    }

    fn value(&mut self) -> Result<Node<'de>> {
        Node::next(&mut self.cursor).map_err(damaged)
    }

    fn is_empty(&self) -> bool {
        matches!(self.clone().next_name(), Ok(None))
    }

    fn left(&self) -> Option<usize> {
        None
    }
}
