//! Each kind of write is seen by the next read through the same handle, whatever becomes of it.

use crate::support::memory::Memory;
use crate::support::shop::*;
use futures_util::FutureExt as _;
use monotable::Kind;
use monotable::cache::{Cache, CacheExt as _, Cached, Policy, SharedStore};
use monotable::prelude::*;
use monotable::testing::Recorder;
use std::sync::atomic::Ordering;

type Under = Timed<Recorder<Embedded>>;

fn under() -> (Under, Recorder<Embedded>) {
    let timed = Timed::new(Recorder::new(Embedded::in_memory()));
    let recorder = timed.inner.clone();
    (timed, recorder)
}

async fn name<R: SharedStore>(shop: &Table<Shop, Cached<Under, R>>) -> Option<String> {
    Customer::get("1").send(shop).await.unwrap().map(|it| it.name)
}

async fn text<R: SharedStore>(shop: &Table<Shop, Cached<Under, R>>) -> Option<String> {
    Note::get("1").send(shop).await.unwrap().map(|it| it.text)
}

async fn every_write<R: SharedStore>(cache: Cache<Shop, R>) {
    let (under, _) = under();
    let shop = Shop::on(under.cached(cache).unwrap());
    assert_eq!(text(&shop).await, None);
    note("1", "a").create().send(&shop).await.unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("a"));
    note("1", "b").put().send(&shop).await.unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("b"));
    Note::key("1").update().set(Note::TEXT, "c").send(&shop).await.unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("c"));
    Note::key("1").update_with(|it| it.text = "d".into()).send(&shop).await.unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("d"));
    shop.transaction().add(Note::key("1").update().set(Note::TEXT, "e")).send().await.unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("e"));
    let report = shop.batch().add(note("1", "f").into_put()).send().await;
    report.unwrap().into_result().unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("f"));
    let report = shop.batch().add(Note::key("1").delete()).send().await;
    report.unwrap().into_result().unwrap();
    assert_eq!(text(&shop).await, None);
    shop.transaction().add(note("1", "g").into_create()).send().await.unwrap();
    assert_eq!(text(&shop).await.as_deref(), Some("g"));
    Note::key("1").delete().send(&shop).await.unwrap();
    assert_eq!(text(&shop).await, None);

    // The writes of a collection and of a partition.
    customer("1").create().send(&shop).await.unwrap();
    assert!(name(&shop).await.is_some());
    Customer::partition("1").delete_all().send(&shop).await.unwrap();
    assert_eq!(name(&shop).await, None);
}

#[tokio::test]
async fn every_write_is_seen() {
    every_write(in_process()).await;
    every_write(shared(Memory::default())).await;
    every_write(layered(Memory::default())).await;
}

#[tokio::test]
async fn writes_whose_answer_is_lost() {
    let (under, _) = under();
    let loses = under.loses.clone();
    let shop = Shop::on(under.cached(layered(Memory::default())).unwrap());
    note("1", "a").put().send(&shop).await.unwrap();
    for (new, how) in ["b", "c", "d", "e"].iter().zip(0..) {
        assert!(text(&shop).await.is_some());
        loses.store(true, Ordering::SeqCst);
        let error = match how {
            0 => note("1", new).put().send(&shop).await.err(),
            1 => Note::key("1").update().set(Note::TEXT, *new).send(&shop).await.err(),
            2 => {
                let update = Note::key("1").update().set(Note::TEXT, *new);
                shop.transaction().add(update).send().await.err()
            }
            _ => {
                let report = shop.batch().add(note("1", new).into_put()).send().await;
                assert_eq!(report.unwrap().unprocessed.len(), 1);
                None
            }
        };
        loses.store(false, Ordering::SeqCst);
        assert!(how == 3 || error.is_some_and(|error| error.is_outcome_unknown()), "{new}");
        assert_eq!(text(&shop).await.as_deref(), Some(*new));
    }
}

