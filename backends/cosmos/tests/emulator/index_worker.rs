//! Indexes in containers of their own, and the workers that keep them.

use crate::fan_out::{ByState, Task, Work, task};
use crate::support::{Emulator, fault, slow};
use azure_data_cosmos::clients::ContainerClient;
use azure_data_cosmos::fault_injection::{
    FaultInjectionConditionBuilder, FaultInjectionErrorType, FaultInjectionResultBuilder,
    FaultInjectionRule, FaultInjectionRuleBuilder, FaultOperationType,
};
use azure_data_cosmos::{FeedScope, Query};
use futures_util::{FutureExt as _, StreamExt as _};
use monotable::prelude::*;
use monotable_cosmos::{Cosmos, IndexWorker};
use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

type Table = monotable::Table<Work, Cosmos<((), ByState)>>;

/// A table with an index's container.
struct Sample {
    emulator: Emulator,
    work: Table,
    index: ContainerClient,
    /// Makes each request to the index's container take a while.
    slow: Arc<FaultInjectionRule>,
    /// What the table holds.
    expected: BTreeMap<u32, Task>,
    random: u64,
}

const STATES: [&str; 3] = ["open", "done", "late"];

impl Sample {
    async fn new(seed: u64) -> Self {
        let slow = slow("index");
        let emulator = Emulator::with_faults(vec![slow.clone()]).await;
        let table = emulator.container("work", "/pk").await;
        let index = emulator.container("index", "/by_statepk").await;
        let work = Work::on(Cosmos::new(table).index(ByState, index.clone()));
        Sample { emulator, work, index, slow, expected: BTreeMap::new(), random: seed }
    }

    fn worker(&self) -> IndexWorker {
        // Another worker may take over at once.
        IndexWorker::new(&self.work, ByState).unwrap().lease(Duration::ZERO)
    }

    fn random(&mut self, below: u64) -> u64 {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.random >> 33) % below
    }

    fn random_task(&mut self) -> Task {
        let state = usize::try_from(self.random(4)).unwrap();
        Task {
            id: u32::try_from(self.random(20)).unwrap(),
            state: STATES.get(state).map(|state| (*state).to_owned()),
            rank: u8::try_from(self.random(50)).unwrap(),
            note: self.random(1_000).to_string(),
        }
    }

    /// Makes a random write.
    async fn write(&mut self) {
        let task = self.random_task();
        match self.random(10) {
            0 => {
                Task::key(task.id).delete().send(&self.work).await.unwrap();
                self.expected.remove(&task.id);
            }
            1 => {
                let delete = Task::key(task.id).delete().when(Task::RANK.lt(25));
                let is_deleted = delete.send(&self.work).await.is_ok();
                let is_expected = self.expected.get(&task.id).is_none_or(|task| task.rank < 25);
                if is_deleted {
                    assert!(is_expected);
                    self.expected.remove(&task.id);
                }
            }
            2 | 3 => {
                let update = Task::key(task.id).update().set(Task::NOTE, &*task.note);
                if update.send(&self.work).await.is_ok() {
                    self.expected.get_mut(&task.id).unwrap().note = task.note;
                }
            }
            4 => {
                let key = Task::key(task.id);
                let transaction = self.work.transaction_in(key.partition());
                transaction.add(key.delete()).send().await.unwrap();
                self.expected.remove(&task.id);
            }
            5 => {
                let report = self.work.batch().add(Task::key(task.id).delete()).send().await;
                report.unwrap().into_result().unwrap();
                self.expected.remove(&task.id);
            }
            _ => {
                task.put().send(&self.work).await.unwrap();
                self.expected.insert(task.id, task);
            }
        }
    }

    /// Asserts that the index has the entries of the items, and no others.
    async fn assert_coherent(&self) {
        let mut entries = 0;
        for state in STATES {
            let mut expected: Vec<_> = self.expected.values().cloned().collect();
            expected.retain(|task| task.state.as_deref() == Some(state));
            expected.sort_by_key(|task| (task.rank, task.id));
            assert_eq!(Task::by_state(state).all(&self.work).await.unwrap(), expected, "{state}");
            let count = Task::by_state(state).count(&self.work).await.unwrap();
            assert_eq!(count, expected.len());
            entries += count;
        }
        assert_eq!(self.entries().await, entries);
    }

    /// Asserts that a partition has its item, and that the notes about deleted items are not seen.
    async fn assert_partitions(&self) {
        for id in 0..20 {
            let partition = Task::key(id).partition().query().all(&self.work).await.unwrap();
            assert_eq!(partition.len(), usize::from(self.expected.contains_key(&id)));
        }
    }

    /// Counts the entries in all partitions of the index's container.
    async fn entries(&self) -> usize {
        let query = Query::from("SELECT VALUE c.id FROM c WHERE IS_DEFINED(c.by_statesk)");
        let all = FeedScope::full_container();
        let items = self.index.query_items::<String>(query, all, None).await.unwrap();
        items.map(Result::unwrap).count().await
    }
}

