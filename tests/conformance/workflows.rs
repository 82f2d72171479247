//! Workflows: steps that are one conditional update, steps that are repeated, and what other writes do with a state.

use jiff::{Timestamp, ToSpan as _};
use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::{Advanced, CrossPartitionTransactions, Error, Transactions, request};
use monotable_tests::Store;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::sync::Barrier;

#[derive(Debug, Index)]
#[index(name = "gsi1")]
pub struct ByStatus;
#[derive(Debug, Index)]
#[index(name = "gsi2")]
pub struct Due;

#[derive(Debug, Table)]
#[table(indexes(ByStatus, Due))]
#[allow(dead_code)]
pub enum Flow {
    Order(Order),
    Parcel(Parcel),
    Job(Job),
    Receipt(Receipt),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Flow, pk = "ORDER#{id}", sk = "ORDER")]
#[access(by_status, index = ByStatus, pk = "STATUS#{status}", sk = "{id}")]
#[access(due, index = Due, pk = "DUE#{status}", sk = "{due:s}#{id}")]
pub struct Order {
    id: String,
    status: Status,
    due: Option<Timestamp>,
    payment: Option<String>,
    note: Option<String>,
    attempts: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart, Workflow)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    #[next(Paid, OnHold, Cancelled)]
    Placed,
    #[adds(Order::PAYMENT)]
    #[next(Shipped, OnHold, Cancelled)]
    Paid,
    #[next(Placed, Cancelled)]
    OnHold,
    Shipped,
    Cancelled,
}

/// With a version, and an index key with other fields beside the state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Flow, pk = "PARCEL#{id}", sk = "PARCEL", version = version)]
#[access(on_the_way, index = ByStatus, pk = "TOWN#{town}", sk = "{place}#{weight:06}", when(place = Store | Road))]
pub struct Parcel {
    id: String,
    version: u64,
    town: String,
    place: Place,
    weight: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, KeyPart, Workflow)]
pub enum Place {
    #[next(Road)]
    Store,
    #[next(Door, Store)]
    Road,
    Door,
}

/// With two workflows, a state that was not always stored, a former name, and an expiry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Flow, pk = "JOB#{id}", sk = "JOB", ttl = until)]
pub struct Job {
    id: String,
    #[serde(default)]
    phase: Phase,
    #[serde(alias = "check")]
    audit: Audit,
    until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Workflow)]
pub enum Phase {
    #[default]
    #[next(Running)]
    Waiting,
    #[next(Ended)]
    Running,
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Workflow)]
pub enum Audit {
    #[next(Passed)]
    Open,
    #[initial]
    #[next(Open)]
    #[serde(alias = "Probe")]
    Sample,
    #[initial]
    Exempt,
    Passed,
}

/// Is in the partition of its order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Flow, pk = "ORDER#{id}", sk = "RECEIPT#{payment}")]
#[access(of_order)]
pub struct Receipt {
    id: String,
    payment: String,
}

fn order(id: &str) -> Order {
    let (due, payment, note) = (None, None, None);
    Order { id: id.into(), status: Status::Placed, due, payment, note, attempts: 0 }
}

fn parcel(id: &str) -> Parcel {
    let (town, place) = ("Bern".to_owned(), Place::Store);
    Parcel { id: id.into(), version: 0, town, place, weight: 30 }
}

async fn stored<B: Store>(flow: &Table<Flow, B>, id: &str) -> Order {
    Order::get(id).consistent().send(flow).await.unwrap().unwrap()
}

async fn stored_parcel<B: Store>(flow: &Table<Flow, B>, id: &str) -> Parcel {
    Parcel::get(id).consistent().send(flow).await.unwrap().unwrap()
}

#[track_caller]
fn check_wrong_state(error: &Error, current: &Order) {
    assert!(error.is_wrong_state() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.current::<Order>(), Some(current), "{error:?}");
}

