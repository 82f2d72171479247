//! Classes of key parts, and what they and formats say about the bytes of a part.

use super::format::{Format, Span, Unit};

/// The class of a key part's type. With a [`Format`], it decides how wide the part is and which bytes
/// it can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Class {
    /// Text of any length.
    Text,
    /// A name, or another text that is never empty, of any length.
    Name,
    /// One of these texts, none of which is empty: what a variant of an enum is written as.
    OneOf(&'static [&'static str]),
    /// `false` or `true`.
    Bool,
    /// An unsigned integer whose greatest value has this number of digits.
    Unsigned {
        /// The number of digits.
        digits: u8,
    },
    /// A signed integer whose greatest magnitude has this number of digits.
    Signed {
        /// The number of digits.
        digits: u8,
    },
    /// A point in time.
    Time,
    /// A calendar date.
    Date,
    /// A calendar date and a time of day, in no time zone.
    DateTime,
    /// A time of day, in no time zone.
    Clock,
    /// A bucket: one year, month, day, hour, minute or a smaller unit.
    Span(Unit),
    /// A UUID.
    Uuid,
    /// A ULID.
    Ulid,
    /// Bytes as lower-case hexadecimal digits.
    Hex {
        /// The number of bytes.
        bytes: u16,
    },
    /// An IPv4 address, as four numbers of three digits.
    Ipv4,
    /// An IPv6 address, as eight groups of four lower-case hexadecimal digits.
    Ipv6,
}

/// A set of ASCII bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes(u128);

