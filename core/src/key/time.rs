//! jiff's points in time, dates and civil times as key parts.

use super::civil::{is_exact, on_some_date, utc};
use super::class::Class;
use super::format::{Format, Unit};
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

#[diagnostic::do_not_recommend]
impl KeyPart for Timestamp {
    const CLASS: Class = Class::Time;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.time(utc(*self))
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        TimeZone::UTC.to_timestamp(text.time()?).map_err(|_| text.error("is not a time"))
    }
    fn is_exact(&self, format: Format) -> bool {
        is_exact(utc(*self), format.unit.unwrap_or(Unit::Nanosecond))
    }
}

#[diagnostic::do_not_recommend]
impl KeyPart for Date {
    const CLASS: Class = Class::Date;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.time(self.to_datetime(Time::midnight()))
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        text.time().map(DateTime::date)
    }
    fn is_exact(&self, format: Format) -> bool {
        is_exact(self.to_datetime(Time::midnight()), format.unit.unwrap_or(Unit::Day))
    }
}

#[diagnostic::do_not_recommend]
impl KeyPart for DateTime {
    const CLASS: Class = Class::DateTime;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.time(*self)
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        text.time()
    }
    fn is_exact(&self, format: Format) -> bool {
        is_exact(*self, format.unit.unwrap_or(Unit::Nanosecond))
    }
}

#[diagnostic::do_not_recommend]
impl KeyPart for Time {
    const CLASS: Class = Class::Clock;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.time(on_some_date(*self))
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        text.time().map(DateTime::time)
    }
    fn is_exact(&self, format: Format) -> bool {
        is_exact(on_some_date(*self), format.unit.unwrap_or(Unit::Nanosecond))
    }
}
