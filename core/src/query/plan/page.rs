//! The request for a page, from a plan, and how the plan goes on after it.

use super::Plan;
use super::attributes::check_filter;
use crate::backend::{Item, position_of};
use crate::error::{Error, Kind, Result};
use crate::expiry::is_alive;
use crate::expr::{Comparison, Expr, Path};
use crate::request::{self, Bookmark, Cursor, Position, Select};
use crate::value::Value;
use std::num::NonZeroUsize;

impl Plan {
    /// The request for the next page, and the data for its cursor; `None` if no item can match.
    pub(crate) fn request(&self, select: Select) -> Result<Option<(request::Query, Bookmark)>> {
        let filter = self.whole_filter()?;
        let max_items = match (self.limit, self.page_size) {
            (Some(0), _) => return Err(zero("limit")),
            (_, Some(0)) => return Err(zero("page_size")),
            // With a filter, more items than the limit may have to be read. The filters for expired
            // items and for guards do not count here, because these are few.
            (_, page) if self.request.filter.is_some() || self.is_mixed => page,
            (Some(limit), Some(page)) => Some(limit.min(page)),
            (limit, page) => limit.or(page),
        };
        let Some(keys) = self.keys()? else { return Ok(None) };
        let mut request = request::Query {
            keys,
            max_items: max_items.and_then(NonZeroUsize::new),
            limit: self.limit.and_then(NonZeroUsize::new),
            select,
            filter,
            ..self.request.clone()
        };
        let bookmark = Bookmark::of(&request, self.literals);
        if let Some(cursor) = &self.after {
            request.after = Some(bookmark.position(cursor, &request.keys)?);
        }
        Ok(Some((request, bookmark)))
    }

    /// The condition that an item has to meet besides its keys, if the query has a filter.
    pub(crate) fn condition(&self) -> Result<Option<Expr>> {
        if self.request.filter.is_some() { self.whole_filter() } else { Ok(None) }
    }

    /// The filter of the query, combined with the conditions that items have not expired and are entities.
    fn whole_filter(&self) -> Result<Option<Expr>> {
        let request::Query { table, index, filter: own, .. } = &self.request;
        let alive = is_alive(table, self.expires);
        let mut filter = alive.filter(|_| !self.includes_expired);
        if let Some(are_entities) = &self.are_entities {
            are_entities.clone().require(&mut filter);
        }
        if self.is_mixed {
            let tag = Path::attribute(table.tag);
            let name = Value::from(self.request.entity);
            Expr::Compare(tag, Comparison::Eq, name).require(&mut filter);
        }
        let Some(own) = own else { return Ok(filter) };
        // The types of `Query` exclude this for fields of entities.
        if let Some(index) = index
            && let Some(projected) = table.projected(index)
        {
            let mut missing = None;
            own.paths(&mut |path| {
                if !projected.contains(&path.root()) {
                    missing = Some(path.root());
                }
            });
            if let Some(field) = missing {
                let message = format!(
                    "the filter asks for `{field}`, which index `{}` does not project: add it to \
                     the index's `include(..)`, or query an index that projects all",
                    index.name
                );
                return Err(Error::new(Kind::InvalidRequest, message));
            }
        }
        if let Some(keys) = index.and_then(|index| table.key_attributes(index)) {
            check_filter(own, &keys)?;
        }
        own.clone().require(&mut filter);
        Ok(filter)
    }

    /// How many of a page's items are within the query's limit.
    pub(crate) fn within_limit(&self, items: usize) -> usize {
        self.limit.map_or(items, |limit| items.min(limit))
    }

    /// The position of an item in the query's result.
    ///
    /// # Errors
    ///
    /// `Decode` if the item has no keys.
    pub(crate) fn position_of(&self, item: &impl Item) -> Result<Position> {
        position_of(item, self.place())
    }

    /// Where the items of the query are.
    pub(crate) fn place(&self) -> &request::Query {
        &self.request
    }

    /// Continues after a page. Returns whether there may be more to read.
    pub(crate) fn advance_past(&mut self, items: usize, cursor: Option<&Cursor>) -> bool {
        self.reduce_limit(items);
        if self.limit == Some(0) {
            return false;
        }
        self.after = cursor.cloned();
        self.after.is_some()
    }

    /// Takes items that were returned off the limit.
    pub(crate) fn reduce_limit(&mut self, items: usize) {
        if let Some(limit) = &mut self.limit {
            *limit = limit.saturating_sub(items);
        }
    }
}

fn zero(what: &str) -> Error {
    Error::new(Kind::InvalidRequest, format!("{what} is 0: ask for at least one item"))
}
