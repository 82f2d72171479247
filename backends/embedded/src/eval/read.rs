//! Executes gets and queries.

use super::index::Projector;
use super::{cost, damaged};
use crate::document::{self, Document};
use crate::layout;
use crate::store::{Row, View};
use monotable_core::request::{Fetched, Get, Position, PrimaryKey, Queried, Query, Select};
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
    let Query { pk, sort, descending, .. } = request;
    let after = request.after.as_ref();
    let last = if let Some(index) = request.index {
        let range = layout::entries(index.name, pk, sort, after, *descending)?;
        let mut last = None;
        for entry in view.entries(&range, *descending)? {
            let entry = entry?;
            if page.is_full() {
                page.more = true;
                break;
            }
            let row = layout::row_of_entry(entry.as_ref());
            let row = row.map(|row| view.row(row)).transpose()?.flatten();
            page.add(&row.ok_or_else(|| damaged("an index entry has no item"))?)?;
            last = Some(entry);
        }
        page.more.then(|| last.and_then(|last| position_of_entry(last.as_ref())))
    } else {
        let range = layout::rows(pk, sort, after, *descending);
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

fn position_of_entry(key: &[u8]) -> Option<Position> {
    let (sort, row) = layout::read_entry(key)?;
    let (pk, sk) = layout::read_row(row)?;
    Some(Position::in_index(sort, PrimaryKey { pk, sk }))
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
