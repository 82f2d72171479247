//! `Input`: the trait of formats that values are read from.

use super::Result;
use crate::value::{Number, ValueError, measure};
use std::borrow::Cow;

/// A stored value of a format that values are read from.
pub trait Input<'de>: Sized {
    /// The elements of a list or of a set.
    type List: ListInput<'de, Self>;
    /// The entries of a map.
    type Map: MapInput<'de, Self>;

    /// Returns the kind of the value.
    fn kind(&self) -> Kind;

    /// Returns the value itself, unless it is a number.
    fn token(self) -> Result<Token<'de, Self>>;

    /// Returns the value where a type asks for binary data. Only called for texts. A format that stores binary data
    /// as text decodes it here.
    fn binary(self) -> Result<Token<'de, Self>> {
        self.token()
    }

    /// Returns the value as a number. Only called for numbers.
    fn number(&self, wanted: Wanted) -> Result<Numeric>;

    /// Returns the size of the number by DynamoDB's published rules. Only called for numbers.
    ///
    /// A format that holds numbers as text gives [`number_size`](super::number_size) of the text,
    /// because [`number`](Input::number) rounds some of them to a float.
    fn number_size(&self) -> Result<usize> {
        self.number(Wanted::Any).map(Numeric::size)
    }

    /// Returns the size of the text in bytes. Only called for texts. A format that checks a text when it
    /// returns it can give the size without that check.
    fn text_size(self) -> Result<usize> {
        match self.token()? {
            Token::Text(text) => Ok(text.len()),
            _ => Err(ValueError::damaged()),
        }
    }

    /// Returns whether it is a number whose digits a float may not hold exactly.
    fn is_decimal(&self) -> bool;

    /// Returns the digits of a decimal, without an exponent. Only called for decimals.
    fn digits(&self) -> Result<Cow<'de, str>>;
}

/// The kind of a stored value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the kinds of `Value`")]
pub enum Kind {
    Null,
    Bool,
    Number,
    Text,
    Bytes,
    List,
    Map,
    Set,
    /// A kind that this version does not know.
    Unknown,
}

/// A stored value other than a number.
#[derive(Debug)]
#[expect(missing_docs, reason = "the kinds of `Value`")]
pub enum Token<'de, I: Input<'de>> {
    Null,
    Bool(bool),
    Text(Text<'de>),
    Bytes(Cow<'de, [u8]>),
    /// A list or a set.
    List(I::List),
    Map(I::Map),
}

/// A text, borrowed or moved out of what it is read from.
pub type Text<'de> = Cow<'de, str>;

/// A number, in the form in which serde's visitors take it.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each says what it is")]
pub enum Numeric {
    Unsigned(u64),
    Negative(i64),
    BigUnsigned(u128),
    BigNegative(i128),
    Float(f64),
    Decimal(Number),
}

impl Numeric {
    /// Returns the size by DynamoDB's published rules.
    fn size(self) -> usize {
        match self {
            Numeric::Unsigned(value) => measure::unsigned(value),
            Numeric::Negative(value) => measure::negative(value.unsigned_abs()),
            Numeric::BigUnsigned(value) => measure::unsigned_128(value),
            Numeric::BigNegative(value) => measure::unsigned_128(value.unsigned_abs()) + 1,
            Numeric::Float(value) => measure::float(value),
            Numeric::Decimal(value) => measure::decimal(value),
        }
    }
}

/// The form in which a type reads a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Any form.
    Any,
    /// An integer, if it is one.
    Integer,
    /// A float.
    Float,
}

/// The remaining elements of a list.
pub trait ListInput<'de, I> {
    /// Returns the next element.
    fn next(&mut self) -> Option<Result<I>>;

    /// Returns how many elements are left, if that is known without reading them.
    fn left(&self) -> Option<usize>;
}

/// The remaining entries of a map.
pub trait MapInput<'de, I> {
    /// Returns the name of the next entry.
    fn name(&mut self) -> Option<Result<Cow<'de, str>>>;

    /// Returns the value of the entry whose name was read last.
    fn value(&mut self) -> Result<I>;

    /// Returns whether there is no entry left.
    fn is_empty(&self) -> bool;

    /// Returns how many entries are left, if that is known without reading them.
    fn left(&self) -> Option<usize>;
}
