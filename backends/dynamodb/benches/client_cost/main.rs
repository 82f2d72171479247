//! Measures what a request costs the client in processor time and allocations, with an HTTP connector in
//! this process that answers immediately with fixed bytes.
//!
//! `cargo bench -p monotable-dynamodb --bench client_cost`
//!
//! It compares three clients: the SDK by hand, the SDK with `serde_dynamo`, and monotable. All send the
//! same requests, and all return typed orders of twelve fields, which are stored in fifteen attributes.
//! For queries there is a fourth column, the floor: serde_json moves over the same bytes and keeps nothing.
//! The time is the processor time of this thread, as the median of many rounds. The clients take turns in
//! each round, so that other load of the machine affects all of them. Allocations do not vary.
//!
//! `client_cost --profile monotable get 1000` runs one request of one client so many times, and measures
//! nothing: for callgrind.

// This is a program, not a library.
#![allow(unreachable_pub, clippy::expect_used, clippy::indexing_slicing)]

use cpu_time::ThreadTime;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::time::Duration;

mod by_hand;
mod canned;
mod order;
mod requests;
mod with_serde;

use requests::{CLIENTS, Request};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The number of rounds.
const ROUNDS: usize = 31;
/// The approximate length of one turn.
const TURN: Duration = Duration::from_millis(20);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--profile") {
        profile(&arguments[at + 1..]);
        return;
    }
    // `cargo test --benches` only checks that it runs.
    let rounds = if arguments.iter().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    println!("{:<16} {:>30}   {:>24}   ours / by hand", "", "time, us", "allocations");
    println!(
        "{:<16} {:>7} {:>7} {:>7} {:>6}   {:>7} {:>7} {:>7}   {:>6} {:>6} {:>9}",
        "",
        "by hand",
        "serde",
        "ours",
        "floor",
        "by hand",
        "serde",
        "ours",
        "time",
        "alloc",
        "over floor"
    );
    for mut request in requests::all(|_| true) {
        compare(rounds, &mut request);
    }
    println!();
    for count in [1, 100, 1000] {
        let [hand, ours] = requests::page_memory(count);
        let bytes = [hand, ours].map(|page| {
            let region = Region::new(ALLOCATOR);
            let page = page();
            let change = region.change();
            drop(page);
            change.bytes_allocated as isize - change.bytes_deallocated as isize
        });
        println!(
            "a page of {count} items, before they are decoded: {} bytes by hand, {} ours, {:.2}",
            bytes[0],
            bytes[1],
            bytes[1] as f64 / bytes[0] as f64
        );
    }
}

/// Runs `CLIENT REQUEST COUNT`.
fn profile(arguments: &[String]) {
    let arguments: &[String; 3] = arguments.try_into().expect("CLIENT REQUEST COUNT");
    let [client, name, count] = arguments;
    let client = CLIENTS.iter().position(|known| known == client).expect("a client");
    let mut found = requests::all(|request| request == name);
    let way = &mut found.first_mut().expect("a request").ways[client];
    for _ in 0..count.parse::<usize>().expect("a number") {
        way();
    }
}

/// Measures one request with all clients, and prints a line.
fn compare(rounds: usize, request: &mut Request) {
    let Request { name, ways, floor } = request;
    // The first call of a client sets up things that later calls use.
    let allocations: Vec<f64> = ways
        .iter_mut()
        .map(|way| {
            way();
            let region = Region::new(ALLOCATOR);
            way();
            let change = region.change();
            (change.allocations + change.reallocations) as f64
        })
        .collect();
    let mut ways: Vec<&mut Box<dyn FnMut()>> = ways.iter_mut().chain(floor.as_mut()).collect();
    let repeats: Vec<u128> = ways
        .iter_mut()
        .map(|way| {
            let start = ThreadTime::now();
            way();
            let once = start.elapsed().max(Duration::from_nanos(1));
            if rounds == 1 { 1 } else { (TURN.as_nanos() / once.as_nanos()).max(1) }
        })
        .collect();
    let mut times = vec![Vec::new(); ways.len()];
    for _ in 0..rounds {
        for ((way, times), repeats) in ways.iter_mut().zip(&mut times).zip(&repeats) {
            let start = ThreadTime::now();
            for _ in 0..*repeats {
                way();
            }
            times.push(start.elapsed().as_nanos() as f64 / *repeats as f64 / 1000.0);
        }
    }
    let times: Vec<f64> = times.into_iter().map(median).collect();
    let (hand, ours) = (times[0], times[2]);
    let floor = times.get(3).map_or(String::new(), |floor| format!("{floor:.1}"));
    // A call without items has no floor, and takes about as long as a get.
    let over = times.get(3).map_or(String::new(), |floor| format!("{:.2}", ours / floor));
    println!(
        "{name:<16} {hand:>7.1} {:>7.1} {ours:>7.1} {floor:>6}   {:>7} {:>7} {:>7}   {:>6.2} {:>6.2} {over:>9}",
        times[1],
        allocations[0],
        allocations[1],
        allocations[2],
        ours / hand,
        allocations[2] / allocations[0],
    );
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
