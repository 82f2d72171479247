//! `Plan`: a query that has been rendered.

use super::{PAGE, PAGE_BYTES};
use crate::client::{Inner, operation, partition};
use crate::error::error;
use crate::indexes::Access;
use crate::sql::{self, After, Exactness, Parameters, property};
use azure_data_cosmos::FeedScope;
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::feed::QueryPageIterator;
use azure_data_cosmos::options::{MaxItemCountHint, QueryOptions};
use monotable_core::request::{Position, PrimaryKey, Query, QueryKeys, Select};
use monotable_core::schema::Projection;
use monotable_core::{Error, Kind, Result};
use serde::de::DeserializeOwned;
use std::num::{NonZeroU32, NonZeroUsize};

/// A query that has been rendered.
pub(super) struct Plan<'a> {
    pub(super) request: &'a Query,
    pub(super) container: &'a ContainerClient,
    pub(super) scope: FeedScope,
    /// The attributes by which the items are ordered.
    pub(super) order: Vec<&'static str>,
    pub(super) conditions: Vec<String>,
    pub(super) parameters: Parameters,
    pub(super) exactness: Exactness,
    /// Whether the query stays in one partition, whose pages say themselves whether there are more.
    pub(super) is_one_partition: bool,
    /// Whether the container is that of the table. Session tokens are about one container.
    pub(super) is_own: bool,
}

impl<'a> Plan<'a> {
    pub(super) async fn of(backend: &'a Inner, request: &'a Query) -> Result<Self> {
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
                        container.client_of(index).await?,
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

    pub(super) fn options(&self, backend: &Inner) -> QueryOptions {
        let mut options = match self.is_own {
            true => backend.querying(self.request.consistent),
            false => QueryOptions::default().with_operation_options(operation()),
        };
        // The SDK refuses more than a hundred partitions if nobody says that they may be asked.
        options.feed.max_fan_out = (!self.is_one_partition).then_some(u32::MAX);
        options
    }

    pub(super) fn conditions(&self) -> String {
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
            (Some(attributes), _) => {
                // What decides how the rest is read comes first.
                let tag = attributes.iter().copied().filter(|name| *name == table.tag);
                listed(keys.chain(tag).chain(attributes.iter().copied()))
            }
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

    /// Returns whether the service compares the filter exactly as core does.
    pub(super) fn is_exact(&self) -> bool {
        self.exactness == Exactness::Exact
    }

    /// The most items of a page.
    pub(super) fn most(&self) -> usize {
        // The service counts only items that match, so it can stop at the limit.
        let limit = self.request.limit.filter(|_| self.is_exact());
        let most = self.request.max_items.into_iter().chain(limit).min();
        most.map_or(PAGE as usize, NonZeroUsize::get)
    }

    /// Returns whether a page that has so many items and bytes goes on.
    pub(super) fn goes_on(&self, items: usize, bytes: usize) -> bool {
        items < self.most() && bytes < PAGE_BYTES
    }

    /// Asks for the pages of items.
    pub(super) async fn pages<T: DeserializeOwned + Send + 'static>(
        &mut self,
        backend: &Inner,
    ) -> Result<QueryPageIterator<T>> {
        let order = match self.is_one_partition {
            true => sql::order(&self.order, self.request.descending),
            false => sql::merged_order(&self.order, self.request.descending),
        };
        let text =
            format!("SELECT {} FROM c{} ORDER BY {order}", self.selected(), self.conditions());
        let hint = u32::try_from(self.most()).ok().and_then(NonZeroU32::new);
        let hint = MaxItemCountHint::Limit(hint.unwrap_or(NonZeroU32::MAX));
        let options = self.options(backend).with_max_item_count(hint);
        let query = std::mem::take(&mut self.parameters).query(text)?;
        let answer = self.container.query_items(query, self.scope.clone(), Some(options)).await;
        Ok(answer.map_err(error)?.into_pages())
    }

    /// Returns the position after an item with these texts.
    pub(super) fn position<'t>(&self, text: impl Fn(&str) -> Option<&'t str>) -> Result<Position> {
        let text = |attribute: &str| match text(attribute) {
            Some(text) => Ok(text.to_owned()),
            None => {
                let message = format!(
                    "the last item of a page has no text in `{attribute}`, so the next page cannot be asked for: it was \
                     not written by this table"
                );
                Err(Error::new(Kind::Decode, message))
            }
        };
        let sort = self.order.first().copied().unwrap_or_default();
        Ok(match self.request.index {
            None => Position::in_table(text(sort)?),
            Some(_) => {
                let table = self.request.table;
                let key = PrimaryKey { pk: text(table.pk)?, sk: text(table.sk)? };
                Position::in_index(text(sort)?, key)
            }
        })
    }
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
