//! `chrono::DateTime<Utc>` and `chrono::NaiveDate` as key parts.

use super::{buckets, civil_clock, civil_date, civil_part};
use crate::key::civil::NotHeld;
use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};
use jiff::civil;

fn day(date: NaiveDate) -> Result<civil::Date, NotHeld> {
    let month = u8::try_from(date.month()).unwrap_or(1);
    civil_date(date.year(), month, u8::try_from(date.day()).unwrap_or(1))
}

fn midnight(date: &NaiveDate) -> Result<civil::DateTime, NotHeld> {
    day(*date).map(|date| date.to_datetime(civil::Time::midnight()))
}

fn time(time: &DateTime<Utc>) -> Result<civil::DateTime, NotHeld> {
    let clock = [time.hour(), time.minute(), time.second()];
    let clock = clock.map(|field| u8::try_from(field).unwrap_or(0));
    Ok(day(time.date_naive())?.to_datetime(civil_clock(clock, time.nanosecond())?))
}

fn minute(at: &DateTime<Utc>) -> Result<civil::DateTime, NotHeld> {
    // A leap second belongs to the minute that it ends.
    time(&at.with_nanosecond(0).unwrap_or(*at))
}

fn date(time: civil::DateTime) -> Option<NaiveDate> {
    let (month, day) = (time.month().unsigned_abs(), time.day().unsigned_abs());
    NaiveDate::from_ymd_opt(time.year().into(), month.into(), day.into())
}

civil_part!(DateTime<Utc>, Time, Nanosecond, time, |time| {
    let clock = [time.hour(), time.minute(), time.second()];
    let [hour, minute, second] = clock.map(|field| u32::from(field.unsigned_abs()));
    let nanosecond = time.subsec_nanosecond().unsigned_abs();
    Some(date(time)?.and_hms_nano_opt(hour, minute, second, nanosecond)?.and_utc())
});
civil_part!(NaiveDate, Date, Day, midnight, date);
buckets!(DateTime<Utc>: Microsecond, Millisecond, Second; time);
buckets!(DateTime<Utc>: Minute, Hour, Month, Year; minute);
buckets!(DateTime<Utc>: Day = NaiveDate, |time| time.date_naive());
buckets!(NaiveDate: Month, Year; midnight);
buckets!(NaiveDate: Day = NaiveDate, |date| *date);
