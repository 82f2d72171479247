//! Nothing is lost, and the order of each item is kept, when consumers die at random points.

use crate::contract::{Feed, open};
use crate::shop::{Order, Shop};
use monotable::dynamodb::DynamoDbStreams;
use monotable::prelude::*;
use monotable::{Change, ChangeKind, Error};
use monotable_tests::{scaled, seed};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ITEMS: u32 = 50;
const WRITERS: u32 = 4;

/// What was written to each item, in order. `None` is a deletion.
type Written = HashMap<u32, Vec<Option<u64>>>;

/// What was delivered: of each item, how many of its changes have come, in order.
#[derive(Default)]
struct Delivered {
    count: HashMap<u32, usize>,
    names: HashMap<String, (u32, usize)>,
    all: usize,
}

impl Delivered {
    /// Takes a change. It is the next one of its item, or one that has come before.
    fn take(&mut self, change: &Change<Shop>, written: &Written) {
        let (number, new) = match (&change.kind, change.new_item(), change.old_item()) {
            (ChangeKind::Expired(_), ..) => panic!("nothing expires: {change:?}"),
            (_, Some(Shop::Order(order)), _) => (order.number, Some(order.cents)),
            (_, None, Some(Shop::Order(order))) => (order.number, None),
            other => panic!("{other:?}"),
        };
        let of_item = &written[&number];
        self.all += 1;
        let next = *self.count.entry(number).or_default();
        let at = match self.names.get(&change.id) {
            Some((item, at)) => {
                assert_eq!(*item, number, "two changes have the name {}", change.id);
                *at
            }
            None => next,
        };
        self.names.insert(change.id.clone(), (number, at));
        assert_eq!(of_item.get(at), Some(&new), "change {at} of item {number}: {change:?}");
        let before = at.checked_sub(1).and_then(|before| of_item[before]);
        let old = change.old_item().map(|old| match old {
            Shop::Order(order) => order.cents,
            other => panic!("{other:?}"),
        });
        assert_eq!(old, before, "change {at} of item {number}: {change:?}");
        self.count.insert(number, next.max(at + 1));
    }
}

/// Writes to the items of one writer, each of which belongs to it alone.
async fn write<B: Feed>(shop: Table<Shop, B>, writer: u32, writes: usize, seed: u64) -> Written {
    let mut random = fastrand::Rng::with_seed(seed + u64::from(writer));
    let mut written = Written::new();
    for value in 1..=writes as u64 {
        let number = random.u32(..ITEMS / WRITERS) * WRITERS + writer;
        let customer = format!("C{}", number % 7);
        let order = Order { customer: customer.clone(), number, cents: value };
        let past = written.entry(number).or_default();
        match past.last().copied().flatten() {
            Some(_) if random.u8(..5) == 0 => {
                Order::key(&customer, number).delete().send(&shop).await.unwrap();
                past.push(None);
            }
            Some(_) if random.bool() => {
                let key = Order::key(&customer, number);
                key.update().set(Order::CENTS, value).send(&shop).await.unwrap();
                past.push(Some(value));
            }
            _ => {
                order.put().send(&shop).await.unwrap();
                past.push(Some(value));
            }
        }
    }
    written
}

/// How many writes a backend bears in CI.
pub(crate) trait Amount {
    const WRITES: usize;
}

impl Amount for DynamoDbStreams {
    const WRITES: usize = 2_000;
}

type Log = Arc<Mutex<Vec<Change<Shop>>>>;

/// Consumes changes until it is killed.
async fn consume<B: Feed>(shop: Table<Shop, B>, log: Log) {
    let mut consumer = shop
        .consumer("all")
        .page_size(20)
        .lease(Duration::from_millis(200))
        .clock_margin(Duration::ZERO);
    loop {
        let done = consumer.step(async |change| {
            // A handler can be killed before and after its effect.
            tokio::task::yield_now().await;
            log.lock().unwrap().push(change);
            tokio::task::yield_now().await;
            Ok::<_, Error>(())
        });
        match done.await.map_err(Error::from) {
            Ok(done) if done.is_idle() => tokio::time::sleep(Duration::from_millis(10)).await,
            Ok(_) => {}
            Err(error) => assert!(error.is_lease_lost(), "{error}"),
        }
    }
}

/// How many workers are killed soon. Those after them live for longer, so that the changes are consumed in the end.
const KILLS: usize = 25;

/// Starts workers one after the other, and kills each of them at a random point. Returns how many.
async fn kill_workers<B: Feed>(
    shop: Table<Shop, B>,
    log: Log,
    ends: Arc<AtomicBool>,
    seed: u64,
) -> usize {
    let (mut random, mut kills) = (fastrand::Rng::with_seed(seed), 0);
    while !ends.load(SeqCst) {
        let worker = tokio::spawn(consume(shop.clone(), Arc::clone(&log)));
        let longest = if kills < KILLS { 250_000 } else { 5_000_000 };
        let life = tokio::time::Instant::now() + Duration::from_micros(random.u64(1_000..longest));
        while tokio::time::Instant::now() < life && !ends.load(SeqCst) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        worker.abort();
        match worker.await {
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            _ => kills += 1,
        }
    }
    kills
}

pub(crate) async fn nothing_is_lost_when_consumers_die<B: Feed + Amount>(backend: B) {
    let (writes, seed) = (scaled(B::WRITES), seed(11));
    let shop = open(backend).await;
    let (log, ends) = (Log::default(), Arc::new(AtomicBool::new(false)));
    let workers = [1, 2].map(|worker| {
        let (log, ends) = (Arc::clone(&log), Arc::clone(&ends));
        tokio::spawn(kill_workers(shop.clone(), log, ends, seed + worker))
    });
    let each = writes / WRITERS as usize;
    let writers = (0..WRITERS).map(|writer| tokio::spawn(write(shop.clone(), writer, each, seed)));
    let (mut written, mut all) = (Written::new(), 0);
    for writer in writers.collect::<Vec<_>>() {
        written.extend(writer.await.unwrap());
    }
    all += written.values().map(Vec::len).sum::<usize>();

    let (mut before, mut idle) = (0, 0);
    loop {
        let names = log.lock().unwrap().iter().map(|it| it.id.clone()).collect::<HashSet<_>>();
        if names.len() >= all || idle == 200 {
            break;
        }
        idle = if names.len() == before { idle + 1 } else { 0 };
        before = names.len();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ends.store(true, SeqCst);
    let mut kills = 0;
    for worker in workers {
        kills += worker.await.unwrap();
    }

    let mut delivered = Delivered::default();
    for change in log.lock().unwrap().iter() {
        delivered.take(change, &written);
    }
    for (number, of_item) in &written {
        assert_eq!(delivered.count.get(number), Some(&of_item.len()), "item {number}");
    }
    assert!(kills > 5, "{kills} workers were killed");
    println!("{all} changes, {} deliveries, {kills} kills", delivered.all);
}
