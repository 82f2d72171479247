//! Containers that are created from a table, and existing ones that differ from it.

use crate::support::Emulator;
use azure_data_cosmos::FeedScope;
use azure_data_cosmos::models::{
    ContainerProperties, IndexingMode, IndexingPolicy, ThroughputProperties, TimeToLive,
};
use futures_util::StreamExt as _;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Table)]
#[table(pk = "customer-key", indexes(ByStatus, ByDay, ByTotal))]
enum Shop {
    Order(Order),
    Session(Session),
}

#[derive(Debug, Index)]
struct ByStatus;

#[derive(Debug, Index)]
struct ByDay;

#[derive(Debug, Index)]
#[index(local)]
struct ByTotal;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CUSTOMER#{customer}", sk = "ORDER#{number}")]
#[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{day}")]
#[access(by_day, index = ByDay, pk = "DAY#{day}", sk = "{number}", mixed)]
#[access(by_total, index = ByTotal, sk = "TOTAL#{total}")]
struct Order {
    customer: String,
    number: u32,
    status: String,
    day: u32,
    total: u32,
    address: Address,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
struct Address {
    city: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "SESSION#{id}", sk = "SESSION", ttl = ends)]
struct Session {
    id: String,
    ends: u64,
}

#[derive(Debug, Table)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

#[derive(Debug, Table)]
#[table(indexes(ByOwner))]
enum Tasks {
    Task(Task),
}

#[derive(Debug, Index)]
struct ByOwner;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Tasks,
    pk = "TEAM#{team}",
    sk = "TASK#{id}",
    unique(team, owner, pk = "TEAM#{team}", sk = "UNIQUE#{owner}")
)]
#[access(of_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{id}")]
struct Task {
    team: String,
    id: String,
    owner: String,
}

async fn properties(emulator: &Emulator, name: &str) -> ContainerProperties {
    let container = emulator.database.container_client(name.to_owned(), None).await.unwrap();
    container.read(None).await.unwrap().into_model().unwrap()
}

fn policy(found: &ContainerProperties) -> serde_json::Value {
    serde_json::to_value(found.indexing_policy.as_ref().unwrap()).unwrap()
}

fn note(id: &str) -> Note {
    Note { id: id.into() }
}

#[tokio::test]
async fn a_container_has_what_the_templates_need_and_no_more() {
    let emulator = Emulator::start().await;
    let notes = Notes::on(emulator.named("notes"));
    notes.create_if_missing().await.unwrap();
    note("a").create().send(&notes).await.unwrap();
    let found = properties(&emulator, "notes").await;
    assert_eq!(found.partition_key.paths(), ["/pk"]);
    assert_eq!(found.default_ttl, TimeToLive::Forever);
    let expected = json!({
        "automatic": true,
        "indexingMode": "consistent",
        "includedPaths": [{ "path": "/pk/?" }, { "path": "/sk/?" }],
        "excludedPaths": [{ "path": "/*" }],
    });
    assert_eq!(policy(&found), expected);
    // Nothing is changed by a second call.
    notes.create_if_missing().await.unwrap();
    assert_eq!(properties(&emulator, "notes").await, found);
}

#[tokio::test]
async fn indexes_expiry_and_named_fields_are_indexed() {
    let emulator = Emulator::start().await;
    let cosmos = emulator.named("shop").index_fan_out(ByStatus).index_in(ByDay, "shop-by-day");
    let cosmos = cosmos.indexed(Order::TOTAL).indexed(Order::ADDRESS.then(Address::CITY));
    Shop::on(cosmos).create_if_missing().await.unwrap();

    let found = properties(&emulator, "shop").await;
    assert_eq!(found.partition_key.paths(), ["/\"customer-key\""]);
    assert_eq!(found.default_ttl, TimeToLive::NoDefault);
    let expected = json!({
        "automatic": true,
        "indexingMode": "consistent",
        "includedPaths": [
            { "path": "/\"customer-key\"/?" }, { "path": "/sk/?" }, { "path": "/_type/?" },
            { "path": "/_ttl/?" }, { "path": "/by_totalsk/?" }, { "path": "/by_statuspk/?" },
            { "path": "/by_statussk/?" }, { "path": "/total/?" }, { "path": "/address/city/?" },
            { "path": "/total/*" }, { "path": "/address/city/*" },
        ],
        "excludedPaths": [{ "path": "/*" }],
        "compositeIndexes": [
            [
                { "path": "/by_totalsk", "order": "ascending" },
                { "path": "/sk", "order": "ascending" },
            ],
            [
                { "path": "/by_statussk", "order": "ascending" },
                { "path": "/\"customer-key\"", "order": "ascending" },
                { "path": "/sk", "order": "ascending" },
            ],
        ],
    });
    assert_eq!(policy(&found), expected);

    let found = properties(&emulator, "shop-by-day").await;
    assert_eq!(found.partition_key.paths(), ["/by_daypk"]);
    assert_eq!(found.default_ttl, TimeToLive::NoDefault);
    let composites = json!([[
        { "path": "/by_daysk", "order": "ascending" },
        { "path": "/\"customer-key\"", "order": "ascending" },
        { "path": "/sk", "order": "ascending" },
    ]]);
    assert_eq!(policy(&found)["compositeIndexes"], composites);
}

