//! Item collections are deleted completely, together with their guards, in spite of faults.

use crate::{seeds, tables};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable::request::{Query, SortKeys};
use monotable_tests::club::{Club, Member, Seat, account, member, seat};
use monotable_tests::layer::{Fault, Faults};

/// Returns the number of items in a partition, of all entities.
async fn left<B: CrossPartitionTransactions>(truth: &Table<Club, B>, pk: &str) -> usize {
    let mut query = Query::new(Club::DEF, "Member", "left", pk.to_owned(), SortKeys::All);
    query.consistent = true;
    truth.backend().query(query).await.unwrap().count
}

pub async fn collections_are_deleted_completely<B: CrossPartitionTransactions>(store: B) {
    let mut ended = 0;
    for seed in seeds(4) {
        let faults = Faults::new(&Fault::ANY, seed).percent(30);
        let (club, truth) = tables::<Club, B>(&faults, &store);
        let mut ada = member(&format!("ada {seed}"));
        ada.handle = Some(format!("countess {seed}"));
        ada.create().send(&truth).await.unwrap();
        for at in 0..60 {
            account(&ada.id, &format!("{at:02}")).put().send(&truth).await.unwrap();
        }
        let key = || Member::key(&ada.id);
        loop {
            match key().delete_collection().limit(40).send(&club).await {
                Ok(report) if !report.more => break,
                Ok(_) => {}
                Err(error) => {
                    ended += 1;
                    assert!(error.is_unavailable() || error.is_throttled(), "{error:?}");
                }
            }
        }
        assert_eq!(left(&truth, &key().render().unwrap().pk).await, 0);
        // The unique values can be used again.
        let mut eve = member(&format!("eve {seed}"));
        eve.handle.clone_from(&ada.handle);
        eve.email.clone_from(&ada.email);
        eve.create().send(&truth).await.unwrap();
    }
    assert!(ended > 0, "there was no fault");
}

/// Expired items with guards: the store may still hold them, while other items may have taken their
/// unique values.
pub async fn expired_items_are_deleted_too<B: CrossPartitionTransactions>(store: B) {
    let club = Club::on(store);
    let now = jiff::Timestamp::now().as_second();
    let held = |number, by: &str, until| {
        let (holder, until) = (Some(by.to_owned()), Some(until));
        Seat { holder, until, ..seat("hall", number) }
    };
    held(1, "ada", now - 10).create().send(&club).await.unwrap();
    held(2, "eve", now - 10).create().send(&club).await.unwrap();
    // The guard of the first item now belongs to this one.
    held(3, "ada", now + 1000).create().send(&club).await.unwrap();
    let key = Seat::key("hall", 1_u16);
    let report = key.clone().delete_collection().send(&club).await.unwrap();
    assert!(!report.more);
    assert_eq!(left(&club, &key.render().unwrap().pk).await, 0);
    held(4, "ada", now + 1000).create().send(&club).await.unwrap();
    held(5, "eve", now + 1000).create().send(&club).await.unwrap();
}
