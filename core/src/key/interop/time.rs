//! `time::OffsetDateTime`, in UTC, and `time::Date` as key parts.

use super::{buckets, civil_clock, civil_date, civil_part};
use crate::key::civil::NotHeld;
use jiff::civil;
use time::{Date, Month, OffsetDateTime, Time, UtcOffset};

fn day(date: Date) -> Result<civil::Date, NotHeld> {
    civil_date(date.year(), date.month().into(), date.day())
}

fn midnight(date: &Date) -> Result<civil::DateTime, NotHeld> {
    day(*date).map(|date| date.to_datetime(civil::Time::midnight()))
}

fn time(time: &OffsetDateTime) -> Result<civil::DateTime, NotHeld> {
    // In UTC, a time can be after the last date of the `time` crate, because of its offset. Keys refuse
    // such a year.
    let Some(utc) = time.checked_to_offset(UtcOffset::UTC) else {
        return Err(NotHeld::Year(if time.year() > 0 { 10_000 } else { -10_000 }));
    };
    let clock = civil_clock([utc.hour(), utc.minute(), utc.second()], utc.nanosecond())?;
    Ok(day(utc.date())?.to_datetime(clock))
}

fn date(time: civil::DateTime) -> Option<Date> {
    let month = Month::try_from(time.month().unsigned_abs()).ok()?;
    Date::from_calendar_date(time.year().into(), month, time.day().unsigned_abs()).ok()
}

civil_part!(OffsetDateTime, Time, Nanosecond, time, |time| {
    let clock = [time.hour(), time.minute(), time.second()];
    let [hour, minute, second] = clock.map(i8::unsigned_abs);
    let nanosecond = time.subsec_nanosecond().unsigned_abs();
    let clock = Time::from_hms_nano(hour, minute, second, nanosecond).ok()?;
    Some(OffsetDateTime::new_utc(date(time)?, clock))
});
civil_part!(Date, Date, Day, midnight, date);
buckets!(OffsetDateTime: Microsecond, Millisecond, Second, Minute, Hour, Month, Year; time);
buckets!(OffsetDateTime: Day = Date, |time| {
    time.checked_to_offset(UtcOffset::UTC).unwrap_or(*time).date()
});
buckets!(Date: Month, Year; midnight);
buckets!(Date: Day = Date, |date| *date);
