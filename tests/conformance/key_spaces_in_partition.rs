//! Entities that share their keys, on a backend whose transactions stay in one partition: the guards of unique values are
//! beside their items.

use monotable::prelude::*;
use monotable::{Error, Transactions};
use monotable_tests::Store;
use monotable_tests::layer::OnePartition;
use monotable_tests::{scaled, seed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Barrier;

#[derive(Debug, Clone, PartialEq, Table)]
enum Calendar {
    Meeting(Meeting),
    Repair(Repair),
    Hold(Hold),
}

#[derive(Debug, Clone, PartialEq, KeySpace)]
enum Slot {
    Meeting(Meeting),
    Repair(Repair),
    Hold(Hold),
}

/// Without any rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Calendar, pk = "ROOM#{room}", sk = "HOUR#{hour}", shares = Slot)]
#[access(meetings, mixed)]
struct Meeting {
    room: String,
    hour: u32,
    guests: u32,
}

/// With a version, and a value that is unique in the room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(
    table = Calendar,
    pk = "ROOM#{room}",
    sk = "HOUR#{hour}",
    shares = Slot,
    version = version,
    unique(room, order, pk = "ROOM#{room}", sk = "ORDER#{order}")
)]
struct Repair {
    room: String,
    hour: u32,
    order: String,
    version: u64,
}

/// With an expiry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Calendar, pk = "ROOM#{room}", sk = "HOUR#{hour}", shares = Slot, ttl = until)]
struct Hold {
    room: String,
    hour: u32,
    until: Option<i64>,
}

fn meeting(hour: u32) -> Meeting {
    Meeting { room: "R".into(), hour, guests: 3 }
}

fn repair(hour: u32) -> Repair {
    Repair { room: "R".into(), hour, order: format!("order {hour}"), version: 0 }
}

fn hold(hour: u32, until: Option<i64>) -> Hold {
    Hold { room: "R".into(), hour, until }
}

async fn get<B: Store + Transactions>(calendar: &Table<Calendar, B>, hour: u32) -> Option<Slot> {
    Slot::get(("R", hour)).consistent().send(calendar).await.unwrap()
}

/// The error of a write of a `Meeting` where a repair is.
#[track_caller]
fn assert_repair_is_there(error: &Error, stored: &Repair) {
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Slot>(), Some(&Slot::Repair(stored.clone())), "{error}");
    assert!(error.to_string().contains("stored as `Repair`, not as `Meeting`"), "{error}");
}

pub async fn the_enum_of_a_partition_reads_whichever_is_there<B: Store + Transactions>(backend: B) {
    let calendar = Calendar::on(OnePartition(backend));
    meeting(1).create().send(&calendar).await.unwrap();
    let stored = repair(2).create().returning_new().send(&calendar).await.unwrap();
    hold(3, Some(1)).create().send(&calendar).await.unwrap();
    assert_eq!(get(&calendar, 1).await, Some(Slot::Meeting(meeting(1))));
    assert_eq!(get(&calendar, 2).await, Some(Slot::Repair(stored.clone())));
    assert_eq!((get(&calendar, 3).await, get(&calendar, 4).await), (None, None));
    // An entity does not see the others.
    let many = Meeting::get_many([1, 2, 3, 4].map(|hour| Meeting::key("R", hour)));
    let many = many.send(&calendar).await.unwrap();
    assert_eq!(many.items, [Some(meeting(1)), None, None, None]);
    assert!(!Meeting::key("R", 2_u32).exists().send(&calendar).await.unwrap());
    assert_eq!(Meeting::meetings("R").all(&calendar).await.unwrap(), [meeting(1)]);
    let gets = (Slot::get(("R", 2)), Meeting::get("R", 1_u32), Meeting::get("R", 2_u32));
    let gets = calendar.transact_get_in(Meeting::partition("R"), gets);
    let found = gets.send().await;
    // A transaction reads each item once.
    assert!(found.unwrap_err().is_invalid_request());
    let gets = (Slot::get(("R", 2)), Meeting::get("R", 1_u32), Slot::get(("R", 4)));
    let gets = calendar.transact_get_in(Meeting::partition("R"), gets);
    let found = gets.send().await.unwrap();
    assert_eq!(found, (Some(Slot::Repair(stored)), Some(meeting(1)), None));
    let all = Meeting::partition("R").query().all(&calendar).await.unwrap();
    assert_eq!(all.len(), 2);
}

