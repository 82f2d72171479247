//! Bad input gives an error that names the entity and the field or key. Nothing is written.

use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::{Account, Club, account};
use monotable_tests::{Order, OrderItem, Shop, Status, at, item, order};
use serde::{Deserialize, Serialize};

pub async fn empty_parts<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let error = order("C001", "").put().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_key(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Order::put") && text.contains("`order_id` is empty"), "{text}");
    // The same is true for an index key.
    let mut stored = order("C001", "1");
    stored.region = Some(String::new());
    let error = stored.put().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("`region`"), "{error}");
    assert!(error.to_string().contains("gsi2"), "{error}");
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 0);
    for error in [
        Order::get("", "1").send(&shop).await.unwrap_err(),
        Order::key("", "1").delete().send(&shop).await.unwrap_err(),
        Order::by_customer("").all(&shop).await.unwrap_err(),
        Order::by_customer("C001").eq("").all(&shop).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_key() && error.to_string().contains("is empty"), "{error:?}");
    }
}

pub async fn texts_that_repeat_the_literal_before_them<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let in_region = Order { region: Some("REGION#north".into()), ..order("C001", "1") };
    let same = || Order::by_customer("C001");
    for (error, literal) in [
        (order("CUSTOMER#C001", "1").put().send(&shop).await.unwrap_err(), "CUSTOMER#"),
        (order("C001", "ORDER#1").create().send(&shop).await.unwrap_err(), "ORDER#"),
        (in_region.put().send(&shop).await.unwrap_err(), "REGION#"),
        (Order::get("CUSTOMER#C001", "1").send(&shop).await.unwrap_err(), "CUSTOMER#"),
        (Order::get("C001", "ORDER#1").send(&shop).await.unwrap_err(), "ORDER#"),
        (Order::key("C001", "ORDER#1").delete().send(&shop).await.unwrap_err(), "ORDER#"),
        (Order::by_customer("CUSTOMER#C001").all(&shop).await.unwrap_err(), "CUSTOMER#"),
        (Order::by_region("REGION#north").all(&shop).await.unwrap_err(), "REGION#"),
        (same().eq("ORDER#1").all(&shop).await.unwrap_err(), "ORDER#"),
        (same().begins_with("ORDER#").all(&shop).await.unwrap_err(), "ORDER#"),
        (same().range("ORDER#1"..).all(&shop).await.unwrap_err(), "ORDER#"),
        (same().range(..="ORDER#1").all(&shop).await.unwrap_err(), "ORDER#"),
    ] {
        let text = error.to_string();
        assert!(error.is_invalid_key(), "{error:?}");
        assert!(
            text.contains(&format!("begins with `{literal}`")) && text.starts_with("Order"),
            "{text}"
        );
    }
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 0);
    // Other texts are values like any other.
    for id in ["ORDER", "order#1", "CUSTOMER#1", "1ORDER#"] {
        order("C001", id).put().send(&shop).await.unwrap();
        assert!(Order::get("C001", id).send(&shop).await.unwrap().is_some(), "{id}");
    }
}

/// A number with a width of four digits in the sort key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Narrow, pk = "N#{id}", sk = "{n:04}")]
#[access(numbers)]
struct Number {
    id: String,
    n: u32,
}

#[derive(Debug, Table)]
enum Narrow {
    #[allow(dead_code)]
    Number(Number),
}

pub async fn parts_too_wide<B: Store>(backend: B) {
    let table = Narrow::on(backend);
    let number = Number { id: "a".into(), n: 10_000 };
    for error in [
        number.put().send(&table).await.unwrap_err(),
        Number::get("a", 10_000).send(&table).await.unwrap_err(),
        Number::numbers("a").eq(10_000).all(&table).await.unwrap_err(),
        Number::numbers("a").range(..=10_000).all(&table).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_key(), "{error:?}");
        assert!(error.to_string().contains("`n` is 10000, which does not fit into 4"), "{error}");
    }
    assert_eq!(Number::numbers("a").count(&table).await.unwrap(), 0);
    Number { id: "a".into(), n: 9_999 }.put().send(&table).await.unwrap();
    assert_eq!(Number::numbers("a").count(&table).await.unwrap(), 1);
}

