//! The JSON of an item as a format that values are read from.

use super::{Type, begin};
use crate::codec::number;
use crate::json::{Cursor, Invalid, Quoted};
use monotable_core::value::ValueError;
use monotable_core::value::front::{
    Input, Kind, ListInput, MapInput, Numeric, Token, Wanted, number_size,
};
use std::borrow::Cow;

type Result<T> = std::result::Result<T, ValueError>;

/// A value, or an element of a set.
pub(in crate::codec) enum Raw<'de> {
    Null,
    Bool(bool),
    Number(&'de str),
    Text(Quoted<'de>),
    /// Base64.
    Bytes(&'de str),
    List(Elements<'de>),
    Map(Entries<'de>),
}

impl<'de> Raw<'de> {
    /// The item that this text is.
    pub(in crate::codec) fn item(text: &'de str) -> Self {
        Raw::Map(Entries(Container::new(Cursor::new(text))))
    }

    /// Moves over a value.
    #[inline]
    fn read(cursor: &mut Cursor<'de>) -> Result<Self> {
        Self::value(cursor).map_err(|Invalid| damaged())
    }

    #[inline]
    fn value(cursor: &mut Cursor<'de>) -> std::result::Result<Self, Invalid> {
        let value = match begin(cursor)? {
            Type::Text => Raw::Text(cursor.string()?),
            Type::Number => Raw::Number(cursor.string()?.plain()?),
            Type::Bytes => Raw::Bytes(cursor.string()?.plain()?),
            Type::Bool => Raw::Bool(cursor.bool()?),
            Type::Null => {
                cursor.bool()?;
                Raw::Null
            }
            ty => Self::container(ty, cursor)?,
        };
        cursor.expect(b'}')?;
        Ok(value)
    }

    /// Moves over a list, a set or a map, whose content is read later, if at all.
    fn container(ty: Type, cursor: &mut Cursor<'de>) -> std::result::Result<Self, Invalid> {
        let container = Container::new(*cursor);
        let of = match ty {
            Type::List => Of::Values,
            Type::Texts => Of::Texts,
            Type::Numbers => Of::Numbers,
            Type::BytesSet => Of::Bytes,
            _ => {
                cursor.skip()?;
                return Ok(Raw::Map(Entries(container)));
            }
        };
        cursor.skip()?;
        Ok(Raw::List(Elements { container, of }))
    }
}

/// Returns the text of an attribute of the item, if it is text without escapes.
pub(in crate::codec) fn find<'de>(item: &'de str, name: &str) -> Option<&'de str> {
    let mut entries = Entries(Container::new(Cursor::new(item)));
    while let Some(found) = entries.name() {
        let (found, value) = (found.ok()?, entries.value().ok()?);
        if found == name {
            return match value {
                Raw::Text(text) => text.plain().ok(),
                _ => None,
            };
        }
    }
    None
}

#[cold]
fn damaged() -> ValueError {
    ValueError::new("the JSON of the item is damaged")
}

impl<'de> Input<'de> for Raw<'de> {
    type List = Elements<'de>;
    type Map = Entries<'de>;

    #[inline]
    fn kind(&self) -> Kind {
        match self {
            Raw::Null => Kind::Null,
            Raw::Bool(_) => Kind::Bool,
            Raw::Number(_) => Kind::Number,
            Raw::Text(_) => Kind::Text,
            Raw::Bytes(_) => Kind::Bytes,
            Raw::List(Elements { of: Of::Values, .. }) => Kind::List,
            Raw::List(_) => Kind::Set,
            Raw::Map(_) => Kind::Map,
        }
    }

    #[inline]
    fn token(self) -> Result<Token<'de, Self>> {
        Ok(match self {
            Raw::Null => Token::Null,
            Raw::Bool(value) => Token::Bool(value),
            Raw::Text(text) => Token::Text(text.text().map_err(|Invalid| damaged())?),
            Raw::Bytes(base64) => {
                let bytes = aws_smithy_types::base64::decode(base64).map_err(|_| damaged())?;
                Token::Bytes(Cow::Owned(bytes))
            }
            Raw::List(elements) => Token::List(elements),
            Raw::Map(entries) => Token::Map(entries),
            Raw::Number(_) => return Err(damaged()),
        })
    }

    #[inline]
    fn number(&self, wanted: Wanted) -> Result<Numeric> {
        match self {
            Raw::Number(text) => number::read(text, wanted),
            _ => Err(damaged()),
        }
    }

    #[inline]
    fn number_size(&self) -> Result<usize> {
        match self {
            Raw::Number(text) => Ok(number_size(text)),
            _ => Err(damaged()),
        }
    }

    #[inline]
    fn is_decimal(&self) -> bool {
        matches!(self, Raw::Number(_))
    }

    fn digits(&self) -> Result<Cow<'de, str>> {
        match self {
            Raw::Number(text) => number::digits(text),
            _ => Err(damaged()),
        }
    }
}

