//! Times in keys: RFC 3339 in UTC at a fixed precision.

use super::class::Unit;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// A time in UTC, field by field: what every time library's types become on their way into a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilTime {
    /// The year, 0 to 9999 in keys.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59; 60 is no second of a key.
    pub second: u8,
    /// 0 to 999,999,999; more is a leap second, which keys do not hold.
    pub nanosecond: u32,
}

impl CivilTime {
    /// Midnight.
    #[must_use]
    pub const fn date(year: i32, month: u8, day: u8) -> Self {
        CivilTime { year, month, day, hour: 0, minute: 0, second: 0, nanosecond: 0 }
    }

    /// Whether nothing is lost by going down to `unit` only.
    #[must_use]
    pub const fn is_exact(self, unit: Unit) -> bool {
        let n = self.nanosecond;
        match unit {
            Unit::Nanosecond => true,
            Unit::Microsecond => n.is_multiple_of(1_000),
            Unit::Millisecond => n.is_multiple_of(1_000_000),
            Unit::Second => n == 0,
            Unit::Minute => n == 0 && self.second == 0,
            Unit::Hour => n == 0 && self.second == 0 && self.minute == 0,
            Unit::Day => n == 0 && self.second == 0 && self.minute == 0 && self.hour == 0,
            Unit::Month | Unit::Year => {
                let midnight = n == 0 && self.second == 0 && self.minute == 0 && self.hour == 0;
                midnight && self.day == 1 && (matches!(unit, Unit::Month) || self.month == 1)
            }
        }
    }

    /// The time with all below the unit, from hours to days, at its least.
    pub(super) const fn down_to(mut self, unit: Unit) -> Self {
        (self.second, self.nanosecond) = (0, 0);
        if Unit::Minute.is_finer_than(unit) {
            self.minute = 0;
        }
        if Unit::Hour.is_finer_than(unit) {
            self.hour = 0;
        }
        if Unit::Day.is_finer_than(unit) {
            self.day = 1;
        }
        if Unit::Month.is_finer_than(unit) {
            self.month = 1;
        }
        self
    }

    /// Appends the time down to the unit; the rest is cut off.
    pub(super) fn write(self, unit: Unit, out: &mut String) {
        // Keys hold no such year, but a bucket of one can be shown.
        if self.year < 0 {
            out.push('-');
        }
        push(self.year.unsigned_abs(), 4, out);
        let fields = [
            ('-', self.month, Unit::Month),
            ('-', self.day, Unit::Day),
            ('T', self.hour, Unit::Hour),
            (':', self.minute, Unit::Minute),
            (':', self.second, Unit::Second),
        ];
        for (mark, value, of) in fields {
            if of.is_finer_than(unit) {
                return;
            }
            out.push(mark);
            push(u32::from(value), 2, out);
        }
        let (value, digits) = match unit {
            Unit::Nanosecond => (self.nanosecond, 9),
            Unit::Microsecond => (self.nanosecond / 1_000, 6),
            Unit::Millisecond => (self.nanosecond / 1_000_000, 3),
            _ => (0, 0),
        };
        if digits > 0 {
            out.push('.');
            push(value, digits, out);
        }
        out.push('Z');
    }

    /// Reads what [`write`](CivilTime::write) wrote at this unit.
    pub(super) fn read(text: &str, unit: Unit) -> Option<Self> {
        if text.len() != unit.width() {
            return None;
        }
        let number = |from: usize, to: usize| -> Option<u32> {
            match text.get(from..to) {
                Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok(),
                _ => None,
            }
        };
        let field = |at: usize, of: Unit, least: u8| -> Option<u8> {
            if of.is_finer_than(unit) { Some(least) } else { number(at, at + 2)?.try_into().ok() }
        };
        let nanosecond = match unit {
            Unit::Nanosecond => number(20, 29)?,
            Unit::Microsecond => number(20, 26)? * 1_000,
            Unit::Millisecond => number(20, 23)? * 1_000_000,
            _ => 0,
        };
        let time = CivilTime {
            year: i32::try_from(number(0, 4)?).ok()?,
            month: field(5, Unit::Month, 1)?,
            day: field(8, Unit::Day, 1)?,
            hour: field(11, Unit::Hour, 0)?,
            minute: field(14, Unit::Minute, 0)?,
            second: field(17, Unit::Second, 0)?,
            nanosecond,
        };
        // The separators: whatever would not be written just so is no time of a key.
        let mut again = String::with_capacity(text.len());
        time.write(unit, &mut again);
        (again == text && timestamp(time).is_some()).then_some(time)
    }
}

fn push(value: u32, digits: u32, out: &mut String) {
    for at in (0..digits).rev() {
        let digit = (value / 10_u32.pow(at)) % 10;
        out.extend(char::from_digit(digit, 10));
    }
}

/// jiff's UTC fields of a time.
pub(super) fn civil(timestamp: Timestamp) -> CivilTime {
    from_jiff(TimeZone::UTC.to_datetime(timestamp))
}

/// jiff's fields of a date.
pub(super) fn civil_date(date: Date) -> CivilTime {
    from_jiff(date.to_datetime(jiff::civil::Time::midnight()))
}

fn from_jiff(time: DateTime) -> CivilTime {
    // jiff keeps its fields in range and positive, year excepted.
    CivilTime {
        year: i32::from(time.year()),
        month: time.month().unsigned_abs(),
        day: time.day().unsigned_abs(),
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
        nanosecond: time.subsec_nanosecond().unsigned_abs(),
    }
}

/// The time as jiff's, if it is a time of the calendar.
pub(super) fn timestamp(time: CivilTime) -> Option<Timestamp> {
    let time = DateTime::new(
        i16::try_from(time.year).ok()?,
        i8::try_from(time.month).ok()?,
        i8::try_from(time.day).ok()?,
        i8::try_from(time.hour).ok()?,
        i8::try_from(time.minute).ok()?,
        i8::try_from(time.second).ok()?,
        i32::try_from(time.nanosecond).ok()?,
    )
    .ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}
