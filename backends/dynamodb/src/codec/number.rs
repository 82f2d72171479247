//! DynamoDB's numbers: decimals of up to 38 digits, as text.

use std::fmt::Write as _;

use monotable_core::value::ValueError;

/// The most significant digits that a number has.
const DIGITS: u32 = 38;
/// Where the first significant digit may be: that of 1E-130, and that of 9.99E+125.
const FIRST_DIGIT: std::ops::RangeInclusive<i64> = -130..=125;

/// A decimal, `mantissa * 10^exponent`. Numbers that are equal are held alike: no mantissa ends in
/// a zero, and zero has the exponent 0 and no sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    mantissa: u128,
    exponent: i64,
}

/// Why text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    NotDecimal,
    TooManyDigits,
    OutOfRange,
}

impl From<Fault> for ValueError {
    fn from(fault: Fault) -> Self {
        ValueError::new(match fault {
            Fault::NotDecimal => "the text is not a decimal number",
            Fault::TooManyDigits => "a number has at most 38 significant digits in DynamoDB",
            Fault::OutOfRange => "a number is from 1E-130 to 9.99E+125 in size in DynamoDB, or 0",
        })
    }
}

impl Decimal {
    /// Reads what is written as `-12.50` or `1.25E+1`. What DynamoDB cannot hold is a fault.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (number, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(Fault::NotDecimal);
        }
        let mut digits = Digits::default();
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits.push(byte)?;
        }
        let Digits { mantissa, zeros, too_many } = digits;
        if too_many {
            return Err(Fault::TooManyDigits);
        }
        if mantissa == 0 {
            return Ok(Decimal { negative: false, mantissa, exponent: 0 });
        }
        // Lengths of text fit, and the exponent is far from the edges of its type.
        let exponent = exponent + i64::from(zeros) - fraction.len() as i64;
        let decimal = Decimal { negative, mantissa, exponent };
        if FIRST_DIGIT.contains(&decimal.first_digit()) {
            Ok(decimal)
        } else {
            Err(Fault::OutOfRange)
        }
    }

    /// The number in its one form: without spare zeros, and with an exponent only where zeros would
    /// be many.
    pub(super) fn text(self) -> String {
        let digits = self.mantissa.to_string();
        let mut out = String::with_capacity(digits.len() + 8);
        if self.negative {
            out.push('-');
        }
        let first = self.first_digit();
        // How many of the digits are before the point.
        let before = usize::try_from(first + 1).unwrap_or(0);
        if (0..=i64::from(DIGITS)).contains(&first) {
            let (whole, fraction) = digits.split_at_checked(before).unwrap_or((&digits, ""));
            out.push_str(whole);
            out.extend(std::iter::repeat_n('0', before - whole.len()));
            push_fraction(&mut out, fraction);
        } else if (-7..0).contains(&first) {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', usize::try_from(-1 - first).unwrap_or(0)));
            out.push_str(&digits);
        } else {
            let (lead, fraction) = digits.split_at_checked(1).unwrap_or((&digits, ""));
            out.push_str(lead);
            push_fraction(&mut out, fraction);
            // Writing to a `String` does not fail.
            let _ = write!(out, "e{first}");
        }
        out
    }

    /// The place of the first digit: 0 for 7, 1 for 70, -1 for 0.7.
    fn first_digit(self) -> i64 {
        self.exponent + i64::from(self.mantissa.checked_ilog10().unwrap_or(0))
    }

    /// The number as an integer that is not negative, if it is one.
    pub(super) fn as_u128(self) -> Option<u128> {
        if self.negative { None } else { self.magnitude() }
    }

    /// The number as an integer, if it is one.
    pub(super) fn as_i128(self) -> Option<i128> {
        let magnitude = self.magnitude()?;
        if self.negative {
            0i128.checked_sub_unsigned(magnitude)
        } else {
            magnitude.try_into().ok()
        }
    }

    fn magnitude(self) -> Option<u128> {
        let zeros = u32::try_from(self.exponent).ok()?;
        self.mantissa.checked_mul(10u128.checked_pow(zeros)?)
    }

    /// Whether this is what an `f64` is stored as.
    pub(super) fn is_written_of(self, float: f64) -> bool {
        Decimal::parse(&of_f64(float)) == Ok(self)
    }
}

fn push_fraction(out: &mut String, fraction: &str) {
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
}

fn parse_exponent(text: &str) -> Result<i64, Fault> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::NotDecimal);
    }
    // More digits than an `i32` has are out of any range, and would overflow in sums.
    text.parse::<i32>().map(i64::from).map_err(|_| Fault::OutOfRange)
}

/// Digits that are read one by one, without the zeros before and after them.
#[derive(Default)]
struct Digits {
    mantissa: u128,
    /// Zeros that have not turned out to be inside the number yet.
    zeros: u32,
    too_many: bool,
}

impl Digits {
    fn push(&mut self, byte: u8) -> Result<(), Fault> {
        match byte {
            b'0' if self.mantissa == 0 && !self.too_many => {}
            b'0' => self.zeros = self.zeros.saturating_add(1),
            b'1'..=b'9' => {
                let shifted = 10u128.checked_pow(self.zeros.saturating_add(1)).and_then(|by| {
                    let shifted = self.mantissa.checked_mul(by)?;
                    shifted.checked_add(u128::from(byte - b'0'))
                });
                match shifted {
                    Some(mantissa) if mantissa < 10u128.pow(DIGITS) => self.mantissa = mantissa,
                    // It goes on, since text that is no number at all is told first.
                    _ => self.too_many = true,
                }
                self.zeros = 0;
            }
            _ => return Err(Fault::NotDecimal),
        }
        Ok(())
    }
}

/// How a finite float is written: the shortest decimal that reads back as it.
pub(super) fn of_f64(value: f64) -> String {
    // Whole numbers below 2^53, where each is a float, are quicker to write as integers. So is -0.
    if value.abs() < 9_007_199_254_740_992.0 && value.fract() == 0.0 {
        return (value as i64).to_string();
    }
    let mut text = String::with_capacity(24);
    let plain = (1e-7..1e21).contains(&value.abs());
    // Writing to a `String` does not fail.
    let _ = if plain { write!(text, "{value}") } else { write!(text, "{value:e}") };
    text
}

/// Whether a finite float is of a size that DynamoDB has numbers of.
pub(super) fn in_range(value: f64) -> bool {
    value == 0.0 || (1e-130..1e126).contains(&value.abs())
}
