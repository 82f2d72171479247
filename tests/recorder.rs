//! What a recorder counts and shows.

use monotable::change::{ChangeKind, StartFrom};
use monotable::embedded::Retention;
use monotable::prelude::*;
use monotable::request::Operation;
use monotable::schema::TableDef;
use monotable::testing::{Recorder, Request};
use monotable::{Cost, CrossPartitionTransactions, Result};
use monotable_tests::club::{Account, Club, account};
use monotable_tests::layer::{Around, Fault, Faults, Layer};
use monotable_tests::{Customer, Order, OrderItem, Shop, Status, Store, item, order};

fn recorded() -> (Table<Shop, Recorder<Embedded>>, Recorder<Embedded>) {
    let recorder = Recorder::new(Embedded::in_memory());
    (Shop::on(recorder.clone()), recorder)
}

#[tokio::test]
async fn each_kind_of_request_is_recorded() {
    let (shop, recorder) = recorded();
    let (first, second) = (order("C", "O1"), order("C", "O2"));
    shop.create_if_missing().await.unwrap();
    first.put().send(&shop).await.unwrap();
    Order::get("C", "O1").send(&shop).await.unwrap();
    Order::key("C", "O1").update().set(Order::NOTE, "x").send(&shop).await.unwrap();
    Order::get_many([first.primary_key(), second.primary_key()]).send(&shop).await.unwrap();
    shop.transact_get((Order::get("C", "O1"), Customer::get("C"))).send().await.unwrap();
    shop.transaction().add(second.create()).add(item("O2", 1, "P").put()).send().await.unwrap();
    let batch = shop.batch().add(item("O2", 2, "P").put()).add(first.delete());
    batch.send().await.unwrap().into_result().unwrap();
    Order::by_customer("C").all(&shop).await.unwrap();
    Order::key("C", "O2").delete().send(&shop).await.unwrap();

    let expected = [
        Operation::CreateTable,
        Operation::Put,
        Operation::Get,
        Operation::Update,
        Operation::BatchGet,
        Operation::TransactGet,
        Operation::TransactWrite,
        Operation::BatchWrite,
        Operation::Query,
        Operation::Delete,
    ];
    let requests = recorder.take();
    assert_eq!(requests.operations(), expected);
    let keys: Vec<_> = requests.iter().map(|call| call.request().keys().len()).collect();
    assert_eq!(keys, [0, 1, 1, 1, 2, 2, 2, 2, 0, 1]);
    assert!(requests.iter().all(|call| call.request().table().name == "Shop"));
    // `take` has emptied the record.
    assert_eq!(recorder.requests().len(), 0);
    assert_eq!(recorder.to_string(), "no requests");
}

#[tokio::test]
async fn a_request_is_shown_in_one_line() {
    let (shop, recorder) = recorded();
    order("C", "O1").create().send(&shop).await.unwrap();
    let placed = Order::by_status(Status::Placed).descending().limit(5);
    placed.all(&shop).await.unwrap();
    Order::by_customer("C").begins_with("O").count(&shop).await.unwrap();
    let lines = item("O1", 7, "P");
    shop.transaction()
        .add(lines.create())
        .add(Order::key("C", "O1").update().set(Order::NOTE, "x"))
        .send()
        .await
        .unwrap();
    let shown = recorder.requests().to_string();
    let without_costs: Vec<_> =
        shown.lines().map(|line| line.rsplit_once(" (").map_or(line, |(text, _)| text)).collect();
    assert_eq!(
        without_costs,
        [
            "4 requests",
            "  1. put Order: CUSTOMER#C / ORDER#O1, with a condition",
            "  2. query Order.by_status on gsi1: STATUS#PLACED / *, descending, at most 5",
            "  3. query Order.by_customer: CUSTOMER#C / ORDER#O*, count only",
            "  4. transact_write: put OrderItem ORDER#O1 / ITEM#00007#P, with a condition; \
             update Order CUSTOMER#C / ORDER#O1, with a condition",
        ]
    );
    assert_eq!(format!("{:?}", recorder.requests()), shown);
}

