//! Random requests of every kind, on a table with three indexes.

use super::Reach;
use super::text::shown;
use fastrand::Rng;
use jiff::Timestamp;
use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::{Customer, Order, OrderItem, Shop, Status, Store, item};

const STATUSES: [Status; 3] = [Status::Placed, Status::Paid, Status::Shipped];
const CUSTOMERS: u8 = 3;

/// A table, and an order that was loaded from it earlier.
pub struct Side<B: Store> {
    shop: Table<Shop, B>,
    loaded: Option<Order>,
    reach: Reach,
}

fn id(random: &mut Rng) -> (String, String) {
    // These texts have characters outside of ASCII and characters that are escaped. Different
    // customers have different order numbers, because DynamoDB does not document the order of items
    // with equal index keys.
    let customer = random.u8(0..CUSTOMERS);
    (["C1", "ü", "a#b"][usize::from(customer)].to_owned(), format!("{customer}{}", random.u8(0..5)))
}

fn status(random: &mut Rng) -> Status {
    STATUSES[random.usize(0..3)]
}

fn region(random: &mut Rng) -> Option<String> {
    [None, Some("north"), Some("süd")][random.usize(0..3)].map(str::to_owned)
}

/// Returns a time on one of a few days, which no other order has.
fn time(random: &mut Rng, order: &str) -> Timestamp {
    let of_order: i64 = order.parse().unwrap();
    Timestamp::from_second(random.i64(0..3) * 86_400 + random.i64(0..3) * 100 + of_order).unwrap()
}

fn order(random: &mut Rng) -> Order {
    let (customer_id, order_id) = id(random);
    let note = random.bool().then(|| "ä".repeat(random.usize(0..3)));
    let placed_at = time(random, &order_id);
    let (status, total, region) = (status(random), random.u32(0..5), region(random));
    Order { customer_id, order_id, status, placed_at, total, note, region }
}

impl<B: Store + CrossPartitionTransactions> Side<B> {
    pub fn new(backend: B, reach: Reach) -> Self {
        Side { shop: Shop::on(backend), loaded: None, reach }
    }

    /// Sends the request that a seed determines. Returns the request and its answer.
    pub async fn step(&mut self, seed: u64) -> String {
        let random = &mut Rng::with_seed(seed);
        let shop = self.shop.clone();
        let new = order(random);
        let key = new.primary_key();
        match random.u8(0..24) {
            0 | 1 => {
                format!("put {new:?} -> {}", shown(new.put().returning_old().send(&shop).await))
            }
            2 => format!("create {new:?} -> {}", shown(new.create().send(&shop).await)),
            3 => {
                let put = new.put().when(Order::TOTAL.lt(new.total) | Order::NOTE.absent());
                format!("put when {new:?} -> {}", shown(put.send(&shop).await))
            }
            4..7 => {
                let found = key.clone().get().send(&shop).await;
                if let Ok(Some(found)) = &found {
                    self.loaded = Some(found.clone());
                }
                format!("get {key:?} -> {}", shown(found))
            }
            7 => format!("delete {key:?} -> {}", shown(key.clone().delete().send(&shop).await)),
            8 => {
                let delete = new.delete().when(Order::STATUS.eq(new.status)).returning_old();
                format!("delete {new:?} -> {}", shown(delete.send(&shop).await))
            }
            9..12 => self.update_by_key(random, &new).await,
            12..15 => self.update_loaded(random).await,
            15 => {
                let change = key.clone().update_with(|order: &mut Order| {
                    order.status = new.status;
                    order.total += 1;
                    order.region.clone_from(&new.region);
                });
                format!("change {new:?} -> {}", shown(change.send(&shop).await))
            }
            16 => {
                let update = key.update().set(Order::NOTE, "again").or_create(&new);
                format!("or create {new:?} -> {}", shown(update.send(&shop).await))
            }
            17..20 => self.query(random).await,
            20 => self.batch(random).await,
            21 if self.reach.is_whole() => self.transaction(random).await,
            22 if self.reach.is_whole() => {
                let moved = Order { note: None, ..order(random) };
                let what = self.loaded.as_ref().map(|old| (old.move_to(&moved), old.clone()));
                match what {
                    Some((request, old)) => {
                        format!("move {old:?} to {moved:?} -> {}", shown(request.send(&shop).await))
                    }
                    None => "nothing to move".to_owned(),
                }
            }
            21..23 => self.in_partition(random).await,
            _ => self.rare(random).await,
        }
    }

