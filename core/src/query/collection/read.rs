//! How a collection is read.

use super::range::Ranges;
use super::{Collection, CollectionQuery, Members};
use crate::backend::{At as _, Backend, Item, item_place};
use crate::cost::Cost;
use crate::error::{Error, Kind, Result};
use crate::query::plan::Plan;
use crate::query::run::run;
use crate::request::{Cursor, Position, Select};
use crate::schema::{CollectionDef, Count, IndexKeys};
use crate::table::Table;

/// A collection with what else is known from reading it: from [`CollectionQuery::page`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CollectionPage<C> {
    /// The collection.
    pub collection: C,
    /// Where to go on, if there may be more items than the [`limit`](CollectionQuery::limit). It is a cursor of the
    /// access pattern of the member that is read last: give it to [`Query::after`](crate::Query::after) of a query
    /// in the same direction. That query may find nothing, because stores do not always know that there are no
    /// more items.
    pub cursor: Option<Cursor>,
    /// The cost of the calls, as far as it is known.
    pub cost: Cost,
}

impl<C: Collection> CollectionQuery<C> {
    /// Reads the collection. All of its items are in memory, so use [`limit`](CollectionQuery::limit) if there
    /// may be many.
    ///
    /// # Errors
    ///
    /// Before any I/O: [`is_invalid_key`](Error::is_invalid_key);
    /// [`is_invalid_request`](Error::is_invalid_request) for a limit of 0, or if the members are not in an order
    /// that can be limited.
    ///
    /// Later: [`is_not_found`](Error::is_not_found) if there is no item for a member of type `T`;
    /// [`is_decode`](Error::is_decode), with the key, if an item is of no member; the errors of the backend.
    pub async fn send<B: Backend>(self, table: &Table<C::Table, B>) -> Result<C> {
        Ok(self.page(table).await?.collection)
    }

    /// Reads the collection, and returns a cursor if there are more items than the
    /// [`limit`](CollectionQuery::limit).
    ///
    /// # Errors
    ///
    /// The errors of [`send`](CollectionQuery::send).
    ///
    /// # Example: a customer with the first orders, and then the rest
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/shop.rs"));
    /// # fn main() -> monotable::Result<()> { example(async |shop| {
    /// #[derive(Collection)]
    /// struct CustomerOrders {
    ///     customer: Option<Customer>,
    ///     orders: Vec<Order>,
    /// }
    ///
    /// let first = CustomerOrders::of(Customer::partition("C001")).descending().limit(1);
    /// let first = first.page(&shop).await?;
    /// assert_eq!(first.collection.orders[0].order_id, "ORD-002");
    ///
    /// let rest = Order::by_customer("C001").descending().after(first.cursor).all(&shop).await?;
    /// assert_eq!(rest[0].order_id, "ORD-001");
    /// # Ok(()) }) }
    /// ```
    pub async fn page<B: Backend>(self, table: &Table<C::Table, B>) -> Result<CollectionPage<C>> {
        let mut plan = self.limited()?;
        let mut read = Read::<C> {
            lists: C::Lists::default(),
            last: self.ranges.last(plan.is_descending()),
            room: self.limit.unwrap_or(usize::MAX),
            position: None,
            has_more: false,
        };
        let mut cost = Cost::ZERO;
        while let Some((page, cursor)) = run(&plan, table, Select::Items).await? {
            cost += page.cost;
            let count = page.items.len();
            for item in page.items {
                read.push(&plan, &self.ranges, item).at(Self::ORIGIN)?;
            }
            if !plan.advance_past(count, cursor.as_ref()) {
                read.has_more |= cursor.is_some();
                break;
            }
        }
        let cursor = match (read.position, read.last) {
            (Some(position), Some(last)) if read.has_more => {
                Some(self.ranges.cursor(C::DEF, last, &plan, &position).at(Self::ORIGIN)?)
            }
            _ => None,
        };
        let members = Members { collection: C::DEF, pk: plan.partition_key() };
        let collection = C::collect(read.lists, &members).at(Self::ORIGIN)?;
        Ok(CollectionPage { collection, cursor, cost })
    }

