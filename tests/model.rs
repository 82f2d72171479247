//! Compares the embedded stores and Cosmos DB with a plain map, after random operations.
//!
//! `MONOTABLE_SCALE` multiplies the number of operations, and `MONOTABLE_SEED` changes them.

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use monotable::prelude::*;
use monotable::{Cursor, Key};
use monotable_tests::{Order, Shop, Status, Store, keys, scaled, seed};
use std::collections::BTreeMap;
use std::ops::Bound;

type Model = BTreeMap<(String, String), Order>;
type Wanted = Box<dyn Fn(&Order) -> bool>;

/// The keys are so few that many operations are on the same item, and so many that a partition
/// fills several pages.
const CUSTOMERS: usize = 5;
const ORDERS: usize = 60;

struct Run<B: Store> {
    shop: Table<Shop, B>,
    model: Model,
    random: fastrand::Rng,
}

#[tokio::test]
async fn in_memory() {
    run(Embedded::in_memory(), 100_000).await;
}

#[tokio::test]
async fn on_disk() {
    let folder = tempfile::tempdir().unwrap();
    run(Embedded::open(folder.path().join("shop.db")).unwrap(), 100_000).await;
}

#[tokio::test]
async fn cosmos() {
    let (store, _keep) = monotable_tests::cosmos::store().await;
    run(store, 1_000).await;
}

async fn run<B: Store>(backend: B, operations: usize) {
    let seed = seed(0x6d6f_6e6f);
    println!("seed {seed}");
    let random = fastrand::Rng::with_seed(seed);
    let mut run = Run { shop: Shop::on(backend), model: Model::new(), random };
    for operation in 0..scaled(operations) {
        run.step().await.unwrap_or_else(|error| panic!("operation {operation}: {error:?}"));
    }
}

impl<B: Store> Run<B> {
    async fn step(&mut self) -> monotable::Result<()> {
        match self.random.u8(0..100) {
            0..20 => self.put().await,
            20..30 => self.create().await,
            30..45 => self.delete().await,
            45..55 => self.get().await,
            55..70 => self.by_customer().await,
            70..85 => self.by_status().await,
            85..92 => self.by_region().await,
            _ => self.open_on().await,
        }
    }

    fn order(&mut self) -> Order {
        let random = &mut self.random;
        Order {
            customer_id: format!("C{}", random.usize(0..CUSTOMERS)),
            order_id: format!("{:02}", random.usize(0..ORDERS)),
            status: *random.choice([Status::Placed, Status::Paid, Status::Shipped].iter()).unwrap(),
            placed_at: time(random.i64(0..4), random.i64(0..40)),
            total: random.u32(0..50),
            note: random.bool().then(|| "x".repeat(random.usize(0..40))),
            region: random.bool().then(|| ["north", "south"][random.usize(0..2)].to_owned()),
        }
    }

    async fn put(&mut self) -> monotable::Result<()> {
        let order = self.order();
        order.put().send(&self.shop).await?;
        self.model.insert(key(&order), order);
        Ok(())
    }

    async fn create(&mut self) -> monotable::Result<()> {
        let order = self.order();
        let created = order.create().send(&self.shop).await;
        match self.model.get(&key(&order)) {
            None => {
                created?;
                self.model.insert(key(&order), order);
            }
            Some(stored) => {
                let error = created.unwrap_err();
                assert!(error.is_condition_failed(), "{error:?}");
                assert_eq!(error.current::<Order>(), Some(stored));
            }
        }
        Ok(())
    }

    async fn delete(&mut self) -> monotable::Result<()> {
        let order = self.order();
        Order::key(&order.customer_id, &order.order_id).delete().send(&self.shop).await?;
        self.model.remove(&key(&order));
        Ok(())
    }

    async fn get(&mut self) -> monotable::Result<()> {
        let order = self.order();
        let found = Order::get(&order.customer_id, &order.order_id).send(&self.shop).await?;
        assert_eq!(found.as_ref(), self.model.get(&key(&order)));
        Ok(())
    }

