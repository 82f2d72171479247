//! `IndexWorker`: keeps the container of an index up to date from the change feed of the table's container.

mod entry;
mod fence;
mod lease;

use crate::Cosmos;
use crate::container::Container;
use crate::document::names;
use crate::feed::{self, Change, PAGE, Pages, Start, by_item};
use crate::indexes::Access;
use crate::upload::{now, operation_name};
use entry::Entries;
use futures_util::stream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use lease::{Claim, Lease};
use monotable_core::schema::{Global, Lists, Schema, TextKeys};
use monotable_core::{Cost, Error, Index, Kind, Result, Table};
use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

/// How many items are brought up to date at the same time.
const AT_ONCE: usize = 16;

/// How long a worker has an index, from each time that it says how far it has come.
const LEASE: Duration = Duration::from_secs(30);

/// Keeps the container of an index up to date: it reads the changes of the table's container, and writes the entries.
///
/// One worker at a time works on an index. More of them can run, on other machines: they wait, and one of them takes over
/// if the first one ends or does not answer for half a minute. How far a worker has come is in the index's container,
/// so the next one goes on there. An old state of an item never replaces a newer one in the index.
///
/// A worker needs the permission to read the table's container and its change feed, and to read and write the
/// index's container.
///
/// # Example: a process that does nothing else
///
/// ```no_run
/// # use monotable::prelude::*;
/// # use monotable_cosmos::{Cosmos, IndexWorker};
/// # #[derive(Debug, Index)]
/// # struct Gsi1;
/// # #[derive(Debug, Table)]
/// # #[table(indexes(Gsi1))]
/// # enum Shop { Order(Order) }
/// # #[derive(Debug, serde::Serialize, serde::Deserialize, Entity)]
/// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
/// # #[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{id}")]
/// # struct Order { id: String, status: String }
/// # async fn example(database: azure_data_cosmos::clients::DatabaseClient) -> Result<(), Box<dyn std::error::Error>> {
/// let index = database.container_client("shop-gsi1", None).await?;
/// let shop = Shop::on(Cosmos::in_database(database, "shop").index(Gsi1, index));
/// let mut worker = IndexWorker::new(&shop, Gsi1)?;
/// loop {
///     let progress = worker.step().await?;
///     println!("the index is {:?} behind the table", progress.lag);
///     if progress.is_idle() {
///         tokio::time::sleep(std::time::Duration::from_secs(1)).await;
///     }
/// }
/// # }
/// ```
///
/// # Example: a function that a timer starts
///
/// ```no_run
/// # use monotable_cosmos::IndexWorker;
/// async fn every_minute(worker: &mut IndexWorker) -> monotable_core::Result<()> {
///     worker.catch_up().await?;
///     Ok(())
/// }
/// ```
pub struct IndexWorker {
    entries: Entries,
    table: Container,
    container: Container,
    owner: String,
    lease: Duration,
    open: Option<Open>,
}

/// The feed, while the worker has the lease.
struct Open {
    lease: Lease,
    pages: Pages,
    /// Up to when the last pages have told of changes, in seconds since 1970. One is kept for each physical partition.
    reached: VecDeque<i64>,
}

impl Open {
    /// Notes up to when a page has told of changes. Returns up to when all physical partitions have, if that is known.
    fn reached(&mut self, page: i64, partitions: usize) -> Option<i64> {
        self.reached.push_back(page);
        while self.reached.len() > partitions {
            self.reached.pop_front();
        }
        let all = self.reached.len() == partitions;
        self.reached.iter().min().copied().filter(|_| all)
    }
}

/// What a worker has done.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct IndexProgress {
    /// The number of changes that were read.
    pub changes: usize,
    /// How long ago the last of the changes was made, or zero if there are no more changes. The clocks are those of the
    /// service, which counts in seconds, and of this machine.
    pub lag: Duration,
    /// Whether there were no more changes.
    pub is_caught_up: bool,
    /// Whether another worker has the index, so that this one did nothing.
    pub is_waiting: bool,
    /// What the requests were charged.
    pub cost: Cost,
}

impl IndexProgress {
    const NOTHING: Self = IndexProgress {
        changes: 0,
        lag: Duration::ZERO,
        is_caught_up: false,
        is_waiting: false,
        cost: Cost::ZERO,
    };

    /// Returns whether there is nothing to do at present.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.is_caught_up || self.is_waiting
    }
}

impl IndexWorker {
    /// Returns a worker for an index of a table. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`is_unsupported`](Error::is_unsupported) if the handle has no container for the index.
    pub fn new<S, L, I>(table: &Table<S, Cosmos<L>>, index: I) -> Result<Self>
    where
        S: Schema + Lists<I>,
        L: 'static,
        I: Index<Keys = TextKeys, Scope = Global>,
    {
        let _ = index;
        let (inner, index) = (&table.backend().inner, <I as Index>::DEF);
        let Access::Container(container) = inner.indexes.of(index)? else {
            let message = format!(
                "the handle serves the index `{}` by queries of all partitions, which need no worker: give it the \
                 index's container, `.index(..)`",
                index.name
            );
            return Err(Error::new(Kind::Unsupported, message));
        };
        Ok(IndexWorker {
            entries: Entries { table: S::DEF, index },
            table: inner.container.clone(),
            container: container.clone(),
            owner: operation_name()?,
            lease: LEASE,
            open: None,
        })
    }

