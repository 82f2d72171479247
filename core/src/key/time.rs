//! jiff's times and dates as key parts.

use super::civil::{civil, civil_date, timestamp};
use super::class::{Class, Format, Unit};
use super::into_part::into_part_by_value;
use super::part::{KeyPart, kind};
use super::reader::KeyText;
use super::writer::KeyWriter;
use crate::error::Result;
use jiff::Timestamp;
use jiff::civil::Date;

#[diagnostic::do_not_recommend]
impl KeyPart for Timestamp {
    const CLASS: Class = Class::Time;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.time(civil(*self), Unit::Nanosecond)
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        timestamp(text.time(Unit::Nanosecond)?).ok_or_else(|| text.error("is no time"))
    }
    fn is_exact(&self, format: Format) -> bool {
        civil(*self).is_exact(format.unit.unwrap_or(Unit::Nanosecond))
    }
}
into_part_by_value!(Timestamp);

#[diagnostic::do_not_recommend]
impl KeyPart for Date {
    const CLASS: Class = Class::Date;
    type Kind = kind::Ordered;
    fn write(&self, out: &mut KeyWriter<'_>) -> Result<()> {
        out.time(civil_date(*self), Unit::Day)
    }
    fn read(text: &KeyText<'_>) -> Result<Self> {
        let time = text.time(Unit::Day)?;
        let date = |year, month: u8, day: u8| -> Option<Date> {
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
                .ok()
        };
        date(time.year, time.month, time.day).ok_or_else(|| text.error("is no date"))
    }
    fn is_exact(&self, format: Format) -> bool {
        civil_date(*self).is_exact(format.unit.unwrap_or(Unit::Day))
    }
}
into_part_by_value!(Date);
