//! Optimistic locks: every write of a loaded entity checks the version and advances it.

use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::request;
use monotable::testing::Recorder;
use monotable_tests::Store;
use monotable_tests::club::{Account, Club, account};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::Barrier;

async fn stored<B: Store>(club: &Table<Club, B>) -> Account {
    Account::get("ada", "main").consistent().send(club).await.unwrap().unwrap()
}

pub async fn versions_advance_with_every_write<B: Store>(backend: B) {
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

pub async fn an_old_version_is_a_conflict<B: Store>(backend: B) {
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
    // If the version is right and another condition does not hold, it is not a conflict.
    let error = new.put().when(Account::BALANCE.eq(7)).send(&club).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(stored(&club).await, new);
    new.delete().send(&club).await.unwrap();
    let error = new.put().send(&club).await.unwrap_err();
    assert!(error.is_conflict() && error.current::<Account>().is_none(), "{error:?}");
}

pub async fn a_new_item_gets_a_higher_version_than_the_deleted_one<B: Store>(backend: B) {
    let club = Club::on(backend);
    let first = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    first.delete().send(&club).await.unwrap();
    let second = account("ada", "main").create().returning_new().send(&club).await.unwrap();
    assert!(second.revision > first.revision);
    let error = first.update().set(Account::BALANCE, 9).send(&club).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    assert_eq!(stored(&club).await, second);
}

/// Spawns tasks that begin at the same time, each of which calls `add` several times.
async fn contend<F: Future<Output = ()> + Send>(
    tasks: usize,
    times: usize,
    add: impl Fn() -> F + Clone + Send + 'static,
) {
    let start = Arc::new(Barrier::new(tasks));
    let spawned = (0..tasks).map(|_| {
        let (add, start) = (add.clone(), start.clone());
        tokio::spawn(async move {
            start.wait().await;
            for _ in 0..times {
                add().await;
            }
        })
    });
    for task in spawned.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

/// Adds 1 to the balance, from several tasks, with `update_with`. Checks that they got in each
/// other's way: an attempt makes two calls, so there are more calls if some attempts failed.
async fn contend_with_update_with<B: Store>(
    club: &Table<Club, Recorder<B>>,
    tasks: usize,
    times: usize,
) {
    let (club, recorder) = (club.clone(), club.backend().clone());
    recorder.take();
    contend(tasks, times, move || {
        let club = club.clone();
        async move {
            let add = Account::key("ada", "main").update_with(|it| it.balance += 1);
            add.attempts(10_000).send(&club).await.unwrap();
        }
    })
    .await;
    let calls = recorder.take().len();
    assert!(calls > 2 * tasks * times, "{calls} calls: no task has met another one");
}

/// How often each task increments. A call to a server takes a hundred times as long as one to the
/// embedded store.
fn increments<B: Store>() -> usize {
    monotable_tests::rounds("MONOTABLE_INCREMENTS", B::TRAITS.writes_each_second)
}

pub async fn sums_are_exact_under_contention<B: Store>(backend: B) {
    const TASKS: usize = 16;
    let times = increments::<B>();
    let club = Club::on(Recorder::new(backend));
    account("ada", "main").create().send(&club).await.unwrap();
    let shared = club.clone();
    contend(TASKS, times, move || {
        let club = shared.clone();
        async move {
            let add = Account::key("ada", "main").update().increment(Account::BALANCE, 1);
            add.send(&club).await.unwrap();
        }
    })
    .await;
    assert_eq!(stored(&club).await.balance, (TASKS * times) as i64);
    // Fewer, because most attempts fail: another task was faster.
    let few = (times / 10).max(50);
    contend_with_update_with(&club, TASKS, few).await;
    assert_eq!(stored(&club).await.balance, (TASKS * (times + few)) as i64);
}

/// Two tasks that read the same version can write the same next version. They do so if that version
/// is ahead of their clocks, or within one microsecond. Every acknowledged change must be stored
/// nevertheless.
pub async fn no_acknowledged_change_is_lost<B: Store>(backend: B) {
    const TASKS: usize = 8;
    let times = (increments::<B>() / 5).max(50);
    let club = Club::on(Recorder::new(backend.clone()));
    club.create_if_missing().await.unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as u64;
    let (behind, ahead) = (7, B::TRAITS.greatest_integer / 4);
    for revision in [behind, now, ahead] {
        import(&backend, &Account { revision, ..account("ada", "main") }).await;
        contend_with_update_with(&club, TASKS, times).await;
        let account = stored(&club).await;
        assert_eq!(account.balance, (TASKS * times) as i64, "from version {revision}");
        assert!(account.revision > revision);
    }
}

/// Stores an account with its version unchanged, as an import from another table does.
async fn import<B: Store>(backend: &B, account: &Account) {
    let key = account.primary_key().render().unwrap();
    let def = Club::DEF;
    let attributes = [(def.pk, &*key.pk), (def.sk, &*key.sk), (def.tag, Account::DEF.name)];
    let item = backend.encode(&Keyed::new(&attributes, account)).unwrap();
    backend.put(request::Put::new(def, Account::DEF.name, key.clone(), item)).await.unwrap();
}
