//! Key templates as data, and how parts are written into keys.
//!
//! A template such as `ORDER#{order_id}` is parsed once, by the derive, into a const list of
//! [`Segment`]s. Writing a key, binding a query, parsing a key and proving that the keys of two
//! entities cannot collide all use this list.
//!
//! # What a key looks like
//!
//! | part | written as |
//! |---|---|
//! | text: `String`, `Box<str>`, `Arc<str>`, `Cow<'static, str>` | itself, with bytes 0x00-0x25 as `%XX` and 0x7E-0xFF as `~XX` |
//! | `u8` … `u128`, `usize` | as many digits as the greatest value of the type has, or as `{n:08}` says |
//! | `i8` … `i128`, `isize` | `p` and digits, or `n` and the digits' complement |
//! | `NonZero<..>` | as the integer |
//! | `bool` | `0` or `1` |
//! | `char` | text of one character |
//! | timestamps | `2026-11-02T10:00:00.000000000Z`; `{t:s}`, `{t:ms}`, `{t:us}` are shorter |
//! | buckets | `{t:year:bucket}` … `{t:minute:bucket}`: `2026`, `2026-11`, `2026-11-02`, `2026-11-02T10`, `2026-11-02T10:00`; `{t:second:bucket}`, `{t:millisecond:bucket}`, `{t:microsecond:bucket}`: as `{t:s}`, `{t:ms}`, `{t:us}` |
//! | dates | `2026-11-02` |
//! | civil times of day | `10:00:00.000000000`; `{t:s}`, `{t:ms}`, `{t:us}` are shorter |
//! | civil dates with a time of day | `2026-11-02T10:00:00.000000000`; `{t:s}`, `{t:ms}`, `{t:us}` are shorter, and buckets are like those of timestamps, without `Z` |
//! | UUIDs, ULIDs | their lower-case hyphenated and their upper-case form |
//! | `[u8; N]` | two lower-case hexadecimal digits for each byte |
//! | `Ipv4Addr` | `192.168.001.010` |
//! | `Ipv6Addr` | `2001:0db8:0000:0000:0000:0000:0000:0001` |
//! | `IpAddr` | `4:` or `6:`, and the address: IPv4 addresses are before IPv6 addresses, as in std. Not a fixed width |
//! | enums that derive `KeyPart` | the variant's serde name |
//!
//! `usize` and `isize` are as wide as `u64` and `i64` on every machine. A value that does not fit into the machine's
//! own is an error when it is read.
//!
//! Floats and decimals are not parts. A float has several texts for one value. A decimal, such as that of
//! `rust_decimal`, has as many texts as it has scales: `1.0` equals `1.00`, and one key for both would not read back
//! which of them it was. A text that holds every decimal in order has 29 digits before the point and 28 after it. If
//! the scale of a field is known, let its type count the smallest unit, such as cents:
//!
//! ```
//! use monotable::prelude::*;
//!
//! /// An amount in cents.
//! #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, KeyPart)]
//! pub struct Cents(pub i64);
//! ```
//!
//! Different parts give different keys. The byte order of keys is the order of their parts, from the
//! first part to the last, and a prefix of a text part is a prefix of the key. `{x:desc}` reverses the
//! order of a fixed-width part. DynamoDB sorts keys by UTF-8 bytes and Cosmos DB by UTF-16 units. Both
//! give the same order, because keys are ASCII.
//!
//! A text must not begin with the literal that is directly before it in the template, if this ends with
//! `#`: in `ORDER#{order_id}`, the value `ORDER#7` is an error
//! ([`is_invalid_key`](crate::Error::is_invalid_key)), because `7` is meant. This is checked in arguments and
//! in entities that are written. An item that has such a text nevertheless can be read by an access pattern or
//! by [`Key::parse`](crate::Key::parse), changed, moved and deleted.
//!
//! The files of this folder import from each other in one direction only. Each imports from those to its left:
//! text, civil (times), template -> writer, reader (one part) -> part (`KeyPart`) -> integer, char, hex, ip,
//! time, bucket, interop (types that are parts); bucket, into_part -> period (ranges of days) -> interop; template -> limits, bounds (ranges); template and part -> render (whole keys).

mod bounds;
mod bucket;
mod char;
mod civil;
mod class;
mod format;
mod hex;
mod integer;
#[cfg(any(feature = "chrono", feature = "time", feature = "uuid", feature = "ulid"))]
mod interop;
mod into_part;
mod ip;
mod limits;
mod part;
mod period;
#[cfg(test)]
mod properties;
mod reader;
mod render;
mod template;
mod text;
mod time;
mod tuple;
mod writer;

pub use bounds::SortKeys;
pub(crate) use bounds::{Bounds, text_above, text_below};
#[doc(hidden)]
pub use bucket::BucketOf;
pub use bucket::{
    Bucketed, Hour, Microsecond, Millisecond, Minute, Month, Second, Year, bucket, unit,
};
pub use class::{Bytes, Class};
pub use format::{Format, Unit};
pub use into_part::{IntoPart, PartRange, Present};
pub(crate) use limits::{PARTITION_KEY_BYTES, SORT_KEY_BYTES, check_partition_key, check_sort_key};
pub use part::{Absent, KeyPart, OrderedKind, PartValue, TextKind, kind};
#[doc(hidden)]
pub use part::{PartFns, optional};
pub use reader::{KeyParts, KeyText};
pub(crate) use render::{Source, check_new, render};
pub use template::{Encoding, Escaped, PartSpec, Raw, Segment, Template};
#[doc(hidden)]
pub use template::{literal, part};
pub(crate) use template::{literal_before, literal_prefix};
#[doc(hidden)]
pub use tuple::{IntoParts, KeyTuple};
pub use writer::KeyWriter;
