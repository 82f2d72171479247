//! The steps of readers and writers in every order: the layer that programs run is driven step by step. When all is
//! quiet, what is kept is what is stored, or nothing.
//!
//! Readers take three steps (get, read the table, fill), writers two (write the table, tell the cache), and an eviction
//! is one.

use super::*;
use crate::entry::Content;
use crate::interleave::every_order;
use monotable::embedded::Document;
use monotable_core::Cost;

type Layer = Process<Document, ()>;

const NOW: u64 = 1_800_000_000_000;

/// What is stored: the version of the item, if there is one.
type Stored = Option<u64>;

fn key() -> PrimaryKey {
    PrimaryKey { pk: "K".into(), sk: "K".into() }
}

fn entry(stored: Stored) -> Entry<Document> {
    let item = stored.map(|version| Document::from(version.to_be_bytes().to_vec()));
    let content = Content { item, version: stored, saves: Cost::ZERO };
    Entry::new(content, 2, Duration::from_secs(60), NOW)
}

fn new() -> Layer {
    Layer::new(Entries::new(1 << 20), None)
}

fn kept<A: Clone>(layer: &Process<Document, A>) -> Option<Stored> {
    layer.peek(&key(), NOW).map(|entry| entry.content.version)
}

/// How the cache is told of a write.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    /// As it should be: the entry is removed.
    Removes,
    /// As it should be: an older entry is replaced.
    WritesThrough,
    /// As a change that arrives some time after the write.
    ByEvent,
    /// Naively: the entry is removed, and reads in progress are left alone, as in most caches.
    Naive,
}

