//! An update either keeps every index up to date, or is refused.

use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::{Club, Member, member};
use monotable_tests::{Order, Shop, Status, at, keys, order};

async fn ids<B: Store>(shop: &Table<Shop, B>, status: Status) -> Vec<String> {
    let orders = Order::by_status(status).all(shop).await.unwrap();
    orders.into_iter().map(|order| order.order_id).collect()
}

pub async fn fields_that_an_index_needs_are_set_together<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    order("C001", "1").create().send(&shop).await.unwrap();
    // The update is by key, and sets all fields that the indexes of `status` need.
    let time = at("10:00:00");
    let update = Order::key("C001", "1").update();
    let update = update.set_index_key(Order::GSI3_KEY, (time, 7_u32, Status::Paid));
    update.send(&shop).await.unwrap();
    assert_eq!(ids(&shop, Status::Placed).await, Vec::<String>::new());
    assert_eq!(ids(&shop, Status::Paid).await, ["1"]);
    let day = jiff::civil::date(2026, 11, 2);
    assert_eq!(Order::open_on(day).count(&shop).await.unwrap(), 1);
    // The predicate of the sparse index does not hold any more, so the item leaves that index.
    let update = Order::key("C001", "1").update();
    let update = update.set_index_key(Order::GSI3_KEY, (time, 7_u32, Status::Shipped));
    update.send(&shop).await.unwrap();
    assert_eq!(Order::open_on(day).count(&shop).await.unwrap(), 0);
    assert_eq!(ids(&shop, Status::Shipped).await, ["1"]);
}

pub async fn a_field_that_alone_feeds_an_attribute_can_be_set_by_key<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    order("C001", "1").create().send(&shop).await.unwrap();
    assert_eq!(Order::by_region("north").count(&shop).await.unwrap(), 0);
    let key = Order::key("C001", "1");
    key.clone().update().set(Order::REGION, "north").send(&shop).await.unwrap();
    let found = Order::by_region("north").all(&shop).await.unwrap();
    assert_eq!(keys(found), std::slice::from_ref(&key));
    key.clone().update().set(Order::REGION, "south").send(&shop).await.unwrap();
    assert_eq!(Order::by_region("north").count(&shop).await.unwrap(), 0);
    assert_eq!(Order::by_region("south").count(&shop).await.unwrap(), 1);
    // When a part of the index key becomes `None`, the index entry is removed.
    key.update().remove(Order::REGION).send(&shop).await.unwrap();
    assert_eq!(Order::by_region("south").count(&shop).await.unwrap(), 0);
}

pub async fn a_loaded_update_knows_the_other_parts<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut wanted = Order { region: Some("north".into()), ..order("C001", "1") };
    wanted.create().send(&shop).await.unwrap();
    wanted.update().set(Order::STATUS, Status::Shipped).send(&shop).await.unwrap();
    wanted.status = Status::Shipped;
    assert_eq!(Order::by_status(Status::Shipped).all(&shop).await.unwrap(), [wanted.clone()]);
    let shipped = Order::by_region("north").eq(Status::Shipped);
    assert_eq!(shipped.count(&shop).await.unwrap(), 1);
    // This index is sparse by a predicate, and shipped orders are not open.
    let day = jiff::civil::date(1970, 1, 1);
    assert_eq!(Order::open_on(day).count(&shop).await.unwrap(), 0);
    wanted.update().set(Order::STATUS, Status::Paid).send(&shop).await.unwrap();
    assert_eq!(Order::open_on(day).count(&shop).await.unwrap(), 1);
}

pub async fn a_stale_entity_writes_no_wrong_key<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let loaded = Order { region: Some("north".into()), ..order("C001", "1") };
    loaded.create().send(&shop).await.unwrap();
    let moved = loaded.update().set(Order::PLACED_AT, at("10:00:00")).returning_new();
    let moved = moved.send(&shop).await.unwrap();
    // This update would write the old time into the sort key of `by_region`.
    let error = loaded.update().set(Order::STATUS, Status::Paid).send(&shop).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    assert_eq!(error.current::<Order>(), Some(&moved));
    // Fields that are not part of an index key that the update writes can differ from the store.
    loaded.update().set(Order::REGION, "south").send(&shop).await.unwrap();
    Order::key("C001", "1").update().set(Order::NOTE, "n").send(&shop).await.unwrap();
    moved.update().set(Order::STATUS, Status::Paid).send(&shop).await.unwrap();
    let found = Order::by_region("south").eq(Status::Paid).eq(at("10:00:00"));
    assert_eq!(found.count(&shop).await.unwrap(), 1);
}

/// A part that is `None` in memory, and missing in the store, is not a difference.
pub async fn absent_parts_are_not_stale<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    let loaded = order("C001", "1");
    loaded.create().send(&shop).await.unwrap();
    // `region` is `None` here, and is part of the index key that `placed_at` feeds.
    loaded.update().set(Order::PLACED_AT, at("11:00:00")).send(&shop).await.unwrap();
    let mut loaded = Order::get("C001", "1").send(&shop).await.unwrap().unwrap();
    loaded.region = Some("wrong".into());
    let update = loaded.update().set(Order::REGION, "right");
    update.send(&shop).await.unwrap();
}

pub async fn defaults_that_were_never_stored_are_not_stale<B: Store>(backend: B) {
    let club = Club::on(backend.clone());
    let mut loaded = member("ada");
    loaded.city = Some("Rome".into());
    loaded.create().send(&club).await.unwrap();
    // Removes a field, as if the item had been written before the field was added to the struct.
    let mut update = Member::key("ada").update().increment(Member::AGE, 1_u32);
    let mut request = update.clone().request(&backend).unwrap();
    let surname = monotable::expr::Path::attribute("surname");
    request.actions = vec![monotable::expr::Action::Remove(surname)];
    backend.update(request).await.unwrap();
    let found = Member::get("ada").send(&club).await.unwrap().unwrap();
    assert_eq!(found.surname, "");
    let renamed = found.update().set(Member::NAME, "Eva").returning_new();
    assert_eq!(renamed.send(&club).await.unwrap().name, "Eva");
    assert_eq!(Member::by_city("Rome").eq("").begins_with("E").count(&club).await.unwrap(), 1);
    update = Member::key("ada").update().set(Member::AGE, 3_u32);
    update.send(&club).await.unwrap();
}
