//! Partitions as values: the items of all entities of a partition are read, counted and deleted together.

use futures_util::TryStreamExt as _;
use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::request::Put;
use monotable::{CrossPartitionTransactions, Cursor};
use monotable_tests::Store;
use monotable_tests::club::{Club, Seat, seat, session};
use monotable_tests::{Customer, Order, Shop, Status, customer, order};
use serde::{Deserialize, Serialize};

/// Stores two customers with three orders each, and returns the items of the first one in the order of keys.
async fn filled<B: Store>(shop: &Table<Shop, B>) -> Vec<Shop> {
    for id in ["C001", "C002"] {
        customer(id).create().send(shop).await.unwrap();
        for number in 1..=3 {
            order(id, &format!("O{number}")).create().send(shop).await.unwrap();
        }
    }
    let orders = (1..=3).map(|number| Shop::from(order("C001", &format!("O{number}"))));
    orders.chain([Shop::from(customer("C001"))]).collect()
}

pub async fn items_of_all_entities_are_read_in_order<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut items = filled(&shop).await;
    let query = || Customer::partition("C001").query();
    assert_eq!(query().all(&shop).await.unwrap(), items);
    assert_eq!(query().consistent().all(&shop).await.unwrap(), items);
    let streamed: Vec<Shop> = query().page_size(1).stream(&shop).try_collect().await.unwrap();
    assert_eq!(streamed, items);
    assert_eq!(query().limit(2).all(&shop).await.unwrap(), items[..2]);
    assert_eq!(query().first(&shop).await.unwrap().as_ref(), items.first());
    assert_eq!(Customer::partition("C001").count(&shop).await.unwrap(), 4);
    assert_eq!(query().limit(3).count(&shop).await.unwrap(), 3);
    items.reverse();
    assert_eq!(query().descending().all(&shop).await.unwrap(), items);
    assert_eq!(Customer::partition("C003").query().all(&shop).await.unwrap(), []);
}

pub async fn a_partition_has_several_spellings<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let items = filled(&shop).await;
    for query in [
        Order::partition("C001").query(),
        Order::by_customer("C001").partition().query(),
        Order::key("C001", "O1").partition().query(),
        order("C001", "O1").primary_key().partition().query(),
    ] {
        assert_eq!(query.all(&shop).await.unwrap(), items);
    }
}

pub async fn a_partition_is_read_page_by_page<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let items = filled(&shop).await;
    let query = || Customer::partition("C001").query().page_size(3);
    let first = query().page(&shop).await.unwrap();
    assert_eq!(first.items, items[..3]);
    let cursor: Cursor = first.cursor.unwrap().to_string().parse().unwrap();
    let second = query().after(cursor.clone()).page(&shop).await.unwrap();
    assert_eq!(second.items, items[3..]);
    let other = Customer::partition("C002").query().after(cursor.clone()).page(&shop).await;
    assert!(other.unwrap_err().is_invalid_cursor());
    let of_orders = Order::by_customer("C001").after(cursor).page(&shop).await;
    assert!(of_orders.unwrap_err().is_invalid_cursor());
}

pub async fn sort_keys_are_chosen_by_text<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let items = filled(&shop).await;
    let query = || Customer::partition("C001").query();
    let keys = ["ORDER#O1", "ORDER#O2", "ORDER#O3", "PROFILE"];
    for prefix in ["", "O", "ORDER#", "ORDER#O2", "PROFILE", "PROFILES", "Z"] {
        let found = query().begins_with(prefix).all(&shop).await.unwrap();
        let expected = items.iter().zip(keys).filter(|(_, key)| key.starts_with(prefix));
        assert_eq!(found, expected.map(|(item, _)| item.clone()).collect::<Vec<_>>(), "{prefix}");
    }
    let ends = ["", "A", "ORDER#O1", "ORDER#O2", "ORDER#O2\0", "ORDER#O3", "PROFILE", "Z"];
    for (low, high) in ends.into_iter().flat_map(|low| ends.map(|high| (low, high))) {
        let expected = |is_in: &dyn Fn(&str) -> bool| {
            let found = items.iter().zip(keys).filter(|(_, key)| is_in(key));
            found.map(|(item, _)| item.clone()).collect::<Vec<_>>()
        };
        let found = query().range(low..high).all(&shop).await.unwrap();
        assert_eq!(found, expected(&|key| (low..high).contains(&key)), "{low:?}..{high:?}");
        if !high.is_empty() {
            let found = query().range(low..=high).all(&shop).await.unwrap();
            assert_eq!(found, expected(&|key| (low..=high).contains(&key)), "{low:?}..={high:?}");
        }
        let found = query().range(low..).all(&shop).await.unwrap();
        assert_eq!(found, expected(&|key| key >= low), "{low:?}..");
        let found = query().range(..high).count(&shop).await.unwrap();
        assert_eq!(found, expected(&|key| key < high).len(), "..{high:?}");
    }
    assert_eq!(query().range(..).all(&shop).await.unwrap(), items);
}

