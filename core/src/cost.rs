//! What a request cost.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// What a request cost, in the units that DynamoDB bills.
///
/// A read unit is one strongly consistent read of up to 4 KB, an eventually consistent one is half;
/// a write unit is one write of up to 1 KB, and each index entry written counts too. The embedded
/// backend computes what DynamoDB would have charged; a service reports what it did charge.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Cost {
    /// Read capacity units.
    pub read_units: f64,
    /// Write capacity units, of the table and its indexes.
    pub write_units: f64,
}

impl Cost {
    /// Nothing.
    pub const ZERO: Cost = Cost { read_units: 0.0, write_units: 0.0 };

    /// The cost of a read.
    #[must_use]
    pub const fn read(units: f64) -> Self {
        Cost { read_units: units, write_units: 0.0 }
    }

    /// The cost of a write.
    #[must_use]
    pub const fn write(units: f64) -> Self {
        Cost { read_units: 0.0, write_units: units }
    }
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost {
            read_units: self.read_units + other.read_units,
            write_units: self.write_units + other.write_units,
        }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        *self = *self + other;
    }
}

impl Sum for Cost {
    fn sum<T: Iterator<Item = Cost>>(costs: T) -> Cost {
        costs.fold(Cost::ZERO, Add::add)
    }
}
