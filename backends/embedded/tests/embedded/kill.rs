//! Tests that no acknowledged write is lost when the process is killed while it writes.

use crate::support::{Folder, TABLE, block_on, item, key};
use monotable_core::Backend as _;
use monotable_core::backend::Readable as _;
use monotable_core::request::{Put, Query, SortKeys};
use monotable_embedded::Embedded;
use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const STORE: &str = "MONOTABLE_KILL_TEST_STORE";

/// Not a test by itself: it writes in the process that the test below starts and kills.
#[test]
fn victim() {
    let Ok(path) = env::var(STORE) else { return };
    let store = Embedded::open(path).unwrap();
    let start = all(&store).len();
    thread::scope(|scope| {
        for writer in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for number in start.. {
                    let sk = format!("{writer}-{number}");
                    let put = Put::new(&TABLE, "Thing", key("p", &sk), item(store, "p", &sk));
                    block_on(store.put(put)).unwrap();
                    // A single write to the pipe, so that the line is complete or missing.
                    std::io::stdout().write_all(format!("done {sk}\n").as_bytes()).unwrap();
                }
            });
        }
    });
}

fn all(store: &Embedded) -> BTreeSet<String> {
    let mut query = Query::new(&TABLE, "Thing", "all", "p".to_owned(), SortKeys::All);
    let mut found = BTreeSet::new();
    loop {
        let page = block_on(store.query(query.clone())).unwrap();
        found.extend(page.items.iter().map(|item| item.text("sk").unwrap().to_owned()));
        query.after = page.last;
        if query.after.is_none() {
            return found;
        }
    }
}

fn run_and_kill(path: &Path, after: Duration) -> Vec<String> {
    let mut victim = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::victim", "--nocapture", "--test-threads=1"])
        .env(STORE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(victim.stdout.take().unwrap());
    let reader = thread::spawn(move || {
        let lines = output.lines().map_while(Result::ok);
        lines.filter_map(|line| Some(line.split_once("done ")?.1.to_owned())).collect()
    });
    thread::sleep(after);
    victim.kill().unwrap();
    victim.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn nothing_acknowledged_is_lost() {
    let folder = Folder::new();
    let path = folder.path("shop.db");
    let mut acknowledged = BTreeSet::new();
    for round in 0..8 {
        acknowledged.extend(run_and_kill(&path, Duration::from_millis(5 + 37 * round)));
        let store = Embedded::open(&path).unwrap();
        let found = all(&store);
        let lost: Vec<_> = acknowledged.difference(&found).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
        // Each writer may have been killed after its write was stored and before it was reported.
        assert!(found.len() <= acknowledged.len() + 4, "round {round}");
        acknowledged = found;
        if round % 2 == 0 {
            // Leaves the store open, so that the next process finds a store that was never closed
            // since the kill.
            std::mem::forget(store);
            break_lock(&path);
        }
    }
    assert!(acknowledged.len() > 8, "{}", acknowledged.len());
}

/// Replaces the file by a copy of itself, because the store that is still open locks the old file.
fn break_lock(path: &Path) {
    let copy = path.with_file_name("copy");
    std::fs::copy(path, &copy).unwrap();
    std::fs::rename(&copy, path).unwrap();
}
