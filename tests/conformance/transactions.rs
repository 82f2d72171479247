//! Transactions that write and read, moves, and the deletion of item collections.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::club::{Club, Counter, counter};
use monotable_tests::{Customer, Order, OrderItem, Shop, Status, Store, customer, item, order};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Barrier;

pub async fn all_writes_are_made<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    let (ada, old) = (customer("C001"), order("C001", "0"));
    ada.create().send(&shop).await.unwrap();
    old.create().send(&shop).await.unwrap();
    shop.transaction()
        .add(order("C001", "1").create())
        .add(item("1", 1, "apple").put())
        .add(Customer::key("C001").update().set(Customer::NAME, "Eve"))
        .add(old.delete().when(Order::STATUS.eq(Status::Placed)))
        .send()
        .await
        .unwrap();
    assert_eq!(Order::by_customer("C001").all(&shop).await.unwrap(), [order("C001", "1")]);
    assert_eq!(OrderItem::in_order("1").count(&shop).await.unwrap(), 1);
    let eve = Customer::get("C001").send(&shop).await.unwrap().unwrap();
    assert_eq!(eve.name, "Eve");
    shop.transaction().send().await.unwrap();
}

pub async fn no_write_is_made_if_one_is_refused<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    let taken = order("C001", "1");
    taken.create().send(&shop).await.unwrap();
    let error = shop
        .transaction()
        .add(customer("C001").create())
        .add(taken.create())
        .add(Customer::key("C002").check())
        .add(order("C001", "2").put())
        .send()
        .await
        .unwrap_err();
    assert!(error.is_cancelled(), "{error:?}");
    let [first, second, third, fourth] = error.reasons() else { panic!("{error:?}") };
    assert!(first.is_none() && fourth.is_none(), "{error:?}");
    let second = second.as_ref().unwrap();
    assert!(second.is_condition_failed(), "{second:?}");
    assert_eq!(second.current::<Order>(), Some(&taken));
    assert!(third.as_ref().unwrap().is_not_found(), "{third:?}");
    let text = error.to_string();
    assert!(text.contains("request 1: Order::create"), "{text}");
    assert!(text.contains("request 2: Customer::check"), "{text}");
    assert_eq!(Customer::get("C001").send(&shop).await.unwrap(), None);
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 1);
}

pub async fn checks_have_conditions<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    customer("C001").create().send(&shop).await.unwrap();
    let named = |name: &str| Customer::key("C001").check().when(Customer::NAME.eq(name));
    let transaction = shop.transaction().add(named("Ada")).add(order("C001", "1").create());
    transaction.send().await.unwrap();
    let transaction = shop.transaction().add(named("Eve")).add(order("C001", "2").create());
    let error = transaction.send().await.unwrap_err();
    let reason = error.reasons()[0].as_ref().unwrap();
    assert!(reason.is_condition_failed(), "{error:?}");
    assert_eq!(reason.current::<Customer>().unwrap().name, "Ada");
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 1);
    // An update that changes nothing still checks its condition.
    let nothing = |name: &str| Customer::key("C001").update().when(Customer::NAME.eq(name));
    shop.transaction().add(nothing("Ada")).add(order("C001", "3").create()).send().await.unwrap();
    let error = shop.transaction().add(nothing("Eve")).send().await.unwrap_err();
    assert!(error.reasons()[0].as_ref().unwrap().is_condition_failed(), "{error:?}");
}

pub async fn limits_of_transactions<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    shop.create_if_missing().await.unwrap();
    let twice = shop.transaction().add(order("C001", "1").put()).add(order("C001", "1").delete());
    let error = twice.send().await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("ORDER#1"), "{error:?}");
    let many = |count| {
        (0..count).fold(shop.transaction(), |it, id| it.add(order("C", &format!("{id}")).put()))
    };
    let error = many(101).send().await.unwrap_err();
    assert!(error.is_too_large() && error.to_string().contains("101"), "{error:?}");
    many(100).send().await.unwrap();
    assert_eq!(Order::by_customer("C").count(&shop).await.unwrap(), 100);
    let large =
        |id: usize| Order { note: Some("x".repeat(390_000)), ..order("L", &format!("{id:02}")) };
    let large = (0..11).fold(shop.transaction(), |it, id| it.add(large(id).put()));
    let error = large.send().await.unwrap_err();
    assert!(error.is_too_large() && error.to_string().contains("bytes"), "{error:?}");
    assert_eq!(Order::by_customer("L").count(&shop).await.unwrap(), 0);
}

