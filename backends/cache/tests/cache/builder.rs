//! What a cache refuses when it is made.

use crate::support::memory::Memory;
use crate::support::shop::*;
use monotable::cache::{Cache, CacheExt as _, Policy, SharedStore};
use monotable::prelude::*;
use std::time::Duration;

#[track_caller]
fn refused<R: SharedStore>(cache: Cache<Shop, R>, why: &[&str]) {
    let error = Embedded::in_memory().cached(cache).unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    for why in why {
        assert!(error.to_string().contains(why), "{error}");
    }
}

fn keeping(policy: Policy) -> Cache<Shop> {
    Cache::in_process(1 << 20).entity::<Note>(policy)
}

#[test]
fn times_of_zero_and_absurd_ones() {
    let days = |days: u64| Duration::from_secs(days * 24 * 60 * 60);
    refused(keeping(Policy::ttl(Duration::ZERO)), &["`Note`", "the time to live is 0ns"]);
    refused(keeping(Policy::ttl(Duration::from_micros(999))), &["less than a millisecond"]);
    refused(keeping(Policy::ttl(days(31))), &["`Note`", "more than 30 days"]);
    refused(keeping(Policy::ttl(Duration::MAX)), &["more than 30 days"]);
    let absent = Policy::ttl(MINUTE).absent(days(31));
    refused(keeping(absent), &["`Note`", "the time to live of an absence is 2678400s"]);
    refused(keeping(Policy::ttl(MINUTE).jitter(91)), &["`Note`", "91 percent"]);
    let store = || shared(Memory::default());
    refused(store().call_limit(Duration::ZERO), &["the limit of a call is 0ns"]);
    refused(store().call_limit(days(1)), &["the limit of a call is 86400s", "60s"]);
    refused(store().pause(Duration::ZERO), &["the pause"]);
    refused(store().lease(Duration::ZERO), &["the time of a lease"]);
    refused(store().wait(Duration::ZERO), &["to wait for another reader"]);
    let front = Cache::layered(1 << 20, Duration::ZERO, Memory::default());
    refused(front.entity::<Note>(MINUTE), &["the longest time in the process is 0ns"]);
    refused(Cache::in_process(0).entity::<Note>(MINUTE), &["0 bytes"]);
}

#[test]
fn entities_that_cannot_be_kept_so() {
    refused(keeping(Policy::ttl(MINUTE)).entity::<Note>(MINUTE), &["`Note`", "named twice"]);
    refused(keeping(Policy::ttl(MINUTE).write_through()), &["`Note`", "needs a version"]);
}

#[test]
fn what_is_right_is_taken() {
    for ttl in [Duration::from_millis(1), Duration::from_secs(30 * 24 * 60 * 60)] {
        assert!(Embedded::in_memory().cached(keeping(Policy::ttl(ttl).jitter(90))).is_ok());
    }
}

/// The program of the README that needs Redis is the one in the documentation of `Redis`, which is compiled.
#[test]
fn the_readme_shows_the_program_with_redis() {
    let document = include_str!("../../src/redis/connect.md");
    let (_, program) = document.split_once("```no_run\n").unwrap();
    let (program, _) = program.split_once("```").unwrap();
    let lines = program.split_inclusive('\n').filter(|line| !line.starts_with("# "));
    let shown = format!("```rs\n{}```\n", lines.collect::<String>());
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    assert!(readme.contains(&shown), "the README lacks:\n{shown}");
}
