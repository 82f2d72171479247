//! The sizes of numbers by DynamoDB's published rules.
//!
//! A number counts one byte for every two significant digits, one more byte, and one for a minus sign. Leading
//! and trailing zeros are not significant.

use std::fmt::{self, Write};

use super::Number;

pub(super) fn unsigned(value: u64) -> usize {
    of_digits(digits(value))
}

pub(super) fn negative(magnitude: u64) -> usize {
    unsigned(magnitude) + 1
}

pub(super) fn unsigned_128(mut value: u128) -> usize {
    while value != 0 && value.is_multiple_of(10) {
        value /= 10;
    }
    of_digits(value.checked_ilog10().map_or(0, |log| log as usize + 1))
}

impl Number {
    /// Returns how many bytes it has in an item.
    pub(crate) fn bytes(self) -> usize {
        decimal(self)
    }
}

/// Returns the size of a number in any form.
pub(super) fn decimal(value: Number) -> usize {
    let (digits, negative) = value.digits();
    of_digits(digits) + usize::from(negative)
}

pub(super) fn float(value: f64) -> usize {
    of_digits(float_digits(value.abs())) + usize::from(value < 0.0)
}

/// Returns the size of a number that is written as text, in decimal digits and perhaps with an exponent.
pub(super) fn text(text: &str) -> usize {
    let mut significant = 0;
    let mut zeros = 0;
    for byte in text.bytes() {
        match byte {
            b'0' if significant == 0 => {}
            b'0' => zeros += 1,
            b'1'..=b'9' => {
                significant += zeros + 1;
                zeros = 0;
            }
            b'e' | b'E' => break,
            _ => {}
        }
    }
    let sign = usize::from(significant > 0 && text.starts_with('-'));
    of_digits(significant) + sign
}

/// Returns the digits of the shortest decimal that is read as this float.
fn float_digits(value: f64) -> usize {
    const SCALE: f64 = 1e6;
    let scaled = (value * SCALE).round();
    // Formatting takes longer than writing the rest of a small item. Two different decimals of up to
    // 15 digits are never the same float. So if a decimal of up to six places is this float, it is
    // the shortest.
    if scaled < 1e15 && scaled / SCALE == value {
        return digits(scaled as u64);
    }
    let mut counter = Digits { count: 0, exponent: false };
    // The counter never fails, so no error is lost.
    let _ = write!(counter, "{value:e}");
    counter.count
}

fn of_digits(digits: usize) -> usize {
    digits.div_ceil(2) + 1
}

fn digits(mut value: u64) -> usize {
    while value != 0 && value.is_multiple_of(10) {
        value /= 10;
    }
    value.checked_ilog10().map_or(0, |log| log as usize + 1)
}

/// Counts the digits of a formatted float's mantissa, which has no unnecessary zeros.
struct Digits {
    count: usize,
    exponent: bool,
}

impl Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.exponent |= byte == b'e';
            self.count += usize::from(!self.exponent && byte.is_ascii_digit());
        }
        Ok(())
    }
}
