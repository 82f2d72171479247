//! Queries of one partition, and of an index.

use crate::client::{Inner, charge, operation, partition};
use crate::document::Document;
use crate::error::error;
use crate::indexes::Access;
use crate::page::{Piece, collect};
use crate::read::point_read;
use crate::sql::{self, After, Exactness, Parameters, property};
use azure_data_cosmos::FeedScope;
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::models::ResponseHeaders;
use azure_data_cosmos::options::{MaxItemCountHint, QueryOptions};
use futures_util::StreamExt as _;
use monotable_core::backend::Item as _;
use monotable_core::request::{Position, PrimaryKey, Queried, Query, QueryKeys, Select, SortKeys};
use monotable_core::schema::Projection;
use monotable_core::{Cost, Error, Kind, Result};
use std::num::{NonZeroU32, NonZeroUsize};

/// The most items of a page if the request does not say. The service ends a page at 4 MB, too.
const PAGE: u32 = 1_000;

/// The bytes after which a page ends, as on the other stores.
const PAGE_BYTES: usize = 1024 * 1024;

/// Reads one page.
pub(crate) async fn query(backend: &Inner, request: Query) -> Result<Queried<Document>> {
    if request.index.is_none()
        && let QueryKeys::Texts { pk, sort: SortKeys::Equals(sk) } = &request.keys
    {
        let key = PrimaryKey { pk: pk.clone(), sk: sk.clone() };
        return one(backend, &request, &key).await;
    }
    let plan = Plan::of(backend, &request).await?;
    // The SDK does not add up what several partitions count.
    let counts = request.select == Select::Count && plan.is_one_partition;
    if counts && plan.exactness == Exactness::Exact && request.max_items.is_none() {
        plan.count(backend).await
    } else {
        plan.page(backend).await
    }
}

/// Reads the only item that a query can find. A point read costs a third of a query.
async fn one(backend: &Inner, request: &Query, key: &PrimaryKey) -> Result<Queried<Document>> {
    if request.after.is_some() {
        return Ok(Queried::new(Vec::new(), None, Cost::ZERO));
    }
    let found = point_read(backend, request.table, key, request.consistent).await?;
    let mut page = Queried::new(Vec::new(), None, found.cost);
    let Some(document) = found.item else { return Ok(page) };
    page.read = 1;
    if matches(request, &document)? {
        page.count = 1;
        if request.select == Select::Items {
            page.items.push(document);
        }
    }
    Ok(page)
}

/// Returns whether the filter of the query holds for a document.
fn matches(request: &Query, document: &Document) -> Result<bool> {
    match &request.filter {
        Some(filter) => Ok(crate::eval::holds(filter, Some(&document.to_map()?))),
        None => Ok(true),
    }
}

/// A query that has been rendered.
struct Plan<'a> {
    request: &'a Query,
    container: &'a ContainerClient,
    scope: FeedScope,
    /// The attributes by which the items are ordered.
    order: Vec<&'static str>,
    conditions: Vec<String>,
    parameters: Parameters,
    exactness: Exactness,
    /// Whether the query stays in one partition, whose pages say themselves whether there are more.
    is_one_partition: bool,
    /// Whether the container is that of the table. Session tokens are about one container.
    is_own: bool,
}

