//! `transact_get_in`: reads several items of one partition in one transaction.

use super::{Gets, TransactGet};
use crate::backend::{Backend, Transactions, transact_gets};
use crate::ops::support::{InTable, SamePartition, SameTable, partition_key};
use crate::query::{Partition, Transacts};
use crate::schema::{Entity, Schema};
use crate::table::Table;

impl<S: Schema, B: Backend> Table<S, B> {
    /// Reads several items of one partition in one transaction, like
    /// [`transact_get`](Table::transact_get) for items of any partitions.
    ///
    /// Every backend with [`Transactions`](crate::Transactions) has it, also one whose transactions cannot
    /// read several partitions. The key of each item is compared with the partition before anything is sent.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let gets = (Customer::get("C001"), Order::get("C001", "ORD-001"));
    /// let (customer, order) = shop.transact_get_in(Customer::partition("C001"), gets).send().await?;
    /// # assert!(customer.is_some() && order.is_some());
    /// # Ok(()) }) }
    /// ```
    pub fn transact_get_in<E: Entity<Table: SameTable<S, E>>, I: Transacts, G: Gets<S>>(
        &self,
        partition: Partition<E, I>,
        gets: G,
    ) -> TransactGet<S, B, G>
    where
        B: Transactions,
        Partition<InTable<S, E>>: HasAll<G::Entities>,
    {
        let partition = partition_key(partition).map(Some);
        TransactGet { table: self.clone(), partition, gets, transact: transact_gets }
    }
}

/// A [`Partition`] that can have items of all entities in a tuple.
pub trait HasAll<Entities> {}

macro_rules! tuples {
    ($($($e:ident)*;)*) => {$(
        impl<P: Entity, $($e),*> HasAll<($($e,)*)> for Partition<P>
        where
            $($e: Entity<Partition: SamePartition<P::Partition, $e, P>>,)*
        {
        }
    )*};
}

tuples! {
    E1;
    E1 E2;
    E1 E2 E3;
    E1 E2 E3 E4;
    E1 E2 E3 E4 E5;
    E1 E2 E3 E4 E5 E6;
    E1 E2 E3 E4 E5 E6 E7;
    E1 E2 E3 E4 E5 E6 E7 E8;
    E1 E2 E3 E4 E5 E6 E7 E8 E9;
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10;
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11;
    E1 E2 E3 E4 E5 E6 E7 E8 E9 E10 E11 E12;
}