pub async fn keys_over_the_limits<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    // The keys have all bytes that they can have, with `ORDER#` and with `ITEM#00001#`.
    let most = B::LIMITS.sort_key_bytes;
    let (pk, sk) = ("x".repeat(B::LIMITS.partition_key_bytes - 6), "y".repeat(most - 11));
    item(&pk, 1, &sk).put().send(&shop).await.unwrap();
    assert!(OrderItem::get(&pk, 1, &sk).send(&shop).await.unwrap().is_some());
    let error = item(&format!("{pk}x"), 1, "p").put().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("partition key"), "{error}");
    let error = item("O", 1, &format!("{sk}y")).put().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("sort key"), "{error}");
    // A byte that is escaped takes three bytes.
    let error = item("O", 1, &"#".repeat(338)).put().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("1025 bytes"), "{error}");
    assert_eq!(OrderItem::in_order("O").count(&shop).await.unwrap(), 0);
    // The keys of indexes have the same limits.
    let error = order("C", &"y".repeat(most - 6)).put().send(&shop).await.unwrap_err();
    assert!(error.is_invalid_key() && error.to_string().contains("gsi1"), "{error}");
    assert_eq!(Order::by_customer("C").count(&shop).await.unwrap(), 0);
}

pub async fn items_over_the_limit<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut stored = order("C001", "1");
    stored.note = Some("x".repeat(B::LIMITS.item_bytes + 1024));
    let error = stored.put().send(&shop).await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Order") && text.contains("ORDER#1"), "{text}");
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), None);
    stored.note = Some("x".repeat(B::LIMITS.item_bytes - 1024));
    stored.put().send(&shop).await.unwrap();
}

pub async fn bounds_finer_than_the_part<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let mut stored = order("C001", "1");
    stored.placed_at = at("10:00:00.5");
    stored.put().send(&shop).await.unwrap();
    let query = || Order::by_status(Status::Placed);
    for error in [
        query().eq(at("10:00:00.5")).all(&shop).await.unwrap_err(),
        query().range(at("10:00:00.5")..).all(&shop).await.unwrap_err(),
        query().range(..at("10:00:00.000000001")).all(&shop).await.unwrap_err(),
    ] {
        assert!(error.is_invalid_key() && error.to_string().contains("`placed_at`"), "{error}");
    }
    assert_eq!(query().eq(at("10:00:00")).all(&shop).await.unwrap(), [stored]);
}

pub async fn limits_of_zero<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let error = Order::by_customer("C001").limit(0).all(&shop).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("limit"), "{error}");
    let error = Order::by_customer("C001").page_size(0).count(&shop).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("page_size"), "{error}");
}

/// An entity of another declaration of the same table. It has the keys of the shop's order items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Shadow, pk = "ORDER#{id}", sk = "ITEM#{line}#{product}")]
#[key(index = monotable_tests::Gsi3, pk = "THING#{id}", sk = "{line}")]
struct Thing {
    id: String,
    line: u16,
    product: String,
    total: u32,
}

#[derive(Debug, Table)]
#[table(
    name = "Shop",
    indexes(monotable_tests::Gsi1, monotable_tests::Gsi2, monotable_tests::Gsi3)
)]
enum Shadow {
    #[allow(dead_code)]
    Thing(Thing),
}

pub async fn items_of_another_entity<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    item("O", 1, "p").put().send(&shop).await.unwrap();
    let shadow = Shadow::on(backend);
    let thing = Thing { id: "O".into(), line: 2, product: "q".into(), total: 1 };
    thing.put().send(&shadow).await.unwrap();
    let error = OrderItem::get("O", 2, "q").send(&shop).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("`Thing`") && text.contains("ITEM#00002#q"), "{text}");
    let error = OrderItem::in_order("O").all(&shop).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("ITEM#00002#q"), "{error}");
    // The other items can still be read.
    let page = OrderItem::in_order("O").page_results(&shop).await.unwrap();
    let [first, second] = page.items.as_slice() else { panic!("{page:?}") };
    assert_eq!(first.as_ref().unwrap(), &item("O", 1, "p"));
    assert!(second.as_ref().unwrap_err().to_string().contains("ITEM#00002#q"));
}

/// A key part whose serde function keeps whole seconds only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Log, pk = "LOG#{id}", sk = "{at}")]
#[access(entries)]
struct Entry {
    id: String,
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    at: jiff::Timestamp,
}

