//! `Request`: one request of any kind, as plain data.

use monotable_core::request::{
    BatchGet, BatchItem, BatchWrite, CreateTable, Delete, Get, Operation, PrimaryKey, Put, Query,
    Select, TransactGet, TransactItem, TransactWrite, Update,
};
use monotable_core::schema::{IndexDef, TableDef};
use std::fmt;

/// A request of any kind, as the plain data that the backend gets.
///
/// `Display` shows its operation, entity and keys in one line.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Request<I> {
    /// Reads one item.
    Get(Get),
    /// Writes one whole item.
    Put(Put<I>),
    /// Changes parts of one item.
    Update(Update),
    /// Deletes one item.
    Delete(Delete),
    /// Reads one page of a partition.
    Query(Query),
    /// Reads several items, each on its own.
    BatchGet(BatchGet),
    /// Writes several items, each on its own.
    BatchWrite(BatchWrite<I>),
    /// Reads several items together.
    TransactGet(TransactGet),
    /// Writes several items together.
    TransactWrite(TransactWrite<I>),
    /// Creates the table.
    CreateTable(CreateTable),
}

impl<I> Request<I> {
    /// Returns the kind of the request.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Request::Get(_) => Operation::Get,
            Request::Put(_) => Operation::Put,
            Request::Update(_) => Operation::Update,
            Request::Delete(_) => Operation::Delete,
            Request::Query(_) => Operation::Query,
            Request::BatchGet(_) => Operation::BatchGet,
            Request::BatchWrite(_) => Operation::BatchWrite,
            Request::TransactGet(_) => Operation::TransactGet,
            Request::TransactWrite(_) => Operation::TransactWrite,
            Request::CreateTable(_) => Operation::CreateTable,
        }
    }

    /// Returns the table.
    #[must_use]
    pub fn table(&self) -> &'static TableDef {
        match self {
            Request::Get(get) => get.table,
            Request::Put(put) => put.table,
            Request::Update(update) => update.table,
            Request::Delete(delete) => delete.table,
            Request::Query(query) => query.table,
            Request::BatchGet(batch) => batch.table,
            Request::BatchWrite(batch) => batch.table,
            Request::TransactGet(transaction) => transaction.table,
            Request::TransactWrite(transaction) => transaction.table,
            Request::CreateTable(create) => create.table,
        }
    }

    /// Returns the index that a query runs on; `None` for all other requests, and for a query of the
    /// primary key.
    #[must_use]
    pub fn index(&self) -> Option<&'static IndexDef> {
        match self {
            Request::Query(query) => query.index,
            _ => None,
        }
    }

    /// Returns the primary keys of the items that the request names, in its order. A query names none:
    /// its keys are in [`Query`].
    #[must_use]
    pub fn keys(&self) -> Vec<&PrimaryKey> {
        match self {
            Request::Get(get) => vec![&get.key],
            Request::Put(put) => vec![&put.key],
            Request::Update(update) => vec![&update.key],
            Request::Delete(delete) => vec![&delete.key],
            Request::BatchGet(batch) => batch.keys.iter().collect(),
            Request::BatchWrite(batch) => batch.writes.iter().map(BatchItem::key).collect(),
            Request::TransactGet(all) => all.gets.iter().map(|get| &get.key).collect(),
            Request::TransactWrite(all) => all.writes.iter().map(TransactItem::key).collect(),
            Request::Query(_) | Request::CreateTable(_) => Vec::new(),
        }
    }
}

impl<I> fmt::Display for Request<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation().name())?;
        match self {
            Request::Get(get) => {
                item(f, get.entity, &get.key, false)?;
                attributes(f, get.attributes.as_deref())
            }
            Request::Put(put) => item(f, put.entity, &put.key, put.condition.is_some()),
            Request::Update(update) => {
                item(f, update.entity, &update.key, update.condition.is_some())
            }
            Request::Delete(delete) => {
                item(f, delete.entity, &delete.key, delete.condition.is_some())
            }
            Request::Query(query) => show_query(f, query),
            Request::BatchGet(batch) => {
                write!(f, " {}: ", batch.entity)?;
                list(f, &batch.keys, |f, key| key.fmt(f))
            }
            Request::BatchWrite(batch) => {
                f.write_str(": ")?;
                list(f, &batch.writes, |f, write| match write {
                    BatchItem::Put { entity, key, .. } => write!(f, "put {entity} {key}"),
                    BatchItem::Delete { entity, key, .. } => write!(f, "delete {entity} {key}"),
                })
            }
            Request::TransactGet(all) => {
                f.write_str(": ")?;
                list(f, &all.gets, |f, get| write!(f, "{} {}", get.entity, get.key))
            }
            Request::TransactWrite(all) => {
                f.write_str(": ")?;
                list(f, &all.writes, show_write)
            }
            Request::CreateTable(create) => write!(f, " {}", create.table.name),
        }
    }
}

fn item(
    f: &mut fmt::Formatter<'_>,
    entity: &str,
    key: &PrimaryKey,
    conditional: bool,
) -> fmt::Result {
    write!(f, " {entity}: {key}")?;
    condition(f, conditional)
}

fn condition(f: &mut fmt::Formatter<'_>, conditional: bool) -> fmt::Result {
    f.write_str(if conditional { ", with a condition" } else { "" })
}

/// Shows which attributes are returned, if not all.
fn attributes(f: &mut fmt::Formatter<'_>, names: Option<&[&str]>) -> fmt::Result {
    match names {
        Some(names) => write!(f, ", only {}", names.join(" ")),
        None => Ok(()),
    }
}

/// Shows elements with semicolons between them.
fn list<T>(
    f: &mut fmt::Formatter<'_>,
    elements: &[T],
    show: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (at, element) in elements.iter().enumerate() {
        f.write_str(if at == 0 { "" } else { "; " })?;
        show(f, element)?;
    }
    Ok(())
}

fn show_write<I>(f: &mut fmt::Formatter<'_>, write: &TransactItem<I>) -> fmt::Result {
    let kind = match write {
        TransactItem::Put(_) => "put",
        TransactItem::Update(_) => "update",
        TransactItem::Delete(_) => "delete",
        TransactItem::Check(_) => "check",
    };
    write!(f, "{kind} {} {}", write.entity(), write.key())?;
    condition(f, write.condition().is_some() && kind != "check")
}

fn show_query(f: &mut fmt::Formatter<'_>, query: &Query) -> fmt::Result {
    write!(f, " {}.{}", query.entity, query.pattern)?;
    if let Some(index) = query.index {
        write!(f, " on {}", index.name)?;
    }
    write!(f, ": {}", query.keys)?;
    if query.descending {
        f.write_str(", descending")?;
    }
    if let Some(most) = query.max_items {
        write!(f, ", at most {most}")?;
    }
    if query.after.is_some() {
        f.write_str(", after a cursor")?;
    }
    if query.select == Select::Count {
        f.write_str(", count only")?;
    } else {
        attributes(f, query.attributes.as_deref())?;
    }
    f.write_str(if query.filter.is_some() { ", filtered" } else { "" })
}
