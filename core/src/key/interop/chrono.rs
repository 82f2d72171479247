//! `chrono::DateTime<Utc>`, `chrono::NaiveDate`, `chrono::NaiveTime` and `chrono::NaiveDateTime` as key parts.

use super::{buckets, civil_clock, civil_date, civil_part};
use crate::key::bucket::{Month, Year};
use crate::key::civil::{NotHeld, on_some_date};
use crate::key::period::{BeginsDay, Period, periods};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Utc};
use jiff::civil;

fn day(date: NaiveDate) -> Result<civil::Date, NotHeld> {
    let month = u8::try_from(date.month()).unwrap_or(1);
    civil_date(date.year(), month, u8::try_from(date.day()).unwrap_or(1))
}

fn midnight(date: &NaiveDate) -> Result<civil::DateTime, NotHeld> {
    day(*date).map(|date| date.to_datetime(civil::Time::midnight()))
}

fn clock(time: NaiveTime) -> Result<civil::Time, NotHeld> {
    let fields = [time.hour(), time.minute(), time.second()];
    civil_clock(fields.map(|field| u8::try_from(field).unwrap_or(0)), time.nanosecond())
}

fn naive(time: &NaiveDateTime) -> Result<civil::DateTime, NotHeld> {
    Ok(day(time.date())?.to_datetime(clock(time.time())?))
}

fn utc(time: &DateTime<Utc>) -> Result<civil::DateTime, NotHeld> {
    naive(&time.naive_utc())
}

/// Returns the time without its fraction. A leap second belongs to the minute that it ends.
fn second(at: &NaiveDateTime) -> Result<civil::DateTime, NotHeld> {
    naive(&at.with_nanosecond(0).unwrap_or(*at))
}

fn date_of(time: civil::DateTime) -> Option<NaiveDate> {
    let (month, day) = (time.month().unsigned_abs(), time.day().unsigned_abs());
    NaiveDate::from_ymd_opt(time.year().into(), month.into(), day.into())
}

fn clock_of(time: civil::DateTime) -> Option<NaiveTime> {
    let clock = [time.hour(), time.minute(), time.second()];
    let [hour, minute, second] = clock.map(|field| u32::from(field.unsigned_abs()));
    NaiveTime::from_hms_nano_opt(hour, minute, second, time.subsec_nanosecond().unsigned_abs())
}

fn naive_of(time: civil::DateTime) -> Option<NaiveDateTime> {
    Some(date_of(time)?.and_time(clock_of(time)?))
}

civil_part!(DateTime<Utc>, Time, Nanosecond, utc, |time| Some(naive_of(time)?.and_utc()));
civil_part!(NaiveDateTime, DateTime, Nanosecond, naive, naive_of);
civil_part!(NaiveTime, Clock, Nanosecond, |time| clock(*time).map(on_some_date), clock_of);
civil_part!(NaiveDate, Date, Day, midnight, date_of);
buckets!(DateTime<Utc>: Microsecond, Millisecond, Second; utc);
buckets!(DateTime<Utc>: Minute, Hour, Month, Year; |time| second(&time.naive_utc()));
buckets!(DateTime<Utc>: Day = NaiveDate, |time| time.date_naive());
buckets!(NaiveDateTime: Microsecond, Millisecond, Second; naive);
buckets!(NaiveDateTime: Minute, Hour, Month, Year; second);
buckets!(NaiveDateTime: Day = NaiveDate, |time| time.date());
buckets!(NaiveDate: Month, Year; midnight);
buckets!(NaiveDate: Day = NaiveDate, |date| *date);

impl Period for NaiveDate {
    fn first(&self) -> civil::Date {
        // Keys refuse the nearest date, too.
        day(*self).unwrap_or(if self.year() > 0 { civil::Date::MAX } else { civil::Date::MIN })
    }
    fn next(&self) -> Option<civil::Date> {
        day(self.succ_opt()?).ok()
    }
}

// Its dates are all those of jiff, and more.
impl BeginsDay for DateTime<Utc> {
    fn begin(day: civil::Date) -> Result<Self, Self> {
        let begin = naive_of(day.at(0, 0, 0, 0)).map(|time| time.and_utc());
        begin.ok_or(if day.year() > 0 {
            DateTime::<Utc>::MAX_UTC
        } else {
            DateTime::<Utc>::MIN_UTC
        })
    }
}

impl BeginsDay for NaiveDateTime {
    fn begin(day: civil::Date) -> Result<Self, Self> {
        let nearest = if day.year() > 0 { NaiveDateTime::MAX } else { NaiveDateTime::MIN };
        naive_of(day.at(0, 0, 0, 0)).ok_or(nearest)
    }
}

impl BeginsDay for NaiveDate {
    fn begin(day: civil::Date) -> Result<Self, Self> {
        let nearest = if day.year() > 0 { NaiveDate::MAX } else { NaiveDate::MIN };
        date_of(day.at(0, 0, 0, 0)).ok_or(nearest)
    }
}

periods! {
    DateTime<Utc>: NaiveDate, civil::Date, Month, Year;
    NaiveDateTime: NaiveDate, civil::Date, Month, Year;
    NaiveDate: Month, Year;
}
