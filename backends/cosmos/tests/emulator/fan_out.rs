//! Queries of an index in all partitions of the table's container.

use crate::support::Emulator;
use monotable::prelude::*;
use monotable_cosmos::Cosmos;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(ByState))]
pub(crate) enum Work {
    Task(Task),
}

#[derive(Debug, Index)]
pub(crate) struct ByState;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "TASK#{id}", sk = "TASK")]
#[access(by_state, index = ByState, pk = "STATE#{state}", sk = "{rank:02}")]
pub(crate) struct Task {
    pub id: u32,
    pub state: Option<String>,
    pub rank: u8,
    pub note: String,
}

pub(crate) fn task(id: u32) -> Task {
    let state = (id % 4 != 3).then(|| ["open", "done", "late"][id as usize % 3].to_owned());
    Task { id, state, rank: (id * 7 % 13) as u8, note: format!("note {id}") }
}

async fn work(partitions: u32) -> (Emulator, Table<Work, Cosmos<((), ByState)>>) {
    let emulator = Emulator::start().await;
    let container = emulator.container_of("work", "/pk", partitions).await;
    let work = Work::on(Cosmos::new(container).index_fan_out(ByState));
    for id in 0..120 {
        task(id).put().send(&work).await.unwrap();
    }
    (emulator, work)
}

/// What a query of this state returns, in the order of the index.
fn expected(state: &str) -> Vec<u32> {
    let mut tasks: Vec<_> =
        (0..120).map(task).filter(|task| task.state.as_deref() == Some(state)).collect();
    tasks.sort_by_key(|task| (task.rank, task.id));
    tasks.into_iter().map(|task| task.id).collect()
}

fn ids(tasks: &[Task]) -> Vec<u32> {
    tasks.iter().map(|task| task.id).collect()
}

#[tokio::test]
async fn all_partitions_are_read_in_the_order_of_the_index() {
    let (_emulator, work) = work(4).await;
    let mut expected = expected("open");
    let page = Task::by_state("open").page(&work).await.unwrap();
    assert_eq!((ids(&page.items), page.cursor.is_none()), (expected.clone(), true));
    // Each physical partition is asked and charged.
    assert!(page.cost.request_units.get() >= 4.0, "{:?}", page.cost);
    expected.reverse();
    let descending = Task::by_state("open").descending().all(&work).await.unwrap();
    assert_eq!(ids(&descending), expected);
    assert_eq!(Task::by_state("open").count(&work).await.unwrap(), expected.len());
    assert_eq!(Task::by_state("none").count(&work).await.unwrap(), 0);
}

#[tokio::test]
async fn ranges_filters_and_limits() {
    let (_emulator, work) = work(3).await;
    let some = |keep: fn(&Task) -> bool| {
        let ids = expected("done");
        ids.into_iter().filter(|id| keep(&task(*id))).collect::<Vec<_>>()
    };
    let range = Task::by_state("done").range(3..=8).all(&work).await.unwrap();
    assert_eq!(ids(&range), some(|task| (3..=8).contains(&task.rank)));
    let filtered = Task::by_state("done").filter(Task::NOTE.begins_with("note 1"));
    let filtered = filtered.limit(5).page(&work).await.unwrap();
    assert_eq!(ids(&filtered.items), some(|task| task.note.starts_with("note 1"))[..5]);
    let rest = Task::by_state("done").filter(Task::NOTE.begins_with("note 1"));
    let rest = rest.after(filtered.cursor.unwrap()).page(&work).await.unwrap();
    assert_eq!(ids(&rest.items), some(|task| task.note.starts_with("note 1"))[5..]);
}

#[tokio::test]
async fn pages_are_complete_if_partitions_are_split() {
    let (emulator, work) = work(2).await;
    let mut partitions = vec![0, 1];
    let (mut found, mut cursor, mut pages) = (Vec::new(), None, 0);
    loop {
        let query = Task::by_state("open").page_size(4);
        let page = match cursor {
            Some(cursor) => query.after(cursor).page(&work).await.unwrap(),
            None => query.page(&work).await.unwrap(),
        };
        found.extend(ids(&page.items));
        (pages, cursor) = (pages + 1, page.cursor);
        if cursor.is_none() {
            break;
        }
        if pages % 3 == 0 {
            emulator.split_all("work", &mut partitions).await;
        }
    }
    assert_eq!(found, expected("open"));
    assert!(partitions.len() >= 4 && pages >= 8);
}

#[tokio::test]
async fn what_is_sent_to_each_partition() {
    let (emulator, work) = work(2).await;
    emulator.requests();
    Task::by_state("open").range(3..=8).page_size(10).page(&work).await.unwrap();
    let sent = emulator.requests();
    assert!(
        !sent.is_empty() && sent.iter().all(|request| request.starts_with("POST ")),
        "{sent:?}"
    );
    for request in sent {
        assert!(
            request.contains("c['by_statepk'] = @p1")
                && request.contains("ORDER BY c.by_statesk ASC, c.pk ASC, c.sk ASC"),
            "{request}"
        );
        assert!(!request.contains("x-ms-documentdb-partitionkey: "), "{request}");
    }
}
