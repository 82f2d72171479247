//! Fields that are stored as exact numbers: `#[serde(with = "monotable::decimal")]`.
//!
//! Decimal types mostly serialise as text, which stores sort and compare as text and cannot add. With this, any type that is written with `Display` and read with `FromStr`, such as those of
//! `rust_decimal` and `bigdecimal`, is stored as a number of the same value: up to 38 significant
//! digits, without loss. Zeros at its end are not kept: `12.50` is read back as `12.5`, which is
//! equal.
//!
//! For an `Option` there is [`decimal::option`](option). Other formats, such as JSON, write the
//! text, and read text as well as numbers.
//!
//! ```
//! # #[derive(Debug, PartialEq)]
//! # struct Decimal(i64);
//! # impl std::fmt::Display for Decimal {
//! #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
//! #         write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
//! #     }
//! # }
//! # impl std::str::FromStr for Decimal {
//! #     type Err = std::num::ParseFloatError;
//! #     fn from_str(text: &str) -> Result<Self, Self::Err> {
//! #         Ok(Decimal((text.parse::<f64>()? * 100.0).round() as i64))
//! #     }
//! # }
//! use monotable::value;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize)]
//! struct Line {
//!     #[serde(with = "monotable::decimal")]
//!     price: Decimal,
//!     #[serde(with = "monotable::decimal::option", default)]
//!     discount: Option<Decimal>,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let line = Line { price: "19.90".parse()?, discount: None };
//! let item = value::to_bytes(&line)?;
//! assert_eq!(value::attribute(&item, "price")?, Some(value::Value::Number("19.9".parse()?)));
//! assert_eq!(value::from_bytes::<Line>(&item)?, line);
//! # Ok(())
//! # }
//! ```

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use crate::value::{Number, token};

/// Serialises a number that is written with `Display`.
///
/// # Errors
///
/// In this crate's codec: if the text is not one that [`Number`] reads.
pub fn serialize<T, S>(number: &T, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Display + ?Sized,
    S: Serializer,
{
    serializer.serialize_newtype_struct(token::NUMBER, &Text(number))
}

/// Deserialises a number that is read with `FromStr`, from its digits: there is no exponent.
///
/// # Errors
///
/// If the value is neither a number nor text, or if `T` does not read it.
pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(token::NUMBER, Parsed(PhantomData))
}

struct Text<'a, T: ?Sized>(&'a T);

impl<T: Display + ?Sized> Serialize for Text<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

struct Parsed<T>(PhantomData<T>);

impl<T: FromStr> Parsed<T> {
    fn number<E: Error>(self, number: Number) -> Result<T, E> {
        self.visit_str(&number.to_plain())
    }
}

impl<'de, T: FromStr> Visitor<'de> for Parsed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or the text of one")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        // The type's error is not passed on, because it may contain the text.
        text.parse().map_err(|_| E::custom("the field's type does not read this number"))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.number(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.number(value.into())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<T, E> {
        self.number(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<T, E> {
        self.number(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        match Number::from_f64(value) {
            Some(number) => self.number(number),
            None => Err(E::custom("neither NaN nor infinity is a number")),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(self)
        } else {
            // Such formats often do not know the type of a value.
            deserializer.deserialize_str(self)
        }
    }
}

/// The same for an `Option`: `#[serde(with = "monotable::decimal::option", default)]`.
///
/// The `default` is for items in which the attribute is absent, as it is for `None`.
pub mod option {
    use std::fmt::{self, Display};
    use std::marker::PhantomData;
    use std::str::FromStr;

    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serialize, Serializer};

    /// Serialises an optional number that is written with `Display`.
    ///
    /// # Errors
    ///
    /// Those of [`decimal::serialize`](super::serialize).
    pub fn serialize<T, S>(number: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        T: Display,
        S: Serializer,
    {
        match number {
            Some(number) => serializer.serialize_some(&Decimal(number)),
            None => serializer.serialize_none(),
        }
    }

    /// Deserialises an optional number that is read with `FromStr`.
    ///
    /// # Errors
    ///
    /// Those of [`decimal::deserialize`](super::deserialize).
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        T: FromStr,
        D: Deserializer<'de>,
    {
        deserializer.deserialize_option(Optional(PhantomData))
    }

    struct Decimal<'a, T>(&'a T);

    impl<T: Display> Serialize for Decimal<'_, T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            super::serialize(self.0, serializer)
        }
    }

    struct Optional<T>(PhantomData<T>);

    impl<'de, T: FromStr> Visitor<'de> for Optional<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number, or the text of one, or none")
        }

        fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}