/// The client of a store sends a request again by itself. If the answer to the first attempt was lost and the second one
/// is refused, the error is that of the second one, and the write has happened.
#[tokio::test]
async fn writes_whose_second_attempt_is_refused() {
    let (under, _) = under();
    let shop = Shop::on(under.clone().cached(layered(Memory::default())).unwrap());
    note("1", "a").put().send(&shop).await.unwrap();
    let kinds = [
        Kind::Throttled,
        Kind::Unauthorized,
        Kind::TableMissing,
        Kind::SchemaMismatch,
        Kind::Conflict,
    ];
    for kind in kinds {
        let new = format!("{kind:?}");
        assert!(text(&shop).await.is_some());
        *under.lost_as.lock().unwrap() = Some(kind);
        under.loses.store(true, Ordering::SeqCst);
        note("1", &new).put().send(&shop).await.unwrap_err();
        under.loses.store(false, Ordering::SeqCst);
        assert_eq!(text(&shop).await, Some(new));
    }
}

/// A cache is for one table. Of another one on the same handle nothing would be kept, and its writes can change the same
/// items, because a backend has one place for all tables.
#[tokio::test]
async fn another_table_on_the_same_handle_is_refused() {
    let (under, _) = under();
    let backend = under.cached(layered(Memory::default())).unwrap();
    let (shop, office) = (Shop::on(backend.clone()), office::Office::on(backend));
    note("1", "a").put().send(&shop).await.unwrap();
    let note = || office::Note { id: "1".into(), text: "b".into() };
    let key = office::Note::key("1");
    let refused = [
        office::Note::get("1").send(&office).await.map(|_| ()),
        office::Note::get_many([key.clone()]).send(&office).await.map(|_| ()),
        office::Note::by_id("1").all(&office).await.map(|_| ()),
        note().put().send(&office).await,
        key.clone().update().set(office::Note::TEXT, "b").send(&office).await.map(|_| ()),
        key.clone().delete().send(&office).await,
        office.batch().add(note().put()).send().await.and_then(|report| report.into_result()),
        office.transaction().add(note().put()).send().await.map(|_| ()),
        office.create_if_missing().await,
    ];
    for (request, answer) in refused.into_iter().enumerate() {
        let error = answer.unwrap_err();
        assert!(error.is_invalid_request(), "{request}: {error}");
        let message = error.to_string();
        assert!(message.contains("is for table `Shop`, but this is `Office`"), "{message}");
    }
    assert_eq!(Note::get("1").consistent().send(&shop).await.unwrap().unwrap().text, "a");
}

/// A caller that gives up its request does not leave an old entry behind.
#[tokio::test]
async fn a_request_that_is_dropped() {
    let (under, _) = under();
    for is_shared in [false, true] {
        let store = Memory::default();
        let cache = if is_shared { shared(store) } else { layered(store) };
        let shop = Shop::on(under.clone().cached(cache).unwrap());
        note("1", "a").put().send(&shop).await.unwrap();
        assert_eq!(text(&shop).await.as_deref(), Some("a"));
        under.lingers.store(true, Ordering::SeqCst);
        // It is polled once, which writes the table, and waits for an answer that never comes.
        let new = note("1", "b");
        let mut write = Box::pin(new.put().send(&shop));
        assert!((&mut write).now_or_never().is_none());
        drop(write);
        under.lingers.store(false, Ordering::SeqCst);
        assert_eq!(text(&shop).await.as_deref(), Some("b"));
    }
}

/// After a refusal, the item is read again: otherwise a program that tries again would read the same old item for ever.
#[tokio::test]
async fn a_refusal_forgets_what_is_old() {
    let (under, _) = under();
    let shop = Shop::on(under.clone().cached(in_process()).unwrap());
    customer("1").create().send(&shop).await.unwrap();
    let old = Customer::get("1").send(&shop).await.unwrap().unwrap();
    // Another program changes it.
    let update = Customer::key("1").update().set(Customer::NAME, "Eve");
    update.send(&Shop::on(under)).await.unwrap();
    assert_eq!(name(&shop).await.as_deref(), Some("Ada"));
    let error = old.update().set(Customer::NAME, "Bob").send(&shop).await.unwrap_err();
    assert!(error.is_conflict(), "{error}");
    assert_eq!(name(&shop).await.as_deref(), Some("Eve"));
    // In a transaction, too.
    let error = shop.transaction().add(old.put()).send().await.unwrap_err();
    assert!(error.is_cancelled(), "{error}");
    assert_eq!(name(&shop).await.as_deref(), Some("Eve"));
}

