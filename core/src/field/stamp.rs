//! `FromNow`: the types of the fields in `#[entity(created = .., updated = ..)]`.

use super::def::FieldDef;
use crate::key::PartValue;
use crate::schema::{HoldsPart, Stamp};
use crate::value::ValueError;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
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

/// Returns the time that a write gives to the field: the present time, cut off after `digits` digits
/// of its fraction. The derives call it with the precision of the field's serde function, because some
/// of these functions refuse a finer time, and others would store another time than the index keys.
#[doc(hidden)]
#[allow(clippy::missing_errors_doc)]
pub fn stamp<F, T>(now: Timestamp, digits: u8) -> Result<Stamp, ValueError>
where
    F: FieldDef<T>,
    T: FromNow + Send + Sync + 'static,
{
    let value = T::from_now(cut(now, digits));
    Ok(Stamp { value: F::to_value(&value)?, part: Arc::new(Made::<F, T>(value, PhantomData)) })
}

fn cut(now: Timestamp, digits: u8) -> Timestamp {
    let unit = match digits {
        0 => Unit::Second,
        3 => Unit::Millisecond,
        6 => Unit::Microsecond,
        _ => return now,
    };
    let floor = TimestampRound::new().smallest(unit).mode(RoundMode::Floor);
    // The time before is in range: only one before the first year would not be.
    now.round(floor).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::{FromNow, cut};
    use jiff::Timestamp;

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

    #[test]
    fn times_are_cut_off_and_not_rounded() {
        let now = "2026-11-02T10:00:00.999999999Z".parse().unwrap();
        for (digits, expected) in [
            (0, "2026-11-02T10:00:00Z"),
            (3, "2026-11-02T10:00:00.999Z"),
            (6, "2026-11-02T10:00:00.999999Z"),
            (9, "2026-11-02T10:00:00.999999999Z"),
        ] {
            assert_eq!(cut(now, digits).to_string(), expected);
        }
    }
}
