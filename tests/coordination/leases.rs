//! Leases: the writes of two holders do not interleave.

use super::chaos::{Chaos, TIME, World};
use super::run;
use monotable::Embedded;
use monotable::coordination::Lease;
use monotable::prelude::*;
use monotable_tests::layer::Layer;
use monotable_tests::{scaled, seed};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many leases there are.
const NAMES: u64 = 4;

#[derive(Debug, Table)]
#[table(coordination)]
enum Log {
    Report(Report),
}

/// The report that the holder of a lease writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Log, pk = "REPORT#{id}", sk = "REPORT")]
struct Report {
    id: u64,
    /// The number of the lease of each write, in order.
    writes: Vec<u64>,
    /// The greatest of them.
    fence: u64,
}

/// How a write under a lease is protected.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fenced {
    /// By a check of the lease in a transaction.
    ByCheck,
    /// By the number in the written item.
    ByNumber,
    /// By nothing but the time of the lease.
    Not,
}

/// What is known of the last holder of a lease.
#[derive(Clone, Copy)]
struct Holder {
    fence: u64,
    /// When its time is over, by the true time.
    until: u64,
    released: bool,
}

#[derive(Default)]
struct Seen {
    holders: Mutex<HashMap<u64, Holder>>,
    writes: AtomicU64,
    faults: Mutex<Vec<String>>,
}

impl Seen {
    fn fault(&self, text: String) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }

    /// A worker has got or renewed a lease.
    fn holds(&self, id: u64, holder: Holder, now: u64) {
        let mut holders = self.holders.lock().unwrap_or_else(PoisonError::into_inner);
        match holders.get(&id) {
            Some(before) if before.fence == holder.fence && !before.released => {}
            Some(before) if before.fence >= holder.fence => {
                // A worker that got the lease before may say so later.
                if before.fence == holder.fence {
                    self.fault(format!("lease {id}: number {} again", holder.fence));
                }
                return;
            }
            Some(before) if !before.released && now < before.until => {
                let (old, new) = (before.fence, holder.fence);
                self.fault(format!("lease {id}: {new} was got while {old} was held"));
            }
            _ => {}
        }
        holders.insert(id, holder);
    }

    fn releases(&self, id: u64, fence: u64) {
        let mut holders = self.holders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(holder) = holders.get_mut(&id).filter(|it| it.fence == fence) {
            holder.released = true;
        }
    }
}

type Held = Lease<Log, Layer<Chaos, Embedded>>;

/// Writes under a lease until there are enough writes. Returns what must not happen.
async fn write(writes: u64, seed: u64, fenced: Fenced) -> Vec<String> {
    let (world, store) = (World::new(seed), Embedded::in_memory());
    let (calm, seen) = (Log::on(store.clone()), Arc::new(Seen::default()));
    for id in 0..NAMES {
        Report { id, writes: Vec::new(), fence: 0 }.create().send(&calm).await.unwrap();
    }
    let noted = Arc::clone(&seen);
    run(&world, &store, false, move |log: super::Shop<Log>, chaos: Chaos| {
        let seen = Arc::clone(&noted);
        async move {
            if seen.writes.load(Ordering::SeqCst) >= writes {
                return false;
            }
            let id = chaos.world.random(NAMES);
            if let Ok(Some(lease)) = log.lease(id, TIME).acquire().await {
                hold(&log, &chaos, &seen, id, lease, fenced).await;
            }
            true
        }
    })
    .await;
    world.check_chaos();
    let mut faults = seen.faults.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for id in 0..NAMES {
        let report = Report::get(id).send(&calm).await.unwrap().unwrap();
        let older = report.writes.windows(2).filter(|two| two[0] > two[1]).count();
        if older > 0 {
            faults.push(format!("report {id}: {older} writes by an earlier holder than the last"));
        }
        let holders = report.writes.windows(2).filter(|two| two[0] != two[1]).count();
        assert!(holders > 10, "{holders} holders of {}", report.writes.len());
    }
    faults
}

async fn hold(
    log: &super::Shop<Log>,
    chaos: &Chaos,
    seen: &Seen,
    id: u64,
    mut lease: Held,
    fenced: Fenced,
) {
    let world = &chaos.world;
    let fence = lease.fence();
    // The time that is left does not depend on how much the clock is ahead.
    let holder = |lease: &Held, now: u64| {
        let left = lease.time_left().as_millis() as u64;
        // It is not known since when the time is over.
        let until = if left > 0 { now + left } else { 0 };
        Holder { fence, until, released: false }
    };
    let now = world.now();
    // Time may pass between the two questions: then less is left than was at `now`.
    seen.holds(id, holder(&lease, now), now);
    for _ in 0..world.random(6) {
        chaos.step().await;
        if fenced == Fenced::Not && lease.time_left().is_zero() {
            return;
        }
        let update = Report::key(id).update().append(Report::WRITES, [fence]);
        let written = match fenced {
            Fenced::ByCheck => log.transaction().add(update).add(lease.check()).send().await,
            Fenced::Not => log.transaction().add(update).send().await,
            Fenced::ByNumber => {
                let update = update.set(Report::FENCE, fence).when(Report::FENCE.le(fence));
                update.send(log).await
            }
        };
        match written {
            Ok(()) => {
                seen.writes.fetch_add(1, Ordering::SeqCst);
            }
            Err(error) if error.is_lease_lost() || error.is_condition_failed() => return,
            Err(_) => {}
        }
        if world.random(3) == 0 && lease.renew().await.is_err_and(|error| error.is_lease_lost()) {
            return;
        }
    }
    if world.random(4) > 0 {
        seen.releases(id, fence);
        let _ = lease.release().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn checked_writes_do_not_interleave() {
    let faults = write(scaled(2000) as u64, seed(6), Fenced::ByCheck).await;
    assert!(faults.is_empty(), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbered_writes_do_not_interleave() {
    let faults = write(scaled(2000) as u64, seed(7), Fenced::ByNumber).await;
    assert!(faults.is_empty(), "{faults:?}");
}

/// The same checker, if a holder trusts in its time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writes_that_trust_in_time_are_caught() {
    let faults = write(2000, seed(8), Fenced::Not).await;
    assert!(faults.iter().any(|fault| fault.contains("by an earlier holder")), "{faults:?}");
    // The lease itself had one holder at a time.
    assert!(faults.iter().all(|fault| fault.contains("by an earlier holder")), "{faults:?}");
}