#[derive(Debug, Table)]
enum Log {
    Entry(Entry),
}

pub async fn keys_that_are_read_back_differently<B: Store>(backend: B) {
    let log = Log::on(backend);
    let whole = Entry { id: "a".into(), at: at("10:00:00") };
    whole.put().send(&log).await.unwrap();
    assert_eq!(Entry::get("a", whole.at).send(&log).await.unwrap(), Some(whole));
    let half = Entry { id: "b".into(), at: at("10:00:00.5") };
    half.put().send(&log).await.unwrap();
    for error in [
        Entry::get("b", half.at).send(&log).await.unwrap_err(),
        Entry::entries("b").all(&log).await.unwrap_err(),
    ] {
        assert!(error.is_decode(), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("10:00:00.5") && text.contains("serde function"), "{text}");
    }
    // It can still be deleted by its key.
    Entry::key("b", half.at).delete().send(&log).await.unwrap();
    assert_eq!(Entry::entries("b").count(&log).await.unwrap(), 0);
}

/// An entity whose fields can have values that no store can hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Bags, pk = "BAG#{id}", sk = "BAG")]
struct Bag {
    id: String,
    ratio: f64,
    #[serde(default, with = "monotable::set")]
    tags: std::collections::BTreeSet<String>,
    nested: monotable::value::Value,
}

#[derive(Debug, Table)]
enum Bags {
    #[allow(dead_code)]
    Bag(Bag),
}

pub async fn values_that_no_store_holds<B: Store>(backend: B) {
    let bags = Bags::on(backend);
    bags.create_if_missing().await.unwrap();
    let nested = |levels: usize| {
        (0..levels).fold(monotable::value::Value::from("x"), |value, _| vec![value].into())
    };
    let fine = Bag { id: "a".into(), ratio: 0.5, tags: ["t".into()].into(), nested: nested(31) };
    fine.put().send(&bags).await.unwrap();
    assert_eq!(Bag::get("a").send(&bags).await.unwrap(), Some(fine.clone()));
    let of = |bag: Bag| Bag { id: "b".into(), ..bag };
    let cases = [
        (of(Bag { ratio: f64::NAN, ..fine.clone() }), "`ratio`"),
        (of(Bag { ratio: f64::INFINITY, ..fine.clone() }), "`ratio`"),
        (of(Bag { tags: [].into(), ..fine.clone() }), "`tags`"),
        (of(Bag { nested: nested(32), ..fine.clone() }), "`nested"),
    ];
    for (bag, attribute) in cases {
        let error = bag.put().send(&bags).await.unwrap_err();
        assert!(error.is_encode(), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("Bag::put") && text.contains("BAG#b"), "{text}");
        assert!(text.contains(attribute), "{text}");
    }
    let nan = Bag::key("a").update().set(Bag::RATIO, f64::NAN).send(&bags).await.unwrap_err();
    assert!(nan.is_encode() && nan.to_string().contains("`ratio`"), "{nan:?}");
    let nan = fine.put().when(Bag::RATIO.gt(f64::NAN)).send(&bags).await.unwrap_err();
    assert!(nan.is_encode() && nan.to_string().contains("`ratio`"), "{nan:?}");
    assert_eq!(Bag::get("b").send(&bags).await.unwrap(), None);
}

/// Items that another program has stored.
pub async fn items_of_other_shapes<B: Store>(backend: B) {
    let shop = Shop::on(backend.clone());
    item("O", 1, "p").put().send(&shop).await.unwrap();
    let table = Shop::DEF;
    let put = async |sk: &str, tag: Option<&str>| {
        #[derive(Serialize)]
        struct Fields {
            order_id: &'static str,
            line: &'static str,
        }
        let mut attributes = vec![(table.pk, "ORDER#O"), (table.sk, sk)];
        attributes.extend(tag.map(|tag| (table.tag, tag)));
        let fields = Fields { order_id: "O", line: "not a number" };
        let stored = backend.encode(&monotable::backend::Keyed::new(&attributes, &fields)).unwrap();
        let key = monotable::request::PrimaryKey { pk: "ORDER#O".into(), sk: sk.into() };
        let request = monotable::request::Put::new(table, "OrderItem", key, stored);
        backend.put(request).await.unwrap();
    };
    put("ITEM#00002#q", None).await;
    put("ITEM#00003#q", Some("OrderItem")).await;
    put("ITEM#00004#q", Some("Unknown")).await;
    let page = OrderItem::in_order("O").page_results(&shop).await.unwrap();
    let [fine, untagged, shape, unknown] = page.items.as_slice() else { panic!("{page:?}") };
    assert!(fine.is_ok());
    let text = |result: &Result<OrderItem, monotable::Error>| {
        let error = result.as_ref().unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        error.to_string()
    };
    assert!(text(untagged).contains("ITEM#00002#q") && text(untagged).contains("`_type`"));
    assert!(text(shape).contains("ITEM#00003#q") && text(shape).contains("`line`"));
    assert!(text(unknown).contains("ITEM#00004#q") && text(unknown).contains("`Unknown`"));
    assert!(text(shape).contains("OrderItem::in_order"), "{}", text(shape));
}

