//! What a consumer does with a feed.

use crate::contract::{Feed, open};
use crate::shop::newer::{self, Invoice};
use crate::shop::{Mail, Order, Shop, Total, order};
use monotable::change::{Change, Consumed, Consumer, ConsumerError, OpenChanges, StartFrom};
use monotable::coordination::OnceError;
use monotable::prelude::*;
use monotable::{ChangeKind, Error};
use monotable_tests::layer::{Clock, Fault, Faults, Layer};
use std::cell::{Cell, RefCell};
use std::future::{Ready, ready};
use std::sync::Mutex;
use std::time::Duration;

/// Consumes all changes, and keeps the feed. Returns the numbers of the orders that were created.
async fn consume<B: Feed>(consumer: &mut Consumer<Shop, B>) -> Vec<u32> {
    let numbers = RefCell::new(Vec::new());
    let handler = created(&numbers);
    loop {
        let done = consumer.step(&handler).await.unwrap();
        assert!(!done.is_waiting);
        if done.is_caught_up {
            return numbers.take();
        }
    }
}

/// A handler that notes the numbers of the orders that were created.
fn created(numbers: &RefCell<Vec<u32>>) -> impl Fn(Change<Shop>) -> Ready<Result<(), Error>> {
    |change| {
        if let ChangeKind::Created(Shop::Order(order)) = change.kind {
            numbers.borrow_mut().push(order.number);
        }
        ready(Ok(()))
    }
}

async fn place<B: Feed>(shop: &Table<Shop, B>, numbers: impl IntoIterator<Item = u32>) {
    for number in numbers {
        order(number, 1).create().send(shop).await.unwrap();
    }
}

pub(crate) async fn a_consumer_goes_on_where_it_was<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..3).await;
    let mut first = shop.consumer("mails");
    assert_eq!(consume(&mut first).await, [0, 1, 2]);
    place(&shop, 3..5).await;
    assert_eq!(consume(&mut first).await, [3, 4]);
    assert_eq!(consume(&mut first).await, [] as [u32; 0]);
    first.release().await.unwrap();
    place(&shop, 5..7).await;
    assert_eq!(consume(&mut shop.consumer("mails")).await, [5, 6]);
}

pub(crate) async fn a_failed_change_comes_again<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..5).await;
    let (seen, mut consumer) = (RefCell::new(Vec::new()), shop.consumer("mails"));
    let failing = async |change: Change<Shop>| {
        let Some(Shop::Order(order)) = change.new_item() else { return Ok(()) };
        seen.borrow_mut().push((order.number, change.id.clone()));
        if order.number == 2 && seen.borrow().len() < 5 { Err("no") } else { Ok(()) }
    };
    for _ in 0..2 {
        match steps(&mut consumer, failing).await {
            Err(ConsumerError::Handler { id, key, error }) => {
                assert_eq!(Some(&(2, id)), seen.borrow().last());
                assert_eq!((&*key.sk, error), ("ORDER#0000000002", "no"));
            }
            other => panic!("{other:?}"),
        }
    }
    // The one that failed, and not those before it.
    let numbers = |from: usize| seen.borrow()[from..].iter().map(|(it, _)| *it).collect::<Vec<_>>();
    assert_eq!(numbers(0), [0, 1, 2, 2]);
    // Another worker begins at the page, which was not finished.
    consumer.release().await.unwrap();
    shop.consumer("mails").catch_up(failing).await.unwrap();
    assert_eq!(numbers(4), [0, 1, 2, 3, 4]);
    assert_eq!(seen.borrow()[4..7], seen.borrow()[..3]);
}

async fn steps<B: Feed, W: Future<Output = Result<(), &'static str>>>(
    consumer: &mut Consumer<Shop, B>,
    handler: impl Fn(Change<Shop>) -> W,
) -> Result<Consumed, ConsumerError<&'static str>> {
    loop {
        let done = consumer.step(&handler).await?;
        if done.is_idle() {
            return Ok(done);
        }
    }
}

/// As a function that a timer starts.
async fn on_time<B: Feed>(shop: &Table<Shop, B>) -> Vec<u32> {
    let numbers = RefCell::new(Vec::new());
    let done = shop.consumer("mails").catch_up(created(&numbers)).await.unwrap();
    assert!(done.is_caught_up && !done.is_waiting);
    numbers.into_inner()
}

