//! Days, months and years as ranges of times.
//!
//! A day begins at midnight in UTC if the part is a point in time, and at its own midnight if the part is a
//! civil time. A range of periods begins with the first period, and `..=` ends with the whole last one.

use super::bucket::{Month, Year};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use std::ops::Bound;

/// A day, a month or a year.
pub(super) trait Period {
    /// The first day.
    fn first(&self) -> Date;
    /// The first day after it; `None` after the last day of the calendar.
    fn next(&self) -> Option<Date>;
}

impl Period for Date {
    fn first(&self) -> Date {
        *self
    }
    fn next(&self) -> Option<Date> {
        self.tomorrow().ok()
    }
}

/// A key part that is a time or a date.
pub(super) trait BeginsDay: Sized {
    /// Returns the beginning of the day. If the type cannot hold it, returns the nearest time that it can hold
    /// as an error.
    fn begin(day: Date) -> Result<Self, Self>;
}

impl BeginsDay for Timestamp {
    fn begin(day: Date) -> Result<Self, Self> {
        let nearest = if day.year() > 0 { Timestamp::MAX } else { Timestamp::MIN };
        TimeZone::UTC.to_timestamp(day.to_datetime(Time::midnight())).map_err(|_| nearest)
    }
}

impl BeginsDay for DateTime {
    fn begin(day: Date) -> Result<Self, Self> {
        Ok(day.to_datetime(Time::midnight()))
    }
}

impl BeginsDay for Date {
    fn begin(day: Date) -> Result<Self, Self> {
        Ok(day)
    }
}

/// The lower end of a range that begins with the day.
pub(super) fn from<T: BeginsDay>(day: Date) -> Bound<T> {
    match T::begin(day) {
        Ok(begin) => Bound::Included(begin),
        // All times of the type are before.
        Err(nearest) if day.year() > 0 => Bound::Excluded(nearest),
        // Keys refuse it.
        Err(nearest) => Bound::Included(nearest),
    }
}

/// The lower end of a range that begins after a period, whose next day is `next`.
pub(super) fn after<T: BeginsDay>(next: Option<Date>) -> Bound<T> {
    match next {
        Some(day) => from(day),
        // The last day of the calendar: nothing is after it that a key could hold.
        None => match T::begin(Date::MAX) {
            Ok(time) | Err(time) => Bound::Excluded(time),
        },
    }
}

/// The upper end of a range that ends before the day. If there is no such day, the range has no upper end.
pub(super) fn before<T: BeginsDay>(day: Option<Date>) -> Bound<T> {
    match day.map(|day| (day.year(), T::begin(day))) {
        Some((_, Ok(begin))) => Bound::Excluded(begin),
        // All times of the type are before.
        Some((year, Err(_))) if year > 0 => Bound::Unbounded,
        Some((_, Err(nearest))) => Bound::Excluded(nearest),
        None => Bound::Unbounded,
    }
}

/// Implements `PartRange` of a type of time for periods and ranges of them.
///
/// These are implementations for concrete types. With a type parameter, they would overlap with those for
/// ranges of values.
macro_rules! periods {
    ($($time:ty: $($period:ty),*;)*) => {$($(
        crate::key::period::periods! {
            @one $time, $period;
            $period, self => from(self.first()), before(self.next());
            std::ops::Range<$period>, self => from(self.start.first()), before(Some(self.end.first()));
            std::ops::RangeInclusive<$period>, self => from(self.start().first()), before(self.end().next());
            std::ops::RangeFrom<$period>, self => from(self.start.first()), std::ops::Bound::Unbounded;
            std::ops::RangeTo<$period>, self => std::ops::Bound::Unbounded, before(Some(self.end.first()));
            std::ops::RangeToInclusive<$period>, self => std::ops::Bound::Unbounded, before(self.end.next());
        }
        #[diagnostic::do_not_recommend]
        impl crate::key::PartRange<$time> for (std::ops::Bound<$period>, std::ops::Bound<$period>) {
            fn into_bounds(self) -> (std::ops::Bound<$time>, std::ops::Bound<$time>) {
                use crate::key::period::{Period as _, after, before, from};
                use std::ops::Bound::{Excluded, Included, Unbounded};
                let lower = match self.0 {
                    Included(first) => from(first.first()),
                    Excluded(last) => after(last.next()),
                    Unbounded => Unbounded,
                };
                let upper = match self.1 {
                    Included(last) => before(last.next()),
                    Excluded(first) => before(Some(first.first())),
                    Unbounded => Unbounded,
                };
                (lower, upper)
            }
        }
    )*)*};
    (@one $time:ty, $of:ty; $($range:ty, $self:ident => $lower:expr, $upper:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl crate::key::PartRange<$time> for $range {
            fn into_bounds($self) -> (std::ops::Bound<$time>, std::ops::Bound<$time>) {
                #[allow(unused_imports, reason = "not every range has both ends")]
                use crate::key::period::{Period as _, before, from};
                ($lower, $upper)
            }
        }
    )*};
}
pub(super) use periods;

