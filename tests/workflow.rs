//! Many workers take orders through a workflow, and die at random points: each order is paid once.
//!
//! A worker has no memory: it finds in an index what is due, does one step, and another worker may be at the same
//! step. An attempt is a future that is dropped at a random point: before a request is sent, while the store has it,
//! or before its answer is read. `MONOTABLE_SCALE` multiplies the number of orders.

use jiff::{Timestamp, ToSpan as _};
use monotable::prelude::*;
use monotable::schema::TableDef;
use monotable::{Advanced, Backend, CrossPartitionTransactions, Error, Result};
use monotable_tests::layer::{Around, Fault, Faults, Layer};
use monotable_tests::{Store, scaled, seed};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

const WORKERS: u64 = 16;

#[derive(Debug, Index)]
struct Due;

#[derive(Debug, Table)]
#[table(indexes(Due))]
#[allow(dead_code)]
enum Shop {
    Order(Order),
    Receipt(Receipt),
    Till(Till),
    Careless(Careless),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{id}", sk = "ORDER")]
#[access(due, index = Due, pk = "DUE#{status}", sk = "{due:s}#{id}")]
struct Order {
    id: u32,
    status: Status,
    /// When somebody has to look at it.
    due: Option<Timestamp>,
    total: u64,
    payment: Option<String>,
    shipment: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart, Workflow)]
enum Status {
    #[next(Paid, Cancelled)]
    Placed,
    #[adds(Order::PAYMENT)]
    #[next(Shipped)]
    Paid,
    #[adds(Order::SHIPMENT)]
    Shipped,
    Cancelled,
}

/// Each payment leaves one: its key has the payment, so that a second one is another item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "ORDER#{order}", sk = "RECEIPT#{payment}")]
#[access(of_order)]
struct Receipt {
    order: u32,
    payment: String,
}

/// What has been paid in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "TILL#{id}", sk = "TILL")]
struct Till {
    id: u32,
    total: u64,
}

/// An order without a workflow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shop, pk = "CARELESS#{id}", sk = "ORDER")]
struct Careless {
    id: u32,
    is_paid: bool,
}

/// Gives way before and after each call, so that an attempt can end there, also with a store that never waits.
#[derive(Debug, Clone)]
struct Points;

impl<B: Backend> Around<B> for Points {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        call: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        tokio::task::yield_now().await;
        let answer = call.await;
        tokio::task::yield_now().await;
        answer
    }
}

/// A future that is dropped when it has been polled so many times. Then it returns `None`.
struct Dying<F> {
    attempt: Option<Pin<Box<F>>>,
    polls: usize,
}

impl<F: Future> Future for Dying<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            self.attempt = None;
        }
        self.polls = self.polls.saturating_sub(1);
        match &mut self.attempt {
            Some(attempt) => attempt.as_mut().poll(cx).map(Some),
            None => Poll::Ready(None),
        }
    }
}

/// Runs an attempt, which dies half of the time. The point can also be after its end.
async fn attempt<F: Future>(random: &mut fastrand::Rng, attempt: F) -> Option<F::Output> {
    let polls = if random.bool() { random.usize(..14) } else { usize::MAX };
    Dying { attempt: Some(Box::pin(attempt)), polls }.await
}

/// What the workers did, as far as they lived to tell.
#[derive(Debug, Default)]
struct Told {
    paid: AtomicUsize,
    already: AtomicUsize,
    late: AtomicUsize,
    died: AtomicUsize,
}

type Tested<B> = Table<Shop, Layer<Points, B>>;

fn now() -> Timestamp {
    "2026-11-02T12:00:00Z".parse().unwrap()
}

/// Takes one due order a step further. Returns whether there was any.
async fn step<B: Store + CrossPartitionTransactions>(
    shop: &Tested<B>,
    random: &mut fastrand::Rng,
    told: &Told,
) -> Result<bool> {
    let due = |status| Order::due(status).range(..=now()).limit(20).page(shop);
    let mut orders = due(Status::Placed).await?.items;
    orders.extend(due(Status::Paid).await?.items);
    let Some(order) = random.choice(&orders) else { return Ok(false) };
    match order.status {
        Status::Placed if order.id % 10 == 0 && random.bool() => cancel(shop, order).await?,
        Status::Placed => pay(shop, order, random.u64(..), told).await?,
        _ => ship(shop, order, random.u64(..), told).await?,
    }
    Ok(true)
}

