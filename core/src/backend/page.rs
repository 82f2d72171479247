//! Pages of queries: where they end, and how their items are read.

use super::{Backend, Item, Reader, item_key, item_place};
use crate::error::{Error, Kind, Result};
use crate::request::{Position, Queried, Query};
use crate::schema::{IndexDef, IndexKeys, KeyAttribute, TableDef};
use crate::value::Map;
use std::num::NonZeroUsize;

/// Where the items of a query are.
#[derive(Clone, Copy)]
pub(crate) struct Queryable {
    table: &'static TableDef,
    index: Option<&'static IndexDef>,
}

impl From<&Query> for Queryable {
    fn from(query: &Query) -> Self {
        Queryable { table: query.table, index: query.index }
    }
}

/// Reads one page with [`Backend::query`], and then [reads](Reader::read) each item. A backend that reads some pages as
/// values itself reads the others so.
///
/// # Errors
///
/// Those of the backend and of the reader.
pub async fn read_items<R: Reader, B: Backend>(
    backend: &B,
    request: Query,
) -> Result<Queried<R::Output>> {
    let (place, limit) = (Queryable::from(&request), request.limit);
    let page = within_limit(backend.query(request).await?, place, limit)?;
    let Queried { mut items, count, read, last, cost } = page;
    let items = items.iter_mut().map(R::read).collect::<Result<_>>()?;
    Ok(Queried { items, count, read, last, cost })
}

/// Cuts off what is over the limit of the query. The next page begins after the last item that is returned, and not
/// after the last one that was read.
pub(crate) fn within_limit<I: Item>(
    mut page: Queried<I>,
    place: impl Into<Queryable>,
    limit: Option<NonZeroUsize>,
) -> Result<Queried<I>> {
    let within = limit.map_or(page.items.len(), NonZeroUsize::get);
    if within < page.items.len() {
        page.items.truncate(within);
        let place = place.into();
        page.last = page.items.last().map(|item| position_of(item, place)).transpose()?;
    }
    Ok(page)
}

/// The position of an item in the result of a query.
///
/// # Errors
///
/// `Decode` if the item has no keys. Without its position, the query would seem to end here.
pub(crate) fn position_of(item: &impl Item, place: impl Into<Queryable>) -> Result<Position> {
    let Queryable { table, index } = place.into();
    let position = || {
        let primary = item_key(table, item)?;
        Some(match index {
            Some(index) => match table.index_keys(index) {
                IndexKeys::Attributes(attributes) => {
                    let item: Map = item.decode().ok()?;
                    let value = |it: &KeyAttribute| item.get(it.name).cloned();
                    let values = attributes.sort.iter().map(value).collect::<Option<_>>()?;
                    Position::in_attributes(values, primary)
                }
                IndexKeys::Texts { sk, .. } => {
                    Position::in_index(item.text(sk)?.to_owned(), primary)
                }
            },
            None => Position::in_table(primary.sk),
        })
    };
    position().ok_or_else(|| {
        let message = "has no key that can be read, so the query cannot go on after it";
        Error::new(Kind::Decode, message).of_item(&item_place(table, item))
    })
}