pub async fn no_write_in_a_partition_changes_another_entity<B: Store + Transactions>(backend: B) {
    let calendar = Calendar::on(OnePartition(backend));
    let stored = repair(1).create().returning_new().send(&calendar).await.unwrap();
    let (ghost, key) = (meeting(1), || Meeting::key("R", 1_u32));
    let unset = || Meeting::GUESTS.absent();
    let mut errors = vec![
        ghost.create().send(&calendar).await.unwrap_err(),
        ghost.put().send(&calendar).await.unwrap_err(),
        ghost.put().when(unset()).send(&calendar).await.unwrap_err(),
        ghost.put().returning_old().send(&calendar).await.unwrap_err(),
        ghost.update().set(Meeting::GUESTS, 1_u32).send(&calendar).await.unwrap_err(),
        key().update().increment(Meeting::GUESTS, 1).send(&calendar).await.unwrap_err(),
        key().update().when(unset()).send(&calendar).await.unwrap_err(),
        key().update().set(Meeting::GUESTS, 1).or_create(&ghost).send(&calendar).await.unwrap_err(),
        key().update_with(|it| it.guests += 1).send(&calendar).await.unwrap_err(),
        ghost.delete().send(&calendar).await.unwrap_err(),
        key().delete().send(&calendar).await.unwrap_err(),
        key().delete().when(unset()).send(&calendar).await.unwrap_err(),
    ];
    let start = || calendar.transaction_in(Meeting::partition("R")).add(meeting(2).put());
    for transaction in [
        start().add(ghost.create()),
        start().add(ghost.put()),
        start().add(ghost.update().set(Meeting::GUESTS, 1_u32)),
        start().add(ghost.delete()),
        start().add(key().delete()),
        start().add(key().check()),
        start().add(key().check().when(unset())),
    ] {
        let error = transaction.send().await.unwrap_err();
        assert!(error.is_cancelled() && error.reasons()[0].is_none(), "{error:?}");
        errors.push(error.reasons()[1].clone().unwrap());
    }
    for error in &errors {
        assert_repair_is_there(error, &stored);
    }
    assert_eq!(get(&calendar, 1).await, Some(Slot::Repair(stored.clone())));
    assert_eq!(get(&calendar, 2).await, None);
    // The other way round, where the write is a transaction with a guard.
    meeting(3).create().send(&calendar).await.unwrap();
    let error = repair(3).create().send(&calendar).await.unwrap_err();
    assert_eq!(error.current::<Meeting>(), Some(&meeting(3)), "{error:?}");
    let ghost = Repair { version: 7, ..repair(3) };
    for error in [
        ghost.update().set(Repair::ORDER, "new").send(&calendar).await.unwrap_err(),
        ghost.delete().send(&calendar).await.unwrap_err(),
        Repair::key("R", 3_u32)
            .update_with(|it| it.order.clear())
            .send(&calendar)
            .await
            .unwrap_err(),
    ] {
        assert!(error.is_condition_failed(), "{error:?}");
        assert_eq!(error.current::<Meeting>(), Some(&meeting(3)), "{error}");
    }
    // No guard was written, and the value of the repair is taken.
    let other = Repair { order: "order 3".into(), ..repair(4) };
    other.create().send(&calendar).await.unwrap();
    let error = Repair { hour: 5, ..repair(1) }.create().send(&calendar).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    // A key that is given up is free for another entity, and so is the value.
    stored.delete().send(&calendar).await.unwrap();
    meeting(1).create().send(&calendar).await.unwrap();
    Repair { hour: 5, ..repair(1) }.create().send(&calendar).await.unwrap();
}

pub async fn expired_items_of_a_partition_are_missing<B: Store + Transactions>(backend: B) {
    let calendar = Calendar::on(OnePartition(backend));
    for hour in 0..6 {
        hold(hour, Some(1)).put().send(&calendar).await.unwrap();
    }
    meeting(0).create().send(&calendar).await.unwrap();
    meeting(1).put().send(&calendar).await.unwrap();
    repair(2).create().send(&calendar).await.unwrap();
    let change = Meeting::key("R", 3_u32).update().increment(Meeting::GUESTS, 1);
    assert!(change.clone().send(&calendar).await.unwrap_err().is_not_found());
    change.or_create(&meeting(3)).send(&calendar).await.unwrap();
    let transaction = calendar.transaction_in(Meeting::partition("R"));
    transaction.add(meeting(4).create()).add(meeting(5).put()).send().await.unwrap();
    let found = Meeting::meetings("R").all(&calendar).await.unwrap();
    assert_eq!(found, [0, 1, 3, 4, 5].map(meeting));
    // An item that has not expired yet is there.
    let living = hold(7, Some(4_000_000_000));
    living.put().send(&calendar).await.unwrap();
    let error = meeting(7).put().send(&calendar).await.unwrap_err();
    assert_eq!(error.current::<Slot>(), Some(&Slot::Hold(living)), "{error:?}");
}

