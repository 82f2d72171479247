//! Patterns that say `mixed`: their stretch of sort keys can have items of other entities.

use monotable::prelude::*;
use monotable::request::Operation;
use monotable::testing::Recorder;
use monotable_tests::Store;
use serde::{Deserialize, Serialize};

#[derive(Debug, Index)]
#[index(projection = include(title))]
pub struct Feed;

#[derive(Debug, PartialEq, Table)]
#[table(indexes(Feed))]
#[allow(dead_code)]
pub enum Forum {
    Thread(Thread),
    Reply(Reply),
}

/// A thread is directly before its replies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Forum, pk = "BOARD#{board}", sk = "THREAD#{thread}")]
#[access(threads, mixed)]
#[access(by_author, index = Feed, pk = "AUTHOR#{author}", sk = "{number}", mixed)]
pub struct Thread {
    board: String,
    thread: String,
    number: u32,
    author: String,
    title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Forum, pk = "BOARD#{board}", sk = "THREAD#{thread}#REPLY#{number}")]
#[access(replies, mixed)]
#[access(by_author, index = Feed, pk = "AUTHOR#{author}", sk = "{number}", mixed)]
pub struct Reply {
    board: String,
    thread: String,
    number: u32,
    author: String,
}

#[derive(Debug, PartialEq, Collection)]
struct Board {
    threads: Vec<Thread>,
    replies: Vec<Reply>,
}

async fn filled<B: Store>(backend: B) -> Table<Forum, B> {
    let forum = Forum::on(backend);
    for (thread, number) in [("a", 10), ("b", 20)] {
        let (board, author) = ("x".into(), "ann".into());
        let title = thread.to_uppercase();
        let thread = thread.into();
        Thread { board, thread, number, author, title }.create().send(&forum).await.unwrap();
    }
    for (thread, numbers) in [("a", 11..=14), ("b", 21..=24)] {
        for number in numbers {
            let (board, author) = ("x".into(), "ann".into());
            let reply = Reply { board, thread: thread.into(), number, author };
            reply.create().send(&forum).await.unwrap();
        }
    }
    forum
}

fn names(threads: &[Thread]) -> Vec<&str> {
    threads.iter().map(|thread| &*thread.thread).collect()
}

pub async fn a_mixed_query_reads_its_entity<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let forum = filled(recorder.clone()).await;
    recorder.take();
    let threads = Thread::threads("x").all(&forum).await.unwrap();
    assert_eq!(names(&threads), ["a", "b"]);
    let requests = recorder.take();
    assert_eq!(requests.operations(), [Operation::Query], "{requests}");
    assert_eq!(Thread::threads("x").count(&forum).await.unwrap(), 2);
    // The store reads the replies, too, even if it does not count them.
    let page = Thread::threads("x").page(&forum).await.unwrap();
    let read = if B::TRAITS.counts_what_it_reads { 10 } else { 2 };
    assert_eq!((page.items.len(), page.read), (2, read));
    // A bound sort key has items of other entities only where it is their beginning.
    assert_eq!(Thread::threads("x").eq("a").one(&forum).await.unwrap().title, "A");
    assert_eq!(Reply::replies("x").eq("a").count(&forum).await.unwrap(), 4);
    assert_eq!(Reply::replies("x").eq("a").range(13..).count(&forum).await.unwrap(), 2);
}

pub async fn limits_and_cursors_count_the_entity<B: Store>(backend: B) {
    let forum = filled(backend).await;
    let threads = Thread::threads("x").descending().limit(1).all(&forum).await.unwrap();
    assert_eq!(names(&threads), ["b"]);
    assert_eq!(names(&[Thread::threads("x").first(&forum).await.unwrap().unwrap()]), ["a"]);
    // Each page ends at an item of any of the two entities.
    for size in 1..=11 {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let query = Thread::threads("x").page_size(size).after(cursor);
            let page = query.page(&forum).await.unwrap();
            found.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(names(&found), ["a", "b"], "{size}");
    }
    let page = Reply::replies("x").limit(3).page(&forum).await.unwrap();
    assert_eq!(page.items.len(), 3);
    let rest = Reply::replies("x").after(page.cursor).all(&forum).await.unwrap();
    assert_eq!(rest.len(), 5);
}

pub async fn a_mixed_index<B: Store>(backend: B) {
    let forum = filled(backend).await;
    let keys = Thread::by_author("ann").all(&forum).await.unwrap();
    assert_eq!(keys.len(), 2);
    let title = Thread::by_author("ann").filter(Thread::TITLE.eq("B"));
    assert_eq!(title.count(&forum).await.unwrap(), 1);
    assert_eq!(Reply::by_author("ann").range(12..=22).count(&forum).await.unwrap(), 5);
}

pub async fn only_the_entity_is_deleted<B: Store>(backend: B) {
    let forum = filled(backend).await;
    assert_eq!(Thread::threads("x").delete_all().send(&forum).await.unwrap().deleted, 2);
    assert_eq!(Thread::threads("x").count(&forum).await.unwrap(), 0);
    assert_eq!(Reply::replies("x").count(&forum).await.unwrap(), 8);
    assert_eq!(Reply::by_author("ann").delete_all().send(&forum).await.unwrap().deleted, 8);
}

pub async fn mixed_members<B: Store>(backend: B) {
    let forum = filled(backend).await;
    let board = || Board::of(Thread::threads("x").partition());
    let all = board().send(&forum).await.unwrap();
    assert_eq!((names(&all.threads), all.replies.len()), (vec!["a", "b"], 8));
    let error = board().limit(1).send(&forum).await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    let items = Thread::partition("x").query().all(&forum).await.unwrap();
    assert!(matches!(&items[..], [Forum::Thread(_), Forum::Reply(_), ..]), "{items:?}");
    assert_eq!(items.len(), 10);
}
