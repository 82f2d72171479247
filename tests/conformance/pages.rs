//! Pages, streams, and their cost.

use futures_util::{StreamExt as _, TryStreamExt as _};
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::{Order, Shop, order};

async fn fill<B: Store>(shop: &Table<Shop, B>, count: usize) {
    for n in 0..count {
        order("C001", &format!("{n:04}")).put().send(shop).await.unwrap();
    }
}

pub async fn limit_counts_items_of_all_pages<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    fill(&shop, 10).await;
    let query = || Order::by_customer("C001");
    assert_eq!(query().limit(3).all(&shop).await.unwrap().len(), 3);
    assert_eq!(query().limit(7).page_size(2).all(&shop).await.unwrap().len(), 7);
    assert_eq!(query().limit(70).page_size(3).all(&shop).await.unwrap().len(), 10);
    let streamed: Vec<_> = query().limit(5).page_size(2).stream(&shop).try_collect().await.unwrap();
    assert_eq!(streamed.len(), 5);
    let page = query().limit(4).page(&shop).await.unwrap();
    assert_eq!(page.items.len(), 4);
    let next = query().limit(4).after(page.cursor).page(&shop).await.unwrap();
    assert_eq!(next.items.len(), 4);
    let last = query().limit(4).after(next.cursor).page(&shop).await.unwrap();
    assert_eq!(last.items.len(), 2);
}

pub async fn page_size_counts_items_of_a_page<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    fill(&shop, 10).await;
    let pages = Order::by_customer("C001").page_size(4).pages(&shop);
    let sizes: Vec<_> = pages.map_ok(|page| page.items.len()).try_collect().await.unwrap();
    assert_eq!(sizes, [4, 4, 2]);
}

pub async fn the_last_page_has_no_cursor<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    fill(&shop, 4).await;
    for size in 1..6 {
        let mut cursor = None;
        let mut seen = 0;
        loop {
            let query = Order::by_customer("C001").descending().page_size(size).after(cursor);
            let page = query.page(&shop).await.unwrap();
            seen += page.items.len();
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, 4, "pages of {size}");
    }
}

pub async fn pages_have_a_limit_of_bytes<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for n in 0..12 {
        let mut order = order("C001", &format!("{n:04}"));
        order.note = Some("x".repeat(200_000));
        order.put().send(&shop).await.unwrap();
    }
    let page = Order::by_customer("C001").page(&shop).await.unwrap();
    if let Some(bytes) = B::TRAITS.page_bytes {
        let full = bytes / 200_000;
        assert!((full..=full + 1).contains(&page.items.len()), "{} items", page.items.len());
    }
    let rest = Order::by_customer("C001").after(page.cursor.clone()).count(&shop).await.unwrap();
    assert_eq!(page.cursor.map_or(0, |_| rest) + page.items.len(), 12);
    assert_eq!(Order::by_customer("C001").all(&shop).await.unwrap().len(), 12);
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 12);
}

pub async fn streams_outlive_their_table<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    fill(&shop, 5).await;
    let mut stream = Order::by_customer("C001").page_size(2).stream(&shop);
    drop(shop);
    let handle = tokio::spawn(async move {
        let mut ids = Vec::new();
        while let Some(order) = stream.next().await {
            ids.push(order.unwrap().order_id);
        }
        ids
    });
    assert_eq!(handle.await.unwrap(), ["0000", "0001", "0002", "0003", "0004"]);
}

pub async fn reads_report_their_cost<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut order = order("C001", "1");
    order.note = Some("x".repeat(10_000));
    order.put().send(&shop).await.unwrap();
    // A little over 10,000 bytes, which are three units of 4 KB, at half the price.
    let page = Order::by_customer("C001").page(&shop).await.unwrap();
    B::TRAITS.check_reads(page.cost, 1.5);
    let page = Order::by_customer("C001").consistent().page(&shop).await.unwrap();
    B::TRAITS.check_reads(page.cost, 3.0);
}
