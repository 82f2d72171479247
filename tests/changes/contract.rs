//! What every feed of all changes has to tell.

use crate::shop::newer::{self, Invoice};
use crate::shop::{Customer, Mail, Order, Shop, customer, order};
use monotable::backend::AllIndexes;
use monotable::change::{AllChanges, Decoded, FeedPosition, StartFrom, UnknownItems};
use monotable::change::{Change, ChangeOf, Changes};
use monotable::prelude::*;
use monotable::{ChangeFeed, ChangeKind, CrossPartitionTransactions};
use std::time::Duration;

/// A backend for these tests.
pub(crate) trait Feed:
    ChangeFeed<Mode = AllChanges, Indexes = AllIndexes> + CrossPartitionTransactions
{
}
impl<B> Feed for B where
    B: ChangeFeed<Mode = AllChanges, Indexes = AllIndexes> + CrossPartitionTransactions
{
}

/// Opens the table of these tests.
pub(crate) async fn open<B: Feed>(backend: B) -> Table<Shop, B> {
    let shop = Shop::on(backend);
    shop.create_if_missing().await.unwrap();
    shop
}

/// Reads until there are no more changes. Returns the last position, too.
pub(crate) async fn read<B: Feed, U: UnknownItems>(
    mut changes: Changes<Shop, B, U>,
) -> (Vec<ChangeOf<Shop, B, U>>, FeedPosition) {
    let mut all = Vec::new();
    loop {
        let page = changes.next_page().await.unwrap();
        all.extend(page.changes);
        if page.is_caught_up {
            return (all, page.position);
        }
    }
}

async fn all<B: Feed>(shop: &Table<Shop, B>) -> Vec<Change<Shop>> {
    read(shop.changes(StartFrom::Oldest)).await.0
}

fn kinds(changes: Vec<Change<Shop>>) -> Vec<ChangeKind<Shop>> {
    changes.into_iter().map(|change| change.kind).collect()
}

fn shop_order(number: u32, cents: u64) -> Shop {
    Shop::Order(order(number, cents))
}

pub(crate) async fn changes_are_told_with_the_items_before_and_after<B: Feed>(backend: B) {
    let shop = open(backend).await;
    assert_eq!(all(&shop).await, []);
    order(1, 100).create().send(&shop).await.unwrap();
    order(1, 200).put().send(&shop).await.unwrap();
    Order::key("C001", 1).update().increment(Order::CENTS, 50).send(&shop).await.unwrap();
    Order::key("C001", 1).delete().send(&shop).await.unwrap();
    order(1, 1).create().send(&shop).await.unwrap();
    let changes = all(&shop).await;
    for change in &changes {
        assert_eq!((&*change.key.pk, &*change.key.sk), ("CUSTOMER#C001", "ORDER#0000000001"));
        assert!(!change.id.is_empty());
    }
    assert_eq!(
        kinds(changes),
        [
            ChangeKind::Created(shop_order(1, 100)),
            ChangeKind::Updated { old: shop_order(1, 100), new: shop_order(1, 200) },
            ChangeKind::Updated { old: shop_order(1, 200), new: shop_order(1, 250) },
            ChangeKind::Deleted(shop_order(1, 250)),
            ChangeKind::Created(shop_order(1, 1)),
        ]
    );
}

pub(crate) async fn items_of_the_table_itself_are_left_out<B: Feed>(backend: B) {
    let shop = open(backend).await;
    let (ttl, ada) = (Duration::from_secs(60), customer("ada@example.com"));
    ada.create().send(&shop).await.unwrap();
    let email = "countess@example.com";
    ada.update().set(Customer::EMAIL, email).send(&shop).await.unwrap();
    let ada = customer(email);
    shop.once("work", "key", ttl).run(async || Ok::<_, monotable::Error>(1)).await.unwrap();
    shop.lease("name", ttl).acquire().await.unwrap().unwrap().release().await.unwrap();
    shop.consumer("name").step(async |_| Ok::<_, monotable::Error>(())).await.unwrap();
    ada.delete().send(&shop).await.unwrap();
    let old = Shop::Customer(customer("ada@example.com"));
    let expected = [
        ChangeKind::Created(old.clone()),
        ChangeKind::Updated { old, new: Shop::Customer(ada.clone()) },
        ChangeKind::Deleted(Shop::Customer(ada)),
    ];
    assert_eq!(kinds(all(&shop).await), expected);
}

pub(crate) async fn a_transaction_is_a_change_of_each_item<B: Feed>(backend: B) {
    let shop = open(backend).await;
    order(1, 1).create().send(&shop).await.unwrap();
    let mail = Mail { id: "1".into(), text: "Hello".into() };
    shop.transaction()
        .add(order(2, 2).create())
        .add(mail.create())
        .add(Order::key("C001", 1).delete())
        .send()
        .await
        .unwrap();
    let mut changes = kinds(all(&shop).await);
    assert_eq!(changes.remove(0), ChangeKind::Created(shop_order(1, 1)));
    assert_eq!(changes.len(), 3);
    for expected in [
        ChangeKind::Created(shop_order(2, 2)),
        ChangeKind::Created(Shop::Mail(mail)),
        ChangeKind::Deleted(shop_order(1, 1)),
    ] {
        assert!(changes.contains(&expected), "{changes:?}");
    }
}

