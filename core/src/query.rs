//! Typed queries, which the access patterns of an entity return.
//!
//! `Query<Entity, Remaining, Target>` binds the parts of the sort key from left to right, and its types
//! say which part is next. `plan` holds everything that needs no type parameters, and `run` reads
//! pages.

mod collection;
mod into_cursor;
mod partition;
mod plan;
mod read;
mod remaining;
mod run;
mod target;

pub use crate::entity::{AllFields, Only};
pub use crate::schema::{AllAttributes, Include, Index, KeysOnly, Nth, On, Primary};
pub use collection::{Collection, CollectionPage, CollectionQuery, HasMember, InPartition};
#[doc(hidden)]
pub use collection::{Listed, Members, Named};
pub use into_cursor::IntoCursor;
pub use partition::{Partition, PartitionQuery, Whole};
pub use plan::{Arg, arg, bucket_arg};
#[doc(hidden)]
pub use plan::{AttributeArg, attribute_arg};
pub use remaining::{Attribute, End, Ended, Given, Open, Part, Remaining, Stored};
pub use target::{
    ConsistentReads, Covers, Deletes, Partitioned, Reads, Transacts, WholeItems, Yields,
};

use crate::backend::{At as _, Origin};
use crate::entity::{Projection, names_of};
use crate::error::{Error, Result};
use crate::field::IntoCondition;
use crate::key::{IntoPart, OrderedKind, PartRange, PartValue, TextKind};
use crate::request::{self, Select};
pub use crate::schema::QueryTarget;
use crate::schema::{Entity, Schema};
pub(crate) use plan::Plan;
pub(crate) use run::{items, page, pages, run};
use std::fmt;
use std::marker::PhantomData;

/// Reads items of one partition, in the order of the sort key. An access pattern returns a query.
///
/// `R` is the list of the sort-key parts that are not bound yet. [`eq`](Query::eq) binds the next part.
/// [`range`](Query::range) and [`begins_with`](Query::begins_with) bind the next part and end the key,
/// so that no later part can be bound. Binding a part that the list does not have does not compile.
/// `I` is the index that the query runs on, or [`Primary`]. `O` is what is read of each item: [`AllFields`], or
/// [`Only`] those of a [projection](Query::project).
///
/// A query is a value: you can clone it, keep it and run it several times. If a key part cannot be
/// written, because it is empty or too wide, the error is returned when the query runs, before any I/O.
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
/// # Example: the newest order of a customer
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let newest = Order::by_customer("C001").begins_with("ORD-").descending().first(&shop).await?;
/// assert_eq!(newest.unwrap().order_id, "ORD-002");
/// # Ok(()) }) }
/// ```
#[must_use = "a query does nothing until `page`, `all`, `first`, `stream` or `count` runs it"]
#[doc(alias("scan", "KeyConditionExpression"))]
pub struct Query<E, R, I = Primary, O = AllFields> {
    plan: Result<Plan>,
    #[expect(
        clippy::type_complexity,
        reason = "with a function type, the query is `Send` even if its markers are not"
    )]
    types: PhantomData<fn() -> (E, R, I, O)>,
}

impl<E, R, I, O> Clone for Query<E, R, I, O> {
    fn clone(&self) -> Self {
        Query { plan: self.plan.clone(), types: PhantomData }
    }
}

impl<E: Entity, R, I, O> fmt::Debug for Query<E, R, I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Query").field(&self.plan).finish()
    }
}

impl<E, R, I, O> Query<E, R, I, O> {
    fn cast<R2, O2>(self) -> Query<E, R2, I, O2> {
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

    /// The key parts and settings of the query.
    pub(crate) fn into_plan(self) -> Result<Plan> {
        self.plan
    }
}

impl<E, R, I> Query<E, R, I> {
    pub(crate) fn failed(error: Error) -> Self {
        Query { plan: Err(error), types: PhantomData }
    }
}

impl<E: On<I>, R, I> Query<E, R, I> {
    /// For the derives.
    #[doc(hidden)]
    pub fn new(pattern: &'static str, args: &[Arg<'_>]) -> Self {
        Query { plan: plan::<E, I>(pattern, args), types: PhantomData }
    }
}

impl<E: On<I>, R, I> Query<E, R, I> {
    /// For the derives: a query by one field. As most are by one, they have a function that takes the
    /// argument as it is; it is less for users' compilers than an array of one.
    #[doc(hidden)]
    pub fn of<T>(
        pattern: &'static str,
        field: u16,
        value: impl IntoPart<T>,
        part: fn(&T) -> Option<&dyn PartValue>,
    ) -> Self {
        let value = value.into_part();
        Self::new(pattern, &[arg(field, part(&value))])
    }
}

