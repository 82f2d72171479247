//! A batch reports exactly which writes were made, and the others can be sent again.

use crate::{seeds, tables};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable::request::PrimaryKey;
use monotable::{BatchReport, Kind};
use monotable_tests::layer::{Fault, Faults, Log};
use monotable_tests::{Order, Shop, Store, order};
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of faults of each round.
const KINDS: [&[Fault]; 5] =
    [&[Fault::LostAnswer], &[Fault::Reset], &[Fault::Throttled], &[Fault::Half], &Fault::ANY];

/// How often a batch sends a write that the store leaves unprocessed.
const ATTEMPTS: usize = 10;

/// 400 puts, and 100 deletes of items that are stored.
struct Work {
    customer: String,
    puts: Vec<Order>,
    deletes: Vec<Order>,
}

impl Work {
    async fn new<B: Store + CrossPartitionTransactions>(
        store: &Table<Shop, B>,
        customer: String,
    ) -> Self {
        let puts = (0..400).map(|id| order(&customer, &format!("new {id:03}"))).collect();
        let deletes: Vec<_> =
            (0..100).map(|id| order(&customer, &format!("old {id:03}"))).collect();
        let report = store.batch().add_all(deletes.iter().map(Order::put)).send().await;
        report.unwrap().into_result().unwrap();
        Work { customer, puts, deletes }
    }

    fn batch<B: Store + CrossPartitionTransactions>(
        &self,
        shop: &Table<Shop, B>,
    ) -> monotable::Batch<Shop, B> {
        let batch = shop.batch().add_all(self.puts.iter().map(Order::put));
        batch.add_all(self.deletes.iter().map(Order::delete))
    }

    /// Returns the keys of the writes that were made.
    async fn happened<B: Store + CrossPartitionTransactions>(
        &self,
        store: &Table<Shop, B>,
    ) -> BTreeSet<PrimaryKey> {
        let found = Order::by_customer(&self.customer).all(store).await.unwrap();
        let is_there = |order: &&Order| found.contains(order);
        let put = self.puts.iter().filter(is_there);
        put.chain(self.deletes.iter().filter(|order| !is_there(order))).map(key).collect()
    }

    fn keys(&self) -> BTreeSet<PrimaryKey> {
        self.puts.iter().chain(&self.deletes).map(key).collect()
    }
}

fn key(order: &Order) -> PrimaryKey {
    order.primary_key().render().unwrap()
}

/// Returns, according to the log of the calls, which writes the report has to list as left over,
/// and whether it is uncertain that they were made.
fn left(log: &Log) -> BTreeMap<PrimaryKey, bool> {
    let mut last = BTreeMap::new();
    let mut times: BTreeMap<&PrimaryKey, usize> = BTreeMap::new();
    for sent in &log.batches {
        for (at, key) in sent.keys.iter().enumerate() {
            *times.entry(key).or_default() += 1;
            let end = match &sent.left {
                Ok(left) if left.contains(&at) => Some(false),
                Ok(_) => None,
                Err(Kind::Throttled) => Some(false),
                Err(kind) => {
                    assert_eq!(*kind, Kind::Unavailable);
                    Some(true)
                }
            };
            last.insert(key.clone(), end);
        }
    }
    // A call that failed is not sent again. An unprocessed write is sent as often as allowed.
    for (key, uncertain) in &last {
        if *uncertain == Some(false) {
            assert_eq!(times[key], ATTEMPTS, "{key}");
        }
    }
    last.into_iter().filter_map(|(key, uncertain)| Some((key, uncertain?))).collect()
}

/// Compares the report with the log of the calls.
fn check<B: Store + CrossPartitionTransactions>(
    report: &BatchReport<Shop, B>,
    log: &Log,
    total: usize,
) {
    let reported: BTreeMap<PrimaryKey, bool> =
        report.unprocessed.iter().map(|left| (left.key().clone(), left.uncertain)).collect();
    assert_eq!(reported, left(log));
    assert_eq!(report.written + report.unprocessed.len(), total);
    for left in &report.unprocessed {
        let kind = if left.uncertain { Kind::Unavailable } else { Kind::Throttled };
        assert_eq!(left.error.kind(), kind, "{}", left.key());
    }
}

pub async fn no_acknowledged_write_is_lost<B: Store + CrossPartitionTransactions>(store: B) {
    for seed in seeds(2) {
        for kinds in KINDS {
            let faults = Faults::new(kinds, seed);
            let (shop, truth) = tables::<Shop, B>(&faults, &store);
            let work = Work::new(&truth, format!("{seed} {kinds:?}")).await;
            let report = work.batch(&shop).send().await.unwrap();
            check(&report, &faults.log(), 500);
            let happened = work.happened(&truth).await;
            let left: BTreeSet<_> =
                report.unprocessed.iter().map(|left| left.key().clone()).collect();
            let acknowledged: BTreeSet<_> = work.keys().difference(&left).cloned().collect();
            assert!(acknowledged.is_subset(&happened), "{kinds:?}");
            // Each write that was not made is reported as left over. A write that is reported as
            // certainly left over was not made.
            for left in report.unprocessed.iter().filter(|left| !left.uncertain) {
                assert!(!happened.contains(left.key()), "{kinds:?}: {}", left.key());
            }
            let answers_get_lost = kinds.contains(&Fault::LostAnswer);
            if !answers_get_lost {
                assert_eq!(happened, acknowledged, "{kinds:?}");
            }
        }
    }
}

pub async fn the_rest_can_be_sent_until_all_is_written<B: Store + CrossPartitionTransactions>(
    store: B,
) {
    for seed in seeds(2) {
        for kinds in KINDS {
            let faults = Faults::new(kinds, seed);
            let (shop, truth) = tables::<Shop, B>(&faults, &store);
            let work = Work::new(&truth, format!("{seed} {kinds:?}")).await;
            let (mut batch, mut total, mut sends) = (work.batch(&shop), 500, 0);
            loop {
                let report = batch.send().await.unwrap();
                check(&report, &faults.log(), total);
                sends += 1;
                total = report.unprocessed.len();
                if total == 0 {
                    break;
                }
                assert!(sends < 200, "{kinds:?}: {report:?}");
                batch = report.into_retry();
            }
            assert_eq!(work.happened(&truth).await, work.keys(), "{kinds:?}");
            let found = Order::by_customer(&work.customer).all(&truth).await.unwrap();
            assert_eq!(found, work.puts);
            // The index has the same items.
            let indexed = Order::by_status(order("", "").status);
            let indexed = indexed.all(&truth).await.unwrap().into_iter();
            let indexed = indexed.filter(|order| order.customer_id == work.customer);
            assert_eq!(indexed.count(), 400);
        }
    }
}
