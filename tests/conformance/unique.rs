//! Unique values. Each has a guard, which is an item that every write keeps up to date.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::unique::{Club, Member, member};
use std::sync::Arc;
use tokio::sync::Barrier;

async fn is_free<B: Store + CrossPartitionTransactions>(
    club: &Table<Club, B>,
    email: &str,
) -> bool {
    let mut probe = member("probe");
    probe.email = email.into();
    match probe.create().send(club).await {
        Ok(()) => {
            probe.delete().send(club).await.unwrap();
            true
        }
        Err(error) if error.is_unique_violation() => false,
        Err(error) => panic!("{error:?}"),
    }
}

pub async fn a_value_is_taken_once<B: Store + CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let ada = member("ada");
    ada.create().send(&club).await.unwrap();
    let mut eve = member("eve");
    eve.email.clone_from(&ada.email);
    let error = eve.create().send(&club).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("Member::create") && text.contains("`email`"), "{text}");
    assert_eq!(Member::get("eve").send(&club).await.unwrap(), None);
    // If the primary key is taken, the error is about that, not about the unique value.
    let error = ada.create().send(&club).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(error.current::<Member>(), Some(&ada));
    assert!(!is_free(&club, &ada.email).await);
    ada.delete().send(&club).await.unwrap();
    assert!(is_free(&club, &ada.email).await);
}

pub async fn an_update_moves_the_guard<B: Store + CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let ada = member("ada");
    ada.create().send(&club).await.unwrap();
    ada.update().set(Member::EMAIL, "new@club").send(&club).await.unwrap();
    assert!(is_free(&club, "ada@club").await);
    assert!(!is_free(&club, "new@club").await);
    let found = Member::get("ada").send(&club).await.unwrap().unwrap();
    assert_eq!(found.email, "new@club");
    // Setting a unique field to its present value is allowed.
    found
        .update()
        .set(Member::EMAIL, "new@club")
        .set(Member::AGE, 3_u32)
        .send(&club)
        .await
        .unwrap();
    // The new item can be returned, also if unique fields change.
    let change = found.update().set(Member::EMAIL, "newer@club").set(Member::AGE, 4_u32);
    let now = change.returning_new().send(&club).await.unwrap();
    assert_eq!(now, Member { email: "newer@club".into(), age: 4, ..found.clone() });
    now.update().set(Member::EMAIL, "new@club").send(&club).await.unwrap();
    let eve = member("eve");
    eve.create().send(&club).await.unwrap();
    let error = eve.update().set(Member::EMAIL, "new@club").send(&club).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    assert_eq!(Member::get("eve").send(&club).await.unwrap(), Some(eve.clone()));
    // Only a write that knows the old value can release it.
    let error = ada.update().set(Member::EMAIL, "x@club").send(&club).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    let error = ada.delete().send(&club).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    let change = Member::key("ada").update_with(|it| it.email = "y@club".into());
    change.send(&club).await.unwrap();
    assert!(is_free(&club, "new@club").await && !is_free(&club, "y@club").await);
}

pub async fn absent_values_have_no_guard<B: Store + CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let (ada, eve) = (member("ada"), member("eve"));
    ada.create().send(&club).await.unwrap();
    eve.create().send(&club).await.unwrap();
    ada.update().set(Member::HANDLE, "h").send(&club).await.unwrap();
    let error = eve.update().set(Member::HANDLE, "h").send(&club).await.unwrap_err();
    assert!(error.is_unique_violation() && error.to_string().contains("`handle`"), "{error:?}");
    let ada = Member::get("ada").send(&club).await.unwrap().unwrap();
    ada.update().set(Member::HANDLE, None::<String>).send(&club).await.unwrap();
    eve.update().set(Member::HANDLE, "h").send(&club).await.unwrap();
}

