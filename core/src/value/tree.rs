//! [`Value`] as a format, for single attributes and for items whose attributes are compared.

use super::front::{
    FormatLimits, Input, Kind, ListInput, MapInput, Numeric, Output, SetElements, Token, Wanted,
};
use super::number::Repr;
use super::{Map, Number, Set, Value, ValueError};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::slice;

type Result<T> = std::result::Result<T, ValueError>;

/// Builds values.
pub(super) struct Tree;

impl Output for Tree {
    const LIMITS: FormatLimits = FormatLimits::DYNAMODB;

    type Value = Value;
    type List = Vec<Value>;
    type Map = Vec<(String, Value)>;
    type Entry = Cow<'static, str>;

    fn null(&mut self) -> Result<Value> {
        Ok(Value::Null)
    }

    fn bool(&mut self, value: bool) -> Result<Value> {
        Ok(Value::Bool(value))
    }

    fn unsigned(&mut self, value: u64) -> Result<Value> {
        Ok(Value::Number(value.into()))
    }

    fn negative(&mut self, value: i64) -> Result<Value> {
        Ok(Value::Number(value.into()))
    }

    fn big_unsigned(&mut self, value: u128) -> Result<Value> {
        Ok(Value::Number(value.into()))
    }

    fn big_negative(&mut self, value: i128) -> Result<Value> {
        Ok(Value::Number(value.into()))
    }

    fn float(&mut self, value: f64) -> Result<Value> {
        let number = Number::from_f64(value);
        number.map(Value::Number).ok_or_else(|| ValueError::new("not a finite float"))
    }

    fn decimal(&mut self, value: Number) -> Result<Value> {
        Ok(Value::Number(value))
    }

    fn text(&mut self, value: &str) -> Result<Value> {
        Ok(Value::Text(value.to_owned()))
    }

    fn bytes(&mut self, value: &[u8]) -> Result<Value> {
        Ok(Value::Bytes(value.to_vec()))
    }

    fn set(&mut self, elements: SetElements<'_>) -> Result<Value> {
        Ok(Value::Set(match elements {
            SetElements::Text(all) => {
                let mut set = BTreeSet::new();
                set.extend(all.into_iter().map(str::to_owned));
                Set::Text(set)
            }
            SetElements::Numbers(all) => {
                let mut set = BTreeSet::new();
                set.extend(all);
                Set::Numbers(set)
            }
            SetElements::Bytes(all) => {
                let mut set = BTreeSet::new();
                set.extend(all.into_iter().map(<[u8]>::to_vec));
                Set::Bytes(set)
            }
        }))
    }

    fn begin_list(&mut self, len: usize) -> Result<Vec<Value>> {
        Ok(Vec::with_capacity(len))
    }

    fn end_element(&mut self, list: &mut Vec<Value>, value: Value) {
        list.push(value);
    }

    fn end_list(&mut self, list: Vec<Value>) -> Result<Value> {
        Ok(Value::List(list))
    }

    fn begin_item(&mut self, len: usize) -> Result<Self::Map> {
        self.begin_map(len)
    }

    fn begin_map(&mut self, len: usize) -> Result<Self::Map> {
        Ok(Vec::with_capacity(len))
    }

    fn begin_field(&mut self, _: &mut Self::Map, name: &'static str) -> Result<Self::Entry> {
        Ok(Cow::Borrowed(name))
    }

    fn begin_entry(&mut self, _: &mut Self::Map, name: &str) -> Result<Self::Entry> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn entry_name<'a>(&'a self, entry: &'a Self::Entry) -> Cow<'a, str> {
        Cow::Borrowed(entry)
    }

    fn end_entry(&mut self, map: &mut Self::Map, entry: Self::Entry, value: Value) -> Result<()> {
        map.push((entry.into_owned(), value));
        Ok(())
    }

    fn drop_entry(&mut self, _: &mut Self::Map, _: Self::Entry) {}

    fn end_map(&mut self, map: Self::Map) -> Result<Value> {
        let map = Map::from_entries(map);
        let repeated = |name: String| ValueError::new("two entries have this name").within(&name);
        map.map(Value::Map).map_err(repeated)
    }
}

