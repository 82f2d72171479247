//! Decimals. Every form of a number can be converted to a decimal, so they are compared and added here.

use std::cmp::Ordering;

use super::{Integer, Number, Repr};
use crate::value::ValueError;

/// The greatest number of digits that the strictest store can hold.
const MAX_DIGITS: u32 = 38;
/// The exponents of the first digit that it can hold.
const EXPONENTS: std::ops::RangeInclusive<i32> = -130..=125;

/// A sign, and `magnitude` times ten to the `exponent`. Zero has no sign.
#[derive(Clone, Copy)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    pub(super) magnitude: u128,
    pub(super) exponent: i32,
}

impl Decimal {
    pub(super) const ZERO: Decimal = Decimal { negative: false, magnitude: 0, exponent: 0 };

    pub(super) fn new(negative: bool, magnitude: u128, exponent: i32) -> Self {
        Decimal { negative: negative && magnitude != 0, magnitude, exponent }
    }

    /// Returns the shortest decimal that is read back as this float.
    pub(super) fn from_f64(value: f64) -> Self {
        // A float that is formatted like this can always be parsed.
        Decimal::parse(&format!("{value:e}")).unwrap_or(Decimal::ZERO)
    }

    /// Returns the nearest float, or an infinity if the decimal is out of range.
    pub(super) fn to_f64(self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        // This can always be parsed, too.
        format!("{sign}{}e{}", self.magnitude, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// Returns the float that is exactly this decimal.
    pub(super) fn as_f64(self) -> Option<f64> {
        let nearest = self.to_f64();
        let exact = nearest.is_finite() && Decimal::from_f64(nearest).cmp(self).is_eq();
        exact.then_some(nearest)
    }

    /// Returns the same decimal without zeros at its end.
    pub(super) fn trimmed(mut self) -> Self {
        if self.magnitude == 0 {
            return Decimal::ZERO;
        }
        while self.magnitude.is_multiple_of(10) {
            self.magnitude /= 10;
            self.exponent += 1;
        }
        self
    }

    pub(super) fn digits(self) -> u32 {
        self.magnitude.checked_ilog10().map_or(0, |log| log + 1)
    }

    /// Returns the exponent of its first digit. The decimal must not be zero.
    pub(super) fn first_exponent(self) -> i32 {
        self.exponent + self.digits() as i32 - 1
    }

    /// Returns the decimal as an integer, if it is one and fits.
    pub(super) fn integer(self) -> Option<Integer> {
        if self.magnitude == 0 {
            return Some(Integer { negative: false, magnitude: 0 });
        }
        let Decimal { negative, magnitude, exponent } = self.trimmed();
        let scale = 10u128.checked_pow(u32::try_from(exponent).ok()?)?;
        Some(Integer { negative, magnitude: magnitude.checked_mul(scale)? })
    }

    /// Returns the number with the value of this decimal, as an integer if it is one.
    pub(super) fn number(self) -> Result<Number, ValueError> {
        if let Some(number) = self.integer().and_then(Integer::number) {
            return Ok(number);
        }
        let trimmed @ Decimal { negative, magnitude, exponent } = self.trimmed();
        if trimmed.digits() > MAX_DIGITS {
            return Err(too_many_digits());
        }
        if !EXPONENTS.contains(&trimmed.first_exponent()) {
            return Err(out_of_range());
        }
        // Within these limits, neither conversion can fail.
        let magnitude = i128::try_from(magnitude).map_err(|_| too_many_digits())?;
        let coefficient = if negative { -magnitude } else { magnitude };
        let exponent = i16::try_from(exponent).map_err(|_| out_of_range())?;
        Ok(Number(Repr::Decimal { coefficient, exponent }))
    }

    /// Returns the sum, if it has at most 38 digits. It may have a few more, which `number` then refuses.
    pub(super) fn add(self, other: Decimal) -> Option<Decimal> {
        let (a, b) = (self.trimmed(), other.trimmed());
        if a.magnitude == 0 {
            return Some(b);
        }
        if b.magnitude == 0 {
            return Some(a);
        }
        if a.digits() > MAX_DIGITS || b.digits() > MAX_DIGITS {
            return None;
        }
        let (high, low) = if a.exponent >= b.exponent { (a, b) } else { (b, a) };
        let shift = u32::try_from(high.exponent - low.exponent).ok()?;
        // If this overflows, the sum has more than 38 digits: its last digit is that of `low`, which is
        // not zero, and its first digit is above all digits of `low`.
        let aligned = high.magnitude.checked_mul(10u128.checked_pow(shift)?)?;
        let sum = Integer { negative: high.negative, magnitude: aligned }
            .add(Integer { negative: low.negative, magnitude: low.magnitude })?;
        Some(Decimal::new(sum.negative, sum.magnitude, low.exponent).trimmed())
    }

    /// Returns whether the strictest store can hold it.
    pub(super) fn is_storable(self) -> bool {
        let trimmed = self.trimmed();
        trimmed.magnitude == 0
            || trimmed.digits() <= MAX_DIGITS && EXPONENTS.contains(&trimmed.first_exponent())
    }

    /// Returns the next decimal that the strictest store can hold: the next greater one if `up`, and otherwise
    /// the next smaller one. There is none after the last one.
    pub(super) fn neighbour(self, up: bool) -> Option<Decimal> {
        let least = Decimal { negative: !up, magnitude: 1, exponent: *EXPONENTS.start() };
        let trimmed = self.trimmed();
        let missing = MAX_DIGITS.checked_sub(trimmed.digits())?;
        if trimmed.magnitude == 0 {
            return Some(least);
        }
        let whole = 10u128.pow(MAX_DIGITS - 1);
        let magnitude = trimmed.magnitude.checked_mul(10u128.checked_pow(missing)?)?;
        let exponent = trimmed.exponent - missing as i32;
        let next = if up != trimmed.negative {
            Decimal { magnitude: magnitude + 1, exponent, ..trimmed }
        } else if magnitude == whole {
            // Below a power of ten, there is room for one more digit.
            Decimal { magnitude: whole * 10 - 1, exponent: exponent - 1, ..trimmed }
        } else {
            Decimal { magnitude: magnitude - 1, exponent, ..trimmed }
        };
        if next.first_exponent() < *EXPONENTS.start() {
            return Some(Decimal::ZERO);
        }
        (next.first_exponent() <= *EXPONENTS.end()).then_some(next)
    }

    pub(super) fn cmp(self, other: Decimal) -> Ordering {
        match (self.sign(), other.sign()) {
            (1, 1) => self.cmp_magnitudes(other),
            (-1, -1) => other.cmp_magnitudes(self),
            (a, b) => a.cmp(&b),
        }
    }

    fn sign(self) -> i8 {
        match self {
            Decimal { magnitude: 0, .. } => 0,
            Decimal { negative: true, .. } => -1,
            _ => 1,
        }
    }

    fn cmp_magnitudes(self, other: Decimal) -> Ordering {
        self.first_exponent().cmp(&other.first_exponent()).then_with(|| {
            let shift = self.exponent - other.exponent;
            let scale = 10u128.checked_pow(shift.unsigned_abs());
            // A magnitude that overflows is greater than one that does not.
            if shift >= 0 {
                let scaled = scale.and_then(|scale| self.magnitude.checked_mul(scale));
                scaled.map_or(Ordering::Greater, |scaled| scaled.cmp(&other.magnitude))
            } else {
                let scaled = scale.and_then(|scale| other.magnitude.checked_mul(scale));
                scaled.map_or(Ordering::Less, |scaled| self.magnitude.cmp(&scaled))
            }
        })
    }
}

#[cold]
pub(super) fn too_many_digits() -> ValueError {
    ValueError::new("a number of more than 38 significant digits")
}

#[cold]
pub(super) fn out_of_range() -> ValueError {
    ValueError::new("a number out of range: its magnitude must be from 1E-130 to below 1E+126")
}