impl Class {
    /// Returns why the format does not fit the class, or `None` if it fits. For const checks.
    #[must_use]
    pub const fn refuses(self, format: Format) -> Option<&'static str> {
        let is_integer = matches!(self, Class::Unsigned { .. } | Class::Signed { .. });
        if format.width != 0 && !is_integer {
            return Some("has a width, which only integers can have: leave it out");
        }
        if let Class::Unsigned { digits } | Class::Signed { digits } = self
            && format.width > digits
        {
            return Some("has a width greater than its type can need: leave it out or lower it");
        }
        if format.or_empty && !matches!(self, Class::Text) {
            return Some(
                "has a `?`, which only text can have (it allows empty text): leave it out",
            );
        }
        if format.descending && self.width(format).is_none() {
            return Some("has `desc`, which only fixed-width parts can have: leave it out");
        }
        match (format.unit, self) {
            (None, _) | (Some(_), Class::Time | Class::DateTime) => None,
            (Some(_), Class::Clock) if format.is_bucket => Some(
                "is a time of day, which has no buckets: write `{time}`, `{time:s}`, `{time:ms}` or `{time:us}`",
            ),
            (Some(_), Class::Clock) => None,
            (Some(Unit::Year | Unit::Month | Unit::Day), Class::Date) => None,
            (Some(unit), Class::Span(own))
                if !unit.is_finer_than(own) && !own.is_finer_than(unit) =>
            {
                None
            }
            (Some(_), Class::Date) => Some(
                "is a date, which has no unit finer than a day: write `{date}`, `{date:month:bucket}` or `{date:year:bucket}`",
            ),
            (Some(_), _) => Some("has a unit of time, which only times can have: leave it out"),
        }
    }

    /// Returns the unit of time that such a part is written down to if the template does not name one,
    /// or `None` if the part is not a time.
    pub(super) const fn unit(self) -> Option<Unit> {
        match self {
            Class::Time | Class::DateTime | Class::Clock => Some(Unit::Nanosecond),
            Class::Date => Some(Unit::Day),
            Class::Span(unit) => Some(unit),
            _ => None,
        }
    }

    /// Returns a number for how values are written: it is the same for classes with the same texts.
    pub(super) const fn number(self) -> u8 {
        match self {
            Class::Text => 0,
            Class::Name | Class::OneOf(_) => 1,
            Class::Bool => 2,
            Class::Unsigned { .. } => 3,
            Class::Signed { .. } => 4,
            Class::Time => 5,
            Class::Date => 6,
            Class::DateTime => 7,
            Class::Clock => 8,
            Class::Span(_) => 9,
            Class::Uuid => 10,
            Class::Ulid => 11,
            Class::Hex { .. } => 12,
            Class::Ipv4 => 13,
            Class::Ipv6 => 14,
        }
    }

    /// Returns how much of a time such a part has, if it is a time.
    pub(super) const fn span(self) -> Span {
        match self {
            Class::DateTime => Span::Civil,
            Class::Clock => Span::Clock,
            _ => Span::Utc,
        }
    }

    /// Returns whether such a part can have any number of bytes.
    pub(crate) const fn is_variable(self) -> bool {
        matches!(self, Class::Text | Class::Name | Class::OneOf(_))
    }

    /// Returns how many bytes such a part has, if the number is fixed.
    #[must_use]
    pub const fn width(self, format: Format) -> Option<usize> {
        match self {
            Class::Text | Class::Name | Class::OneOf(_) => None,
            Class::Bool => Some(1),
            Class::Unsigned { digits } => Some(format.digits(digits)),
            Class::Signed { digits } => Some(1 + format.digits(digits)),
            Class::Time | Class::Date | Class::Span(_) | Class::DateTime | Class::Clock => {
                match (format.unit, self.unit()) {
                    (Some(unit), _) | (None, Some(unit)) => Some(unit.width_in(self.span())),
                    (None, None) => None,
                }
            }
            Class::Uuid => Some(36),
            Class::Ulid => Some(26),
            Class::Hex { bytes } => Some(2 * bytes as usize),
            Class::Ipv4 => Some(15),
            Class::Ipv6 => Some(39),
        }
    }

    /// Returns which bytes such a part can have at a place, for proofs that two keys differ.
    #[must_use]
    pub const fn bytes_at(self, at: usize) -> Bytes {
        match self {
            // Raw tables write bytes outside the escaped range, so nothing is excluded here.
            Class::Text | Class::Name | Class::OneOf(_) => Bytes::ALL,
            Class::Bool => const { Bytes::range(b'0', b'1') },
            Class::Unsigned { .. } => DIGIT,
            Class::Signed { .. } if at == 0 => Bytes::one(b'n').or(Bytes::one(b'p')),
            Class::Signed { .. } => DIGIT,
            Class::Time | Class::Date | Class::Span(_) => match at {
                4 | 7 => Bytes::one(b'-'),
                10 => Bytes::one(b'T'),
                13 | 16 => Bytes::one(b':'),
                // A second ends with `Z`, a fraction begins with `.` and ends with `Z`.
                19 => Bytes::one(b'.').or(Bytes::one(b'Z')),
                23 | 26 => DIGIT.or(Bytes::one(b'Z')),
                29 => Bytes::one(b'Z'),
                _ => DIGIT,
            },
            Class::DateTime => match at {
                4 | 7 => Bytes::one(b'-'),
                10 => Bytes::one(b'T'),
                13 | 16 => Bytes::one(b':'),
                19 => Bytes::one(b'.'),
                _ => DIGIT,
            },
            Class::Clock => match at {
                2 | 5 => Bytes::one(b':'),
                8 => Bytes::one(b'.'),
                _ => DIGIT,
            },
            Class::Uuid => match at {
                8 | 13 | 18 | 23 => Bytes::one(b'-'),
                _ => HEX,
            },
            Class::Hex { .. } => HEX,
            Class::Ipv4 if at % 4 == 3 => Bytes::one(b'.'),
            Class::Ipv4 => DIGIT,
            Class::Ipv6 if at % 5 == 4 => Bytes::one(b':'),
            Class::Ipv6 => HEX,
            Class::Ulid => const { DIGIT.or(Bytes::range(b'A', b'Z')) },
        }
    }

    /// Returns the byte that replaces `byte` when the order of the part is reversed. Each class has its
    /// own alphabet. Bytes outside the alphabet are constant in the class, and stay the same.
    #[expect(clippy::indexing_slicing, reason = "`get` is not const; both indexes are below 32")]
    pub(crate) const fn reversed(self, byte: u8) -> u8 {
        const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        match (self, byte) {
            (Class::Bool, b'0'..=b'1') => b'0' + b'1' - byte,
            (Class::Signed { .. }, b'n') => b'p',
            (Class::Signed { .. }, b'p') => b'n',
            (Class::Uuid | Class::Hex { .. } | Class::Ipv6, b'0'..=b'9') => hex(15 - (byte - b'0')),
            (Class::Uuid | Class::Hex { .. } | Class::Ipv6, b'a'..=b'f') => {
                hex(15 - (byte - b'a' + 10))
            }
            (Class::Ulid, _) => {
                let mut i = 0;
                while i < 32 {
                    if CROCKFORD[i] == byte {
                        return CROCKFORD[31 - i];
                    }
                    i += 1;
                }
                byte
            }
            (_, b'0'..=b'9') => b'0' + b'9' - byte,
            _ => byte,
        }
    }
}

/// The decimal digits.
const DIGIT: Bytes = Bytes::range(b'0', b'9');
/// The lower-case hexadecimal digits.
const HEX: Bytes = DIGIT.or(Bytes::range(b'a', b'f'));

const fn hex(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
}

impl Bytes {
    /// Every byte.
    pub const ALL: Bytes = Bytes(u128::MAX);

    /// One byte.
    #[must_use]
    pub const fn one(byte: u8) -> Bytes {
        if byte < 128 { Bytes(1 << byte) } else { Bytes::ALL }
    }

    /// From one byte to another, both included.
    #[must_use]
    pub const fn range(from: u8, to: u8) -> Bytes {
        let mut bytes = Bytes(0);
        let mut byte = from;
        while byte <= to {
            bytes = bytes.or(Bytes::one(byte));
            byte += 1;
        }
        bytes
    }

    /// Returns the bytes that are in at least one of the two sets.
    #[must_use]
    pub const fn or(self, other: Bytes) -> Bytes {
        Bytes(self.0 | other.0)
    }

    /// Returns whether the two sets have a byte in common.
    #[must_use]
    pub const fn meets(self, other: Bytes) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether the byte is one of the ASCII bytes of the set.
    pub(super) const fn contains(self, byte: u8) -> bool {
        byte < 128 && self.meets(Bytes::one(byte))
    }
}
