//! Types of other crates as key parts, each behind the feature of its name.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "ulid")]
mod ulid;
#[cfg(feature = "uuid")]
mod uuid;

/// Returns jiff's date for the fields of another crate's date, which is a day of the calendar.
#[cfg(any(feature = "chrono", feature = "time"))]
fn civil_date(
    year: i32,
    month: u8,
    day: u8,
) -> Result<jiff::civil::Date, crate::key::civil::NotHeld> {
    let date = || {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()
    };
    // The fields are a day of the calendar, so only the year can be out of jiff's range.
    date().ok_or(crate::key::civil::NotHeld::Year(year))
}

/// Returns jiff's time of day for the fields of another crate's time, or `NotHeld` for a leap second.
#[cfg(any(feature = "chrono", feature = "time"))]
fn civil_clock(
    [hour, minute, second]: [u8; 3],
    nanosecond: u32,
) -> Result<jiff::civil::Time, crate::key::civil::NotHeld> {
    let clock = || {
        let (hour, minute) = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?);
        let (second, nanosecond) = (i8::try_from(second).ok()?, i32::try_from(nanosecond).ok()?);
        jiff::civil::Time::new(hour, minute, second, nanosecond).ok()
    };
    // In chrono, a leap second has more than 999,999,999 nanoseconds.
    clock().ok_or(crate::key::civil::NotHeld::LeapSecond)
}

/// Implements `KeyPart` for a date or time of another crate. `into` converts it to jiff's civil time,
/// and `from` converts it back.
#[cfg(any(feature = "chrono", feature = "time"))]
macro_rules! civil_part {
    ($type:ty, $class:ident, $own:ident, $into:expr, $from:expr) => {
        #[diagnostic::do_not_recommend]
        impl crate::key::KeyPart for $type {
            const CLASS: crate::key::Class = crate::key::Class::$class;
            type Kind = crate::key::kind::Ordered;
            fn write(&self, out: &mut crate::key::KeyWriter<'_>) -> crate::Result<()> {
                let into: fn(&$type) -> Result<jiff::civil::DateTime, _> = $into;
                let time = into(self).map_err(|fault| out.error(fault))?;
                out.time(time)
            }
            fn read(text: &crate::key::KeyText<'_>) -> crate::Result<Self> {
                let from: fn(jiff::civil::DateTime) -> Option<$type> = $from;
                from(text.time()?)
                    .ok_or_else(|| text.error(concat!("is not a `", stringify!($type), "`")))
            }
            fn is_exact(&self, format: crate::key::Format) -> bool {
                let into: fn(&$type) -> Result<jiff::civil::DateTime, _> = $into;
                let unit = format.unit.unwrap_or(crate::key::Unit::$own);
                // A time that keys cannot hold is reported when it is written.
                into(self).map_or(true, |time| crate::key::civil::is_exact(time, unit))
            }
        }
    };
}
#[cfg(any(feature = "chrono", feature = "time"))]
use civil_part;

/// Implements buckets of another crate's time or date. The bucket of a day is that crate's date, and the
/// others are ours. `into` returns jiff's civil time within the bucket.
#[cfg(any(feature = "chrono", feature = "time"))]
macro_rules! buckets {
    ($type:ty: Day = $date:ty, $day:expr) => {
        #[diagnostic::do_not_recommend]
        impl crate::key::Bucketed<crate::key::unit::Day> for $type {
            type Bucket = $date;
            fn bucket(&self) -> $date {
                let day: fn(&$type) -> $date = $day;
                day(self)
            }
        }
    };
    ($type:ty: $($unit:ident),*; $into:expr) => {
        $(#[diagnostic::do_not_recommend]
        impl crate::key::Bucketed<crate::key::unit::$unit> for $type {
            type Bucket = crate::key::$unit;
            fn bucket(&self) -> crate::key::$unit {
                let into: fn(&$type) -> Result<jiff::civil::DateTime, _> = $into;
                crate::key::$unit::of_civil(into(self))
            }
        })*
    };
}
#[cfg(any(feature = "chrono", feature = "time"))]
use buckets;

