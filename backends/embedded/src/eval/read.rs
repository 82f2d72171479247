//! Executes gets and queries.

use super::index::{Projector, values};
use super::{cost, damaged};
use crate::document::{self, Document};
use crate::layout::{self, KeyRange};
use crate::store::{Row, View};
use monotable_core::request::{
    Fetched, Get, Position, PrimaryKey, Queried, Query, QueryKeys, Select,
};
use monotable_core::schema::{IndexDef, IndexKeys};
use monotable_core::{Error, Kind, Result, value};

/// A page ends with the item that takes its size over this number of bytes.
const PAGE_LIMIT: usize = 1024 * 1024;

/// Reads one item.
pub(crate) fn get(view: &impl View, request: &Get) -> Result<Fetched<Document>> {
    let (item, size) = fetch(view, &request.key, request.attributes.as_deref())?;
    Ok(Fetched::new(item, cost::read(size, request.consistent)))
}

/// Returns the item with a key, or its attributes with these names, and the size of the whole item. The size of a
/// missing item is 0.
pub(super) fn fetch(
    view: &impl View,
    key: &PrimaryKey,
    attributes: Option<&[&str]>,
) -> Result<(Option<Document>, usize)> {
    let Some(row) = view.row(&layout::row(&key.pk, &key.sk))? else { return Ok((None, 0)) };
    let size = document::size(row.as_ref())?;
    let item = match attributes {
        Some(names) => only(row.as_ref(), names)?,
        None => row.document(),
    };
    Ok((Some(item), size))
}

/// The attributes of an item with these names.
fn only(item: &[u8], names: &[&str]) -> Result<Document> {
    value::project(item, names).map(Document::from).map_err(document::damaged)
}

/// Reads one page of a query.
///
/// DynamoDB may report that there is a next page although the last item was on this one. This
/// function looks one item further, and reports a next page only if there is another item.
pub(crate) fn query(view: &impl View, request: &Query) -> Result<Queried<Document>> {
    let mut page = Page::new(request)?;
    let Query { descending, .. } = request;
    let last = if let Some(index) = request.index {
        let range = range(request, index)?;
        let mut last = None;
        for entry in view.entries(&range, *descending)? {
            let entry = entry?;
            if page.is_full() {
                page.more = true;
                break;
            }
            let row = layout::row_of_entry(entry.as_ref());
            let row = row.map(|row| view.row(row)).transpose()?.flatten();
            let row = row.ok_or_else(|| damaged("an index entry has no item"))?;
            page.add(&row)?;
            last = Some((entry, row));
        }
        page.more.then(|| {
            last.and_then(|(entry, row)| position_of_entry(request, entry.as_ref(), row.as_ref()))
        })
    } else {
        let QueryKeys::Texts { pk, sort } = &request.keys else { return Err(other_keys()) };
        let range = layout::rows(pk, sort, request.after.as_ref(), *descending);
        let mut last = None;
        for row in view.rows(&range, *descending)? {
            let (key, row) = row?;
            if page.is_full() {
                page.more = true;
                break;
            }
            page.add(&row)?;
            last = Some(key);
        }
        page.more.then(|| last.and_then(|last| position_of_row(last.as_ref())))
    };
    // If the last key cannot be read, this is an error: without it, the query would seem to be at
    // its end.
    let last = last.map(|position| position.ok_or_else(|| damaged("a key cannot be read")));
    page.finish(last.transpose()?)
}

fn position_of_row(key: &[u8]) -> Option<Position> {
    let (_pk, sk) = layout::read_row(key)?;
    Some(Position::in_table(sk))
}

/// Returns the position after an entry, which points to this item.
fn position_of_entry(request: &Query, key: &[u8], item: &[u8]) -> Option<Position> {
    let (pk, sk) = layout::read_row(layout::row_of_entry(key)?)?;
    let primary = PrimaryKey { pk, sk };
    match request.table.index_keys(request.index?) {
        IndexKeys::Attributes(keys) => {
            let sort = values(item, keys.sort).ok()??;
            Some(Position::in_attributes(sort, primary))
        }
        _ => Some(Position::in_index(layout::read_entry(key)?.0, primary)),
    }
}

/// Returns the range of the entries that a query of an index reads.
fn range(request: &Query, index: &IndexDef) -> Result<KeyRange> {
    let (after, descending) = (request.after.as_ref(), request.descending);
    match (&request.keys, request.table.index_keys(index)) {
        (QueryKeys::Texts { pk, sort }, IndexKeys::Texts { .. }) => {
            layout::entries(index.name, pk, sort, after, descending)
        }
        (QueryKeys::Attributes(keys), IndexKeys::Attributes(_)) => {
            layout::attribute_entries(index.name, keys, after, descending)
        }
        _ => Err(other_keys()),
    }
}

/// The error of a query by texts where the keys are attributes, or the other way round.
fn other_keys() -> Error {
    let message = "the query has keys of another form than the table or the index that it reads";
    Error::new(Kind::InvalidRequest, message)
}

/// A page that is being read.
struct Page<'a> {
    request: &'a Query,
    projector: Projector<'a>,
    max_items: usize,
    items: Vec<Document>,
    /// The number of items that match the filter.
    count: usize,
    /// The number of items that were read.
    read: usize,
    bytes: usize,
    more: bool,
}

impl<'a> Page<'a> {
    fn new(request: &'a Query) -> Result<Self> {
        let projector = match request.index {
            None => Projector::Whole,
            Some(index) if request.table.indexes.contains(&index) => {
                Projector::new(request.table, index)
            }
            Some(index) => {
                let table = request.table.name;
                let message = format!("the table `{table}` has no index `{}`", index.name);
                return Err(Error::new(Kind::InvalidRequest, message));
            }
        };
        Ok(Page {
            request,
            projector,
            max_items: request.max_items.map_or(usize::MAX, usize::from),
            items: Vec::new(),
            count: 0,
            read: 0,
            bytes: 0,
            more: false,
        })
    }

    fn is_full(&self) -> bool {
        self.read == self.max_items || self.bytes > PAGE_LIMIT
    }

    fn add(&mut self, row: &impl Row) -> Result<()> {
        let projected = self.projector.project(row.as_ref())?;
        let item = projected.as_deref().unwrap_or(row.as_ref());
        self.bytes += document::size(item)?;
        self.read += 1;
        if let Some(filter) = &self.request.filter
            && !filter.holds_encoded(Some(item)).map_err(document::damaged)?
        {
            return Ok(());
        }
        self.count += 1;
        if self.request.select == Select::Items {
            self.items.push(match &self.request.attributes {
                Some(names) => only(item, names)?,
                None => projected.map_or_else(|| row.document(), Document::from),
            });
        }
        Ok(())
    }

    fn finish(self, last: Option<Position>) -> Result<Queried<Document>> {
        let cost = cost::read(self.bytes, self.request.consistent);
        let mut page = Queried::new(self.items, last, cost);
        page.count = self.count;
        page.read = self.read;
        Ok(page)
    }
}
