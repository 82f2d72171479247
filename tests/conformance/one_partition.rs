//! Transactions in one partition, on a backend that has no others.

use monotable::prelude::*;
use monotable::testing::Recorder;
use monotable::{Get, Transactions};
use monotable_tests::layer::OnePartition;
use monotable_tests::{Customer, Order, Shop, Status, Store, customer, order};

pub async fn writes_of_one_partition_are_made<B: Store + Transactions>(backend: B) {
    let shop = Shop::on(OnePartition(backend));
    let (ada, old) = (customer("C001"), order("C001", "0"));
    ada.create().send(&shop).await.unwrap();
    old.create().send(&shop).await.unwrap();
    shop.transaction_in(Customer::partition("C001"))
        .add(order("C001", "1").create())
        .add(order("C001", "2").put())
        .add(Customer::key("C001").update().set(Customer::NAME, "Eve"))
        .add(old.delete().when(Order::STATUS.eq(Status::Placed)))
        .add(Order::key("C001", "3").delete())
        .send()
        .await
        .unwrap();
    let orders = Order::by_customer("C001").all(&shop).await.unwrap();
    assert_eq!(orders, [order("C001", "1"), order("C001", "2")]);
    let eve = Customer::get("C001").send(&shop).await.unwrap().unwrap();
    assert_eq!(eve.name, "Eve");
    // The partition can be spelled by any entity in it.
    let mut more = shop.transaction_in(Order::by_customer("C001").partition());
    more.push(Customer::key("C001").check().when(Customer::NAME.eq("Eve")));
    let more = more.add_all(["4", "5"].map(|id| order("C001", id).into_create()));
    more.send().await.unwrap();
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 4);
    shop.transaction_in(eve.primary_key().partition()).send().await.unwrap();
}

pub async fn nothing_is_written_in_the_partition_if_one_write_is_refused<
    B: Store + Transactions,
>(
    backend: B,
) {
    let shop = Shop::on(OnePartition(backend));
    let taken = order("C001", "1");
    taken.create().send(&shop).await.unwrap();
    let transaction = shop
        .transaction_in(Customer::partition("C001"))
        .add(order("C001", "2").create())
        .add(taken.create())
        .add(Customer::key("C001").check());
    let error = transaction.clone().send().await.unwrap_err();
    assert!(error.is_cancelled(), "{error:?}");
    let [first, second, third] = error.reasons() else { panic!("{error:?}") };
    assert!(first.is_none(), "{error:?}");
    assert!(third.as_ref().unwrap().is_not_found(), "{error:?}");
    assert_eq!(second.as_ref().unwrap().current::<Order>(), Some(&taken));
    customer("C001").create().send(&shop).await.unwrap();
    let error = transaction.send().await.unwrap_err();
    let [first, second, third] = error.reasons() else { panic!("{error:?}") };
    assert!(first.is_none() && third.is_none(), "{error:?}");
    assert_eq!(second.as_ref().unwrap().current::<Order>(), Some(&taken));
    let text = error.to_string();
    assert!(text.contains("Shop::transaction_in"), "{text}");
    assert!(text.contains("request 1: Order::create"), "{text}");
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 1);
}

