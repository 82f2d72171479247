//! `Partition`: a partition as a value, and the query of the items of all entities in it.

mod read;

use super::plan::{Arg, Plan, arg};
use super::target::{ConsistentReads, Partitioned, WholeItems};
use super::{IntoCursor, Query, plan};
use crate::backend::At as _;
use crate::entity::Key;
use crate::error::{Error, Result};
use crate::key::{IntoPart, PartRange, PartValue};
use crate::request::{self, Select, SortKeys};
use crate::schema::{Entity, On, Primary, QueryTarget, Schema};
use std::fmt;
use std::marker::PhantomData;

/// The name of the function that the derive gives to an entity, for messages.
const NAME: &str = "partition";

/// A partition of the table or of an index: all items that have one partition key, of every entity.
///
/// It is made from the partition key of an entity. `Customer::partition("C001")` and
/// `Order::by_customer("C001").partition()` are the same partition if both entities have the same template
/// of the partition key. `I` is the index that the partition is of, or [`Primary`].
///
/// It is a value: you can clone it and keep it. If a part of the key cannot be written, the error is
/// returned when a request is sent, before any I/O.
///
/// | what | how |
/// |---|---|
/// | read its items, as variants of the table's enum | [`query`](Partition::query) |
/// | read its items as a struct with a member for each entity | [`Collection::of`](crate::Collection::of) |
/// | count its items | [`count`](Partition::count) |
/// | delete its items | [`delete_all`](Partition::delete_all) |
///
/// # Example: a customer with all orders
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let (mut name, mut total) = (String::new(), 0);
/// for item in Customer::partition("C001").query().all(&shop).await? {
///     match item {
///         Shop::Customer(customer) => name = customer.name,
///         Shop::Order(order) => total += order.total,
///         _ => {} // No other entity has this partition key.
///     }
/// }
/// assert_eq!((name.as_str(), total), ("Ada", 5_499));
/// # Ok(()) }) }
/// ```
#[doc(alias = "item collection")]
pub struct Partition<E, I = Primary> {
    pub(super) plan: Result<Plan>,
    types: PhantomData<fn() -> (E, I)>,
}

impl<E: On<I>, R, I> Query<E, R, I> {
    /// Returns the partition that the query reads, with the items of all entities in it.
    ///
    /// This is a method of an access pattern alone: the query must have no bound sort key and no settings.
    /// An index whose keys are attributes has no partitions as values.
    pub fn partition(self) -> Partition<E, I>
    where
        E: Whole<I, R>,
        I: Partitioned,
    {
        Partition::within(self.plan)
    }
}

impl<E: Entity> Key<E> {
    /// Returns the partition that the item is in, with the items of all entities in it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// let order = Order::get("C001", "ORD-001").send(&shop).await?.unwrap();
    /// assert_eq!(order.primary_key().partition().query().count(&shop).await?, 3);
    /// # Ok(()) }) }
    /// ```
    pub fn partition(&self) -> Partition<E> {
        let plan = self.render().map(|key| {
            let (table, entity) = (<E::Table as Schema>::DEF, E::DEF.name);
            Plan::of_partition(request::Query::new(table, entity, NAME, key.pk, SortKeys::All))
        });
        Partition { plan, types: PhantomData }
    }
}

/// An entity whose access pattern on `I` has the list `R` of sort-key parts when nothing is bound. The derive
/// implements it.
// For the entity and not for the list: an implementation for a public type would make the entity reachable,
// and the compiler would warn of what is private in it.
#[diagnostic::on_unimplemented(
    message = "a partition is more than this query of `{Self}` reads: call `.partition()` on the access pattern alone, without `.eq(..)`, `.range(..)` and `.begins_with(..)`",
    label = "reads a part of the partition"
)]
pub trait Whole<I, R> {}

impl<E: On<Primary>> Partition<E> {
    /// For the derives.
    #[doc(hidden)]
    pub fn new(args: &[Arg<'_>]) -> Self {
        Partition::within(plan::<E, Primary>(NAME, args))
    }

    /// For the derives: a partition key with one field, see [`Query::of`].
    #[doc(hidden)]
    pub fn of<T>(
        field: u16,
        value: impl IntoPart<T>,
        part: fn(&T) -> Option<&dyn PartValue>,
    ) -> Self {
        let value = value.into_part();
        Self::new(&[arg(field, part(&value))])
    }
}

impl<E, I> Partition<E, I> {
    /// The partition that a query without settings reads.
    fn within(plan: Result<Plan>) -> Self {
        let plan = plan.and_then(|plan| {
            let origin = plan.origin();
            plan.into_partition(NAME).at(origin)
        });
        Partition { plan, types: PhantomData }
    }

