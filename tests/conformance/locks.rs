//! Versions: writes of a loaded entity check them and advance them.

use monotable::prelude::*;
use monotable::{CrossPartitionTransactions, Keyed, request};
use monotable_tests::club::{Account, Club, account};
use std::time::{SystemTime, UNIX_EPOCH};

async fn stored<B: CrossPartitionTransactions>(club: &Table<Club, B>) -> Account {
    Account::get("ada", "main").consistent().send(club).await.unwrap().unwrap()
}

pub async fn versions_advance_with_every_write<B: CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let first = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    assert_eq!(stored(&club).await, first);
    assert!(first.revision > 0);
    let second = Account { balance: 5, ..first.clone() };
    let second = second.put().returning_new().send(&club).await.unwrap();
    assert!(second.revision > first.revision);
    let third = second.update().set(Account::BALANCE, 6).returning_new().send(&club).await.unwrap();
    assert!(third.revision > second.revision);
    let key = Account::key("ada", "main");
    let fourth = key.update().increment(Account::BALANCE, 1).returning_new();
    let fourth = fourth.send(&club).await.unwrap();
    assert!(fourth.revision > third.revision);
    assert_eq!(fourth.balance, 7);
    let fifth = Account::key("ada", "main").update_with(|it| it.balance = 0);
    let fifth = fifth.send(&club).await.unwrap();
    assert!(fifth.revision > fourth.revision);
    assert_eq!(stored(&club).await, fifth);
}

pub async fn an_old_version_is_a_conflict<B: CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let old = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    let new = old.update().set(Account::BALANCE, 1).returning_new().send(&club).await.unwrap();
    for error in [
        old.put().send(&club).await.unwrap_err(),
        old.update().set(Account::BALANCE, 2).send(&club).await.unwrap_err(),
        old.delete().send(&club).await.unwrap_err(),
        account("ada", "main").put().send(&club).await.unwrap_err(),
    ] {
        assert!(error.is_conflict(), "{error:?}");
        assert_eq!(error.current::<Account>(), Some(&new), "{error:?}");
    }
    // A condition that does not hold is none.
    let error = new.put().when(Account::BALANCE.eq(7)).send(&club).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(stored(&club).await, new);
    new.delete().send(&club).await.unwrap();
    let error = new.put().send(&club).await.unwrap_err();
    assert!(error.is_conflict() && error.current::<Account>().is_none(), "{error:?}");
}

pub async fn versions_do_not_begin_anew<B: CrossPartitionTransactions>(backend: B) {
    let club = Club::on(backend);
    let first = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    first.delete().send(&club).await.unwrap();
    let second = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    assert!(second.revision > first.revision);
    let error = first.update().set(Account::BALANCE, 9).send(&club).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    assert_eq!(stored(&club).await, second);
}

/// 16 tasks, each of which adds 1 so often, in both ways.
pub async fn sums_are_exact_under_contention<B: CrossPartitionTransactions>(backend: B) {
    const TASKS: usize = 16;
    let each = monotable_tests::rounds("MONOTABLE_INCREMENTS", 1000);
    // With so many tasks, most attempts find that another task was faster.
    let few = each / 10;
    let club = Club::on(backend);
    account("ada", "main").create().send(&club).await.unwrap();
    let tasks = (0..TASKS).map(|_| {
        let club = club.clone();
        tokio::spawn(async move {
            for _ in 0..each {
                let add = Account::key("ada", "main").update().increment(Account::BALANCE, 1);
                add.send(&club).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(stored(&club).await.balance, (TASKS * each) as i64);
    let tasks = (0..TASKS).map(|_| {
        let club = club.clone();
        tokio::spawn(async move {
            for _ in 0..few {
                let add = Account::key("ada", "main").update_with(|it| it.balance += 1);
                add.attempts(10_000).send(&club).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(stored(&club).await.balance, (TASKS * (each + few)) as i64);
}

/// Tasks that read one version write the same next one whenever that is ahead of their clocks, or
/// when they do so within a microsecond. Each change that was acknowledged is stored all the same.
pub async fn no_acknowledged_change_is_lost<B: CrossPartitionTransactions>(backend: B) {
    const TASKS: usize = 8;
    let each = monotable_tests::rounds("MONOTABLE_INCREMENTS", 1000) / 5;
    let club = Club::on(backend.clone());
    club.create_if_missing().await.unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as u64;
    let (behind, ahead) = (7, 4_000_000_000_000_000_000);
    for revision in [behind, now, ahead] {
        import(&backend, &Account { revision, ..account("ada", "main") }).await;
        let tasks = (0..TASKS).map(|_| {
            let club = club.clone();
            tokio::spawn(async move {
                for _ in 0..each {
                    let add = Account::key("ada", "main").update_with(|it| it.balance += 1);
                    add.attempts(10_000).send(&club).await.unwrap();
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
        let account = stored(&club).await;
        assert_eq!(account.balance, (TASKS * each) as i64, "from version {revision}");
        assert!(account.revision > revision);
    }
}

/// Stores an account with the version that it has, as an import from another table does.
async fn import<B: CrossPartitionTransactions>(backend: &B, account: &Account) {
    let key = account.primary_key().render().unwrap();
    let def = Club::DEF;
    let attributes = [(def.pk, &*key.pk), (def.sk, &*key.sk), (def.tag, Account::DEF.name)];
    let item = backend.encode(&Keyed::new(&attributes, account)).unwrap();
    backend.put(request::Put::new(def, Account::DEF.name, key.clone(), item)).await.unwrap();
}