#[tokio::test]
async fn the_index_follows_random_writes() {
    let mut sample = Sample::new(1).await;
    let mut worker = sample.worker();
    for _ in 0..12 {
        for _ in 0..25 {
            sample.write().await;
        }
        let progress = worker.catch_up().await.unwrap();
        assert!(progress.is_caught_up && progress.lag < Duration::from_secs(60));
        sample.assert_coherent().await;
    }
    assert_eq!(worker.catch_up().await.unwrap().changes, 0);
    sample.assert_partitions().await;
}

/// Lets a worker work until it has sent some requests. What it has begun then stands still.
async fn some_of<T>(
    sample: &mut Sample,
    work: &mut (impl Future<Output = T> + Unpin),
) -> Option<T> {
    let most = usize::try_from(sample.random(40)).unwrap();
    sample.emulator.requests();
    sample.slow.enable();
    let (mut sent, mut done) = (0, None);
    while sent < most && done.is_none() {
        done = work.now_or_never();
        sent += sample.emulator.requests().len();
        tokio::time::sleep(Duration::from_micros(100)).await;
    }
    sample.slow.disable();
    done
}

/// Brings the index up to date.
async fn work_of(mut worker: IndexWorker) -> monotable::Result<()> {
    while !worker.step().await?.is_caught_up {}
    Ok(())
}

/// The worker is stopped somewhere in its work, and another one goes on.
#[tokio::test]
async fn a_worker_goes_on_where_another_was_stopped() {
    let mut sample = Sample::new(2).await;
    let mut stopped = 0;
    for round in 0..60 {
        for _ in 0..8 {
            sample.write().await;
        }
        let mut work = Box::pin(work_of(sample.worker()));
        stopped += usize::from(some_of(&mut sample, &mut work).await.is_none());
        drop(work);
        if round % 4 == 3 {
            sample.worker().catch_up().await.unwrap();
            sample.assert_coherent().await;
        }
    }
    assert!(stopped >= 30, "{stopped}");
}

/// The worker stands still in its work, another one takes over, and then the first one goes on.
#[tokio::test]
async fn a_worker_that_stood_still_writes_nothing_old() {
    let mut sample = Sample::new(3).await;
    let mut overtaken = 0;
    for _ in 0..80 {
        for _ in 0..6 {
            sample.write().await;
        }
        let mut first = Box::pin(work_of(sample.worker()));
        let done = some_of(&mut sample, &mut first).await;
        for _ in 0..6 {
            sample.write().await;
        }
        sample.worker().catch_up().await.unwrap();
        // It may not have begun before the other one.
        if done.is_none()
            && let Err(error) = first.await
        {
            assert!(error.is_conflict(), "{error}");
            overtaken += 1;
        }
        sample.assert_coherent().await;
    }
    assert!(overtaken >= 30, "{overtaken}");
}

#[tokio::test]
async fn a_split_loses_and_doubles_nothing() {
    let mut sample = Sample::new(4).await;
    let (mut table, mut index) = (vec![0, 1], vec![0, 1]);
    let mut worker = sample.worker();
    for _ in 0..3 {
        for _ in 0..60 {
            sample.write().await;
        }
        worker.step().await.unwrap();
        sample.emulator.split_all("work", &mut table).await;
        sample.emulator.split_all("index", &mut index).await;
        for _ in 0..20 {
            sample.write().await;
        }
        worker.catch_up().await.unwrap();
        sample.assert_coherent().await;
        // Another worker goes on from a place before a split.
        worker = sample.worker();
    }
}

#[tokio::test]
async fn one_worker_works_and_others_wait() {
    let sample = Sample::new(5).await;
    task(0).put().send(&sample.work).await.unwrap();
    let worker = || IndexWorker::new(&sample.work, ByState).unwrap();
    let (mut first, mut second) = (worker(), worker());
    assert!(!first.step().await.unwrap().is_waiting);
    let waiting = second.step().await.unwrap();
    assert!(waiting.is_waiting && waiting.is_idle() && waiting.changes == 0);
    assert!(second.catch_up().await.unwrap().is_waiting);
    // It lets the other one go on.
    first.catch_up().await.unwrap();
    task(1).put().send(&sample.work).await.unwrap();
    assert_eq!(second.catch_up().await.unwrap().changes, 1);
}