    /// The plan with the limit of all items.
    pub(super) fn limited(&self) -> Result<Plan> {
        let mut plan = self.plan.clone()?;
        let Some(limit) = self.limit else { return Ok(plan) };
        let members = C::DEF.members;
        let last = self.ranges.last(plan.is_descending()).and_then(|last| members.get(last));
        let Some(last) = last.filter(|last| last.count == Count::Many) else {
            let last = last.map_or("", |last| last.field);
            let other = if plan.is_descending() { "ascending" } else { "descending" };
            let message = format!(
                "`{last}` is read last and is no list, so a limit would leave it out: use `.{other}()`, or no limit"
            );
            return Err(Error::new(Kind::InvalidRequest, message)).at(Self::ORIGIN);
        };
        let lists = || members.iter().filter(|member| member.count == Count::Many);
        if let Some(other) = lists().find(|member| member.field != last.field) {
            let message = format!(
                "`{}` is a list, too, and is read before `{}`, so it is not known how many items to read: use a \
                 collection without it, or no limit",
                other.field, last.field
            );
            return Err(Error::new(Kind::InvalidRequest, message)).at(Self::ORIGIN);
        }
        // What is read before the last member does not depend on how many of its items there are.
        let place = self.ranges.last(plan.is_descending());
        if let Some(other) = place.and_then(|last| self.ranges.among(last)) {
            let other = members.get(other).map_or("", |other| other.field);
            let message = format!(
                "`{other}` can be between the items of `{}`, so a limit could leave it out: use no limit",
                last.field
            );
            return Err(Error::new(Kind::InvalidRequest, message)).at(Self::ORIGIN);
        }
        // Those that are not there leave room for more items of the last member, which are left out.
        plan.set_limit(if limit == 0 { 0 } else { limit.saturating_add(members.len() - 1) });
        Ok(plan)
    }
}

/// What was read so far.
struct Read<C: Collection> {
    lists: C::Lists,
    /// The member that is read last.
    last: Option<usize>,
    /// How many more of its items are wanted.
    room: usize,
    /// The position of the last item that was wanted.
    position: Option<Position>,
    /// Whether there are more of its items.
    has_more: bool,
}

impl<C: Collection> Read<C> {
    fn push<D: Item>(&mut self, plan: &Plan, ranges: &Ranges, mut item: D) -> Result<()> {
        let place = place(C::DEF, ranges, &item)?;
        if Some(place) == self.last {
            if self.room == 0 {
                self.has_more = true;
                return Ok(());
            }
            self.room -= 1;
            if self.room == 0 {
                self.position = Some(plan.position_of(&item)?);
            }
        }
        C::push(&mut self.lists, place, &mut item)
    }
}

/// The place of the member that an item belongs to.
///
/// The members of one entity, which have different keys on the index, are told apart by the sort key.
fn place<D: Item>(collection: &CollectionDef, ranges: &Ranges, item: &D) -> Result<usize> {
    let table = collection.table;
    let tag = item.text(table.tag);
    let members = || {
        let members = collection.members.iter().enumerate();
        members.filter(|(_, member)| Some(member.entity.name) == tag).map(|(at, _)| at)
    };
    // The keys of a collection are texts.
    let sk = match collection.index.map(|index| table.index_keys(index)) {
        Some(IndexKeys::Texts { sk, .. }) => sk,
        _ => table.sk,
    };
    let found = match members().nth(1) {
        None => members().next(),
        Some(_) => item.text(sk).and_then(|sk| members().find(|at| ranges.has(*at, sk))),
    };
    found.ok_or_else(|| {
        let what = match tag {
            Some(tag) => format!("is stored as `{tag}`, which is no member of the collection"),
            None => format!("has no text attribute `{}` with the name of its entity", table.tag),
        };
        let message = format!("{what}: leave such items out with `.skip_unknown()`");
        Error::new(Kind::Decode, message).of_item(&item_place(table, item))
    })
}