pub async fn returned_items_that_cannot_be_decoded<B: Store>(backend: B) {
    let shop = Shop::on(backend);
    let key = || OrderItem::key("O", 1, "p");
    let grow = || key().update().increment(OrderItem::QUANTITY, u32::MAX);
    item("O", 1, "p").put().send(&shop).await.unwrap();
    // The number is larger than the field's type allows.
    let error = grow().returning_new().send(&shop).await.unwrap_err();
    assert!(error.is_written() && error.is_decode() && !error.is_outcome_unknown(), "{error:?}");
    assert!(!error.is_retryable() && error.to_string().contains("the write happened"), "{error}");
    let error = key().delete().returning_old().send(&shop).await.unwrap_err();
    assert!(error.is_written() && error.to_string().contains("`quantity`"), "{error}");
    assert_eq!(key().get().send(&shop).await.unwrap(), None);

    // Reads, and writes that return nothing, are not said to have happened.
    item("O", 1, "p").put().send(&shop).await.unwrap();
    grow().send(&shop).await.unwrap();
    let error = key().get().send(&shop).await.unwrap_err();
    assert!(error.is_decode() && !error.is_written(), "{error:?}");
    let error = key().update_with(|item| item.quantity = 1).send(&shop).await.unwrap_err();
    assert!(error.is_decode() && !error.is_written(), "{error:?}");
    // A put replaces an item that it cannot return.
    let error = item("O", 1, "p").put().returning_old().send(&shop).await.unwrap_err();
    assert!(error.is_written(), "{error:?}");
    assert_eq!(key().get().send(&shop).await.unwrap(), Some(item("O", 1, "p")));
}

pub async fn writes_refused_by_an_item_that_cannot_be_read<B: Store>(backend: B) {
    #[derive(Serialize)]
    struct Fields {
        id: &'static str,
        name: &'static str,
        balance: &'static str,
        revision: u64,
    }
    let club = Club::on(backend.clone());
    club.create_if_missing().await.unwrap();
    let table = <Club as Schema>::DEF;
    let key = monotable::request::PrimaryKey { pk: "MEMBER#ada".into(), sk: "ACCOUNT#main".into() };
    let attributes = [(table.pk, &*key.pk), (table.sk, &*key.sk), (table.tag, "Account")];
    let fields = Fields { id: "ada", name: "main", balance: "much", revision: 7 };
    let stored = backend.encode(&monotable::backend::Keyed::new(&attributes, &fields)).unwrap();
    backend.put(monotable::request::Put::new(table, "Account", key.clone(), stored)).await.unwrap();
    let loaded = Account { revision: 6, ..account("ada", "main") };
    // It is not known whether this is another version.
    for error in [
        loaded.put().send(&club).await.unwrap_err(),
        loaded.update().set(Account::BALANCE, 1).send(&club).await.unwrap_err(),
        loaded.delete().send(&club).await.unwrap_err(),
    ] {
        assert!(error.is_decode() && !error.is_conflict() && !error.is_written(), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("cannot be read") && text.contains("`balance`"), "{text}");
    }
    let error = loaded.create().send(&club).await.unwrap_err();
    assert!(error.is_condition_failed() && error.current::<Account>().is_none(), "{error:?}");
    assert!(
        error.to_string().contains("exists already, and the stored item cannot be read"),
        "{error}"
    );
}
