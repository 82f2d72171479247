//! Single writes whose answer is lost, and the result of a second attempt.

use crate::tables;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::club::unique::{Account, Club, Seat, account, seat};
use monotable_tests::layer::{Fault, Faults};
use monotable_tests::{Order, Shop, Store, order};

pub async fn a_second_create_finds_the_item_of_the_first<B: Store + CrossPartitionTransactions>(
    store: B,
) {
    let faults = Faults::first([Some(Fault::LostAnswer)]);
    let (shop, truth) = tables::<Shop, B>(&faults, &store);
    let new = order("C", "1");
    let error = new.create().send(&shop).await.unwrap_err();
    assert!(error.is_unavailable(), "{error:?}");
    let error = new.create().send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    // The stored item is that of the caller. So the caller knows that the first attempt succeeded.
    assert_eq!(error.current::<Order>(), Some(&new));
    assert_eq!(Order::by_customer("C").all(&truth).await.unwrap(), [new]);
}

pub async fn a_versioned_put_is_not_made_twice<B: Store + CrossPartitionTransactions>(store: B) {
    let faults = Faults::first([None, Some(Fault::LostAnswer)]);
    let (club, truth) = tables::<Club, B>(&faults, &store);
    let loaded = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    let changed = Account { balance: loaded.balance + 10, ..loaded.clone() };
    let error = changed.put().send(&club).await.unwrap_err();
    assert!(error.is_unavailable(), "{error:?}");
    let get = || Account::get("ada", "main").consistent();
    let after = get().send(&truth).await.unwrap().unwrap();
    assert!(after.revision > loaded.revision && after.balance == 10, "{after:?}");
    for _ in 0..2 {
        let error = changed.put().send(&club).await.unwrap_err();
        assert!(error.is_conflict(), "{error:?}");
        assert_eq!(error.current::<Account>(), Some(&after));
    }
    // An update of the loaded entity is not made twice either.
    let error = loaded.update().increment(Account::BALANCE, 10).send(&club).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    assert_eq!(get().send(&truth).await.unwrap(), Some(after));
}

pub async fn a_reset_write_is_never_made<B: Store + CrossPartitionTransactions>(store: B) {
    let faults = Faults::first([Some(Fault::Reset), Some(Fault::Throttled)]);
    let (shop, truth) = tables::<Shop, B>(&faults, &store);
    let new = order("C", "1");
    assert!(new.create().send(&shop).await.unwrap_err().is_unavailable());
    assert!(new.create().send(&shop).await.unwrap_err().is_throttled());
    assert_eq!(Order::get("C", "1").send(&truth).await.unwrap(), None);
    new.create().send(&shop).await.unwrap();
}

pub async fn a_resent_update_with_recognizes_its_own_write<
    B: Store + CrossPartitionTransactions,
>(
    store: B,
) {
    // The first call is the read. The second is the write, which is sent twice. It is made once,
    // and is not a conflict.
    let faults = Faults::first([None, Some(Fault::Resent)]);
    let (club, truth) = tables::<Club, B>(&faults, &store);
    account("ada", "main").create().send(&truth).await.unwrap();
    let update = Account::key("ada", "main").update_with(|it| it.balance += 1);
    let written = update.send(&club).await.unwrap();
    let stored = Account::get("ada", "main").consistent().send(&truth).await.unwrap().unwrap();
    assert_eq!(stored, written);
    assert_eq!(stored.balance, 1);
    assert_eq!(faults.log().calls, [None, Some(Fault::Resent)]);
}

pub async fn a_resent_update_with_of_a_guard_recognizes_its_own_write<
    B: Store + CrossPartitionTransactions,
>(
    store: B,
) {
    let faults = Faults::first([None, Some(Fault::Resent)]);
    let (club, truth) = tables::<Club, B>(&faults, &store);
    seat("east", 1).create().send(&truth).await.unwrap();
    let update = Seat::key("east", 1_u16).update_with(|it| it.holder = Some("ada".into()));
    let written = update.send(&club).await.unwrap();
    let stored = Seat::get("east", 1_u16).consistent().send(&truth).await.unwrap().unwrap();
    assert_eq!((stored, faults.log().calls.len()), (written, 2));
}
