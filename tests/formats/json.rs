//! JSON documents as a format: all that a store of JSON documents has to say.
//!
//! JSON has no sets and no binary data. Both are stored as lists, and read back by the types that
//! wrote them. Its numbers are floats of 64 bits, as such stores have them: every integer up to 2^53
//! is exact, and so is every decimal of up to 15 digits.

use monotable::value::front::{
    FormatLimits, Input, Kind, ListInput, MapInput, Numeric, Output, SetElements, Token, Wanted,
};
use monotable::value::{Number, ValueError};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::slice;

type Result<T> = std::result::Result<T, ValueError>;

/// The greatest integer up to which a float holds all.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Builds JSON values.
pub(crate) struct Json;

fn number(value: f64) -> Result<Value> {
    let number = serde_json::Number::from_f64(value);
    number.map(Value::Number).ok_or_else(|| ValueError::new("not a finite float"))
}

impl Output for Json {
    const LIMITS: FormatLimits =
        FormatLimits::new("JSON").with_digits(15).with_integers_up_to(1 << 53).without_sets();

    type Value = Value;
    type List = Vec<Value>;
    type Map = Map<String, Value>;
    type Entry = String;

    fn null(&mut self) -> Result<Value> {
        Ok(Value::Null)
    }

    fn bool(&mut self, value: bool) -> Result<Value> {
        Ok(Value::Bool(value))
    }

    fn unsigned(&mut self, value: u64) -> Result<Value> {
        number(value as f64)
    }

    fn negative(&mut self, value: i64) -> Result<Value> {
        number(value as f64)
    }

    fn big_unsigned(&mut self, value: u128) -> Result<Value> {
        number(value as f64)
    }

    fn big_negative(&mut self, value: i128) -> Result<Value> {
        number(value as f64)
    }

    fn float(&mut self, value: f64) -> Result<Value> {
        number(value)
    }

    fn decimal(&mut self, value: Number) -> Result<Value> {
        number(value.to_f64())
    }

    fn text(&mut self, value: &str) -> Result<Value> {
        Ok(Value::String(value.to_owned()))
    }

    fn bytes(&mut self, value: &[u8]) -> Result<Value> {
        value.iter().map(|byte| number((*byte).into())).collect()
    }

    fn set(&mut self, _: SetElements<'_>) -> Result<Value> {
        Err(ValueError::new("JSON has no sets"))
    }

    fn begin_list(&mut self, len: usize) -> Result<Vec<Value>> {
        Ok(Vec::with_capacity(len))
    }

    fn end_element(&mut self, list: &mut Vec<Value>, value: Value) {
        list.push(value);
    }

    fn end_list(&mut self, list: Vec<Value>) -> Result<Value> {
        Ok(Value::Array(list))
    }

    fn begin_item(&mut self, len: usize) -> Result<Self::Map> {
        self.begin_map(len)
    }

    fn begin_map(&mut self, len: usize) -> Result<Self::Map> {
        Ok(Map::with_capacity(len))
    }

    fn begin_entry(&mut self, _: &mut Self::Map, name: &str) -> Result<String> {
        Ok(name.to_owned())
    }

    fn entry_name<'a>(&'a self, entry: &'a String) -> Cow<'a, str> {
        Cow::Borrowed(entry)
    }

    fn end_entry(&mut self, map: &mut Self::Map, entry: String, value: Value) -> Result<()> {
        match map.entry(entry) {
            serde_json::map::Entry::Vacant(entry) => {
                entry.insert(value);
                Ok(())
            }
            serde_json::map::Entry::Occupied(entry) => {
                Err(ValueError::new("two entries have this name").within(entry.key()))
            }
        }
    }

    fn drop_entry(&mut self, _: &mut Self::Map, _: String) {}

    fn end_map(&mut self, map: Self::Map) -> Result<Value> {
        Ok(Value::Object(map))
    }
}

/// A JSON value that is read.
pub(crate) struct Node<'de>(pub(crate) &'de Value);

impl Node<'_> {
    fn as_f64(&self) -> Result<f64> {
        self.0.as_f64().ok_or_else(|| ValueError::new("not a number"))
    }
}

impl<'de> Input<'de> for Node<'de> {
    type List = Elements<'de>;
    type Map = Entries<'de>;

    fn kind(&self) -> Kind {
        match self.0 {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::Bool,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::Text,
            Value::Array(_) => Kind::List,
            Value::Object(_) => Kind::Map,
        }
    }

    fn token(self) -> Result<Token<'de, Self>> {
        Ok(match self.0 {
            Value::Null => Token::Null,
            Value::Bool(value) => Token::Bool(*value),
            Value::Number(_) => return Err(ValueError::new("a number is not a token")),
            Value::String(text) => Token::Text(Cow::Borrowed(text)),
            Value::Array(list) => Token::List(Elements(list.iter())),
            Value::Object(map) => Token::Map(Entries { all: map.iter(), value: None }),
        })
    }

    fn number(&self, wanted: Wanted) -> Result<Numeric> {
        let value = self.as_f64()?;
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
        Err(ValueError::new("JSON has no decimals"))
    }
}

/// What is left of the elements of an array.
pub(crate) struct Elements<'de>(slice::Iter<'de, Value>);

impl<'de> ListInput<'de, Node<'de>> for Elements<'de> {
    fn next(&mut self) -> Option<Result<Node<'de>>> {
        self.0.next().map(|value| Ok(Node(value)))
    }

    fn left(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// What is left of the entries of an object.
pub(crate) struct Entries<'de> {
    all: serde_json::map::Iter<'de>,
    value: Option<&'de Value>,
}

impl<'de> MapInput<'de, Node<'de>> for Entries<'de> {
    fn name(&mut self) -> Option<Result<Cow<'de, str>>> {
        let (name, value) = self.all.next()?;
        self.value = Some(value);
        Some(Ok(Cow::Borrowed(name)))
    }

    fn value(&mut self) -> Result<Node<'de>> {
        let error = || ValueError::new("a value was asked for without its name");
        self.value.take().map(Node).ok_or_else(error)
    }

    fn is_empty(&self) -> bool {
        self.all.len() == 0
    }

    fn left(&self) -> Option<usize> {
        Some(self.all.len())
    }
}
