//! Measures what a request costs the client in processor time and allocations. The answers are fixed bytes, which the
//! SDK's fault injection gives in this process.
//!
//! `cargo bench -p monotable-cosmos --bench client_cost`, or only some lines: `.. -- "query 1000"`
//!
//! It compares two clients: monotable, and the SDK by hand with serde. Both send the same requests, and return typed orders
//! of twelve fields. The time is the processor time of this thread, as the median of many rounds, in which the two
//! take turns.

// This is a program, not a library.
#![allow(unreachable_pub, clippy::expect_used, clippy::indexing_slicing)]

use azure_data_cosmos::fault_injection::FaultOperationType as Operation;
use cpu_time::ThreadTime;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use std::time::Duration;

mod by_hand;
mod canned;
mod order;

use order::Order;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The number of rounds.
const ROUNDS: usize = 31;
/// The approximate length of one turn.
const TURN: Duration = Duration::from_millis(20);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    // `cargo test --benches` only checks that it runs.
    let rounds = if std::env::args().any(|arg| arg == "--bench") { ROUNDS } else { 1 };
    println!(
        "{:<12} {:>18} {:>18} {:>16}\n{:<12} {:>9} {:>8} {:>9} {:>8} {:>9} {:>6}",
        "",
        "time, us",
        "allocations",
        "ours / by hand",
        "",
        "ours",
        "by hand",
        "ours",
        "by hand",
        "time",
        "alloc"
    );
    let orders = order::some(1000);
    let order = &orders[0];

    let one = runtime.block_on(canned::answering(Operation::ReadItem, canned::document(order)));
    let shop = order::shop(one.clone());
    assert_eq!(runtime.block_on(order::get(&shop, order)).as_ref(), Some(order));
    assert_eq!(runtime.block_on(by_hand::get(&one, order)).as_ref(), Some(order));
    compare(
        rounds,
        "get",
        [&mut || assert!(runtime.block_on(order::get(&shop, order)).is_some()), &mut || {
            assert!(runtime.block_on(by_hand::get(&one, order)).is_some())
        }],
    );

    let done = runtime.block_on(canned::answering(Operation::UpsertItem, String::new()));
    let shop = order::shop(done.clone());
    compare(
        rounds,
        "put",
        [&mut || runtime.block_on(order::put(&shop, order)), &mut || {
            runtime.block_on(by_hand::put(&done, order))
        }],
    );

    for count in [1, 100, 1000] {
        let body = canned::page(&orders[..count]);
        let page = runtime.block_on(canned::answering(Operation::QueryItem, body));
        let shop = order::shop(page.clone());
        let all = |found: Vec<Order>| assert_eq!(found, orders[..count]);
        all(runtime.block_on(order::query(&shop, order)));
        all(runtime.block_on(by_hand::query(&page, order)));
        let all = |found: Vec<Order>| assert_eq!(found.len(), count);
        compare(
            rounds,
            &format!("query {count}"),
            [&mut || all(runtime.block_on(order::query(&shop, order))), &mut || {
                all(runtime.block_on(by_hand::query(&page, order)))
            }],
        );
    }
}

/// Measures one request with the two clients, and prints a line.
fn compare(rounds: usize, name: &str, mut ways: [&mut dyn FnMut(); 2]) {
    let mut wanted = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).peekable();
    if wanted.peek().is_some() && !wanted.any(|arg| arg == name) {
        return;
    }
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
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..rounds {
        for ((way, times), repeats) in ways.iter_mut().zip(&mut times).zip(repeats) {
            let start = ThreadTime::now();
            for _ in 0..repeats {
                way();
            }
            times.push(start.elapsed().as_nanos() as f64 / repeats as f64 / 1000.0);
        }
    }
    let [ours, hand] = times.map(median);
    let [our_allocations, hand_allocations] = allocations;
    println!(
        "{name:<12} {ours:>9.1} {hand:>8.1} {our_allocations:>9} {hand_allocations:>8} {:>9.2} {:>6.2}",
        ours / hand,
        our_allocations / hand_allocations,
    );
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
