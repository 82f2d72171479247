//! Stores in Cosmos DB for the tests: in Microsoft's emulator, which runs in the process of the test, or in an account.

use azure_data_cosmos::{AccountReference, CosmosClient, CosmosRuntimeBuilder, RoutingStrategy};
use azure_data_cosmos_driver::in_memory_emulator::{
    InMemoryEmulatorHttpClient, VirtualAccountConfig, VirtualRegion,
};
use monotable::backend::{AllIndexes, Keyed, Limits};
use monotable::change::{ChangePage, LatestVersions, OpenChanges, StoredChange};
use monotable::request::{
    BatchFetched, BatchGet, BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Operation,
    Put, Queried, Query, TransactFetched, TransactGet, TransactWrite, Transacted, Update, Written,
};
use monotable::schema::TableDef;
use monotable::{Backend, ChangeFeed, Cosmos, Result, Transactions};
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Mutex;

const ENDPOINT: &str = "https://eastus.emulator.local";
const DATABASE: &str = "monotable-tests";

/// Declares the indexes of all tables of the tests by their names, and a function that serves them.
macro_rules! indexes {
    ($($index:ident = $name:literal;)*) => {
        mod served {
            $(
                #[derive(Debug, monotable::Index)]
                #[index(name = $name)]
                pub struct $index;
            )*
        }

        fn serving_all(cosmos: Cosmos) -> impl Transactions + ChangeFeed<Mode = LatestVersions> {
            cosmos$(.index_fan_out(served::$index))*
        }
    };
}
indexes! {
    Gsi1 = "gsi1";
    Gsi2 = "gsi2";
    Gsi3 = "gsi3";
    All = "all";
    Keys = "keys";
    Some = "some";
    ByAge = "by_age";
    ByChange = "by_change";
    ByCity = "by_city";
    ByOwner = "by_owner";
    ByPlace = "by_place";
    ByPlan = "by_plan";
    ByTotal = "by_total";
    Feed = "feed";
    Network = "network";
    Wide = "wide";
    First = "first";
    Second = "second";
    Third = "third";
    Fourth = "fourth";
}

/// Where the containers of a test are.
#[derive(Clone)]
enum Account {
    Emulator(Arc<InMemoryEmulatorHttpClient>),
    /// An account, by its endpoint and key.
    Azure {
        endpoint: String,
        key: String,
    },
}

/// Returns a store without items, in a container of its own. The container is deleted when the second value is dropped.
///
/// It is in the account that `MONOTABLE_COSMOS_ENDPOINT` and `MONOTABLE_COSMOS_KEY` name, or in the emulator.
///
/// # Panics
///
/// If the account does not answer.
pub async fn store() -> (Opened<impl Transactions + ChangeFeed<Mode = LatestVersions>>, Deleted) {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let account = match variable("MONOTABLE_COSMOS_ENDPOINT") {
        Some(endpoint) => {
            let key =
                variable("MONOTABLE_COSMOS_KEY").expect("MONOTABLE_COSMOS_KEY beside the endpoint");
            Account::Azure { endpoint, key }
        }
        None => Account::emulator(),
    };
    let client = account.client().await;
    let name = unique_name();
    let backend = serving_all(Cosmos::in_database(client.database_client(DATABASE), name.as_str()));
    let is_made = Arc::default();
    let store = Opened { backend, account: account.clone(), container: name.clone(), is_made };
    (store, Deleted { account, name })
}

