//! Decimals the slow way: every digit in its place.

use std::cmp::Ordering;

/// Places after the point, and places in all.
const FRACTION: usize = 400;
const PLACES: usize = 800;

/// A sign and digits, the first of which stands for ten to the 399.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exact {
    negative: bool,
    digits: Vec<u8>,
}

impl Exact {
    pub(super) fn parse(text: &str) -> Exact {
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let power: isize = power.parse().unwrap();
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let whole = mantissa.split('.').next().unwrap().len() as isize;
        let mut digits = vec![0; PLACES];
        for (at, digit) in mantissa.bytes().filter(|byte| *byte != b'.').enumerate() {
            let place = (PLACES - FRACTION) as isize - whole - power + at as isize;
            digits[place as usize] = digit - b'0';
        }
        let negative = negative && digits.iter().any(|digit| *digit != 0);
        Exact { negative, digits }
    }

    pub(super) fn negated(mut self) -> Exact {
        self.negative = !self.negative && self.digits.iter().any(|digit| *digit != 0);
        self
    }

    pub(super) fn add(&self, other: &Exact) -> Exact {
        if self.negative == other.negative {
            return Exact { negative: self.negative, digits: zip(self, other, 1) };
        }
        match self.digits.cmp(&other.digits) {
            Ordering::Equal => Exact { negative: false, digits: vec![0; PLACES] },
            Ordering::Greater => Exact { negative: self.negative, digits: zip(self, other, -1) },
            Ordering::Less => Exact { negative: other.negative, digits: zip(other, self, -1) },
        }
    }

    pub(super) fn cmp(&self, other: &Exact) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.digits.cmp(&other.digits),
            (true, true) => other.digits.cmp(&self.digits),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }

    /// Where the first digit is, as a power of ten, and how many digits are from it to the last.
    /// `None` for zero.
    pub(super) fn span(&self) -> Option<(i32, usize)> {
        let first = self.digits.iter().position(|digit| *digit != 0)?;
        let last = self.digits.iter().rposition(|digit| *digit != 0)?;
        Some(((PLACES - FRACTION) as i32 - 1 - first as i32, last - first + 1))
    }
}

fn zip(a: &Exact, b: &Exact, sign: i8) -> Vec<u8> {
    let mut carry = 0;
    let mut digits = vec![0; PLACES];
    for at in (0..PLACES).rev() {
        let sum = a.digits[at] as i8 + sign * b.digits[at] as i8 + carry;
        digits[at] = sum.rem_euclid(10) as u8;
        carry = sum.div_euclid(10);
    }
    assert_eq!(carry, 0);
    digits
}
