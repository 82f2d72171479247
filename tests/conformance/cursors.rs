//! Cursors. They are opaque, have a version and a checksum, and are bound to their query.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use monotable::Cursor;
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::{Order, Shop, Status, order};

async fn fill<B: Store>(backend: B) -> (Table<Shop, B>, Cursor) {
    let shop = Shop::on(backend);
    for n in 0..6 {
        order("C001", &n.to_string()).put().send(&shop).await.unwrap();
    }
    let page = Order::by_customer("C001").limit(2).page(&shop).await.unwrap();
    (shop, page.cursor.unwrap())
}

async fn ids<B: Store>(shop: &Table<Shop, B>, cursor: Cursor) -> Vec<String> {
    let rest = Order::by_customer("C001").after(cursor).all(shop).await.unwrap();
    rest.into_iter().map(|order| order.order_id).collect()
}

pub async fn a_cursor_can_be_converted_to_text_and_back<B: Store>(backend: B) {
    let (shop, cursor) = fill(backend).await;
    let text = cursor.to_string();
    assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{text}");
    assert!(text.len() < 24, "it holds only what the query does not: {text}");
    assert_eq!(text.parse::<Cursor>().unwrap(), cursor);
    assert_eq!(ids(&shop, text.parse().unwrap()).await, ["2", "3", "4", "5"]);
    // The same on an index, whose keys are not unique.
    let query = || Order::by_status(Status::Placed).page_size(4);
    let page = query().page(&shop).await.unwrap();
    let text = page.cursor.unwrap().to_string();
    let rest = query().after(text.parse::<Cursor>().unwrap()).all(&shop).await.unwrap();
    assert_eq!(rest.len(), 2);
}

pub async fn garbage_is_refused<B: Store>(_: B) {
    for text in ["", "garbage", "!!!", "AQ", "é", "AAAAAAAAAAAAAAAAAAAAAAAA", &"A".repeat(5000)] {
        let error = text.parse::<Cursor>().unwrap_err();
        assert!(error.is_invalid_cursor(), "{text}: {error:?}");
    }
}

pub async fn truncated_and_changed_cursors_are_refused<B: Store>(backend: B) {
    let (_, cursor) = fill(backend).await;
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor.to_string()).unwrap();
    for end in 0..bytes.len() {
        let text = BASE64_URL_SAFE_NO_PAD.encode(&bytes[..end]);
        assert!(text.parse::<Cursor>().unwrap_err().is_invalid_cursor());
    }
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            let text = BASE64_URL_SAFE_NO_PAD.encode(&changed);
            assert!(text.parse::<Cursor>().unwrap_err().is_invalid_cursor());
        }
    }
}

pub async fn a_cursor_of_another_version_is_refused<B: Store>(backend: B) {
    let (_, cursor) = fill(backend).await;
    let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor.to_string()).unwrap();
    bytes[0] = 2;
    let error = BASE64_URL_SAFE_NO_PAD.encode(&bytes).parse::<Cursor>().unwrap_err();
    assert!(error.is_invalid_cursor());
    assert!(error.to_string().contains("version 2"), "{error}");
}

pub async fn a_cursor_of_another_query_is_refused<B: Store>(backend: B) {
    let (shop, cursor) = fill(backend).await;
    let others = [
        Order::by_customer("C002").range(..),
        Order::by_customer("C001").descending().range(..),
        Order::by_customer("C001").begins_with("1"),
        Order::by_customer("C001").range("0"..),
    ];
    for other in others {
        let error = other.after(cursor.clone()).page(&shop).await.unwrap_err();
        assert!(error.is_invalid_cursor(), "{error:?}");
        assert!(error.to_string().contains("Order::by_customer"), "{error}");
    }
    let error = Order::by_status(Status::Placed).after(cursor).page(&shop).await.unwrap_err();
    assert!(error.is_invalid_cursor(), "{error:?}");
}

pub async fn a_cursor_works_with_other_limits<B: Store>(backend: B) {
    let (shop, cursor) = fill(backend).await;
    let query = Order::by_customer("C001").limit(1).page_size(3).consistent().after(cursor);
    assert_eq!(query.page(&shop).await.unwrap().items[0].order_id, "2");
}

pub async fn the_item_at_the_cursor_can_be_deleted<B: Store>(backend: B) {
    let (shop, cursor) = fill(backend).await;
    Order::key("C001", "1").delete().send(&shop).await.unwrap();
    Order::key("C001", "2").delete().send(&shop).await.unwrap();
    assert_eq!(ids(&shop, cursor).await, ["3", "4", "5"]);
    let query = || Order::by_status(Status::Placed).page_size(1);
    let first = query().page(&shop).await.unwrap();
    first.items[0].delete().send(&shop).await.unwrap();
    assert_eq!(query().after(first.cursor).all(&shop).await.unwrap().len(), 3);
}