fn unique_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("t-{now:x}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

impl Account {
    fn emulator() -> Self {
        let region = VirtualRegion::new("East US", ENDPOINT.parse().expect("a URL"));
        let config = VirtualAccountConfig::new(vec![region]).expect("an account");
        let server = Arc::new(InMemoryEmulatorHttpClient::new(config));
        server.store().create_database(DATABASE);
        Account::Emulator(server)
    }

    /// Returns a client. The account has the database of the tests.
    async fn client(&self) -> CosmosClient {
        let (builder, endpoint, key) = match self {
            Account::Emulator(server) => {
                (CosmosRuntimeBuilder::from(server.runtime_builder()), ENDPOINT, "a2V5")
            }
            Account::Azure { endpoint, key } => (CosmosRuntimeBuilder::new(), &**endpoint, &**key),
        };
        let runtime = builder.build().await.expect("a runtime of the SDK");
        let endpoint =
            endpoint.parse().expect("MONOTABLE_COSMOS_ENDPOINT is the URL of an account");
        let account = AccountReference::with_authentication_key(endpoint, key.to_owned());
        let strategy = RoutingStrategy::ProximityTo("East US".into());
        let client = CosmosClient::builder().with_runtime(runtime).build(account, strategy).await;
        let client = client.expect("a client");
        if let Account::Azure { .. } = self
            && let Err(failed) = client.create_database(DATABASE, None).await
        {
            assert!(failed.status().is_conflict(), "{failed}");
        }
        client
    }
}

/// A backend that creates its containers before their first use, with two physical partitions in the emulator. It serves
/// the indexes of every table of the tests, and its pauses before retries are shorter.
#[derive(Clone)]
pub struct Opened<B> {
    backend: B,
    account: Account,
    container: String,
    is_made: Arc<Mutex<bool>>,
}

impl<B: Backend> Opened<B> {
    async fn open(&self, table: &'static TableDef) -> Result<()> {
        let mut is_made = self.is_made.lock().await;
        if *is_made {
            return Ok(());
        }
        self.backend.create_table(CreateTable::new(table)).await?;
        if let Account::Emulator(server) = &self.account {
            let store = server.store();
            store.split_partition(DATABASE, &self.container, 0, Duration::ZERO);
            store.wait_for_split(DATABASE, &self.container, 0).await;
        }
        *is_made = true;
        Ok(())
    }
}

macro_rules! calls {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            self.open(request.table).await?;
            self.backend.$name(request).await
        }
    )*};
}

impl<B: Backend> Backend for Opened<B> {
    type Item = B::Item;
    type Indexes = AllIndexes;

    const SYSTEM: &'static str = B::SYSTEM;
    const LIMITS: Limits = B::LIMITS;

    fn operation_name(operation: Operation) -> &'static str {
        B::operation_name(operation)
    }

    fn collection(&self) -> Option<&str> {
        self.backend.collection()
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<B::Item> {
        self.backend.encode(item)
    }

    calls! {
        get(Get) -> Fetched<B::Item>;
        put(Put<B::Item>) -> Written<B::Item>;
        update(Update) -> Written<B::Item>;
        delete(Delete) -> Written<B::Item>;
        query(Query) -> Queried<B::Item>;
        batch_get(BatchGet) -> BatchFetched<B::Item>;
        batch_write(BatchWrite<B::Item>) -> BatchWritten;
        create_table(CreateTable) -> ();
    }

    async fn pause(&self, duration: Duration) {
        self.backend.pause(duration / 5).await;
    }
}

impl<B: Transactions> Transactions for Opened<B> {
    calls! {
        transact_get(TransactGet) -> TransactFetched<B::Item>;
        transact_write(TransactWrite<B::Item>) -> Transacted<B::Item>;
    }
}

impl<B: ChangeFeed> ChangeFeed for Opened<B> {
    type Mode = B::Mode;
    type Reader = B::Reader;

    async fn open_changes(&self, request: OpenChanges) -> Result<B::Reader> {
        self.open(request.table).await?;
        self.backend.open_changes(request).await
    }

    async fn next_changes(&self, reader: &mut B::Reader) -> Result<ChangePage<StoredChange<Self>>> {
        self.backend.next_changes(reader).await
    }
}

/// Deletes the container when it is dropped, if it is in an account.
pub struct Deleted {
    account: Account,
    name: String,
}

impl Drop for Deleted {
    fn drop(&mut self) {
        if let Account::Emulator(_) = self.account {
            return;
        }
        let (account, name) = (self.account.clone(), std::mem::take(&mut self.name));
        // The test's runtime may be one thread, which this destructor would block.
        let deletion = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let database = account.client().await.database_client(DATABASE);
                if let Ok(container) = database.container_client(name, None).await {
                    container.delete(None).await.expect("the container is deleted");
                }
            });
        });
        assert!(
            deletion.join().is_ok() || thread::panicking(),
            "the container of the test was not deleted"
        );
    }
}