pub async fn guards_in_transactions<B: Store + CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let (ada, eve) = (member("ada"), member("eve"));
    club.transaction().add(ada.create()).add(eve.create()).send().await.unwrap();
    let taken = Member { email: ada.email.clone(), ..member("bob") };
    let error = club
        .transaction()
        .add(eve.update().set(Member::AGE, 9_u32))
        .add(taken.create())
        .send()
        .await
        .unwrap_err();
    assert!(error.is_cancelled() && error.reasons()[0].is_none(), "{error:?}");
    assert!(error.reasons()[1].as_ref().unwrap().is_unique_violation(), "{error:?}");
    assert_eq!(Member::get("eve").send(&club).await.unwrap(), Some(eve));
}

pub async fn unique_values_are_handed_over<B: Store + CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let stored = async |id: &str| Member::get(id).consistent().send(&club).await.unwrap();
    let (ada, eve, bob) = (member("ada"), member("eve"), member("bob"));
    club.transaction().add(ada.create()).add(eve.create()).send().await.unwrap();
    // One item is deleted, and another one takes its value, in both orders.
    let heir = Member { email: ada.email.clone(), ..bob.clone() };
    club.transaction().add(ada.delete()).add(heir.create()).send().await.unwrap();
    assert_eq!((stored("ada").await, stored("bob").await), (None, Some(heir.clone())));
    assert!(!is_free(&club, &ada.email).await);
    club.transaction().add(ada.create()).send().await.unwrap_err();
    club.transaction().add(ada.create()).add(heir.delete()).send().await.unwrap();
    assert_eq!((stored("ada").await, stored("bob").await), (Some(ada.clone()), None));
    // Two items swap their values.
    let swap = club
        .transaction()
        .add(ada.update().set(Member::EMAIL, &eve.email))
        .add(eve.update().set(Member::EMAIL, &ada.email));
    swap.clone().send().await.unwrap();
    swap.send().await.unwrap();
    let (ada_now, eve_now) = (stored("ada").await.unwrap(), stored("eve").await.unwrap());
    assert_eq!((&ada_now.email, &eve_now.email), (&eve.email, &ada.email));
    // Each now owns its new value.
    ada_now.delete().send(&club).await.unwrap();
    assert!(is_free(&club, &eve.email).await && !is_free(&club, &ada.email).await);

    // What cannot be is refused before it is sent, with the entity and the field.
    let both = [&eve_now, &bob].map(|member| member.update().set(Member::EMAIL, "x@club"));
    let error = club.transaction().add_all(both).send().await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    assert!(error.to_string().contains("`email` of a Member"), "{error}");
    let twin = Member { email: eve_now.email.clone(), ..member("twin") };
    let error = club.transaction().add(twin.delete()).add(eve_now.delete()).send().await;
    let error = error.unwrap_err();
    assert!(error.is_stale() && error.to_string().contains("`email` of a Member"), "{error:?}");
    // The value of a third item is not handed over by one that does not have it.
    let ada = Member { email: "again@club".into(), ..ada };
    let liar = Member { email: eve_now.email.clone(), ..ada.clone() };
    ada.create().send(&club).await.unwrap();
    let error = club.transaction().add(liar.delete()).add(twin.create()).send().await.unwrap_err();
    assert!(error.is_cancelled(), "{error:?}");
    assert_eq!((stored("ada").await, stored("twin").await), (Some(ada), None));
    assert_eq!(stored("eve").await, Some(eve_now));
}

/// Many tasks create an item with the same unique value at the same time. Exactly one succeeds.
pub async fn one_of_many_concurrent_creates_succeeds<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let club = Club::on(backend);
    club.create_if_missing().await.unwrap();
    let start = Arc::new(Barrier::new(12));
    let tasks = (0..12).map(|at| {
        let (club, start) = (club.clone(), start.clone());
        tokio::spawn(async move {
            start.wait().await;
            let mut wanted = member(&format!("m{at}"));
            wanted.email = "one@club".into();
            loop {
                match wanted.create().send(&club).await {
                    Ok(()) => return true,
                    Err(error) if error.is_unique_violation() => return false,
                    Err(error) if error.is_conflict() => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
        })
    });
    let mut winners = 0;
    for task in tasks.collect::<Vec<_>>() {
        winners += usize::from(task.await.unwrap());
    }
    assert_eq!(winners, 1);
}
