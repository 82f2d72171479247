//! A process that writes to a file and reads its changes is killed at random moments.
//!
//! The test starts itself as a child process. Writers of the child write, and its reader prints each change that it handles,
//! and keeps its position in the table. The test kills the child, and starts the next one with the same file. In the end
//! everything that is in the log was printed.

use crate::journal::{ACCOUNTS, Account, Checkpoint, Journal, Seen, Told, WRITERS, Writer};
use monotable::change::{FeedPosition, StartFrom};
use monotable::embedded::{ChangeLog, Retention};
use monotable::prelude::*;
use monotable_tests::{scaled, seed};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// The file of the child, and how many changes it has to write before it ends. The variables are set for the child only.
const CHILD: &str = "MONOTABLE_FEED_CHILD";
const WRITES: &str = "MONOTABLE_FEED_WRITES";

fn open(path: &Path) -> monotable::Table<Journal, Embedded<ChangeLog>> {
    let store = Embedded::open(path).unwrap();
    Journal::on(store.with_change_log(Retention::default()).unwrap())
}

#[test]
fn a_killed_process_loses_no_change() {
    if let Ok(path) = std::env::var(CHILD) {
        return child(Path::new(&path));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let seed = seed(0x6b69_6c6c);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let mut told = Told::default();
    for _ in 0..scaled(15) {
        let before = told.count() + told.repeated;
        run(&path, &mut told, Some(random.usize(1..1500)), usize::MAX);
        assert!(told.count() + told.repeated > before, "the child told nothing");
    }
    // The last one writes nothing, reads all that is there, and ends.
    run(&path, &mut told, None, 0);
    println!("{} changes, {} repeated", told.count(), told.repeated);
    assert!(told.repeated > 0);
    check(&path, told);
}

/// Runs a child, notes what it tells, and kills it after it has told this number of changes.
fn run(path: &Path, told: &mut Told, kill_after: Option<usize>, writes: usize) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killed::a_killed_process_loses_no_change", "--exact", "--nocapture"])
        .env(CHILD, path)
        .env(WRITES, writes.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut count = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some(change) = parsed(&line) else { continue };
        told.note(change);
        count += 1;
        if Some(count) == kill_after {
            child.kill().unwrap();
        }
    }
    let status = child.wait().unwrap();
    assert!(kill_after.is_some() || status.success());
}

/// Reads the whole log, and the items: all of it was told.
#[tokio::main(flavor = "current_thread")]
async fn check(path: &Path, told: Told) {
    let table = open(path);
    let mut changes = table.changes(StartFrom::Oldest);
    let mut all = Told::default();
    loop {
        let page = changes.next_page().await.unwrap();
        page.changes.iter().filter_map(Seen::of).for_each(|change| all.note(change));
        if page.is_caught_up {
            break;
        }
    }
    assert_eq!(told.count(), all.count());
    assert_eq!(told.state, all.state);
    for id in 0..ACCOUNTS {
        let stored = Account::get(id).send(&table).await.unwrap();
        let told = told.state.get(&id).copied().flatten();
        assert_eq!(stored.map(|account| account.version), told, "account {id}");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn child(path: &Path) {
    let table = open(path);
    let most: usize = std::env::var(WRITES).unwrap().parse().unwrap();
    let writers = (0..WRITERS).map(async |lane| {
        let mut writer = Writer::new(&table, lane, u64::from(std::process::id()));
        writer.recover().await.unwrap();
        let mut written = 0;
        while written < most {
            written += writer.write().await.unwrap();
        }
    });
    let is_last = most == 0;
    let write = futures_util::future::join_all(writers);
    tokio::join!(write, read(&table, is_last));
}

/// Prints all changes. Returns when there are no more, if nobody writes.
async fn read(table: &monotable::Table<Journal, Embedded<ChangeLog>>, is_last: bool) {
    let checkpoint = Checkpoint::get("printer").send(table).await.unwrap();
    let start = checkpoint.map_or(StartFrom::Oldest, |checkpoint| {
        StartFrom::After(FeedPosition::new(checkpoint.position))
    });
    let mut changes = table.changes(start).page_size(50);
    loop {
        let page = changes.next_page().await.unwrap();
        let seen: Vec<_> = page.changes.iter().filter_map(Seen::of).collect();
        seen.iter().for_each(say);
        if !seen.is_empty() {
            let (name, position) = ("printer".to_owned(), page.position.to_string());
            Checkpoint { name, position }.put().send(table).await.unwrap();
        } else if is_last && page.is_caught_up {
            return;
        } else if page.is_caught_up {
            table.backend().wait_for_changes(&page.position).await.unwrap();
        }
    }
}

/// Prints a line with a single write, so that a kill leaves no half of it.
fn say(change: &Seen) {
    let version = |version: Option<u64>| version.map_or("none".to_owned(), |it| it.to_string());
    let Seen { id, account, old, new } = change;
    let line = format!("change {id} {account} {} {}\n", version(*old), version(*new));
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}

fn parsed(line: &str) -> Option<Seen> {
    // The test harness of the child prints, too, and may begin a line.
    let (_, line) = line.split_once("change ")?;
    let mut words = line.split(' ');
    let (id, account) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    let mut version = || words.next()?.parse().ok();
    Some(Seen { id, account, old: version(), new: version() })
}
