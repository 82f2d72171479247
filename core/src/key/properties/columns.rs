//! Columns of random values, one or more for every part type.

use super::values::Value;
use crate::key::{Format, Unit, civil};
use jiff::Timestamp;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZero;

#[cfg(feature = "time")]
use ::time as time_crate;

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

/// Integers without zero, small, great and in between.
macro_rules! non_zeros {
    ($type:ident, $variant:ident) => {
        pool(
            Format::OWN,
            prop_oneof![
                any::<$type>(),
                any::<i8>().prop_map(|n| n as $type),
                Just($type::MIN),
                Just($type::MAX)
            ]
            .prop_map(|n| Value::$variant(NonZero::new(n).unwrap_or(NonZero::<$type>::MIN))),
        )
    };
}

/// Characters of each length in UTF-8 and on both sides of each rule of escaping.
fn chars() -> impl Strategy<Value = char> {
    prop_oneof![
        any::<char>(),
        (0_u8..0x80).prop_map(char::from),
        prop::sample::select(vec![
            '#',
            '$',
            '%',
            '&',
            '}',
            '~',
            '\u{7f}',
            '\u{7ff}',
            '\u{800}',
            '\u{d7ff}',
            '\u{e000}',
            '\u{ffff}',
            '\u{10000}',
            '\u{10ffff}'
        ]),
    ]
}

fn v4() -> impl Strategy<Value = Ipv4Addr> {
    prop_oneof![any::<u32>(), 0_u32..300, Just(u32::MAX)].prop_map(Ipv4Addr::from)
}

/// Addresses with few bits set, or with the form of an IPv4 address, too.
fn v6() -> impl Strategy<Value = Ipv6Addr> {
    prop_oneof![
        any::<u128>().prop_map(Ipv6Addr::from),
        (any::<u16>(), 0_u32..128).prop_map(|(n, shift)| Ipv6Addr::from(u128::from(n) << shift)),
        v4().prop_map(|address| address.to_ipv6_mapped()),
    ]
}

/// Arrays that often agree in their first bytes.
fn bytes<const N: usize>() -> impl Strategy<Value = [u8; N]> {
    (any::<[u8; 32]>(), 0..=N).prop_map(|(random, same)| {
        std::array::from_fn(|at| if at < same { 0x9a } else { random[at % 32] })
    })
}

fn civil_columns() -> Vec<BoxedStrategy<Column>> {
    let civil = |step| times(step).prop_map(civil::utc);
    let precisions = [
        (Format::OWN, 1),
        (Format::OWN.unit(Unit::Microsecond), 1_000),
        (Format::OWN.unit(Unit::Millisecond), 1_000_000),
        (Format::OWN.unit(Unit::Second), 1_000_000_000),
    ];
    let both = precisions.into_iter().flat_map(|(format, step)| {
        [
            pool(format, civil(step).prop_map(Value::DateTime)),
            pool(format, civil(step).prop_map(|time| Value::Clock(time.time()))),
        ]
    });
    both.collect()
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
    // Not uniformly over all types: there are many, and text matters most.
    let columns = prop::strategy::Union::new(columns);
    prop_oneof![3 => columns, 2 => prop::strategy::Union::new(more_columns())].boxed()
}

fn more_columns() -> Vec<BoxedStrategy<Column>> {
    let mut columns = civil_columns();
    columns.extend([
        pool(Format::OWN, chars().prop_map(Value::Char)),
        non_zeros!(u8, NonZeroU8),
        non_zeros!(u16, NonZeroU16),
        non_zeros!(u32, NonZeroU32),
        non_zeros!(u64, NonZeroU64),
        non_zeros!(u128, NonZeroU128),
        non_zeros!(usize, NonZeroUsize),
        non_zeros!(i8, NonZeroI8),
        non_zeros!(i16, NonZeroI16),
        non_zeros!(i32, NonZeroI32),
        non_zeros!(i64, NonZeroI64),
        non_zeros!(i128, NonZeroI128),
        non_zeros!(isize, NonZeroIsize),
        pool(
            Format::OWN.width(3),
            (1_u32..1000).prop_map(|n| Value::NonZeroU32(NonZero::new(n).unwrap())),
        ),
        pool(Format::OWN, v4().prop_map(Value::Ipv4)),
        pool(Format::OWN, v6().prop_map(Value::Ipv6)),
        pool(
            Format::OWN,
            prop_oneof![v4().prop_map(IpAddr::V4), v6().prop_map(IpAddr::V6)].prop_map(Value::Ip),
        ),
        pool(Format::OWN, bytes().prop_map(Value::OneByte)),
        pool(Format::OWN, bytes().prop_map(Value::FiveBytes)),
        pool(Format::OWN, bytes().prop_map(Value::Digest)),
    ]);
    columns
}

#[cfg(feature = "chrono")]
fn naive_times() -> impl Strategy<Value = chrono::NaiveDateTime> {
    (seconds(), 0_u32..1_000_000_000)
        .prop_map(|(s, n)| chrono::DateTime::from_timestamp(s, n).unwrap().naive_utc())
}

#[cfg(feature = "time")]
fn primitive_times() -> impl Strategy<Value = time_crate::PrimitiveDateTime> {
    (seconds(), 0_i64..1_000_000_000).prop_map(|(s, n)| {
        let time = time_crate::OffsetDateTime::from_unix_timestamp(s).unwrap();
        let time = time + time_crate::Duration::nanoseconds(n);
        time_crate::PrimitiveDateTime::new(time.date(), time.time())
    })
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
        pool(Format::OWN, naive_times().prop_map(|t| Value::NaiveTime(t.time()))),
        pool(Format::OWN, naive_times().prop_map(Value::NaiveDateTime)),
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
        pool(Format::OWN, primitive_times().prop_map(|t| Value::TimeTime(t.time()))),
        pool(Format::OWN, primitive_times().prop_map(Value::PrimitiveDateTime)),
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
