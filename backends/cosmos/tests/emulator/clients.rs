//! Clients whose users have set options for all requests.

use crate::fan_out::{ByState, Task, Work, task};
use crate::smoke::{Customer, Shop};
use crate::support::Emulator;
use azure_data_cosmos::options::{
    BinaryEncodingOptions, ContentResponseOnWrite, OperationOptions, PatchStrategy,
    ReadConsistencyStrategy,
};
use monotable::prelude::*;
use monotable_cosmos::{Cosmos, IndexWorker};

fn options(with: impl FnOnce(&mut OperationOptions)) -> OperationOptions {
    let mut options = OperationOptions::default();
    with(&mut options);
    options
}

/// Sends requests of every kind, on a table whose index is kept by a worker.
async fn all_requests(work: &Table<Work, Cosmos<((), ByState)>>) {
    for id in 0..6 {
        task(id).create().send(work).await.unwrap();
    }
    assert!(task(0).create().send(work).await.unwrap_err().is_condition_failed());
    task(1).put().when(Task::RANK.ge(0)).send(work).await.unwrap();
    let old = Task::key(2).update().set(Task::NOTE, "new").returning_old().send(work).await;
    assert_eq!(old.unwrap(), task(2));
    Task::key(2).update().set(Task::NOTE, "newer").send(work).await.unwrap();
    let all = Task::get_many((0..6).map(Task::key)).send(work).await.unwrap();
    assert!(all.missing.is_empty());
    let partition = || Task::key(3).partition();
    let transaction = work.transaction_in(partition()).add(Task::key(3).delete());
    transaction.send().await.unwrap();
    let gets = work.transact_get_in(partition(), (Task::get(3),));
    assert_eq!(gets.send().await.unwrap(), (None,));
    Task::key(4).delete().when(Task::RANK.ge(0)).send(work).await.unwrap();
    assert_eq!(partition().query().count(work).await.unwrap(), 0);
    IndexWorker::new(work, ByState).unwrap().catch_up().await.unwrap();
    let open = Task::by_state("open").filter(Task::NOTE.size().ge(1)).all(work).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(Task::by_state("late").count(work).await.unwrap(), 2);
}

/// Counts, which is a patch that needs the changed document.
async fn counts(shop: &Table<Shop, Cosmos>) {
    Customer { id: "C1".into(), name: "Ann".into(), orders: 1 }.put().send(shop).await.unwrap();
    let count = || Customer::key("C1").update().increment(Customer::ORDERS, 1);
    count().send(shop).await.unwrap();
    assert_eq!(count().returning_new().send(shop).await.unwrap().orders, 3);
}

#[tokio::test]
async fn options_of_the_client_change_nothing() {
    let binary = BinaryEncodingOptions::new();
    for options in [
        options(|_| ()),
        options(|it| it.binary_encoding = Some(binary.clone())),
        options(|it| it.binary_encoding = Some(binary.clone().with_request_text_response(true))),
        options(|it| it.content_response_on_write = Some(ContentResponseOnWrite::Enabled)),
        options(|it| it.content_response_on_write = Some(ContentResponseOnWrite::Disabled)),
        options(|it| it.patch_strategy = Some(PatchStrategy::Auto)),
        options(|it| it.read_consistency_strategy = Some(ReadConsistencyStrategy::Eventual)),
        options(|it| it.hedging_enabled = Some(true)),
        options(|it| it.session_capturing_disabled = Some(true)),
        options(|it| it.max_session_retry_count = Some(0)),
    ] {
        println!("{options:?}");
        let emulator = Emulator::start().await;
        emulator.container("work", "/pk").await;
        emulator.container("index", "/by_statepk").await;
        emulator.container("shop", "/pk").await;
        let database = emulator.database_with(options.clone()).await;
        counts(&Shop::on(Cosmos::in_database(database, "shop"))).await;
        let database = emulator.database_with(options).await;
        let cosmos = Cosmos::in_database(database, "work").index_in(ByState, "index");
        all_requests(&Work::on(cosmos)).await;
        // Documents are texts in both directions, and no property of the SDK is left in one.
        let sent = emulator.requests().join("\n");
        assert!(sent.contains("/colls/index/docs") && sent.contains("PATCH"), "{sent}");
        for part in ["serialization-formats", "\u{fffd}", "_azsdk"] {
            assert!(!sent.contains(part), "{part}: {sent}");
        }
    }
}
