//! Pages of a query's result.

use super::Cursor;
use crate::cost::Cost;

/// One page of a query.
///
/// A page may hold fewer items than asked for, none even, and still not be the last: only a
/// missing [`cursor`](Page::cursor) means the end.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the order of the sort key.
    pub items: Vec<T>,
    /// Where the next page begins, if there may be one.
    pub cursor: Option<Cursor>,
    /// How many items were read for it, those that a filter left out included.
    pub read: usize,
    /// What the page cost.
    pub cost: Cost,
}