pub async fn a_step_is_one_conditional_update<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    order("1").create().send(&flow).await.unwrap();
    let paid = Order::key("1")
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT, "p-1")
        .set(Order::NOTE, "gift")
        .returning_new();
    let paid = paid.send(&flow).await.unwrap();
    let expected = Order {
        status: Status::Paid,
        payment: Some("p-1".into()),
        note: Some("gift".into()),
        ..order("1")
    };
    assert_eq!(paid, expected);
    assert_eq!(stored(&flow, "1").await, expected);
    // The keys on the index are those of the new state.
    assert_eq!(Order::by_status(Status::Placed).all(&flow).await.unwrap(), []);
    assert_eq!(Order::by_status(Status::Paid).all(&flow).await.unwrap(), [expected]);
    // Other changes of an update go with it.
    let shipped = Order::key("1")
        .update()
        .increment(Order::ATTEMPTS, 1)
        .advance(Order::STATUS, Status::PAID.to(Status::SHIPPED))
        .remove(Order::NOTE);
    assert_eq!(shipped.send(&flow).await.unwrap(), Advanced::Now);
    let shipped = stored(&flow, "1").await;
    assert_eq!((shipped.status, shipped.attempts, shipped.note), (Status::Shipped, 1, None));
}

pub async fn a_step_that_comes_too_late_is_refused<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    let hold = || Order::key("1").advance(Order::STATUS, Status::PLACED.to(Status::ON_HOLD));
    let error = hold().send(&flow).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    order("1").create().send(&flow).await.unwrap();
    let cancel = Order::key("1").advance(Order::STATUS, Status::PLACED.to(Status::CANCELLED));
    assert_eq!(cancel.send(&flow).await.unwrap(), Advanced::Now);
    let cancelled = Order { status: Status::Cancelled, ..order("1") };
    let error = hold().set(Order::NOTE, "late").send(&flow).await.unwrap_err();
    check_wrong_state(&error, &cancelled);
    let error = error.to_string();
    assert!(error.starts_with("Order::advance: item `ORDER#1"), "{error}");
    assert!(error.contains("`Placed`") && error.contains("`OnHold`"), "{error}");
    assert_eq!(stored(&flow, "1").await, cancelled);
    // Another condition is told from a wrong state.
    order("2").create().send(&flow).await.unwrap();
    let hold = Order::key("2").advance(Order::STATUS, Status::PLACED.to(Status::ON_HOLD));
    let error = hold.when(Order::ATTEMPTS.gt(0)).send(&flow).await.unwrap_err();
    assert!(error.is_condition_failed() && !error.is_wrong_state(), "{error:?}");
    assert_eq!(error.current::<Order>(), Some(&order("2")));
}

pub async fn a_repeated_step_is_already_done<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    order("1").create().send(&flow).await.unwrap();
    let pay = |payment: &str, token: &str| {
        Order::key("1")
            .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
            .with(Order::PAYMENT, payment.to_owned())
            .idempotency_token(token)
    };
    assert_eq!(pay("p-1", "run-1").send(&flow).await.unwrap(), Advanced::Now);
    let paid = stored(&flow, "1").await;
    // Whatever else the repeated step would set.
    assert_eq!(pay("p-2", "run-1").send(&flow).await.unwrap(), Advanced::Already);
    assert_eq!(pay("p-2", "run-1").returning_new().send(&flow).await.unwrap(), paid);
    check_wrong_state(&pay("p-2", "run-2").send(&flow).await.unwrap_err(), &paid);
    // A clone has the same random token, and a request that is made anew has another one.
    let ship = || Order::key("1").advance(Order::STATUS, Status::PAID.to(Status::SHIPPED));
    let first = ship();
    assert_eq!(first.clone().send(&flow).await.unwrap(), Advanced::Now);
    assert_eq!(first.send(&flow).await.unwrap(), Advanced::Already);
    let shipped = Order { status: Status::Shipped, ..paid };
    check_wrong_state(&ship().send(&flow).await.unwrap_err(), &shipped);
    // The first step is still known, although the order has gone on.
    assert_eq!(pay("p-2", "run-1").send(&flow).await.unwrap(), Advanced::Already);
    assert_eq!(stored(&flow, "1").await, shipped);
    for bad in ["", &"x".repeat(129)] {
        let error = ship().idempotency_token(bad).send(&flow).await.unwrap_err();
        assert!(error.is_invalid_request(), "{error:?}");
    }
}

