//! The limits of all formats, in one table.

use super::{Result, ValueError};
use crate::value::Number;
use crate::value::number::Repr;

/// The limits of a format. The codec refuses other values, and names the attribute.
///
/// | format | digits | first digit | integers | sets |
/// |---|---|---|---|---|
/// | [DynamoDB](FormatLimits::DYNAMODB), binary, [`Value`](crate::value::Value) | 38 | 1E-130 to 9.99E+125 | 38 digits | yes |
///
/// The formats of core have DynamoDB's limits, so that a program which works with the embedded store also
/// works with DynamoDB.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct FormatLimits {
    /// The store, for messages.
    pub store: &'static str,
    /// The greatest number of significant digits of a decimal, or of an integer beyond 64 bits.
    pub digits: u32,
    /// The power of ten of a number's first significant digit: the least and the greatest.
    pub first_digit: [i32; 2],
    /// The least magnitude of a float other than 0, and the least that is too large.
    pub floats: [f64; 2],
    /// The greatest magnitude of an integer.
    pub integer: u128,
    /// Whether there are sets. Without them, a set is stored as a list.
    pub sets: bool,
}

impl FormatLimits {
    /// What DynamoDB's attribute values hold, in
    /// [its documentation](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html).
    pub const DYNAMODB: FormatLimits =
        FormatLimits::new("DynamoDB").with_digits(38).with_range([-130, 125], [1e-130, 1e126]);

    /// The limits of a format that holds everything that [`Number`] can hold, and sets. The builder below
    /// lowers them. Messages call its store `store`.
    pub const fn new(store: &'static str) -> Self {
        FormatLimits {
            store,
            digits: u32::MAX,
            first_digit: [i32::MIN, i32::MAX],
            floats: [0.0, f64::INFINITY],
            integer: u128::MAX,
            sets: true,
        }
    }

    /// Sets the most significant digits of a decimal.
    #[must_use]
    pub const fn with_digits(mut self, digits: u32) -> Self {
        self.digits = digits;
        self
    }

    /// Sets the greatest magnitude of an integer.
    #[must_use]
    pub const fn with_integers_up_to(mut self, magnitude: u128) -> Self {
        self.integer = magnitude;
        self
    }

    /// Sets the range of numbers other than 0: the powers of ten of the first significant digit,
    /// and the same for floats, the least and the first that is too large.
    #[must_use]
    pub const fn with_range(mut self, first_digit: [i32; 2], floats: [f64; 2]) -> Self {
        self.first_digit = first_digit;
        self.floats = floats;
        self
    }

    /// Stores sets as lists.
    #[must_use]
    pub const fn without_sets(mut self) -> Self {
        self.sets = false;
        self
    }

    /// Checks an integer of at most 64 bits. Its digits are not counted, because `integer` is
    /// the only limit for integers of this size.
    #[inline]
    pub(super) fn check_u64(&self, magnitude: u64) -> Result<()> {
        if self.integer < u64::MAX as u128 && u128::from(magnitude) > self.integer {
            return Err(self.large_integer());
        }
        Ok(())
    }

    pub(super) fn check_u128(&self, magnitude: u128) -> Result<()> {
        if magnitude > self.integer {
            return Err(self.large_integer());
        }
        let digits = || {
            let mut rest = magnitude;
            while rest != 0 && rest.is_multiple_of(10) {
                rest /= 10;
            }
            rest.checked_ilog10().map_or(0, |log| log + 1)
        };
        if self.digits < 39 && digits() > self.digits {
            return Err(self.many_digits());
        }
        Ok(())
    }

    #[inline]
    pub(super) fn check_float(&self, value: f64) -> Result<()> {
        let [least, too_large] = self.floats;
        let magnitude = value.abs();
        if value == 0.0 || (magnitude >= least && magnitude < too_large) {
            Ok(())
        } else {
            Err(self.out_of_range())
        }
    }

    fn check_integer(&self, magnitude: u128) -> Result<()> {
        match u64::try_from(magnitude) {
            Ok(magnitude) => self.check_u64(magnitude),
            Err(_) => self.check_u128(magnitude),
        }
    }

    pub(crate) fn check_number(&self, number: Number) -> Result<()> {
        match number.repr() {
            Repr::Unsigned(value) => self.check_integer(value),
            Repr::Negative(value) => self.check_integer(value.unsigned_abs()),
            Repr::Float(value) => self.check_float(value),
            Repr::Decimal { coefficient, exponent } => {
                let log = coefficient.unsigned_abs().checked_ilog10().unwrap_or(0);
                let first = i64::from(exponent) + i64::from(log);
                let [least, greatest] = self.first_digit.map(i64::from);
                if log >= self.digits {
                    Err(self.many_digits())
                } else if first < least || first > greatest {
                    Err(self.out_of_range())
                } else {
                    Ok(())
                }
            }
        }
    }

    #[cold]
    fn large_integer(&self) -> ValueError {
        let FormatLimits { integer, store, .. } = self;
        ValueError::new(format!(
            "an integer is at most {integer} in size in {store}: store it as text"
        ))
    }

    #[cold]
    fn many_digits(&self) -> ValueError {
        let FormatLimits { digits, store, .. } = self;
        ValueError::new(format!(
            "a number has at most {digits} significant digits in {store}: store it as text"
        ))
    }

    #[cold]
    fn out_of_range(&self) -> ValueError {
        let [least, greatest] = self.first_digit;
        ValueError::new(format!(
            "a number is from 1E{least:+} to 9.99E{greatest:+} in size in {}, or 0",
            self.store
        ))
    }
}
