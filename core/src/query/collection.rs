//! Collections: structs whose members are the items of several entities in one partition, read together.

mod members;
mod range;
mod read;

pub use members::{Collection, HasMember, InPartition, Listed, Members, Named};
pub use read::CollectionPage;

use super::Partition;
use super::plan::Plan;
use super::target::ConsistentReads;
use crate::backend::{At as _, Origin};
use crate::error::Result;
use crate::expr::{Comparison, Expr, Path};
use crate::field::IntoCondition;
use crate::request::{self, Select};
use crate::schema::Entity;
use crate::value::Value;
use range::Ranges;
use std::fmt;
use std::marker::PhantomData;

/// Reads a collection: from [`Collection::of`].
///
/// This is one query with the tightest range of sort keys that has the items of all members.
#[must_use = "a request does nothing until it is sent"]
pub struct CollectionQuery<C: Collection> {
    plan: Result<Plan>,
    /// The sort keys of each member.
    ranges: Ranges,
    limit: Option<usize>,
    types: PhantomData<fn() -> C>,
}

impl<C: Collection> CollectionQuery<C> {
    const ORIGIN: Origin = Origin::Pattern(C::DEF.name, "of");

    pub(super) fn new<E, I>(partition: Partition<E, I>) -> Self {
        let ranges = partition.into_plan().and_then(|plan| {
            let ranges = Ranges::new(C::DEF, plan.partition_key());
            ranges.map(|ranges| (plan, ranges)).at(Self::ORIGIN)
        });
        let (plan, ranges) = match ranges {
            Ok((plan, ranges)) => (Ok(plan.in_range(C::DEF.name, ranges.cover())), ranges),
            Err(error) => (Err(error), Ranges::default()),
        };
        CollectionQuery { plan, ranges, limit: None, types: PhantomData }
    }

    fn with(mut self, set: impl FnOnce(&mut Plan)) -> Self {
        if let Ok(plan) = &mut self.plan {
            set(plan);
        }
        self
    }

    /// Reads in ascending order of the sort key, which is the default. The items of each list have this
    /// order.
    pub fn ascending(self) -> Self {
        self.with(|plan| plan.set_descending(false))
    }

    /// Reads in descending order of the sort key.
    pub fn descending(self) -> Self {
        self.with(|plan| plan.set_descending(true))
    }

    /// Reads at most `items` items of the member that is read last, which has to be a list: "the customer
    /// and the newest orders". The other members are read completely, and cannot be lists. A limit of 0 is
    /// an error.
    ///
    /// It is an error if items of other members can be among those of the list, which `mixed` access patterns
    /// allow.
    ///
    /// The order of reading is that of the sort keys, and not that of the struct. With sort keys `ORDER#..`
    /// and `PROFILE`, the customer is after the orders, so it is read first in
    /// [`descending`](CollectionQuery::descending) order.
    ///
    /// # Example: a customer with the newest order
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// #[derive(Collection)]
    /// struct CustomerOrders {
    ///     customer: Customer,
    ///     orders: Vec<Order>,
    /// }
    ///
    /// let newest = CustomerOrders::of(Customer::partition("C001")).descending().limit(1);
    /// let found = newest.send(&shop).await?;
    /// assert_eq!(found.customer.name, "Ada");
    /// assert_eq!(found.orders[0].order_id, "ORD-002");
    /// # Ok(()) }) }
    /// ```
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// Reads only those items of entity `E` for which `condition` holds, in each member that it has. The other
    /// members are not filtered. The store reads and charges for the items that are left out.
    pub fn filter<E: Entity>(mut self, condition: impl IntoCondition<E>) -> Self
    where
        C: HasMember<E>,
    {
        if let Ok(plan) = &mut self.plan {
            match condition.into_condition().into_expr() {
                Ok(condition) => {
                    let tag = Path::attribute(C::DEF.table.tag);
                    let other = Expr::Compare(tag, Comparison::Ne, Value::from(E::DEF.name));
                    plan.add_filter(other.or(condition));
                }
                Err(error) => self.plan = Err(error).at(Self::ORIGIN),
            }
        }
        self
    }

    /// Leaves out the items that are of no member, which another program has stored. Without it, they are an
    /// error.
    pub fn skip_unknown(self) -> Self {
        self.with(|plan| {
            let mut names: Vec<_> =
                C::DEF.members.iter().map(|member| member.entity.name).collect();
            names.sort_unstable();
            names.dedup();
            let names = names.into_iter().map(Value::from).collect();
            plan.add_filter(Expr::In(Path::attribute(C::DEF.table.tag), names));
        })
    }

    /// Uses strongly consistent reads, at twice the read cost. The primary key and local indexes have them.
    pub fn consistent(self) -> Self
    where
        C::Index: ConsistentReads,
    {
        self.with(Plan::set_consistent)
    }

    /// Returns the request for the first page as plain data, for logs and tests.
    ///
    /// # Errors
    ///
    /// The errors of [`send`](CollectionQuery::send) that are found before any I/O.
    pub fn request(&self) -> Result<Option<request::Query>> {
        let plan = self.limited()?;
        let request = plan.request(Select::Items).at(Self::ORIGIN)?;
        Ok(request.map(|(request, _)| request))
    }
}

impl<C: Collection> Clone for CollectionQuery<C> {
    fn clone(&self) -> Self {
        let (plan, ranges) = (self.plan.clone(), self.ranges.clone());
        CollectionQuery { plan, ranges, limit: self.limit, types: PhantomData }
    }
}

impl<C: Collection> fmt::Debug for CollectionQuery<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("CollectionQuery");
        debug.field("plan", &self.plan).field("limit", &self.limit).finish()
    }
}
