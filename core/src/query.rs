//! Typed queries: what the access patterns of an entity return.
//!
//! `Query<Entity, Remaining, Path>` binds the sort key left to right, by type; `run` reads pages.

mod path;
mod plan;
mod remaining;
mod run;

pub use crate::schema::{AllAttributes, Include, Index, KeysOnly, On, Primary};
pub use path::{ConsistentReads, Yields};
pub use plan::{Arg, arg, bucket_arg};
pub use remaining::{End, Ended, Open, Part, Remaining};

use crate::backend::{At as _, Origin};
use crate::error::{Error, Result};
use crate::field::Condition;
use crate::key::{IntoPart, KeyPart, OrderedKind, PartRange, PartValue, TextKind};
use crate::request::{self, Cursor, Select};
pub use crate::schema::Path;
use crate::schema::{Entity, EntityDef, Schema};
use path::Filters;
pub(crate) use plan::Plan;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Bound;

/// A query of one partition, in the order of the sort key; what an access pattern returns.
///
/// `R` lists the parts of the sort key that are still free: [`eq`](Query::eq) binds the next one,
/// [`range`](Query::range) and [`begins_with`](Query::begins_with) bind it and end the key. What
/// the list has no room for does not compile. `I` is what the query runs on.
///
/// The query is a value: it can be cloned, kept, and run as often as wanted. A key part that
/// cannot be written (an empty one, one too wide) is reported when it runs, before any I/O.
///
/// # Example: the paid orders that were placed in November
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let at = |day: &str| -> Timestamp { format!("{day}T00:00:00Z").parse().unwrap() };
/// let november = at("2026-11-01")..at("2026-12-01");
/// let paid = Order::by_status(Status::Paid).range(november).all(&shop).await?;
/// # assert!(paid.is_empty());
/// # Ok(()) }) }
/// ```
///
/// # Example: the newest of a customer's orders
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let newest = Order::by_customer("C001").begins_with("ORD-").descending().first(&shop).await?;
/// assert_eq!(newest.unwrap().order_id, "ORD-002");
/// # Ok(()) }) }
/// ```
#[must_use = "a query does nothing until `page`, `all`, `first`, `stream` or `count` runs it"]
pub struct Query<E, R, I = Primary> {
    plan: Result<Plan>,
    #[expect(
        clippy::type_complexity,
        reason = "a function type, so that the query is `Send` whatever its markers"
    )]
    types: PhantomData<fn() -> (E, R, I)>,
}

impl<E, R, I> Clone for Query<E, R, I> {
    fn clone(&self) -> Self {
        Query { plan: self.plan.clone(), types: PhantomData }
    }
}

impl<E: Entity, R, I> fmt::Debug for Query<E, R, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Query").field(&self.plan).finish()
    }
}

impl<E, R, I> Query<E, R, I> {
    fn cast<R2>(self) -> Query<E, R2, I> {
        Query { plan: self.plan, types: PhantomData }
    }

    fn bind(&mut self, bind: impl FnOnce(&mut Plan) -> Result<()>) {
        if let Ok(plan) = &mut self.plan
            && let Err(error) = bind(plan)
        {
            self.plan = Err(error).at(plan.origin());
        }
    }

    fn with(mut self, set: impl FnOnce(&mut Plan)) -> Self {
        if let Ok(plan) = &mut self.plan {
            set(plan);
        }
        self
    }

    pub(crate) fn failed(error: Error) -> Self {
        Query { plan: Err(error), types: PhantomData }
    }
}

impl<E: On<I>, R, I> Query<E, R, I> {
    /// For the derives.
    #[doc(hidden)]
    pub fn new(pattern: &'static str, args: &[Arg<'_>]) -> Self {
        let table = <E::Table as Schema>::DEF;
        let entity: &'static EntityDef = E::DEF;
        let plan = Plan::new(table, entity, E::INDEX, pattern, [E::PK, E::SK], args)
            .at(Origin::Pattern(entity.name, pattern));
        Query { plan, types: PhantomData }
    }
}

impl<E: On<I>, R, I: Path> Query<E, R, I> {
    /// Binds the next part of the sort key to one value.
    pub fn eq<V>(mut self, value: V) -> Query<E, R::Rest, I>
    where
        R: Remaining + Open<E>,
        V: IntoPart<R::Field, R::Next>,
    {
        let part = value.into_part();
        self.bind(|plan| plan.eq(&part));
        self.cast()
    }

    /// Binds the next part of the sort key to a range of values, and ends the key.
    ///
    /// An earlier part takes all that continues a value with it: `..=b` has every key whose part
    /// is `b`. A range that nothing can be in, such as `b..a`, yields nothing and costs nothing.
    pub fn range<V>(mut self, range: V) -> Query<E, Ended, I>
    where
        R: Remaining + Open<E>,
        <R::Next as KeyPart>::Kind: OrderedKind<R::Next, <E::Table as Schema>::Encoding>,
        V: PartRange<R::Field, R::Next>,
    {
        let (lower, upper) = range.into_bounds();
        self.bind(|plan| plan.range(part_bound(&lower), part_bound(&upper)));
        self.cast()
    }