    async fn update_by_key(&self, random: &mut Rng, new: &Order) -> String {
        let update = new.primary_key().update();
        let update = match random.u8(0..5) {
            0 => update.set(Order::NOTE, new.note.clone()),
            1 => update.set(Order::REGION, new.region.clone()),
            2 => update.set_if_absent(Order::NOTE, "first").remove(Order::REGION),
            3 => update.set(Order::NOTE, "n").when(Order::STATUS.eq(new.status)),
            _ => {
                let values = (new.placed_at, new.total, new.status);
                update.set_index_key(Order::GSI3_KEY, values)
            }
        };
        let answer = if random.bool() {
            shown(update.clone().returning_new().send(&self.shop).await)
        } else {
            shown(update.clone().send(&self.shop).await)
        };
        format!("{update:?} {new:?} -> {answer}")
    }

    async fn update_loaded(&self, random: &mut Rng) -> String {
        let Some(loaded) = &self.loaded else { return "nothing is loaded".to_owned() };
        let update = loaded.update();
        let update = match random.u8(0..5) {
            0 => update.set(Order::STATUS, status(random)),
            1 => update.set(Order::PLACED_AT, time(random, &loaded.order_id)),
            2 => update.set(Order::TOTAL, random.u32(0..5)).set(Order::REGION, region(random)),
            3 => update.set(Order::STATUS, status(random)).if_unchanged(Order::NOTE),
            _ => update.set(Order::NOTE, "loaded").if_unchanged(Order::REGION),
        };
        let answer = shown(update.clone().returning_old().send(&self.shop).await);
        format!("{update:?} {loaded:?} -> {answer}")
    }

    async fn query(&self, random: &mut Rng) -> String {
        let (customer, prefix) = (id(random).0, random.u8(0..3).to_string());
        let (status, total) = (status(random), random.u32(0..5));
        let day = jiff::tz::TimeZone::UTC.to_datetime(time(random, "0")).date();
        let (size, descending) = (random.usize(1..6), random.bool());
        macro_rules! run {
            ($query:expr) => {{
                let query = $query.page_size(size);
                let query = if descending { query.descending() } else { query };
                let counted = shown(query.clone().count(&self.shop).await);
                let limited = shown(query.clone().limit(3).all(&self.shop).await);
                let (mut pages, mut found) = (Vec::new(), Vec::new());
                let mut cursor = None;
                loop {
                    match query.clone().after(cursor).page(&self.shop).await {
                        Ok(page) => {
                            cursor = page.cursor;
                            let last = cursor.is_none();
                            if !self.reach.is_whole() {
                                // The store counts only what the filter lets through, so its pages end elsewhere.
                                found.extend(page.items);
                                if last {
                                    break;
                                }
                                continue;
                            }
                            if !last || page.read > 0 || pages.is_empty() {
                                pages.push((page.read, shown(Ok(page.items))));
                            }
                            if last {
                                break;
                            }
                        }
                        Err(error) => break pages.push((0, shown::<()>(Err(error)))),
                    }
                }
                let found = shown(Ok(found));
                format!("{query:?} -> {counted}; {limited}; {pages:?} {found}")
            }};
        }
        match random.u8(0..6) {
            0 => run!(Order::by_customer(&customer).range(..)),
            1 => run!(
                Order::by_customer(&customer).begins_with(prefix).filter(Order::TOTAL.ge(total))
            ),
            2 => run!(Order::by_status(status).range(..)),
            3 => run!(
                Order::by_status(status)
                    .range(..)
                    .filter(Order::NOTE.exists() & Order::TOTAL.ne(total))
            ),
            4 => run!(Order::by_region("süd").eq(status).range(..)),
            _ => run!(Order::open_on(day).range(total..).filter(Order::TOTAL.lt(4_u32))),
        }
    }

    async fn batch(&self, random: &mut Rng) -> String {
        let mut orders: Vec<_> = (0..random.usize(1..30)).map(|_| order(random)).collect();
        let twice = random.u8(0..8) == 0;
        if !twice {
            orders.sort_by(|one, other| one.order_id.cmp(&other.order_id));
            orders.dedup_by(|one, other| one.order_id == other.order_id);
        }
        let batch = orders.iter().fold(self.shop.batch(), |batch, order| {
            if order.total > 3 { batch.add(order.delete()) } else { batch.add(order.put()) }
        });
        let batch = batch.add_all(
            (0..random.u16(0..30))
                .map(|line| item("1", line, "ä"))
                .collect::<Vec<_>>()
                .iter()
                .map(OrderItem::put),
        );
        let report = batch.send().await.map(|report| (report.written, report.unprocessed.len()));
        format!("batch {orders:?} -> {}", shown(report))
    }

