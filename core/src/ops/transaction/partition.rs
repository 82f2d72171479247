//! `transaction_in`: a transaction whose writes are all in one partition.

use super::{Part, Transaction};
use crate::backend::{Backend, Item, Transactions};
use crate::error::Result;
use crate::field::role::GuardsInPartition;
use crate::ops::support::{InTable, SamePartition, SameTable, check_partition, partition_key};
use crate::query::{Partition, Transacts};
use crate::schema::{Entity, Schema};
use crate::table::Table;

/// What a transaction writes in: any partitions of the table.
#[derive(Debug)]
pub enum Anywhere {}

/// What a [`Transaction`] writes in: [`Anywhere`], or the [`Partition`] of an entity.
///
/// It admits writes of entity `E` that follow the rules `R`.
pub trait Admits<E, R> {}

#[diagnostic::do_not_recommend]
impl<E, R> Admits<E, R> for Anywhere {}

impl<P, E, R> Admits<E, R> for Partition<P>
where
    P: Entity,
    E: Entity<Partition: SamePartition<P::Partition, E, P>>,
    R: GuardsInPartition<E>,
{
}

impl<S: Schema, B: Backend> Table<S, B> {
    /// Creates an empty transaction in one partition. The writes that are added to it happen together or not
    /// at all.
    ///
    /// Every backend with [`Transactions`](crate::Transactions) has it, also one whose transactions cannot
    /// write in several partitions. It takes the entities whose partition key has the template of the given
    /// partition's. The key of each item is compared with the partition before anything is sent.
    ///
    /// An entity with unique fields is taken if the guards are in the partition of the item: if `unique` has
    /// the `pk` of the entity.
    ///
    /// # Example: create an order and count it, in the partition of the customer
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// # let order = order("ORD-003", 100);
    /// shop.transaction_in(Customer::partition("C001"))
    ///     .add(order.create())
    ///     .add(Customer::key("C001").update().increment(Customer::ORDER_COUNT, 1))
    ///     .send()
    ///     .await?;
    /// # assert_eq!(Customer::get("C001").send(&shop).await?.unwrap().order_count, 1);
    /// # Ok(()) }) }
    /// ```
    pub fn transaction_in<E: Entity<Table: SameTable<S, E>>, I: Transacts>(
        &self,
        partition: Partition<E, I>,
    ) -> Transaction<S, B, Partition<InTable<S, E>>>
    where
        B: Transactions,
    {
        match partition_key(partition) {
            Ok(partition) => Transaction::new(self, Some(partition)),
            Err(error) => Transaction { writes: Err(error), ..Transaction::new(self, None) },
        }
    }
}

/// Checks that a write is in the partition, with its unique guards. `at` is its place in the transaction.
pub(super) fn check<I: Item>(partition: &str, at: usize, write: &Part<I>) -> Result<()> {
    write.items().try_for_each(|item| check_partition(partition, at, item.entity(), item.key()))
}
