//! What the tests expect of a backend, where that is not the same for all and the types do not say it.

use crate::cosmos;
use crate::layer::{Around, Layer, OnePartition, Single};
use monotable::backend::AllIndexes;
use monotable::testing::Recorder;
use monotable::{Backend, Cost, DynamoDb, Embedded};

/// A backend that serves the indexes of every table, so that a test for any backend can open its tables on it; and
/// where it differs from the others at run time.
pub trait Store: Backend<Indexes = AllIndexes> {
    /// Where it differs.
    const TRAITS: Traits;
}

/// Where a backend differs from others.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Traits {
    /// The units in which the cost of a request is.
    pub charge: Charge,
    /// The bytes of items after which a page ends. `None` if the service decides.
    pub page_bytes: Option<usize>,
    /// Whether a page counts all items that were read, and not only those that the filter lets through.
    pub counts_what_it_reads: bool,
    /// The greatest integer of a number in an item.
    pub greatest_integer: u64,
    /// How many times a second, about, a single task can write one item.
    pub writes_each_second: usize,
    /// Whether a cache answers reads of items. It reads consistently what it keeps.
    pub is_cached: bool,
}

/// The units in which the cost of a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// DynamoDB's units, which follow from the sizes of the items.
    Units,
    /// Request units, which are what the service says.
    RequestUnits,
}

impl Traits {
    const DYNAMODB: Traits = Traits {
        charge: Charge::Units,
        page_bytes: Some(1024 * 1024),
        counts_what_it_reads: true,
        greatest_integer: u64::MAX,
        writes_each_second: 300,
        is_cached: false,
    };

    const COSMOS: Traits = Traits {
        charge: Charge::RequestUnits,
        page_bytes: None,
        counts_what_it_reads: false,
        greatest_integer: 1 << 53,
        writes_each_second: 40,
        is_cached: false,
    };

    pub(crate) const fn behind_a_cache(mut self) -> Self {
        self.is_cached = true;
        self
    }

    /// Checks what reads cost: so many read units, or something in another unit.
    #[track_caller]
    pub fn check_reads(&self, cost: Cost, units: f64) {
        match self.charge {
            Charge::Units => assert_eq!(cost, Cost::read(units)),
            Charge::RequestUnits => self.check_is_charged(cost),
        }
    }

    /// Checks that a request was charged in the units of the backend, and in no others.
    #[track_caller]
    pub fn check_is_charged(&self, cost: Cost) {
        let units = cost.read_units.get() + cost.write_units.get();
        let (charged, others) = match self.charge {
            Charge::Units => (units, cost.request_units.get()),
            Charge::RequestUnits => (cost.request_units.get(), units),
        };
        assert!(charged > 0.0 && others == 0.0, "{cost:?}");
    }

    /// Returns a cost as a number.
    #[must_use]
    pub fn amount(&self, cost: Cost) -> f64 {
        self.check_is_charged(cost);
        cost.read_units.get() + cost.write_units.get() + cost.request_units.get()
    }
}

impl<L: 'static> Store for Embedded<L> {
    const TRAITS: Traits = Traits { writes_each_second: 1000, ..Traits::DYNAMODB };
}

impl Store for DynamoDb {
    const TRAITS: Traits = Traits::DYNAMODB;
}

impl<B: Backend> Store for cosmos::Opened<B> {
    const TRAITS: Traits = Traits::COSMOS;
}

impl<A: Around<B>, B: Store> Store for Layer<A, B> {
    const TRAITS: Traits = B::TRAITS;
}

impl<B: Store> Store for Single<B> {
    const TRAITS: Traits = B::TRAITS;
}

impl<B: Store> Store for OnePartition<B> {
    const TRAITS: Traits = B::TRAITS;
}

impl<B: Store> Store for Recorder<B> {
    const TRAITS: Traits = B::TRAITS;
}
