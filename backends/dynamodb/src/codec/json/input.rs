//! The JSON of an item as a format that values are read from.

use super::{Attribute, ItemText, Type, begin};
use crate::codec::number;
use monotable_core::value::ValueError;
use monotable_core::value::front::{
    Input, Kind, ListInput, MapInput, Numeric, Token, Wanted, number_size,
};
use monotable_json::{Cursor, Invalid, Quoted};
use std::borrow::Cow;
use std::slice;

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
    /// The item with these attributes.
    pub(in crate::codec) fn item(item: ItemText<'de>) -> Self {
        Raw::Map(Entries::Known { text: item.text, left: item.attributes.iter(), value: None })
    }

    /// The value of an attribute whose place is known.
    #[inline]
    fn known(text: &'de str, attribute: &'de Attribute) -> Result<Self> {
        let value = &attribute.value;
        Ok(match attribute.ty {
            Type::Text => Raw::Text(value.content(text)),
            Type::Number => Raw::Number(value.content(text).raw),
            Type::Bytes => Raw::Bytes(value.content(text).raw),
            Type::Null => Raw::Null,
            Type::Bool => Raw::Bool(value.content(text).raw == "true"),
            ty => Self::container(ty, Cursor::new(text).moved_to(value.start as usize))?,
        })
    }

    /// Moves over a value.
    fn read(cursor: &mut Cursor<'de>) -> std::result::Result<Self, Invalid> {
        let value = match begin(cursor)? {
            Type::Text => Raw::Text(cursor.string()?),
            Type::Number => Raw::Number(cursor.string()?.plain()?),
            Type::Bytes => Raw::Bytes(cursor.string()?.plain()?),
            Type::Bool => Raw::Bool(cursor.bool()?),
            Type::Null => {
                cursor.bool()?;
                Raw::Null
            }
            ty => {
                let container = Self::container(ty, *cursor).map_err(|_| Invalid)?;
                // Its content is read later, if at all.
                cursor.skip()?;
                container
            }
        };
        cursor.expect(b'}')?;
        Ok(value)
    }

    /// The list, set or map that begins here.
    fn container(ty: Type, cursor: Cursor<'de>) -> Result<Self> {
        let container = Container { cursor, state: State::Closed };
        let of = match ty {
            Type::List => Of::Values,
            Type::Texts => Of::Texts,
            Type::Numbers => Of::Numbers,
            Type::BytesSet => Of::Bytes,
            Type::Map => return Ok(Raw::Map(Entries::Read(container))),
            _ => return Err(damaged()),
        };
        Ok(Raw::List(Elements { container, of }))
    }
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
pub(in crate::codec) struct Container<'de> {
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

impl Container<'_> {
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
            Of::Values => Raw::read(cursor),
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
pub(in crate::codec) enum Entries<'de> {
    /// The attributes of an item.
    Known {
        text: &'de str,
        left: slice::Iter<'de, Attribute>,
        /// The attribute whose name has been read.
        value: Option<&'de Attribute>,
    },
    /// The entries of a map.
    Read(Container<'de>),
}

impl<'de> MapInput<'de, Raw<'de>> for Entries<'de> {
    #[inline]
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        let name = match self {
            Entries::Known { text, left, value } => {
                let attribute = left.next()?;
                *value = Some(attribute);
                attribute.name.content(text).text()
            }
            Entries::Read(container) => match container.next(*b"{}") {
                Ok(true) => container.cursor.name().and_then(Quoted::text),
                Ok(false) => return None,
                Err(invalid) => Err(invalid),
            },
        };
        Some(name.map_err(|Invalid| damaged()))
    }

    #[inline]
    fn value(&mut self) -> Result<Raw<'de>> {
        match self {
            Entries::Known { text, value, .. } => {
                Raw::known(text, value.take().ok_or_else(damaged)?)
            }
            Entries::Read(container) => {
                Raw::read(&mut container.cursor).map_err(|Invalid| damaged())
            }
        }
    }

    fn is_empty(&self) -> bool {
        let container = match self {
            Entries::Known { left, .. } => return left.len() == 0,
            Entries::Read(container) => container,
        };
        let mut cursor = container.cursor;
        match container.state {
            State::Closed => cursor.take(b'{') && cursor.take(b'}'),
            State::First | State::Next => cursor.take(b'}'),
            State::Ended => true,
        }
    }

    fn left(&self) -> Option<usize> {
        match self {
            Entries::Known { left, .. } => Some(left.len()),
            Entries::Read(_) => None,
        }
    }
}
