//! Unique values. Each has a guard, which is an item that every write keeps up to date.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::club::{Club, Member, member};
use std::sync::Arc;
use tokio::sync::Barrier;

async fn is_free<B: CrossPartitionTransactions>(club: &Table<Club, B>, email: &str) -> bool {
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

pub async fn a_value_is_taken_once<B: CrossPartitionTransactions>(backend: B) {
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

pub async fn an_update_moves_the_guard<B: CrossPartitionTransactions>(backend: B) {
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

pub async fn absent_values_have_no_guard<B: CrossPartitionTransactions>(backend: B) {
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

pub async fn guards_in_transactions<B: CrossPartitionTransactions>(backend: B) {
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
    // The guard would be deleted and created in one transaction, which is refused before it is
    // sent.
    let error = club.transaction().add(ada.delete()).add(taken.create()).send().await.unwrap_err();
    assert!(error.is_invalid_request(), "{error:?}");
}

/// Many tasks create an item with the same unique value at the same time. Exactly one succeeds.
pub async fn one_of_many_concurrent_creates_succeeds<B: CrossPartitionTransactions>(backend: B) {
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
