//! A process that is killed while it writes loses no acknowledged write.
//!
//! The test starts itself as a child process, which writes to a store on disk and prints each
//! acknowledged write. The test kills the child at a random moment, opens the store, and compares.
//! All rounds use the same store, so that each begins with the file of a killed process. The store keeps a log of
//! its changes, from which its items have to follow each time.
//!
//! `MONOTABLE_SCALE` multiplies the number of rounds.

use futures_util::{StreamExt as _, stream};
use monotable::change::StartFrom;
use monotable::embedded::{ChangeLog, Retention};
use monotable::prelude::*;
use monotable_tests::{Order, Shop, Status, order, scaled};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// The file that the child writes to. The variable is set for the child only.
const CHILD: &str = "MONOTABLE_CRASH_CHILD";
const FIRST: &str = "MONOTABLE_CRASH_FIRST";

/// What is known about an order: the last acknowledged total, and those that may have been written
/// since. `None` is a deleted order.
#[derive(Debug, Default)]
struct Known {
    acknowledged: Option<u32>,
    attempted: Vec<Option<u32>>,
}

#[test]
fn a_killed_writer_loses_nothing_acknowledged() {
    if let Ok(path) = std::env::var(CHILD) {
        return child(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let mut random = fastrand::Rng::with_seed(0x6b69_6c6c);
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let mut first = 0;
    for round in 0..scaled(25) {
        let acknowledged = kill_after(random.usize(1..400), &path, first, &mut known);
        assert!(acknowledged > 0, "round {round}: the child wrote nothing");
        first += 10_000;
        check(&path, &mut known, round);
    }
}

/// Runs a child, kills it after this many acknowledged writes, and records what it acknowledged.
fn kill_after(
    writes: usize,
    path: &Path,
    first: u32,
    known: &mut BTreeMap<String, Known>,
) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["a_killed_writer_loses_nothing_acknowledged", "--exact", "--nocapture"])
        .env(CHILD, path)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut count = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let mut words = line.split_whitespace();
        let (verb, Some(id)) = (words.next(), words.next()) else { continue };
        let total = words.next().and_then(|word| word.parse().ok());
        let entry = known.entry(id.to_owned()).or_default();
        match verb {
            Some("try") => entry.attempted.push(total),
            Some("ack") => {
                entry.acknowledged = total;
                entry.attempted.clear();
                count += 1;
                if count == writes {
                    child.kill().unwrap();
                }
            }
            _ => {}
        }
    }
    child.wait().unwrap();
    count
}

fn open(path: &Path) -> Table<Shop, Embedded<ChangeLog>> {
    let store = Embedded::open(path).unwrap();
    Shop::on(store.with_change_log(Retention::default()).unwrap())
}

/// Checks that the last acknowledged write of each order is stored, or a later write that was not
/// acknowledged yet. Also checks that the index has exactly the same orders, and that they follow from the
/// log of changes.
#[tokio::main(flavor = "current_thread")]
async fn check(path: &Path, known: &mut BTreeMap<String, Known>, round: usize) {
    let shop = open(path);
    let mut stored = Vec::new();
    for (id, known) in known {
        let found = Order::get("C", id).send(&shop).await.unwrap();
        let total = found.as_ref().map(|order| order.total);
        assert!(
            total == known.acknowledged || known.attempted.contains(&total),
            "round {round}, order {id}: {total:?} is stored, {known:?}"
        );
        *known = Known { acknowledged: total, attempted: Vec::new() };
        stored.extend(found);
    }
    let by_id = |order: &Order| order.order_id.clone();
    let mut indexed = Vec::new();
    for status in [Status::Placed, Status::Paid, Status::Shipped] {
        indexed.extend(Order::by_status(status).all(&shop).await.unwrap());
    }
    stored.sort_by_key(by_id);
    indexed.sort_by_key(by_id);
    assert_eq!(indexed, stored, "round {round}: the index differs from the items");
    assert_eq!(replayed(&shop).await, stored, "round {round}: the log differs from the items");
}

/// Returns the orders that follow from the log.
async fn replayed(shop: &Table<Shop, Embedded<ChangeLog>>) -> Vec<Order> {
    let mut orders = BTreeMap::new();
    let mut changes = shop.changes(StartFrom::Oldest);
    loop {
        let page = changes.next_page().await.unwrap();
        for change in page.changes {
            let order = |item: &Shop| match item {
                Shop::Order(order) => order.clone(),
                other => panic!("{other:?}"),
            };
            let key = change.key.sk.clone();
            assert_eq!(orders.get(&key).cloned(), change.old_item().map(order));
            match change.new_item() {
                Some(new) => orders.insert(key, order(new)),
                None => orders.remove(&key),
            };
        }
        if page.is_caught_up {
            return orders.into_values().collect();
        }
    }
}

/// Writes until the process is killed. Eight writes are in progress at any time, so that a commit
/// has several of them.
#[tokio::main(flavor = "current_thread")]
async fn child(path: &Path) {
    let shop = &open(path);
    let first: u32 = std::env::var(FIRST).unwrap().parse().unwrap();
    let write = |n: u32| async move {
        // Creates an order, changes it once, and deletes every third one.
        let mut order = order("C", &format!("{n:08}"));
        order.total = n;
        say("try", &order, true);
        order.create().send(shop).await.unwrap();
        say("ack", &order, true);
        order.status = Status::Paid;
        order.total = n + 1;
        say("try", &order, true);
        order.put().send(shop).await.unwrap();
        say("ack", &order, true);
        if n.is_multiple_of(3) {
            say("try", &order, false);
            order.delete().send(shop).await.unwrap();
            say("ack", &order, false);
        }
    };
    stream::iter(first..first + 10_000).for_each_concurrent(8, write).await;
}

/// Prints a line with a single write, so that a kill leaves no half of it.
fn say(verb: &str, order: &Order, exists: bool) {
    let total = if exists { order.total.to_string() } else { "none".to_owned() };
    let line = format!("{verb} {} {total}\n", order.order_id);
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}
