//! `Cosmos`: the handle of a container in Cosmos DB.

use crate::container::Container;
use crate::indexes::{Access, Indexes};
use crate::recent::Recent;
use crate::session::Sessions;
use azure_data_cosmos::PartitionKey;
use azure_data_cosmos::clients::{ContainerClient, DatabaseClient};
use azure_data_cosmos::models::{ResponseHeaders, ThroughputProperties};
use azure_data_cosmos::options::{
    BinaryEncodingOptions, ItemReadOptions, ItemWriteOptions, OperationOptions, QueryOptions,
    ReadConsistencyStrategy,
};
use monotable_core::expr::Path;
use monotable_core::schema::{IndexDef, TableDef};
use monotable_core::{Cost, Field, Result};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// A container in Cosmos DB. This is a handle: its clones share the client and the client's connections.
///
/// The type parameter is the list of the indexes that the handle serves, which [`index`](Cosmos::index) and
/// [`index_fan_out`](Cosmos::index_fan_out) add to. A table can be opened on it if it serves all of the table's
/// indexes, in the order of `#[table(indexes(..))]`.
///
/// The [documentation of the crate](crate) describes what each request sends, and which permissions it needs.
pub struct Cosmos<L = ()> {
    pub(crate) inner: Arc<Inner>,
    served: PhantomData<fn() -> L>,
}

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) container: Container,
    pub(crate) indexes: Indexes,
    pub(crate) recent: Arc<Recent>,
    pub(crate) sessions: Arc<Sessions>,
    /// The fields that `create_if_missing` indexes for filters.
    pub(crate) indexed: Vec<Path>,
    /// What `create_if_missing` provisions; `None` if this is left to the service.
    pub(crate) throughput: Option<ThroughputProperties>,
}

impl Cosmos {
    /// Returns a handle of a container that uses your client, with its account, credentials, regions, retries and
    /// timeouts.
    ///
    /// The container has to be partitioned by `/pk`, or by the attribute that the table names as its partition key.
    /// Nothing is sent.
    #[must_use]
    pub fn new(container: ContainerClient) -> Self {
        Self::of(Container::given(container))
    }

    /// Returns a handle of the container with this name, which may not exist yet:
    /// [`create_if_missing`](monotable_core::Table::create_if_missing) creates it. Nothing is sent.
    #[must_use]
    pub fn in_database(database: DatabaseClient, container: impl Into<String>) -> Self {
        Self::of(Container::named(database, container.into()))
    }

    fn of(container: Container) -> Self {
        let (indexes, recent) = (Indexes::default(), Arc::default());
        let sessions = Arc::default();
        let (indexed, throughput) = (Vec::new(), None);
        let inner = Inner { container, indexes, recent, sessions, indexed, throughput };
        Cosmos { inner: Arc::new(inner), served: PhantomData }
    }
}

impl<L> Cosmos<L> {
    /// Returns the SDK's client of the container, for calls of your own.
    ///
    /// # Errors
    ///
    /// [`is_table_missing`](monotable_core::Error::is_table_missing) if there is no container with the name that was
    /// given, and other errors of the call that asks for it.
    pub async fn container(&self) -> Result<&ContainerClient> {
        self.inner.container.any_client().await
    }

