//! A transaction whose answer is lost is made once, no matter how often it is sent.

use crate::{seeds, tables};
use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Transaction};
use monotable_tests::Store;
use monotable_tests::club::unique::{Club, Counter, Member, counter, member};
use monotable_tests::layer::{Fault, Faults};

const ON_THE_WAY: [Fault; 3] = [Fault::LostAnswer, Fault::Reset, Fault::Throttled];

/// Sends clones of a transaction until one of them succeeds.
async fn resent<B: Store + CrossPartitionTransactions>(transaction: Transaction<Club, B>) {
    loop {
        match transaction.clone().send().await {
            Ok(()) => return,
            Err(error) if error.is_unavailable() || error.is_throttled() => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

async fn count<B: Store + CrossPartitionTransactions>(club: &Table<Club, B>, name: &str) -> u64 {
    Counter::get(name).consistent().send(club).await.unwrap().unwrap().count
}

pub async fn clones_of_a_transaction_are_made_once<B: Store + CrossPartitionTransactions>(
    store: B,
) {
    const TRANSFERS: u64 = 40;
    let mut lost = 0;
    for seed in seeds(2) {
        let faults = Faults::new(&ON_THE_WAY, seed);
        let (club, truth) = tables::<Club, B>(&faults, &store);
        let (from, to) = (format!("from {seed}"), format!("to {seed}"));
        counter(&from, 1000).put().send(&truth).await.unwrap();
        counter(&to, 0).put().send(&truth).await.unwrap();
        for _ in 0..TRANSFERS {
            let transaction = club
                .transaction()
                .add(Counter::key(&from).update().decrement(Counter::COUNT, 1_u64))
                .add(Counter::key(&to).update().increment(Counter::COUNT, 1_u64));
            resent(transaction).await;
        }
        lost += faults.log().count(Some(Fault::LostAnswer));
        let counts = (count(&truth, &from).await, count(&truth, &to).await);
        assert_eq!(counts, (1000 - TRANSFERS, TRANSFERS));
    }
    assert!(lost > 0, "no answer was lost");
}

pub async fn guarded_creates_are_made_once<B: Store + CrossPartitionTransactions>(store: B) {
    const MEMBERS: u64 = 25;
    for seed in seeds(2) {
        let faults = Faults::new(&ON_THE_WAY, seed);
        let (club, truth) = tables::<Club, B>(&faults, &store);
        let name = format!("members {seed}");
        counter(&name, 0).put().send(&truth).await.unwrap();
        for at in 0..MEMBERS {
            let new = member(&format!("{seed}-{at}"));
            let transaction = club
                .transaction()
                .add(new.create())
                .add(Counter::key(&name).update().increment(Counter::COUNT, 1_u64));
            resent(transaction).await;
            assert_eq!(Member::get(&new.id).send(&truth).await.unwrap(), Some(new));
        }
        assert_eq!(count(&truth, &name).await, MEMBERS);
    }
}

/// A create with guards is a transaction too, with a new token each time that it is sent. If the
/// answer to the first attempt was lost, the second attempt finds the item of the first, and does
/// not report its unique values as taken by somebody else.
pub async fn a_second_guarded_create_finds_the_item_of_the_first<
    B: Store + CrossPartitionTransactions,
>(
    store: B,
) {
    let faults = Faults::first([Some(Fault::LostAnswer)]);
    let (club, truth) = tables::<Club, B>(&faults, &store);
    let ada = member("ada");
    let error = ada.create().send(&club).await.unwrap_err();
    assert!(error.is_unavailable(), "{error:?}");
    let error = ada.create().send(&club).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Member>(), Some(&ada));
    assert_eq!(Member::get("ada").send(&truth).await.unwrap(), Some(ada));
}