#[tokio::test]
async fn costs_are_summed_up() {
    let (shop, recorder) = recorded();
    order("C", "O1").put().send(&shop).await.unwrap();
    recorder.take();
    let (_, read) = Order::get("C", "O1").send_with_cost(&shop).await.unwrap();
    let (_, again) = Order::get("C", "O1").consistent().send_with_cost(&shop).await.unwrap();
    assert_ne!(read, Cost::ZERO);
    assert_eq!(recorder.cost(), read + again);
    assert_eq!(recorder.requests()[1].cost(), again);
}

#[tokio::test]
async fn a_request_that_is_refused_before_it_is_sent_is_not_recorded() {
    let (shop, recorder) = recorded();
    assert!(Order::get("", "O").send(&shop).await.unwrap_err().is_invalid_key());
    assert!(recorder.requests().is_empty(), "{recorder}");
}

/// The second attempt of `update_with` counts, and so does a call that fails.
#[tokio::test]
async fn each_attempt_is_recorded() {
    let recorder = Recorder::new(Embedded::in_memory());
    let club = Club::on(recorder.clone());
    account("ada", "main").create().send(&club).await.unwrap();
    recorder.take();
    let mut attempts = 0;
    let store = recorder.backend().clone();
    Account::key("ada", "main")
        .update_with(|account: &mut Account| {
            attempts += 1;
            if attempts == 1 {
                overtake(store.clone());
            }
            account.balance += 1;
        })
        .send(&club)
        .await
        .unwrap();
    let [get, update] = [Operation::Get, Operation::Update];
    assert_eq!(recorder.take().operations(), [get, update, get, update]);
}

/// Changes the account as another program does, on a runtime of its own.
fn overtake<B: Store + CrossPartitionTransactions>(store: B) {
    let other = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let club = Club::on(store);
            let add = Account::key("ada", "main").update().increment(Account::BALANCE, 10);
            add.send(&club).await.unwrap();
        });
    });
    other.join().unwrap();
}

/// A store that never answers.
#[derive(Debug, Clone)]
struct Silent;

impl<B: Store> Around<B> for Silent {
    async fn call<T: Send>(
        &self,
        _: &B,
        _: &'static TableDef,
        _: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn an_error_and_a_missing_answer_are_shown() {
    let faults = Faults::first([Some(Fault::Throttled)]);
    let recorder = Recorder::new(Layer::new(faults, Embedded::in_memory()));
    let shop = Shop::on(recorder.clone());
    assert!(OrderItem::get("O", 1, "P").send(&shop).await.unwrap_err().is_throttled());
    let requests = recorder.take();
    assert!(requests[0].answer().is_some_and(|answer| answer.is_err()));
    assert!(requests.to_string().contains(" (failed: "), "{requests}");

    // A future that is dropped while it waits has no answer.
    let silent = Recorder::new(Layer::new(Silent, Embedded::in_memory()));
    let shop = Shop::on(silent.clone());
    let get = OrderItem::get("O", 1, "P");
    tokio::select! {
        biased;
        _ = get.send(&shop) => panic!("the store does not answer"),
        () = std::future::ready(()) => {}
    }
    let requests = silent.take();
    assert!(requests[0].answer().is_none());
    assert!(matches!(requests[0].request(), Request::Get(_)));
    assert!(requests.to_string().ends_with(" (no answer)"), "{requests}");
}

#[tokio::test]
async fn changes_are_those_of_the_backend() {
    let store = Embedded::in_memory().with_change_log(Retention::default()).unwrap();
    let shop = Shop::on(Recorder::new(store));
    order("C", "O1").create().send(&shop).await.unwrap();
    shop.backend().take();
    let page = shop.changes(StartFrom::Oldest).next_page().await.unwrap();
    let [change] = &page.changes[..] else { panic!("{page:?}") };
    assert_eq!(change.kind, ChangeKind::Created(Shop::Order(order("C", "O1"))));
    assert_eq!(shop.backend().requests().len(), 0);
}
