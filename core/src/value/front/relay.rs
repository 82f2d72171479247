//! Reading from another serde format, such as serde_json's, in the one pass that it makes over its text.
//!
//! Its deserializer finds the values, and the rules of this module decide what they become, as for an
//! [`Input`](super::Input). An [`Input`](super::Input) is a value whose place is known, so for a text that nobody has
//! looked at, it costs a pass more.

mod containers;
mod variant;

use super::de::{MAX_DEPTH, deeper, visit_number};
use super::{Numeric, Result, ValueError, Wanted};
pub use containers::EntryName;
use containers::{Elements, Entries};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use variant::Variants;

/// How a format that is read through its own deserializer stores what it has no kind for.
pub trait Stored {
    /// Returns the binary data that is stored as this text.
    ///
    /// # Errors
    ///
    /// If the text is not in the form of binary data.
    fn binary(text: &str) -> Result<Vec<u8>>;

    /// Returns a number that is written as an integer.
    fn unsigned(value: u64, _: Wanted) -> Numeric {
        Numeric::Unsigned(value)
    }

    /// Returns a number that is written as an integer.
    fn negative(value: i64, _: Wanted) -> Numeric {
        Numeric::Negative(value)
    }

    /// Returns a number that is not written as an integer, or that is too big for one.
    fn float(value: f64, wanted: Wanted) -> Numeric;
}

/// What is known about the reading of an item: how long its texts are, and why it has failed.
///
/// The errors of the other format cannot carry ours, so ours wait here.
pub struct Relay<S> {
    failed: Cell<Option<ValueError>>,
    bytes: Cell<usize>,
    stored: PhantomData<fn() -> S>,
}

impl<S> Default for Relay<S> {
    fn default() -> Self {
        Relay { failed: Cell::new(None), bytes: Cell::new(0), stored: PhantomData }
    }
}

impl<S> fmt::Debug for Relay<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl<S: Stored> Relay<S> {
    /// Reads an item from its entries. There may be entries left.
    ///
    /// # Errors
    ///
    /// Those of [`read`](super::read).
    pub fn read<'de, A: MapAccess<'de>, T: Deserialize<'de>>(&self, entries: A) -> Result<T> {
        T::deserialize(Root { entries, relay: self, depth: MAX_DEPTH })
    }

    /// The number of bytes of the names and texts that were read.
    pub fn bytes(&self) -> usize {
        self.bytes.get()
    }

    fn add(&self, text: &str) {
        self.bytes.set(self.bytes.get() + text.len());
    }

    /// Keeps our error, and returns one of the other format, which stops it.
    #[cold]
    fn stop<E: serde::de::Error>(&self, error: ValueError) -> E {
        self.failed.set(Some(error));
        E::custom("an item cannot be read")
    }

    /// Returns our error, for one of the other format.
    #[cold]
    fn error<E: fmt::Display>(&self, error: E) -> ValueError {
        self.failed.take().unwrap_or_else(|| ValueError::custom(error))
    }
}

/// One value that is read.
struct Relayed<'a, D, S> {
    inner: D,
    relay: &'a Relay<S>,
    /// The number of levels that are left.
    depth: u8,
}

/// How the content of a value is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum As {
    Number(Wanted),
    Binary,
}

impl<'de, D: Deserializer<'de>, S: Stored> Relayed<'_, D, S> {
    #[inline]
    fn visit<V: Visitor<'de>>(self, wanted: As, visitor: V) -> Result<V::Value> {
        let Relayed { inner, relay, depth } = self;
        let content = Content { visitor, wanted, relay, depth };
        inner.deserialize_any(content).map_err(|error| relay.error(error))
    }
}

/// Methods that expect a number.
macro_rules! numbers {
    ($wanted:ident: $($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
            self.visit(As::Number(Wanted::$wanted), visitor)
        }
    )*};
}

impl<'de, D: Deserializer<'de>, S: Stored> Deserializer<'de> for Relayed<'_, D, S> {
    type Error = ValueError;

    numbers! { Any: deserialize_any }