enum Reader<'a> {
    New,
    Leads(Lead<'a, PrimaryKey, ()>),
    Read(Lead<'a, PrimaryKey, ()>, Stored),
    Done,
}

/// Runs the tasks in one order, and returns what is stored at the end, and what is kept.
fn run(
    layer: &Layer,
    order: &[usize],
    readers: usize,
    before: (Stored, Option<Stored>),
    writes: &[(Stored, How)],
) -> (Stored, Option<Stored>) {
    layer.evict(&key());
    let (mut stored, already) = before;
    if let Some(already) = already {
        layer.entries.insert(key(), entry(already));
    }
    let mut states: Vec<Reader<'_>> = (0..readers).map(|_| Reader::New).collect();
    let mut written: Vec<Option<Stored>> = vec![None; writes.len()];
    for task in order {
        if let Some(state) = states.get_mut(*task) {
            *state = match std::mem::replace(state, Reader::Done) {
                Reader::New => match layer.get(&key(), NOW) {
                    Step::Lead(lead) => Reader::Leads(lead),
                    Step::Hit(_) | Step::Join(_) => Reader::Done,
                },
                Reader::Leads(lead) => Reader::Read(lead, stored),
                Reader::Read(lead, read) => {
                    layer.fill(lead, &key(), Some(entry(read)), &());
                    Reader::Done
                }
                Reader::Done => Reader::Done,
            };
        } else if let Some((new, how)) = writes.get(task - readers) {
            let written = &mut written[task - readers];
            let Some(before) = *written else {
                (stored, *written) = (*new, Some(stored));
                continue;
            };
            match (how, new) {
                (How::Naive, _) => layer.entries.remove(&key()),
                (How::WritesThrough, Some(_)) => {
                    let (entry, replaced) = (entry(*new), before.unwrap_or_default());
                    layer.wrote(&key(), Written::This { entry, replaced });
                }
                (How::ByEvent, Some(version)) => {
                    layer.wrote(&key(), Written::Before(*version));
                }
                _ => {
                    layer.wrote(&key(), Written::Something);
                }
            }
        } else {
            layer.evict(&key());
        }
    }
    drop(states);
    (stored, kept(layer))
}

/// How many orders end with an entry that is not what is stored.
fn stale(
    before: (Stored, Option<Stored>),
    writes: &[(Stored, How)],
    evicts: bool,
) -> (usize, usize) {
    let mut counts = vec![3, 3];
    counts.extend(writes.iter().map(|_| 2));
    counts.extend(evicts.then_some(1));
    let (layer, mut stale) = (new(), 0);
    let all = every_order(&counts, |order| {
        let (stored, kept) = run(&layer, order, 2, before, writes);
        stale += usize::from(kept.is_some_and(|kept| kept != stored));
    });
    (stale, all)
}

/// What was stored and kept before, and what writers write.
type Scenario = ((Stored, Option<Stored>), Vec<(Stored, How)>);

/// One writer, with each state before.
fn scenarios(how: How) -> Vec<Scenario> {
    let mut all = Vec::new();
    for before in [(Some(1), None), (Some(1), Some(Some(1)))] {
        all.push((before, vec![(Some(2), how)]));
        all.push((before, vec![(None, how)]));
    }
    for before in [(None, None), (None, Some(None))] {
        all.push((before, vec![(Some(2), how)]));
    }
    all
}

#[test]
fn nothing_stale_is_kept_in_any_order() {
    for how in [How::Removes, How::WritesThrough, How::ByEvent] {
        for (before, writes) in scenarios(how) {
            assert_eq!(stale(before, &writes, true), (0, 5_040), "{before:?} {writes:?}");
        }
    }
}

/// Two updates: the table orders them, so the second one to write it has the newer version, in whichever order the cache is
/// told.
#[test]
fn two_writers_in_any_order() {
    for how in [How::Removes, How::WritesThrough, How::ByEvent] {
        for already in [None, Some(Some(1))] {
            let (layer, mut stale) = (new(), 0);
            let all = every_order(&[3, 3, 2, 2], |order| {
                // Who writes first has version 2.
                let first = order.iter().find(|task| **task >= 2).copied();
                let versions = if first == Some(2) { [2, 3] } else { [3, 2] };
                let writes = versions.map(|version| (Some(version), how));
                let (stored, kept) = run(&layer, order, 2, (Some(1), already), &writes);
                stale += usize::from(kept.is_some_and(|kept| kept != stored));
            });
            assert_eq!((stale, all), (0, 25_200), "{how:?} {already:?}");
        }
    }
}

/// An item is deleted by one writer and created again by another.
#[test]
fn a_delete_and_a_create_in_any_order() {
    for how in [How::Removes, How::WritesThrough, How::ByEvent] {
        for already in [None, Some(Some(1))] {
            let (layer, mut stale) = (new(), 0);
            let all = every_order(&[3, 3, 2, 2], |order| {
                // If the other one writes first, it is an update, and then the item is deleted.
                let writes = [(None, how), (Some(2), how)];
                let (stored, kept) = run(&layer, order, 2, (Some(1), already), &writes);
                stale += usize::from(kept.is_some_and(|kept| kept != stored));
            });
            assert_eq!((stale, all), (0, 25_200), "{how:?} {already:?}");
        }
    }
}

/// The test finds the race that it is about: without the lease, many orders end with an old entry.
#[test]
fn a_naive_cache_is_caught() {
    let (stale, all) =
        stale((Some(1), None), &[(Some(2), How::Naive), (Some(3), How::Naive)], false);
    assert_eq!(all, 25_200);
    assert!(stale > 1_000, "{stale} of {all}");
}

#[test]
fn an_entry_ends_at_its_time_and_when_the_clock_is_set_back() {
    let layer = new();
    layer.entries.insert(key(), entry(Some(1)));
    assert!(layer.peek(&key(), NOW).is_some());
    assert!(layer.peek(&key(), NOW + 59_999).is_some());
    assert!(layer.peek(&key(), NOW + 60_000).is_none());
    assert!(layer.peek(&key(), NOW - 1).is_none());
}

#[test]
fn a_read_that_was_given_up_hands_over() {
    let layer: Process<Document, u8> = Process::new(Entries::new(1 << 20), None);
    let Step::Lead(lead) = layer.get(&key(), NOW) else { panic!("nothing is kept") };
    let Step::Join(mut waits) = layer.get(&key(), NOW) else { panic!("a read is in progress") };
    drop(lead);
    assert!(waits.answer.try_recv().is_err(), "it is told");
    assert!(matches!(layer.get(&key(), NOW), Step::Lead(_)));
}

/// Who comes after a write does not wait for a read that began before it.
#[test]
fn a_write_parts_those_before_from_those_after() {
    let layer: Process<Document, u8> = Process::new(Entries::new(1 << 20), None);
    let Step::Lead(before) = layer.get(&key(), NOW) else { panic!("nothing is kept") };
    let Step::Join(mut waits) = layer.get(&key(), NOW) else { panic!("a read is in progress") };
    layer.wrote(&key(), Written::Something);
    let Step::Lead(after) = layer.get(&key(), NOW) else {
        panic!("the other one is no longer joined")
    };
    assert!(!layer.fill(before, &key(), Some(entry(Some(1))), &1), "it is refused");
    assert_eq!(waits.answer.try_recv(), Ok(Some(1)));
    assert!(layer.fill(after, &key(), Some(entry(Some(2))), &2));
    assert_eq!(kept(&layer), Some(Some(2)));
}