async fn write_through<R: SharedStore>(cache: Cache<Shop, R>) {
    let (under, recorder) = under();
    let shop = Shop::on(under.cached(cache).unwrap());
    customer("1").create().send(&shop).await.unwrap();
    // Nothing was there, so nothing is put there.
    recorder.take();
    assert_eq!(name(&shop).await.as_deref(), Some("Ada"));
    assert_eq!(recorder.take().len(), 1);

    // Each of these replaces what is kept, and no read of the table follows.
    let mut loaded = Customer::get("1").send(&shop).await.unwrap().unwrap();
    loaded.name = "Bob".into();
    loaded.put().send(&shop).await.unwrap();
    recorder.take();
    let loaded = Customer::get("1").send(&shop).await.unwrap().unwrap();
    assert_eq!(loaded.name, "Bob");
    loaded.update().set(Customer::NAME, "Eve").send(&shop).await.unwrap();
    assert_eq!(name(&shop).await.as_deref(), Some("Eve"));
    let update = Customer::key("1").update_with(|it| it.name = "Kim".into());
    update.send(&shop).await.unwrap();
    assert_eq!(name(&shop).await.as_deref(), Some("Kim"));
    let loaded = Customer::get("1").send(&shop).await.unwrap().unwrap();
    let transaction = shop.transaction().add(Customer { name: "Lea".into(), ..loaded }.into_put());
    transaction.send().await.unwrap();
    assert_eq!(name(&shop).await.as_deref(), Some("Lea"));
    let gets = recorder.take();
    let gets = gets.operations().into_iter().filter(|it| *it == monotable::request::Operation::Get);
    // The read of `update_with`, which is a consistent one.
    assert_eq!(gets.count(), 1);
    assert_eq!(shop.backend().stats().written_through, 4);

    // An update by key does not know what it replaces.
    Customer::key("1").update().set(Customer::NAME, "Max").send(&shop).await.unwrap();
    recorder.take();
    assert_eq!(name(&shop).await.as_deref(), Some("Max"));
    assert_eq!(recorder.take().len(), 1);

    // What says that there is no item is never replaced by one.
    Customer::key("1").delete().send(&shop).await.unwrap();
    assert_eq!(name(&shop).await, None);
    customer("1").create().send(&shop).await.unwrap();
    recorder.take();
    assert_eq!(name(&shop).await.as_deref(), Some("Ada"));
    assert_eq!(recorder.take().len(), 1);
}

#[tokio::test]
async fn items_are_written_through_where_asked() {
    let policy = Policy::ttl(MINUTE).write_through();
    let store = Memory::default();
    write_through(Cache::in_process(1 << 20).entity::<Customer>(policy)).await;
    write_through(Cache::shared(store.clone()).entity::<Customer>(policy)).await;
    store.clear();
    let seconds = std::time::Duration::from_secs(5);
    write_through(Cache::layered(1 << 20, seconds, store).entity::<Customer>(policy)).await;
}

/// The new item is asked for to write it through, and is not in the answer of who has not asked for it.
#[tokio::test]
async fn answers_have_what_was_asked_for() {
    let (under, _) = under();
    let cache = Cache::in_process(1 << 20).entity::<Customer>(Policy::ttl(MINUTE).write_through());
    let shop = Shop::on(under.cached(cache).unwrap());
    customer("1").create().send(&shop).await.unwrap();
    let loaded = Customer::get("1").send(&shop).await.unwrap().unwrap();
    let old = loaded.update().set(Customer::NAME, "Bob").returning_old().send(&shop).await.unwrap();
    assert_eq!(old.name, "Ada");
    assert_eq!(name(&shop).await.as_deref(), Some("Bob"));
    let loaded = Customer::get("1").send(&shop).await.unwrap().unwrap();
    let new = loaded.update().set(Customer::NAME, "Eve").returning_new().send(&shop).await.unwrap();
    assert_eq!(new.name, "Eve");
}
