//! Values of every part type, and columns of them.

use crate::key::{
    Class, Format, Hour, KeyPart, KeyParts, Microsecond, Millisecond, Minute, Month, PartValue,
    Second, Unit, Year,
};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;

/// A value of a part, whatever its type; values of one column are of one variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Text(String),
    Bool(bool),
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
    U128(u128),
    I8(i8),
    I16(i16),
    I32(i32),
    I64(i64),
    I128(i128),
    Usize(usize),
    Isize(isize),
    Time(Timestamp),
    Date(Date),
    Year(Year),
    Month(Month),
    Hour(Hour),
    Minute(Minute),
    Second(Second),
    Millisecond(Millisecond),
    Microsecond(Microsecond),
    #[cfg(feature = "uuid")]
    Uuid(uuid::Uuid),
    #[cfg(feature = "ulid")]
    Ulid(ulid::Ulid),
    #[cfg(feature = "chrono")]
    Chrono(chrono::DateTime<chrono::Utc>),
    #[cfg(feature = "chrono")]
    NaiveDate(chrono::NaiveDate),
    #[cfg(feature = "time")]
    OffsetDateTime(time_crate::OffsetDateTime),
    #[cfg(feature = "time")]
    TimeDate(time_crate::Date),
}

#[cfg(feature = "time")]
use ::time as time_crate;