impl<'a> Plan<'a> {
    async fn of(backend: &'a Inner, request: &'a Query) -> Result<Self> {
        let QueryKeys::Texts { pk, sort } = &request.keys else {
            let message =
                "Cosmos DB has no indexes whose keys are attributes: use templates, `pk = \"..\"`";
            return Err(Error::new(Kind::Unsupported, message));
        };
        let table = request.table;
        let mut parameters = Parameters::default();
        let mut conditions = Vec::new();
        let own = backend.container.client(table.pk).await?;
        let (container, scope, order) = match request.index {
            None => (own, FeedScope::partition(partition(pk)), vec![table.sk]),
            // The sort keys of an index are not unique, so the primary key follows.
            Some(index) if index.is_local => {
                (own, FeedScope::partition(partition(pk)), vec![index.sk, table.sk])
            }
            Some(index) => {
                let order = vec![index.sk, table.pk, table.sk];
                match backend.indexes.of(index)? {
                    Access::Container(container) => (
                        container.client(index.pk).await?,
                        FeedScope::partition(partition(pk)),
                        order,
                    ),
                    Access::FanOut => {
                        tracing::Span::current().record("monotable.plan", "fan-out");
                        let is_in = format!("{} = {}", property(index.pk), parameters.text(pk)?);
                        conditions.push(is_in);
                        (own, FeedScope::full_container(), order)
                    }
                }
            }
        };
        let sk = order.first().copied().unwrap_or(table.sk);
        match sql::condition(sk, sort, &mut parameters)? {
            Some(condition) => conditions.push(condition),
            // An item is in an index if it has the key. A note about a deleted item has no sort key (`deletion.rs`).
            None => conditions.push(format!("IS_DEFINED({})", property(sk))),
        }
        if let Some(after) = &request.after {
            let after = after_position(request, &order, after)?;
            conditions.push(after.condition(&mut parameters)?);
        }
        let mut exactness = Exactness::Exact;
        if let Some(filter) = &request.filter {
            let (condition, exact) = sql::filter(filter, &mut parameters)?;
            conditions.push(condition);
            exactness = exact;
        }
        let is_one_partition = matches!(scope, FeedScope::Partition(_));
        let is_own = std::ptr::eq(container, own);
        Ok(Plan {
            request,
            container,
            scope,
            order,
            conditions,
            parameters,
            exactness,
            is_one_partition,
            is_own,
        })
    }

    fn options(&self, backend: &Inner) -> QueryOptions {
        let mut options = match self.is_own {
            true => backend.querying(self.request.consistent),
            false => QueryOptions::default().with_operation_options(operation()),
        };
        // The SDK refuses more than a hundred partitions if nobody says that they may be asked.
        options.feed.max_fan_out = (!self.is_one_partition).then_some(u32::MAX);
        options
    }

    fn conditions(&self) -> String {
        match self.conditions.is_empty() {
            true => String::new(),
            false => format!(" WHERE {}", self.conditions.join(" AND ")),
        }
    }

    /// Returns what is read of each item: all of it, or some attributes.
    fn selected(&self) -> String {
        let Query { table, index, attributes, select, filter, .. } = self.request;
        let mut compared = Vec::new();
        if self.exactness == Exactness::AtLeast
            && let Some(filter) = filter
        {
            // The filter is compared again, so its attributes are needed.
            filter.paths(&mut |path| compared.push(path.root()));
        }
        let keys = [table.pk, table.sk].into_iter().chain(self.order.iter().copied());
        let keys = keys.chain(compared);
        if *select == Select::Count {
            return listed(keys);
        }
        match (attributes, index.map(|index| (index, index.projection))) {
            (Some(attributes), _) => listed(attributes.iter().copied().chain(keys)),
            (None, None | Some((_, Projection::All))) => "*".to_owned(),
            (None, Some((index, projection))) => {
                let pk = (!index.pk.is_empty()).then_some(index.pk);
                let more = match projection {
                    Projection::Include(names) => names,
                    _ => &[],
                };
                let tag = (!more.is_empty()).then_some(table.tag);
                let names = keys.chain(pk).chain([table.ttl]).chain(tag);
                listed(names.chain(more.iter().copied()))
            }
        }
    }

    /// Counts all items in one query.
    async fn count(self, backend: &Inner) -> Result<Queried<Document>> {
        let text = format!("SELECT VALUE COUNT(1) FROM c{}", self.conditions());
        let (is_own, options) = (self.is_own, self.options(backend));
        let query = self.parameters.query(text)?;
        let answer = self.container.query_items::<usize>(query, self.scope, Some(options)).await;
        let mut pages = answer.map_err(error)?.into_pages();
        let mut page = Queried::new(Vec::new(), None, Cost::ZERO);
        // The service may count a partition in several steps.
        while let Some(counted) = pages.next().await {
            let counted = counted.map_err(error)?;
            page.cost += charged(backend, is_own, counted.headers());
            page.count += counted.into_items().into_iter().sum::<usize>();
        }
        page.read = page.count;
        Ok(page)
    }