pub async fn a_circle_takes_another_token_each_time<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    order("1").create().send(&flow).await.unwrap();
    let hold = |token: &str| {
        let step = Status::PLACED.to(Status::ON_HOLD);
        Order::key("1").advance(Order::STATUS, step).idempotency_token(token)
    };
    let resume = || Order::key("1").advance(Order::STATUS, Status::ON_HOLD.to(Status::PLACED));
    assert_eq!(hold("a").send(&flow).await.unwrap(), Advanced::Now);
    assert_eq!(resume().send(&flow).await.unwrap(), Advanced::Now);
    // The order is in the state again from which the step comes, but this step has been done.
    assert_eq!(hold("a").send(&flow).await.unwrap(), Advanced::Already);
    assert_eq!(stored(&flow, "1").await.status, Status::Placed);
    assert_eq!(hold("b").send(&flow).await.unwrap(), Advanced::Now);
    assert_eq!(stored(&flow, "1").await.status, Status::OnHold);
}

pub async fn a_step_from_any_state<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    let cancel = |id: &str| Order::key(id).advance(Order::STATUS, Status::CANCELLED.from_any());
    for (id, status) in ["1", "2", "3"].iter().zip([Status::Placed, Status::Paid, Status::OnHold]) {
        let order = Order { status, ..order(id) };
        order.create().in_any_state().send(&flow).await.unwrap();
        assert_eq!(cancel(id).send(&flow).await.unwrap(), Advanced::Now);
        assert_eq!(stored(&flow, id).await, Order { status: Status::Cancelled, ..order });
    }
    let shipped = Order { status: Status::Shipped, ..order("4") };
    shipped.create().in_any_state().send(&flow).await.unwrap();
    check_wrong_state(&cancel("4").send(&flow).await.unwrap_err(), &shipped);
    // A cancelled order is not cancelled again by another step.
    let error = cancel("1").send(&flow).await.unwrap_err();
    assert!(error.is_wrong_state(), "{error:?}");
}

pub async fn index_keys_beside_the_state_stay_true<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    let first = parcel("1").create().returning_new().send(&flow).await.unwrap();
    let in_town = || Parcel::on_the_way("Bern");
    assert_eq!(in_town().eq(Place::Store).one(&flow).await.unwrap(), first);
    let road = first.advance(Parcel::PLACE, Place::STORE.to(Place::ROAD)).returning_new();
    let road = road.send(&flow).await.unwrap();
    assert_eq!((road.place, road.version > first.version), (Place::Road, true));
    assert_eq!(in_town().one(&flow).await.unwrap(), road);
    assert_eq!(in_town().eq(Place::Road).eq(30).one(&flow).await.unwrap(), road);
    // The old struct is in conflict, unless the state says more.
    let error = first.advance(Parcel::PLACE, Place::STORE.to(Place::ROAD)).send(&flow).await;
    assert!(error.unwrap_err().is_wrong_state());
    let error = first.advance(Parcel::PLACE, Place::ROAD.to(Place::STORE)).send(&flow).await;
    let error = error.unwrap_err();
    assert!(error.is_conflict() && !error.is_wrong_state(), "{error:?}");
    // Other fields of the key are set in the same request, and a key that ends with the state is removed.
    let back = road.advance(Parcel::PLACE, Place::ROAD.to(Place::STORE)).set(Parcel::WEIGHT, 31u32);
    let back = back.returning_new().send(&flow).await.unwrap();
    assert_eq!(in_town().eq(Place::Store).eq(31).one(&flow).await.unwrap(), back);
    let road = back.advance(Parcel::PLACE, Place::STORE.to(Place::ROAD)).returning_new();
    let road = road.send(&flow).await.unwrap();
    let door = road.advance(Parcel::PLACE, Place::ROAD.to(Place::DOOR));
    assert_eq!(door.send(&flow).await.unwrap(), Advanced::Now);
    assert_eq!(in_town().all(&flow).await.unwrap(), []);
    assert_eq!(stored_parcel(&flow, "1").await.place, Place::Door);
}