pub async fn other_partitions_are_refused_before_anything_is_sent<B: Store + Transactions>(
    backend: B,
) {
    let recorder = Recorder::new(backend);
    let shop = Shop::on(OnePartition(recorder.clone()));
    let start = || shop.transaction_in(Customer::partition("C001"));
    let other = order("C002", "7");
    for transaction in [
        start().add(Customer::key("C001").check()).add(other.put()),
        start().add(Customer::key("C001").check()).add(other.create()),
        start().add(Customer::key("C001").check()).add(other.delete()),
        start().add(Customer::key("C001").check()).add(Order::key("C002", "7").delete()),
        start().add(Customer::key("C001").check()).add(Order::key("C002", "7").check()),
        start()
            .add(Customer::key("C001").check())
            .add(Order::key("C002", "7").update().set(Order::NOTE, "late".to_owned())),
        // What follows changes nothing.
        start()
            .add(Customer::key("C001").check())
            .add(other.update().set(Order::NOTE, "late".to_owned()))
            .add(order("C001", "1").put()),
    ] {
        let error = transaction.send().await.unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
        let text = error.to_string();
        for part in [
            "Shop::transaction_in: request 1 is of Order",
            "`CUSTOMER#C002 / ORDER#7`",
            "partition `CUSTOMER#C001`",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
    let (first, second) = (Order::get("C001", "7"), Order::get("C002", "7"));
    let gets = (Customer::get("C001"), first, second);
    let request = shop.transact_get_in(Customer::partition("C001"), gets);
    let error = request.send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Shop::transact_get_in: request 2 is of Order"), "{text}");
    assert!(text.contains("`CUSTOMER#C002 / ORDER#7`"), "{text}");
    let empty = shop.transaction_in(Customer::partition("")).add(order("C001", "1").put());
    assert!(empty.send().await.unwrap_err().is_invalid_key());
    let empty = shop.transact_get_in(Customer::partition(""), (Customer::get("C001"),));
    assert!(empty.send().await.unwrap_err().is_invalid_key());
    let requests = recorder.take();
    assert!(requests.is_empty(), "{requests}");
}

pub async fn moves_stay_in_the_partition<B: Store + Transactions>(backend: B) {
    let shop = Shop::on(OnePartition(backend));
    let old = order("C001", "1");
    old.create().send(&shop).await.unwrap();
    let new = Order { order_id: "2".into(), ..old.clone() };
    let other = Order { customer_id: "C002".into(), ..old.clone() };
    let start = || shop.transaction_in(Customer::partition("C001"));
    let error = start().add(old.move_to(&other)).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert!(error.to_string().contains("`CUSTOMER#C002 / ORDER#1`"), "{error}");
    start().add(old.move_to(&new)).send().await.unwrap();
    assert_eq!(Order::by_customer("C001").all(&shop).await.unwrap(), [new]);
}

pub async fn limits_in_a_partition<B: Store + Transactions>(backend: B) {
    let shop = Shop::on(OnePartition(backend));
    shop.create_if_missing().await.unwrap();
    let start = || shop.transaction_in(Customer::partition("C"));
    let most = B::LIMITS.transaction;
    let many = |count| (0..count).fold(start(), |it, id| it.add(order("C", &id.to_string()).put()));
    let error = many(most + 1).send().await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert!(error.to_string().contains(&(most + 1).to_string()), "{error}");
    many(most).send().await.unwrap();
    assert_eq!(Order::by_customer("C").count(&shop).await.unwrap(), most);
    let twice = start().add(order("C", "1").put()).add(order("C", "1").delete());
    assert!(twice.send().await.unwrap_err().is_invalid_request());
    let size = 300_000;
    let large = |id: usize| Order { note: Some("x".repeat(size)), ..order("C", &id.to_string()) };
    let count = B::LIMITS.transaction_bytes / size + 1;
    let large = (0..count).fold(start(), |it, id| it.add(large(id).put()));
    assert!(large.send().await.unwrap_err().is_too_large());
}

pub async fn clones_in_a_partition_are_made_once<B: Store + Transactions>(backend: B) {
    let shop = Shop::on(OnePartition(backend));
    let create = order("C001", "1").into_create();
    let transaction = shop.transaction_in(Customer::partition("C001")).add(create.clone());
    for _ in 0..3 {
        transaction.clone().send().await.unwrap();
    }
    let again = shop.transaction_in(Customer::partition("C001")).add(create);
    assert!(again.send().await.unwrap_err().is_cancelled());
}

pub async fn transact_get_in_reads_one_moment<B: Store + Transactions>(backend: B) {
    let shop = Shop::on(OnePartition(backend));
    customer("C001").create().send(&shop).await.unwrap();
    order("C001", "1").create().send(&shop).await.unwrap();
    let start = || Customer::partition("C001");
    let gets = (Customer::get("C001"), Order::get("C001", "1"), Order::get("C001", "2"));
    let (ada, first, second) = shop.transact_get_in(start(), gets).send().await.unwrap();
    assert_eq!(ada, Some(customer("C001")));
    assert_eq!((first, second), (Some(order("C001", "1")), None));
    let gets: Vec<_> = ["2", "1"].map(|id| Order::get("C001", id)).into();
    let found = shop.transact_get_in(start(), gets).send().await.unwrap();
    assert_eq!(found, [None, Some(order("C001", "1"))]);
    let none = shop.transact_get_in(start(), Vec::<Get<Order>>::new()).send().await.unwrap();
    assert!(none.is_empty());
    let many = (0..=B::LIMITS.transaction).map(|id| Order::get("C001", id.to_string()));
    let many = shop.transact_get_in(start(), many.collect::<Vec<_>>());
    assert!(many.send().await.unwrap_err().is_too_large());
    let twice = vec![Order::get("C001", "1"), Order::get("C001", "1")];
    assert!(shop.transact_get_in(start(), twice).send().await.unwrap_err().is_invalid_request());
}
