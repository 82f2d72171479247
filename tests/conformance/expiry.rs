//! Expired items do not exist for the API, even while the store still has them.

use monotable::CrossPartitionTransactions;
use monotable::prelude::*;
use monotable_tests::Store;
use monotable_tests::club::{Club, Seat, Session, seat, session};
use monotable_tests::keys as keys_of;

pub async fn reads_do_not_return_expired_items<B: Store>(backend: B) {
    let club = Club::on(backend);
    let (live, past) = (session("live", 1000), session("past", -10));
    let never = Session { ends_at: None, ..session("never", 0) };
    for session in [&live, &past, &never] {
        session.put().send(&club).await.unwrap();
    }
    assert_eq!(Session::get("live").send(&club).await.unwrap(), Some(live));
    assert_eq!(Session::get("never").send(&club).await.unwrap(), Some(never));
    assert_eq!(Session::get("past").send(&club).await.unwrap(), None);
    for (token, exists) in [("live", true), ("never", true), ("past", false)] {
        assert_eq!(Session::key(token).exists().send(&club).await.unwrap(), exists, "{token}");
    }
    let keys = [Session::key("live"), Session::key("past")];
    let many = Session::get_many(keys).send(&club).await.unwrap();
    assert_eq!(many.missing, [Session::key("past")]);
    // The entries of an index of keys only have the time of expiry, too.
    let of_user = Session::by_user("ada");
    let found = of_user.clone().all(&club).await.unwrap();
    assert_eq!(keys_of(found), [Session::key("live"), Session::key("never")]);
    assert_eq!(of_user.clone().count(&club).await.unwrap(), 2);
    let first = of_user.limit(1).all(&club).await.unwrap();
    assert_eq!(keys_of(first), [Session::key("live")]);
}

pub async fn writes_treat_expired_items_as_missing<B: Store>(backend: B) {
    let club = Club::on(backend);
    let past = session("s", -10);
    past.put().send(&club).await.unwrap();
    let update = Session::key("s").update().set(Session::DATA, "new");
    let error = update.clone().send(&club).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    let error = past.update().set(Session::DATA, "new").send(&club).await.unwrap_err();
    assert!(error.is_not_found(), "{error:?}");
    // An expired item does not prevent a create.
    let live = session("s", 1000);
    live.create().send(&club).await.unwrap();
    assert_eq!(Session::get("s").send(&club).await.unwrap(), Some(live.clone()));
    assert!(live.create().send(&club).await.unwrap_err().is_condition_failed());
    update.or_create(&live).send(&club).await.unwrap();
    assert_eq!(Session::get("s").send(&club).await.unwrap().unwrap().data, "new");
}

pub async fn transactions_treat_expired_items_as_missing<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let club = Club::on(backend);
    let (live, past) = (session("live", 1000), session("past", -10));
    for session in [&live, &past] {
        session.put().send(&club).await.unwrap();
    }
    let gets = (Session::get("past"), Session::get("live"));
    assert_eq!(club.transact_get(gets).send().await.unwrap(), (None, Some(live)));
    let error = club.transaction().add(Session::key("past").check()).send().await.unwrap_err();
    assert!(error.reasons()[0].as_ref().unwrap().is_not_found(), "{error:?}");
}

pub async fn milliseconds_are_refused<B: Store>(backend: B) {
    let club = Club::on(backend);
    let until = |until| Seat { until: Some(until), ..seat("H", 1) };
    let stored = until(253_402_300_799).create().returning_new().send(&club).await.unwrap();
    for late in [253_402_300_800, 1_900_000_000_000, i64::MAX] {
        let key = || Seat::key(&*stored.hall, stored.seat);
        let errors = [
            Seat { seat: 2, ..until(late) }.create().send(&club).await.unwrap_err(),
            stored.update().set(Seat::UNTIL, late).send(&club).await.unwrap_err(),
            key().update_with(|seat| seat.until = Some(late)).send(&club).await.unwrap_err(),
        ];
        for error in errors {
            assert!(error.is_encode(), "{error:?}");
            let text = error.to_string();
            assert!(
                text.contains("Seat") && text.contains("these look like milliseconds"),
                "{text}"
            );
        }
        assert_eq!(key().get().send(&club).await.unwrap().as_ref(), Some(&stored));
    }
    assert_eq!(Seat::get(&*stored.hall, 2).send(&club).await.unwrap(), None);
}

pub async fn an_update_changes_the_time_of_expiry<B: Store>(backend: B) {
    let club = Club::on(backend);
    session("s", 1000).create().send(&club).await.unwrap();
    let key = Session::key("s");
    key.clone().update().set(Session::ENDS_AT, session("s", -5).ends_at).send(&club).await.unwrap();
    assert_eq!(key.clone().get().send(&club).await.unwrap(), None);
    session("s", 1000).create().send(&club).await.unwrap();
    key.clone().update().set(Session::ENDS_AT, None::<jiff::Timestamp>).send(&club).await.unwrap();
    assert_eq!(key.clone().get().send(&club).await.unwrap().unwrap().ends_at, None);
    let change = key.update_with(|it| it.ends_at = session("s", -5).ends_at);
    change.send(&club).await.unwrap();
    assert_eq!(Session::by_user("ada").count(&club).await.unwrap(), 0);
}

/// A guard expires with its entity. Then the unique value can be used again, even while the store
/// still has both items.
pub async fn guards_expire_with_their_entity<B: Store + CrossPartitionTransactions>(backend: B) {
    use monotable_tests::club::unique::{Club, Seat, seat};
    let club = Club::on(backend);
    let now = jiff::Timestamp::now().as_second();
    let held = |number, until| Seat {
        holder: Some("ada".into()),
        until: Some(until),
        ..seat("hall", number)
    };
    held(1, now - 10).create().send(&club).await.unwrap();
    held(2, now + 1000).create().send(&club).await.unwrap();
    let error = held(3, now + 1000).create().send(&club).await.unwrap_err();
    assert!(error.is_unique_violation(), "{error:?}");
    let loaded = Seat::get("hall", 2_u16).send(&club).await.unwrap().unwrap();
    loaded.update().set(Seat::UNTIL, now - 1).send(&club).await.unwrap();
    held(3, now + 1000).create().send(&club).await.unwrap();
    let seats = Seat::in_hall("hall").all(&club).await.unwrap();
    assert_eq!(seats.iter().map(|seat| seat.seat).collect::<Vec<_>>(), [3]);
}

pub async fn conditions_treat_expired_items_as_missing<B: Store>(backend: B) {
    let club = Club::on(backend);
    let past = session("s", -10);
    let of_eve = || Session::USER.absent() | Session::USER.eq("eve");
    past.put().send(&club).await.unwrap();
    // The stored item has expired, so for the condition it is missing.
    let mine = Session { user: "eve".into(), ..session("s", 1000) };
    mine.put().when(of_eve()).send(&club).await.unwrap();
    let other = session("s", 1000);
    let error = other.put().when(Session::USER.eq("ada")).send(&club).await.unwrap_err();
    assert_eq!(error.current::<Session>(), Some(&mine));
    past.put().send(&club).await.unwrap();
    let error = other.put().when(Session::USER.eq("ada")).send(&club).await.unwrap_err();
    assert!(error.is_condition_failed() && error.current::<Session>().is_none(), "{error:?}");
    let error = other.delete().when(Session::USER.eq("ada")).send(&club).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    assert_eq!(other.put().returning_old().send(&club).await.unwrap(), None);
}
