//! The text of times in keys: RFC 3339 in UTC, down to a unit of time.
//!
//! jiff prints and parses the times. This file decides how much of jiff's text is in a key, and refuses
//! other forms of a time, which jiff would read.

use super::format::{DATE, Span, Unit};
use jiff::civil::{Date, DateTime, DateTimeRound, Time};
use jiff::fmt::temporal::{DateTimeParser, DateTimePrinter};
use jiff::{RoundMode, Timestamp, tz::TimeZone};
use std::fmt;

/// Why a key cannot hold a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NotHeld {
    /// Its year is not between 0 and 9999.
    Year(i32),
    /// It is within a leap second. Only chrono's times can be.
    #[cfg_attr(
        not(any(feature = "chrono", feature = "time")),
        allow(dead_code, reason = "made from the times of other crates, behind their features")
    )]
    LeapSecond,
}

/// The text continues a message that begins with "key part `at`".
impl fmt::Display for NotHeld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotHeld::Year(year) => {
                write!(f, "is in the year {year}, and keys hold the years 0000 to 9999")
            }
            NotHeld::LeapSecond => f.write_str("is a leap second, which keys cannot hold"),
        }
    }
}

/// The date and the time of day in UTC.
pub(super) fn utc(time: Timestamp) -> DateTime {
    TimeZone::UTC.to_datetime(time)
}

/// A time of day on a date that does not matter, for parts without a date.
pub(super) fn on_some_date(clock: Time) -> DateTime {
    clock.to_datetime(Date::constant(2000, 1, 1))
}

/// Returns whether the time is a whole number of the unit, so that cutting it off loses nothing.
pub(super) fn is_exact(time: DateTime, unit: Unit) -> bool {
    down_to(time, unit) == time
}

/// Returns the start of the unit that contains the time.
pub(super) fn down_to(time: DateTime, unit: Unit) -> DateTime {
    let smallest = match unit {
        Unit::Year => return time.first_of_year().start_of_day(),
        Unit::Month => return time.first_of_month().start_of_day(),
        Unit::Day => return time.start_of_day(),
        Unit::Hour => jiff::Unit::Hour,
        Unit::Minute => jiff::Unit::Minute,
        Unit::Second => jiff::Unit::Second,
        Unit::Millisecond => jiff::Unit::Millisecond,
        Unit::Microsecond => jiff::Unit::Microsecond,
        Unit::Nanosecond => return time,
    };
    let round = DateTimeRound::new().smallest(smallest).mode(RoundMode::Trunc);
    // Rounding fails only if the result is outside the calendar, and this rounds within one day.
    time.round(round).unwrap_or(time)
}

/// Appends as much of the time as the span has, down to the unit.
pub(super) fn write(
    time: DateTime,
    unit: Unit,
    span: Span,
    out: &mut String,
) -> Result<(), NotHeld> {
    if time.year() < 0 {
        return Err(NotHeld::Year(time.year().into()));
    }
    let start = out.len();
    show(time, unit, out);
    let end = start + unit.width();
    match span {
        Span::Utc => {}
        Span::Civil | Span::Clock if unit.is_bucket() => {}
        Span::Civil | Span::Clock => out.truncate(end.saturating_sub(1)),
    }
    if span == Span::Clock {
        // All bytes are ASCII.
        out.replace_range(start..out.len().min(start + DATE), "");
    }
    Ok(())
}

/// Appends the time down to the unit, for people to read. The year can be any year.
pub(super) fn show(time: DateTime, unit: Unit, out: &mut String) {
    const PRINTER: DateTimePrinter = DateTimePrinter::new().precision(Some(9));
    let start = out.len();
    // Printing fails only if writing fails, and writing to a `String` never fails.
    let _ = PRINTER.print_datetime(&time, &mut *out);
    // The text down to a unit is a prefix of the whole text. From seconds on, it ends with `Z`.
    // Negative years have a sign and six digits.
    let sign = if time.year() < 0 { 3 } else { 0 };
    let has_zone = !unit.is_bucket();
    out.truncate(start + sign + unit.width() - usize::from(has_zone));
    if has_zone {
        out.push('Z');
    }
}

