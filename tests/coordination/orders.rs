//! A thousand orders, each of which is paid once.

use super::chaos::{Chaos, TIME, World};
use super::run;
use monotable::coordination::OnceError;
use monotable::prelude::*;
use monotable::{Embedded, Error};
use monotable_tests::{scaled, seed};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Longer than a test.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

#[derive(Debug, Table)]
#[table(coordination)]
enum Shop {
    Order(Order),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
struct Order {
    id: u64,
    paid: u64,
}

/// The messages that ask for a payment. Each is delivered until it is acknowledged, and some are delivered again.
#[derive(Default)]
struct Messages {
    open: Mutex<Vec<u64>>,
}

impl Messages {
    fn new(orders: u64) -> Arc<Self> {
        Arc::new(Messages { open: Mutex::new((0..orders).collect()) })
    }

    /// Returns a random message that is not acknowledged. Several workers can have the same one.
    fn deliver(&self, world: &World) -> Option<u64> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        // Of the first few, so that several workers have the same message at the same time.
        let few = open.len().min(6) as u64;
        if few == 0 { None } else { open.get(world.random(few) as usize).copied() }
    }

    fn acknowledge(&self, order: u64) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|it| *it != order);
    }
}

/// What callers have seen.
#[derive(Default)]
struct Seen {
    results: Mutex<HashMap<u64, u64>>,
    /// What must not happen, and did.
    faults: Mutex<Vec<String>>,
}

impl Seen {
    fn fault(&self, text: String) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }

    /// A caller gets the result of an order's work. All callers get the same.
    fn result(&self, order: u64, result: u64) {
        let mut results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
        let first = *results.entry(order).or_insert(result);
        if first != result {
            self.fault(format!("order {order}: the results {first} and {result}"));
        }
    }

    fn has_result(&self, order: u64) -> bool {
        self.results.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&order)
    }

    fn faults(&self) -> Vec<String> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

static RECEIPTS: AtomicU64 = AtomicU64::new(1);

fn receipt() -> u64 {
    RECEIPTS.fetch_add(1, Ordering::SeqCst)
}