/// Of creates of several entities at the same time, one succeeds.
pub async fn one_entity_gets_the_key_in_a_partition<B: Store + Transactions>(backend: B) {
    let calendar = Calendar::on(OnePartition(backend));
    for hour in 0..10 {
        let barrier = Arc::new(Barrier::new(3));
        let slots = [
            Slot::Meeting(meeting(hour)),
            Slot::Repair(repair(hour)),
            Slot::Hold(hold(hour, None)),
        ];
        let tasks = slots.map(|slot| {
            let (calendar, barrier) = (calendar.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                match &slot {
                    Slot::Meeting(meeting) => meeting.create().send(&calendar).await,
                    Slot::Repair(repair) => repair.create().send(&calendar).await,
                    Slot::Hold(hold) => hold.put().send(&calendar).await,
                }
            })
        });
        let mut made = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => made += 1,
                Err(error) => {
                    assert!(error.is_condition_failed() || error.is_conflict(), "{error:?}");
                }
            }
        }
        assert_eq!(made, 1, "{hour}");
        assert!(get(&calendar, hour).await.is_some());
    }
}

/// Random writes of the entities under the same keys have the results that they have in a map.
pub async fn writes_in_a_partition_are_as_in_a_map<B: Store + Transactions>(backend: B) {
    let calendar = Calendar::on(OnePartition(backend));
    let mut random = fastrand::Rng::with_seed(seed(12));
    let mut map: BTreeMap<u32, Slot> = BTreeMap::new();
    for step in 0..scaled(200) {
        let hour = random.u32(..4);
        let there = map.get(&hour).cloned();
        let meeting = Meeting { guests: random.u32(..9), ..meeting(hour) };
        let is_meeting = matches!(there, Some(Slot::Meeting(_)));
        let is_free = there.is_none();
        let put_now = |slot: Slot| Some(Some(slot));
        let what = random.u8(..9);
        // Whether the write succeeds, and what is there then.
        let (result, expected) = match what {
            0 => {
                let made = meeting.create().send(&calendar).await;
                (made, if is_free { put_now(meeting.into()) } else { None })
            }
            1 => {
                let made = meeting.put().send(&calendar).await;
                (made, if is_free || is_meeting { put_now(meeting.into()) } else { None })
            }
            2 => {
                let made = repair(hour).create().returning_new().send(&calendar).await;
                let stored = made.as_ref().ok().cloned();
                (made.map(drop), is_free.then(|| stored.map(Slot::Repair)))
            }
            3 => {
                let made = hold(hour, None).create().send(&calendar).await;
                (made, if is_free { put_now(hold(hour, None).into()) } else { None })
            }
            4 => {
                let made = Meeting::key("R", hour).delete().send(&calendar).await;
                (made, (is_free || is_meeting).then_some(None))
            }
            5 => match &there {
                Some(Slot::Repair(repair)) => (repair.delete().send(&calendar).await, Some(None)),
                _ => {
                    let made = hold(hour, None).delete().send(&calendar).await;
                    (made, matches!(there, None | Some(Slot::Hold(_))).then_some(None))
                }
            },
            6 => {
                let made = Meeting::key("R", hour).update_with(|it| it.guests = 70);
                let now = Meeting { guests: 70, ..meeting };
                let expected = if is_meeting { put_now(now.into()) } else { None };
                (made.send(&calendar).await.map(drop), expected)
            }
            7 => {
                // With a write of another key, which is always possible.
                let transaction = calendar.transaction_in(Meeting::partition("R"));
                let other = hold(100 + hour, None);
                let made = transaction.add(meeting.create()).add(other.put()).send().await;
                (made, if is_free { put_now(meeting.into()) } else { None })
            }
            _ => {
                let transaction = calendar.transaction_in(Meeting::partition("R"));
                let key = Meeting::key("R", hour);
                let update = key.update().set(Meeting::GUESTS, 71_u32);
                let made = transaction.add(update).add(hold(100, None).put()).send().await;
                let now = Meeting { guests: 71, ..meeting };
                (made, if is_meeting { put_now(now.into()) } else { None })
            }
        };
        assert_eq!(result.is_ok(), expected.is_some(), "step {step}: {what} {there:?} {result:?}");
        match expected.unwrap_or(there) {
            Some(slot) => drop(map.insert(hour, slot)),
            None => drop(map.remove(&hour)),
        }
        assert_eq!(get(&calendar, hour).await.as_ref(), map.get(&hour), "step {step}: {what}");
    }
}