pub async fn other_writes_keep_the_state<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    let paid = Order { status: Status::Paid, ..order("1") };
    for error in [
        paid.create().send(&flow).await.unwrap_err(),
        Order::key("1")
            .update()
            .set(Order::NOTE, "x")
            .or_create(&paid)
            .send(&flow)
            .await
            .unwrap_err(),
    ] {
        assert!(error.is_invalid_request() && error.to_string().contains("`status`"), "{error:?}");
        assert!(error.to_string().contains("`Placed`"), "{error:?}");
    }
    assert!(!Order::key("1").exists().send(&flow).await.unwrap());
    let new = order("1");
    let note = Order::key("1").update().set(Order::NOTE, "x").or_create(&new);
    note.send(&flow).await.unwrap();
    let error = Order::key("1").update_with(|order| order.status = Status::Paid);
    let error = error.send(&flow).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`status`"), "{error:?}");
    assert_eq!(stored(&flow, "1").await, new);
    // All other changes are as always, and leave the tokens of steps where they are.
    let hold = Order::key("1").advance(Order::STATUS, Status::PLACED.to(Status::ON_HOLD));
    hold.clone().send(&flow).await.unwrap();
    Order::key("1").update_with(|order| order.attempts += 1).send(&flow).await.unwrap();
    Order::key("1").update().increment(Order::ATTEMPTS, 1).send(&flow).await.unwrap();
    assert_eq!(hold.clone().send(&flow).await.unwrap(), Advanced::Already);
    let held = stored(&flow, "1").await;
    assert_eq!((held.status, held.attempts), (Status::OnHold, 2));
    // A deleted order does not remember its steps.
    held.delete().send(&flow).await.unwrap();
    assert!(hold.clone().send(&flow).await.unwrap_err().is_not_found());
    new.create().send(&flow).await.unwrap();
    assert_eq!(hold.send(&flow).await.unwrap(), Advanced::Now);
}

pub async fn states_that_are_stored_in_other_forms<B: Store>(backend: B) {
    let flow = Flow::on(backend.clone());
    let job = |id: &str| {
        let (phase, audit, until) = (Phase::Waiting, Audit::Sample, None);
        Job { id: id.into(), phase, audit, until }
    };
    // Several states can be initial, and two workflows are two.
    let error = Job { audit: Audit::Open, ..job("1") }.create().send(&flow).await.unwrap_err();
    assert!(error.to_string().contains("`Sample` or `Exempt`"), "{error:?}");
    Job { audit: Audit::Exempt, ..job("2") }.create().send(&flow).await.unwrap();
    job("1").create().send(&flow).await.unwrap();
    let open = Job::key("1").advance(Job::AUDIT, Audit::SAMPLE.to(Audit::OPEN));
    assert_eq!(open.idempotency_token("t").send(&flow).await.unwrap(), Advanced::Now);
    let run = || Job::key("1").advance(Job::PHASE, Phase::WAITING.to(Phase::RUNNING));
    assert_eq!(run().idempotency_token("t").send(&flow).await.unwrap(), Advanced::Now);
    let stored = Job::get("1").consistent().send(&flow).await.unwrap().unwrap();
    assert_eq!((stored.phase, stored.audit), (Phase::Running, Audit::Open));

    // An item of an older program, without `phase`, and with the former names of `audit` and of its state.
    #[derive(Serialize)]
    struct Old {
        id: &'static str,
        check: &'static str,
    }
    let attributes = [("pk", "JOB#3"), ("sk", "JOB"), ("_type", "Job")];
    let old = Keyed::new(&attributes, &Old { id: "3", check: "Probe" });
    let (key, old) = (Job::key("3").render().unwrap(), backend.encode(&old).unwrap());
    backend.put(request::Put::new(Flow::DEF, "Job", key, old)).await.unwrap();
    let run = || Job::key("3").advance(Job::PHASE, Phase::WAITING.to(Phase::RUNNING));
    assert_eq!(run().send(&flow).await.unwrap(), Advanced::Now);
    assert!(run().send(&flow).await.unwrap_err().is_wrong_state());
    let open = || Job::key("3").advance(Job::AUDIT, Audit::SAMPLE.to(Audit::OPEN));
    assert_eq!(open().send(&flow).await.unwrap(), Advanced::Now);
    assert!(open().send(&flow).await.unwrap_err().is_wrong_state());
    let stored = Job::get("3").consistent().send(&flow).await.unwrap().unwrap();
    assert_eq!((stored.phase, stored.audit), (Phase::Running, Audit::Open));

    // The state of an item is known, also if the item cannot be read.
    #[derive(Serialize)]
    struct Broken {
        id: &'static str,
        status: &'static str,
    }
    let attributes = [("pk", "ORDER#9"), ("sk", "ORDER"), ("_type", "Order")];
    let broken = Keyed::new(&attributes, &Broken { id: "9", status: "SHIPPED" });
    let (key, broken) = (Order::key("9").render().unwrap(), backend.encode(&broken).unwrap());
    backend.put(request::Put::new(Flow::DEF, "Order", key, broken)).await.unwrap();
    let hold = Order::key("9").advance(Order::STATUS, Status::PLACED.to(Status::ON_HOLD));
    let error = hold.send(&flow).await.unwrap_err();
    assert!(error.is_wrong_state() && error.current::<Order>().is_none(), "{error:?}");
    assert!(error.to_string().contains("cannot be read"), "{error}");

    // An expired item is missing, in whatever state it is.
    let past = Some(Timestamp::try_from(SystemTime::now()).unwrap() - 1.hour());
    Job { until: past, ..job("4") }.create().send(&flow).await.unwrap();
    let run = Job::key("4").advance(Job::PHASE, Phase::WAITING.to(Phase::RUNNING));
    assert!(run.send(&flow).await.unwrap_err().is_not_found());
}

