//! The pauses before retries. Their lengths are random, and grow from one to the next up to a
//! limit.

use crate::tables;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::club::{Club, Counter, counter};
use monotable_tests::layer::{Fault, Faults};
use monotable_tests::{Order, Shop, Store, order};
use std::time::Duration;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(5);
const ROUNDS: usize = 60;

fn throttled() -> Faults {
    Faults::new(&[Fault::Throttled], 0).percent(100)
}

/// Checks the pauses of many rounds, each with the same number of pauses.
fn check(rounds: &[Vec<Duration>], longest: Duration) {
    let pauses = rounds[0].len();
    assert!(rounds.iter().all(|round| round.len() == pauses));
    let nth = |at: usize| rounds.iter().map(move |round| round[at]);
    for at in 0..pauses {
        let doubled = 2_u32.checked_pow(u32::try_from(at).unwrap()).unwrap();
        let most = FIRST.checked_mul(doubled).unwrap().min(longest);
        let greatest = nth(at).max().unwrap();
        assert!(greatest <= most, "pause {at} is {greatest:?}");
        // The lengths are distributed over the whole range.
        assert!(greatest > most / 2, "pause {at} is never over {greatest:?}");
        assert!(nth(at).min().unwrap() < most / 2);
        let distinct: std::collections::BTreeSet<_> = nth(at).collect();
        assert!(distinct.len() > ROUNDS / 2, "pause {at}: {distinct:?}");
    }
}

pub async fn of_batches<B: Store + CrossPartitionTransactions>(store: B) {
    let faults = throttled();
    let (shop, truth) = tables::<Shop, B>(&faults, &store);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let report = shop.batch().add(order("C", "1").put()).send().await.unwrap();
        assert!(report.into_result().unwrap_err().is_throttled());
        rounds.push(faults.log().pauses);
    }
    assert_eq!(rounds[0].len(), 9);
    check(&rounds, LONGEST);
    assert_eq!(Order::by_customer("C").count(&truth).await.unwrap(), 0);
}

pub async fn of_reads<B: Store + CrossPartitionTransactions>(store: B) {
    let faults = throttled();
    let (shop, _) = tables::<Shop, B>(&faults, &store);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let error = Order::get_many([Order::key("C", "1")]).send(&shop).await.unwrap_err();
        assert!(error.is_throttled(), "{error:?}");
        rounds.push(faults.log().pauses);
    }
    assert_eq!(rounds[0].len(), 9);
    check(&rounds, LONGEST);
}

/// `update_with`, when another writer is faster each time.
pub async fn of_update_with<B: Store + CrossPartitionTransactions>(store: B) {
    const ATTEMPTS: usize = 8;
    counter("c", 0).put().send(&Club::on(store.clone())).await.unwrap();
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        // Each read succeeds, and each write is refused.
        let faults = Faults::first([None, Some(Fault::Conflict)].repeat(ATTEMPTS));
        let (club, _) = tables::<Club, B>(&faults, &store);
        let update = Counter::key("c").update_with(|it: &mut Counter| it.count += 1);
        let error = update.attempts(ATTEMPTS).send(&club).await.unwrap_err();
        assert!(error.is_conflict() && error.to_string().contains("8 attempts"), "{error:?}");
        rounds.push(faults.log().pauses);
    }
    assert_eq!(rounds[0].len(), ATTEMPTS - 1);
    check(&rounds, Duration::from_secs(1));
}