pub async fn a_partition_of_an_index<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    filled(&shop).await;
    let placed = || Order::by_status(Status::Placed).partition();
    let items = placed().query().all(&shop).await.unwrap();
    assert_eq!(items.len(), 6);
    assert_eq!(placed().count(&shop).await.unwrap(), 6);
    let first = placed().query().page_size(4).page(&shop).await.unwrap();
    let rest = placed().query().page_size(4).after(first.cursor).page(&shop).await.unwrap();
    assert_eq!([first.items, rest.items].concat(), items);
    let orders: Vec<Shop> = Order::by_status(Status::Placed)
        .all(&shop)
        .await
        .unwrap()
        .into_iter()
        .map(Shop::from)
        .collect();
    assert_eq!(items, orders);
    // An index of keys only can be counted.
    let mut in_region = order("C009", "1");
    in_region.region = Some("north".into());
    in_region.create().send(&shop).await.unwrap();
    assert_eq!(Order::by_region("north").partition().count(&shop).await.unwrap(), 1);
}

pub async fn items_of_no_entity<B: Store>(backend: B) {
    #[derive(Serialize)]
    struct Nothing {}
    let shop = Shop::on(backend.clone());
    let items = filled(&shop).await;
    for (sk, tag) in [("ORDER#O2x", Some("Old")), ("Z", None)] {
        let mut attributes = vec![("pk", "CUSTOMER#C001"), ("sk", sk)];
        attributes.extend(tag.map(|tag| ("_type", tag)));
        let item = backend.encode(&Keyed::new(&attributes, &Nothing {})).unwrap();
        let mut key = Customer::key("C001").render().unwrap();
        sk.clone_into(&mut key.sk);
        backend.put(Put::new(Shop::DEF, "Old", key, item)).await.unwrap();
    }
    let query = || Customer::partition("C001").query();
    let error = query().all(&shop).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Customer::partition") && text.contains("`Old`"), "{text}");
    assert!(text.contains("ORDER#O2x"), "{text}");
    let results = query().page_results(&shop).await.unwrap().items;
    assert_eq!(results.iter().filter(|item| item.is_err()).count(), 2);
    assert_eq!(query().skip_unknown().all(&shop).await.unwrap(), items);
    let counts =
        [query().count(&shop).await.unwrap(), query().skip_unknown().count(&shop).await.unwrap()];
    assert_eq!(counts, [6, 4]);
    assert_eq!(query().skip_unknown().limit(3).all(&shop).await.unwrap(), items[..3]);
    let known = query().skip_unknown().delete_all().send(&shop).await.unwrap();
    assert_eq!(known.deleted, 4);
    let rest = Customer::partition("C001").delete_all().send(&shop).await.unwrap();
    assert_eq!(rest.deleted, 2);
    assert_eq!(query().count(&shop).await.unwrap(), 0);
}