pub(crate) async fn a_function_that_makes_a_consumer_each_time_does_its_work<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..2).await;
    assert_eq!(on_time(&shop).await, [0, 1]);
    place(&shop, 2..4).await;
    assert_eq!(on_time(&shop).await, [2, 3]);
    place(&shop, 4..6).await;
    // The feed is given back after an error, too, and the next call has the changes of the page.
    for _ in 0..2 {
        let error = shop.consumer("mails").catch_up(async |_| Err("no")).await.unwrap_err();
        assert!(matches!(error, ConsumerError::Handler { error: "no", .. }), "{error:?}");
    }
    assert_eq!(on_time(&shop).await, [4, 5]);
    let mut same = shop.consumer("mails");
    for number in 6..9 {
        place(&shop, number..number + 1).await;
        same.catch_up(async |_| Err("no")).await.unwrap_err();
        let numbers = RefCell::new(Vec::new());
        same.catch_up(created(&numbers)).await.unwrap();
        assert_eq!(numbers.into_inner(), [number]);
    }
}

type Dynamic = Box<dyn std::error::Error + Send + Sync>;

/// Handlers and work with an error of any kind, all with `?`.
async fn parse_all<B: Feed>(shop: &Table<Shop, B>) -> Result<(), Dynamic> {
    let mut consumer = shop.consumer("numbers");
    let done = consumer.catch_up(async |change: Change<Shop>| {
        let once = shop.once("parse", &change.id, Duration::from_secs(60));
        let parsed = once.run(async || Ok::<u32, Dynamic>(change.key.sk.parse()?)).await?;
        assert_eq!(parsed, 0, "no key is a number");
        Ok::<_, Dynamic>(())
    });
    done.await?;
    Ok(())
}

pub(crate) async fn a_handler_can_have_errors_of_every_kind<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..1).await;
    let error = parse_all(&shop).await.unwrap_err().to_string();
    assert!(error.contains("ORDER#0000000000") && error.contains("invalid digit"), "{error}");
}

pub(crate) async fn a_consumer_that_was_moved_stays_so_when_its_handler_fails<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..2).await;
    assert_eq!(on_time(&shop).await, [0, 1]);
    let mut consumer = shop.consumer("mails");
    assert!(consumer.restart(StartFrom::Oldest).await.unwrap());
    let failing = async |change: Change<Shop>| match change.new_item() {
        Some(Shop::Order(_)) => Err("no"),
        _ => Ok(()),
    };
    consumer.catch_up(failing).await.unwrap_err();
    let numbers = RefCell::new(Vec::new());
    consumer.catch_up(created(&numbers)).await.unwrap();
    assert_eq!(numbers.into_inner(), [0, 1]);
    // Only once.
    assert_eq!(on_time(&shop).await, [] as [u32; 0]);
}

pub(crate) async fn consumers_of_other_names_have_their_own_positions<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..2).await;
    assert_eq!(consume(&mut shop.consumer("a")).await, [0, 1]);
    place(&shop, 2..3).await;
    assert_eq!(consume(&mut shop.consumer("b")).await, [0, 1, 2]);
    let mut late = shop.consumer("c").start_from(StartFrom::Now);
    assert_eq!(consume(&mut late).await, [] as [u32; 0]);
    place(&shop, 3..4).await;
    assert_eq!(consume(&mut late).await, [3]);
    let error = shop.consumer("").step(async |_| Ok::<_, Error>(())).await.map_err(Error::from);
    let error = error.unwrap_err();
    assert!(error.is_invalid_key(), "{error:?}");
    assert!(error.to_string().ends_with("the name of the consumer is empty"), "{error}");
}

pub(crate) async fn one_worker_at_a_time<B: Feed>(backend: B) {
    let clock = Clock::default();
    let shop = open(Layer::new(clock.clone(), backend)).await;
    place(&shop, 0..2).await;
    let minute = Duration::from_secs(60);
    let worker = || shop.consumer("mails").lease(minute).clock_margin(Duration::from_secs(1));
    let (mut first, mut second) = (worker(), worker());
    assert_eq!(consume(&mut first).await, [0, 1]);
    place(&shop, 2..4).await;
    let ignored = async |_| Ok::<_, Error>(());
    let waits = second.catch_up(ignored).await.unwrap();
    assert!(waits.is_waiting && waits.is_idle() && waits.changes == 0);
    // Within the margin, too.
    clock.advance(minute);
    assert!(second.step(ignored).await.unwrap().is_waiting);
    clock.advance(minute);
    assert_eq!(consume(&mut second).await, [2, 3]);
    second.release().await.unwrap();
    place(&shop, 4..5).await;
    assert_eq!(consume(&mut worker()).await, [4]);
}

