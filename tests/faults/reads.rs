//! A read of many items finds all of them, or reports which keys are left over.

use crate::{seeds, tables};
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::layer::{Fault, Faults};
use monotable_tests::{Order, Shop, Store, order};

async fn stored<B: Store + CrossPartitionTransactions>(
    truth: &Table<Shop, B>,
    count: usize,
) -> Vec<Order> {
    let orders: Vec<_> = (0..count).map(|id| order("C", &format!("{id:03}"))).collect();
    let report = truth.batch().add_all(orders.iter().map(Order::put)).send().await.unwrap();
    report.into_result().unwrap();
    orders
}

pub async fn get_many_finds_all_or_names_the_rest<B: Store + CrossPartitionTransactions>(store: B) {
    let orders = stored(&Shop::on(store.clone()), 230).await;
    let (mut found, mut failed) = (0, 0);
    for seed in seeds(40) {
        let faults = Faults::new(&[Fault::Half, Fault::Throttled], seed).percent(30);
        let (shop, _) = tables::<Shop, B>(&faults, &store);
        let keys = orders.iter().map(Order::primary_key).chain([Order::key("C", "none")]);
        match Order::get_many(keys).send(&shop).await {
            Ok(many) => {
                found += 1;
                assert_eq!(many.missing, [Order::key("C", "none")]);
                assert_eq!(many.found(), orders);
            }
            Err(error) => {
                failed += 1;
                assert!(error.is_throttled(), "{error:?}");
                let text = error.to_string();
                assert!(text.contains("Order::get_many") && text.contains("ORDER#"), "{text}");
            }
        }
    }
    assert!(found > 0, "{failed} of them failed");
}

/// When the store throttles a whole batch, the batch is sent again, like the unprocessed rest of a
/// batch.
pub async fn get_many_waits_for_a_throttled_store<B: Store + CrossPartitionTransactions>(store: B) {
    let orders = stored(&Shop::on(store.clone()), 3).await;
    let read = || Order::get_many(orders.iter().map(Order::primary_key));
    let faults = Faults::first([Some(Fault::Throttled); 9]);
    let (shop, _) = tables::<Shop, B>(&faults, &store);
    assert_eq!(read().send(&shop).await.unwrap().found(), orders);
    let log = faults.log();
    assert_eq!((log.calls.len(), log.pauses.len()), (10, 9));

    let faults = Faults::new(&[Fault::Throttled], 0).percent(100);
    let (shop, _) = tables::<Shop, B>(&faults, &store);
    let error = read().send(&shop).await.unwrap_err();
    assert!(error.is_throttled(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("3 keys") && text.contains("ORDER#002"), "{text}");
    let log = faults.log();
    assert_eq!((log.calls.len(), log.pauses.len()), (10, 9));

    // Every other fault is reported to the caller.
    let faults = Faults::first([Some(Fault::Reset)]);
    let (shop, _) = tables::<Shop, B>(&faults, &store);
    assert!(read().send(&shop).await.unwrap_err().is_unavailable());
    assert_eq!(faults.log().calls.len(), 1);
}

/// What was read is not lost when the store leaves the rest unprocessed, or when a call fails.
pub async fn get_many_returns_what_was_read<B: Store + CrossPartitionTransactions>(store: B) {
    let orders = stored(&Shop::on(store.clone()), 230).await;
    let none = Order::key("C", "none");
    let mut in_parts = 0;
    for seed in seeds(20) {
        let faults = Faults::new(&[Fault::Half, Fault::Throttled, Fault::Reset], seed).percent(60);
        let (shop, _) = tables::<Shop, B>(&faults, &store);
        let keys = orders.iter().map(Order::primary_key).chain([none.clone()]);
        let (mut keys, mut found, mut missing) = (keys.collect::<Vec<_>>(), Vec::new(), Vec::new());
        for round in 0.. {
            assert!(round < 500, "no end: {keys:?}");
            let asked = keys.len();
            let many = Order::get_many(keys).send_partial(&shop).await.unwrap();
            assert_eq!(many.items.len(), asked);
            let read = many.items.iter().flatten().count();
            assert_eq!(read + many.missing.len() + many.unprocessed.len(), asked);
            assert_eq!(many.error.is_some(), !many.unprocessed.is_empty(), "{many:?}");
            in_parts += usize::from(read > 0 && !many.unprocessed.is_empty());
            missing.extend(many.missing);
            keys = many.unprocessed;
            found.extend(many.items.into_iter().flatten());
            if keys.is_empty() {
                break;
            }
        }
        found.sort_by(|one, other| one.order_id.cmp(&other.order_id));
        assert_eq!((&found, missing), (&orders, vec![none.clone()]));
    }
    assert!(in_parts > 0);
}