    /// Queries the table by all sort keys, a prefix or a range, in both orders, with each method
    /// that reads.
    async fn by_customer(&mut self) -> monotable::Result<()> {
        let customer = format!("C{}", self.random.usize(0..CUSTOMERS));
        let range = self.range(|random| format!("{:02}", random.usize(0..ORDERS)));
        let prefix = self.random.u8(0..7).to_string();
        let query = Order::by_customer(&customer);
        let (query, wanted): (_, Wanted) = match self.random.u8(0..3) {
            0 => (query.range(..), Box::new(|_| true)),
            1 => {
                let wanted = prefix.clone();
                (query.begins_with(prefix), Box::new(move |o| o.order_id.starts_with(&wanted)))
            }
            _ => {
                let wanted = range.clone();
                (query.range(range), Box::new(move |o| inside(&wanted, &o.order_id)))
            }
        };
        let mut expected: Vec<Order> = self
            .model
            .values()
            .filter(|order| order.customer_id == customer && wanted(order))
            .cloned()
            .collect();
        let descending = self.random.bool();
        let query = if descending { query.descending() } else { query };
        if descending {
            expected.reverse();
        }
        let limit = self.random.usize(1..ORDERS + 10);
        let size = self.random.usize(1..ORDERS + 10);
        match self.random.u8(0..5) {
            0 => assert_eq!(query.all(&self.shop).await?, expected),
            1 => assert_eq!(query.count(&self.shop).await?, expected.len()),
            2 => assert_eq!(query.first(&self.shop).await?.as_ref(), expected.first()),
            3 => {
                let stream = query.limit(limit).page_size(size).stream(&self.shop);
                expected.truncate(limit);
                assert_eq!(stream.try_collect::<Vec<_>>().await?, expected);
            }
            _ => {
                // Reads page by page. Each cursor is converted to text and back.
                let mut found = Vec::new();
                let mut cursor: Option<Cursor> = None;
                loop {
                    let page = query.clone().page_size(size).after(cursor).page(&self.shop).await?;
                    assert!(page.items.len() <= size);
                    found.extend(page.items);
                    match page.cursor {
                        Some(next) => cursor = Some(next.to_string().parse()?),
                        None => break,
                    }
                }
                assert_eq!(found, expected);
            }
        }
        Ok(())
    }

    /// Queries an index of whole items, whose sort keys are times.
    async fn by_status(&mut self) -> monotable::Result<()> {
        let status = [Status::Placed, Status::Paid, Status::Shipped][self.random.usize(0..3)];
        let range = self.range(|random| time(random.i64(0..4), random.i64(0..40)));
        let wanted = |o: &&Order| o.status == status && inside(&range, &o.placed_at);
        let mut expected: Vec<Order> = self.model.values().filter(wanted).cloned().collect();
        let rank = |o: &Order| (o.placed_at, o.order_id.clone(), o.customer_id.clone());
        expected.sort_by_key(rank);
        let query = Order::by_status(status).range(range);
        if self.random.bool() {
            expected.reverse();
            let size = self.random.usize(1..30);
            let query = query.descending().page_size(size);
            assert_eq!(query.all(&self.shop).await?, expected);
        } else {
            assert_eq!(query.all(&self.shop).await?, expected);
        }
        Ok(())
    }

    /// Queries a sparse index of keys.
    async fn by_region(&mut self) -> monotable::Result<()> {
        let region = ["north", "south", "west"][self.random.usize(0..3)];
        let status = [Status::Placed, Status::Paid, Status::Shipped][self.random.usize(0..3)];
        let wanted = |o: &&Order| o.region.as_deref() == Some(region) && o.status == status;
        let mut expected: Vec<&Order> = self.model.values().filter(wanted).collect();
        expected.sort_by_key(|o| (o.placed_at, key(o)));
        let expected: Vec<Key<Order>> = expected.into_iter().map(EntityExt::primary_key).collect();
        let found = Order::by_region(region).eq(status).page_size(7).all(&self.shop).await?;
        assert_eq!(keys(found), expected);
        Ok(())
    }

    /// Queries an index that is sparse by a predicate and has a bucket and a descending part.
    async fn open_on(&mut self) -> monotable::Result<()> {
        let day = self.random.i64(0..4);
        let range = self.range(|random| random.u32(0..50));
        let wanted = |o: &&Order| {
            o.status != Status::Shipped
                && o.placed_at >= time(day, 0)
                && o.placed_at < time(day + 1, 0)
                && inside(&range, &o.total)
        };
        let mut expected: Vec<&Order> = self.model.values().filter(wanted).collect();
        expected.sort_by_key(|o| (std::cmp::Reverse(o.total), o.order_id.clone(), key(o)));
        let expected: Vec<Key<Order>> = expected.into_iter().map(EntityExt::primary_key).collect();
        let date = jiff::tz::TimeZone::UTC.to_datetime(time(day, 0)).date();
        let found = Order::open_on(date).range(range).all(&self.shop).await?;
        assert_eq!(keys(found), expected);
        Ok(())
    }

    fn range<T>(&mut self, mut value: impl FnMut(&mut fastrand::Rng) -> T) -> (Bound<T>, Bound<T>) {
        let random = &mut self.random;
        let mut end = || match random.u8(0..3) {
            0 => Bound::Included(value(random)),
            1 => Bound::Excluded(value(random)),
            _ => Bound::Unbounded,
        };
        (end(), end())
    }
}

/// Returns a random time in whole seconds on one of a few days.
fn time(day: i64, second: i64) -> Timestamp {
    Timestamp::from_second(1_793_577_600 + day * 86_400 + second).unwrap()
}

fn key(order: &Order) -> (String, String) {
    (order.customer_id.clone(), order.order_id.clone())
}

fn inside<T: PartialOrd>((lower, upper): &(Bound<T>, Bound<T>), value: &T) -> bool {
    let above = match lower {
        Bound::Included(bound) => value >= bound,
        Bound::Excluded(bound) => value > bound,
        Bound::Unbounded => true,
    };
    let below = match upper {
        Bound::Included(bound) => value <= bound,
        Bound::Excluded(bound) => value < bound,
        Bound::Unbounded => true,
    };
    above && below
}
