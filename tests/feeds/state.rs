//! Random operations on a store: replaying its changes gives its state.

use monotable::change::{ChangeKind, FeedPosition, StartFrom};
use monotable::embedded::{ChangeLog, Retention};
use monotable::prelude::*;
use monotable_tests::{
    Customer, Order, OrderItem, Shop, Status, customer, item, order, scaled, seed,
};
use std::collections::BTreeMap;

#[tokio::test]
async fn in_memory() {
    run(Embedded::in_memory(), 20_000).await;
}

#[tokio::test]
async fn on_disk() {
    let folder = tempfile::tempdir().unwrap();
    run(Embedded::open(folder.path().join("shop.db")).unwrap(), 1_500).await;
}

async fn run(store: Embedded, operations: usize) {
    let seed = seed(0x7265_706c);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let shop = Shop::on(store.with_change_log(Retention::default()).unwrap());
    let mut replay = Replay { items: BTreeMap::new(), position: None };
    for operation in 0..scaled(operations) {
        // Some of these are refused.
        let _ = step(&shop, &mut random).await;
        if operation % 500 == 0 {
            replay.catch_up(&shop, random.u32(1..300)).await;
            replay.check(&shop).await;
        }
    }
    replay.catch_up(&shop, 1000).await;
    replay.check(&shop).await;
}

const CUSTOMERS: u32 = 4;
const ORDERS: u32 = 20;

async fn step(
    shop: &monotable::Table<Shop, Embedded<ChangeLog>>,
    random: &mut fastrand::Rng,
) -> monotable::Result<()> {
    let owner = format!("C{}", random.u32(0..CUSTOMERS));
    let number = format!("{:02}", random.u32(0..ORDERS));
    let mut one = order(&owner, &number);
    one.status = [Status::Placed, Status::Paid, Status::Shipped][random.usize(0..3)];
    one.total = random.u32(0..4);
    match random.u8(0..10) {
        0..3 => one.put().send(shop).await?,
        3 => one.create().send(shop).await?,
        4 => one.delete().when(Order::TOTAL.lt(2)).send(shop).await?,
        5 => {
            let note = random.u8(0..2).to_string();
            Order::key(&owner, &number).update().set(Order::NOTE, note).send(shop).await?;
        }
        6 => {
            let mut owner = customer(&owner);
            owner.name = random.u8(0..3).to_string();
            owner.put().send(shop).await?;
        }
        7 => {
            let batch = shop.batch().add(one.delete()).add(item(&number, 1, "P").put());
            let _ = batch.add(item(&number, 2, "P").delete()).send().await?;
        }
        8 => {
            let items = item(&number, 2, &random.u8(0..2).to_string());
            shop.transaction().add(one.put()).add(items.put()).send().await?;
        }
        _ => {
            let transaction = shop.transaction().add(one.create());
            transaction.add(customer(&owner).delete()).send().await?;
        }
    }
    Ok(())
}

/// The items that follow from the changes.
struct Replay {
    items: BTreeMap<(String, String), Shop>,
    position: Option<FeedPosition>,
}

impl Replay {
    async fn catch_up(&mut self, shop: &monotable::Table<Shop, Embedded<ChangeLog>>, size: u32) {
        let start = self.position.take().map_or(StartFrom::Oldest, StartFrom::After);
        let mut changes = shop.changes(start).page_size(size);
        loop {
            let page = changes.next_page().await.unwrap();
            for change in page.changes {
                let key = (change.key.pk.clone(), change.key.sk.clone());
                assert_eq!(self.items.get(&key), change.old_item(), "{change:?}");
                assert_ne!(change.old_item(), change.new_item(), "{change:?}");
                match change.kind {
                    ChangeKind::Created(new) | ChangeKind::Updated { new, .. } => {
                        self.items.insert(key, new);
                    }
                    ChangeKind::Deleted(_) | ChangeKind::Expired(_) => {
                        self.items.remove(&key);
                    }
                }
            }
            if page.is_caught_up {
                self.position = Some(page.position);
                return;
            }
        }
    }

    /// Compares the replayed items with those of the store.
    async fn check(&self, shop: &monotable::Table<Shop, Embedded<ChangeLog>>) {
        let mut stored: Vec<Shop> = Vec::new();
        for customer in 0..CUSTOMERS {
            let partition = Customer::partition(&*format!("C{customer}"));
            stored.extend(partition.query().all(shop).await.unwrap());
        }
        for order in 0..ORDERS {
            let partition = OrderItem::partition(&*format!("{order:02}"));
            stored.extend(partition.query().all(shop).await.unwrap());
        }
        assert_eq!(self.items.values().cloned().collect::<Vec<_>>(), stored);
    }
}
