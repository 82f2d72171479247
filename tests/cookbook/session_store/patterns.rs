//! The access patterns of the session store, in the order of the publication.

use super::*;
use crate::sent;
use jiff::SignedDuration;
use monotable::testing::Recorder;
use monotable_tests::Store;

fn session(token: &str, username: &str) -> Session {
    let created_at = Timestamp::now();
    let expires_at = created_at + SignedDuration::from_hours(7 * 24);
    Session { token: token.into(), username: username.into(), created_at, expires_at }
}

fn store<B: Store>(backend: B) -> Table<SessionStore, Recorder<B>> {
    SessionStore::on(Recorder::new(backend))
}

pub async fn create_session<B: Store>(backend: B) {
    let store = store(backend);
    session("0bc6bdf8", "alexdebrie").create().send(&store).await.unwrap();
    // Nobody gets the session of somebody else, not even with an equal token.
    let taken = session("0bc6bdf8", "bountyhunter1").create().send(&store).await.unwrap_err();
    assert!(taken.is_condition_failed());
    let create = "put Session: 0bc6bdf8 / SESSION, with a condition";
    assert_eq!(sent(&store), [create, create]);
}

pub async fn get_session<B: Store>(backend: B) {
    let store = store(backend);
    let stored = session("0bc6bdf8", "alexdebrie");
    stored.create().send(&store).await.unwrap();
    sent(&store);
    assert_eq!(Session::get("0bc6bdf8").send(&store).await.unwrap(), Some(stored));
    assert_eq!(sent(&store), ["get Session: 0bc6bdf8 / SESSION"]);
}

/// This is not in the book. The index has only keys, and reads whole sessions in a second request.
pub async fn get_sessions_for_user<B: Store>(backend: B) {
    let store = store(backend);
    let stored = ["T1", "T2"].map(|token| session(token, "alexdebrie"));
    for session in &stored {
        session.create().send(&store).await.unwrap();
    }
    sent(&store);
    let entries = Session::of_user("alexdebrie").all(&store).await.unwrap();
    assert_eq!(
        entries.iter().map(|entry| entry.key().clone()).collect::<Vec<_>>(),
        stored.each_ref().map(Session::primary_key)
    );
    assert_eq!(sent(&store), ["query Session.of_user on UserIndex: alexdebrie / *, filtered"]);
    let sessions = Session::of_user("alexdebrie").hydrate().all(&store).await.unwrap();
    assert_eq!(sessions.found(), stored);
    assert_eq!(
        sent(&store),
        [
            "query Session.of_user on UserIndex: alexdebrie / *, \
             only pk sk UserIndexpk UserIndexsk, filtered",
            "batch_get Session: T1 / SESSION; T2 / SESSION",
        ]
    );
}

/// The store deletes what is expired, some time later. Until then, reads do not return it.
pub async fn delete_session_time_based<B: Store>(backend: B) {
    let store = store(backend);
    let mut expired = session("0bc6bdf8", "alexdebrie");
    expired.expires_at = Timestamp::now() - SignedDuration::from_secs(1);
    expired.create().send(&store).await.unwrap();
    sent(&store);
    assert_eq!(Session::get("0bc6bdf8").send(&store).await.unwrap(), None);
    assert_eq!(sent(&store), ["get Session: 0bc6bdf8 / SESSION"]);
}

pub async fn delete_sessions_for_user_manual<B: Store>(backend: B) {
    let store = store(backend);
    for (token, username) in [("T1", "alexdebrie"), ("T2", "alexdebrie"), ("T3", "bountyhunter1")] {
        session(token, username).create().send(&store).await.unwrap();
    }
    sent(&store);
    let report = Session::of_user("alexdebrie").delete_all().send(&store).await.unwrap();
    assert_eq!(report.deleted, 2);
    assert_eq!(
        sent(&store),
        [
            "query Session.of_user on UserIndex: alexdebrie / *, filtered",
            "delete Session: T1 / SESSION, with a condition",
            "delete Session: T2 / SESSION, with a condition",
        ]
    );
    assert!(Session::key("T3").exists().send(&store).await.unwrap());
}
