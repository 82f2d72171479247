//! Buckets: periods of time as key parts. The buckets of each unit have their own type.

use super::civil::{self, NotHeld};
use super::class::Class;
use super::format::{Span, Unit};
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::{Error, Kind};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// The units of buckets, as types.
pub mod unit {
    /// `{t:year:bucket}`
    #[derive(Debug)]
    pub enum Year {}
    /// `{t:month:bucket}`
    #[derive(Debug)]
    pub enum Month {}
    /// `{t:day:bucket}`
    #[derive(Debug)]
    pub enum Day {}
    /// `{t:hour:bucket}`
    #[derive(Debug)]
    pub enum Hour {}
    /// `{t:minute:bucket}`
    #[derive(Debug)]
    pub enum Minute {}
    /// `{t:second:bucket}`
    #[derive(Debug)]
    pub enum Second {}
    /// `{t:millisecond:bucket}`
    #[derive(Debug)]
    pub enum Millisecond {}
    /// `{t:microsecond:bucket}`
    #[derive(Debug)]
    pub enum Microsecond {}
}

/// A time or date that has a bucket of unit `U`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no such bucket, because it is not a time or a date with this unit: write the placeholder without `:..:bucket`",
    label = "has no such bucket",
    note = "times have year, month, day, hour, minute, second, millisecond and microsecond buckets",
    note = "dates have year and month buckets"
)]
pub trait Bucketed<U> {
    /// The type of the bucket. The bucket of a day is a civil date.
    type Bucket: KeyPart;
    /// Returns the bucket that contains this time or date: in UTC for a point in time, and as it is for a
    /// civil time.
    fn bucket(&self) -> Self::Bucket;
}

/// Returns the bucket of a field. For the derives.
#[doc(hidden)]
pub fn bucket<T: Bucketed<U>, U>(value: &T) -> T::Bucket {
    value.bucket()
}

/// The type of a field's bucket. For the derives.
#[doc(hidden)]
pub type BucketOf<T, U> = <T as Bucketed<U>>::Bucket;

/// A calendar year. Keys can hold the years 0 to 9999.
///
/// ```
/// use monotable_core::key::Year;
/// assert_eq!(Year::from(jiff::civil::date(2026, 11, 2)).to_string(), "2026");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(Result<DateTime, NotHeld>);

/// A calendar month.
///
/// ```
/// use monotable_core::key::Month;
/// assert_eq!(Month::from(jiff::civil::date(2026, 11, 2)).to_string(), "2026-11");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Result<DateTime, NotHeld>);

/// An hour of a day: in UTC for a point in time, and as it is for a civil time.
///
/// ```
/// use monotable_core::key::Hour;
/// let time: jiff::Timestamp = "2026-11-02T10:20:30Z".parse()?;
/// assert_eq!(Hour::from(time).to_string(), "2026-11-02T10");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hour(Result<DateTime, NotHeld>);

/// A minute of a day: in UTC for a point in time, and as it is for a civil time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(Result<DateTime, NotHeld>);

/// A second of a day: in UTC for a point in time, and as it is for a civil time. In a key, it has the same text as a time with `{t:s}`.
///
/// ```
/// use monotable_core::key::Second;
/// let time: jiff::Timestamp = "2026-11-02T10:20:30.5Z".parse()?;
/// assert_eq!(Second::from(time).to_string(), "2026-11-02T10:20:30Z");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Second(Result<DateTime, NotHeld>);

/// A millisecond of a day: in UTC for a point in time, and as it is for a civil time. In a key, it has the same text as a time with `{t:ms}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millisecond(Result<DateTime, NotHeld>);

/// A microsecond of a day: in UTC for a point in time, and as it is for a civil time. In a key, it has the same text as a time with `{t:us}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Microsecond(Result<DateTime, NotHeld>);

impl From<Date> for Year {
    fn from(date: Date) -> Self {
        Year::of_civil(Ok(date.to_datetime(Time::midnight())))
    }
}

impl From<Date> for Month {
    fn from(date: Date) -> Self {
        Month::of_civil(Ok(date.to_datetime(Time::midnight())))
    }
}

