//! Numbers without loss.

use std::cmp::Ordering;
use std::fmt;

/// A number: any integer that fits `i128` or `u128`, or any finite `f64`.
///
/// Equality and order are those of the numbers, exactly, however they are held: `10` equals `10.0`,
/// and `u128::MAX` is less than `2f64.powi(128)`. `Display` is the number in decimal, from which
/// it can be read back exactly.
#[derive(Clone, Copy)]
pub struct Number(Repr);

/// How a number is held. Integers that are not negative are always `Unsigned`.
#[derive(Clone, Copy)]
pub(super) enum Repr {
    Unsigned(u128),
    Negative(i128),
    Float(f64),
}

// Both are powers of two, hence exact.
const TWO_127: f64 = 170141183460469231731687303715884105728.0;
const TWO_128: f64 = 340282366920938463463374607431768211456.0;

impl Number {
    /// The number of a float. `None` for NaN and infinities, which are not numbers in any store.
    pub fn from_f64(value: f64) -> Option<Number> {
        value.is_finite().then_some(Number(Repr::Float(value)))
    }

    /// The number as a `u64`, if it is one exactly.
    pub fn as_u64(self) -> Option<u64> {
        self.as_u128()?.try_into().ok()
    }

    /// The number as an `i64`, if it is one exactly.
    pub fn as_i64(self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// The number as a `u128`, if it is one exactly.
    pub fn as_u128(self) -> Option<u128> {
        match self.integer()? {
            Integer { negative: false, magnitude } => Some(magnitude),
            Integer { negative: true, .. } => None,
        }
    }

    /// The number as an `i128`, if it is one exactly.
    pub fn as_i128(self) -> Option<i128> {
        match self.integer()? {
            Integer { negative: false, magnitude } => magnitude.try_into().ok(),
            Integer { negative: true, magnitude } => 0i128.checked_sub_unsigned(magnitude),
        }
    }

    /// The nearest `f64`.
    pub fn to_f64(self) -> f64 {
        match self.0 {
            Repr::Unsigned(value) => value as f64,
            Repr::Negative(value) => value as f64,
            Repr::Float(value) => value,
        }
    }

    /// The sum: exact for integers, rounded to an `f64` if either is a float. `None` if it is out
    /// of range.
    pub fn checked_add(self, other: Number) -> Option<Number> {
        match (self.0, other.0) {
            (Repr::Float(_), _) | (_, Repr::Float(_)) => {
                Number::from_f64(self.to_f64() + other.to_f64())
            }
            _ => self.integer()?.add(other.integer()?)?.number(),
        }
    }

    /// The difference: exact for integers, rounded to an `f64` if either is a float. `None` if it
    /// is out of range.
    pub fn checked_sub(self, other: Number) -> Option<Number> {
        match (self.0, other.0) {
            (Repr::Float(_), _) | (_, Repr::Float(_)) => {
                Number::from_f64(self.to_f64() - other.to_f64())
            }
            _ => {
                let Integer { negative, magnitude } = other.integer()?;
                self.integer()?.add(Integer { negative: !negative, magnitude })?.number()
            }
        }
    }

    pub(super) fn repr(self) -> Repr {
        self.0
    }

    /// The number as an integer in the full range of both signs, if it is one.
    fn integer(self) -> Option<Integer> {
        match self.0 {
            Repr::Unsigned(magnitude) => Some(Integer { negative: false, magnitude }),
            Repr::Negative(value) => {
                Some(Integer { negative: true, magnitude: value.unsigned_abs() })
            }
            Repr::Float(value) if value.fract() != 0.0 => None,
            Repr::Float(value) if (0.0..TWO_128).contains(&value) => {
                Number::from(value as u128).integer()
            }
            Repr::Float(value) if (-TWO_127..0.0).contains(&value) => {
                Number::from(value as i128).integer()
            }
            Repr::Float(_) => None,
        }
    }
}

/// Sign and magnitude: sums of any two integers, before it is known whether they fit.
struct Integer {
    negative: bool,
    magnitude: u128,
}

impl Integer {
    fn add(self, other: Integer) -> Option<Integer> {
        if self.negative == other.negative {
            let magnitude = self.magnitude.checked_add(other.magnitude)?;
            return Some(Integer { negative: self.negative, magnitude });
        }
        Some(match self.magnitude.checked_sub(other.magnitude) {
            Some(magnitude) => Integer { negative: self.negative, magnitude },
            None => {
                Integer { negative: other.negative, magnitude: other.magnitude - self.magnitude }
            }
        })
    }

    fn number(self) -> Option<Number> {
        if self.negative {
            0i128.checked_sub_unsigned(self.magnitude).map(Number::from)
        } else {
            Some(Number::from(self.magnitude))
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        use Repr::{Float, Negative, Unsigned};
        match (self.0, other.0) {
            (Unsigned(a), Unsigned(b)) => a.cmp(&b),
            (Negative(a), Negative(b)) => a.cmp(&b),
            (Unsigned(_), Negative(_)) => Ordering::Greater,
            (Negative(_), Unsigned(_)) => Ordering::Less,
            // No NaN gets in, so this is total.
            (Float(a), Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Unsigned(a), Float(b)) => compare_unsigned(a, b),
            (Negative(a), Float(b)) => compare_negative(a, b),
            (Float(_), _) => other.cmp(self).reverse(),
        }
    }
}

fn compare_unsigned(integer: u128, float: f64) -> Ordering {
    if float < 0.0 {
        return Ordering::Greater;
    }
    if float >= TWO_128 {
        return Ordering::Less;
    }
    // In this range truncation is exact; what it cut off decides a tie.
    let whole = integer.cmp(&(float as u128));
    whole.then(if float.fract() > 0.0 { Ordering::Less } else { Ordering::Equal })
}

fn compare_negative(integer: i128, float: f64) -> Ordering {
    if float >= 0.0 {
        return Ordering::Less;
    }
    if float < -TWO_127 {
        return Ordering::Greater;
    }
    let whole = integer.cmp(&(float as i128));
    whole.then(if float.fract() < 0.0 { Ordering::Greater } else { Ordering::Equal })
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Unsigned(value) => value.fmt(f),
            Repr::Negative(value) => value.fmt(f),
            // Otherwise the extremes would be hundreds of zeros.
            Repr::Float(value) if value != 0.0 && !(1e-7..1e21).contains(&value.abs()) => {
                fmt::LowerExp::fmt(&value, f)
            }
            Repr::Float(value) => value.fmt(f),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! from_unsigned {
    ($($int:ty)*) => {$(
        impl From<$int> for Number {
            fn from(value: $int) -> Self {
                Number(Repr::Unsigned(value as u128))
            }
        }
    )*};
}

macro_rules! from_signed {
    ($($int:ty)*) => {$(
        impl From<$int> for Number {
            fn from(value: $int) -> Self {
                let value = value as i128;
                Number(if value < 0 { Repr::Negative(value) } else { Repr::Unsigned(value as u128) })
            }
        }
    )*};
}

from_unsigned!(u8 u16 u32 u64 u128 usize);
from_signed!(i8 i16 i32 i64 i128 isize);
