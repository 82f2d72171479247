//! `time::OffsetDateTime`, in UTC, `time::Date`, `time::Time` and `time::PrimitiveDateTime` as key parts.

use super::{buckets, civil_clock, civil_date, civil_part};
use crate::key::bucket;
use crate::key::civil::{NotHeld, on_some_date};
use crate::key::period::{BeginsDay, Period, periods};
use jiff::civil;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

fn day(date: Date) -> Result<civil::Date, NotHeld> {
    civil_date(date.year(), date.month().into(), date.day())
}

fn midnight(date: &Date) -> Result<civil::DateTime, NotHeld> {
    day(*date).map(|date| date.to_datetime(civil::Time::midnight()))
}

fn clock(time: Time) -> Result<civil::Time, NotHeld> {
    civil_clock([time.hour(), time.minute(), time.second()], time.nanosecond())
}

fn primitive(time: &PrimitiveDateTime) -> Result<civil::DateTime, NotHeld> {
    Ok(day(time.date())?.to_datetime(clock(time.time())?))
}

fn utc(time: &OffsetDateTime) -> Result<civil::DateTime, NotHeld> {
    // In UTC, a time can be after the last date of the `time` crate, because of its offset. Keys refuse
    // such a year.
    let Some(utc) = time.checked_to_offset(UtcOffset::UTC) else {
        return Err(NotHeld::Year(if time.year() > 0 { 10_000 } else { -10_000 }));
    };
    primitive(&PrimitiveDateTime::new(utc.date(), utc.time()))
}

fn date_of(time: civil::DateTime) -> Option<Date> {
    let month = Month::try_from(time.month().unsigned_abs()).ok()?;
    Date::from_calendar_date(time.year().into(), month, time.day().unsigned_abs()).ok()
}

fn clock_of(time: civil::DateTime) -> Option<Time> {
    let clock = [time.hour(), time.minute(), time.second()];
    let [hour, minute, second] = clock.map(i8::unsigned_abs);
    Time::from_hms_nano(hour, minute, second, time.subsec_nanosecond().unsigned_abs()).ok()
}

fn primitive_of(time: civil::DateTime) -> Option<PrimitiveDateTime> {
    Some(PrimitiveDateTime::new(date_of(time)?, clock_of(time)?))
}

civil_part!(OffsetDateTime, Time, Nanosecond, utc, |time| Some(primitive_of(time)?.assume_utc()));
civil_part!(PrimitiveDateTime, DateTime, Nanosecond, primitive, primitive_of);
civil_part!(Time, Clock, Nanosecond, |time| clock(*time).map(on_some_date), clock_of);
civil_part!(Date, Date, Day, midnight, date_of);
buckets!(OffsetDateTime: Microsecond, Millisecond, Second, Minute, Hour, Month, Year; utc);
buckets!(OffsetDateTime: Day = Date, |time| {
    time.checked_to_offset(UtcOffset::UTC).unwrap_or(*time).date()
});
buckets!(PrimitiveDateTime: Microsecond, Millisecond, Second, Minute, Hour, Month, Year; primitive);
buckets!(PrimitiveDateTime: Day = Date, |time| time.date());
buckets!(Date: Month, Year; midnight);
buckets!(Date: Day = Date, |date| *date);

impl Period for Date {
    fn first(&self) -> civil::Date {
        // Keys refuse the nearest date, too.
        day(*self).unwrap_or(if self.year() > 0 { civil::Date::MAX } else { civil::Date::MIN })
    }
    fn next(&self) -> Option<civil::Date> {
        day(self.next_day()?).ok()
    }
}

impl BeginsDay for PrimitiveDateTime {
    fn begin(day: civil::Date) -> Result<Self, Self> {
        let nearest = if day.year() > 0 { PrimitiveDateTime::MAX } else { PrimitiveDateTime::MIN };
        primitive_of(day.at(0, 0, 0, 0)).ok_or(nearest)
    }
}

impl BeginsDay for OffsetDateTime {
    fn begin(day: civil::Date) -> Result<Self, Self> {
        match PrimitiveDateTime::begin(day) {
            Ok(begin) => Ok(begin.assume_utc()),
            Err(nearest) => Err(nearest.assume_utc()),
        }
    }
}

impl BeginsDay for Date {
    fn begin(day: civil::Date) -> Result<Self, Self> {
        date_of(day.at(0, 0, 0, 0)).ok_or(if day.year() > 0 { Date::MAX } else { Date::MIN })
    }
}

periods! {
    OffsetDateTime: Date, civil::Date, bucket::Month, bucket::Year;
    PrimitiveDateTime: Date, civil::Date, bucket::Month, bucket::Year;
    Date: bucket::Month, bucket::Year;
}
