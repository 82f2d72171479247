//! Pages of a query's result.

use super::Cursor;
use crate::cost::Cost;

/// One page of a query.
///
/// A page may have fewer items than were asked for, or none, and still not be the last one. Only a
/// page without a [`cursor`](Page::cursor) is the last.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[doc(alias("paginate", "pagination"))]
pub struct Page<T> {
    /// The items, in the order of the sort key.
    pub items: Vec<T>,
    /// The cursor for the next page, if there may be one.
    pub cursor: Option<Cursor>,
    /// How many items were read for this page, with those that a filter left out.
    pub read: usize,
    /// The cost of the page.
    pub cost: Cost,
}