    async fn transaction(&self, random: &mut Rng) -> String {
        let (one, two, three) = (order(random), order(random), order(random));
        let customer = Customer { customer_id: "C1".into(), name: "Ada".into(), email: None };
        let mut transaction = self.shop.transaction();
        transaction =
            if random.bool() { transaction.add(one.put()) } else { transaction.add(one.create()) };
        transaction = if random.bool() {
            transaction.add(two.primary_key().update().set(Order::NOTE, "tx"))
        } else {
            transaction.add(two.delete().when(Order::STATUS.ne(two.status)))
        };
        transaction = if random.bool() {
            transaction.add(three.primary_key().check().when(Order::TOTAL.lt(three.total)))
        } else {
            transaction.add(customer.put())
        };
        format!("transaction {one:?} {two:?} {three:?} -> {}", shown(transaction.send().await))
    }

    /// A transaction in the partition of a customer.
    async fn in_partition(&self, random: &mut Rng) -> String {
        let first = order(random);
        let mut next = || loop {
            let next = order(random);
            if next.customer_id == first.customer_id {
                return next;
            }
        };
        let orders = [next(), next(), next(), next()];
        let [one, two, three, four] = &orders;
        let customer = || Customer::partition(&first.customer_id);
        let ada =
            Customer { customer_id: first.customer_id.clone(), name: "Ada".into(), email: None };
        if random.u8(0..4) == 0 {
            let gets = (one.primary_key().get(), ada.primary_key().get(), two.primary_key().get());
            let found = self.shop.transact_get_in(customer(), gets).send().await;
            return format!("together {one:?} {two:?} -> {}", shown(found));
        }
        let mut transaction = self.shop.transaction_in(customer());
        transaction = match random.u8(0..4) {
            0 => transaction.add(one.put()),
            1 => transaction.add(one.create()),
            2 => transaction.add(one.put().when(Order::TOTAL.lt(one.total) | Order::NOTE.absent())),
            _ => transaction.add(one.primary_key().update().set(Order::NOTE, "tx")),
        };
        transaction = match (random.u8(0..4), &self.loaded) {
            (0, _) => transaction.add(two.delete().when(Order::STATUS.ne(two.status))),
            (1, _) => transaction.add(two.primary_key().delete()),
            (2, Some(loaded)) if loaded.customer_id == first.customer_id => {
                transaction.add(loaded.update().set(Order::STATUS, two.status))
            }
            _ => transaction.add(two.primary_key().update().set(Order::REGION, two.region.clone())),
        };
        transaction = match random.u8(0..5) {
            0 => transaction.add(three.primary_key().check().when(Order::TOTAL.lt(three.total))),
            1 => transaction.add(three.primary_key().check().when(Order::TOTAL.absent())),
            2 => transaction.add(ada.create()),
            3 => transaction.add(ada.primary_key().check()),
            _ => transaction.add(ada.put()),
        };
        if random.bool() {
            transaction = transaction.add(four.create());
        }
        format!(
            "in one partition {orders:?} {:?} -> {}",
            self.loaded,
            shown(transaction.send().await)
        )
    }

    async fn rare(&self, random: &mut Rng) -> String {
        let key = order(random).primary_key();
        match random.u8(0..4) {
            0 => {
                let report = key.partition().delete_all().send(&self.shop).await;
                let report = report.map(|report| (report.deleted, report.more));
                format!("delete all of {key:?} -> {}", shown(report))
            }
            1 => {
                let keys: Vec<_> = (0..120).map(|_| order(random).primary_key()).collect();
                let many = Order::get_many(keys).send(&self.shop).await;
                format!("get many -> {}", shown(many.map(|many| (many.items, many.missing))))
            }
            2 if self.reach.is_whole() => {
                let gets = (key.clone().get(), Customer::get("C1"));
                format!("together {key:?} -> {}", shown(self.shop.transact_get(gets).send().await))
            }
            _ => {
                let lines = OrderItem::in_order("1").range(3..).all(&self.shop).await;
                format!("lines -> {}", shown(lines))
            }
        }
    }
}
