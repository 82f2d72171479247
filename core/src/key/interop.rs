//! Types of other crates as key parts, each behind the feature of its name.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "ulid")]
mod ulid;
#[cfg(feature = "uuid")]
mod uuid;

/// What a date or time of another crate needs to be a part: how it becomes fields and comes back,
/// and that its buckets are those of the same time in jiff.
#[cfg(any(feature = "chrono", feature = "time"))]
macro_rules! civil_part {
    ($type:ty, $class:ident, $own:ident, $into:expr, $from:expr) => {
        #[diagnostic::do_not_recommend]
        impl crate::key::KeyPart for $type {
            const CLASS: crate::key::Class = crate::key::Class::$class;
            type Kind = crate::key::kind::Ordered;
            fn write(&self, out: &mut crate::key::KeyWriter<'_>) -> crate::Result<()> {
                let into: fn(&$type) -> crate::key::CivilTime = $into;
                out.time(into(self), crate::key::Unit::$own)
            }
            fn read(text: &crate::key::KeyText<'_>) -> crate::Result<Self> {
                let from: fn(crate::key::CivilTime) -> Option<$type> = $from;
                from(text.time(crate::key::Unit::$own)?)
                    .ok_or_else(|| text.error(concat!("is no ", stringify!($type))))
            }
            fn is_exact(&self, format: crate::key::Format) -> bool {
                let into: fn(&$type) -> crate::key::CivilTime = $into;
                into(self).is_exact(format.unit.unwrap_or(crate::key::Unit::$own))
            }
        }
        crate::key::into_part::into_part_by_value!($type);
    };
}
#[cfg(any(feature = "chrono", feature = "time"))]
pub(super) use civil_part;

/// Buckets of another crate's time: a day is that crate's date, the others are ours.
#[cfg(any(feature = "chrono", feature = "time"))]
macro_rules! buckets {
    ($type:ty: $($unit:ident),*; Day = $date:ty, $day:expr) => {
        $(#[diagnostic::do_not_recommend]
        impl crate::key::Bucketed<crate::key::unit::$unit> for $type {
            type Bucket = crate::key::$unit;
            fn bucket(&self) -> crate::key::$unit {
                crate::key::$unit::of_civil(self.into())
            }
        })*
        #[diagnostic::do_not_recommend]
        impl crate::key::Bucketed<crate::key::unit::Day> for $type {
            type Bucket = $date;
            fn bucket(&self) -> $date {
                let day: fn(&$type) -> $date = $day;
                day(self)
            }
        }
    };
}
#[cfg(any(feature = "chrono", feature = "time"))]
pub(super) use buckets;

#[cfg(all(test, feature = "chrono", feature = "time"))]
mod tests {
    use crate::key::class::{Class, Format};
    use crate::key::{Encoding, KeyPart, PartSpec};
    use ::time::{Date, OffsetDateTime, Time, UtcOffset};

    fn key<T: KeyPart>(value: T) -> crate::Result<String> {
        let spec = PartSpec { field: 0, name: "at", format: Format::OWN, class: Class::Time };
        let mut out = String::new();
        spec.write(&value, Encoding::Escaped, &mut out).map(|()| out)
    }

    #[test]
    fn a_leap_second_is_refused() {
        let second = "2016-12-31T23:59:60.25Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        let error = key(second).unwrap_err();
        assert!(error.is_invalid_key() && error.to_string().contains("leap second"), "{error}");
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