    /// Makes [`create_if_missing`](monotable_core::Table::create_if_missing) index a field, too, so that filters of
    /// large partitions cost less.
    ///
    /// Without it, a new container has an index of the keys only, which makes writes cheap. A query with a filter
    /// loads the items of its key range, and compares them; this costs little if most of them match.
    ///
    /// ```
    /// # use monotable::prelude::*;
    /// # use monotable_cosmos::Cosmos;
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Debug, Table)]
    /// # enum Shop { Order(Order) }
    /// # #[derive(Debug, Serialize, Deserialize, Entity)]
    /// # #[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
    /// # struct Order { customer: String, number: u32, total: f64 }
    /// async fn create(cosmos: Cosmos) -> monotable::Result<()> {
    ///     Shop::on(cosmos.indexed(Order::TOTAL)).create_if_missing().await
    /// }
    /// ```
    #[must_use]
    pub fn indexed<E, F, T>(self, field: Field<E, F, T>) -> Self {
        self.with(|inner| inner.indexed.push(field.path().clone()))
    }

    /// Makes [`create_if_missing`](monotable_core::Table::create_if_missing) provision this throughput for a new
    /// container.
    ///
    /// Without it, nothing is said about throughput. This is right for serverless accounts and for databases with
    /// shared throughput; in another account, the service gives the container 400 request units per second.
    #[must_use]
    pub fn throughput(self, throughput: ThroughputProperties) -> Self {
        self.with(|inner| inner.throughput = Some(throughput))
    }

    /// Returns a handle with one more index.
    pub(crate) fn serving<I>(self, index: &'static IndexDef, access: Access) -> Cosmos<(L, I)> {
        let mut inner = Arc::unwrap_or_clone(self.inner);
        inner.indexes.add(index, access);
        Cosmos { inner: Arc::new(inner), served: PhantomData }
    }

    /// Returns the same handle with other session tokens.
    pub(crate) fn with_sessions(self, sessions: Sessions) -> Self {
        self.with(|inner| inner.sessions = Arc::new(sessions))
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.inner);
        change(&mut inner);
        Cosmos { inner: Arc::new(inner), served: PhantomData }
    }
}

impl Inner {
    /// Returns the options of a read of one item.
    pub(crate) fn reading(&self, consistent: bool) -> ItemReadOptions {
        let options = ItemReadOptions::default().with_operation_options(read(consistent));
        match self.sessions.token() {
            Some(token) => options.with_session_token(token),
            None => options,
        }
    }

    /// Returns the options of a write of one item.
    pub(crate) fn writing(&self) -> ItemWriteOptions {
        ItemWriteOptions::default().with_operation_options(operation())
    }

    /// Returns the options of a query.
    pub(crate) fn querying(&self, consistent: bool) -> QueryOptions {
        let options = QueryOptions::default().with_operation_options(read(consistent));
        match self.sessions.token() {
            Some(token) => options.with_session_token(token),
            None => options,
        }
    }

    /// Takes the session token and the charge of an answer.
    pub(crate) fn charged(&self, headers: &ResponseHeaders) -> Cost {
        if let Some(token) = headers.session_token() {
            self.sessions.see(token.as_str());
        }
        charge(headers)
    }
}

/// Returns what a request was charged.
pub(crate) fn charge(headers: &ResponseHeaders) -> Cost {
    headers.request_charge().map_or(Cost::ZERO, |charge| Cost::request(charge.value()))
}

/// Returns the options of every request: documents are sent and answered as texts, which are decoded without a tree in
/// between.
pub(crate) fn operation() -> OperationOptions {
    let mut options = OperationOptions::default();
    options.binary_encoding = Some(BinaryEncodingOptions::new().with_enabled(false));
    options
}

/// Returns the options of a read. A consistent one asks two replicas, and is charged twice.
fn read(consistent: bool) -> OperationOptions {
    let mut options = operation();
    if consistent {
        options.read_consistency_strategy = Some(ReadConsistencyStrategy::LatestCommitted);
    }
    options
}

/// Returns the partition key of a request.
pub(crate) fn partition(pk: &str) -> PartitionKey {
    PartitionKey::from(pk.to_owned())
}

/// Returns the id of the item with this sort key.
pub(crate) fn id(table: &TableDef, sk: &str) -> Result<String> {
    crate::document::id::of_sort_key(sk, table.encoding)
}

impl<L> Clone for Cosmos<L> {
    fn clone(&self) -> Self {
        Cosmos { inner: Arc::clone(&self.inner), served: PhantomData }
    }
}

impl<L> fmt::Debug for Cosmos<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { container, indexes, .. } = &*self.inner;
        f.debug_struct("Cosmos")
            .field("container", &container.name())
            .field("indexes", indexes)
            .finish()
    }
}
