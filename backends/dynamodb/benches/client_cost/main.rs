//! Measures what a request costs the client in processor time and allocations, with an HTTP connector in
//! this process that answers immediately with fixed bytes.
//!
//! `cargo bench -p monotable-dynamodb --bench client_cost`
//!
//! It compares three clients: monotable, the SDK by hand, and the SDK with `serde_dynamo`. All send the
//! same requests, and all return typed orders of twelve fields, which are stored in fifteen attributes.
//! The time is the processor time of this thread, as the median of many rounds. The three clients take
//! turns in each round, so that other load of the machine affects all of them. Allocations do not vary.

// This is a program, not a library.
#![allow(unreachable_pub, clippy::expect_used, clippy::indexing_slicing)]

use cpu_time::ThreadTime;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::time::Duration;

mod by_hand;
mod canned;
mod order;
mod with_serde;

use order::Order;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The number of rounds.
const ROUNDS: usize = 31;
/// The approximate length of one turn.
const TURN: Duration = Duration::from_millis(20);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime");
    // `cargo test --benches` only checks that it runs.
    let rounds = if std::env::args().any(|arg| arg == "--bench") { ROUNDS } else { 1 };
    println!(
        "{:<12} {:>27}   {:>27}   {:>15} {:>15}",
        "", "time of a request, us", "allocations", "ours / by hand", "ours / serde"
    );
    println!(
        "{:<12} {:>8} {:>9} {:>8}   {:>8} {:>9} {:>8}   {:>8} {:>6} {:>8} {:>6}",
        "",
        "ours",
        "by hand",
        "serde",
        "ours",
        "by hand",
        "serde",
        "time",
        "alloc",
        "time",
        "alloc"
    );
    let orders = order::some(1000);
    let order = &orders[0];

    let one = canned::answering(canned::item(order));
    let shop = order::shop(one.clone());
    let found = runtime.block_on(async {
        [
            order::get(&shop, order).await,
            by_hand::get(&one, order).await,
            with_serde::get(&one, order).await,
        ]
    });
    assert!(found.iter().all(|found| found.as_ref() == Some(order)));
    compare(
        rounds,
        "get",
        [
            &mut || assert!(runtime.block_on(order::get(&shop, order)).is_some()),
            &mut || assert!(runtime.block_on(by_hand::get(&one, order)).is_some()),
            &mut || assert!(runtime.block_on(with_serde::get(&one, order)).is_some()),
        ],
    );

    let done = canned::answering(canned::done());
    let shop = order::shop(done.clone());
    compare(
        rounds,
        "put",
        [
            &mut || runtime.block_on(order::put(&shop, order)),
            &mut || runtime.block_on(by_hand::put(&done, order)),
            &mut || runtime.block_on(with_serde::put(&done, order)),
        ],
    );

    for count in [1, 100, 1000] {
        let page = canned::answering(canned::page(&orders[..count]));
        let shop = order::shop(page.clone());
        let all = |found: Vec<Order>| assert_eq!(found.len(), count);
        compare(
            rounds,
            &format!("query {count}"),
            [
                &mut || all(runtime.block_on(order::query(&shop, order))),
                &mut || all(runtime.block_on(by_hand::query(&page, order))),
                &mut || all(runtime.block_on(with_serde::query(&page, order))),
            ],
        );
    }
}

/// Measures one request with the three clients, and prints a line.
fn compare(rounds: usize, name: &str, mut ways: [&mut dyn FnMut(); 3]) {
    // The first call of a client sets up things that later calls use.
    let allocations = ways.each_mut().map(|way| {
        way();
        let region = Region::new(ALLOCATOR);
        way();
        let change = region.change();
        (change.allocations + change.reallocations) as f64
    });
    let repeats = ways.each_mut().map(|way| {
        let start = ThreadTime::now();
        way();
        let once = start.elapsed().max(Duration::from_nanos(1));
        if rounds == 1 { 1 } else { (TURN.as_nanos() / once.as_nanos()).max(1) }
    });
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..rounds {
        for ((way, times), repeats) in ways.iter_mut().zip(&mut times).zip(repeats) {
            let start = ThreadTime::now();
            for _ in 0..repeats {
                way();
            }
            times.push(start.elapsed().as_nanos() as f64 / repeats as f64 / 1000.0);
        }
    }
    let [ours, hand, serde] = times.map(median);
    let [our_allocations, hand_allocations, serde_allocations] = allocations;
    println!(
        "{name:<12} {ours:>8.1} {hand:>9.1} {serde:>8.1}   \
         {our_allocations:>8} {hand_allocations:>9} {serde_allocations:>8}   \
         {:>8.2} {:>6.2} {:>8.2} {:>6.2}",
        ours / hand,
        our_allocations / hand_allocations,
        ours / serde,
        our_allocations / serde_allocations,
    );
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
