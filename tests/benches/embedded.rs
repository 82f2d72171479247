//! Measures the embedded backend with the typed API.
//!
//! `cargo bench -p monotable-tests --bench embedded`

use divan::Bencher;
use divan::counter::ItemsCount;
use futures_util::{StreamExt as _, stream};
use monotable::Backend;
use monotable::change::StartFrom;
use monotable::embedded::{ChangeLog, Retention};
use monotable::prelude::*;
use monotable_tests::{Order, Shop, Status, order};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

/// The number of items in the table.
const CROWD: u32 = 100_000;
const PARTITION: u32 = 200;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
}

fn shop<L: 'static>(
    runtime: &Runtime,
    embedded: Embedded<L>,
    items: u32,
) -> Table<Shop, Embedded<L>> {
    let shop = Shop::on(embedded);
    let put = |n: u32| {
        let shop = shop.clone();
        async move {
            let order = one(n);
            order.put().send(&shop).await.expect("a put");
        }
    };
    runtime.block_on(stream::iter(0..items).for_each_concurrent(1024, put));
    shop
}

fn logged(embedded: Embedded) -> Embedded<ChangeLog> {
    embedded.with_change_log(Retention::default()).expect("a log")
}

/// Returns a typical order, which is on two of the three indexes.
fn one(n: u32) -> Order {
    let mut order = order(&format!("C{:05}", n / PARTITION), &format!("ORD-{n:08}"));
    order.status = if n.is_multiple_of(2) { Status::Paid } else { Status::Shipped };
    order.total = n;
    order.note = Some("leave it at the door".into());
    order
}

/// Returns an order that is on one index only, because it is shipped and has no region.
fn on_one_index(n: u32) -> Order {
    let mut order = one(n);
    order.status = Status::Shipped;
    order
}

mod in_memory {
    use super::*;

    #[divan::bench(sample_size = 200)]
    fn get(bencher: Bencher) {
        let runtime = runtime();
        let shop = shop(&runtime, Embedded::in_memory(), CROWD);
        let n = AtomicU32::new(0);
        bencher
            .with_inputs(|| {
                let n = n.fetch_add(7919, Ordering::Relaxed) % CROWD;
                (format!("C{:05}", n / PARTITION), format!("ORD-{n:08}"))
            })
            .bench_refs(|(customer, id)| {
                runtime.block_on(Order::get(&**customer, &**id).send(&shop)).expect("a get")
            });
    }

    #[divan::bench(sample_size = 200)]
    fn put_with_one_index(bencher: Bencher) {
        put(bencher, Embedded::in_memory());
    }

    #[divan::bench(sample_size = 200)]
    fn put_with_one_index_and_a_log(bencher: Bencher) {
        put(bencher, logged(Embedded::in_memory()));
    }

    fn put<L: 'static>(bencher: Bencher, embedded: Embedded<L>) {
        let runtime = runtime();
        let shop = shop(&runtime, embedded, CROWD);
        let n = AtomicU32::new(CROWD);
        bencher
            .with_inputs(|| on_one_index(n.fetch_add(1, Ordering::Relaxed)))
            .bench_refs(|order| runtime.block_on(order.put().send(&shop)).expect("a put"));
    }

    /// Replaces orders by others, so that each change has two items.
    #[divan::bench(sample_size = 200, args = [false, true])]
    fn replace(bencher: Bencher, with_log: bool) {
        let runtime = runtime();
        let embedded = Embedded::in_memory();
        if with_log {
            logged(embedded.clone());
        }
        let shop = shop(&runtime, embedded, CROWD);
        let n = AtomicU32::new(0);
        bencher
            .with_inputs(|| {
                let n = n.fetch_add(7919, Ordering::Relaxed);
                Order { total: n, ..on_one_index(n % CROWD) }
            })
            .bench_refs(|order| runtime.block_on(order.put().send(&shop)).expect("a put"));
    }

    /// Reads changes as entities.
    #[divan::bench]
    fn read_changes(bencher: Bencher) {
        let runtime = runtime();
        let shop = shop(&runtime, logged(Embedded::in_memory()), CROWD);
        bencher.counter(ItemsCount::new(1000u32)).bench(|| {
            let mut changes = shop.changes(StartFrom::Oldest);
            let page = runtime.block_on(changes.next_page()).expect("a page");
            assert_eq!(page.changes.len(), 1000);
            page
        });
    }

    #[divan::bench]
    fn query_of_200_items(bencher: Bencher) {
        let runtime = runtime();
        let shop = shop(&runtime, Embedded::in_memory(), CROWD);
        bencher.counter(ItemsCount::new(PARTITION)).bench(|| {
            let found = runtime.block_on(Order::by_customer("C00007").all(&shop)).expect("a query");
            assert_eq!(found.len(), PARTITION as usize);
            found
        });
    }

    #[divan::bench]
    fn index_query_of_200_items(bencher: Bencher) {
        let runtime = runtime();
        let shop = shop(&runtime, Embedded::in_memory(), CROWD);
        bencher.counter(ItemsCount::new(PARTITION)).bench(|| {
            let query = Order::by_status(Status::Paid).limit(PARTITION as usize);
            runtime.block_on(query.all(&shop)).expect("a query")
        });
    }
}

