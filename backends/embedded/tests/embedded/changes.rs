//! Tests of the log of changes.

use crate::support::{
    Folder, SESSIONS, TABLE, block_on, each, fields, is_done, key, map, number, put, store_item,
    with,
};
use monotable_core::backend::Keyed;
use monotable_core::change::{
    Change, ChangeFeed as _, ChangeKind, ChangePage, FeedPosition, OpenChanges, StartFrom,
};
use monotable_core::expr::{Action, Expr, Path};
use monotable_core::request::{
    BatchItem, BatchWrite, Delete, Put, TransactItem, TransactWrite, Update,
};
use monotable_core::schema::TableDef;
use monotable_core::value::{Map, Value};
use monotable_core::{Backend as _, Error, Transactions as _};
use monotable_embedded::{ChangeLog, Document, Embedded, Retention};
use std::fs;
use std::path::Path as File;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

type Feed = Embedded<ChangeLog>;

/// Runs a test on both stores, with a handle that writes and one that reads the changes.
fn each_logged(test: impl Fn(&Embedded, &Feed)) {
    each(|store| test(store, &logged(store)));
}

fn logged(store: &Embedded) -> Feed {
    store.clone().with_change_log(Retention::default()).unwrap()
}

fn page_of(
    feed: &Feed,
    from: StartFrom,
    size: Option<u32>,
) -> Result<ChangePage<Change<Document>>, Error> {
    let mut request = OpenChanges::new(&TABLE, from);
    request.page_size = size.map(|size| size.try_into().unwrap());
    let mut reader = block_on(feed.open_changes(request))?;
    block_on(feed.next_changes(&mut reader))
}

fn page(feed: &Feed, from: StartFrom) -> ChangePage<Change<Document>> {
    page_of(feed, from, None).unwrap()
}

fn after(position: &FeedPosition) -> StartFrom {
    StartFrom::After(position.clone())
}

/// A change in few words: `+1` for the item with the sort key 1, and its fields.
fn shown(change: &Change<Document>) -> String {
    let show = |item: &Document| {
        let fields: Vec<_> =
            fields(item).iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        fields.join(",")
    };
    let sk = &change.key.sk;
    match &change.kind {
        ChangeKind::Created(new) => format!("+{sk} {}", show(new)),
        ChangeKind::Updated { old, new } => format!("~{sk} {} -> {}", show(old), show(new)),
        ChangeKind::Deleted(old) => format!("-{sk} {}", show(old)),
        ChangeKind::Expired(old) => format!("x{sk} {}", show(old)),
    }
}

fn all(feed: &Feed) -> Vec<String> {
    let page = page(feed, StartFrom::Oldest);
    assert!(page.is_caught_up);
    page.changes.iter().map(shown).collect()
}

fn update(sk: &str, actions: Vec<Action>) -> Update {
    Update::new(&TABLE, "Thing", key("p", sk), actions)
}

fn a() -> Path {
    Path::attribute("a")
}

#[test]
fn each_write_is_a_change_with_the_items_before_and_after() {
    each_logged(|store, feed| {
        store_item(store, "1", &[("a", number(1))]);
        block_on(store.update(update("1", vec![Action::Add(a(), 2.into())]))).unwrap();
        block_on(store.update(update("2", vec![Action::Set(a(), number(5))]))).unwrap();
        block_on(store.delete(Delete::new(&TABLE, "Thing", key("p", "1")))).unwrap();
        let page = page(feed, StartFrom::Oldest);
        let shown: Vec<_> = page.changes.iter().map(shown).collect();
        assert_eq!(shown, ["+1 a=1", "~1 a=1 -> a=3", "+2 a=5", "-1 a=3"]);
        let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
        for change in &page.changes {
            assert_eq!(change.key.pk, "p");
            let age = now - u64::try_from(change.time.unwrap().as_second()).unwrap();
            assert!(age < 60, "{age}");
        }
        let mut ids: Vec<_> = page.changes.iter().map(|change| &change.id).collect();
        ids.dedup();
        assert_eq!(ids.len(), 4);
        assert_eq!(page.position.as_str(), page.changes[3].id);
    });
}