pub(crate) async fn a_frozen_worker_cannot_move_the_position_back<B: Feed>(backend: B) {
    let clock = Clock::default();
    let shop = open(Layer::new(clock.clone(), backend)).await;
    place(&shop, 0..2).await;
    let (mut frozen, mut other) = (shop.consumer("mails"), shop.consumer("mails"));
    // The first worker is frozen while it handles a change. The other one takes over, and goes further.
    let numbers = Mutex::new(Vec::new());
    let handled = Cell::new(0);
    let error = loop {
        let step = frozen.step(async |_| {
            if handled.replace(handled.get() + 1) == 0 {
                clock.advance(Duration::from_secs(60));
                place(&shop, 2..4).await;
                let theirs = Box::pin(other_consumes(&shop)).await;
                numbers.lock().unwrap().extend(theirs);
            }
            Ok::<_, Error>(())
        });
        match step.await {
            Ok(done) => assert!(!done.is_idle()),
            Err(ConsumerError::Request(error)) => break error,
            Err(other) => panic!("{other:?}"),
        }
    };
    assert!(error.is_lease_lost(), "{error}");
    // It noticed before it handled the second one.
    assert_eq!(handled.get(), 1);
    assert_eq!(*numbers.lock().unwrap(), [0, 1, 2, 3]);
    assert!(frozen.step(async |_| Ok::<_, Error>(())).await.unwrap().is_waiting);
    clock.advance(Duration::from_secs(60));
    place(&shop, 4..5).await;
    assert_eq!(consume(&mut other).await, [4]);
}

async fn other_consumes<B: Feed>(shop: &Table<Shop, B>) -> Vec<u32> {
    consume(&mut shop.consumer("mails")).await
}

pub(crate) async fn an_unknown_item_stops_a_consumer_until_it_is_skipped<B: Feed>(backend: B) {
    let shop = open(backend.clone()).await;
    place(&shop, 0..1).await;
    let invoice = Invoice { id: "7".into() };
    invoice.put().send(&newer::Shop::on(backend)).await.unwrap();
    place(&shop, 1..2).await;
    let mut consumer = shop.consumer("mails");
    for _ in 0..2 {
        match consumer.catch_up(async |_| Ok::<_, Error>(())).await {
            Err(ConsumerError::Request(error)) => assert!(error.is_decode(), "{error}"),
            other => panic!("{other:?}"),
        }
    }
    let mut consumer = consumer.skip_unknown();
    let numbers = RefCell::new(Vec::new());
    let done = consumer.catch_up(async |change| {
        numbers.borrow_mut().push(change.key.sk);
        Ok::<_, Error>(())
    });
    assert!(done.await.unwrap().is_caught_up);
    assert_eq!(numbers.borrow().last().map(String::as_str), Some("ORDER#0000000001"));
}

/// The number of changes in the feed, with those of the table itself.
async fn count_all<B: Feed>(shop: &Table<Shop, B>) -> usize {
    let backend = shop.backend();
    let request = OpenChanges::new(<Shop as Schema>::DEF, StartFrom::Oldest);
    let (mut reader, mut count) = (backend.open_changes(request).await.unwrap(), 0);
    loop {
        let page = backend.next_changes(&mut reader).await.unwrap();
        count += page.changes.len();
        if page.is_caught_up {
            return count;
        }
    }
}

pub(crate) async fn a_consumer_does_not_follow_its_own_writes<B: Feed>(backend: B) {
    let clock = Clock::default();
    let shop = open(Layer::new(clock.clone(), backend)).await;
    place(&shop, 0..3).await;
    let mut consumer = shop.consumer("mails");
    consume(&mut consumer).await;
    let before = count_all(&shop).await;
    for _ in 0..5 {
        consume(&mut consumer).await;
    }
    assert_eq!(count_all(&shop).await, before);
    // After an hour, the position is written, so that it does not become too old.
    clock.advance(Duration::from_secs(2 * 60 * 60));
    consume(&mut consumer).await;
    assert!(count_all(&shop).await > before);
}

