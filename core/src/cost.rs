//! What a request cost, in the units in which its store counts.

mod meter;

pub use meter::Meter;

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// What a request cost, in the units in which its store counts.
///
/// DynamoDB counts read units and write units, Cosmos DB counts request units. Each unit has a type
/// of its own, because an amount of one says nothing about an amount of another. So costs of the
/// same unit can be added, and units of two kinds are never added.
///
/// A service reports what it charged. The embedded backend calculates what DynamoDB would charge.
///
/// # Example: add up what a job costs
///
/// ```
/// use monotable_core::Cost;
///
/// let requests = [Cost::read(0.5), Cost::read(1.0), Cost::write(3.0)];
/// let cost: Cost = requests.into_iter().sum();
/// assert_eq!(cost.read_units, 1.5);
/// assert_eq!(cost.to_string(), "1.5 read units, 3 write units");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Cost {
    /// What the reads cost, in a store that counts read units.
    pub read_units: ReadUnits,
    /// What the writes cost, to the table and its indexes, in a store that counts write units.
    pub write_units: WriteUnits,
    /// What the request cost, in a store that counts request units.
    pub request_units: RequestUnits,
}

impl Cost {
    /// No cost.
    pub const ZERO: Cost = Cost {
        read_units: ReadUnits(0.0),
        write_units: WriteUnits(0.0),
        request_units: RequestUnits(0.0),
    };

    /// Returns a cost in read units.
    #[must_use]
    pub const fn read(units: f64) -> Self {
        Cost { read_units: ReadUnits(units), ..Cost::ZERO }
    }

    /// Returns a cost in write units.
    #[must_use]
    pub const fn write(units: f64) -> Self {
        Cost { write_units: WriteUnits(units), ..Cost::ZERO }
    }

    /// Returns a cost in request units.
    #[must_use]
    pub const fn request(units: f64) -> Self {
        Cost { request_units: RequestUnits(units), ..Cost::ZERO }
    }
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost {
            read_units: self.read_units + other.read_units,
            write_units: self.write_units + other.write_units,
            request_units: self.request_units + other.request_units,
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

/// Shows each unit of which there is any.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost { read_units, write_units, request_units } = self;
        let units: [(f64, &dyn fmt::Display); 3] = [
            (read_units.get(), read_units),
            (write_units.get(), write_units),
            (request_units.get(), request_units),
        ];
        let mut separator = "";
        for (_, amount) in units.iter().filter(|(amount, _)| *amount != 0.0) {
            write!(f, "{separator}{amount}")?;
            separator = ", ";
        }
        if separator.is_empty() { f.write_str("no cost") } else { Ok(()) }
    }
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident: $shown:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
        pub struct $name(f64);

        impl $name {
            /// Returns the amount as a plain number.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl Add for $name {
            type Output = $name;
            fn add(self, other: $name) -> $name {
                $name(self.0 + other.0)
            }
        }

        impl PartialEq<f64> for $name {
            fn eq(&self, other: &f64) -> bool {
                self.0 == *other
            }
        }

        impl PartialOrd<f64> for $name {
            fn partial_cmp(&self, other: &f64) -> Option<std::cmp::Ordering> {
                self.0.partial_cmp(other)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // Sums of floats have digits that nobody was charged.
                let shown = (self.0 * 1000.0).round() / 1000.0;
                write!(f, concat!("{} ", $shown, "{}"), shown, if shown == 1.0 { "" } else { "s" })
            }
        }
    )*};
}

units! {
    /// An amount of read units, in which DynamoDB counts reads.
    ///
    /// One unit is a strongly consistent read of up to 4 KB. An eventually consistent read costs
    /// half of that, and a read in a transaction costs twice as much.
    ReadUnits: "read unit";
    /// An amount of write units, in which DynamoDB counts writes.
    ///
    /// One unit is a write of up to 1 KB, to the table or to an index. A write in a transaction
    /// costs twice as much.
    WriteUnits: "write unit";
    /// An amount of request units, in which Cosmos DB counts requests of every kind.
    ///
    /// One unit is a point read of an item of 1 KB.
    RequestUnits: "request unit";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_added_each_for_itself() {
        let all = [Cost::read(0.5), Cost::write(2.0), Cost::request(2.5), Cost::read(1.0)];
        let cost: Cost = all.into_iter().sum();
        assert_eq!(cost.read_units, 1.5);
        assert_eq!(cost.write_units, 2.0);
        assert_eq!(cost.request_units, 2.5);
        assert!(cost.read_units > 1.0 && cost.write_units.get() < 3.0);
    }

    #[test]
    fn a_cost_says_its_unit() {
        assert_eq!(Cost::ZERO.to_string(), "no cost");
        assert_eq!(Cost::request(2.5).to_string(), "2.5 request units");
        let both = Cost::read(1.0) + Cost::write(0.5);
        assert_eq!(both.to_string(), "1 read unit, 0.5 write units");
        let sum = Cost::request(0.1) + Cost::request(0.2);
        assert_eq!(sum.to_string(), "0.3 request units");
    }
}
