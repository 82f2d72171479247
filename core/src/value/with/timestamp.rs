//! Times that are stored as text in their order: `#[serde(with = "monotable::timestamp::s")]`.
//!
//! Time libraries leave out zeros at the end of a fraction. Then the texts do not have the order of the
//! times: `..:00.5Z` sorts before `..:00Z`. With one of these modules a time is stored as RFC
//! 3339 in UTC at one precision, as in keys: to the second (`s`), the millisecond (`ms`), the
//! microsecond (`us`) or the nanosecond (`ns`). So conditions and filters can use `lt`, `gt` and
//! similar comparisons with it.
//!
//! They take jiff's `Timestamp`, with the features of these names chrono's `DateTime<Utc>` and
//! time's `OffsetDateTime`, and an `Option` of one; the `Option` needs `default`, too. A time that
//! is finer than the module is an error, because storing it would change it; so is a year before 0
//! or after 9999.
//!
//! ```
//! use jiff::Timestamp;
//! use monotable::value::{Value, attribute, to_bytes};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Visit {
//!     #[serde(with = "monotable::timestamp::ms")]
//!     at: Timestamp,
//!     #[serde(default, with = "monotable::timestamp::s")]
//!     until: Option<Timestamp>,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let visit = Visit { at: "2026-11-02T10:00:00Z".parse()?, until: None };
//! let at = attribute(&to_bytes(&visit)?, "at")?;
//! assert_eq!(at, Some(Value::from("2026-11-02T10:00:00.000Z")));
//! # Ok(())
//! # }
//! ```

use crate::error::Result;
use crate::key::{Encoding, Format, KeyPart, KeyParts, PartSpec, Segment, Template, Unit};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use std::borrow::Cow;
use std::marker::PhantomData;

/// A time that these modules can store.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a time that `monotable::timestamp` stores: it takes jiff's `Timestamp`, chrono's `DateTime<Utc>`, time's `OffsetDateTime`, and an `Option` of one",
    label = "not such a time",
    note = "chrono and time need monotable's feature of that name"
)]
pub trait StoredTimestamp: Sized {
    /// Returns its text, or `None` if there is no time.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn to_text(&self, unit: Unit) -> Result<Option<String>>;

    /// Reads the text.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn from_text(text: Option<&str>, unit: Unit) -> Result<Self>;

    /// Reads the text, which may be absent for an `Option`.
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc)]
    fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error>;
}

const fn spec<T: KeyPart>(unit: Unit) -> PartSpec {
    PartSpec { field: 0, name: "time", format: Format::OWN.unit(unit), class: T::CLASS }
}

/// The template of a key that consists of a time only.
struct Of<T>(PhantomData<T>);

impl<T: KeyPart> Of<T> {
    const S: Template = &[Segment::Part(spec::<T>(Unit::Second))];
    const MS: Template = &[Segment::Part(spec::<T>(Unit::Millisecond))];
    const US: Template = &[Segment::Part(spec::<T>(Unit::Microsecond))];
    const NS: Template = &[Segment::Part(spec::<T>(Unit::Nanosecond))];
}

fn write<T: KeyPart>(time: &T, unit: Unit) -> Result<Option<String>> {
    let spec = spec::<T>(unit);
    if !time.is_exact(spec.format) {
        return Err(spec
            .error("is finer than it is stored: round it, or use a finer module of `timestamp`"));
    }
    let mut text = String::with_capacity(30);
    spec.write(time, Encoding::Escaped, "", &mut text)?;
    Ok(Some(text))
}

fn read<T: KeyPart>(text: Option<&str>, unit: Unit) -> Result<T> {
    let template = match unit {
        Unit::Millisecond => Of::<T>::MS,
        Unit::Microsecond => Of::<T>::US,
        Unit::Nanosecond => Of::<T>::NS,
        _ => Of::<T>::S,
    };
    KeyParts::cut([(text.unwrap_or_default(), template), ("", &[])], Encoding::Escaped)?.read(0)
}