pub(crate) async fn a_consumer_can_start_anew<B: Feed>(backend: B) {
    let shop = open(backend).await;
    place(&shop, 0..3).await;
    let mut consumer = shop.consumer("mails");
    consume(&mut consumer).await;
    assert!(consumer.restart(StartFrom::Oldest).await.unwrap());
    assert!(!shop.consumer("mails").restart(StartFrom::Now).await.unwrap());
    assert_eq!(consume(&mut consumer).await, [0, 1, 2]);
    place(&shop, 3..4).await;
    assert!(consumer.restart(StartFrom::Now).await.unwrap());
    assert_eq!(consume(&mut consumer).await, [] as [u32; 0]);
    consumer.release().await.unwrap();
    place(&shop, 4..5).await;
    // From the position of the consumer that started anew, and not from that before it.
    let again = consume(&mut shop.consumer("mails")).await;
    assert_eq!(again.last(), Some(&4));
}

/// Adds a change of an order to the total of its customer.
async fn add<B: Feed>(shop: &Table<Shop, B>, change: Change<Shop>) -> Result<(), Error> {
    let cents = |item: Option<&Shop>| match item {
        Some(Shop::Order(order)) => order.cents as i64,
        _ => 0,
    };
    let difference = cents(change.new_item()) - cents(change.old_item());
    if difference == 0 {
        return Ok(());
    }
    let a_day = Duration::from_secs(24 * 60 * 60);
    let once = shop.once("total", &change.id, 2 * a_day).in_transaction();
    let added = once.run(async |writes| {
        let total = Total::key("C001").update().increment(Total::CENTS, difference);
        Ok::<_, Error>((writes.add(total), ()))
    });
    added.await.map_err(|error: OnceError<(), Error>| error.into())
}

pub(crate) async fn an_aggregate_counts_each_change_once<B: Feed>(backend: B) {
    let shop = open(backend).await;
    Total { customer: "C001".into(), cents: 0 }.create().send(&shop).await.unwrap();
    for number in 0..6 {
        order(number, 10).create().send(&shop).await.unwrap();
    }
    order(0, 25).put().send(&shop).await.unwrap();
    Order::key("C001", 1).delete().send(&shop).await.unwrap();
    // The same changes come again and again.
    for round in 0..3 {
        let mut consumer = shop.consumer(format!("total {round}"));
        consumer.catch_up(|change| add(&shop, change)).await.unwrap();
        let total = Total::get("C001").send(&shop).await.unwrap().unwrap();
        assert_eq!(total.cents, 65);
    }
}

pub(crate) async fn an_outbox_is_published<B: Feed>(backend: B) {
    let shop = open(backend).await;
    for number in 0..3 {
        let mail = Mail { id: number.to_string(), text: format!("order {number}") };
        let placed = shop.transaction().add(order(number, 1).create()).add(mail.create());
        placed.send().await.unwrap();
    }
    let sent = RefCell::new(Vec::new());
    let publish = async |change: Change<Shop>| {
        if let ChangeKind::Created(Shop::Mail(mail)) = change.kind {
            sent.borrow_mut().push(mail.text.clone());
            mail.delete().send(&shop).await?;
        }
        Ok::<_, Error>(())
    };
    shop.consumer("outbox").catch_up(publish).await.unwrap();
    sent.borrow_mut().sort();
    assert_eq!(*sent.borrow(), ["order 0", "order 1", "order 2"]);
    for number in 0..3 {
        assert_eq!(Mail::get(number.to_string()).send(&shop).await.unwrap(), None);
    }
}

pub(crate) async fn lost_answers_do_no_harm<B: Feed>(backend: B) {
    let plain = open(backend.clone()).await;
    place(&plain, 0..60).await;
    let faults = Faults::new(&[Fault::LostAnswer, Fault::Reset, Fault::Throttled], 5).percent(40);
    let shop = Shop::on(Layer::new(faults.clone(), backend));
    let mut consumer = shop.consumer("mails").page_size(3);
    assert_eq!(consume(&mut consumer).await, (0..60).collect::<Vec<_>>());
    consumer.release().await.unwrap();
    let log = faults.log();
    assert!(log.count(Some(Fault::LostAnswer)) > 0 && log.count(Some(Fault::Reset)) > 0);
    // Nothing is left for another worker, which need not wait.
    assert_eq!(consume(&mut plain.consumer("mails")).await, [] as [u32; 0]);
}
