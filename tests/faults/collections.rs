//! Item collections are deleted completely, together with their guards, in spite of faults.

use crate::{seeds, tables};
use monotable::prelude::*;
use monotable::request::{Query, SortKeys};
use monotable::schema::TableDef;
use monotable::{CrossPartitionTransactions, Result};
use monotable_tests::Store;
use monotable_tests::club::unique::{Account, Club, Member, Seat, account, member, seat};
use monotable_tests::layer::{Around, Fault, Faults, Layer};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Returns the number of items in a partition, of all entities.
async fn left<B: Store + CrossPartitionTransactions>(truth: &Table<Club, B>, pk: &str) -> usize {
    let mut query = Query::new(Club::DEF, "Member", "left", pk.to_owned(), SortKeys::All);
    query.consistent = true;
    truth.backend().query(query).await.unwrap().count
}

pub async fn collections_are_deleted_completely<B: Store + CrossPartitionTransactions>(store: B) {
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
            match key().partition().query().limit(40).delete_all().send(&club).await {
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
pub async fn expired_items_are_deleted_too<B: Store + CrossPartitionTransactions>(store: B) {
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
    let report = key.partition().delete_all().send(&club).await.unwrap();
    assert!(!report.more);
    assert_eq!(left(&club, &key.render().unwrap().pk).await, 0);
    held(4, "ada", now + 1000).create().send(&club).await.unwrap();
    held(5, "eve", now + 1000).create().send(&club).await.unwrap();
}

/// Creates a seat before one of the calls, as another writer can do.
#[derive(Clone)]
struct Creates {
    seat: Seat,
    before: usize,
    calls: Arc<AtomicUsize>,
}

impl<B: Store + CrossPartitionTransactions> Around<B> for Creates {
    async fn call<T: Send>(
        &self,
        backend: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        if self.calls.fetch_add(1, Ordering::Relaxed) == self.before {
            self.seat.create().send(&Club::on(backend.clone())).await.unwrap();
        }
        call.await
    }
}

/// An expired item that another writer creates again, while it is deleted, keeps its unique value.
pub async fn items_created_again_keep_their_values<B: Store + CrossPartitionTransactions>(
    store: B,
) {
    let truth = Club::on(store.clone());
    let ada = |hall: &str, number, until| Seat {
        holder: Some("ada".to_owned()),
        until,
        ..seat(hall, number)
    };
    let mut alive = 0;
    for (whole, before) in [false, true].into_iter().flat_map(|it| (0..4).map(move |at| (it, at))) {
        let hall = format!("hall {whole} {before}");
        ada(&hall, 1, Some(1)).create().send(&truth).await.unwrap();
        let creates = Creates { seat: ada(&hall, 1, None), before, calls: Arc::default() };
        let club = Club::on(Layer::new(creates, store.clone()));
        if whole {
            Seat::partition(&hall).delete_all().send(&club).await.unwrap();
        } else {
            Seat::in_hall(&hall).delete_all().include_expired().send(&club).await.unwrap();
        }
        let lives = Seat::get(&hall, 1_u16).consistent().send(&truth).await.unwrap().is_some();
        alive += usize::from(lives);
        let other = ada(&hall, 2, None).create().send(&truth).await;
        assert_eq!(other.is_err_and(|error| error.is_unique_violation()), lives, "{hall}");
    }
    assert!(alive > 0, "no item was created in between");
}

/// `delete_all` that fails on the way is sent again, until everything that the query finds is deleted.
pub async fn queries_are_deleted_completely<B: Store + CrossPartitionTransactions>(store: B) {
    for seed in seeds(2) {
        let faults = Faults::new(&Fault::ANY, seed);
        let (club, truth) = tables::<Club, B>(&faults, &store);
        let city = format!("city {seed}");
        let in_city =
            |id: &str| Member { city: Some(city.clone()), ..member(&format!("{seed} {id}")) };
        for at in 0..20 {
            in_city(&at.to_string()).create().send(&truth).await.unwrap();
            account(&seed.to_string(), &format!("{at:02}")).create().send(&truth).await.unwrap();
        }
        let stays = member(&format!("{seed} stays"));
        stays.create().send(&truth).await.unwrap();
        for round in 0.. {
            assert!(round < 200, "no end");
            let results = [
                Member::by_city(&city).delete_all().send(&club).await,
                Account::accounts(seed.to_string()).delete_all().send(&club).await,
            ];
            if results.iter().all(Result::is_ok) {
                break;
            }
        }
        assert_eq!(Member::by_city(&city).count(&truth).await.unwrap(), 0);
        assert_eq!(Account::accounts(seed.to_string()).count(&truth).await.unwrap(), 0);
        assert_eq!(Member::get(&stays.id).send(&truth).await.unwrap().as_ref(), Some(&stays));
        // The unique values are free again.
        in_city("0").create().send(&truth).await.unwrap();
    }
}