#[tokio::test]
async fn a_query_is_one_of_one_partition_and_a_deletion_is_noted() {
    let sample = Sample::new(6).await;
    task(0).put().send(&sample.work).await.unwrap();
    sample.worker().catch_up().await.unwrap();
    sample.emulator.requests();
    assert_eq!(Task::by_state("open").all(&sample.work).await.unwrap(), [task(0)]);
    let sent = sample.emulator.requests();
    assert!(matches!(&*sent, [one] if one.contains("/colls/index/docs")), "{sent:?}");
    assert!(sent[0].contains(r#"x-ms-documentdb-partitionkey: ["STATE#open"]"#), "{sent:?}");
    Task::key(0).delete().send(&sample.work).await.unwrap();
    let sent = sample.emulator.requests();
    assert!(matches!(&*sent, [one] if one.contains("x-ms-cosmos-is-batch-request")), "{sent:?}");
    // There is nothing to delete.
    Task::key(0).delete().send(&sample.work).await.unwrap();
}

#[tokio::test]
async fn what_a_worker_cannot_keep_is_told() {
    let emulator = Emulator::start().await;
    let table = emulator.container("work", "/pk").await;
    let other = emulator.container("index", "/pk").await;
    let work = Work::on(Cosmos::new(table.clone()).index(ByState, other));
    let error = IndexWorker::new(&work, ByState).unwrap().step().await.unwrap_err();
    assert!(error.is_schema_mismatch(), "{error}");
    assert!(error.to_string().contains("`/pk`") && error.to_string().contains("`/by_statepk`"));
    let work = Work::on(Cosmos::new(table).index_fan_out(ByState));
    let error = IndexWorker::new(&work, ByState).unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains("`by_state`"), "{error}");
}

/// How old the place is at which a worker goes on, which says whether it may miss deletions. A worker that takes the lease
/// and comes no further makes it no younger.
#[tokio::test]
async fn a_worker_that_stood_still_for_too_long_says_so() {
    const DAY: i64 = 24 * 60 * 60;
    let broken = fault(
        FaultOperationType::ChangeFeedItem,
        FaultInjectionErrorType::InternalServerError,
        u32::MAX,
    );
    let emulator = Emulator::with_faults(vec![broken.clone()]).await;
    let table = emulator.container("work", "/pk").await;
    let index = emulator.container("index", "/by_statepk").await;
    let work = Work::on(Cosmos::new(table).index(ByState, index.clone()));
    let worker = || IndexWorker::new(&work, ByState).unwrap().lease(Duration::ZERO);
    task(0).put().send(&work).await.unwrap();
    worker().catch_up().await.unwrap();
    let now = jiff::Timestamp::now().as_second();
    let read = async || {
        let answer = index.read_item("_:worker", "_:worker", None).await.unwrap();
        answer.into_model::<serde_json::Value>().unwrap()
    };
    let age = async |days: i64| {
        let mut lease = read().await;
        lease["_index"]["saved"] = (now - days * DAY).into();
        index.replace_item("_:worker", "_:worker", lease, None).await.unwrap();
    };
    age(29).await;
    broken.enable();
    assert!(worker().step().await.unwrap_err().is_unavailable());
    assert_eq!(read().await["_index"]["saved"], now - 29 * DAY);
    broken.disable();
    worker().catch_up().await.unwrap();
    assert!(read().await["_index"]["saved"].as_i64().unwrap() >= now);
    age(31).await;
    let error = worker().step().await.unwrap_err();
    assert!(error.is_schema_mismatch() && error.to_string().contains("30 days"), "{error}");
}

/// A worker that has much to read is as old as what it has not read yet, in whichever partition.
#[tokio::test]
async fn a_worker_with_a_backlog_does_not_look_younger() {
    let emulator = Emulator::start().await;
    let table = emulator.container_of("work", "/pk", 2).await;
    let index = emulator.container("index", "/by_statepk").await;
    let work = Work::on(Cosmos::new(table).index(ByState, index.clone()));
    let mut worker = IndexWorker::new(&work, ByState).unwrap().lease(Duration::ZERO);
    worker.catch_up().await.unwrap();
    let saved = async || {
        let answer = index.read_item("_:worker", "_:worker", None).await.unwrap();
        answer.into_model::<serde_json::Value>().unwrap()["_index"]["saved"].as_i64().unwrap()
    };
    let old = jiff::Timestamp::now().as_second() - 1_000;
    let answer = index.read_item("_:worker", "_:worker", None).await.unwrap();
    let mut lease = answer.into_model::<serde_json::Value>().unwrap();
    lease["_index"]["saved"] = old.into();
    index.replace_item("_:worker", "_:worker", lease, None).await.unwrap();
    for id in 0..40 {
        task(id).put().send(&work).await.unwrap();
    }
    let first = worker.step().await.unwrap();
    assert!(first.changes > 0 && first.changes < 40, "both partitions have changes: {first:?}");
    assert_eq!(saved().await, old);
    let second = worker.step().await.unwrap();
    assert_eq!(first.changes + second.changes, 40);
    assert!(saved().await > old);
}

/// Writes whose answers are lost are sent again by the SDK, and refused. The worker does not take this for the work of
/// another one.
#[tokio::test]
async fn a_worker_knows_its_own_lost_writes() {
    let lost = [FaultOperationType::CreateItem, FaultOperationType::ReplaceItem].map(|operation| {
        let condition = FaultInjectionConditionBuilder::new().with_operation_type(operation);
        let condition = condition.with_container_id("index").build();
        let error = FaultInjectionErrorType::ResponseTimeoutAfterService;
        let result = FaultInjectionResultBuilder::new().with_error(error).with_probability(0.2);
        let rule = FaultInjectionRuleBuilder::new(format!("{operation:?}"), result.build());
        Arc::new(rule.with_condition(condition).build())
    });
    let emulator = Emulator::with_faults(lost.to_vec()).await;
    let table = emulator.container("work", "/pk").await;
    let index = emulator.container("index", "/by_statepk").await;
    let work = Work::on(Cosmos::new(table).index(ByState, index));
    let mut worker = IndexWorker::new(&work, ByState).unwrap();
    for round in 0..20 {
        for id in 0..4 {
            let state = Some(STATES[(round + id as usize) % 3].to_owned());
            Task { state, ..task(id) }.put().send(&work).await.unwrap();
        }
        let progress = worker.catch_up().await.unwrap();
        assert!(progress.is_caught_up && !progress.is_waiting);
        let mut entries = 0;
        for state in STATES {
            entries += Task::by_state(state).count(&work).await.unwrap();
        }
        assert_eq!(entries, 4);
    }
    assert!(lost.iter().map(|rule| rule.hit_count()).sum::<u32>() > 20);
}

/// A table with an item, whose first deletion loses its answer.
async fn with_a_lost_deletion() -> (Emulator, Arc<FaultInjectionRule>, Table) {
    let lost = fault(
        FaultOperationType::BatchItem,
        FaultInjectionErrorType::ResponseTimeoutAfterService,
        1,
    );
    let emulator = Emulator::with_faults(vec![lost.clone()]).await;
    let table = emulator.container("work", "/pk").await;
    let index = emulator.container("index", "/by_statepk").await;
    let work = Work::on(Cosmos::new(table).index(ByState, index));
    task(0).put().send(&work).await.unwrap();
    lost.enable();
    (emulator, lost, work)
}

/// The answer to a deletion is lost: the note about it says whose it was.
#[tokio::test]
async fn a_deletion_whose_answer_is_lost_is_recognised() {
    let (_emulator, lost, work) = with_a_lost_deletion().await;
    Task::key(0).delete().when(Task::RANK.eq(0)).send(&work).await.unwrap();
    assert_eq!((lost.hit_count(), Task::get(0).send(&work).await.unwrap()), (1, None));
}

/// The answer is lost, and another client creates the item again before the deletion is sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deletion_that_was_made_is_not_made_again() {
    let (emulator, lost, work) = with_a_lost_deletion().await;
    let (other, again) = (work.clone(), Task { rank: 7, ..task(0) });
    let item = again.clone();
    emulator.interrupt("POST", 1, async move {
        item.create().send(&other).await.map(drop).unwrap();
    });
    Task::key(0).delete().when(Task::RANK.lt(50)).send(&work).await.unwrap();
    assert_eq!((lost.hit_count(), Task::get(0).send(&work).await.unwrap()), (1, Some(again)));
}

/// The same, and the other client has also deleted it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_knows_who_made_a_deletion_that_another_one_followed() {
    let (emulator, _lost, work) = with_a_lost_deletion().await;
    let other = work.clone();
    let again = async move {
        task(0).create().send(&other).await.map(drop).unwrap();
        Task::key(0).delete().send(&other).await.map(drop).unwrap();
    };
    emulator.interrupt("POST", 1, again);
    let error = Task::key(0).delete().when(Task::RANK.lt(50)).send(&work).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error}");
}