    /// Binds the next part of the sort key to the texts with a prefix, and ends the key.
    pub fn begins_with(mut self, prefix: impl AsRef<str>) -> Query<E, Ended, I>
    where
        R: Remaining + Open<E>,
        <R::Next as KeyPart>::Kind: TextKind<R::Next>,
    {
        self.bind(|plan| plan.begins_with(prefix.as_ref()));
        self.cast()
    }

    /// Reads in ascending order of the sort key, which is the default.
    pub fn ascending(self) -> Self {
        self.with(|plan| plan.set_descending(false))
    }

    /// Reads in descending order of the sort key.
    pub fn descending(self) -> Self {
        self.with(|plan| plan.set_descending(true))
    }

    /// Yields at most this many matching items, over all pages. 0 is an error.
    pub fn limit(self, items: usize) -> Self {
        self.with(|plan| plan.set_limit(items))
    }

    /// Reads at most this many items for each page, whether they match the filter or not. 0 is an error.
    ///
    /// Stores bound pages by size, too: 1 MB on DynamoDB and on the embedded store.
    pub fn page_size(self, items: usize) -> Self {
        self.with(|plan| plan.set_page_size(items))
    }

    /// Continues after the page of the same query that returned this cursor; `None` starts at the
    /// beginning.
    ///
    /// # Example: page by page
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let orders = Order::by_customer("C001").page_size(1);
    /// let first = orders.clone().page(&shop).await?;
    /// let next = orders.after(first.cursor).page(&shop).await?;
    /// # assert_eq!(first.items[0].order_id, "ORD-001");
    /// # assert_eq!(next.items[0].order_id, "ORD-002");
    /// # Ok(()) }) }
    /// ```
    pub fn after(self, cursor: impl Into<Option<Cursor>>) -> Self {
        self.with(|plan| plan.set_after(cursor.into()))
    }

    /// Yields only items for which `condition` holds. Filters from repeated calls are combined with AND.
    ///
    /// The store still reads and bills the items that the filter leaves out; only their transfer over
    /// the network is saved. So use a filter to leave out a few items. A question that is asked often
    /// deserves an access pattern of its own.
    /// [`limit`](Query::limit) counts matching items; a page may be short, or empty, and still have
    /// a cursor.
    ///
    /// # Example: the large ones of a customer's orders
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let large = Order::by_customer("C001").filter(Order::TOTAL.gt(1000)).all(&shop).await?;
    /// assert_eq!(large.len(), 1);
    /// # Ok(()) }) }
    /// ```
    pub fn filter(mut self, condition: Condition<E>) -> Self
    where
        I::Projection: Filters<I>,
    {
        self.bind(|plan| {
            plan.add_filter(condition.into_expr()?);
            Ok(())
        });
        self
    }

    /// Uses strongly consistent reads, at twice the read cost.
    pub fn consistent(self) -> Self
    where
        I: ConsistentReads,
    {
        self.with(|plan| plan.set_consistent())
    }

    /// The request for the first page as plain data, for logs and tests; `None` if the range is
    /// empty, so that nothing would be sent.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) if a part cannot be written,
    /// [`is_invalid_request`](Error::is_invalid_request) for a limit of 0,
    /// [`is_invalid_cursor`](Error::is_invalid_cursor) for a cursor of another query.
    pub fn request(&self) -> Result<Option<request::Query>> {
        let plan = self.plan.as_ref().map_err(Error::clone)?;
        let request = plan.request(Select::Items).at(plan.origin())?;
        Ok(request.map(|(request, _)| request))
    }
}

impl<E, R, I> Query<E, R, I> {
    // What newcomers try, as other requests have it.
    #[doc(hidden)]
    pub fn send<T>(self, _: T) -> std::future::Ready<Result<Vec<E>>>
    where
        E: RunBySend,
    {
        std::future::ready(Ok(Vec::new()))
    }
}

fn part_bound<T: PartValue>(bound: &Bound<T>) -> Bound<&dyn PartValue> {
    match bound {
        Bound::Included(part) => Bound::Included(part),
        Bound::Excluded(part) => Bound::Excluded(part),
        Bound::Unbounded => Bound::Unbounded,
    }
}

/// Implemented by nothing: a query is run by what is wanted of it.
#[diagnostic::on_unimplemented(
    message = "a query of `{Self}` is run by what you want of it: `.all(&table)`, `.page(&table)`, `.first(&table)`, `.stream(&table)` or `.count(&table)`",
    label = "not run yet"
)]
#[doc(hidden)]
pub trait RunBySend {}