    /// Sets after how long without an answer of this worker another one takes over, instead of half a minute.
    #[must_use]
    pub fn lease(mut self, time: Duration) -> Self {
        self.lease = time;
        self
    }

    /// Reads the next changes, at most a hundred, and brings the entries of their items up to date.
    ///
    /// If it is dropped before it is done, the same changes are read again.
    ///
    /// # Errors
    ///
    /// - [`is_conflict`](Error::is_conflict) if another worker has taken over.
    /// - [`is_schema_mismatch`](Error::is_schema_mismatch) if the index's container has another partition key path, or
    ///   if the index is 30 days behind the table, so that it is no longer known which items were deleted.
    /// - The errors of the requests. The same changes are read again by the next call.
    pub async fn step(&mut self) -> Result<IndexProgress> {
        Box::pin(self.next()).await
    }

    /// Reads changes until there are no more, and lets another worker go on.
    ///
    /// # Errors
    ///
    /// Those of [`step`](Self::step).
    pub async fn catch_up(&mut self) -> Result<IndexProgress> {
        let mut all = IndexProgress::NOTHING;
        loop {
            let step = self.step().await?;
            let (changes, cost) = (all.changes + step.changes, all.cost + step.cost);
            all = IndexProgress { changes, cost, ..step };
            if all.is_idle() {
                break;
            }
        }
        if let Some(open) = self.open.take() {
            Box::pin(open.lease.give_back(&mut all.cost)).await?;
        }
        Ok(all)
    }

    async fn next(&mut self) -> Result<IndexProgress> {
        let mut progress = IndexProgress::NOTHING;
        // What was begun and not finished is read again, so the feed is kept only if all has gone well.
        let mut open = match self.open.take() {
            Some(open) => open,
            None => match self.open(&mut progress.cost).await? {
                Some(open) => open,
                None => return Ok(IndexProgress { is_waiting: true, ..progress }),
            },
        };
        let (documents, cost) = open.pages.next().await?;
        progress.cost += cost;
        progress.changes = documents.len();
        let table = self.entries.table;
        let changes: Vec<_> =
            documents.into_iter().filter_map(|document| Change::of(table, document)).collect();
        let last = changes.iter().map(|change| change.at).max();
        let table = self.table.client(self.entries.table.pk).await?;
        let partitions = feed::partitions(table, false).await?;
        let reached = open.reached(last.unwrap_or_else(now), partitions);
        progress.cost += self.apply(&open.lease, changes).await?;
        let continuation = open.pages.continuation()?;
        if progress.changes == 0 {
            open.lease.renew(continuation, reached, &mut progress.cost).await?;
            progress.is_caught_up = open.pages.is_caught_up(table).await?;
        } else {
            open.lease.save(continuation, reached, &mut progress.cost).await?;
            let seconds = last.map_or(0, |last| now().saturating_sub(last));
            progress.lag = Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
        }
        self.open = Some(open);
        Ok(progress)
    }

    /// Takes the lease, and opens the feed where the last worker stopped.
    async fn open(&self, cost: &mut Cost) -> Result<Option<Open>> {
        let index = self.entries.index;
        let path = names::stored(index.pk);
        let claim = Claim {
            container: self.container.client_of(index).await?,
            index,
            path: &path,
            owner: &self.owner,
            time: self.lease,
        };
        let Some(lease) = claim.take(cost).await? else { return Ok(None) };
        let start = lease.continuation().map_or(Start::Beginning, Start::At);
        let table = self.table.client(self.entries.table.pk).await?;
        let pages = Pages::open(table, start, PAGE).await?;
        Ok(Some(Open { lease, pages, reached: VecDeque::new() }))
    }

    /// Brings the entries of items up to date: several items at the same time, and the changes of one item in order.
    async fn apply(&self, lease: &Lease, changes: Vec<Change>) -> Result<Cost> {
        let items = by_item(changes).into_iter().map(|changes| async move {
            let mut cost = Cost::ZERO;
            for change in changes {
                cost += self.entries.apply(&lease.fence, &change).await?;
            }
            Ok::<_, Error>(cost)
        });
        let costs = stream::iter(items).buffer_unordered(AT_ONCE);
        costs.try_fold(Cost::ZERO, |all, cost| async move { Ok(all + cost) }).await
    }
}

impl fmt::Debug for IndexWorker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (table, index) = (self.entries.table.name, self.entries.index.name);
        f.debug_struct("IndexWorker")
            .field("table", &table)
            .field("index", &index)
            .finish_non_exhaustive()
    }
}