pub(crate) async fn a_write_that_fails_is_no_change<B: Feed>(backend: B) {
    let shop = open(backend).await;
    order(1, 1).create().send(&shop).await.unwrap();
    assert!(order(1, 2).create().send(&shop).await.unwrap_err().is_condition_failed());
    let nothing = Order::key("C001", 9).update().set(Order::CENTS, 1).send(&shop).await;
    assert!(nothing.unwrap_err().is_not_found());
    let writes = shop.transaction().add(order(2, 1).create()).add(order(1, 2).create());
    assert!(writes.send().await.unwrap_err().is_cancelled());
    Order::key("C001", 9).delete().send(&shop).await.unwrap();
    assert_eq!(kinds(all(&shop).await), [ChangeKind::Created(shop_order(1, 1))]);
}

pub(crate) async fn unknown_items_are_handled_as_the_program_says<B: Feed>(backend: B) {
    let shop = open(backend.clone()).await;
    order(1, 1).create().send(&shop).await.unwrap();
    let invoice = Invoice { id: "7".into() };
    invoice.put().send(&newer::Shop::on(backend)).await.unwrap();
    order(2, 2).create().send(&shop).await.unwrap();

    let mut failing = shop.changes(StartFrom::Oldest);
    // The change of the first order may be in a page of its own.
    let error = loop {
        match failing.next_page().await {
            Ok(page) => assert!(!page.is_caught_up),
            Err(error) => break error,
        }
    };
    assert!(error.is_decode() && error.to_string().contains("Invoice"), "{error}");
    assert!(failing.next_page().await.unwrap_err().is_decode());

    let (skipped, _) = read(shop.changes(StartFrom::Oldest).skip_unknown()).await;
    assert_eq!(skipped.len(), 2);
    let (kept, _) = read(shop.changes(StartFrom::Oldest).keep_unknown()).await;
    assert_eq!(kept.len(), 3);
    let unknown = kept.iter().filter_map(|change| match &change.kind {
        ChangeKind::Created(Decoded::Unknown { error, .. }) => Some(error),
        _ => None,
    });
    assert_eq!(unknown.filter(|error| error.is_decode()).count(), 1);
}

pub(crate) async fn a_position_is_a_place_in_the_feed<B: Feed>(backend: B) {
    let shop = open(backend).await;
    let (none, mut position) = read(shop.changes(StartFrom::Oldest)).await;
    assert_eq!(none, []);
    let before = position.clone();
    for number in 1..=20 {
        order(number, 1).create().send(&shop).await.unwrap();
        if number % 5 == 0 {
            // As another process reads it.
            let stored = FeedPosition::new(position.to_string());
            let (changes, after) = read(shop.changes(StartFrom::After(stored))).await;
            let expected = (number - 4..=number).map(|it| ChangeKind::Created(shop_order(it, 1)));
            assert_eq!(kinds(changes), expected.collect::<Vec<_>>());
            position = after;
        }
    }
    let (again, _) = read(shop.changes(StartFrom::After(before))).await;
    assert_eq!(again.len(), 20);
    assert_eq!(read(shop.changes(StartFrom::After(position))).await.0, []);
}

pub(crate) async fn changes_have_the_same_names_each_time<B: Feed>(backend: B) {
    let shop = open(backend).await;
    for number in 0..30 {
        order(number % 7, u64::from(number) + 1).put().send(&shop).await.unwrap();
    }
    let first = all(&shop).await;
    assert_eq!(first.len(), 30);
    // With the items and times.
    assert_eq!(all(&shop).await, first);
    let mut names: Vec<_> = first.iter().map(|change| &change.id).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 30);
}

pub(crate) async fn reading_from_now_on_leaves_out_what_was_written_before<B: Feed>(backend: B) {
    let shop = open(backend).await;
    order(1, 1).create().send(&shop).await.unwrap();
    let mut changes = shop.changes(StartFrom::Now);
    // It begins when it is first read.
    let page = changes.next_page().await.unwrap();
    assert_eq!(page.changes, []);
    order(2, 2).create().send(&shop).await.unwrap();
    let (new, _) = read(changes).await;
    assert_eq!(kinds(new), [ChangeKind::Created(shop_order(2, 2))]);
    // A process that died after this page loses nothing. It may get what was written just before.
    let (again, _) = read(shop.changes(StartFrom::After(page.position))).await;
    assert_eq!(kinds(again).last(), Some(&ChangeKind::Created(shop_order(2, 2))));
}

pub(crate) async fn positions_of_others_are_refused<B: Feed>(backend: B) {
    let shop = open(backend).await;
    for text in ["", "x", "\u{1F980} 7"] {
        let mut changes = shop.changes(StartFrom::After(FeedPosition::new(text)));
        let error = changes.next_page().await.unwrap_err();
        assert!(error.is_invalid_cursor(), "{text}: {error}");
    }
    let error = shop.changes(StartFrom::Oldest).page_size(0).next_page().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
}

pub(crate) async fn pages_are_as_small_as_asked_for<B: Feed>(backend: B) {
    let shop = open(backend).await;
    let ada: Customer = customer("ada@example.com");
    ada.create().send(&shop).await.unwrap();
    for number in 0..10 {
        order(number, 1).create().send(&shop).await.unwrap();
    }
    let (mut changes, mut count) = (shop.changes(StartFrom::Oldest).page_size(3), 0);
    loop {
        let page = changes.next_page().await.unwrap();
        assert!(page.changes.len() <= 3);
        count += page.changes.len();
        if page.is_caught_up {
            break;
        }
    }
    assert_eq!(count, 11);
}