    numbers! { Integer:
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    numbers! { Float: deserialize_f32 deserialize_f64 }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let Relayed { inner, relay, depth } = self;
        let maybe = Maybe { visitor, relay, depth: deeper(depth)? };
        inner.deserialize_option(maybe).map_err(|error| relay.error(error))
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let Relayed { inner, relay, depth } = self;
        let variants = Variants { visitor, relay, depth: deeper(depth)? };
        inner.deserialize_any(variants).map_err(|error| relay.error(error))
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.visit(As::Binary, visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.visit(As::Binary, visitor)
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        IgnoredAny::deserialize(self.inner).map_err(|error| self.relay.error(error))?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool char str string unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// Receives a value from the other format.
struct Content<'a, V, S> {
    visitor: V,
    wanted: As,
    relay: &'a Relay<S>,
    depth: u8,
}

impl<'de, V: Visitor<'de>, S: Stored> Content<'_, V, S> {
    #[inline]
    fn number<E: serde::de::Error>(
        self,
        number: impl FnOnce(Wanted) -> Numeric,
    ) -> Result<V::Value, E> {
        let wanted = match self.wanted {
            As::Number(wanted) => wanted,
            As::Binary => Wanted::Any,
        };
        let value = visit_number(number(wanted), wanted, self.visitor);
        value.map_err(|error| self.relay.stop(error))
    }

    /// Gives binary data to the visitor. Texts that are none are left to it.
    fn binary(self, text: &str) -> Result<V::Value> {
        self.visitor.visit_byte_buf(S::binary(text)?)
    }
}

impl<'de, V: Visitor<'de>, S: Stored> Visitor<'de> for Content<'_, V, S> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    #[inline]
    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit().map_err(|error| self.relay.stop(error))
    }

    #[inline]
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.visitor.visit_bool(value).map_err(|error| self.relay.stop(error))
    }

    #[inline]
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.number(|wanted| match wanted {
            Wanted::Float => Numeric::Float(value as f64),
            wanted => S::unsigned(value, wanted),
        })
    }

    #[inline]
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.number(|wanted| match wanted {
            Wanted::Float => Numeric::Float(value as f64),
            wanted => S::negative(value, wanted),
        })
    }

    #[inline]
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<V::Value, E> {
        self.number(|wanted| S::float(value, wanted))
    }

    #[inline]
    fn visit_borrowed_str<E: serde::de::Error>(self, text: &'de str) -> Result<V::Value, E> {
        let relay = self.relay;
        relay.add(text);
        match self.wanted {
            As::Binary => self.binary(text),
            As::Number(_) => self.visitor.visit_borrowed_str(text),
        }
        .map_err(|error| relay.stop(error))
    }

    #[inline]
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<V::Value, E> {
        let relay = self.relay;
        relay.add(text);
        match self.wanted {
            As::Binary => self.binary(text),
            As::Number(_) => self.visitor.visit_str(text),
        }
        .map_err(|error| relay.stop(error))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        let Content { visitor, relay, depth, .. } = self;
        let list = deeper(depth).map(|depth| Elements { list, index: 0, relay, depth });
        list.and_then(|list| list.visit(visitor)).map_err(|error| relay.stop(error))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let Content { visitor, relay, depth, .. } = self;
        let map = deeper(depth).map(|depth| Entries::new(map, relay, depth));
        map.and_then(|map| map.visit(visitor)).map_err(|error| relay.stop(error))
    }
}

/// Receives a value that may be null.
struct Maybe<'a, V, S> {
    visitor: V,
    relay: &'a Relay<S>,
    depth: u8,
}

impl<'de, V: Visitor<'de>, S: Stored> Visitor<'de> for Maybe<'_, V, S> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    #[inline]
    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none().map_err(|error| self.relay.stop(error))
    }

    #[inline]
    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.visit_none()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        let Maybe { visitor, relay, depth } = self;
        visitor.visit_some(Relayed { inner, relay, depth }).map_err(|error| relay.stop(error))
    }
}

/// An item, of which the entries are known.
struct Root<'a, A, S> {
    entries: A,
    relay: &'a Relay<S>,
    depth: u8,
}

impl<'de, A: MapAccess<'de>, S: Stored> Deserializer<'de> for Root<'_, A, S> {
    type Error = ValueError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        Entries::new(self.entries, self.relay, deeper(self.depth)?).visit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let depth = deeper(self.depth)?;
        visitor.visit_some(Root { depth, ..self })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        Variants { visitor, relay: self.relay, depth: deeper(self.depth)? }.of(self.entries)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier
    }
}
