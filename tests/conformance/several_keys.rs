//! Several keys of one entity on one index, of which an item has at most one.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable::request::Operation;
use monotable::testing::Recorder;
use monotable_tests::Store;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
pub struct Network;

#[derive(Debug, Table)]
#[table(indexes(Network))]
#[allow(dead_code)]
pub enum Hub {
    Repo(Repo),
    Watch(Watch),
}

/// A fork is listed under its origin, and an origin under itself: `FORK#` < `REPO` < `WATCH#`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{name}", sk = "REPO")]
#[access(forks, index = Network, pk = "NETWORK#{origin}#{name}", sk = "FORK#{owner}", when(origin = Some))]
#[access(origin, index = Network, pk = "NETWORK#{owner}#{name}", sk = "REPO", when(origin = None))]
pub struct Repo {
    owner: String,
    name: String,
    origin: Option<String>,
    stars: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Hub, pk = "REPO#{owner}#{name}", sk = "WATCH#{user}")]
#[access(watches, index = Network, pk = "NETWORK#{owner}#{name}", sk = "WATCH#{user}")]
pub struct Watch {
    owner: String,
    name: String,
    user: String,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Network)]
struct Family {
    #[member(Repo::forks)]
    forks: Vec<Repo>,
    #[member(Repo::origin)]
    origin: Option<Repo>,
}

#[derive(Debug, PartialEq, Collection)]
#[collection(index = Network)]
struct Watched {
    #[member(Repo::origin)]
    origin: Repo,
    watches: Vec<Watch>,
}

fn repo(owner: &str, origin: Option<&str>) -> Repo {
    Repo { owner: owner.into(), name: "lib".into(), origin: origin.map(Into::into), stars: 0 }
}

async fn filled<B: Store>(backend: B) -> Table<Hub, B> {
    let hub = Hub::on(backend);
    repo("ann", None).create().send(&hub).await.unwrap();
    for owner in ["bob", "cat", "dan"] {
        repo(owner, Some("ann")).create().send(&hub).await.unwrap();
    }
    for user in ["u1", "u2"] {
        let watch = Watch { owner: "ann".into(), name: "lib".into(), user: user.into() };
        watch.create().send(&hub).await.unwrap();
    }
    hub
}

fn owners(repos: &[Repo]) -> Vec<&str> {
    repos.iter().map(|repo| &*repo.owner).collect()
}

pub async fn each_key_is_a_pattern<B: Store>(backend: B) {
    let hub = filled(backend).await;
    let forks = Repo::forks("ann", "lib").all(&hub).await.unwrap();
    assert_eq!(owners(&forks), ["bob", "cat", "dan"]);
    assert_eq!(Repo::forks("ann", "lib").range("c"..).count(&hub).await.unwrap(), 2);
    assert_eq!(Repo::origin("ann", "lib").all(&hub).await.unwrap(), [repo("ann", None)]);
    assert_eq!(Repo::forks("bob", "lib").count(&hub).await.unwrap(), 0);
    assert_eq!(Repo::origin("bob", "lib").count(&hub).await.unwrap(), 0);
    let page = Repo::forks("ann", "lib").page_size(2).page(&hub).await.unwrap();
    let rest = Repo::forks("ann", "lib").after(page.cursor.clone()).all(&hub).await.unwrap();
    assert_eq!(owners(&rest), ["dan"]);
    let error = Repo::origin("ann", "lib").after(page.cursor).all(&hub).await.unwrap_err();
    assert!(error.is_invalid_cursor(), "{error:?}");
}

pub async fn members_by_pattern<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let hub = filled(recorder.clone()).await;
    recorder.take();
    let family = Family::of(Repo::forks("ann", "lib").partition()).send(&hub).await.unwrap();
    assert_eq!(owners(&family.forks), ["bob", "cat", "dan"]);
    assert_eq!(family.origin, Some(repo("ann", None)));
    let requests = recorder.take();
    assert_eq!(requests.operations(), [Operation::Query], "{requests}");
    let watched = Watched::of(Repo::origin("ann", "lib").partition()).limit(1);
    let watched = watched.page(&hub).await.unwrap();
    assert_eq!(watched.collection.origin, repo("ann", None));
    assert_eq!(watched.collection.watches[0].user, "u1");
    let rest = Watch::watches("ann", "lib").after(watched.cursor).all(&hub).await.unwrap();
    assert_eq!(rest.len(), 1);
    // The parent and the last of its children, which are before it.
    let last = Family::of(Repo::origin("ann", "lib").partition()).descending().limit(1);
    let last = last.page(&hub).await.unwrap();
    assert_eq!(owners(&last.collection.forks), ["dan"]);
    let rest = Repo::forks("ann", "lib").descending().after(last.cursor).all(&hub).await.unwrap();
    assert_eq!(owners(&rest), ["cat", "bob"]);
}

