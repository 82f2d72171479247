//! Values of every part type.

use crate::key::{
    Class, Hour, KeyPart, KeyParts, Microsecond, Millisecond, Minute, Month, PartValue, Second,
    Year,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::NonZero;

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
    Char(char),
    NonZeroU8(NonZero<u8>),
    NonZeroU16(NonZero<u16>),
    NonZeroU32(NonZero<u32>),
    NonZeroU64(NonZero<u64>),
    NonZeroU128(NonZero<u128>),
    NonZeroUsize(NonZero<usize>),
    NonZeroI8(NonZero<i8>),
    NonZeroI16(NonZero<i16>),
    NonZeroI32(NonZero<i32>),
    NonZeroI64(NonZero<i64>),
    NonZeroI128(NonZero<i128>),
    NonZeroIsize(NonZero<isize>),
    Clock(Time),
    DateTime(DateTime),
    Ipv4(Ipv4Addr),
    Ipv6(Ipv6Addr),
    Ip(IpAddr),
    OneByte([u8; 1]),
    FiveBytes([u8; 5]),
    Digest([u8; 32]),
    #[cfg(feature = "uuid")]
    Uuid(uuid::Uuid),
    #[cfg(feature = "ulid")]
    Ulid(ulid::Ulid),
    #[cfg(feature = "chrono")]
    Chrono(chrono::DateTime<chrono::Utc>),
    #[cfg(feature = "chrono")]
    NaiveDate(chrono::NaiveDate),
    #[cfg(feature = "chrono")]
    NaiveTime(chrono::NaiveTime),
    #[cfg(feature = "chrono")]
    NaiveDateTime(chrono::NaiveDateTime),
    #[cfg(feature = "time")]
    OffsetDateTime(time_crate::OffsetDateTime),
    #[cfg(feature = "time")]
    TimeDate(time_crate::Date),
    #[cfg(feature = "time")]
    TimeTime(time_crate::Time),
    #[cfg(feature = "time")]
    PrimitiveDateTime(time_crate::PrimitiveDateTime),
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
    Char(char);
    NonZeroU8(NonZero<u8>);
    NonZeroU16(NonZero<u16>);
    NonZeroU32(NonZero<u32>);
    NonZeroU64(NonZero<u64>);
    NonZeroU128(NonZero<u128>);
    NonZeroUsize(NonZero<usize>);
    NonZeroI8(NonZero<i8>);
    NonZeroI16(NonZero<i16>);
    NonZeroI32(NonZero<i32>);
    NonZeroI64(NonZero<i64>);
    NonZeroI128(NonZero<i128>);
    NonZeroIsize(NonZero<isize>);
    Clock(Time);
    DateTime(DateTime);
    Ipv4(Ipv4Addr);
    Ipv6(Ipv6Addr);
    Ip(IpAddr);
    OneByte([u8; 1]);
    FiveBytes([u8; 5]);
    Digest([u8; 32]);
    #[cfg(feature = "uuid")] Uuid(uuid::Uuid);
    #[cfg(feature = "ulid")] Ulid(ulid::Ulid);
    #[cfg(feature = "chrono")] Chrono(chrono::DateTime<chrono::Utc>);
    #[cfg(feature = "chrono")] NaiveDate(chrono::NaiveDate);
    #[cfg(feature = "chrono")] NaiveTime(chrono::NaiveTime);
    #[cfg(feature = "chrono")] NaiveDateTime(chrono::NaiveDateTime);
    #[cfg(feature = "time")] OffsetDateTime(time_crate::OffsetDateTime);
    #[cfg(feature = "time")] TimeDate(time_crate::Date);
    #[cfg(feature = "time")] TimeTime(time_crate::Time);
    #[cfg(feature = "time")] PrimitiveDateTime(time_crate::PrimitiveDateTime);
}