mod on_disk {
    use super::*;

    fn open() -> (tempfile::TempDir, Embedded) {
        let folder = tempfile::tempdir().expect("a folder");
        let embedded = Embedded::open(folder.path().join("shop.db")).expect("a store");
        (folder, embedded)
    }

    #[divan::bench(sample_size = 20)]
    fn get(bencher: Bencher) {
        let (runtime, (_folder, embedded)) = (runtime(), open());
        let shop = shop(&runtime, embedded, 10_000);
        let n = AtomicU32::new(0);
        bencher
            .with_inputs(|| {
                let n = n.fetch_add(7919, Ordering::Relaxed) % 10_000;
                (format!("C{:05}", n / PARTITION), format!("ORD-{n:08}"))
            })
            .bench_refs(|(customer, id)| {
                runtime.block_on(Order::get(&**customer, &**id).send(&shop)).expect("a get")
            });
    }

    #[divan::bench]
    fn query_of_200_items(bencher: Bencher) {
        let (runtime, (_folder, embedded)) = (runtime(), open());
        let shop = shop(&runtime, embedded, 10_000);
        bencher
            .counter(ItemsCount::new(PARTITION))
            .bench(|| runtime.block_on(Order::by_customer("C00007").all(&shop)).expect("a query"));
    }

    /// Measures the number of acknowledged writes per second with different numbers of concurrent
    /// writers. The figure of interest is the ratio of 64 writers to one.
    #[divan::bench(args = [1, 8, 64], sample_count = 20, sample_size = 1)]
    fn writers(bencher: Bencher, writers: u32) {
        let (_folder, embedded) = open();
        write(bencher, writers, embedded);
    }

    /// The same with a log of changes.
    #[divan::bench(args = [1, 8, 64], sample_count = 20, sample_size = 1)]
    fn writers_with_a_log(bencher: Bencher, writers: u32) {
        let (_folder, embedded) = open();
        write(bencher, writers, logged(embedded));
    }

    fn write<L: 'static>(bencher: Bencher, writers: u32, embedded: Embedded<L>) {
        let runtime = runtime();
        let shop = shop(&runtime, embedded, 1_000);
        let next = AtomicU32::new(1_000);
        let each = 32;
        bencher.counter(ItemsCount::new(writers * each)).bench(|| {
            let writer = |_| async {
                for _ in 0..each {
                    let order = on_one_index(next.fetch_add(1, Ordering::Relaxed));
                    order.put().send(&shop).await.expect("a put");
                }
            };
            let all = stream::iter(0..writers).for_each_concurrent(writers as usize, writer);
            runtime.block_on(all);
        });
    }

    /// The number of items in one load.
    const LOAD: u32 = 20_000;

    /// Loads many items as one batch, to compare with single puts.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn load_by_batch(bencher: Bencher) {
        let runtime = runtime();
        bencher.counter(ItemsCount::new(LOAD)).with_inputs(open).bench_refs(|(_, embedded)| {
            let shop = Shop::on(embedded.clone());
            let orders: Vec<_> = (0..LOAD).map(on_one_index).collect();
            let batch = shop.batch().add_all(orders.iter().map(Order::put));
            let report = runtime.block_on(batch.send()).expect("a batch");
            report.into_result().expect("all of it");
        });
    }

    /// Loads the same items by single puts, 4,096 in flight.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn load_by_puts(bencher: Bencher) {
        let runtime = runtime();
        bencher.counter(ItemsCount::new(LOAD)).with_inputs(open).bench_refs(|(_, embedded)| {
            load(&runtime, embedded);
        });
    }

    /// The same with a log of changes.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn load_by_puts_with_a_log(bencher: Bencher) {
        let runtime = runtime();
        let open = || {
            let (folder, embedded) = open();
            (folder, logged(embedded))
        };
        bencher.counter(ItemsCount::new(LOAD)).with_inputs(open).bench_refs(|(_, embedded)| {
            load(&runtime, embedded);
        });
    }

    fn load<B: Backend>(runtime: &Runtime, embedded: &B)
    where
        Shop: monotable::HeldBy<B>,
    {
        let shop = Shop::on(embedded.clone());
        let put = |n| {
            let shop = shop.clone();
            async move { on_one_index(n).put().send(&shop).await.expect("a put") }
        };
        runtime.block_on(stream::iter(0..LOAD).for_each_concurrent(4096, |n| {
            let put = put(n);
            async move {
                put.await;
            }
        }));
    }
}
