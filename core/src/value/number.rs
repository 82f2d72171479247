//! `Number`, which holds numbers exactly.

mod decimal;
mod order;
mod text;

use decimal::Decimal;

/// A number: any integer that fits `i128` or `u128`, any decimal of up to 38 significant digits, or
/// any finite `f64`.
///
/// Equality, order and sums are exact, and do not depend on the form: `10` equals `10.0` and the decimal
/// `10.00`. A float has the value of the shortest decimal that is read back as the same float. This is
/// what its `Display` prints, and what a store of decimals holds: the float `0.1` is the decimal `0.1`.
///
/// Decimals are made [from text](Number#impl-FromStr-for-Number). `Display` prints the number in
/// decimal without unnecessary zeros, and it can be read back exactly from this text. (Floats beyond the
/// range of decimals can only be read back as floats.)
///
/// ```
/// use monotable_core::value::{Number, ValueError};
///
/// let price: Number = "19.90".parse()?;
/// assert_eq!(price.to_string(), "19.9");
/// assert_eq!(price.checked_add("0.1".parse()?), Some(20.into()));
/// # Ok::<(), ValueError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Number(Repr);

/// The forms of a number. Integers that are not negative are always `Unsigned`, and a decimal is never
/// an integer that another form can hold. Its coefficient does not end in a zero.
#[derive(Clone, Copy)]
pub(super) enum Repr {
    Unsigned(u128),
    Negative(i128),
    Float(f64),
    Decimal { coefficient: i128, exponent: i16 },
}

/// Below this a float and its shortest decimal have the same integer part.
pub(super) const TWO_53: f64 = 9007199254740992.0;

impl Number {
    /// Converts a float. Returns `None` for NaN and infinities, which no store can hold. A whole number
    /// below 2^53 becomes an integer, so `-0.0` becomes `0`.
    pub fn from_f64(value: f64) -> Option<Number> {
        if value.fract() == 0.0 && value.abs() < TWO_53 {
            return Some(Number::from(value as i64));
        }
        value.is_finite().then_some(Number(Repr::Float(value)))
    }

    /// Returns this number, which is an integer, times ten to the `exponent`, or `None` if a decimal cannot
    /// hold the result.
    pub(super) fn scaled(self, exponent: i16) -> Option<Number> {
        let Integer { negative, magnitude } = self.integer()?;
        Decimal::new(negative, magnitude, exponent.into()).number().ok()
    }

    /// Returns the number as a `u64`, if it is one exactly.
    pub fn as_u64(self) -> Option<u64> {
        self.as_u128()?.try_into().ok()
    }

    /// Returns the number as an `i64`, if it is one exactly.
    pub fn as_i64(self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// Returns the number as a `u128`, if it is one exactly.
    pub fn as_u128(self) -> Option<u128> {
        match self.integer()? {
            Integer { negative: false, magnitude } => Some(magnitude),
            Integer { negative: true, .. } => None,
        }
    }

    /// Returns the number as an `i128`, if it is one exactly.
    pub fn as_i128(self) -> Option<i128> {
        match self.integer()? {
            Integer { negative: false, magnitude } => magnitude.try_into().ok(),
            Integer { negative: true, magnitude } => 0i128.checked_sub_unsigned(magnitude),
        }
    }

    /// Returns the nearest `f64`.
    pub fn to_f64(self) -> f64 {
        match self.0 {
            Repr::Unsigned(value) => value as f64,
            Repr::Negative(value) => value as f64,
            Repr::Float(value) => value,
            Repr::Decimal { .. } => self.decimal().to_f64(),
        }
    }

    /// Returns the exact sum: `0.1` and `0.2` are `0.3`, also as floats. Returns `None` if the sum is out of
    /// range or has more than 38 significant digits. Integers can have as many as fit `i128` or `u128`.
    pub fn checked_add(self, other: Number) -> Option<Number> {
        self.sum(other, false)
    }

    /// Returns the exact difference, with the limits of [`checked_add`](Number::checked_add).
    pub fn checked_sub(self, other: Number) -> Option<Number> {
        self.sum(other, true)
    }

    /// Returns whether every store can hold the number: it has at most 38 significant digits, and its magnitude is
    /// from 1E-130 to below 1E+126.
    pub(crate) fn is_decimal(self) -> bool {
        self.decimal().is_storable()
    }

    /// Returns the next greater number that every store can hold, or the next smaller one. There is none after
    /// the last one.
    pub(crate) fn neighbour(self, up: bool) -> Option<Number> {
        self.decimal().neighbour(up)?.number().ok()
    }

    fn sum(self, other: Number, minus: bool) -> Option<Number> {
        let integers = || {
            let Integer { negative, magnitude } = other.integer()?;
            self.integer()?.add(Integer { negative: negative != minus, magnitude })?.number()
        };
        let decimals = || {
            let Decimal { negative, magnitude, exponent } = other.decimal();
            self.decimal().add(Decimal::new(negative != minus, magnitude, exponent))
        };
        if let (Repr::Float(_), _) | (_, Repr::Float(_)) = (self.0, other.0) {
            let sum = integers().map(Number::decimal).or_else(decimals)?;
            // The sum of floats stays a float if that is the same number.
            return sum.as_f64().and_then(Number::from_f64).or_else(|| sum.number().ok());
        }
        integers().or_else(|| decimals()?.number().ok())
    }

    /// Returns the number of significant digits, and whether the number is negative.
    pub(super) fn digits(self) -> (usize, bool) {
        let decimal = self.decimal().trimmed();
        (decimal.digits() as usize, decimal.negative)
    }

    pub(super) fn repr(self) -> Repr {
        self.0
    }

    /// Returns the number as an integer in the full range of both signs, if it is one.
    fn integer(self) -> Option<Integer> {
        match self.0 {
            Repr::Unsigned(magnitude) => Some(Integer { negative: false, magnitude }),
            Repr::Negative(value) => {
                Some(Integer { negative: true, magnitude: value.unsigned_abs() })
            }
            Repr::Float(value) if value.fract() != 0.0 => None,
            Repr::Float(value) if value.abs() < TWO_53 => Number::from(value as i64).integer(),
            Repr::Float(_) => self.decimal().integer(),
            Repr::Decimal { .. } => None,
        }
    }

    fn decimal(self) -> Decimal {
        match self.0 {
            Repr::Unsigned(value) => Decimal::new(false, value, 0),
            Repr::Negative(value) => Decimal::new(true, value.unsigned_abs(), 0),
            Repr::Float(value) => Decimal::from_f64(value),
            Repr::Decimal { coefficient, exponent } => {
                Decimal::new(coefficient < 0, coefficient.unsigned_abs(), exponent.into())
            }
        }
    }
}

/// An integer as sign and magnitude. It can hold the sum of any two integers, before it is known
/// whether the sum fits.
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