impl<E: On<I>, R, I> Query<E, R, I> {
    /// For the derives: a query of an index whose keys are attributes, with the values of all attributes of the
    /// partition key.
    #[doc(hidden)]
    pub fn of_attributes<const N: usize>(
        pattern: &'static str,
        partition: [AttributeArg; N],
    ) -> Self {
        let (table, entity) = (<E::Table as Schema>::DEF, E::DEF);
        let plan = Plan::of_attributes(table, entity, E::INDEX, pattern, partition.into());
        Query { plan: plan.at(Origin::Pattern(entity.name, pattern)), types: PhantomData }
    }
}

impl<E: On<I>, R, I: QueryTarget, O> Query<E, R, I, O> {
    /// Binds the next part of the sort key to one value.
    pub fn eq<V>(mut self, value: V) -> Query<E, R::Rest, I, O>
    where
        R: Remaining + Open<E>,
        V: IntoPart<R::Next, R::Presence>,
    {
        let part = value.into_part();
        self.bind(|plan| plan.eq(R::given(&part)));
        self.cast()
    }

    /// Binds the next part of the sort key to a range of values, and ends the key.
    ///
    /// The range includes every key whose part is in it, whatever comes after the part: `..=b`
    /// includes all keys whose part is `b`. An empty range such as `b..a` returns no items, and
    /// nothing is sent.
    ///
    /// If the part is a time, the range can also be one of dates: `june_1..=june_21` has all times of the last day,
    /// and `june_1` alone is a whole day. The same is true of a [`Month`](crate::key::Month) and a
    /// [`Year`](crate::key::Year). For a point in time, such as jiff's `Timestamp`, these are days in UTC. Where a
    /// day of another time zone begins, you have to say: see the second example.
    ///
    /// # Example: all times of some days, in UTC
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// use jiff::civil::date;
    /// use monotable::key::Month;
    ///
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let paid = || Order::by_status(Status::Paid);
    /// let june = paid().range(date(2026, 6, 1)..=date(2026, 6, 21)).all(&shop).await?;
    /// let today = paid().range(date(2026, 6, 1)).all(&shop).await?;
    /// let this_month = paid().range(Month::from(date(2026, 6, 1))).all(&shop).await?;
    /// # assert!(june.is_empty() && today.is_empty() && this_month.is_empty());
    /// # Ok(()) }) }
    /// ```
    ///
    /// # Example: all times of some days in a time zone
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// use jiff::civil::{Date, date};
    /// use jiff::tz::{self, TimeZone};
    ///
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// // With jiff's time zones, `TimeZone::get("Europe/Berlin")`.
    /// let zone = TimeZone::fixed(tz::offset(2));
    /// let begin = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap();
    /// let days = begin(date(2026, 6, 1))..begin(date(2026, 6, 22));
    /// let paid = Order::by_status(Status::Paid).range(days).all(&shop).await?;
    /// # assert_eq!(paid, []);
    /// # Ok(()) }) }
    /// ```
    pub fn range<V>(mut self, range: V) -> Query<E, Ended, I, O>
    where
        R: Remaining + Open<E>,
        R::Kind: OrderedKind<R::Next, <E::Table as Schema>::Encoding>,
        V: PartRange<R::Next, R::Presence>,
    {
        let (lower, upper) = range.into_bounds();
        self.bind(|plan| plan.range(lower.as_ref().map(R::given), upper.as_ref().map(R::given)));
        self.cast()
    }

    /// Binds the next part of the sort key to all texts that begin with `prefix`, and ends the key.
    pub fn begins_with(mut self, prefix: impl AsRef<str>) -> Query<E, Ended, I, O>
    where
        R: Remaining + Open<E>,
        R::Kind: TextKind<R::Next>,
    {
        self.bind(|plan| plan.begins_with(prefix.as_ref()));
        self.cast()
    }

    /// Reads in ascending order of the sort key, which is the default.
    pub fn ascending(self) -> Self {
        self.with(|plan| plan.set_descending(false))
    }

    /// Reads in descending order of the sort key.
    #[doc(alias = "ScanIndexForward")]
    pub fn descending(self) -> Self {
        self.with(|plan| plan.set_descending(true))
    }

    /// Returns at most `items` matching items, over all pages. A limit of 0 is an error.
    pub fn limit(self, items: usize) -> Self {
        self.with(|plan| plan.set_limit(items))
    }

    /// Reads at most `items` items for each page, whether they match the filter or not. A size of 0 is
    /// an error.
    ///
    /// Stores also limit the bytes of a page: 1 MB on DynamoDB and in the embedded store.
    #[doc(alias = "Limit")]
    pub fn page_size(self, items: usize) -> Self {
        self.with(|plan| plan.set_page_size(items))
    }

