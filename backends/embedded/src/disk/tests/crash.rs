use super::{Rows, commit, put, replayed, rows, switch_on};
use crate::layout;
use crate::store::Change;
use crate::testing::{Medium, Random};

fn perform(rows: &mut Rows, changes: &[Change]) {
    for change in changes {
        match change.clone() {
            Change::Row(key, Some(item)) => drop(rows.insert(key, item)),
            Change::Row(key, None) => drop(rows.remove(&key)),
            _ => {}
        }
    }
}

fn changes(random: &mut Random, round: usize) -> Vec<Change> {
    // Some values are so large that they take several pages.
    let value = round.to_string().repeat(if random.chance(3) { 3000 } else { 20 });
    let mut changes = Vec::new();
    for _ in 0..=random.below(5) {
        let sk = random.below(30);
        changes.push(if random.chance(30) {
            Change::Row(layout::row("p", &sk.to_string()), None)
        } else {
            put(sk, &value)
        });
    }
    changes
}

/// Stops the disk at a random operation, loses some of the bytes that are not synced, and opens the
/// store again. All acknowledged commits must be there. The commit that was interrupted must be
/// there completely or not at all.
#[test]
fn a_crash_loses_no_acknowledged_commit_and_leaves_no_half_of_one() {
    cut_the_power(false);
}

/// The same with a log of changes, from which the items have to follow after each crash.
#[test]
fn after_a_crash_the_log_agrees_with_the_items() {
    cut_the_power(true);
}

fn cut_the_power(with_log: bool) {
    let scale: u64 = std::env::var("MONOTABLE_SCALE").map_or(1, |text| text.parse().unwrap());
    let seeds = 300 * scale;
    for seed in 0..seeds {
        let mut random = Random::new(seed);
        let medium = Medium::new();
        let mut certain = Rows::new();
        let mut round = 0;
        for _ in 0..4 {
            // The state if the interrupted commit was stored.
            let mut possible = None;
            medium.fail_after(random.below(150));
            if let Ok(store) = medium.open()
                && (!with_log || switch_on(&store).is_ok())
            {
                loop {
                    round += 1;
                    let changes = changes(&mut random, round);
                    let mut next = certain.clone();
                    perform(&mut next, &changes);
                    if commit(&store, &changes).is_err() {
                        possible = Some(next);
                        break;
                    }
                    certain = next;
                    if random.chance(20) {
                        match rows(&store) {
                            Ok(found) => assert_eq!(found, certain, "seed {seed}"),
                            Err(_) => break,
                        }
                    }
                    if random.chance(3) {
                        break;
                    }
                }
                // The store is dropped here. Closing it may fail, too.
            }
            medium.crash(&mut random);
            let store = medium.open().unwrap_or_else(|error| panic!("{seed}: {error}"));
            let found = rows(&store).unwrap();
            if Some(&found) == possible.as_ref() {
                certain = found;
            }
            assert_eq!(rows(&store).unwrap(), certain, "seed {seed}");
            if with_log {
                assert_eq!(replayed(&store).unwrap(), certain, "seed {seed}");
            }
        }
    }
}

#[test]
fn after_a_failed_commit_further_commits_are_refused() {
    let medium = Medium::new();
    let store = medium.open().unwrap();
    commit(&store, &[put(1, "old")]).unwrap();
    medium.fail_after(1);
    let error = commit(&store, &[put(1, "new")]).unwrap_err();
    assert!(error.is_unavailable());
    assert!(error.to_string().contains("`test.db` failed to write"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    medium.fail_after(usize::MAX);
    let error = commit(&store, &[put(2, "new")]).unwrap_err();
    assert!(error.to_string().contains("open it again"), "{error}");
    drop(store);
    assert_eq!(rows(&medium.open().unwrap()).unwrap().len(), 1);
}
