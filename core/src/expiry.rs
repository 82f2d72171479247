//! The expiry of items: the types that say when an item expires, and the conditions of reads and writes
//! that treat an expired item as missing.

use crate::error::{Error, Kind, Result};
use crate::expr::{Comparison, Expr, Path};
use crate::field::Expiry;
use crate::schema::{EntityDef, TableDef};
use crate::value::{Number, Value};
use jiff::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// A type that says when an item expires, for the field of `#[entity(ttl = field)]`. It is an integer of
/// whole seconds since 1970, a time, or an `Option` of these. An item with `None` never expires.
///
/// A number of seconds that is after the year 9999 is refused when an item is written, because these are
/// milliseconds.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say when an item expires: use a timestamp, `u64` or `i64` (seconds since 1970), or an `Option` of these",
    label = "not a time"
)]
#[doc(alias("TTL", "time to live"))]
pub trait ExpiresAt {
    /// Returns the seconds since 1970. A fraction is rounded up.
    fn expires_at(&self) -> Option<i64>;

    /// For the derives.
    #[doc(hidden)]
    fn expiry(&self) -> Expiry {
        self.expires_at().map_or(Expiry::Never, Expiry::At)
    }
}

impl ExpiresAt for i64 {
    fn expires_at(&self) -> Option<i64> {
        Some(*self)
    }
}

impl ExpiresAt for u64 {
    fn expires_at(&self) -> Option<i64> {
        Some(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl ExpiresAt for u32 {
    fn expires_at(&self) -> Option<i64> {
        Some(i64::from(*self))
    }
}

impl ExpiresAt for Timestamp {
    fn expires_at(&self) -> Option<i64> {
        let begun = i64::from(self.subsec_nanosecond() > 0);
        Some(self.as_second() + begun)
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> ExpiresAt for chrono::DateTime<Z> {
    fn expires_at(&self) -> Option<i64> {
        Some(self.timestamp().saturating_add(i64::from(self.timestamp_subsec_nanos() > 0)))
    }
}

#[cfg(feature = "time")]
impl ExpiresAt for time::OffsetDateTime {
    fn expires_at(&self) -> Option<i64> {
        Some(self.unix_timestamp().saturating_add(i64::from(self.nanosecond() > 0)))
    }
}

impl<T: ExpiresAt> ExpiresAt for Option<T> {
    fn expires_at(&self) -> Option<i64> {
        self.as_ref()?.expires_at()
    }
}

/// Returns the present time in whole seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Returns whether an item with this time of expiry has expired.
pub(crate) fn is_past(expires: Option<i64>) -> bool {
    expires.is_some_and(|at| at <= now())
}

/// Returns the condition that a stored item has not expired, or `None` if the items never expire.
pub(crate) fn is_alive(table: &TableDef, expires: bool) -> Option<Expr> {
    expires.then(|| {
        let ttl = Path::attribute(table.ttl);
        Expr::Absent(ttl.clone()).or(Expr::Compare(ttl, Comparison::Gt, seconds(now())))
    })
}

/// Returns the condition that there is no item, or that it has expired. If the entity shares its keys, this is
/// also about the items of the other entities.
pub(crate) fn is_absent(table: &TableDef, entity: &EntityDef) -> Expr {
    let absent = Expr::Absent(Path::attribute(table.pk));
    let other = |other: &&EntityDef| entity.shares_with(other.name);
    if entity.rules.expires
        || table.entities.iter().copied().filter(other).any(|it| it.rules.expires)
    {
        absent.or(Expr::Compare(Path::attribute(table.ttl), Comparison::Le, seconds(now())))
    } else {
        absent
    }
}

/// Returns the condition that there is an item of this entity that has not expired.
pub(crate) fn is_present(table: &TableDef, entity: &EntityDef) -> Expr {
    let present = is_own(table, entity).unwrap_or(Expr::Exists(Path::attribute(table.pk)));
    match is_alive(table, entity.rules.expires) {
        Some(alive) => present.and(alive),
        None => present,
    }
}

/// Returns the condition that the stored item is one of this entity, or `None` if no other entity can have its
/// key.
pub(crate) fn is_own(table: &TableDef, entity: &EntityDef) -> Option<Expr> {
    entity.shared?;
    let tag = Path::attribute(table.tag);
    Some(Expr::Compare(tag, Comparison::Eq, Value::from(entity.name)))
}

/// Returns a condition for a write that does not need an item. It treats an expired item as missing, and does
/// not hold for the item of another entity.
pub(crate) fn of_living(
    table: &TableDef,
    entity: &EntityDef,
    condition: Option<Expr>,
) -> Option<Expr> {
    let Some(condition) = condition else {
        return Some(is_absent(table, entity).or(is_own(table, entity)?));
    };
    let own = is_own(table, entity);
    Some(if !condition.holds(None) {
        // Such a condition needs an item, which every item of an entity with keys of its own is.
        if own.is_none() && !entity.rules.expires {
            condition
        } else {
            is_present(table, entity).and(condition)
        }
    } else {
        match own {
            Some(own) => is_absent(table, entity).or(own.and(condition)),
            None if entity.rules.expires => is_absent(table, entity).or(condition),
            None => condition,
        }
    })
}

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

/// Refuses a time after the year 9999. An item with such a time would never expire, and nobody means that:
/// the number is in milliseconds.
pub(crate) fn check(expires: Option<i64>) -> Result<Option<i64>> {
    match expires {
        Some(at) if at > LAST_SECOND => {
            let message = format!(
                "the time of expiry is {at}, which is after the year 9999 in seconds since 1970: these look like \
                 milliseconds, so divide them by 1000, or use a type of time"
            );
            Err(Error::new(Kind::Encode, message))
        }
        expires => Ok(expires),
    }
}

pub(crate) fn seconds(at: i64) -> Value {
    Value::Number(Number::from(at))
}