macro_rules! times {
    ($($(#[$meta:meta])* $time:ty;)*) => {$(
        $(#[$meta])*
        impl StoredTimestamp for $time {
            fn to_text(&self, unit: Unit) -> Result<Option<String>> {
                write(self, unit)
            }
            fn from_text(text: Option<&str>, unit: Unit) -> Result<Self> {
                read(text, unit)
            }
            fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error> {
                Cow::deserialize(from).map(Some)
            }
        }
    )*};
}

times! {
    jiff::Timestamp;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Utc>;
    #[cfg(feature = "time")]
    time::OffsetDateTime;
}

impl<T: StoredTimestamp> StoredTimestamp for Option<T> {
    fn to_text(&self, unit: Unit) -> Result<Option<String>> {
        match self {
            Some(time) => time.to_text(unit),
            None => Ok(None),
        }
    }

    fn from_text(text: Option<&str>, unit: Unit) -> Result<Self> {
        text.map(|text| T::from_text(Some(text), unit)).transpose()
    }

    fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error> {
        Option::deserialize(from)
    }
}

macro_rules! modules {
    ($($(#[$doc:meta])* $module:ident = $unit:ident;)*) => {$(
        $(#[$doc])*
        pub mod $module {
            use super::*;

            /// Serialises a time.
            ///
            /// # Errors
            ///
            /// If it is finer than this, or out of range.
            pub fn serialize<T: StoredTimestamp, S: Serializer>(
                time: &T,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                match time.to_text(Unit::$unit).map_err(S::Error::custom)? {
                    Some(text) => serializer.serialize_str(&text),
                    None => serializer.serialize_none(),
                }
            }

            /// Deserialises a time.
            ///
            /// # Errors
            ///
            /// If it is not the text of one at this precision.
            pub fn deserialize<'de, T: StoredTimestamp, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<T, D::Error> {
                let text = T::text(deserializer)?;
                T::from_text(text.as_deref(), Unit::$unit).map_err(D::Error::custom)
            }
        }
    )*};
}

modules! {
    /// To the second: `2026-11-02T10:00:00Z`.
    s = Second;
    /// To the millisecond: `2026-11-02T10:00:00.000Z`.
    ms = Millisecond;
    /// To the microsecond: `2026-11-02T10:00:00.000000Z`.
    us = Microsecond;
    /// To the nanosecond: `2026-11-02T10:00:00.000000000Z`.
    ns = Nanosecond;
}

#[cfg(test)]
mod tests {
    use crate::value::{attribute, from_bytes, to_bytes};
    use jiff::Timestamp;
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Times {
        #[serde(with = "super::ns")]
        ns: Timestamp,
        #[serde(with = "super::s", default)]
        s: Option<Timestamp>,
    }

    #[test]
    fn text_is_in_the_order_of_times() {
        let times = [-62_000_000_000_000_000_000_i128, -1, 0, 1, 500_000_000, 1_000_000_000];
        let mut texts = Vec::new();
        for time in times {
            let ns = Timestamp::from_nanosecond(time).unwrap();
            let item = to_bytes(&Times { ns, s: None }).unwrap();
            assert_eq!(from_bytes::<Times>(&item).unwrap(), Times { ns, s: None });
            let text = attribute(&item, "ns").unwrap().unwrap();
            texts.push(text.as_text().unwrap().to_owned());
            assert_eq!(attribute(&item, "s").unwrap(), None);
        }
        assert!(texts.is_sorted(), "{texts:?}");
        assert_eq!(texts[4], "1970-01-01T00:00:00.500000000Z");
    }

    #[test]
    fn what_would_be_changed_is_refused() {
        let half = Timestamp::from_millisecond(500).unwrap();
        let item = to_bytes(&Times { ns: half, s: Some(half) }).unwrap_err();
        assert!(item.to_string().contains("finer than it is stored"), "{item}");
        let whole = Times { ns: half, s: Some(Timestamp::UNIX_EPOCH) };
        let item = to_bytes(&whole).unwrap();
        assert_eq!(from_bytes::<Times>(&item).unwrap(), whole);
        let early: Timestamp = "-000001-01-01T00:00:00Z".parse().unwrap();
        assert!(to_bytes(&Times { ns: early, s: None }).is_err());
    }

    #[test]
    fn other_text_is_no_time() {
        #[derive(Serialize)]
        struct Text {
            ns: &'static str,
        }
        for ns in ["", "2026-11-02T10:00:00Z", "2026-11-02 10:00:00.000000000Z", "x"] {
            let item = to_bytes(&Text { ns }).unwrap();
            assert!(from_bytes::<Times>(&item).is_err(), "{ns}");
        }
    }
}