/// Where a repository is listed: as an origin, and as a fork of whom.
async fn listed<B: Store>(hub: &Table<Hub, B>, owner: &str) -> Vec<String> {
    let mut found = Vec::new();
    if Repo::origin(owner, "lib").first(hub).await.unwrap().is_some() {
        found.push("itself".to_owned());
    }
    for origin in ["ann", "bob", "cat", "dan", "eve"] {
        let fork = Repo::forks(origin, "lib").eq(owner).first(hub).await.unwrap();
        found.extend(fork.map(|_| origin.to_owned()));
    }
    found
}

pub async fn every_write_keeps_one_key<B: Store>(backend: B) {
    let hub = filled(backend).await;
    let key = || Repo::key("bob", "lib");
    // By a loaded entity, in both directions.
    let loaded = key().get().send(&hub).await.unwrap().unwrap();
    let loaded = loaded.update().remove(Repo::ORIGIN).returning_new().send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["itself"]);
    let loaded = loaded.update().set(Repo::ORIGIN, Some("eve".to_owned()));
    let loaded = loaded.returning_new().send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["eve"]);
    // Another field changes no key.
    loaded.update().increment(Repo::STARS, 1).send(&hub).await.unwrap();
    key().update().increment(Repo::STARS, 1).send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["eve"]);
    // By a closure.
    key().update_with(|repo| repo.origin = None).send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["itself"]);
    key().update_with(|repo| repo.origin = Some("cat".into())).send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["cat"]);
    // By key alone: the other parts of both keys are in the primary key.
    key().update().remove(Repo::ORIGIN).send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["itself"]);
    key().update().set(Repo::ORIGIN, Some("dan".to_owned())).send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["dan"]);
    // By a put and a delete.
    repo("bob", None).put().send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, ["itself"]);
    Repo::forks("ann", "lib").delete_all().send(&hub).await.unwrap();
    assert_eq!(Repo::forks("ann", "lib").count(&hub).await.unwrap(), 0);
    assert_eq!(listed(&hub, "ann").await, ["itself"]);
}

pub async fn a_move_keeps_one_key<B: Store + CrossPartitionTransactions>(backend: B) {
    let hub = filled(backend).await;
    let loaded = Repo::get("bob", "lib").send(&hub).await.unwrap().unwrap();
    assert_eq!(listed(&hub, "bob").await, ["ann"]);
    loaded.move_to(&repo("eve", None)).send(&hub).await.unwrap();
    assert_eq!(listed(&hub, "bob").await, [""; 0]);
    assert_eq!(listed(&hub, "eve").await, ["itself"]);
}

/// A build is queued under its worker's class while it waits, and under its worker when it runs.
mod builds {
    use super::*;

    #[derive(Debug, Table)]
    #[table(indexes(Network))]
    #[allow(dead_code)]
    pub enum Farm {
        Build(Build),
    }

    #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, KeyPart)]
    pub enum State {
        Waiting,
        Running,
        Done,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
    #[entity(table = Farm, pk = "BUILD#{id}", sk = "BUILD")]
    #[access(queue, index = Network, pk = "CLASS#{class}", sk = "{priority:desc}#{id}", when(state = Waiting))]
    #[access(load, index = Network, pk = "WORKER#{worker}", sk = "{id}", when(state = Running))]
    pub struct Build {
        pub id: u32,
        pub state: State,
        pub class: String,
        pub priority: u8,
        pub worker: Option<String>,
    }
}

pub async fn fields_of_all_keys_are_set_together<B: Store>(backend: B) {
    use builds::{Build, Farm, State};
    let farm = Farm::on(backend);
    let build =
        Build { id: 1, state: State::Waiting, class: "big".into(), priority: 3, worker: None };
    build.create().send(&farm).await.unwrap();
    let count = async || {
        let queue = Build::queue("big").count(&farm).await.unwrap();
        [queue, Build::load("w1").count(&farm).await.unwrap()]
    };
    assert_eq!(count().await, [1, 0]);
    // An update by key does not know the state, so it sets all fields of both keys.
    let set = |state, worker: Option<&str>| {
        let values = ("big".to_owned(), 3, worker.map(str::to_owned), state);
        Build::key(1).update().set_index_key(Build::NETWORK_KEY, values)
    };
    set(State::Running, Some("w1")).send(&farm).await.unwrap();
    assert_eq!(count().await, [0, 1]);
    set(State::Done, Some("w1")).send(&farm).await.unwrap();
    assert_eq!(count().await, [0, 0]);
    set(State::Waiting, None).send(&farm).await.unwrap();
    assert_eq!(count().await, [1, 0]);
    // A loaded build that waits: the worker is in the other key.
    let loaded = Build::get(1).send(&farm).await.unwrap().unwrap();
    let loaded = loaded.update().set(Build::WORKER, Some("w1".to_owned()));
    let loaded = loaded.returning_new().send(&farm).await.unwrap();
    assert_eq!(count().await, [1, 0]);
    loaded.update().set(Build::STATE, State::Running).send(&farm).await.unwrap();
    assert_eq!(count().await, [0, 1]);
    // The loaded entity is stale: it would write the key of a build that waits.
    let error = loaded.update().set(Build::PRIORITY, 9).send(&farm).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    assert_eq!(count().await, [0, 1]);
}
