//! What serde has no kind for: it comes as a kind that serde has, and is turned into what it is
//! meant to be once it has been written.

use serde::Serialize;

use super::Writer;
use crate::value::number::Repr;
use crate::value::{Number, ValueError, binary, measure};
use binary::{Raw, Reader};

/// How long a list's tag and length are.
const LIST_START: usize = 5;

impl Writer {
    /// Writes the sequence that a value is as a set. If it is `None`, it stays `None`.
    #[cold]
    pub(in crate::value) fn set<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), ValueError> {
        self.begin(0)?;
        let start = self.out.len();
        value.serialize(&mut *self)?;
        let set = match Reader::new(self.written(start)).only_value()? {
            // A value that stands alone is for a condition or an update, where no set is none. In
            // an item, something is at the start.
            Raw::List([]) if start == 0 => {
                self.out.clear();
                return self.null();
            }
            Raw::List(content) => Set::of(content)?,
            Raw::Set(_) | Raw::Null => return Ok(()),
            _ => return Err(ValueError::new("a set must be a sequence")),
        };
        // What a list counts for beside its elements, a set does not.
        self.size -= 3 + set.length;
        if let Some(tag) = self.out.get_mut(start) {
            *tag = set.tag;
        }
        if let Some(sorted) = set.sorted {
            self.out.truncate(start + LIST_START);
            self.out.extend_from_slice(&sorted);
        }
        Ok(())
    }

    /// Writes the text that a value is as a number. If it is `None`, it stays `None`.
    #[cold]
    pub(in crate::value) fn number_of<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), ValueError> {
        self.begin(0)?;
        let (start, size) = (self.out.len(), self.size);
        value.serialize(&mut *self)?;
        let number: Number = match Reader::new(self.written(start)).only_value()? {
            Raw::Text(text) => {
                std::str::from_utf8(text).map_err(|_| ValueError::damaged())?.parse()?
            }
            Raw::Null => return Ok(()),
            value if value.number().is_some() => return Ok(()),
            _ => return Err(ValueError::new("a decimal must be the text of a number")),
        };
        self.out.truncate(start);
        self.size = size;
        match number.repr() {
            Repr::Unsigned(value) => self.unsigned_128(value),
            Repr::Negative(value) => self.signed_128(value),
            Repr::Float(value) => self.float(value),
            Repr::Decimal { coefficient, exponent } => self.decimal(number, coefficient, exponent),
        }
    }

    fn decimal(
        &mut self,
        number: Number,
        coefficient: i128,
        exponent: i16,
    ) -> Result<(), ValueError> {
        let size = self.size + measure::decimal(number);
        self.out.push(binary::DECIMAL);
        self.out.extend_from_slice(&exponent.to_le_bytes());
        self.signed_128(coefficient)?;
        self.size = size;
        Ok(())
    }

    fn written(&self, start: usize) -> &[u8] {
        self.out.get(start..).unwrap_or_default()
    }
}

/// What a list is as a set.
struct Set {
    tag: u8,
    length: usize,
    /// The elements in order, if they are not already.
    sorted: Option<Vec<u8>>,
}

/// An element by its kind and value, which is the order in a set.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Text(&'a [u8]),
    Number(Number),
    Bytes(&'a [u8]),
}

impl<'a> Key<'a> {
    fn of(value: Raw<'a>) -> Result<Self, ValueError> {
        match value {
            Raw::Text(text) => Ok(Key::Text(text)),
            Raw::Bytes(bytes) => Ok(Key::Bytes(bytes)),
            value => value.number().map(Key::Number).ok_or_else(mixed),
        }
    }

    fn tag(&self) -> u8 {
        match self {
            Key::Text(_) => binary::TEXT_SET,
            Key::Number(_) => binary::NUMBER_SET,
            Key::Bytes(_) => binary::BYTES_SET,
        }
    }
}

impl Set {
    fn of(list: &[u8]) -> Result<Set, ValueError> {
        let mut reader = Reader::new(list);
        let mut elements = Vec::new();
        while !reader.is_empty() {
            let (value, bytes) = reader.whole_value().ok_or_else(ValueError::damaged)?;
            elements.push((Key::of(value)?, bytes));
        }
        let tag = match elements.first() {
            Some((key, _)) => key.tag(),
            None => return Err(empty()),
        };
        if elements.iter().any(|(key, _)| key.tag() != tag) {
            return Err(mixed());
        }
        let ordered = elements.is_sorted_by(|a, b| a.0 < b.0);
        let sorted = if ordered { None } else { Some(sort(&mut elements)?) };
        Ok(Set { tag, length: elements.len(), sorted })
    }
}

fn sort(elements: &mut [(Key<'_>, &[u8])]) -> Result<Vec<u8>, ValueError> {
    elements.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    if !elements.is_sorted_by(|a, b| a.0 < b.0) {
        return Err(ValueError::new("two elements of the set are equal"));
    }
    Ok(elements.iter().flat_map(|(_, bytes)| *bytes).copied().collect())
}

#[cold]
fn empty() -> ValueError {
    ValueError::new("a set is never empty: make the field an `Option`, or leave it out")
}

#[cold]
fn mixed() -> ValueError {
    ValueError::new("a set's elements must be all text, all numbers or all bytes")
}