    /// Returns the query of all its items, of every entity.
    pub fn query(self) -> PartitionQuery<E, I>
    where
        I: QueryTarget,
        I::Projection: WholeItems<I>,
    {
        PartitionQuery { plan: self.plan, types: PhantomData }
    }
}

/// Reads items of all entities of a partition, in the order of the sort key, as variants of the table's
/// enum: from [`Partition::query`].
///
/// The unique guards that may be in the partition are left out. An item that is of no entity of the table
/// is an error, unless [`skip_unknown`](PartitionQuery::skip_unknown) is called.
///
/// # Example: the newest entries of several entities, page by page
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
/// # fn main() -> monotable::Result<()> { example(async |shop| {
/// let newest = Customer::partition("C001").query().begins_with("ORDER#").descending().limit(1);
/// let page = newest.page(&shop).await?;
/// assert!(matches!(&page.items[..], [Shop::Order(order)] if order.order_id == "ORD-002"));
/// # Ok(()) }) }
/// ```
#[must_use = "a query does nothing until `page`, `all`, `first`, `stream` or `count` runs it"]
pub struct PartitionQuery<E, I = Primary> {
    pub(super) plan: Result<Plan>,
    types: PhantomData<fn() -> (E, I)>,
}

impl<E, I> PartitionQuery<E, I> {
    fn with(mut self, set: impl FnOnce(&mut Plan)) -> Self {
        if let Ok(plan) = &mut self.plan {
            set(plan);
        }
        self
    }
}

impl<E: Entity, I: QueryTarget> PartitionQuery<E, I> {
    /// Reads the items whose sort keys begin with this text, as it is stored, such as `ORDER#`. It replaces
    /// what an earlier call chose.
    pub fn begins_with(self, text: impl AsRef<str>) -> Self {
        self.with(|plan| plan.begins_with_text(text.as_ref()))
    }

    /// Reads the items whose sort keys are in this range of texts, as they are stored. It replaces what an
    /// earlier call chose. An empty range returns no items, and nothing is sent.
    ///
    /// In a key, text is [escaped](crate::key). Take the text of a typed key from
    /// [`Key::render`](crate::Key::render).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// // The orders from this one on, and the customer.
    /// let first = Order::key("C001", "ORD-002").render()?.sk;
    /// let items = Customer::partition("C001").query().range(first..="PROFILE".to_owned());
    /// assert_eq!(items.count(&shop).await?, 2);
    /// # Ok(()) }) }
    /// ```
    pub fn range(self, texts: impl PartRange<String>) -> Self {
        let (lower, upper) = texts.into_bounds();
        self.with(|plan| {
            plan.text_range(lower.as_ref().map(String::as_str), upper.as_ref().map(String::as_str));
        })
    }

    /// Reads in ascending order of the sort key, which is the default.
    pub fn ascending(self) -> Self {
        self.with(|plan| plan.set_descending(false))
    }

    /// Reads in descending order of the sort key.
    pub fn descending(self) -> Self {
        self.with(|plan| plan.set_descending(true))
    }

    /// Returns at most `items` items, over all pages. A limit of 0 is an error.
    pub fn limit(self, items: usize) -> Self {
        self.with(|plan| plan.set_limit(items))
    }

    /// Reads at most `items` items for each page. A size of 0 is an error.
    pub fn page_size(self, items: usize) -> Self {
        self.with(|plan| plan.set_page_size(items))
    }

    /// Continues after the page that returned this cursor, which has to be a page of the same query.
    /// `None` starts at the beginning.
    pub fn after(self, cursor: impl IntoCursor) -> Self {
        self.with(|plan| plan.set_after(cursor.into_cursor()))
    }

    /// Leaves out the items that are of no entity of the table, which another program has stored. The store
    /// reads them nevertheless, and charges for them.
    pub fn skip_unknown(self) -> Self {
        self.with(Plan::skip_unknown)
    }

    /// Uses strongly consistent reads, at twice the read cost. The primary key and local indexes have them.
    pub fn consistent(self) -> Self
    where
        I: ConsistentReads,
    {
        self.with(Plan::set_consistent)
    }

    /// Returns the request for the first page as plain data, for logs and tests. Returns `None` if the
    /// range is empty, because then nothing is sent.
    ///
    /// # Errors
    ///
    /// The errors of [`Query::request`].
    pub fn request(&self) -> Result<Option<request::Query>> {
        let plan = self.plan.as_ref().map_err(Error::clone)?;
        let request = plan.request(Select::Items).at(plan.origin())?;
        Ok(request.map(|(request, _)| request))
    }
}

macro_rules! value {
    ($($name:ident),*) => {$(
        impl<E, I> Clone for $name<E, I> {
            fn clone(&self) -> Self {
                $name { plan: self.plan.clone(), types: PhantomData }
            }
        }

        impl<E, I> $name<E, I> {
            /// The key and settings.
            pub(crate) fn into_plan(self) -> Result<Plan> {
                self.plan
            }
        }

        impl<E, I> fmt::Debug for $name<E, I> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.plan).finish()
            }
        }
    )*};
}
value!(Partition, PartitionQuery);
