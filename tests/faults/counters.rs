//! Increments by several tasks at the same time. Each acknowledged increment must be stored, and
//! none must be stored twice.

use crate::{seeds, tables};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::{Account, Club, Counter, account, counter};
use monotable_tests::layer::{Fault, Faults};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Barrier;

const ON_THE_WAY: [Fault; 3] = [Fault::LostAnswer, Fault::Reset, Fault::Throttled];
const TASKS: usize = 4;
const EACH: usize = 25;

pub async fn every_acknowledged_increment_is_stored_once<B: Store + CrossPartitionTransactions>(
    store: B,
) {
    for seed in seeds(2) {
        let faults = Faults::new(&ON_THE_WAY, seed);
        let (club, truth) = tables::<Club, B>(&faults, &store);
        let name = format!("counter {seed}");
        counter(&name, 0).put().send(&truth).await.unwrap();
        let start = Arc::new(Barrier::new(TASKS));
        let tasks = (0..TASKS).map(|_| {
            let (club, name, start) = (club.clone(), name.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let mut acknowledged = 0;
                for _ in 0..EACH {
                    let update = Counter::key(&name).update().increment(Counter::COUNT, 1_u64);
                    match update.send(&club).await {
                        Ok(()) => acknowledged += 1,
                        Err(error) => {
                            assert!(error.is_unavailable() || error.is_throttled(), "{error:?}");
                        }
                    }
                }
                acknowledged
            })
        });
        let mut acknowledged = 0;
        for task in tasks.collect::<Vec<_>>() {
            acknowledged += task.await.unwrap();
        }
        let log = faults.log();
        let happened = Counter::get(&name).consistent().send(&truth).await.unwrap().unwrap().count;
        assert_eq!(log.calls.len(), TASKS * EACH);
        assert_eq!(acknowledged, log.count(None));
        // The stored increments are exactly those that were acknowledged or whose answer was lost.
        let lost = log.count(Some(Fault::LostAnswer));
        assert!(lost > 0, "no answer was lost");
        assert_eq!(happened as usize, acknowledged + lost);
    }
}

pub async fn every_acknowledged_update_with_is_stored_once<
    B: Store + CrossPartitionTransactions,
>(
    store: B,
) {
    for seed in seeds(2) {
        let faults = Faults::new(&ON_THE_WAY, seed).percent(20);
        let (club, truth) = tables::<Club, B>(&faults, &store);
        let id = format!("id {seed}");
        account(&id, "main").create().send(&truth).await.unwrap();
        let start = Arc::new(Barrier::new(TASKS));
        let tasks = (0..TASKS).map(|_| {
            let (club, id, start) = (club.clone(), id.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let mut seen = Vec::new();
                for _ in 0..EACH {
                    let add = |account: &mut Account| account.balance += 1;
                    let update = Account::key(&id, "main").update_with(add).attempts(1000);
                    match update.send(&club).await {
                        Ok(account) => seen.push(account.balance),
                        Err(error) => {
                            assert!(error.is_unavailable() || error.is_throttled(), "{error:?}");
                        }
                    }
                }
                seen
            })
        });
        let (mut all, mut distinct) = (0, BTreeSet::new());
        for task in tasks.collect::<Vec<_>>() {
            let seen = task.await.unwrap();
            assert!(seen.is_sorted(), "{seen:?}");
            all += seen.len();
            distinct.extend(seen);
        }
        let happened = Account::get(&id, "main").consistent().send(&truth).await.unwrap().unwrap();
        let happened = usize::try_from(happened.balance).unwrap();
        // No two acknowledged increments returned the same balance.
        assert_eq!(distinct.len(), all);
        let lost = faults.log().count(Some(Fault::LostAnswer));
        assert!((all..=(all + lost).min(TASKS * EACH)).contains(&happened), "{all} {happened}");
        assert!(all > 0 && lost > 0, "{all} of them, {lost} answers lost");
    }
}
