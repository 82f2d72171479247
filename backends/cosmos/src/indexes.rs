//! Which indexes a handle serves, and how.

use crate::Cosmos;
use crate::container::Container;
use azure_data_cosmos::clients::ContainerClient;
use monotable_core::schema::IndexDef;
use monotable_core::{Error, Index, Kind, Result};
use std::fmt;
use std::sync::Arc;

/// How the queries of an index are run.
#[derive(Clone)]
pub(crate) enum Access {
    /// In a container whose partition key is that of the index.
    Container(Container),
    /// In all partitions of the table's own container.
    FanOut,
}

/// The indexes that a handle serves.
#[derive(Clone, Default)]
pub(crate) struct Indexes(Arc<[(&'static IndexDef, Access)]>);

impl Indexes {
    pub(crate) fn add(&mut self, index: &'static IndexDef, access: Access) {
        let all = self.0.iter().cloned().chain([(index, access)]);
        self.0 = all.collect();
    }

    /// Returns whether an index has a container, whose worker has to learn of deletions.
    pub(crate) fn has_containers(&self) -> bool {
        self.0.iter().any(|(_, access)| matches!(access, Access::Container(_)))
    }

    /// Returns how the queries of an index are run.
    pub(crate) fn of(&self, index: &IndexDef) -> Result<&Access> {
        let found = self.0.iter().find(|(known, _)| known.name == index.name);
        found.map(|(_, access)| access).ok_or_else(|| {
            let name = index.name;
            let message = format!(
                "this handle does not serve the index `{name}`: give it the index's container with `.index(..)`, or \
                 allow queries of all partitions with `.index_fan_out(..)`"
            );
            Error::new(Kind::Unsupported, message)
        })
    }
}

impl fmt::Debug for Indexes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.iter().map(|(index, access)| match access {
            Access::Container(_) => (index.name, "container"),
            Access::FanOut => (index.name, "fan-out"),
        });
        f.debug_map().entries(all).finish()
    }
}

impl<L> Cosmos<L> {
    /// Serves an index from a container of its own, whose partition key is the attribute of the index's partition
    /// key: `/gsi1pk` for an index `Gsi1`. A query of the index is then a query of one partition.
    ///
    /// Its documents are written by an [`IndexWorker`](crate::IndexWorker), so they follow the table with a delay. The
    /// container needs a time to live that is switched on without a default (`-1`), and so does the table's: a worker
    /// learns of a deletion by a note in the table's container, which expires after 30 days.
    ///
    /// Until a worker has run, queries of the index find nothing. [`index_in`](Self::index_in) takes the name of a container
    /// that may not exist yet.
    ///
    /// Every program that deletes items needs a handle with the index's container, because only such a handle writes
    /// these notes. Give all programs the handle before the worker runs for the first time.
    ///
    /// ```no_run
    /// # use monotable::prelude::*;
    /// # use monotable_cosmos::Cosmos;
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
    /// let open = Order::by_status("open").all(&shop).await?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn index<I: Index>(self, index: I, container: ContainerClient) -> Cosmos<(L, I)> {
        let _ = index;
        self.serving(<I as Index>::DEF, Access::Container(Container::given(container)))
    }

    /// Serves an index from the container with this name, in the database of the handle. Otherwise this is
    /// [`index`](Self::index).
    ///
    /// The container may not exist yet: [`create_if_missing`](monotable_core::Table::create_if_missing) creates it.
    /// The handle has a database if it was made by [`in_database`](Cosmos::in_database) or
    /// [`from_env`](Cosmos::from_env).
    ///
    /// ```no_run
    /// # use monotable::prelude::*;
    /// # use monotable_cosmos::Cosmos;
    /// # #[derive(Debug, Index)]
    /// # struct ByStatus;
    /// # #[derive(Debug, Table)]
    /// # #[table(indexes(ByStatus))]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # #[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{id}")]
    /// # struct Order { id: String, status: String }
    /// # async fn example() -> monotable::Result<()> {
    /// let cosmos = Cosmos::from_env().await?.index_in(ByStatus, "shop-by-status");
    /// let shop = Shop::on(cosmos);
    /// shop.create_if_missing().await?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn index_in<I: Index>(self, index: I, container: impl Into<String>) -> Cosmos<(L, I)> {
        let _ = index;
        let container = self.inner.container.beside(container.into());
        self.serving(<I as Index>::DEF, Access::Container(container))
    }

    /// Serves an index by queries of all partitions of the table's container.
    ///
    /// Nothing has to be kept up to date, and a query sees each write at once. But each physical partition is asked
    /// and charged, whether it has matching items or not: a query costs more, the larger the container grows.
    /// [`page.cost`](monotable_core::Page) shows it, and the tracing span of the request has
    /// `monotable.plan = "fan-out"`.
    ///
    /// ```no_run
    /// # use monotable::prelude::*;
    /// # use monotable_cosmos::Cosmos;
    /// # #[derive(Debug, Index)]
    /// # struct Gsi1;
    /// # #[derive(Debug, Table)]
    /// # #[table(indexes(Gsi1))]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Debug, serde::Serialize, serde::Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
    /// # #[access(by_status, index = Gsi1, pk = "STATUS#{status}", sk = "{id}")]
    /// # struct Order { id: String, status: String }
    /// # async fn example(container: azure_data_cosmos::clients::ContainerClient) -> monotable::Result<()> {
    /// let shop = Shop::on(Cosmos::new(container).index_fan_out(Gsi1));
    /// let page = Order::by_status("open").page(&shop).await?;
    /// println!("{} request units", page.cost.request_units);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn index_fan_out<I: Index>(self, index: I) -> Cosmos<(L, I)> {
        let _ = index;
        self.serving(<I as Index>::DEF, Access::FanOut)
    }
}
