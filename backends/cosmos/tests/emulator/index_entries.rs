//! What is in the entries of an index's container.

use crate::support::Emulator;
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::{FeedScope, Query};
use futures_util::StreamExt as _;
use monotable::prelude::*;
use monotable_cosmos::{Cosmos, IndexWorker};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;

#[derive(Debug, Table)]
#[table(indexes(ByOwner, ByRank))]
enum Files {
    File(File),
    Folder(Folder),
}

#[derive(Debug, Index)]
#[index(projection = keys_only)]
struct ByOwner;

#[derive(Debug, Index)]
#[index(projection = include(name, size))]
struct ByRank;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "FILE#{path}", sk = "FILE", ttl = until)]
#[access(by_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{path}")]
#[access(by_rank, index = ByRank, pk = "RANK#{rank}", sk = "{path}")]
struct File {
    path: String,
    owner: String,
    rank: u8,
    name: String,
    size: f64,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<jiff::Timestamp>,
}

/// In no index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "FOLDER#{path}", sk = "FOLDER")]
struct Folder {
    path: String,
}

type Handle = Table<Files, Cosmos<(((), ByOwner), ByRank)>>;

struct Sample {
    emulator: Emulator,
    files: Handle,
    owners: ContainerClient,
    ranks: ContainerClient,
}

impl Sample {
    async fn new() -> Self {
        let emulator = Emulator::start().await;
        let table = emulator.container("files", "/pk").await;
        let owners = emulator.container("owners", "/by_ownerpk").await;
        let ranks = emulator.container("ranks", "/by_rankpk").await;
        let cosmos = Cosmos::new(table).index(ByOwner, owners.clone());
        let files = Files::on(cosmos.index(ByRank, ranks.clone()));
        Sample { emulator, files, owners, ranks }
    }

    async fn catch_up(&self) {
        IndexWorker::new(&self.files, ByOwner).unwrap().catch_up().await.unwrap();
        IndexWorker::new(&self.files, ByRank).unwrap().catch_up().await.unwrap();
    }
}

/// The entries in a container, without what is random or the service's own.
async fn entries(container: &ContainerClient, sort_key: &str) -> Vec<Map<String, Value>> {
    let query = Query::from(format!("SELECT * FROM c WHERE IS_DEFINED(c['{sort_key}'])"));
    let all = FeedScope::full_container();
    let items = container.query_items::<Map<String, Value>>(query, all, None).await.unwrap();
    let mut items: Vec<_> = items.map(Result::unwrap).collect().await;
    for item in &mut items {
        item.retain(|name, _| !name.starts_with('_') || name == "_type" || name == "_ttl");
    }
    items
}

fn file(path: &str) -> File {
    let (owner, name) = ("Ann".to_owned(), "It's".to_owned());
    let (text, until) = ("long".to_owned(), None);
    File { path: path.to_owned(), owner, rank: 1, name, size: 0.1, text, until }
}

fn json(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn an_entry_has_what_the_index_projects() {
    let sample = Sample::new().await;
    file("a/b").put().send(&sample.files).await.unwrap();
    sample.catch_up().await;
    let keys = r#""id": "FILE~a_2Fb_-FILE", "pk": "FILE#a/b", "sk": "FILE""#;
    let owner = format!(r#"{{{keys}, "by_ownerpk": "OWNER#Ann", "by_ownersk": "a/b"}}"#);
    assert_eq!(entries(&sample.owners, "by_ownersk").await, [json(&owner)]);
    let rank = format!(
        r#"{{{keys}, "by_rankpk": "RANK#001", "by_ranksk": "a/b", "_type": "File", "name": "It's", "size": 0.1}}"#
    );
    assert_eq!(entries(&sample.ranks, "by_ranksk").await, [json(&rank)]);
    let page = File::by_rank(1).page(&sample.files).await.unwrap();
    assert_eq!(page.items[0].get(File::NAME).unwrap(), "It's");
    assert_eq!(page.items[0].get(File::SIZE).unwrap(), 0.1);
    let page = File::by_owner("Ann").page(&sample.files).await.unwrap();
    assert_eq!(page.items[0].get(File::PATH).unwrap(), "a/b");
}

#[tokio::test]
async fn an_entry_expires_with_its_item() {
    let sample = Sample::new().await;
    let until = jiff::Timestamp::now() + Duration::from_secs(3600);
    let mut file = file("a");
    file.until = Some(until);
    file.put().send(&sample.files).await.unwrap();
    sample.catch_up().await;
    let entry = entries(&sample.owners, "by_ownersk").await.remove(0);
    let ttl = entry["ttl"].as_i64().unwrap();
    assert!((3_590..=3_601).contains(&ttl), "{ttl}");
    assert_eq!(entry["_ttl"].as_i64().unwrap(), until.as_second() + 1);
    // It is not found if the service has not removed it yet.
    file.until = Some(jiff::Timestamp::now() - Duration::from_secs(1));
    file.put().send(&sample.files).await.unwrap();
    sample.catch_up().await;
    assert_eq!(entries(&sample.owners, "by_ownersk").await[0]["ttl"], 1);
    assert_eq!(File::by_owner("Ann").count(&sample.files).await.unwrap(), 0);
    // An item that no longer expires has an entry that does not, either.
    file.until = None;
    file.put().send(&sample.files).await.unwrap();
    sample.catch_up().await;
    assert_eq!(entries(&sample.owners, "by_ownersk").await[0].get("ttl"), None);
    assert_eq!(File::by_owner("Ann").count(&sample.files).await.unwrap(), 1);
}

/// An update that moves the item in one index leaves its entry in the other one where it is.
#[tokio::test]
async fn what_each_change_costs() {
    let sample = Sample::new().await;
    let mut worker = IndexWorker::new(&sample.files, ByOwner).unwrap();
    let mut sent = async |write: &str| {
        sample.emulator.requests();
        while !worker.step().await.unwrap().is_caught_up {}
        let requests = sample.emulator.requests();
        let ids = requests.iter().filter(|request| request.contains("/colls/owners/docs"));
        let ids = ids.filter(|request| !request.contains("_:worker"));
        let (reads, writes): (Vec<_>, Vec<_>) = ids.partition(|it| it.starts_with("GET "));
        (write.to_owned(), reads.len(), writes.len())
    };
    sent("nothing").await;
    file("a").put().send(&sample.files).await.unwrap();
    let new = sent("new").await;
    let mut changed = file("a");
    changed.text = "longer".to_owned();
    changed.put().send(&sample.files).await.unwrap();
    let again = sent("again").await;
    changed.owner = "Bob".to_owned();
    changed.put().send(&sample.files).await.unwrap();
    let moved = sent("moved").await;
    Folder { path: "f".to_owned() }.put().send(&sample.files).await.unwrap();
    let other = sent("other").await;
    let all = [new, again, moved, other].map(|(name, reads, writes)| (name, [reads, writes]));
    let expected = [("new", [1, 2]), ("again", [2, 1]), ("moved", [3, 4]), ("other", [0, 0])];
    assert_eq!(all, expected.map(|(name, counts)| (name.to_owned(), counts)));
}