#[test]
fn a_write_that_changes_nothing_is_no_change() {
    each_logged(|store, feed| {
        store_item(store, "1", &[("a", number(1)), ("b", number(2))]);
        assert_eq!(all(feed).len(), 1);
        store_item(store, "1", &[("a", number(1)), ("b", number(2))]);
        // In another order.
        let attributes = [("sk", "1"), ("pk", "p"), ("_type", "Thing")];
        let fields = map(&[("b", number(2)), ("a", number(1))]);
        let same = store.encode(&Keyed::new(&attributes, &fields)).unwrap();
        let mut other_order = put(store, "1", &[]);
        other_order.item = same;
        assert!(is_done(&block_on(store.put(other_order)).unwrap()));
        for action in [
            Action::Set(a(), number(1)),
            Action::Add(a(), 0.into()),
            Action::Remove(Path::attribute("c")),
        ] {
            assert!(is_done(&block_on(store.update(update("1", vec![action]))).unwrap()));
        }
        block_on(store.delete(Delete::new(&TABLE, "Thing", key("p", "2")))).unwrap();
        let mut refused = put(store, "1", &[("a", number(7))]);
        refused.condition = Some(Expr::Absent(Path::attribute("pk")));
        assert!(!is_done(&block_on(store.put(refused)).unwrap()));
        assert_eq!(all(feed).len(), 1);
        store_item(store, "1", &[("a", number(2)), ("b", number(1))]);
        assert_eq!(all(feed).len(), 2);
    });
}

#[test]
fn transactions_and_batches_have_a_change_for_each_item() {
    each_logged(|store, feed| {
        let transact = |sks: &[&str], token: &str| {
            let writes = sks.iter().map(|sk| {
                let mut put = put(store, sk, &[]);
                put.condition = Some(Expr::Absent(Path::attribute("pk")));
                TransactItem::Put(put)
            });
            let request = TransactWrite::new(&TABLE, writes.collect(), token.to_owned());
            block_on(store.transact_write(request)).unwrap()
        };
        transact(&["1", "2"], "once");
        // The record of the token is none, and the same transaction again changes nothing.
        transact(&["1", "2"], "once");
        assert_eq!(all(feed), ["+1 ", "+2 "]);
        // One of these is refused.
        transact(&["3", "1"], "");
        assert_eq!(all(feed).len(), 2);
        let delete = |sk| BatchItem::delete("Thing", key("p", sk));
        let writes = vec![delete("1"), delete("7"), delete("2")];
        block_on(store.batch_write(BatchWrite::new(&TABLE, writes))).unwrap();
        assert_eq!(all(feed), ["+1 ", "+2 ", "-1 ", "-2 "]);
    });
}

#[test]
fn an_expired_item_is_a_change_when_it_is_removed() {
    each(|store| {
        let feed = logged(store);
        let put = |sk: &str, ttl: i64| {
            let item = with(store, "p", sk, &[("_ttl", number(ttl))]);
            block_on(store.put(Put::new(&SESSIONS, "Thing", key("p", sk), item))).unwrap();
        };
        let all = || {
            let request = OpenChanges::new(&SESSIONS, StartFrom::Oldest);
            let mut reader = block_on(feed.open_changes(request)).unwrap();
            let page = block_on(feed.next_changes(&mut reader)).unwrap();
            page.changes.iter().map(shown).collect::<Vec<_>>()
        };
        put("1", 1000);
        assert_eq!(all(), ["+1 _ttl=1000"]);
        put("2", 4_000_000_000);
        let expired = ["+1 _ttl=1000", "x1 _ttl=1000"];
        assert_eq!(all()[..2], expired);
        // A delete by a request is told from it.
        block_on(store.delete(Delete::new(&SESSIONS, "Thing", key("p", "2")))).unwrap();
        assert_eq!(all()[3], "-2 _ttl=4000000000");
    });
}