/// Pays orders by a transaction. Returns the orders that were not paid exactly once, and what callers saw.
async fn pay(
    store: Embedded,
    orders: u64,
    seed: u64,
    with_record: bool,
) -> (Vec<Order>, Vec<String>) {
    let (world, messages) = (World::new(seed), Messages::new(orders));
    let (calm, seen) = (Shop::on(store.clone()), Arc::new(Seen::default()));
    let mut batch = calm.batch();
    for id in 0..orders {
        batch.push(Order { id, paid: 0 }.into_put());
    }
    batch.send().await.unwrap().into_result().unwrap();
    let (shared, noted) = (Arc::clone(&messages), Arc::clone(&seen));
    run(&world, &store, false, move |shop: super::Shop<Shop>, chaos: Chaos| {
        let (messages, seen) = (Arc::clone(&shared), Arc::clone(&noted));
        async move {
            let Some(id) = messages.deliver(&chaos.world) else { return false };
            let pay = Order::key(id).update().increment(Order::PAID, 1);
            let done = if with_record {
                let once = shop.once("pay", id, A_YEAR).payload(&id).in_transaction();
                let paid = once.run(async |writes| {
                    chaos.step().await;
                    Ok::<_, Error>((writes.add(pay), receipt()))
                });
                let paid = paid.await;
                paid.map_err(Error::from)
            } else {
                shop.transaction().add(pay).send().await.map(|()| id)
            };
            match done {
                Ok(receipt) => {
                    seen.result(id, receipt);
                    chaos.step().await;
                    if chaos.world.random(100) < 70 {
                        messages.acknowledge(id);
                    }
                }
                Err(error) => {
                    if !error.is_retryable() {
                        seen.fault(format!("order {id}: {error:?}"));
                    }
                }
            }
            true
        }
    })
    .await;
    world.check_chaos();
    let mut wrong = Vec::new();
    for id in 0..orders {
        let order = Order::get(id).send(&calm).await.unwrap().unwrap();
        if order.paid != 1 {
            wrong.push(order);
        }
    }
    (wrong, seen.faults())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_order_is_paid_once() {
    let orders = scaled(1000) as u64;
    let (wrong, faults) = pay(Embedded::in_memory(), orders, seed(1), true).await;
    assert!(wrong.is_empty() && faults.is_empty(), "{wrong:?} {faults:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_order_is_paid_once_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path().join("shop.db")).unwrap();
    let (wrong, faults) = pay(store, scaled(200) as u64, seed(2), true).await;
    assert!(wrong.is_empty() && faults.is_empty(), "{wrong:?} {faults:?}");
}

/// The same checker, on a transaction without a record.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_a_record_orders_are_paid_twice() {
    let (wrong, _) = pay(Embedded::in_memory(), 200, seed(3), false).await;
    assert!(wrong.len() > 50, "{}", wrong.len());
    assert!(wrong.iter().all(|order| order.paid > 1), "{wrong:?}");
}

/// The work of one call that has begun.
#[derive(Clone, Copy)]
struct Run {
    /// When it was called, before its record was written.
    called: u64,
    receipt: u64,
}

/// Does work that has its effect elsewhere. Returns what must not happen.
///
/// - Nobody else begins the work of a call while its time is not over.
/// - All callers get one result, and the work is not begun any more when a caller has got it.
///
/// Only a call that was frozen for longer than its time, after it wrote its record and before it began, may do both.
async fn work(orders: u64, seed: u64, naive: bool) -> Vec<String> {
    let (world, messages) = (World::new(seed), Messages::new(orders));
    let (store, seen) = (Embedded::in_memory(), Arc::new(Seen::default()));
    let running: Arc<Mutex<HashMap<u64, Run>>> = Arc::default();
    let (shared, noted) = (Arc::clone(&messages), Arc::clone(&seen));
    run(&world, &store, naive, move |shop: super::Shop<Shop>, chaos: Chaos| {
        let (messages, seen, running) =
            (Arc::clone(&shared), Arc::clone(&noted), Arc::clone(&running));
        async move {
            let world = &chaos.world;
            let Some(id) = messages.deliver(world) else { return false };
            let called = world.now();
            let time = TIME.as_millis() as u64;
            let own = receipt();
            let work = async || {
                {
                    let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
                    let now = world.now();
                    if let Some(other) = running.get(&id)
                        && now < other.called + time
                        && now < called + time
                    {
                        seen.fault(format!("order {id}: {own} began during {}", other.receipt));
                    }
                    if seen.has_result(id) && now < called + time {
                        seen.fault(format!("order {id}: {own} began after there was a result"));
                    }
                    running.insert(id, Run { called, receipt: own });
                }
                for _ in 0..6 {
                    chaos.step().await;
                }
                let failed = world.random(100) < 30;
                let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
                if running.get(&id).is_some_and(|run| run.receipt == own) {
                    running.remove(&id);
                }
                if failed { Err("declined") } else { Ok(own) }
            };
            match shop.once("work", id, A_YEAR).time_left(TIME).run(work).await {
                Ok(receipt) => {
                    seen.result(id, receipt);
                    if world.random(100) < 70 {
                        messages.acknowledge(id);
                    }
                }
                Err(OnceError::Failed(_) | OnceError::NotRecorded { .. }) => {}
                Err(OnceError::Request(error)) if error.is_retryable() => {}
                Err(other) => seen.fault(format!("order {id}: {other:?}")),
            }
            true
        }
    })
    .await;
    world.check_chaos();
    seen.faults()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn work_is_done_by_one_call_and_has_one_result() {
    let faults = work(scaled(1000) as u64, seed(4), false).await;
    assert!(faults.is_empty(), "{faults:?}");
}

/// The same checker, if a call that was frozen can end or delete the record of another one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ends_without_the_owner_are_caught() {
    let faults = work(1000, seed(5), true).await;
    let has = |text: &str| faults.iter().any(|fault| fault.contains(text));
    assert!(has("began during"), "{faults:?}");
    assert!(has("the results"), "{faults:?}");
}