/// A value, or the attributes of an item, to be read.
pub(super) enum Node<'de> {
    Value(&'de Value),
    Map(&'de Map),
    Text(&'de str),
    Number(Number),
    Bytes(&'de [u8]),
}

impl<'de> Node<'de> {
    /// The kind of a value.
    fn inner(&self) -> Node<'de> {
        match *self {
            Node::Value(Value::Map(map)) | Node::Map(map) => Node::Map(map),
            Node::Value(Value::Text(text)) => Node::Text(text),
            Node::Value(Value::Number(number)) => Node::Number(*number),
            Node::Value(Value::Bytes(bytes)) => Node::Bytes(bytes),
            Node::Value(value) => Node::Value(value),
            Node::Text(text) => Node::Text(text),
            Node::Number(number) => Node::Number(number),
            Node::Bytes(bytes) => Node::Bytes(bytes),
        }
    }

    fn repr(&self) -> Option<Repr> {
        match self.inner() {
            Node::Number(number) => Some(number.repr()),
            _ => None,
        }
    }
}

impl<'de> Input<'de> for Node<'de> {
    type List = Elements<'de>;
    type Map = Entries<'de>;

    fn kind(&self) -> Kind {
        match self.inner() {
            Node::Map(_) => Kind::Map,
            Node::Text(_) => Kind::Text,
            Node::Number(_) => Kind::Number,
            Node::Bytes(_) => Kind::Bytes,
            Node::Value(Value::Bool(_)) => Kind::Bool,
            Node::Value(Value::List(_)) => Kind::List,
            Node::Value(Value::Set(_)) => Kind::Set,
            Node::Value(_) => Kind::Null,
        }
    }

    fn token(self) -> Result<Token<'de, Self>> {
        Ok(match self.inner() {
            Node::Map(map) => Token::Map(Entries { all: map.entries(), value: None }),
            Node::Text(text) => Token::Text(Cow::Borrowed(text)),
            Node::Bytes(bytes) => Token::Bytes(Cow::Borrowed(bytes)),
            Node::Value(Value::Bool(value)) => Token::Bool(*value),
            Node::Value(Value::List(list)) => Token::List(Elements::List(list.iter())),
            Node::Value(Value::Set(set)) => Token::List(Elements::Set(match set {
                Set::Text(all) => all.iter().map(|text| Node::Text(text)).collect(),
                Set::Numbers(all) => all.iter().map(|number| Node::Number(*number)).collect(),
                Set::Bytes(all) => all.iter().map(|bytes| Node::Bytes(bytes)).collect(),
            })),
            _ => Token::Null,
        })
    }

    fn number(&self, _: Wanted) -> Result<Numeric> {
        let repr = self.repr().ok_or_else(|| ValueError::new("not a number"))?;
        Ok(match repr {
            Repr::Unsigned(value) => match u64::try_from(value) {
                Ok(value) => Numeric::Unsigned(value),
                Err(_) => Numeric::BigUnsigned(value),
            },
            Repr::Negative(value) => match i64::try_from(value) {
                Ok(value) => Numeric::Negative(value),
                Err(_) => Numeric::BigNegative(value),
            },
            Repr::Float(value) => Numeric::Float(value),
            Repr::Decimal { .. } => match self.inner() {
                Node::Number(number) => Numeric::Decimal(number),
                _ => return Err(ValueError::new("not a number")),
            },
        })
    }

    fn is_decimal(&self) -> bool {
        matches!(self.repr(), Some(Repr::Decimal { .. }))
    }

    fn digits(&self) -> Result<Cow<'de, str>> {
        match self.inner() {
            Node::Number(number) => Ok(Cow::Owned(number.to_plain())),
            _ => Err(ValueError::new("not a number")),
        }
    }
}

/// The elements of a list or of a set.
pub(super) enum Elements<'de> {
    List(slice::Iter<'de, Value>),
    Set(std::collections::VecDeque<Node<'de>>),
}

impl<'de> ListInput<'de, Node<'de>> for Elements<'de> {
    fn next(&mut self) -> Option<Result<Node<'de>>> {
        match self {
            Elements::List(list) => list.next().map(|value| Ok(Node::Value(value))),
            Elements::Set(set) => set.pop_front().map(Ok),
        }
    }

    fn left(&self) -> Option<usize> {
        Some(match self {
            Elements::List(list) => list.len(),
            Elements::Set(set) => set.len(),
        })
    }
}

/// The entries of a map.
pub(super) struct Entries<'de> {
    all: slice::Iter<'de, (String, Value)>,
    value: Option<&'de Value>,
}

impl<'de> MapInput<'de, Node<'de>> for Entries<'de> {
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        let (name, value) = self.all.next()?;
        self.value = Some(value);
        Some(Ok(Cow::Borrowed(name)))
    }

    fn value(&mut self) -> Result<Node<'de>> {
        let error = || ValueError::new("a value was read before its name");
        self.value.take().map(Node::Value).ok_or_else(error)
    }

    fn is_empty(&self) -> bool {
        self.all.len() == 0
    }

    fn left(&self) -> Option<usize> {
        Some(self.all.len())
    }
}