#[tokio::test]
async fn notes_for_the_worker_of_an_index_can_expire() {
    let emulator = Emulator::start().await;
    let tasks = || Tasks::on(emulator.named("tasks").index_in(ByOwner, "tasks-by-owner"));
    tasks().create_if_missing().await.unwrap();
    let found = properties(&emulator, "tasks").await;
    assert_eq!(found.default_ttl, TimeToLive::NoDefault);
    // Queries of a partition leave out the guards of unique values.
    let included = json!([{ "path": "/pk/?" }, { "path": "/sk/?" }, { "path": "/_type/?" }]);
    assert_eq!(policy(&found)["includedPaths"], included);
    assert_eq!(properties(&emulator, "tasks-by-owner").await.default_ttl, TimeToLive::NoDefault);
    let task = Task { team: "a".into(), id: "a".into(), owner: "Ada".into() };
    task.create().send(&tasks()).await.unwrap();

    // A container of an index that is partitioned by something else is found here, too.
    let client = emulator.container("other", "/pk").await;
    let error = Tasks::on(emulator.named("tasks").index(ByOwner, client));
    let error = error.create_if_missing().await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error:?}");
    let expected = "the partition key is `/pk` in Cosmos DB and `/by_ownerpk` in the declaration";
    assert!(error.to_string().contains(expected), "{error}");

    // So it is by a query.
    let client = emulator.container("another", "/pk").await;
    let tasks = Tasks::on(emulator.named("tasks").index(ByOwner, client));
    let error = Task::of_owner("Ada").all(&tasks).await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error:?}");
    let expected =
        "of index `by_owner` is partitioned by `/pk` and has to be partitioned by `/by_ownerpk`";
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn a_name_needs_the_database() {
    let emulator = Emulator::start().await;
    let client = emulator.container("tasks", "/pk").await;
    let tasks = Tasks::on(Cosmos::new(client).index_in(ByOwner, "tasks-by-owner"));
    let error = Task::of_owner("Ada").all(&tasks).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.to_string().contains("make the handle by `Cosmos::in_database`"), "{error}");
}

#[tokio::test]
async fn throughput_is_provisioned_if_it_is_said() {
    let emulator = Emulator::start().await;
    for (name, said) in [("default", None), ("more", Some(800))] {
        let cosmos = emulator.named(name);
        let cosmos = match said {
            Some(units) => cosmos.throughput(ThroughputProperties::manual(units)),
            None => cosmos,
        };
        Notes::on(cosmos).create_if_missing().await.unwrap();
        let container = emulator.database.container_client(name, None).await.unwrap();
        let found = container.read_throughput(None).await.unwrap();
        assert_eq!(found.and_then(|found| found.throughput()), said, "{name}");
    }
}

#[tokio::test]
async fn a_container_that_indexes_everything_is_enough_for_a_table_without_indexes() {
    let emulator = Emulator::start().await;
    let client = emulator.container("notes", "/pk").await;
    Notes::on(Cosmos::new(client)).create_if_missing().await.unwrap();
}

