//! `FromNow`: the types of the fields in `#[entity(created = .., updated = ..)]`.

use super::def::FieldDef;
use crate::key::PartValue;
use crate::schema::{HoldsPart, Stamp};
use crate::value::ValueError;
use jiff::Timestamp;
use std::marker::PhantomData;
use std::sync::Arc;

/// A time that can be made from the present time, for the fields of
/// `#[entity(created = .., updated = ..)]`: jiff's `Timestamp`, chrono's `DateTime<Utc>`, time's
/// `OffsetDateTime`, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a time that monotable sets: use jiff's `Timestamp`, chrono's `DateTime<Utc>`, time's `OffsetDateTime`, or an `Option` of one",
    label = "not such a time",
    note = "chrono and time need monotable's feature of that name"
)]
pub trait FromNow: Sized {
    /// Returns the time, which is `now`.
    fn from_now(now: Timestamp) -> Self;
}

impl FromNow for Timestamp {
    fn from_now(now: Timestamp) -> Self {
        now
    }
}

#[cfg(feature = "chrono")]
impl FromNow for chrono::DateTime<chrono::Utc> {
    fn from_now(now: Timestamp) -> Self {
        // Every time of a `Timestamp` after 1970 is a time of chrono.
        let fraction = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        chrono::DateTime::from_timestamp(now.as_second(), fraction).unwrap_or_default()
    }
}

#[cfg(feature = "time")]
impl FromNow for time::OffsetDateTime {
    fn from_now(now: Timestamp) -> Self {
        // Every time of a `Timestamp` is a time of this crate.
        let nanoseconds = now.as_nanosecond();
        time::OffsetDateTime::from_unix_timestamp_nanos(nanoseconds)
            .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
    }
}

impl<T: FromNow> FromNow for Option<T> {
    fn from_now(now: Timestamp) -> Self {
        Some(T::from_now(now))
    }
}

struct Made<F, T>(T, PhantomData<fn() -> F>);

impl<F: FieldDef<T>, T: Send + Sync> HoldsPart for Made<F, T> {
    fn part(&self) -> Option<&dyn PartValue> {
        F::part(&self.0)
    }
}

/// Returns the time that a write gives to the field: the present time, cut off to the precision in which the
/// field is stored. Some serde functions refuse a finer time, and with others the index keys would contain
/// another time than the stored field.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
pub fn stamp<F, T>(now: Timestamp) -> Result<Stamp, ValueError>
where
    F: FieldDef<T>,
    T: FromNow + Send + Sync + 'static,
{
    let value = T::from_now(cut(now, unit::<F, T>(now)));
    Ok(Stamp { value: F::to_value(&value)?, part: Arc::new(Made::<F, T>(value, PhantomData)) })
}

/// The nanoseconds of the units to which a time can be cut off, without the day.
const UNITS: [i128; 6] =
    [1, 1_000, 1_000_000, 1_000_000_000, 60 * 1_000_000_000, 3_600 * 1_000_000_000];
const DAY: i128 = 24 * 3_600 * 1_000_000_000;

/// Returns the nanoseconds of the smallest unit that the field keeps: the times one and two units after the
/// beginning of the day are stored, as values that differ from each other and from that of the beginning.
///
/// A comparison of the present time with the same time cut off would not do. A function that rounds stores them
/// as different values, and the first of them is neither of these times. One later time would not do for a
/// function that rounds up.
fn unit<F: FieldDef<T>, T: FromNow>(now: Timestamp) -> i128 {
    let begin = cut(now, DAY);
    let stored = |later: i128| {
        let time = Timestamp::from_nanosecond(begin.as_nanosecond() + later).ok()?;
        F::to_value(&T::from_now(time)).ok()
    };
    // If not even this is stored, then not because it is too fine. The present time shows what is wrong.
    let Some(zero) = stored(0) else { return 1 };
    let is_kept = |unit: &i128| {
        let (one, two) = (stored(*unit), stored(2 * unit));
        one.zip(two).is_some_and(|(one, two)| one != zero && two != zero && one != two)
    };
    UNITS.into_iter().find(is_kept).unwrap_or(DAY)
}

