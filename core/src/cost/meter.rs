//! `Meter`: adds up what the requests to a table cost.

use super::Cost;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Adds up the costs of all requests that are sent to a metered handle of a table: from
/// [`Table::metered`](crate::Table::metered).
///
/// It counts each call to the store: every page of a query, each attempt of a batch, the reads and writes of
/// an `update_with`, and also writes that were refused, which stores charge for. A call that fails with
/// another error has no answer, so its cost is not known and not counted.
///
/// A clone adds to the same sum.
///
/// # Example: find out what a handler costs
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// # use monotable::Meter;
/// # let order = order("ORD-003", 100);
/// let meter = Meter::new();
/// let metered = shop.metered(&meter);
/// order.create().send(&metered).await?;
/// let orders = Order::by_customer("C001").all(&metered).await?;
/// assert_eq!(orders.len(), 3);
/// // A write unit for the table, and one for each of the two indexes.
/// assert_eq!(meter.cost().to_string(), "0.5 read units, 3 write units");
/// # Ok(()) }) }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Cost>>);

impl Meter {
    /// Returns a meter that has counted nothing.
    #[must_use]
    pub fn new() -> Self {
        Meter::default()
    }

    /// Returns the sum of the costs since the meter was created, or since the last [`take`](Meter::take).
    #[must_use]
    pub fn cost(&self) -> Cost {
        *self.sum()
    }

    /// Returns the sum, and starts again at nothing.
    pub fn take(&self) -> Cost {
        std::mem::take(&mut *self.sum())
    }

    pub(crate) fn add(&self, cost: Cost) {
        *self.sum() += cost;
    }

    fn sum(&self) -> MutexGuard<'_, Cost> {
        // A thread that panics cannot leave half a sum.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