pub async fn a_part_of_a_partition_is_deleted<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let items = filled(&shop).await;
    let query = || Customer::partition("C001").query();
    let report = query().range("ORDER#O2".."P").delete_all().send(&shop).await.unwrap();
    assert_eq!((report.deleted, report.more), (2, false));
    assert_eq!(query().all(&shop).await.unwrap(), [items[0].clone(), items[3].clone()]);
    let report = query().range("b".."a").delete_all().send(&shop).await.unwrap();
    assert_eq!((report.deleted, report.more), (0, false));
    let newest = query().descending().limit(1).delete_all().send(&shop).await.unwrap();
    assert_eq!((newest.deleted, newest.more), (1, true));
    assert_eq!(query().all(&shop).await.unwrap(), items[..1]);
}

pub async fn expired_items_of_a_partition<B: Store>(backend: B) {
    let club = Club::on(backend);
    let hall = |number, until| Club::from(Seat { until, ..seat("hall", number) });
    for item in
        [hall(1, None), hall(2, Some(1)), hall(3, Some(jiff::Timestamp::now().as_second() + 1000))]
    {
        let Club::Seat(seat) = item else { continue };
        seat.create().send(&club).await.unwrap();
    }
    let partition = || Seat::partition("hall");
    assert_eq!(partition().count(&club).await.unwrap(), 2);
    let items = partition().query().all(&club).await.unwrap();
    let seats = items.iter().map(|item| match item {
        Club::Seat(seat) => seat.seat,
        other => panic!("{other:?}"),
    });
    assert_eq!(seats.collect::<Vec<_>>(), [1, 3]);
    let deleted = partition().delete_all().send(&club).await.unwrap().deleted;
    // The embedded store may remove the expired item by itself.
    assert!(deleted == 2 || deleted == 3, "{deleted}");
    session("S", 100).create().send(&club).await.unwrap();
    assert_eq!(partition().count(&club).await.unwrap(), 0);
}

#[derive(Debug, Table)]
enum Site {
    User(User),
    Value(Value),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "USER#{id}", sk = "USER", unique(email))]
struct User {
    id: String,
    email: String,
}

/// Its items are in the partitions of the guards of `User`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Site, pk = "UNIQUE#User#email#{email}", sk = "VALUE#{n}")]
struct Value {
    email: String,
    n: u8,
}

pub async fn guards_in_a_partition_are_no_items<B: Store + CrossPartitionTransactions>(backend: B) {
    let site = Site::on(backend);
    let ann = User { id: "1".into(), email: "ann@site".into() };
    ann.create().send(&site).await.unwrap();
    for n in [1, 2] {
        Value { email: ann.email.clone(), n }.create().send(&site).await.unwrap();
    }
    let partition = || Value::partition(&ann.email);
    assert_eq!(partition().count(&site).await.unwrap(), 2);
    let items = partition().query().all(&site).await.unwrap();
    assert!(matches!(items[..], [Site::Value(_), Site::Value(_)]), "{items:?}");
    let first = partition().query().descending().first(&site).await.unwrap();
    assert!(matches!(first, Some(Site::Value(Value { n: 2, .. }))), "{first:?}");
    assert_eq!(partition().delete_all().send(&site).await.unwrap().deleted, 2);
    // The unique value is still taken.
    let thief = User { id: "2".into(), email: ann.email.clone() };
    assert!(thief.create().send(&site).await.unwrap_err().is_unique_violation());
    assert!(
        matches!(User::partition("1").query().first(&site).await.unwrap(), Some(Site::User(it)) if it == ann)
    );
}

pub async fn bad_partitions_are_refused<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let orders = || Order::by_customer("C001");
    for error in [
        Customer::partition("").query().all(&shop).await.unwrap_err(),
        Customer::partition("").count(&shop).await.unwrap_err(),
        Customer::partition("CUSTOMER#C001").delete_all().send(&shop).await.unwrap_err(),
        Order::by_customer("").partition().query().all(&shop).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_key() && error.to_string().contains("`customer_id`"), "{error:?}");
    }
    for query in [
        orders().limit(1),
        orders().page_size(1),
        orders().descending(),
        orders().consistent(),
        orders().filter(Order::TOTAL.gt(1)),
    ] {
        let error = query.partition().delete_all().send(&shop).await.unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
    }
    let none = Customer::partition("C001").query().limit(0).all(&shop).await.unwrap_err();
    assert!(none.is_invalid_request(), "{none:?}");
}
