//! Queries: which items they return, and in which order.

use monotable::Cost;
use monotable::backend::Limits;
use monotable::prelude::*;
use monotable::request::Operation;
use monotable::testing::Recorder;
use monotable_tests::Store;
use monotable_tests::{Customer, Order, OrderItem, Shop, Status, at, item, order};

/// Returns the ids of the orders that a query finds.
macro_rules! ids {
    ($query:expr, $shop:expr) => {
        $query.all($shop).await.unwrap().into_iter().map(|o| o.order_id).collect::<Vec<_>>()
    };
}

async fn orders<B: Store>(shop: &Table<Shop, B>, ids: &[&str]) {
    for id in ids {
        order("C001", id).put().send(shop).await.unwrap();
    }
}

pub async fn a_partition_holds_several_entities_and_a_query_reads_one<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let customer = Customer { customer_id: "C001".into(), name: "Ada".into(), email: None };
    customer.put().send(&shop).await.unwrap();
    orders(&shop, &["A", "B"]).await;
    order("C0011", "other").put().send(&shop).await.unwrap();
    assert_eq!(ids!(Order::by_customer("C001"), &shop), ["A", "B"]);
    assert_eq!(Customer::profile("C001").all(&shop).await.unwrap(), [customer]);
    // The item of the other entity is not read, so it costs nothing.
    let page = Order::by_customer("C001").page(&shop).await.unwrap();
    assert_eq!((page.items.len(), page.read, page.cursor), (2, 2, None));
}

pub async fn eq_binds_left_to_right<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for (line, product) in [(1, "a"), (1, "b"), (2, "a"), (10, "a")] {
        item("O", line, product).put().send(&shop).await.unwrap();
    }
    let lines = async |query: Vec<OrderItem>| -> Vec<_> {
        query.into_iter().map(|i| (i.line, i.product_id)).collect()
    };
    let one = OrderItem::in_order("O").eq(1).all(&shop).await.unwrap();
    assert_eq!(lines(one).await, [(1, "a".to_owned()), (1, "b".to_owned())]);
    let exact = OrderItem::in_order("O").eq(1).eq("b").all(&shop).await.unwrap();
    assert_eq!(lines(exact).await, [(1, "b".to_owned())]);
    let none = OrderItem::in_order("O").eq(1).eq("").all(&shop).await.unwrap_err();
    assert!(none.is_invalid_key());
}

pub async fn ranges_on_the_last_part<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    orders(&shop, &["a", "ab", "abc", "b", "ba", "c", "é"]).await;
    let query = || Order::by_customer("C001");
    assert_eq!(ids!(query().range("ab".."b"), &shop), ["ab", "abc"]);
    assert_eq!(ids!(query().range("ab"..="b"), &shop), ["ab", "abc", "b"]);
    assert_eq!(ids!(query().range("ab".."ab"), &shop), [""; 0]);
    assert_eq!(ids!(query().range("ab"..="ab"), &shop), ["ab"]);
    assert_eq!(ids!(query().range("b"..), &shop), ["b", "ba", "c", "é"]);
    assert_eq!(ids!(query().range(.."ab"), &shop), ["a"]);
    assert_eq!(ids!(query().range(..="ab"), &shop), ["a", "ab"]);
    assert_eq!(ids!(query().range(""..), &shop).len(), 7);
    assert_eq!(ids!(query().range(..), &shop).len(), 7);
    use std::ops::Bound::{Excluded, Included, Unbounded};
    assert_eq!(ids!(query().range((Excluded("a"), Included("b"))), &shop), ["ab", "abc", "b"]);
    assert_eq!(ids!(query().range((Excluded("b"), Unbounded::<&str>)), &shop), ["ba", "c", "é"]);
}