macro_rules! bucket_part {
    ($($type:ident),*) => {$(
        impl $type {
            /// Returns the bucket that contains the time. If keys cannot hold the time, they cannot
            /// hold its bucket either.
            pub(super) fn of_civil(time: Result<DateTime, NotHeld>) -> Self {
                $type(time.map(|time| civil::down_to(time, Unit::$type)))
            }

            /// Returns the beginning of the bucket, unless keys cannot hold it.
            #[allow(dead_code, reason = "of some units only")]
            pub(super) fn begin(&self) -> Option<DateTime> {
                self.0.ok()
            }
        }

        impl From<Timestamp> for $type {
            fn from(time: Timestamp) -> Self {
                $type::of_civil(Ok(civil::utc(time)))
            }
        }

        impl From<DateTime> for $type {
            fn from(time: DateTime) -> Self {
                $type::of_civil(Ok(time))
            }
        }

        #[diagnostic::do_not_recommend]
        impl KeyPart for $type {
            const CLASS: Class = Class::Span(Unit::$type);
            type Kind = kind::Ordered;
            fn write(&self, out: &mut KeyWriter<'_>) -> crate::Result<()> {
                let time = self.0.map_err(|fault| out.error(fault))?;
                out.time(time)
            }
            fn read(text: &KeyText<'_>) -> crate::Result<Self> {
                text.time().map(|time| $type(Ok(time)))
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut text = String::new();
                match self.0 {
                    Ok(time) => civil::show(time, Unit::$type, &mut text),
                    Err(NotHeld::Year(year)) => return write!(f, "{year}"),
                    Err(NotHeld::LeapSecond) => return f.write_str("a leap second"),
                }
                f.write_str(&text)
            }
        }

        impl FromStr for $type {
            type Err = Error;
            fn from_str(text: &str) -> crate::Result<Self> {
                civil::read(text, Unit::$type, Span::Utc).map(|time| $type(Ok(time))).ok_or_else(|| {
                    let form = "a bucket is written as in a key, such as `2026`, `2026-11`, `2026-11-02T10` or `2026-11-02T10:20:30Z`";
                    Error::new(Kind::InvalidKey, form)
                })
            }
        }
    )*};
}
bucket_part!(Year, Month, Hour, Minute, Second, Millisecond, Microsecond);

macro_rules! buckets {
    ($type:ty: $($unit:ident),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Bucketed<unit::$unit> for $type {
            type Bucket = $unit;
            fn bucket(&self) -> $unit {
                $unit::from(*self)
            }
        }
    )*};
}
buckets!(Timestamp: Microsecond, Millisecond, Second, Minute, Hour, Month, Year);
buckets!(DateTime: Microsecond, Millisecond, Second, Minute, Hour, Month, Year);
buckets!(Date: Month, Year);

#[diagnostic::do_not_recommend]
impl Bucketed<unit::Day> for Timestamp {
    type Bucket = Date;
    fn bucket(&self) -> Date {
        TimeZone::UTC.to_datetime(*self).date()
    }
}

#[diagnostic::do_not_recommend]
impl Bucketed<unit::Day> for DateTime {
    type Bucket = Date;
    fn bucket(&self) -> Date {
        self.date()
    }
}

#[diagnostic::do_not_recommend]
impl Bucketed<unit::Day> for Date {
    type Bucket = Date;
    fn bucket(&self) -> Date {
        *self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_in_the_calendar_is_a_bucket() {
        assert_eq!("2024-02".parse::<Month>().unwrap().to_string(), "2024-02");
        assert_eq!("2026-11-02T10".parse::<Hour>().unwrap().to_string(), "2026-11-02T10");
        for text in ["2026-99", "2026-00", "2026-2", "2026", "", "2026-02x"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
        for text in ["2026-02-31T10:00", "2026-02-01T25:61", "2026-02-01T10:60"] {
            assert!(text.parse::<Minute>().is_err(), "{text}");
        }
        for text in ["2026-11-02T10:20:30Z", "2024-02-29T00:00:00Z"] {
            assert_eq!(text.parse::<Second>().unwrap().to_string(), text);
        }
        for text in ["2026-11-02T10:20:30", "2026-11-02T10:20:30.0Z", "2026-11-02T10:20:60Z"] {
            assert!(text.parse::<Second>().is_err(), "{text}");
        }
        assert_eq!(Year::from(jiff::civil::date(-5, 1, 1)).to_string(), "-000005");
    }
}
