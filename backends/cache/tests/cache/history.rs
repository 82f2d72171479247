//! The history of many readers and writers in two processes, with a cache in front of the table, and faults everywhere: no
//! read returns an item that is older than the documentation of the cache allows.
//!
//! The processes are simulated: a schedule decides when each step is done, from a seed, in a time that is not the clock's.
//! What runs is the cache that programs use, over a table and a shared store whose messages take time, are lost, or
//! arrive after their sender has given up or died.

mod check;
mod naive;
mod schedule;
mod sim;

use schedule::Layers;

/// How many schedules each kind of cache has: 10,200 in all.
fn schedules() -> u64 {
    let scale = std::env::var("MONOTABLE_SCALE").ok().and_then(|scale| scale.parse().ok());
    3_400 * scale.unwrap_or(1)
}

fn no_old_reads(layers: Layers) {
    let mut reads = 0;
    let mut kinds = schedule::Kinds::default();
    for seed in 0..schedules() {
        let history = schedule::run(layers, seed);
        if let Err(old) = check::check(layers, &history) {
            panic!("{layers:?}, seed {seed}: {old}");
        }
        reads += history.reads.len();
        kinds.add(&history);
    }
    // The schedules have what they are for.
    assert!(reads > 30_000, "{reads}");
    kinds.check(layers);
}

#[test]
fn in_the_process() {
    no_old_reads(Layers::Process);
}

#[test]
fn in_a_shared_store() {
    no_old_reads(Layers::Shared);
}

#[test]
fn in_both() {
    no_old_reads(Layers::Both);
}

/// The checker is one: a cache that is filled after a read and emptied after a write, as most are, is caught.
#[test]
fn a_naive_cache_is_caught() {
    let caught = (0..1_000)
        .filter(|seed| {
            let history = schedule::run(Layers::Naive, *seed);
            check::check(Layers::Naive, &history).is_err()
        })
        .count();
    assert!(caught > 10, "{caught} of 1000 schedules");
}