pub async fn ranges_on_an_earlier_part<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for (id, clock) in [("1", "10:00:00"), ("2", "10:00:00"), ("3", "10:00:01"), ("4", "10:00:02")]
    {
        let mut order = order("C001", id);
        order.placed_at = at(clock);
        order.put().send(&shop).await.unwrap();
    }
    let query = || Order::by_status(Status::Placed);
    let (zero, one) = (at("10:00:00"), at("10:00:01"));
    assert_eq!(ids!(query().range(zero..one), &shop), ["1", "2"]);
    assert_eq!(ids!(query().range(zero..=zero), &shop), ["1", "2"]);
    assert_eq!(ids!(query().range(..=one), &shop), ["1", "2", "3"]);
    assert_eq!(ids!(query().range(one..), &shop), ["3", "4"]);
    assert_eq!(ids!(query().eq(zero).range("2"..), &shop), ["2"]);
    use std::ops::Bound::{Excluded, Unbounded};
    assert_eq!(ids!(query().range((Excluded(zero), Unbounded)), &shop), ["3", "4"]);
}

pub async fn prefixes<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    orders(&shop, &["ORD-001", "ORD-002", "ORD-1", "ORD#2", "ORDé", "X"]).await;
    let query = || Order::by_customer("C001");
    assert_eq!(ids!(query().begins_with("ORD-0"), &shop), ["ORD-001", "ORD-002"]);
    assert_eq!(ids!(query().begins_with("ORD#"), &shop), ["ORD#2"]);
    assert_eq!(ids!(query().begins_with("ORDé"), &shop), ["ORDé"]);
    assert_eq!(ids!(query().begins_with(""), &shop).len(), 6);
    assert_eq!(ids!(query().begins_with("~"), &shop), [""; 0]);
}

pub async fn empty_ranges_cost_nothing<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    orders(&shop, &["a", "b"]).await;
    let query = Order::by_customer("C001").range("b".."a");
    assert!(query.request().unwrap().is_none());
    let page = query.clone().page(&shop).await.unwrap();
    assert_eq!((page.items.len(), page.cursor, page.cost), (0, None, Cost::ZERO));
    assert_eq!(query.count(&shop).await.unwrap(), 0);
}

pub async fn both_orders<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    orders(&shop, &["b", "c", "a"]).await;
    let query = || Order::by_customer("C001");
    assert_eq!(ids!(query(), &shop), ["a", "b", "c"]);
    assert_eq!(ids!(query().ascending(), &shop), ["a", "b", "c"]);
    assert_eq!(ids!(query().descending(), &shop), ["c", "b", "a"]);
    assert_eq!(ids!(query().range("a".."c").descending(), &shop), ["b", "a"]);
}

pub async fn numbers_sort_as_numbers<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for line in [9, 10, 100, 2, u16::MAX, 0] {
        item("O", line, "p").put().send(&shop).await.unwrap();
    }
    let lines = |items: Vec<OrderItem>| items.into_iter().map(|i| i.line).collect::<Vec<_>>();
    let query = || OrderItem::in_order("O");
    assert_eq!(lines(query().all(&shop).await.unwrap()), [0, 2, 9, 10, 100, u16::MAX]);
    assert_eq!(lines(query().range(9..=10).all(&shop).await.unwrap()), [9, 10]);
    assert_eq!(lines(query().range(10..).all(&shop).await.unwrap()), [10, 100, u16::MAX]);
}

pub async fn any_text_can_be_a_key<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    // Texts that would collide without escaping, and characters whose order differs between UTF-8
    // and UTF-16.
    let texts =
        ["1#ORDER#2", "1", "#", "%23", "~", "a b", "\u{0}", "Abc", "abc", "\u{ffff}", "\u{1f600}"];
    for customer in texts {
        for id in texts {
            order(customer, id).create().send(&shop).await.unwrap();
        }
    }
    let mut sorted = texts.to_vec();
    sorted.sort_unstable();
    for customer in texts {
        assert_eq!(ids!(Order::by_customer(customer), &shop), sorted);
        for id in texts {
            let found = Order::get(customer, id).send(&shop).await.unwrap().unwrap();
            assert_eq!((&*found.customer_id, &*found.order_id), (customer, id));
        }
    }
}