#[cfg(all(test, feature = "chrono", feature = "time"))]
mod tests {
    use crate::key::class::Class;
    use crate::key::format::Format;
    use crate::key::{Encoding, KeyPart, PartSpec, Unit, bucket, unit};
    use ::time::{Date, OffsetDateTime, Time, UtcOffset};

    fn key_as<T: KeyPart>(value: &T, format: Format) -> crate::Result<String> {
        let spec = PartSpec { field: 0, name: "at", format, class: Class::Time };
        let mut out = String::new();
        spec.write(value, Encoding::Escaped, "", &mut out).map(|()| out)
    }

    fn key<T: KeyPart>(value: T) -> crate::Result<String> {
        key_as(&value, Format::OWN)
    }

    #[test]
    fn a_leap_second_is_refused() {
        let second = "2016-12-31T23:59:60.25Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        let error = key(second).unwrap_err();
        assert!(error.is_invalid_key() && error.to_string().contains("leap second"), "{error}");
        // It still has a minute.
        let minute = bucket::<_, unit::Minute>(&second);
        let key = key_as(&minute, Format::OWN.unit(Unit::Minute)).unwrap();
        assert_eq!((key.as_str(), minute.to_string().as_str()), ("2016-12-31T23:59", key.as_str()));
        // But no second.
        let bucket = bucket::<_, unit::Second>(&second);
        let error = key_as(&bucket, Format::OWN.bucket(Unit::Second)).unwrap_err();
        assert!(error.is_invalid_key() && error.to_string().contains("leap second"), "{error}");
    }

    #[test]
    fn a_leap_second_in_no_time_zone_is_refused() {
        let clock = chrono::NaiveTime::from_hms_milli_opt(23, 59, 59, 1_250).unwrap();
        let date = chrono::NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
        let spec = |class| PartSpec { field: 0, name: "at", format: Format::OWN, class };
        let key = |class, part: &dyn crate::key::PartValue| {
            spec(class).write(part, Encoding::Escaped, "", &mut String::new()).unwrap_err()
        };
        for error in [key(Class::Clock, &clock), key(Class::DateTime, &date.and_time(clock))] {
            assert!(error.is_invalid_key() && error.to_string().contains("leap second"), "{error}");
        }
        let minute = bucket::<_, unit::Minute>(&date.and_time(clock));
        assert_eq!(minute.to_string(), "2016-12-31T23:59");
    }

    #[test]
    fn a_year_past_the_last_is_refused_by_its_name() {
        let far = chrono::NaiveDate::from_ymd_opt(12_000, 2, 3).unwrap();
        let at = far.and_hms_opt(1, 2, 3).unwrap().and_utc();
        let hour = bucket::<_, unit::Hour>(&at);
        let errors = [
            key(at).unwrap_err(),
            key_as(&far, Format::OWN.unit(Unit::Day)).unwrap_err(),
            key_as(&hour, Format::OWN.unit(Unit::Hour)).unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_invalid_key(), "{error}");
            assert!(error.to_string().contains("is in the year 12000"), "{error}");
        }
        assert_eq!(hour.to_string(), "12000");
    }

    #[test]
    fn a_time_past_the_last_year_is_refused_and_not_told_as_local() {
        let date = Date::from_calendar_date(9999, ::time::Month::December, 31).unwrap();
        let at = date.with_time(Time::from_hms(23, 0, 0).unwrap());
        let west = at.assume_offset(UtcOffset::from_hms(-5, 0, 0).unwrap());
        let error = key(west).unwrap_err();
        assert!(error.is_invalid_key() && error.to_string().contains("year"), "{error}");
        let here: OffsetDateTime = at.assume_utc();
        assert_eq!(key(here).unwrap(), "9999-12-31T23:00:00.000000000Z");
    }
}
