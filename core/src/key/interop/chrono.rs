//! `chrono::DateTime<Utc>` and `chrono::NaiveDate`.

use super::{buckets, civil_part};
use crate::key::CivilTime;
use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Utc};

impl From<&DateTime<Utc>> for CivilTime {
    fn from(time: &DateTime<Utc>) -> Self {
        CivilTime {
            hour: u8::try_from(time.hour()).unwrap_or(0),
            minute: u8::try_from(time.minute()).unwrap_or(0),
            second: u8::try_from(time.second()).unwrap_or(0),
            nanosecond: time.nanosecond(),
            ..CivilTime::from(&time.date_naive())
        }
    }
}

impl From<&NaiveDate> for CivilTime {
    fn from(date: &NaiveDate) -> Self {
        let month = u8::try_from(date.month()).unwrap_or(1);
        CivilTime::date(date.year(), month, u8::try_from(date.day()).unwrap_or(1))
    }
}

fn date(time: CivilTime) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(time.year, time.month.into(), time.day.into())
}

civil_part!(DateTime<Utc>, Time, Nanosecond, |time| time.into(), |time| {
    let clock = (time.hour.into(), time.minute.into(), time.second.into());
    Some(date(time)?.and_hms_nano_opt(clock.0, clock.1, clock.2, time.nanosecond)?.and_utc())
});
civil_part!(NaiveDate, Date, Day, |date| date.into(), date);
buckets!(DateTime<Utc>: Minute, Hour, Month, Year; Day = NaiveDate, |time| time.date_naive());
buckets!(NaiveDate: Month, Year; Day = NaiveDate, |date| *date);