/// A step that died leaves its item in the index of what is due.
pub async fn steps_that_are_due_are_found<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    let now: Timestamp = "2026-11-02T12:00:00Z".parse().unwrap();
    let in_minutes = |minutes: i64| Some(now + minutes.minutes());
    Order { due: in_minutes(-1), ..order("late") }.create().send(&flow).await.unwrap();
    Order { due: in_minutes(15), ..order("early") }.create().send(&flow).await.unwrap();
    order("never").create().send(&flow).await.unwrap();
    let due = |status| Order::due(status).range(..=now).all(&flow);
    let [late] = due(Status::Placed).await.unwrap().try_into().unwrap();
    assert_eq!(late.id, "late");
    let pay = late
        .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
        .with(Order::PAYMENT, "p-1")
        .set(Order::DUE, in_minutes(-1));
    pay.send(&flow).await.unwrap();
    assert_eq!(due(Status::Placed).await.unwrap(), []);
    assert_eq!(due(Status::Paid).await.unwrap().len(), 1);
    let ship = Order::key("late").advance(Order::STATUS, Status::PAID.to(Status::SHIPPED));
    ship.remove(Order::DUE).send(&flow).await.unwrap();
    for status in [Status::Placed, Status::Paid, Status::Shipped] {
        assert_eq!(due(status).await.unwrap(), []);
    }
}