macro_rules! each {
    ($($(#[$cfg:meta])* $variant:ident($type:ty);)*) => {
        impl Value {
            pub(super) fn part(&self) -> &dyn PartValue {
                match self { $($(#[$cfg])* Value::$variant(value) => value,)* }
            }
            pub(super) fn class(&self) -> Class {
                match self { $($(#[$cfg])* Value::$variant(_) => <$type as KeyPart>::CLASS,)* }
            }
            /// Reads a value of the same type.
            pub(super) fn read_like(&self, parts: &KeyParts<'_>, field: u16) -> Value {
                match self {
                    $($(#[$cfg])* Value::$variant(_) => Value::$variant(parts.read::<$type>(field).unwrap()),)*
                }
            }
        }
    };
}
each! {
    Text(String);
    Bool(bool);
    U8(u8);
    U16(u16);
    U32(u32);
    U64(u64);
    U128(u128);
    I8(i8);
    I16(i16);
    I32(i32);
    I64(i64);
    I128(i128);
    Usize(usize);
    Isize(isize);
    Time(Timestamp);
    Date(Date);
    Year(Year);
    Month(Month);
    Hour(Hour);
    Minute(Minute);
    Second(Second);
    Millisecond(Millisecond);
    Microsecond(Microsecond);
    #[cfg(feature = "uuid")] Uuid(uuid::Uuid);
    #[cfg(feature = "ulid")] Ulid(ulid::Ulid);
    #[cfg(feature = "chrono")] Chrono(chrono::DateTime<chrono::Utc>);
    #[cfg(feature = "chrono")] NaiveDate(chrono::NaiveDate);
    #[cfg(feature = "time")] OffsetDateTime(time_crate::OffsetDateTime);
    #[cfg(feature = "time")] TimeDate(time_crate::Date);
}

/// A column: what the template says of a part, and some values for it.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) format: Format,
    pub(super) values: Vec<Value>,
}

/// How many values each column has: enough that tuples often agree in some columns.
pub(super) const POOL: usize = 6;

/// Text in which every kind of byte meets every other.
pub(super) fn texts(least: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec!["a", "b", "A", "0", "9", "&", "}", "|"]),
        4 => prop::sample::select(vec!["#", "$", "%", "~", "\u{0}", " ", "%23", "~7E", "~~"]),
        2 => prop::sample::select(vec!["\u{7f}", "é", "ÿ", "\u{ffff}", "\u{1f600}", "\u{10ffff}"]),
    ];
    prop::collection::vec(piece, least..5).prop_map(|pieces| pieces.concat())
}

/// Seconds of the years 0 to 9999, with a liking for the ends and for small differences.
pub(super) fn seconds() -> impl Strategy<Value = i64> {
    const FIRST: i64 = -62_167_219_200;
    const LAST: i64 = 253_402_207_199;
    prop_oneof![
        FIRST..LAST,
        FIRST..FIRST + 100_000,
        LAST - 100_000..LAST,
        -100_000_i64..100_000,
        1_793_000_000_i64..1_793_000_010,
    ]
}

pub(super) fn times(step: u32) -> impl Strategy<Value = Timestamp> {
    (seconds(), prop_oneof![0_u32..1_000_000_000, 0_u32..3_000])
        .prop_map(move |(s, n)| Timestamp::new(s, (n / step * step) as i32).unwrap())
}

pub(super) fn pool(
    format: Format,
    values: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<Column> {
    prop::collection::vec(values, POOL).prop_map(move |values| Column { format, values }).boxed()
}

/// Integers small, great and in between.
macro_rules! integers {
    ($type:ident, $variant:ident) => {
        pool(
            Format::OWN,
            prop_oneof![
                any::<$type>(),
                any::<i8>().prop_map(|n| n as $type),
                Just($type::MIN),
                Just($type::MAX)
            ]
            .prop_map(Value::$variant),
        )
    };
}

pub(super) fn ascending_columns() -> BoxedStrategy<Column> {
    let days = || seconds().prop_map(|s| Timestamp::from_second(s).unwrap());
    let date = |time: Timestamp| jiff::tz::TimeZone::UTC.to_datetime(time).date();
    let mut columns: Vec<BoxedStrategy<Column>> = vec![
        pool(Format::OWN, texts(1).prop_map(Value::Text)),
        pool(Format::OWN, texts(1).prop_map(Value::Text)),
        pool(Format::OWN.or_empty(), texts(0).prop_map(Value::Text)),
        pool(Format::OWN, any::<bool>().prop_map(Value::Bool)),
        integers!(u8, U8),
        integers!(u16, U16),
        integers!(u32, U32),
        integers!(u64, U64),
        integers!(u128, U128),
        integers!(i8, I8),
        integers!(i16, I16),
        integers!(i32, I32),
        integers!(i64, I64),
        integers!(i128, I128),
        integers!(usize, Usize),
        integers!(isize, Isize),
        pool(Format::OWN.width(3), (0_u32..1000).prop_map(Value::U32)),
        pool(Format::OWN.width(2), (-99_i32..100).prop_map(Value::I32)),
        pool(Format::OWN, times(1).prop_map(Value::Time)),
        pool(Format::OWN.unit(Unit::Microsecond), times(1_000).prop_map(Value::Time)),
        pool(Format::OWN.unit(Unit::Millisecond), times(1_000_000).prop_map(Value::Time)),
        pool(Format::OWN.unit(Unit::Second), times(1_000_000_000).prop_map(Value::Time)),
        pool(Format::OWN, days().prop_map(move |t| Value::Date(date(t)))),
        pool(Format::OWN.bucket(Unit::Year), days().prop_map(|t| Value::Year(t.into()))),
        pool(Format::OWN.bucket(Unit::Month), days().prop_map(|t| Value::Month(t.into()))),
        pool(Format::OWN.bucket(Unit::Day), days().prop_map(move |t| Value::Date(date(t)))),
        pool(Format::OWN.bucket(Unit::Hour), days().prop_map(|t| Value::Hour(t.into()))),
        pool(Format::OWN.bucket(Unit::Minute), days().prop_map(|t| Value::Minute(t.into()))),
        pool(Format::OWN.bucket(Unit::Second), times(1).prop_map(|t| Value::Second(t.into()))),
        pool(
            Format::OWN.bucket(Unit::Millisecond),
            times(1).prop_map(|t| Value::Millisecond(t.into())),
        ),
        pool(
            Format::OWN.bucket(Unit::Microsecond),
            times(1).prop_map(|t| Value::Microsecond(t.into())),
        ),
    ];
    columns.extend(interop_columns());
    prop::strategy::Union::new(columns).boxed()
}

#[allow(unused_mut, unused_assignments, clippy::vec_init_then_push)]
pub(super) fn interop_columns() -> Vec<BoxedStrategy<Column>> {
    let mut columns: Vec<BoxedStrategy<Column>> = Vec::new();
    #[cfg(feature = "uuid")]
    columns
        .push(pool(Format::OWN, any::<u128>().prop_map(|n| Value::Uuid(uuid::Uuid::from_u128(n)))));
    #[cfg(feature = "ulid")]
    columns.push(pool(Format::OWN, any::<u128>().prop_map(|n| Value::Ulid(ulid::Ulid(n)))));
    #[cfg(feature = "chrono")]
    columns.extend([
        pool(
            Format::OWN.unit(Unit::Microsecond),
            (seconds(), 0_u32..1_000_000).prop_map(|(s, n)| {
                Value::Chrono(chrono::DateTime::from_timestamp(s, n * 1_000).unwrap())
            }),
        ),
        pool(
            Format::OWN,
            seconds().prop_map(|s| {
                Value::NaiveDate(chrono::DateTime::from_timestamp(s, 0).unwrap().date_naive())
            }),
        ),
    ]);
    #[cfg(feature = "time")]
    columns.extend([
        pool(
            Format::OWN,
            (seconds(), 0_i64..1_000_000_000, -12_i8..=12).prop_map(|(s, n, hours)| {
                let time = time_crate::OffsetDateTime::from_unix_timestamp(s).unwrap();
                let time = time + time_crate::Duration::nanoseconds(n);
                // The same time, told elsewhere.
                let offset = time_crate::UtcOffset::from_hms(hours, 0, 0).unwrap();
                Value::OffsetDateTime(time.checked_to_offset(offset).unwrap_or(time))
            }),
        ),
        pool(
            Format::OWN,
            seconds().prop_map(|s| {
                let time = time_crate::OffsetDateTime::from_unix_timestamp(s).unwrap();
                Value::TimeDate(time.date())
            }),
        ),
    ]);
    columns
}

pub(super) fn columns() -> impl Strategy<Value = Column> {
    (ascending_columns(), any::<bool>()).prop_map(|(mut column, turn)| {
        if turn && column.class().width(column.format).is_some() {
            column.format = column.format.descending();
        }
        column
    })
}
