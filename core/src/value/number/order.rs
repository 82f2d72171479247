//! Equality and order of numbers, which are exact for all forms.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{Number, Repr, TWO_53};

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        use Repr::{Float, Negative, Unsigned};
        match (self.0, other.0) {
            (Unsigned(a), Unsigned(b)) => a.cmp(&b),
            (Negative(a), Negative(b)) => a.cmp(&b),
            (Unsigned(_), Negative(_)) => Ordering::Greater,
            (Negative(_), Unsigned(_)) => Ordering::Less,
            // A number is never NaN, so this is a total order. The shortest decimals of two floats are in the
            // same order as the floats.
            (Float(a), Float(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Unsigned(a), Float(b)) if b.abs() < TWO_53 => compare_unsigned(a, b),
            (Negative(a), Float(b)) if b.abs() < TWO_53 => compare_negative(a, b),
            (Float(a), Unsigned(b)) if a.abs() < TWO_53 => compare_unsigned(b, a).reverse(),
            (Float(a), Negative(b)) if a.abs() < TWO_53 => compare_negative(b, a).reverse(),
            _ => self.decimal().cmp(other.decimal()),
        }
    }
}

// Below 2^53 every integer is a float, so a float and its shortest decimal lie between the same
// two integers. Truncation is exact. If the integers are equal, the part that was cut off decides.

fn compare_unsigned(integer: u128, float: f64) -> Ordering {
    if float < 0.0 {
        return Ordering::Greater;
    }
    let whole = integer.cmp(&(float as u128));
    whole.then(if float.fract() > 0.0 { Ordering::Less } else { Ordering::Equal })
}

fn compare_negative(integer: i128, float: f64) -> Ordering {
    if float >= 0.0 {
        return Ordering::Less;
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

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let decimal = self.decimal().trimmed();
        (decimal.negative, decimal.magnitude, decimal.exponent).hash(state);
    }
}
