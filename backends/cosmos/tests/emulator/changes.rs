//! The change feed of the table's container, as the table's change events.

use crate::fan_out::{ByState, Task, Work, task};
use crate::support::Emulator;
use monotable::change::{FeedPosition, Latest, StartFrom};
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use std::collections::BTreeMap;

type Table = monotable::Table<Work, Cosmos<((), ByState)>>;

/// A table with an index's container, so that deletions are noted.
async fn sample() -> (Emulator, Table) {
    let emulator = Emulator::start().await;
    let table = emulator.container("work", "/pk").await;
    let index = emulator.container("index", "/by_statepk").await;
    (emulator, Work::on(Cosmos::new(table).index(ByState, index)))
}

/// Reads until there are no more changes. Returns the last position, too.
async fn read(work: &Table, from: StartFrom) -> (Vec<Latest<Work>>, FeedPosition) {
    let mut changes = work.changes(from);
    let mut all = Vec::new();
    loop {
        let page = changes.next_page().await.unwrap();
        all.extend(page.changes);
        if page.is_caught_up {
            return (all, page.position);
        }
    }
}

fn tasks(changes: Vec<Latest<Work>>) -> BTreeMap<u32, Task> {
    let tasks = changes.into_iter().map(|change| {
        let Work::Task(task) = change.item;
        (task.id, task)
    });
    tasks.collect()
}

#[tokio::test]
async fn the_latest_versions_are_told_and_deletions_are_not() {
    let (_emulator, work) = sample().await;
    for id in 0..20 {
        task(id).put().send(&work).await.unwrap();
    }
    Task::key(3).update().set(Task::NOTE, "changed").send(&work).await.unwrap();
    Task::key(4).delete().send(&work).await.unwrap();
    let (changes, position) = read(&work, StartFrom::Oldest).await;
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    for change in &changes {
        let age = now - u64::try_from(change.time.unwrap().as_second()).unwrap();
        assert!(age < 60, "{age}");
        assert!(change.id.contains(':') && change.key.sk == "TASK", "{change:?}");
    }
    let mut expected: BTreeMap<_, _> = (0..20).map(|id| (id, task(id))).collect();
    expected.get_mut(&3).unwrap().note = "changed".to_owned();
    expected.remove(&4);
    assert_eq!(tasks(changes), expected);

    // Another process goes on after the position.
    let stored = || StartFrom::After(FeedPosition::new(position.to_string()));
    assert!(read(&work, stored()).await.0.is_empty());
    task(5).delete().send(&work).await.unwrap();
    let mut changed = task(6);
    changed.rank = 1;
    changed.put().send(&work).await.unwrap();
    let (changes, _) = read(&work, stored()).await;
    let name = changes[0].id.clone();
    assert_eq!(tasks(changes), BTreeMap::from([(6, changed)]));
    // The same change has the same name, and the next version has another one.
    let (again, _) = read(&work, stored()).await;
    assert_eq!(again[0].id, name);
    task(6).put().send(&work).await.unwrap();
    assert_ne!(read(&work, stored()).await.0[0].id, name);
}

#[tokio::test]
async fn reading_from_now_on_has_a_place_in_each_partition() {
    let (_emulator, work) = sample().await;
    for id in 0..20 {
        task(id).put().send(&work).await.unwrap();
    }
    let mut changes = work.changes(StartFrom::Now);
    let first = changes.next_page().await.unwrap();
    assert!(first.changes.is_empty());
    for id in 20..40 {
        task(id).put().send(&work).await.unwrap();
    }
    // A process that ends here has asked one of the two partitions since it began.
    let (changes, _) = read(&work, StartFrom::After(first.position)).await;
    assert_eq!(tasks(changes).into_keys().collect::<Vec<_>>(), (20..40).collect::<Vec<_>>());
}

#[tokio::test]
async fn reading_goes_on_after_partitions_are_split() {
    let (emulator, work) = sample().await;
    let mut partitions = vec![0, 1];
    let mut changes = work.changes(StartFrom::Oldest).page_size(3);
    let mut seen = BTreeMap::new();
    for round in 0..3 {
        for id in 0..20 {
            let mut task = task(round * 20 + id);
            task.note = round.to_string();
            task.put().send(&work).await.unwrap();
        }
        for _ in 0..3 {
            let page = changes.next_page().await.unwrap();
            assert!(page.changes.len() <= 3);
            seen.extend(tasks(page.changes));
        }
        emulator.split_all("work", &mut partitions).await;
    }
    loop {
        let page = changes.next_page().await.unwrap();
        seen.extend(tasks(page.changes));
        if page.is_caught_up {
            break;
        }
    }
    assert_eq!(seen.len(), 60);
}

#[tokio::test]
async fn a_text_that_is_no_position_is_refused() {
    let (_emulator, work) = sample().await;
    for text in ["", "x", "\u{1F980} 7", "0000000000000001-7"] {
        let mut changes = work.changes(StartFrom::After(FeedPosition::new(text)));
        let error = changes.next_page().await.unwrap_err();
        assert!(error.is_invalid_cursor(), "`{text}`: {error:?}");
    }
}

#[tokio::test]
async fn pages_say_what_they_were_charged() {
    let (_emulator, work) = sample().await;
    task(1).put().send(&work).await.unwrap();
    let page = work.changes(StartFrom::Oldest).next_page().await.unwrap();
    assert!(page.cost.request_units.get() > 0.0, "{:?}", page.cost);
}