pub async fn one_of_many_concurrent_steps_is_done<B: Store>(backend: B) {
    let flow = Flow::on(backend);
    for round in 0..8 {
        let id = format!("{round}");
        order(&id).create().send(&flow).await.unwrap();
        let start = Arc::new(Barrier::new(8));
        let tasks = (0..8).map(|task| {
            let (flow, id, start) = (flow.clone(), id.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                // Half of them are of one step, and half are of another.
                let payment = format!("p-{task}");
                let pay = Order::key(&id)
                    .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
                    .with(Order::PAYMENT, payment.clone())
                    .idempotency_token(if task % 2 == 0 { "even" } else { "odd" });
                loop {
                    match pay.clone().send(&flow).await {
                        Ok(advanced) => return (task, Ok((advanced, payment))),
                        Err(error) if error.is_wrong_state() => return (task, Err(error)),
                        Err(error) if error.is_retryable() => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
            })
        });
        let (mut now, mut done, mut late) = (Vec::new(), Vec::new(), Vec::new());
        for task in tasks.collect::<Vec<_>>() {
            match task.await.unwrap() {
                (task, Ok((Advanced::Now, payment))) => now.push((task, payment)),
                (task, Ok((Advanced::Already, _))) => done.push(task),
                (task, Err(_)) => late.push(task),
            }
        }
        // One has paid, the others of its step know it, and those of the other step are late.
        let [(first, payment)] = now.try_into().unwrap();
        assert_eq!(stored(&flow, &id).await.payment, Some(payment));
        assert!(done.iter().all(|task: &i32| task % 2 == first % 2) && done.len() == 3, "{done:?}");
        assert!(late.iter().all(|task: &i32| task % 2 != first % 2) && late.len() == 4, "{late:?}");
    }
}

pub async fn steps_in_a_transaction_of_a_partition<B: Store + Transactions>(backend: B) {
    let flow = Flow::on(backend);
    order("1").create().send(&flow).await.unwrap();
    let receipt = |payment: &str| Receipt { id: "1".into(), payment: payment.into() };
    let pay = |payment: &str, token: &str| {
        let step = Order::key("1")
            .advance(Order::STATUS, Status::PLACED.to(Status::PAID))
            .with(Order::PAYMENT, payment.to_owned())
            .idempotency_token(token);
        flow.transaction_in(Order::partition("1")).add(step).add(receipt(payment).into_create())
    };
    pay("p-1", "run-1").send().await.unwrap();
    let paid = stored(&flow, "1").await;
    assert_eq!((paid.status, paid.payment.as_deref()), (Status::Paid, Some("p-1")));
    // Repeated, nothing of it is written, and the reason says so.
    let error = pay("p-2", "run-1").send().await.unwrap_err();
    assert!(error.is_cancelled() && !error.is_retryable(), "{error:?}");
    let reason = error.reasons()[0].as_ref().unwrap();
    assert!(reason.is_already_done() && !reason.is_wrong_state(), "{error:?}");
    assert_eq!(reason.current::<Order>(), Some(&paid));
    let error = pay("p-2", "run-2").send().await.unwrap_err();
    check_wrong_state(error.reasons()[0].as_ref().unwrap(), &paid);
    assert_eq!(Receipt::of_order("1").all(&flow).await.unwrap(), [receipt("p-1")]);
    // An order that is created in a transaction begins at the beginning, too.
    let shipped = Order { status: Status::Shipped, ..order("2") };
    let error = flow.transaction_in(Order::partition("2")).add(shipped.create()).send().await;
    assert!(error.unwrap_err().is_invalid_request());
}

#[derive(Debug, Table)]
#[allow(dead_code)]
enum Desk {
    Ticket(Ticket),
}

/// With a unique value, so that its writes are transactions with a guard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Desk, pk = "TICKET#{id}", sk = "TICKET", version = version, unique(seat))]
struct Ticket {
    id: String,
    version: u64,
    seat: Option<String>,
    place: Place,
}

pub async fn steps_of_items_with_guards<B: Store + CrossPartitionTransactions>(backend: B) {
    let desk = Desk::on(backend);
    let ticket = |id: &str, seat: &str| {
        let (seat, place) = (Some(seat.to_owned()), Place::Store);
        Ticket { id: id.into(), version: 0, seat, place }
    };
    let first = ticket("1", "A1").create().returning_new().send(&desk).await.unwrap();
    ticket("2", "A2").create().send(&desk).await.unwrap();
    let step = async |ticket: &Ticket, seat: &str| {
        let step = ticket.advance(Ticket::PLACE, Place::STORE.to(Place::ROAD));
        let step = step.set(Ticket::SEAT, seat.to_owned()).idempotency_token("run-1");
        step.returning_new().send(&desk).await
    };
    let error = step(&first, "A2").await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    let road = step(&first, "A3").await.unwrap();
    assert_eq!((road.place, road.seat.as_deref()), (Place::Road, Some("A3")));
    // Repeated with the ticket as it was loaded at first, and as it is now.
    assert_eq!(step(&first, "A4").await.unwrap(), road);
    assert_eq!(step(&road, "A4").await.unwrap(), road);
    ticket("3", "A1").create().send(&desk).await.unwrap();
    ticket("4", "A4").create().send(&desk).await.unwrap();

    // A move takes the state along, and does not change it.
    let moved = Ticket { id: "5".into(), ..road.clone() };
    let jump = Ticket { place: Place::Door, ..moved.clone() };
    let error = road.move_to(&jump).send(&desk).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`place`"), "{error:?}");
    // Not even if the struct that was loaded is changed.
    let changed = Ticket { place: Place::Door, ..road.clone() };
    let error = changed.move_to(&jump).send(&desk).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    road.move_to(&moved).send(&desk).await.unwrap();
    assert_eq!(Ticket::get("5").send(&desk).await.unwrap().unwrap().place, Place::Road);
}