periods! {
    Timestamp: Date, Month, Year;
    DateTime: Date, Month, Year;
    Date: Month, Year;
}

/// The first day of a bucket, and the first day after it.
macro_rules! bucket {
    ($($type:ident: $next:expr;)*) => {$(
        impl Period for $type {
            fn first(&self) -> Date {
                // A bucket that no key can hold: keys refuse this day, too.
                self.begin().map_or(Date::MIN, DateTime::date)
            }
            fn next(&self) -> Option<Date> {
                let next: fn(Date) -> Result<Date, jiff::Error> = $next;
                next(self.first()).ok()
            }
        }
    )*};
}
bucket! {
    Month: |first| first.last_of_month().tomorrow();
    Year: |first| first.last_of_year().tomorrow();
}

#[cfg(test)]
mod tests {
    use super::super::into_part::PartRange;
    use super::{Date, DateTime, Month, Timestamp, Year};
    use jiff::civil::date;
    use std::ops::Bound::{self, Excluded, Included, Unbounded};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn of<T>(range: impl PartRange<T>) -> (Bound<T>, Bound<T>) {
        range.into_bounds()
    }

    #[test]
    fn days_are_whole() {
        let (first, last) = (date(2026, 6, 1), date(2026, 6, 21));
        let (begin, end) = (at("2026-06-01T00:00:00Z"), at("2026-06-22T00:00:00Z"));
        assert_eq!(of(first..=last), (Included(begin), Excluded(end)));
        assert_eq!(of(first..last.tomorrow().unwrap()), (Included(begin), Excluded(end)));
        assert_eq!(of::<Timestamp>(first..), (Included(begin), Unbounded));
        assert_eq!(of::<Timestamp>(..=last), (Unbounded, Excluded(end)));
        assert_eq!(of(last), (Included(at("2026-06-21T00:00:00Z")), Excluded(end)));
        let after = (Excluded(date(2026, 5, 31)), Included(last));
        assert_eq!(of(after), (Included(begin), Excluded(end)));
        let civil = (Included(first.at(0, 0, 0, 0)), Excluded(date(2026, 6, 22).at(0, 0, 0, 0)));
        assert_eq!(of::<DateTime>(first..=last), civil);
    }

    #[test]
    fn months_and_years_are_whole() {
        let february = Month::from(date(2028, 2, 10));
        let (begin, end) = (at("2028-02-01T00:00:00Z"), at("2028-03-01T00:00:00Z"));
        assert_eq!(of(february), (Included(begin), Excluded(end)));
        assert_eq!(of::<Date>(february), (Included(date(2028, 2, 1)), Excluded(date(2028, 3, 1))));
        let years = Year::from(date(2026, 5, 5))..=Year::from(date(2027, 5, 5));
        let (begin, end) = (at("2026-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"));
        assert_eq!(of(years), (Included(begin), Excluded(end)));
    }

    #[test]
    fn ends_of_the_calendar() {
        let last = date(9999, 12, 31);
        assert_eq!(of::<DateTime>(..=last), (Unbounded, Unbounded));
        assert_eq!(of::<Timestamp>(..=last), (Unbounded, Unbounded));
        // jiff's last time is on the day before.
        assert_eq!(of::<Timestamp>(last..), (Excluded(Timestamp::MAX), Unbounded));
        let whole = of::<Timestamp>(Year::from(last));
        assert_eq!(whole, (Included(at("9999-01-01T00:00:00Z")), Unbounded));
        let after = of::<DateTime>((Excluded(last), Unbounded));
        assert_eq!(after, (Excluded(last.at(0, 0, 0, 0)), Unbounded));
        assert_eq!(of::<Timestamp>(Date::MIN..).0, Included(Timestamp::MIN));
    }
}