/// Pays: the step, the receipt and the till are one transaction. The token is that of every attempt to pay this
/// order.
async fn pay<B: Store + CrossPartitionTransactions>(
    shop: &Tested<B>,
    order: &Order,
    attempt: u64,
    told: &Told,
) -> Result<()> {
    let payment = format!("{attempt:x}");
    let step = Order::key(order.id)
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT, payment.clone())
        .set(Order::DUE, now() - 1.minute())
        .idempotency_token(format!("pay-{}", order.id));
    let receipt = Receipt { order: order.id, payment };
    let till = Till::key(order.id % 4).update().increment(Till::TOTAL, order.total);
    let sent = shop.transaction().add(step).add(receipt.create()).add(till).send().await;
    match sent {
        Ok(()) => told.paid.fetch_add(1, Ordering::Relaxed),
        Err(error) => match error.reasons().first() {
            Some(Some(reason)) if reason.is_already_done() => {
                told.already.fetch_add(1, Ordering::Relaxed)
            }
            // Another worker has cancelled it.
            Some(Some(reason)) if reason.is_wrong_state() => {
                told.late.fetch_add(1, Ordering::Relaxed)
            }
            _ => return Err(error),
        },
    };
    Ok(())
}

/// Ships: one conditional update. The token is that of this attempt only, so that a second one is late.
async fn ship<B: Store>(shop: &Tested<B>, order: &Order, attempt: u64, told: &Told) -> Result<()> {
    let step = order
        .advance(Order::STATUS, Status::PAID.to(Status::SHIPPED))
        .with(Order::SHIPMENT, format!("{attempt:x}"))
        .remove(Order::DUE);
    match step.send(shop).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_wrong_state() => {
            told.late.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

async fn cancel<B: Store>(shop: &Tested<B>, order: &Order) -> Result<()> {
    let step = Order::key(order.id).advance(Order::STATUS, Status::CANCELLED.from_any());
    match step.remove(Order::DUE).send(shop).await {
        Err(error) if !error.is_wrong_state() => Err(error),
        _ => Ok(()),
    }
}

/// Works until nothing is due any more.
async fn work<B: Store + CrossPartitionTransactions>(
    shop: Tested<B>,
    mut random: fastrand::Rng,
    told: Arc<Told>,
) -> Result<()> {
    loop {
        let mut choices = random.fork();
        match attempt(&mut random, step(&shop, &mut choices, &told)).await {
            Some(Ok(true)) => {}
            Some(Ok(false)) => return Ok(()),
            Some(Err(error)) if error.is_retryable() => {}
            Some(Err(error)) => return Err(error),
            None => drop(told.died.fetch_add(1, Ordering::Relaxed)),
        }
    }
}

/// Looks at orders again and again: a state only becomes one that is declared to follow it, and what a step added
/// does not change.
async fn watch<B: Store>(shop: Table<Shop, B>, orders: u32, mut random: fastrand::Rng) {
    let mut seen: HashMap<u32, Order> = HashMap::new();
    loop {
        let id = random.u32(..orders);
        let order = Order::get(id).consistent().send(&shop).await.unwrap().unwrap();
        if let Some(before) = seen.get(&id) {
            let follows = [before.status, Status::Paid]
                .iter()
                .any(|state| *state == order.status || state.can_become(&order.status));
            assert!(
                follows && (!before.status.is_final() || order == *before),
                "{before:?} {order:?}"
            );
            for (before, after) in
                [(&before.payment, &order.payment), (&before.shipment, &order.shipment)]
            {
                assert!(before.is_none() || before == after, "{before:?} {after:?}");
            }
        }
        seen.insert(id, order);
        tokio::time::sleep(Duration::from_micros(200)).await;
    }
}

async fn each_order_is_paid_once<B: Store + CrossPartitionTransactions>(store: B) {
    let orders = u32::try_from(scaled(1000)).unwrap();
    let truth = Shop::on(store.clone());
    let shop: Tested<B> = Shop::on(Layer::new(Points, store));
    for id in 0..4 {
        Till { id, total: 0 }.create().send(&truth).await.unwrap();
    }
    for id in 0..orders {
        let (status, due) = (Status::Placed, Some(now() - 1.hour()));
        let total = u64::from(id) + 1;
        let order = Order { id, status, due, total, payment: None, shipment: None };
        order.create().send(&truth).await.unwrap();
    }
    let (told, seed) = (Arc::new(Told::default()), seed(3));
    let watcher = watch(truth.clone(), orders, fastrand::Rng::with_seed(seed));
    let watcher = tokio::spawn(watcher);
    let workers = (0..WORKERS).map(|worker| {
        let random = fastrand::Rng::with_seed(seed.wrapping_mul(100) + worker);
        tokio::spawn(work(shop.clone(), random, told.clone()))
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap().unwrap();
    }
    assert!(!watcher.is_finished(), "{:?}", watcher.await);
    watcher.abort();
    let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    // The test would show little if nothing of this had happened.
    assert!(count(&told.died) > 100 && count(&told.late) > 10, "{told:?}");
    assert!(count(&told.already) > 10, "{told:?}");
    check(&truth, orders, count(&told.paid)).await;
}

/// Every order has gone to its end, with one payment and one receipt if it is shipped, and none if it is cancelled.
async fn check<B: Store>(truth: &Table<Shop, B>, orders: u32, told_paid: usize) {
    let (mut shipped, mut totals) = (0, [0; 4]);
    for id in 0..orders {
        let order = Order::get(id).consistent().send(truth).await.unwrap().unwrap();
        assert!(order.status.is_final() && order.due.is_none(), "{order:?}");
        let receipts = Receipt::of_order(id).all(truth).await.unwrap();
        let payments: Vec<_> = receipts.into_iter().map(|receipt| receipt.payment).collect();
        assert_eq!(payments, order.payment.clone().into_iter().collect::<Vec<_>>(), "{order:?}");
        let is_shipped = order.status == Status::Shipped;
        assert_eq!((order.payment.is_some(), order.shipment.is_some()), (is_shipped, is_shipped));
        if is_shipped {
            shipped += 1;
            totals[id as usize % 4] += order.total;
        }
    }
    // Some were paid by workers that died before they could tell.
    assert!(told_paid < shipped && shipped < orders as usize, "{told_paid} {shipped}");
    for (id, total) in (0..).zip(totals) {
        let till = Till::get(id).consistent().send(truth).await.unwrap().unwrap();
        assert_eq!(till.total, total);
    }
}

/// The same workers without a workflow: they look whether the order is paid, and then pay it. The test has to find
/// orders that are paid twice, or it could not find any.
async fn careless_workers_pay_twice<B: Store + CrossPartitionTransactions>(store: B) {
    let truth = Shop::on(store.clone());
    let shop: Tested<B> = Shop::on(Layer::new(Points, store));
    for id in 0..50 {
        Careless { id, is_paid: false }.create().send(&truth).await.unwrap();
    }
    let workers = (0..WORKERS).map(|worker| {
        let (shop, mut random) = (shop.clone(), fastrand::Rng::with_seed(worker));
        tokio::spawn(async move {
            for _ in 0..200 {
                let (order, payment) = (random.u32(..50), format!("{:x}", random.u64(..)));
                let pay = async {
                    let found = Careless::get(order).consistent().send(&shop).await?;
                    if found.is_some_and(|order| !order.is_paid) {
                        let paid = Careless::key(order).update().set(Careless::IS_PAID, true);
                        let receipt = Receipt { order, payment };
                        shop.transaction().add(paid).add(receipt.create()).send().await?;
                    }
                    Ok::<_, Error>(())
                };
                if let Some(paid) = attempt(&mut random, pay).await {
                    paid.unwrap();
                }
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap();
    }
    let mut twice = 0;
    for id in 0..50 {
        twice += usize::from(Receipt::of_order(id).count(&truth).await.unwrap() > 1);
    }
    assert!(twice > 0, "no order was paid twice");
}

/// A step whose answer is lost is done once, whether the client sends it again by itself or the program does.
#[tokio::test]
async fn a_step_whose_answer_is_lost_is_done_once() {
    let store = Embedded::in_memory();
    let truth = Shop::on(store.clone());
    let faults = [Some(Fault::LostAnswer), None, Some(Fault::Resent), Some(Fault::Reset), None];
    let shop = Shop::on(Layer::new(Faults::first(faults), store));
    let (status, due) = (Status::Placed, None);
    let order = Order { id: 1, status, due, total: 1, payment: None, shipment: None };
    order.create().send(&truth).await.unwrap();
    let pay = Order::key(1)
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT, "p-1");
    let error = pay.clone().send(&shop).await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
    assert_eq!(pay.send(&shop).await.unwrap(), Advanced::Already);
    let ship = Order::key(1)
        .advance(Order::STATUS, Status::PAID.to(Status::SHIPPED))
        .with(Order::SHIPMENT, "s-1");
    assert_eq!(ship.clone().send(&shop).await.unwrap(), Advanced::Already);
    let shipped = Order::get(1).send(&truth).await.unwrap();
    let (payment, shipment) = (Some("p-1".into()), Some("s-1".into()));
    assert_eq!(
        shipped,
        Some(Order { status: Status::Shipped, payment, shipment, ..order.clone() })
    );

    // What was never sent is done when it is sent again.
    Order { id: 2, ..order }.create().send(&truth).await.unwrap();
    let cancel = Order::key(2).advance(Order::STATUS, Status::CANCELLED.from_any());
    assert!(cancel.clone().send(&shop).await.unwrap_err().is_unavailable());
    assert_eq!(cancel.send(&shop).await.unwrap(), Advanced::Now);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_order_is_paid_once_in_memory() {
    each_order_is_paid_once(Embedded::in_memory()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_order_is_paid_once_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    each_order_is_paid_once(Embedded::open(folder.path().join("shop.db")).unwrap()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_test_finds_orders_that_are_paid_twice() {
    careless_workers_pay_twice(Embedded::in_memory()).await;
}