    /// Reads a page of items.
    async fn page(self, backend: &Inner) -> Result<Queried<Document>> {
        let request = self.request;
        let order = match self.is_one_partition {
            true => sql::order(&self.order, request.descending),
            false => sql::merged_order(&self.order, request.descending),
        };
        let text =
            format!("SELECT {} FROM c{} ORDER BY {order}", self.selected(), self.conditions());
        let is_exact = self.exactness == Exactness::Exact;
        // The service counts only items that match, so it can stop at the limit.
        let limit = request.limit.filter(|_| is_exact);
        let most = request.max_items.into_iter().chain(limit).min();
        let most = most.map_or(PAGE as usize, NonZeroUsize::get);
        let hint = u32::try_from(most).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MAX);
        let is_own = self.is_own;
        let options = self.options(backend).with_max_item_count(MaxItemCountHint::Limit(hint));
        let query = self.parameters.query(text)?;
        let answer = self.container.query_items::<Piece>(query, self.scope, Some(options)).await;
        let mut pages = answer.map_err(error)?.into_pages();
        let mut page = Queried::new(Vec::new(), None, Cost::ZERO);
        let (mut last, mut bytes, mut is_end) = (None, 0, false);
        while page.read < most && bytes < PAGE_BYTES && !is_end {
            let (Some(part), text) = collect(pages.next()).await else {
                is_end = true;
                break;
            };
            let part = part.map_err(error)?;
            page.cost += charged(backend, is_own, part.headers());
            is_end = self.is_one_partition && part.headers().continuation().is_none();
            for piece in part.into_items() {
                if page.read == most {
                    is_end = false;
                    break;
                }
                let document = piece.into_document(&text);
                (page.read, bytes) = (page.read + 1, bytes + document.as_json().len());
                last = Some(document.clone());
                if is_exact || matches(request, &document)? {
                    page.count += 1;
                    if request.select == Select::Items {
                        page.items.push(document);
                    }
                }
            }
        }
        if !is_end {
            page.last = last.map(|last| position(request, &self.order, &last)).transpose()?;
        }
        Ok(page)
    }
}

/// Returns what a page was charged, and takes its session token if it is one of the table's container.
fn charged(backend: &Inner, is_own: bool, headers: &ResponseHeaders) -> Cost {
    if is_own { backend.charged(headers) } else { charge(headers) }
}

/// Returns attributes as the list of a query, each once.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names.map(property) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}

/// Returns the position after a document.
fn position(request: &Query, order: &[&str], document: &Document) -> Result<Position> {
    let text = |attribute: &str| match document.text(attribute) {
        Some(text) => Ok(text.to_owned()),
        None => {
            let message = format!(
                "the last item of a page has no text in `{attribute}`, so the next page cannot be asked for: it was not \
                 written by this table"
            );
            Err(Error::new(Kind::Decode, message))
        }
    };
    let sort = order.first().copied().unwrap_or_default();
    Ok(match request.index {
        None => Position::in_table(text(sort)?),
        Some(_) => {
            let key = PrimaryKey { pk: text(request.table.pk)?, sk: text(request.table.sk)? };
            Position::in_index(text(sort)?, key)
        }
    })
}

/// Returns where a page begins.
fn after_position<'a>(
    request: &Query,
    order: &[&'static str],
    after: &'a Position,
) -> Result<After<'a>> {
    let mut values = vec![after.sort()];
    if let Some(key) = after.primary() {
        if order.contains(&request.table.pk) {
            values.push(&key.pk);
        }
        values.push(&key.sk);
    }
    if values.len() != order.len() {
        let message = "the cursor is not one of this query: start again from the first page";
        return Err(Error::new(Kind::InvalidCursor, message));
    }
    let places = order.iter().copied().zip(values).collect();
    Ok(After { places, descending: request.descending })
}
