//! Queries of one partition.

use super::PrimaryKey;
use super::attributes::AttributeKeys;
use crate::cost::Cost;
use crate::expr::Expr;
#[doc(inline)]
pub use crate::key::SortKeys;
use crate::schema::{IndexDef, TableDef};
use crate::value::Value;
use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Reads items of one partition, in the order of the sort key.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Query {
    /// The table.
    pub table: &'static TableDef,
    /// The entity's name.
    pub entity: &'static str,
    /// The access pattern's name.
    pub pattern: &'static str,
    /// The index that the query runs on; `None` for the primary key.
    pub index: Option<&'static IndexDef>,
    /// The partition, and the sort keys to read.
    pub keys: QueryKeys,
    /// Whether to read in descending order of the sort key.
    pub descending: bool,
    /// The highest number of items to read. The backend may read fewer, because the bytes of a page
    /// are limited, too.
    pub max_items: Option<NonZeroUsize>,
    /// The number of items that the caller needs, whatever was read for them. A store whose pages count only items
    /// that match the filter can end the page there.
    pub limit: Option<NonZeroUsize>,
    /// The position at which the page before this one ended.
    pub after: Option<Position>,
    /// Whether the read is strongly consistent: it sees every write that was acknowledged before. It
    /// is never set with a global index.
    pub consistent: bool,
    /// Whether to return the items or only their number.
    pub select: Select,
    /// The names of the attributes to return, with those of the keys; `None` for all that the table or the index
    /// has. It saves transfer, and not the cost of the read.
    pub attributes: Option<Arc<[&'static str]>>,
    /// A condition that has to hold for the returned items. Other items are read and paid for, too.
    pub filter: Option<Expr>,
}

impl Query {
    /// Returns an ascending, eventually consistent query of the primary key for whole items.
    #[must_use]
    pub fn new(
        table: &'static TableDef,
        entity: &'static str,
        pattern: &'static str,
        pk: String,
        sort: SortKeys,
    ) -> Self {
        Query {
            table,
            entity,
            pattern,
            index: None,
            keys: QueryKeys::Texts { pk, sort },
            descending: false,
            max_items: None,
            limit: None,
            after: None,
            consistent: false,
            select: Select::Items,
            attributes: None,
            filter: None,
        }
    }
}

/// The keys that a [`Query`] reads: one partition, and a stretch of its sort keys.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum QueryKeys {
    /// Keys that are texts: those of a table, and of an index whose keys are rendered from templates.
    Texts {
        /// The partition key.
        pk: String,
        /// The sort keys to read.
        sort: SortKeys,
    },
    /// The values of attributes: the keys of an index whose keys are attributes of the items
    /// ([`IndexKeys::Attributes`](crate::schema::IndexKeys)).
    Attributes(Box<AttributeKeys>),
}

impl From<AttributeKeys> for QueryKeys {
    fn from(keys: AttributeKeys) -> Self {
        QueryKeys::Attributes(Box::new(keys))
    }
}

impl QueryKeys {
    /// Returns the partition key and the sort keys, if they are texts.
    #[must_use]
    pub fn texts(&self) -> Option<(&str, &SortKeys)> {
        match self {
            QueryKeys::Texts { pk, sort } => Some((pk, sort)),
            QueryKeys::Attributes(_) => None,
        }
    }
}

/// Shows the partition and the sort keys in one line.
impl fmt::Display for QueryKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryKeys::Texts { pk, sort } => {
                write!(f, "{pk} / ")?;
                match sort {
                    SortKeys::All => f.write_str("*"),
                    SortKeys::Equals(key) => f.write_str(key),
                    SortKeys::BeginsWith(prefix) => write!(f, "{prefix}*"),
                    SortKeys::Between(first, last) => write!(f, "{first} to {last}"),
                }
            }
            QueryKeys::Attributes(keys) => keys.fmt(f),
        }
    }
}

/// What a [`Query`] returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// The items, with the attributes that the index projects.
    Items,
    /// Only the number of matching items.
    Count,
}

/// A position in a query's result: after the last item that was read, which is named by its keys.
///
/// Every store can continue a query after a key. So a position stays valid when the store moves or splits
/// a partition, and when the item is deleted. Only a backend looks into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    sort: SortPosition,
    primary: Option<PrimaryKey>,
}

/// The sort key of a [`Position`].
#[derive(Debug, Clone, PartialEq)]
enum SortPosition {
    Text(String),
    Attributes(Vec<Value>),
}

impl Position {
    /// Returns the position after the item with this sort key, in a query of a table.
    #[must_use]
    pub fn in_table(sort: String) -> Self {
        Position { sort: SortPosition::Text(sort), primary: None }
    }

    /// Returns the position after the entry with this sort key, in a query of an index. The primary key
    /// of its item is needed because several entries can have the same index keys.
    #[must_use]
    pub fn in_index(sort: String, primary: PrimaryKey) -> Self {
        Position { sort: SortPosition::Text(sort), primary: Some(primary) }
    }

    /// Returns the position after the entry with these values in the attributes of the sort key, in a query of an
    /// index whose keys are attributes of the items.
    #[must_use]
    pub fn in_attributes(sort: Vec<Value>, primary: PrimaryKey) -> Self {
        Position { sort: SortPosition::Attributes(sort), primary: Some(primary) }
    }

    /// Returns the sort key of the item, on the index of the query or in the primary key. It is empty if the keys
    /// of the index are attributes.
    #[must_use]
    pub fn sort(&self) -> &str {
        match &self.sort {
            SortPosition::Text(sort) => sort,
            SortPosition::Attributes(_) => "",
        }
    }

    /// Returns the values of all attributes of the sort key. There are none unless the keys of the index are
    /// attributes.
    #[must_use]
    pub fn attributes(&self) -> &[Value] {
        match &self.sort {
            SortPosition::Text(_) => &[],
            SortPosition::Attributes(values) => values,
        }
    }

    /// Returns the primary key of the item, in a query of an index.
    #[must_use]
    pub fn primary(&self) -> Option<&PrimaryKey> {
        self.primary.as_ref()
    }
}

/// One page of a [`Query`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Queried<I> {
    /// The items. It is empty if the query selects only the count.
    pub items: Vec<I>,
    /// How many items of this page match.
    pub count: usize,
    /// How many items were read for this page.
    pub read: usize,
    /// The position at which this page ended, if there may be more pages.
    pub last: Option<Position>,
    /// The cost of the page.
    pub cost: Cost,
}

impl<I> Queried<I> {
    /// Returns a page of these items that ended at `last`. No other items were read for it.
    #[must_use]
    pub fn new(items: Vec<I>, last: Option<Position>, cost: Cost) -> Self {
        let count = items.len();
        Queried { items, count, read: count, last, cost }
    }
}