    /// Continues after the page that returned this cursor, which has to be a page of the same query.
    /// `None` starts at the beginning.
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
    #[doc(alias = "ExclusiveStartKey")]
    pub fn after(self, cursor: impl IntoCursor) -> Self {
        self.with(|plan| plan.set_after(cursor.into_cursor()))
    }

    /// Returns only items for which `condition` holds. Filters from repeated calls are combined with
    /// AND.
    ///
    /// The store still reads the items that the filter leaves out, and charges for them. Only their
    /// transfer over the network is saved. So use a filter to leave out a few items. If you often need
    /// a small part of a partition, declare an access pattern for it.
    ///
    /// [`limit`](Query::limit) counts matching items. A page may have few items or none, and still
    /// have a cursor.
    ///
    /// # Example: the large orders of a customer
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let large = Order::by_customer("C001").filter(Order::TOTAL.gt(1000)).all(&shop).await?;
    /// assert_eq!(large.len(), 1);
    /// # Ok(()) }) }
    /// ```
    #[doc(alias = "FilterExpression")]
    pub fn filter(mut self, condition: impl IntoCondition<E, I::Projection>) -> Self {
        self.bind(|plan| {
            plan.add_filter(condition.into_condition().into_expr()?);
            Ok(())
        });
        self
    }

    /// Uses strongly consistent reads, at twice the read cost. The primary key and local indexes have them.
    #[doc(alias = "ConsistentRead")]
    pub fn consistent(self) -> Self
    where
        I: ConsistentReads,
    {
        self.with(|plan| plan.set_consistent())
    }

    /// Returns the request for the first page as plain data, for logs and tests. Returns `None` if the
    /// range is empty, because then nothing is sent.
    ///
    /// # Errors
    ///
    /// [`is_invalid_key`](Error::is_invalid_key) if a part of the key cannot be written;
    /// [`is_invalid_request`](Error::is_invalid_request) for a limit of 0;
    /// [`is_invalid_cursor`](Error::is_invalid_cursor) for a cursor of another query.
    pub fn request(&self) -> Result<Option<request::Query>> {
        let plan = self.plan.as_ref().map_err(Error::clone)?;
        let request = plan.request(Select::Items).at(plan.origin())?;
        Ok(request.map(|(request, _)| request))
    }
}

impl<E: On<I>, R, I: QueryTarget> Query<E, R, I> {
    /// Reads only the fields of the projection `P`, which is a struct with `#[derive(Projection)]`.
    ///
    /// The other fields are not transferred. The store reads and charges for whole items nevertheless: DynamoDB
    /// rounds up the size of the items and not of what it returns. So a projection saves time and memory. An index
    /// that projects few attributes saves read units, too.
    ///
    /// A query of an index that does not have a field of the projection does not compile.
    ///
    /// # Example: the totals of a customer's orders
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// #[derive(Debug, PartialEq, Projection)]
    /// #[projection(of = Order)]
    /// struct OrderLine {
    ///     order_id: String,
    ///     total: u64,
    /// }
    ///
    /// let lines = Order::by_customer("C001").project::<OrderLine>().all(&shop).await?;
    /// assert_eq!(lines[0], OrderLine { order_id: "ORD-001".into(), total: 4_500 });
    /// # Ok(()) }) }
    /// ```
    #[doc(alias = "ProjectionExpression")]
    pub fn project<P: Projection<E>>(mut self) -> Query<E, R, I, Only<P>>
    where
        I::Projection: Covers<P, P::Fields>,
    {
        if let Ok(plan) = &mut self.plan {
            plan.set_attributes(names_of::<E, P>());
        }
        self.cast()
    }
}

impl<E, R, I, O> Query<E, R, I, O> {
    // Newcomers try this method, because other requests have it. It gives them a message.
    #[doc(hidden)]
    pub fn send<T>(self, _: T) -> std::future::Ready<Result<Vec<E>>>
    where
        E: RunBySend,
    {
        std::future::ready(Ok(Vec::new()))
    }
}

/// The plan of a query of the key of `E` on `I`.
fn plan<E: On<I>, I>(pattern: &'static str, args: &[Arg<'_>]) -> Result<Plan> {
    let (table, entity) = (<E::Table as Schema>::DEF, E::DEF);
    Plan::new(table, entity, E::INDEX, pattern, [E::PK, E::SK], E::IS_MIXED, args)
        .at(Origin::Pattern(entity.name, pattern))
}

/// Implemented by nothing, so that the compiler names the methods that run a query.
#[diagnostic::on_unimplemented(
    message = "a query of `{Self}` is not run by `send`: use `.all(&table)`, `.page(&table)`, `.first(&table)`, `.stream(&table)` or `.count(&table)`",
    label = "not run yet"
)]
#[doc(hidden)]
pub trait RunBySend {}