pub async fn a_transaction_is_made_once_for_each_token<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let club = Club::on(backend);
    counter("c", 0).create().send(&club).await.unwrap();
    let add = Counter::key("c").update().increment(Counter::COUNT, 1_u64);
    let transaction = club.transaction().add(add.clone());
    for _ in 0..3 {
        transaction.clone().send().await.unwrap();
    }
    let count =
        || async { Counter::get("c").consistent().send(&club).await.unwrap().unwrap().count };
    assert_eq!(count().await, 1);
    club.transaction().add(add.clone()).send().await.unwrap();
    assert_eq!(count().await, 2);
    // The token differs from run to run, because a store remembers it for ten minutes.
    let mine = format!("{:x}", jiff::Timestamp::now().as_nanosecond());
    for _ in 0..2 {
        club.transaction().add(add.clone()).idempotency_token(&mine).send().await.unwrap();
    }
    assert_eq!(count().await, 3);
    let other = Counter::key("c").update().increment(Counter::COUNT, 5_u64);
    let error = club.transaction().add(other).idempotency_token(&mine).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
    assert_eq!(count().await, 3);
}

pub async fn transact_get_reads_one_moment<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    customer("C001").create().send(&shop).await.unwrap();
    order("C001", "1").create().send(&shop).await.unwrap();
    let gets = (Customer::get("C001"), Order::get("C001", "1"), Order::get("C001", "2"));
    let (ada, first, second) = shop.transact_get(gets).send().await.unwrap();
    assert_eq!(ada, Some(customer("C001")));
    assert_eq!(first, Some(order("C001", "1")));
    assert_eq!(second, None);
    let gets: Vec<_> = ["2", "1"].map(|id| Order::get("C001", id)).into();
    let found = shop.transact_get(gets).send().await.unwrap();
    assert_eq!(found, [None, Some(order("C001", "1"))]);
    let gets: Vec<_> = (0..101).map(|id| Order::get("C001", id.to_string())).collect();
    assert!(shop.transact_get(gets).send().await.unwrap_err().is_too_large());
    let twice = vec![Order::get("C001", "1"), Order::get("C001", "1")];
    assert!(shop.transact_get(twice).send().await.unwrap_err().is_invalid_request());
    let none = shop.transact_get(Vec::<monotable::Get<Order>>::new()).send().await.unwrap();
    assert!(none.is_empty());
}

pub async fn a_move_is_a_delete_and_a_create<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    let old = order("C001", "1");
    let new = Order { customer_id: "C002".into(), ..old.clone() };
    assert!(old.move_to(&new).send(&shop).await.unwrap_err().is_not_found());
    old.create().send(&shop).await.unwrap();
    old.move_to(&new).send(&shop).await.unwrap();
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), None);
    let found = Order::by_status(Status::Placed).all(&shop).await.unwrap();
    assert_eq!(found, std::slice::from_ref(&new));
    old.create().send(&shop).await.unwrap();
    let error = old.move_to(&new).send(&shop).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    let stale = Order { total: 1, ..old.clone() };
    let other = Order { customer_id: "C003".into(), ..old.clone() };
    let error = stale.move_to(&other).send(&shop).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    assert!(old.move_to(&old).send(&shop).await.unwrap_err().is_invalid_request());
    assert_eq!(Order::get("C001", "1").send(&shop).await.unwrap(), Some(old));
}

pub async fn a_move_also_moves_the_guards<B: Store + CrossPartitionTransactions>(backend: B) {
    use monotable_tests::club::unique::{Club, Member, member};

    let club = Club::on(backend);
    let mut old = member("ada");
    old.handle = Some("countess".into());
    old.create().send(&club).await.unwrap();
    let mut new = Member { id: "lovelace".into(), ..old.clone() };
    new.handle = Some("lady".into());
    old.move_to(&new).send(&club).await.unwrap();
    let mut eve = member("eve");
    eve.email.clone_from(&old.email);
    assert!(eve.create().send(&club).await.unwrap_err().is_unique_violation());
    eve.email = "eve@club".into();
    eve.handle = Some("countess".into());
    eve.create().send(&club).await.unwrap();
    // The guard belongs to the new item, which can release it.
    new.delete().send(&club).await.unwrap();
    let mut again = member("again");
    again.email.clone_from(&old.email);
    again.create().send(&club).await.unwrap();
}