fn cut(now: Timestamp, unit: i128) -> Timestamp {
    let now_ns = now.as_nanosecond();
    // The time before is in range: only one before the first year would not be.
    Timestamp::from_nanosecond(now_ns - now_ns.rem_euclid(unit)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{DAY, FromNow, cut, stamp};
    use crate::field::def::{Codec, Declared, FieldDef, Is, IsPart, Name};
    use crate::field::form::Own;
    use crate::field::role::Plain;
    use crate::key::{Encoding, Format, KeyPart, PartSpec, PartValue};
    use crate::value::{Value, ValueError, to_value};
    use jiff::{Timestamp, Unit};
    use std::any::type_name;

    #[test]
    fn the_types_of_other_crates_have_the_same_time() {
        let now: Timestamp = "2026-11-02T10:00:00.123456789Z".parse().unwrap();
        assert_eq!(Option::<Timestamp>::from_now(now), Some(now));
        #[cfg(feature = "chrono")]
        assert_eq!(
            chrono::DateTime::<chrono::Utc>::from_now(now).timestamp_nanos_opt().map(i128::from),
            Some(now.as_nanosecond())
        );
        #[cfg(feature = "time")]
        assert_eq!(time::OffsetDateTime::from_now(now).unix_timestamp_nanos(), now.as_nanosecond());
    }

    /// Declares fields of a time with a function that stores it.
    macro_rules! fields {
        ($($field:ident: |$time:ident| $stored:expr;)*) => {$(
            enum $field {}
            impl Codec<Timestamp> for $field {
                fn to_value($time: &Timestamp) -> Result<Value, ValueError> {
                    $stored
                }
            }
            impl Declared<Timestamp> for $field {
                type Is = Is<Name<0>, Plain, IsPart<<Timestamp as KeyPart>::Kind>, Own, $field>;
            }
        )*};
    }

    fn floor(time: Timestamp, nanoseconds: i128) -> Result<Value, ValueError> {
        to_value(&(time.as_nanosecond().div_euclid(nanoseconds)))
    }

    fn fits(time: Timestamp, nanoseconds: i128) -> Result<Value, ValueError> {
        if time.as_nanosecond() % nanoseconds != 0 {
            return Err(serde::ser::Error::custom(format!("{time} is too fine")));
        }
        to_value(&time.to_string())
    }

    fields! {
        ByItself: |time| to_value(time);
        CutToMicroseconds: |time| floor(*time, 1_000);
        CutToMilliseconds: |time| floor(*time, 1_000_000);
        CutToSeconds: |time| floor(*time, 1_000_000_000);
        CutToMinutes: |time| floor(*time, 60 * 1_000_000_000);
        CutToDays: |time| to_value(&time.to_string()[..10]);
        // Between two units.
        CutToTenths: |time| floor(*time, 100_000_000);
        CutToTicks: |time| floor(*time, 100);
        OnlyMicroseconds: |time| fits(*time, 1_000);
        OnlyMilliseconds: |time| fits(*time, 1_000_000);
        OnlySeconds: |time| fits(*time, 1_000_000_000);
        OnlyMinutes: |time| fits(*time, 60 * 1_000_000_000);
        RoundedToMilliseconds: |time| to_value(&time.round(Unit::Millisecond).unwrap());
        RoundedToSeconds: |time| to_value(&time.round(Unit::Second).unwrap());
        RoundedToHours: |time| to_value(&time.round(Unit::Hour).unwrap());
        RoundedUp: |time| to_value(&-(-time.as_nanosecond()).div_euclid(1_000_000_000));
        // A float has no nanoseconds at this distance from 1970.
        Float: |time| to_value(&(time.as_nanosecond() as f64 / 1e9));
        Always: |_time| to_value("always");
        Never: |time| Err(serde::ser::Error::custom(format!("{time} is not stored")));
        OnlyOdd: |time| match time.as_nanosecond() % 2 {
            0 => Err(serde::ser::Error::custom("is even")),
            _ => to_value(time),
        };
    }

    /// Checks that the field is given this time, in its key as well.
    fn is_stamped<F: FieldDef<Timestamp>>(now: &str, expected: &str) {
        let expected: Timestamp = expected.parse().unwrap();
        let stamp = stamp::<F, Timestamp>(now.parse().unwrap()).unwrap();
        assert_eq!(stamp.value, F::to_value(&expected).unwrap(), "{}", type_name::<F>());
        assert_eq!(text(stamp.part.part().unwrap()), text(&expected), "{}", type_name::<F>());
    }

    fn text(time: &dyn PartValue) -> String {
        let class = <Timestamp as KeyPart>::CLASS;
        let spec = PartSpec { field: 0, name: "time", format: Format::OWN, class };
        let mut text = String::new();
        spec.write(time, Encoding::Escaped, "", &mut text).unwrap();
        text
    }

    #[test]
    fn times_are_cut_off_to_what_is_stored() {
        // Each digit is a 9, so that everything that is rounded would be rounded up.
        let now = "2026-11-02T19:59:59.999999999Z";
        is_stamped::<ByItself>(now, now);
        is_stamped::<CutToMicroseconds>(now, "2026-11-02T19:59:59.999999Z");
        is_stamped::<OnlyMicroseconds>(now, "2026-11-02T19:59:59.999999Z");
        is_stamped::<Float>(now, "2026-11-02T19:59:59.999999Z");
        is_stamped::<CutToTicks>(now, "2026-11-02T19:59:59.999999Z");
        is_stamped::<CutToMilliseconds>(now, "2026-11-02T19:59:59.999Z");
        is_stamped::<OnlyMilliseconds>(now, "2026-11-02T19:59:59.999Z");
        is_stamped::<RoundedToMilliseconds>(now, "2026-11-02T19:59:59.999Z");
        is_stamped::<CutToSeconds>(now, "2026-11-02T19:59:59Z");
        is_stamped::<CutToTenths>(now, "2026-11-02T19:59:59Z");
        is_stamped::<OnlySeconds>(now, "2026-11-02T19:59:59Z");
        is_stamped::<RoundedToSeconds>(now, "2026-11-02T19:59:59Z");
        is_stamped::<RoundedUp>(now, "2026-11-02T19:59:59Z");
        is_stamped::<CutToMinutes>(now, "2026-11-02T19:59:00Z");
        is_stamped::<OnlyMinutes>(now, "2026-11-02T19:59:00Z");
        is_stamped::<RoundedToHours>(now, "2026-11-02T19:00:00Z");
        is_stamped::<CutToDays>(now, "2026-11-02T00:00:00Z");
        is_stamped::<Always>(now, "2026-11-02T00:00:00Z");
    }

    #[test]
    fn the_precision_does_not_depend_on_the_present_time() {
        for now in ["2026-11-02T10:00:00Z", "2026-11-02T00:00:00Z", "1969-12-31T00:00:00Z"] {
            is_stamped::<ByItself>(now, now);
            is_stamped::<CutToMilliseconds>(now, now);
            is_stamped::<OnlySeconds>(now, now);
            is_stamped::<RoundedToSeconds>(now, now);
        }
        is_stamped::<ByItself>("2026-11-02T10:00:00.5Z", "2026-11-02T10:00:00.5Z");
        is_stamped::<CutToSeconds>("1969-12-31T23:59:58.5Z", "1969-12-31T23:59:58Z");
        let last = Timestamp::MAX.to_string();
        is_stamped::<ByItself>(&last, &last);
        is_stamped::<Always>(&last, "9999-12-30T00:00:00Z");
    }

    #[test]
    fn what_is_never_stored_is_reported_with_the_present_time() {
        let now = "2026-11-02T10:00:00.123456789Z".parse().unwrap();
        let error = stamp::<Never, Timestamp>(now).unwrap_err().to_string();
        assert!(error.contains(&format!("{now} is not stored")), "{error}");
        // The beginning of the day is not stored, but the present time is.
        is_stamped::<OnlyOdd>("2026-11-02T10:00:00.123456789Z", "2026-11-02T10:00:00.123456789Z");
    }

    #[test]
    fn times_before_the_first_year_stay() {
        assert_eq!(cut(Timestamp::MIN, 1), Timestamp::MIN);
        assert_eq!(cut(Timestamp::MIN, DAY), Timestamp::MIN);
    }
}