#[test]
fn reading_goes_on_after_a_position() {
    each_logged(|store, feed| {
        let empty = page(feed, StartFrom::Oldest);
        assert!(empty.changes.is_empty() && empty.is_caught_up);
        for sk in ["1", "2", "3", "4", "5"] {
            store_item(store, sk, &[]);
        }
        assert_eq!(page(feed, after(&empty.position)).changes.len(), 5);
        let mut request = OpenChanges::new(&TABLE, StartFrom::Oldest);
        request.page_size = Some(2.try_into().unwrap());
        let mut reader = block_on(feed.open_changes(request)).unwrap();
        let mut next = || block_on(feed.next_changes(&mut reader)).unwrap();
        let (mut counts, mut ends, mut positions) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..4 {
            let page = next();
            counts.push(page.changes.len());
            ends.push(page.is_caught_up);
            positions.push(page.position);
        }
        assert_eq!((counts, ends), (vec![2, 2, 1, 0], vec![false, false, true, true]));
        let rest = page(feed, after(&positions[0]));
        assert_eq!(rest.changes.iter().map(shown).collect::<Vec<_>>(), ["+3 ", "+4 ", "+5 "]);
        assert_eq!(rest.position, positions[3]);
        let mut now =
            block_on(feed.open_changes(OpenChanges::new(&TABLE, StartFrom::Now))).unwrap();
        store_item(store, "6", &[]);
        let page = block_on(feed.next_changes(&mut now)).unwrap();
        assert_eq!(page.changes.iter().map(shown).collect::<Vec<_>>(), ["+6 "]);
    });
}

#[test]
fn a_page_ends_with_a_megabyte() {
    each_logged(|store, feed| {
        let large = "x".repeat(300_000);
        for sk in 0..10 {
            store_item(store, &sk.to_string(), &[("a", Value::from(large.as_str()))]);
        }
        let page = page(feed, StartFrom::Oldest);
        assert_eq!((page.changes.len(), page.is_caught_up), (4, false));
    });
}

#[test]
fn a_reader_that_comes_after_changes_were_removed_is_told() {
    each(|store| {
        let feed = store.clone().with_change_log(Retention::default().up_to(10)).unwrap();
        store_item(store, "0", &[]);
        let first = page(&feed, StartFrom::Oldest).position;
        let mut open =
            block_on(feed.open_changes(OpenChanges::new(&TABLE, after(&first)))).unwrap();
        for sk in 1..=30 {
            store_item(store, &sk.to_string(), &[]);
        }
        let kept = page(&feed, StartFrom::Oldest);
        assert_eq!(kept.changes.len(), 11);
        assert_eq!(kept.changes.iter().map(|change| &*change.key.sk).next(), Some("20"));
        for error in [
            page_of(&feed, after(&first), None).unwrap_err(),
            block_on(feed.next_changes(&mut open)).unwrap_err(),
            block_on(feed.wait_for_changes(&first)).unwrap_err(),
        ] {
            assert!(error.is_trimmed(), "{error:?}");
            let message = error.to_string();
            assert!(
                message.contains("19 changes") && message.contains("number 2 to 20"),
                "{message}"
            );
        }
        // Nobody has lost a change who has read up to the last one that was removed.
        let edge = FeedPosition::new(first.as_str().replace("-1", "-20"));
        assert_eq!(page(&feed, after(&edge)).changes.len(), 11);
    });
}

#[test]
fn changes_cannot_be_kept_for_no_time() {
    each(|store| {
        let none = Retention::default().for_time(Duration::from_millis(999));
        let error = store.clone().with_change_log(none).unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
        assert!(error.to_string().contains("Retention::for_time"), "{error}");
        let shortest = Retention::default().for_time(Duration::from_secs(1));
        store.clone().with_change_log(shortest).unwrap();
    });
}

#[test]
fn a_longer_retention_keeps_what_is_there() {
    each(|store| {
        let few = store.clone().with_change_log(Retention::default().up_to(3)).unwrap();
        (0..10).for_each(|sk| store_item(store, &sk.to_string(), &[]));
        assert_eq!(page(&few, StartFrom::Oldest).changes.len(), 4);
        let more = logged(store);
        (10..20).for_each(|sk| store_item(store, &sk.to_string(), &[]));
        assert_eq!(page(&more, StartFrom::Oldest).changes.len(), 14);
    });
}

