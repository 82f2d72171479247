//! `time::OffsetDateTime`, in UTC, and `time::Date`.

use super::{buckets, civil_part};
use crate::key::CivilTime;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

impl From<&OffsetDateTime> for CivilTime {
    fn from(time: &OffsetDateTime) -> Self {
        // An offset can push a time past the last date that the crate knows: into a year that keys
        // refuse.
        let Some(utc) = time.checked_to_offset(UtcOffset::UTC) else {
            return CivilTime::date(if time.year() > 0 { 10_000 } else { -10_000 }, 1, 1);
        };
        CivilTime {
            hour: utc.hour(),
            minute: utc.minute(),
            second: utc.second(),
            nanosecond: utc.nanosecond(),
            ..CivilTime::from(&utc.date())
        }
    }
}

impl From<&Date> for CivilTime {
    fn from(date: &Date) -> Self {
        CivilTime::date(date.year(), date.month().into(), date.day())
    }
}

fn date(time: CivilTime) -> Option<Date> {
    Date::from_calendar_date(time.year, Month::try_from(time.month).ok()?, time.day).ok()
}

civil_part!(OffsetDateTime, Time, Nanosecond, |time| time.into(), |time| {
    let clock = Time::from_hms_nano(time.hour, time.minute, time.second, time.nanosecond).ok()?;
    Some(OffsetDateTime::new_utc(date(time)?, clock))
});
civil_part!(Date, Date, Day, |date| date.into(), date);
buckets!(OffsetDateTime: Minute, Hour, Month, Year; Day = Date, |time| {
    time.checked_to_offset(UtcOffset::UTC).unwrap_or(*time).date()
});
buckets!(Date: Month, Year; Day = Date, |date| *date);
