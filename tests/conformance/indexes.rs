//! Indexes: which items are in them, and what their queries return.

use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::{Order, Shop, Status, at, keys, order};

pub async fn puts_and_deletes_change_an_index<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut stored = order("C001", "1");
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_status(Status::Placed).all(&shop).await.unwrap(), [stored.clone()]);
    stored.status = Status::Paid;
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_status(Status::Placed).count(&shop).await.unwrap(), 0);
    assert_eq!(Order::by_status(Status::Paid).all(&shop).await.unwrap(), [stored.clone()]);
    // A change of a field that is in no key is visible in the index, too.
    stored.total = 5;
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_status(Status::Paid).all(&shop).await.unwrap(), [stored.clone()]);
    stored.delete().send(&shop).await.unwrap();
    assert_eq!(Order::by_status(Status::Paid).count(&shop).await.unwrap(), 0);
}

pub async fn sparse_by_an_absent_part<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut stored = order("C001", "1");
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_region("north").count(&shop).await.unwrap(), 0);
    stored.region = Some("north".into());
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_region("north").count(&shop).await.unwrap(), 1);
    stored.region = None;
    stored.put().send(&shop).await.unwrap();
    assert_eq!(Order::by_region("north").count(&shop).await.unwrap(), 0);
}

pub async fn sparse_by_a_predicate<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let day = jiff::civil::date(2026, 11, 2);
    let mut stored = order("C001", "1");
    stored.placed_at = at("10:00:00");
    for (status, count) in [(Status::Placed, 1), (Status::Paid, 1), (Status::Shipped, 0)] {
        stored.status = status;
        stored.put().send(&shop).await.unwrap();
        assert_eq!(Order::open_on(day).count(&shop).await.unwrap(), count, "{status:?}");
    }
}

pub async fn keys_only_yields_keys<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    let mut stored = order("C#001", "%1");
    stored.region = Some("north".into());
    stored.put().send(&shop).await.unwrap();
    let entry = Order::by_region("north").eq(Status::Placed).one(&shop).await.unwrap();
    assert_eq!(entry.key().parts(), &("C#001".to_owned(), "%1".to_owned()));
    assert_eq!(entry.index_key(), ("REGION#north", "PLACED#1970-01-01T00:00:00Z"));
    assert_eq!(entry.key_part(Order::REGION).unwrap(), stored.region);
    assert_eq!(entry.key_part(Order::STATUS).unwrap(), stored.status);
    assert_eq!(entry.key_part(Order::PLACED_AT).unwrap(), stored.placed_at);
    assert_eq!(entry.into_key().get().send(&shop).await.unwrap(), Some(stored));
    // The index entry has only the keys.
    let request = Order::by_region("north").request().unwrap().unwrap();
    let page = backend.query(request).await.unwrap();
    let entry = &page.items[0];
    for held in ["pk", "sk", "gsi2pk", "gsi2sk"] {
        assert!(monotable::backend::Readable::text(entry, held).is_some(), "{held}");
    }
    for other in ["_type", "order_id", "gsi1pk", "gsi3pk"] {
        assert!(monotable::backend::Readable::text(entry, other).is_none(), "{other}");
    }
}

pub async fn include_yields_what_is_included<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    let mut stored = order("C001", "1");
    stored.placed_at = at("10:00:00");
    stored.total = 7;
    stored.put().send(&shop).await.unwrap();
    let query = Order::open_on(jiff::civil::date(2026, 11, 2));
    let found = query.clone().all(&shop).await.unwrap();
    assert_eq!(found[0].get(Order::TOTAL).unwrap(), 7);
    assert_eq!(keys(found), [stored.primary_key()]);
    #[derive(serde::Deserialize, Debug)]
    struct Entry {
        total: u32,
        _type: String,
        customer_id: Option<String>,
    }
    let page = backend.query(query.request().unwrap().unwrap()).await.unwrap();
    let entry: Entry = monotable::backend::Item::decode(&page.items[0]).unwrap();
    assert_eq!((entry.total, &*entry._type, entry.customer_id), (7, "Order", None));
}

pub async fn items_with_equal_index_keys_are_distinguished<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut wanted = Vec::new();
    for customer in ["A", "B", "C"] {
        // Orders of all customers have the same partition key and sort key on the index.
        let order = order(customer, "1");
        order.put().send(&shop).await.unwrap();
        wanted.push(order);
    }
    let found = Order::by_status(Status::Placed).page_size(1).all(&shop).await.unwrap();
    let mut customers: Vec<_> = found.iter().map(|o| &*o.customer_id).collect();
    customers.sort_unstable();
    assert_eq!(customers, ["A", "B", "C"]);
    let back = Order::by_status(Status::Placed).descending().page_size(2).all(&shop).await.unwrap();
    assert_eq!(back.iter().rev().collect::<Vec<_>>(), found.iter().collect::<Vec<_>>());
}

pub async fn buckets<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    for (id, clock, total) in [("1", "00:00:00", 5), ("2", "23:59:59.999999999", 50)] {
        let mut order = order("C001", id);
        order.placed_at = at(clock);
        order.total = total;
        order.put().send(&shop).await.unwrap();
    }
    let day = jiff::civil::date(2026, 11, 2);
    // The largest total comes first, because this part of the key is descending.
    let ids: Vec<_> = Order::open_on(day)
        .all(&shop)
        .await
        .unwrap()
        .iter()
        .map(|entry| entry.key().parts().1.clone())
        .collect();
    assert_eq!(ids, ["2", "1"]);
    assert_eq!(Order::open_on(day).range(10..).count(&shop).await.unwrap(), 1);
    assert_eq!(Order::open_on(day).range(..=5).count(&shop).await.unwrap(), 1);
    let next = jiff::civil::date(2026, 11, 3);
    assert_eq!(Order::open_on(next).count(&shop).await.unwrap(), 0);
}