#[test]
fn a_position_of_another_feed_is_refused() {
    each_logged(|store, feed| {
        store_item(store, "1", &[]);
        let error = page_of(feed, after(&FeedPosition::new("a text")), None).unwrap_err();
        assert!(error.is_invalid_cursor(), "{error:?}");
        // Another store, such as a new one in memory after a restart.
        let other = logged(&Embedded::in_memory());
        let position = page(&other, StartFrom::Oldest).position;
        let error = page_of(feed, after(&position), None).unwrap_err();
        assert!(error.is_trimmed() && error.to_string().contains("another log"), "{error:?}");
    });
}

#[test]
fn the_changes_of_another_table_are_refused() {
    static OTHER: TableDef =
        TableDef::new("Other", ["p", "s", "tag"], monotable_core::key::Encoding::Escaped, &[], &[]);
    each_logged(|store, feed| {
        store_item(store, "1", &[]);
        let request = OpenChanges::new(&OTHER, StartFrom::Oldest);
        assert!(block_on(feed.open_changes(request)).unwrap_err().is_schema_mismatch());
    });
}

#[test]
fn without_the_log_nothing_is_kept_and_readers_are_told() {
    each(|store| {
        store_item(store, "0", &[]);
        let feed = logged(store);
        store_item(store, "1", &[]);
        store_item(store, "2", &[]);
        // What was there before the log is none of its changes.
        let read = page(&feed, StartFrom::Oldest);
        assert_eq!(read.changes.len(), 2);
        feed.clone().without_change_log().unwrap();
        let error = page_of(&feed, StartFrom::Oldest, None).unwrap_err();
        assert!(error.is_schema_mismatch() && error.to_string().contains("with_change_log"));
        store_item(store, "3", &[]);
        let feed = logged(store);
        let error = page_of(&feed, after(&read.position), None).unwrap_err();
        assert!(error.is_trimmed(), "{error:?}");
        store_item(store, "4", &[]);
        let again = page(&feed, StartFrom::Oldest);
        assert_eq!(again.changes.iter().map(shown).collect::<Vec<_>>(), ["+4 "]);
        // The numbers go on.
        let number = |id: &str| id.split_once('-').unwrap().1.parse::<u64>().unwrap();
        assert_eq!((number(&read.changes[1].id), number(&again.changes[0].id)), (2, 3));
    });
}

/// The version of the format in the header.
fn version(path: &File) -> u8 {
    fs::read(path).unwrap()[16]
}

#[test]
fn a_file_keeps_its_log_however_it_is_opened() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    store_item(&Embedded::open(&path).unwrap(), "0", &[]);
    assert_eq!(version(&path), 1);
    let store = Embedded::open(&path).unwrap();
    let feed = logged(&store);
    store_item(&store, "1", &[]);
    let first = page(&feed, StartFrom::Oldest);
    assert_eq!(first.changes.len(), 1);
    drop((store, feed));
    assert_eq!(version(&path), 2, "an older program would write without the log");
    // A program that does not know of the log.
    store_item(&Embedded::open(&path).unwrap(), "2", &[]);
    let store = Embedded::open(&path).unwrap();
    store_item(&store, "3", &[]);
    let feed = logged(&store);
    let rest = page(&feed, after(&first.position));
    assert_eq!(rest.changes.iter().map(shown).collect::<Vec<_>>(), ["+2 ", "+3 "]);
    drop(store);
    drop(feed.without_change_log().unwrap());
    assert_eq!(version(&path), 1);
    store_item(&Embedded::open(&path).unwrap(), "4", &[]);
    assert_eq!(version(&path), 1);
}

#[test]
fn a_reader_waits_for_the_next_change() {
    each_logged(|store, feed| {
        let start = page(feed, StartFrom::Oldest).position;
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| block_on(feed.wait_for_changes(&start)));
            std::thread::sleep(Duration::from_millis(30));
            // This adds no record.
            block_on(store.delete(Delete::new(&TABLE, "Thing", key("p", "1")))).unwrap();
            std::thread::sleep(Duration::from_millis(30));
            assert!(!waits.is_finished());
            store_item(store, "1", &[]);
            waits.join().unwrap().unwrap();
        });
        block_on(feed.wait_for_changes(&start)).unwrap();
    });
}