/// Reads what [`write`] wrote for this unit. All smaller units have their least value.
pub(super) fn read(text: &str, unit: Unit, span: Span) -> Option<DateTime> {
    const PARSER: DateTimeParser = DateTimeParser::new();
    const LEAST: &str = "0000-01-01T00:00:00";
    if text.len() != unit.width_in(span) {
        return None;
    }
    let has_zone = span == Span::Utc && !unit.is_bucket();
    let text_of_time = if has_zone { text.strip_suffix('Z')? } else { text };
    let mut whole = String::with_capacity(30);
    if span == Span::Clock {
        whole.extend(LEAST.get(..DATE));
    }
    whole.push_str(text_of_time);
    let known = whole.as_str();
    let rest = LEAST.get(known.len()..).unwrap_or_default();
    whole.push_str(rest);
    let time = PARSER.parse_datetime(&whole).ok()?;
    // jiff also reads other forms, such as a space instead of the `T`. Keys do not have them.
    let mut again = whole;
    again.clear();
    write(time, unit, span, &mut again).ok()?;
    (again == text).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const UNITS: [(Unit, &str); 9] = [
        (Unit::Year, "2026"),
        (Unit::Month, "2026-11"),
        (Unit::Day, "2026-11-02"),
        (Unit::Hour, "2026-11-02T10"),
        (Unit::Minute, "2026-11-02T10:20"),
        (Unit::Second, "2026-11-02T10:20:30Z"),
        (Unit::Millisecond, "2026-11-02T10:20:30.123Z"),
        (Unit::Microsecond, "2026-11-02T10:20:30.123456Z"),
        (Unit::Nanosecond, "2026-11-02T10:20:30.123456789Z"),
    ];

    #[test]
    fn each_unit_is_the_beginning_of_the_whole_text() {
        let time = date(2026, 11, 2).at(10, 20, 30, 123_456_789);
        for (unit, expected) in UNITS {
            let mut text = "before#".to_owned();
            write(time, unit, Span::Utc, &mut text).unwrap();
            assert_eq!(text, format!("before#{expected}"));
            let start = down_to(time, unit);
            let civil = expected.trim_end_matches('Z');
            let mut text = String::new();
            write(time, unit, Span::Civil, &mut text).unwrap();
            assert_eq!(text, civil);
            assert_eq!(read(civil, unit, Span::Civil), Some(start));
            if let Some((_, clock)) = civil.split_once('T') {
                text.truncate(0);
                write(time, unit, Span::Clock, &mut text).unwrap();
                assert_eq!(text, clock);
                let read = read(clock, unit, Span::Clock).map(DateTime::time);
                assert_eq!(read, Some(start.time()));
            }
            assert_eq!(read(expected, unit, Span::Utc), Some(start));
            assert!(is_exact(start, unit));
            assert_eq!(is_exact(time, unit), unit == Unit::Nanosecond);
        }
    }

    #[test]
    fn the_first_and_the_last_time_of_keys_are_read_back() {
        for time in [date(0, 1, 1).at(0, 0, 0, 0), date(9999, 12, 31).at(23, 59, 59, 999_999_999)] {
            for (unit, _) in UNITS {
                let mut text = String::new();
                write(time, unit, Span::Utc, &mut text).unwrap();
                assert_eq!(read(&text, unit, Span::Utc), Some(down_to(time, unit)), "{text}");
            }
        }
        let early = date(-1, 12, 31).at(23, 59, 59, 0);
        assert_eq!(
            write(early, Unit::Second, Span::Utc, &mut String::new()),
            Err(NotHeld::Year(-1))
        );
    }

    #[test]
    fn another_form_of_a_time_is_none() {
        for text in [
            "2026-11-02 10:20:30Z",
            "2026-11-02t10:20:30Z",
            "2026-11-02T10:20:30z",
            "2026-11-02T10:20:60Z",
            "2026-02-30T10:20:30Z",
            "2026-11-02T24:00:00Z",
            "20261102T10:20:30.0Z",
            "-00001-11-02T10:20:3",
        ] {
            assert_eq!(read(text, Unit::Second, Span::Utc), None, "{text}");
        }
        for text in ["20261", "-001", "2026-", "202é"] {
            assert_eq!(read(text, Unit::Year, Span::Utc), None, "{text}");
        }
        for text in ["2026-11-02T10:20:30Z", "2026-11-02 10:20:30", "2026-11-02T10:20:60"] {
            assert_eq!(read(text, Unit::Second, Span::Civil), None, "{text}");
        }
        for text in ["10:20:60", "24:00:00", "10:20", "102030.0", "10:20:3Z", "1é:20:3"] {
            assert_eq!(read(text, Unit::Second, Span::Clock), None, "{text}");
        }
        assert_eq!(read("202611", Unit::Month, Span::Utc), None);
        assert_eq!(read("2026-11-02T10:20:30,123Z", Unit::Millisecond, Span::Utc), None);
    }
}