pub async fn first_and_count<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    assert_eq!(Order::by_customer("C001").first(&shop).await.unwrap(), None);
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 0);
    orders(&shop, &["a", "b", "c"]).await;
    let first = Order::by_customer("C001").descending().first(&shop).await.unwrap();
    assert_eq!(first.unwrap().order_id, "c");
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 3);
    assert_eq!(Order::by_customer("C001").page_size(1).count(&shop).await.unwrap(), 3);
    assert_eq!(Order::by_customer("C001").range("b"..).count(&shop).await.unwrap(), 2);
    assert_eq!(Order::by_customer("C001").limit(2).count(&shop).await.unwrap(), 2);
}

pub async fn exactly_one<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let query = || Order::by_customer("C001");
    let none = query().one(&shop).await.unwrap_err();
    assert!(none.is_not_found() && none.to_string().contains("`CUSTOMER#C001`"), "{none:?}");
    orders(&shop, &["a", "b", "c"]).await;
    assert_eq!(query().eq("b").one(&shop).await.unwrap().order_id, "b");
    assert_eq!(query().range("c"..).one(&shop).await.unwrap().order_id, "c");
    // Over several pages, and whatever limit the query has.
    let filtered = query().page_size(1).filter(Order::ORDER_ID.eq("c"));
    assert_eq!(filtered.one(&shop).await.unwrap().order_id, "c");
    for query in [query(), query().limit(1), query().page_size(1)] {
        let several = query.one(&shop).await.unwrap_err();
        assert!(several.is_several() && !several.is_retryable(), "{several:?}");
        let text = several.to_string();
        assert!(text.contains("Order::by_customer") && text.contains("`CUSTOMER#C001`"), "{text}");
    }
}

pub async fn whether_an_item_exists<B: Store>(backend: B) {
    let recorder = Recorder::new(backend);
    let shop = Shop::on(recorder.clone());
    let exists = |id: &str| Order::key("C001", id).exists();
    assert!(!exists("a").send(&shop).await.unwrap());
    orders(&shop, &["a", "ab"]).await;
    recorder.take();
    assert!(exists("a").send(&shop).await.unwrap());
    assert!(exists("ab").consistent().send(&shop).await.unwrap());
    assert!(!exists("b").send(&shop).await.unwrap());
    let requests = recorder.take();
    assert_eq!(requests.operations(), [Operation::Query; 3], "{requests}");
    assert!(exists("").send(&shop).await.unwrap_err().is_invalid_key());
}

pub async fn a_query_of_a_literal_sort_key<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let customer = Customer { customer_id: "C001".into(), name: "Ada".into(), email: None };
    customer.put().send(&shop).await.unwrap();
    assert_eq!(Customer::profile("C001").first(&shop).await.unwrap(), Some(customer));
    assert_eq!(Customer::profile("C002").first(&shop).await.unwrap(), None);
}

pub async fn bounds_reach_the_limit_of_keys<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    // Together with `ITEM#00001#`, the sort key has all bytes that it can have.
    let most = B::LIMITS.sort_key_bytes;
    let longest = |end: &str| format!("{}{end}", "y".repeat(most - 11 - end.len()));
    let (a, b) = (longest("a"), longest("b"));
    for product in [&a, &b] {
        item("O", 1, product).put().send(&shop).await.unwrap();
    }
    let query = || OrderItem::in_order("O").eq(1);
    use std::ops::Bound::{Excluded, Unbounded};
    assert_eq!(query().range(&a..).count(&shop).await.unwrap(), 2);
    assert_eq!(query().range(..=&b).count(&shop).await.unwrap(), 2);
    assert_eq!(query().range(..&b).count(&shop).await.unwrap(), 1);
    assert_eq!(query().range((Excluded(&a), Unbounded)).count(&shop).await.unwrap(), 1);
    assert_eq!(query().range((Excluded(&b), Unbounded)).count(&shop).await.unwrap(), 0);
    let request = query().range((Excluded(&a), Excluded(&b))).request().unwrap();
    match most == Limits::DYNAMODB.sort_key_bytes {
        true => assert!(request.is_none(), "there is no key between them"),
        // Only the backend knows that no key is longer.
        false => assert!(request.is_some()),
    }
    let too_long = format!("{a}{}", "a".repeat(Limits::DYNAMODB.sort_key_bytes - most + 1));
    let error = query().range(&too_long..).count(&shop).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("1025 bytes"), "{error}");
}