#[test]
fn a_reader_that_waits_is_told_that_the_log_is_switched_off() {
    each_logged(|_, feed| {
        let start = page(feed, StartFrom::Oldest).position;
        let (feed, waiting) = (feed.clone(), feed.clone());
        let waits = std::thread::spawn(move || block_on(waiting.wait_for_changes(&start)));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waits.is_finished());
        feed.without_change_log().unwrap();
        for _ in 0..1000 {
            if waits.is_finished() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(waits.is_finished(), "it waits for ever");
        assert!(waits.join().unwrap().unwrap_err().is_schema_mismatch());
    });
}

#[test]
fn no_write_is_left_out_while_the_log_is_switched_on() {
    each(|store| {
        let is_over = AtomicBool::new(false);
        let value = |item: &Map| match item.get("a") {
            Some(Value::Number(number)) => number.as_i64().unwrap(),
            other => panic!("{other:?}"),
        };
        store_item(store, "1", &[("a", number(0))]);
        std::thread::scope(|scope| {
            let is_over = &is_over;
            scope.spawn(move || {
                for write in 1.. {
                    store_item(store, "1", &[("a", number(write))]);
                    if is_over.load(Relaxed) {
                        break;
                    }
                }
            });
            let stops = Stops(is_over);
            for _ in 0..100 {
                let feed = logged(store);
                let there = value(&crate::support::stored(store, "1").unwrap());
                let first = loop {
                    if let Some(first) = page(&feed, StartFrom::Oldest).changes.first() {
                        break value(&fields(first.old_item().unwrap()));
                    }
                };
                // What is read after the log was switched on, and its changes, are all that there was.
                assert!(first <= there, "the write from {there} to {first} is not in the log");
                feed.without_change_log().unwrap();
            }
            drop(stops);
        });
    });
}

/// Ends the threads of a test, even if it fails.
struct Stops<'a>(&'a AtomicBool);

impl Drop for Stops<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

/// Several threads write, and one follows. Replaying what it reads gives the state of the store.
#[test]
fn a_reader_follows_concurrent_writers() {
    each_logged(|store, feed| {
        const WRITERS: usize = 4;
        const WRITES: usize = 200;
        let mut request = OpenChanges::new(&TABLE, StartFrom::Oldest);
        request.page_size = Some(7.try_into().unwrap());
        let mut reader = block_on(feed.open_changes(request)).unwrap();
        let mut seen: std::collections::BTreeMap<String, Map> = Default::default();
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                scope.spawn(move || {
                    for write in 0..WRITES {
                        // No two writes of an item are the same.
                        let value = number((writer * WRITES + write) as i64);
                        store_item(store, &(write % 5).to_string(), &[("a", value)]);
                    }
                });
            }
            let mut count = 0;
            while count < WRITERS * WRITES {
                let page = block_on(feed.next_changes(&mut reader)).unwrap();
                count += page.changes.len();
                for change in &page.changes {
                    let old = change.old_item().map(fields);
                    assert_eq!(seen.get(&change.key.sk), old.as_ref());
                    seen.insert(change.key.sk.clone(), fields(change.new_item().unwrap()));
                }
                if page.changes.is_empty() {
                    block_on(feed.wait_for_changes(&page.position)).unwrap();
                }
            }
        });
        for (sk, item) in seen {
            assert_eq!(crate::support::stored(store, &sk), Some(item));
        }
    });
}

/// The log is switched on and off while a thread writes. What it has is contiguous, and the header says whether there is one.
#[test]
fn the_log_is_switched_beside_a_writer() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    let store = Embedded::open(&path).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut value = 0;
            while !is_over.load(std::sync::atomic::Ordering::SeqCst) {
                value += 1;
                store_item(&store, "1", &[("a", number(value))]);
            }
        });
        for _ in 0..20 {
            let feed = logged(&store);
            let start = page(&feed, StartFrom::Oldest).position;
            block_on(feed.wait_for_changes(&start)).unwrap();
            assert_eq!(version(&path), 2);
            let changes = page(&feed, StartFrom::Oldest).changes;
            for pair in changes.windows(2) {
                assert_eq!(pair[0].new_item(), pair[1].old_item());
            }
            feed.without_change_log().unwrap();
            assert_eq!(version(&path), 1);
        }
        is_over.store(true, std::sync::atomic::Ordering::SeqCst);
    });
}