#[tokio::test]
async fn all_differences_are_in_one_error_and_nothing_is_changed() {
    let emulator = Emulator::start().await;
    let mut policy = IndexingPolicy::default()
        .with_indexing_mode(IndexingMode::Consistent)
        .with_included_path("/\"sk\"/?")
        .with_excluded_path("/*");
    policy.automatic = true;
    let properties_ = ContainerProperties::new("shop", "/pk".into()).with_indexing_policy(policy);
    emulator.database.create_container(properties_, None).await.unwrap();
    let before = properties(&emulator, "shop").await;

    let shop = Shop::on(emulator.named("shop").index_fan_out(ByStatus).index_fan_out(ByDay));
    let error = shop.create_if_missing().await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "Shop::create_if_missing: container `shop` in Cosmos DB differs from the declared `Shop`: the partition key is `/pk` in Cosmos DB and \
         `/\"customer-key\"` in the declaration, the time to live is off in Cosmos DB, so expired items would never be \
         deleted, and entities of the declaration expire (set the container's default time to live to -1), the paths \
         `/\"customer-key\"/?` and `/_type/?` and `/_ttl/?` and `/by_totalsk/?` and `/by_statuspk/?` and \
         `/by_statussk/?` and `/by_daypk/?` and `/by_daysk/?` are not indexed in Cosmos DB, where the policy includes \
         `/\"sk\"/?`, and there is no composite index of `/by_totalsk, /sk` and none of `/by_statussk, \
         /\"customer-key\", /sk` and none of `/by_daysk, /\"customer-key\", /sk` in Cosmos DB; nothing was changed. \
         Change the container in Cosmos DB or the declaration, or use another container"
    );
    assert_eq!(properties(&emulator, "shop").await, before);
}

#[tokio::test]
async fn items_that_would_all_expire_are_a_difference() {
    let emulator = Emulator::start().await;
    let properties = ContainerProperties::new("notes", "/pk".into()).with_default_ttl(3600);
    emulator.database.create_container(properties, None).await.unwrap();
    let error = Notes::on(emulator.named("notes")).create_if_missing().await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error:?}");
    let expected = "the default time to live is 3600 seconds in Cosmos DB, after which all items would be deleted";
    assert!(error.to_string().contains(expected), "{error}");
}

#[tokio::test]
async fn another_partition_key_is_told_before_anything_is_written() {
    let emulator = Emulator::start().await;
    let client = emulator.container("notes", "/customer").await;
    for cosmos in [Cosmos::new(client.clone()), emulator.named("notes")] {
        let notes = Notes::on(cosmos);
        let errors = [
            note("a").create().send(&notes).await.unwrap_err(),
            note("a").put().send(&notes).await.unwrap_err(),
            note("a").delete().send(&notes).await.unwrap_err(),
            Note::get("a").send(&notes).await.unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_schema_mismatch(), "{error:?}");
            let expected = "is partitioned by `/customer` and the declared partition key is `/pk`: nothing was sent";
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
    let all = client.query_items::<serde_json::Value>(
        "SELECT * FROM c",
        FeedScope::full_container(),
        None,
    );
    let page = all.await.unwrap().into_pages().next().await.unwrap().unwrap();
    assert_eq!(page.into_items().len(), 0);
}

#[tokio::test]
async fn a_missing_container_and_a_missing_database_are_named() {
    let emulator = Emulator::start().await;
    let error = note("a").put().send(&Notes::on(emulator.named("notes"))).await.unwrap_err();
    assert!(error.is_table_missing(), "{error:?}");
    assert!(
        error.to_string().contains("container `notes` or its database does not exist"),
        "{error}"
    );

    let error = Notes::on(emulator.in_no_database()).create_if_missing().await.unwrap_err();
    assert!(error.is_table_missing(), "{error:?}");
    assert!(error.to_string().contains("database `nowhere` does not exist"), "{error}");
    assert!(error.to_string().contains("--resource-group GROUP --name nowhere"), "{error}");
}

#[tokio::test]
async fn an_expired_item_is_not_read() {
    let emulator = Emulator::start().await;
    let cosmos = emulator.named("shop").index_fan_out(ByStatus).index_fan_out(ByDay);
    let shop = Shop::on(cosmos);
    shop.create_if_missing().await.unwrap();
    Session { id: "s".into(), ends: 1_000_000_000 }.put().send(&shop).await.unwrap();
    assert_eq!(Session::get("s").send(&shop).await.unwrap(), None);
}