pub async fn item_collections_are_deleted<B: Store + CrossPartitionTransactions>(backend: B) {
    let shop = Shop::on(backend);
    customer("C001").create().send(&shop).await.unwrap();
    customer("C002").create().send(&shop).await.unwrap();
    let orders: Vec<_> = (0..60).map(|id| order("C001", &format!("{id:02}"))).collect();
    let report = shop.batch().add_all(orders.iter().map(Order::put)).send().await.unwrap();
    report.into_result().unwrap();
    let key = Customer::key("C001");
    let report = key.partition().query().limit(25).delete_all().send(&shop).await.unwrap();
    assert_eq!((report.deleted, report.more), (25, true));
    let report = key.partition().delete_all().send(&shop).await.unwrap();
    assert_eq!((report.deleted, report.more), (36, false));
    assert_eq!(Order::by_customer("C001").count(&shop).await.unwrap(), 0);
    assert_eq!(Order::by_status(Status::Placed).count(&shop).await.unwrap(), 0);
    assert!(Customer::get("C002").send(&shop).await.unwrap().is_some());
    let report = key.partition().delete_all().send(&shop).await.unwrap();
    assert_eq!((report.deleted, report.more), (0, false));
}

pub async fn deleting_a_collection_deletes_its_guards<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    use monotable_tests::club::unique::{Club, Member, member};

    let club = Club::on(backend);
    let mut ada = member("ada");
    ada.handle = Some("countess".into());
    ada.create().send(&club).await.unwrap();
    let report = Member::partition("ada").delete_all().send(&club).await.unwrap();
    assert_eq!(report.deleted, 1);
    let mut eve = member("eve");
    eve.handle = Some("countess".into());
    eve.email = ada.email;
    eve.create().send(&club).await.unwrap();
}

/// Two tasks send transactions on the same two items at the same time. Each transaction must be
/// made completely or not at all.
pub async fn concurrent_transactions_on_the_same_items_are_atomic<
    B: Store + CrossPartitionTransactions,
>(
    backend: B,
) {
    let club = Club::on(backend);
    for name in ["a", "b"] {
        counter(name, 100).create().send(&club).await.unwrap();
    }
    let start = Arc::new(Barrier::new(2));
    let transfer = |club: Table<Club, B>, from: &'static str, to: &'static str| {
        let start = start.clone();
        async move {
            start.wait().await;
            let mut done = 0;
            for _ in 0..50 {
                let sent = club
                    .transaction()
                    .add(
                        Counter::key(from)
                            .update()
                            .decrement(Counter::COUNT, 1_u64)
                            .when(Counter::COUNT.gt(0_u64)),
                    )
                    .add(Counter::key(to).update().increment(Counter::COUNT, 1_u64))
                    .send()
                    .await;
                match sent {
                    Ok(()) => done += 1,
                    Err(error) if error.is_cancelled() || error.is_conflict() => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            done
        }
    };
    let there = tokio::spawn(transfer(club.clone(), "a", "b"));
    let back = tokio::spawn(transfer(club.clone(), "b", "a"));
    let (there, back): (i64, i64) = (there.await.unwrap(), back.await.unwrap());
    let gets = (Counter::get("a"), Counter::get("b"));
    let (a, b) = club.transact_get(gets).send().await.unwrap();
    let (a, b) = (a.unwrap().count as i64, b.unwrap().count as i64);
    assert_eq!((a, b), (100 - there + back, 100 + there - back));
}

/// A user, whose guard is in the same partition as all users of the tenant and their guards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Cloud,
    pk = "TENANT#{tenant}",
    sk = "USER#{id}",
    unique(tenant, email, pk = "TENANT#{tenant}", sk = "EMAIL#{email}")
)]
#[access(users)]
struct User {
    tenant: String,
    id: String,
    email: String,
}

#[derive(Debug, Table)]
enum Cloud {
    #[allow(dead_code)]
    User(User),
}

pub async fn deleting_a_part_of_a_collection_keeps_the_guards_of_the_rest<
    B: Store + CrossPartitionTransactions,
>(
    backend: B,
) {
    let cloud = Cloud::on(backend);
    let user =
        |id: &str, email: &str| User { tenant: "t".into(), id: id.into(), email: email.into() };
    for id in ["1", "2", "3"] {
        user(id, &format!("{id}@t")).create().send(&cloud).await.unwrap();
    }
    let report = User::partition("t").query().limit(1).delete_all().send(&cloud).await.unwrap();
    assert_eq!((report.deleted, report.more), (1, true));
    // The unique values of the remaining items are still taken.
    let error = user("9", "3@t").create().send(&cloud).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(User::users("t").count(&cloud).await.unwrap(), 2);
    let report = User::partition("t").delete_all().send(&cloud).await.unwrap();
    assert_eq!((report.deleted, report.more), (2, false));
    for id in ["1", "2", "3"] {
        user("9", &format!("{id}@t")).create().send(&cloud).await.unwrap();
        user("9", &format!("{id}@t")).delete().send(&cloud).await.unwrap();
    }
}