/// What is left of a list, a set or a map. It begins before the opening bracket.
struct Container<'de> {
    cursor: Cursor<'de>,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Closed,
    First,
    Next,
    Ended,
}

impl<'de> Container<'de> {
    fn new(cursor: Cursor<'de>) -> Self {
        Container { cursor, state: State::Closed }
    }

    /// Moves to the next element. Returns whether there is one.
    #[inline]
    fn next(&mut self, [open, close]: [u8; 2]) -> std::result::Result<bool, Invalid> {
        if self.state == State::Closed {
            self.cursor.expect(open)?;
            self.state = State::First;
        }
        let mut first = self.state == State::First;
        let more = self.state != State::Ended && self.cursor.next(close, &mut first)?;
        self.state = if more { State::Next } else { State::Ended };
        Ok(more)
    }
}

/// What the elements of a list or set are.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Values,
    Texts,
    Numbers,
    Bytes,
}

/// What is left of the elements of a list, or of a set.
pub(in crate::codec) struct Elements<'de> {
    container: Container<'de>,
    of: Of,
}

impl Elements<'_> {
    pub(super) fn of(&self) -> Of {
        self.of
    }
}

impl<'de> ListInput<'de, Raw<'de>> for Elements<'de> {
    fn next(&mut self) -> Option<Result<Raw<'de>>> {
        let Elements { container, of } = self;
        match container.next(*b"[]") {
            Ok(true) => {}
            Ok(false) => return None,
            Err(Invalid) => return Some(Err(damaged())),
        }
        let cursor = &mut container.cursor;
        let element = match of {
            Of::Values => return Some(Raw::read(cursor)),
            Of::Texts => cursor.string().map(Raw::Text),
            Of::Numbers => cursor.string().and_then(Quoted::plain).map(Raw::Number),
            Of::Bytes => cursor.string().and_then(Quoted::plain).map(Raw::Bytes),
        };
        Some(element.map_err(|Invalid| damaged()))
    }

    fn left(&self) -> Option<usize> {
        None
    }
}

/// What is left of the entries of a map, or of the item.
pub(in crate::codec) struct Entries<'de>(Container<'de>);

impl<'de> MapInput<'de, Raw<'de>> for Entries<'de> {
    #[inline]
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        let name = match self.0.next(*b"{}") {
            Ok(true) => self.0.cursor.name().and_then(Quoted::text),
            Ok(false) => return None,
            Err(invalid) => Err(invalid),
        };
        Some(name.map_err(|Invalid| damaged()))
    }

    #[inline]
    fn value(&mut self) -> Result<Raw<'de>> {
        Raw::read(&mut self.0.cursor)
    }

    fn is_empty(&self) -> bool {
        let mut cursor = self.0.cursor;
        match self.0.state {
            State::Closed => cursor.take(b'{') && cursor.take(b'}'),
            State::First | State::Next => cursor.take(b'}'),
            State::Ended => true,
        }
    }

    fn left(&self) -> Option<usize> {
        None
    }
}
