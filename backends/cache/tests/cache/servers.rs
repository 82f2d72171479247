//! The same program with Redis as one server, with TLS, and as a cluster.

use crate::support::server::{self, Kind, scripts_run};
use crate::support::shop::*;
use monotable::cache::{CacheExt as _, Redis};
use monotable::prelude::*;
use monotable::testing::Recorder;
use redis::aio::ConnectionLike;

async fn program<C: ConnectionLike + Clone + Send + Sync + 'static>(connection: C) {
    let recorder = Recorder::new(Embedded::in_memory());
    let redis = Redis::new(connection);
    // Two processes, as far as the cache is concerned.
    let open = || Shop::on(recorder.clone().cached(shared(redis.clone())).unwrap());
    let (one, two) = (open(), open());
    for at in 0..50 {
        let id = at.to_string();
        note(&id, "a").put().send(&one).await.unwrap();
        recorder.take();
        assert_eq!(Note::get(&id).send(&one).await.unwrap(), Some(note(&id, "a")));
        assert_eq!(Note::get(&id).send(&two).await.unwrap(), Some(note(&id, "a")));
        assert_eq!(recorder.take().len(), 1, "one of them has read the table");
        // What one writes, the other one sees at once.
        note(&id, "b").put().send(&two).await.unwrap();
        assert_eq!(Note::get(&id).send(&one).await.unwrap(), Some(note(&id, "b")));
        recorder.take();
    }
    let keys = (0..100).map(|at| Note::key(at.to_string()));
    let many = Note::get_many(keys.clone()).send(&two).await.unwrap();
    assert_eq!(many.missing.len(), 50);
    recorder.take();
    let many = Note::get_many(keys).send(&one).await.unwrap();
    assert_eq!((many.missing.len(), recorder.take().len()), (50, 0));
    assert_eq!(one.backend().stats().unavailable + two.backend().stats().unavailable, 0);
}

#[tokio::test]
async fn one_server() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    program(server.connect().await).await;
}

#[tokio::test]
async fn with_tls() {
    let Some(server) = server::start(Kind::Tls).await else { return };
    assert!(server.address().starts_with("rediss:"));
    program(server.connect().await).await;
}

#[tokio::test]
async fn a_cluster() {
    let Some(server) = server::start(Kind::Cluster).await else { return };
    program(server.connect_to_cluster().await).await;
}

/// A hit is one call, and so is a write that removes an entry. A miss is two.
#[tokio::test]
async fn how_many_calls_a_request_makes() {
    let Some(server) = server::start(Kind::Plain).await else { return };
    let mut connection = server.connect().await;
    let shop =
        Shop::on(Embedded::in_memory().cached(shared(Redis::new(connection.clone()))).unwrap());
    // The scripts are sent once.
    for id in ["0", "1"] {
        note(id, "a").put().send(&shop).await.unwrap();
        Note::get(id).send(&shop).await.unwrap();
    }
    let mut since = scripts_run(&mut connection).await;
    let mut calls = async || {
        let now = scripts_run(&mut connection).await;
        now - std::mem::replace(&mut since, now)
    };
    for _ in 0..10 {
        Note::get("1").send(&shop).await.unwrap();
    }
    assert_eq!(calls().await, 10);
    note("1", "b").put().send(&shop).await.unwrap();
    assert_eq!(calls().await, 1);
    Note::get("1").send(&shop).await.unwrap();
    assert_eq!(calls().await, 2);
    Note::get("absent").send(&shop).await.unwrap();
    assert_eq!(calls().await, 2);
    Note::get("absent").send(&shop).await.unwrap();
    assert_eq!(calls().await, 1);
    // What is not kept makes none.
    Order::get("1", "2").send(&shop).await.unwrap();
    Order { customer: "1".into(), id: "2".into() }.put().send(&shop).await.unwrap();
    assert_eq!(calls().await, 0);
}
