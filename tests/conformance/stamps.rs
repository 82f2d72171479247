//! `created` and `updated`: the times that writes set by themselves, and the index keys that they are in.

use jiff::fmt::serde::timestamp::second;
use jiff::{SignedDuration, Timestamp, Unit};
use monotable::backend::Keyed;
use monotable::prelude::*;
use monotable::timestamp as ts;
use monotable::{CrossPartitionTransactions, request};
use monotable_tests::Store;
use serde::{Deserialize, Serialize, Serializer};

#[derive(Debug, Index)]
pub struct ByChange;
#[derive(Debug, Index)]
pub struct ByAge;

#[derive(Debug, Table)]
#[table(indexes(ByChange, ByAge))]
#[allow(dead_code)]
enum Files {
    File(File),
    Task(Task),
    Visit(Visit),
    Shift(Shift),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "FOLDER#{folder}", sk = "FILE#{name}", created = made_at, updated = changed_at)]
#[access(in_folder)]
#[access(by_change, index = ByChange, pk = "OWNER#{owner}", sk = "{changed_at}")]
#[access(by_age, index = ByAge, pk = "FOLDER#{folder}", sk = "{made_at}#{name}")]
struct File {
    folder: String,
    name: String,
    owner: String,
    size: u64,
    made_at: Timestamp,
    changed_at: Timestamp,
}

#[derive(Debug, Table)]
#[table(indexes(ByChange))]
#[allow(dead_code)]
enum Pages {
    Page(Page),
}

/// With everything else that writes set, and with times of lower precision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Pages, pk = "PAGE#{id}", sk = "PAGE", version = version, unique(title), created = made, updated = changed)]
#[access(recent, index = ByChange, pk = "PAGES#{id}", sk = "{changed:s}")]
struct Page {
    id: String,
    title: String,
    version: u64,
    #[serde(default, with = "monotable::timestamp::ms")]
    made: Option<Timestamp>,
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    changed: Timestamp,
}

/// Only the time of the last write, in one key with another field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "TASK#{id}", sk = "TASK", updated = changed)]
#[access(by_state, index = ByChange, pk = "TASKS#{id}", sk = "{state}#{changed}")]
struct Task {
    id: String,
    state: String,
    changed: Timestamp,
}

/// With functions whose precision is not in their names: one refuses finer times, the other cuts them off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "VISIT#{id}", sk = "VISIT", created = made, updated = changed)]
#[access(by_change, index = ByChange, pk = "VISITS#{id}", sk = "{changed}")]
#[access(by_age, index = ByAge, pk = "VISITS#{id}", sk = "{made}")]
struct Visit {
    id: String,
    note: String,
    #[serde(with = "ts::s")]
    made: Timestamp,
    #[serde(with = "second::required")]
    changed: Timestamp,
}

/// With functions of its own: one rounds the time, the other stores the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Files, pk = "SHIFT#{id}", sk = "SHIFT", created = made, updated = changed)]
#[access(by_change, index = ByChange, pk = "SHIFTS#{id}", sk = "{changed}")]
#[access(by_age, index = ByAge, pk = "SHIFTS#{id}", sk = "{made}")]
struct Shift {
    id: String,
    note: String,
    #[serde(serialize_with = "rounded")]
    made: Timestamp,
    #[serde(serialize_with = "begin_of_day")]
    changed: Timestamp,
}

fn rounded<S: Serializer>(time: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    time.round(Unit::Second).map_err(serde::ser::Error::custom)?.serialize(out)
}

fn begin_of_day<S: Serializer>(time: &Timestamp, out: S) -> Result<S::Ok, S::Error> {
    let seconds = time.as_second() - time.as_second().rem_euclid(24 * 3_600);
    Timestamp::from_second(seconds).map_err(serde::ser::Error::custom)?.serialize(out)
}

fn file(name: &str) -> File {
    File {
        folder: "f".into(),
        name: name.into(),
        owner: "ada".into(),
        size: 1,
        made_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
    }
}

async fn stored<B: Store>(files: &Table<Files, B>, name: &str) -> File {
    File::get("f", name).consistent().send(files).await.unwrap().unwrap()
}

/// Checks that each index has the item under its present times, and nothing else of the entity.
async fn coherent<B: Store>(files: &Table<Files, B>, all: &[File]) {
    let mut by_change = all.to_vec();
    by_change.sort_by_key(|file| file.changed_at);
    assert_eq!(File::by_change("ada").all(files).await.unwrap(), by_change);
    let mut by_age = all.to_vec();
    by_age.sort_by_key(|file| file.made_at);
    assert_eq!(File::by_age("f").all(files).await.unwrap(), by_age);
    for file in all {
        let same = File::by_change("ada").eq(file.changed_at).all(files).await.unwrap();
        assert_eq!(&same, std::slice::from_ref(file));
    }
}

pub async fn a_create_sets_both_times<B: Store>(backend: B) {
    let files = Files::on(backend);
    let before = Timestamp::now();
    let given = file("a");
    let new = given.create().returning_new().send(&files).await.unwrap();
    let after = Timestamp::now();
    assert_eq!(given, file("a"), "the entity in hand does not change");
    assert_eq!(new, stored(&files, "a").await);
    assert_eq!(new.made_at, new.changed_at);
    assert!((before..=after).contains(&new.made_at), "{new:?}");
    assert_eq!(File { made_at: given.made_at, changed_at: given.changed_at, ..new.clone() }, given);
    coherent(&files, &[new]).await;
}

/// All times of a transaction are those at which the writes were added.
pub async fn times_in_transactions<B: Store + CrossPartitionTransactions>(backend: B) {
    let files = Files::on(backend);
    let after = Timestamp::now();
    let transaction = files.transaction().add(file("b").create()).add(file("c").create());
    transaction.send().await.unwrap();
    let (b, c) = (stored(&files, "b").await, stored(&files, "c").await);
    assert!(b.made_at >= after && b.made_at <= c.made_at && b.made_at == b.changed_at);
    files.transaction().add(File::key("f", "b").update()).send().await.unwrap();
    let changed = stored(&files, "b").await;
    assert!(changed.changed_at > b.changed_at && changed.made_at == b.made_at);
    // An entity that was not loaded would reset the time of creation.
    let error = files.transaction().add(file("b").put()).send().await.unwrap_err();
    assert!(error.reasons()[0].as_ref().unwrap().is_stale(), "{error:?}");
    assert_eq!(stored(&files, "b").await, changed);
}

pub async fn a_put_never_changes_the_time_of_creation<B: Store>(backend: B) {
    let files = Files::on(backend);
    let first = file("a").create().returning_new().send(&files).await.unwrap();
    let second = File { size: 2, ..first.clone() };
    let second = second.put().returning_new().send(&files).await.unwrap();
    assert!(second.changed_at > first.changed_at && second.made_at == first.made_at);
    assert_eq!(stored(&files, "a").await, second);
    coherent(&files, std::slice::from_ref(&second)).await;
    // An entity that was not loaded would reset it.
    let fresh = File { size: 3, ..file("a") };
    let error = fresh.put().send(&files).await.unwrap_err();
    assert!(error.is_stale() && error.to_string().contains("`made_at`"), "{error:?}");
    assert_eq!(error.current::<File>(), Some(&second));
    assert_eq!(stored(&files, "a").await, second);
    // Another condition that does not hold is not taken for this.
    let error = second.put().when(File::SIZE.eq(7)).send(&files).await.unwrap_err();
    assert!(error.is_condition_failed(), "{error:?}");
    // Without an item, a put writes the time that the entity has.
    file("new").put().send(&files).await.unwrap();
    let new = stored(&files, "new").await;
    assert!(new.made_at == Timestamp::UNIX_EPOCH && new.changed_at > second.changed_at);
}

/// A put would change the stored form, so it is refused; an update leaves it as it is.
pub async fn a_time_that_another_program_wrote_stays<B: Store>(backend: B) {
    #[derive(Serialize)]
    struct Foreign {
        folder: &'static str,
        name: &'static str,
        owner: &'static str,
        size: u64,
        made_at: &'static str,
        changed_at: Timestamp,
    }
    let files = Files::on(backend.clone());
    files.create_if_missing().await.unwrap();
    let foreign = Foreign {
        folder: "f",
        name: "a",
        owner: "ada",
        size: 1,
        made_at: "2026-01-01T00:00:00+00:00",
        changed_at: Timestamp::UNIX_EPOCH,
    };
    let attributes = [("pk", "FOLDER#f"), ("sk", "FILE#a"), ("_type", "File")];
    let item = backend.encode(&Keyed::new(&attributes, &foreign)).unwrap();
    let key = File::key("f", "a").render().unwrap();
    backend.put(request::Put::new(Files::DEF, "File", key, item)).await.unwrap();

    let loaded = stored(&files, "a").await;
    let error = loaded.put().send(&files).await.unwrap_err();
    assert!(error.is_stale() && error.to_string().contains("use `update`"), "{error:?}");
    loaded.update().set(File::SIZE, 2).send(&files).await.unwrap();
    let changed =
        File::key("f", "a").update_with(|file| file.size += 1).send(&files).await.unwrap();
    assert_eq!((changed.size, changed.made_at), (3, loaded.made_at));
    assert!(changed.changed_at > loaded.changed_at);
}

pub async fn every_update_sets_the_time_of_the_write<B: Store>(backend: B) {
    let files = Files::on(backend);
    let other = file("other").create().returning_new().send(&files).await.unwrap();
    let first = file("a").create().returning_new().send(&files).await.unwrap();
    let key = || File::key("f", "a");
    let set = key().update().set(File::SIZE, 2_u64).returning_new();
    let second = set.send(&files).await.unwrap();
    assert!(second.changed_at > first.changed_at && second.made_at == first.made_at);
    coherent(&files, &[other.clone(), second.clone()]).await;
    // Of a loaded entity, whose time may be old. The time is no reason to refuse it.
    let third = first.update().increment(File::SIZE, 1).if_unchanged(File::OWNER).returning_new();
    let third = third.send(&files).await.unwrap();
    assert!(third.changed_at > second.changed_at && third.size == 3);
    // By a closure, and not if nothing changes.
    let fourth = key().update_with(|file| file.size = 4).send(&files).await.unwrap();
    assert!(fourth.changed_at > third.changed_at);
    assert_eq!(stored(&files, "a").await, fourth);
    let same = key().update_with(|_| ()).send(&files).await.unwrap();
    assert_eq!((&same, &stored(&files, "a").await), (&fourth, &fourth));
    let error = key().update_with(|file| file.made_at = Timestamp::now()).send(&files).await;
    let error = error.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`made_at`"), "{error:?}");
    // Without any other change.
    key().update().send(&files).await.unwrap();
    let fifth = stored(&files, "a").await;
    assert!(fifth.changed_at > fourth.changed_at && fifth.size == 4);
    // The owner is in the other attribute of the key, so it can be set by key.
    key().update().set(File::OWNER, "eve").send(&files).await.unwrap();
    let of_eve = File::by_change("eve").all(&files).await.unwrap();
    assert_eq!(of_eve, [stored(&files, "a").await]);
    assert_eq!(File::by_change("ada").all(&files).await.unwrap(), [other]);
}

pub async fn or_create_keeps_the_time_of_creation<B: Store>(backend: B) {
    let files = Files::on(backend);
    let count = File::key("f", "a").update().increment(File::SIZE, 1);
    count.or_create(&file("a")).send(&files).await.unwrap();
    let first = stored(&files, "a").await;
    assert!(first.made_at > Timestamp::UNIX_EPOCH && first.made_at == first.changed_at);
    let given = file("a");
    let count = File::key("f", "a").update().increment(File::SIZE, 1).or_create(&given);
    let second = count.returning_new().send(&files).await.unwrap();
    assert!(second.made_at == first.made_at && second.changed_at > first.changed_at);
    coherent(&files, std::slice::from_ref(&second)).await;
    second.delete().send(&files).await.unwrap();
    coherent(&files, &[]).await;
}

pub async fn a_move_keeps_the_time_of_creation<B: Store + CrossPartitionTransactions>(backend: B) {
    let files = Files::on(backend);
    let first = file("a").create().returning_new().send(&files).await.unwrap();
    let second =
        File { size: 2, ..first.clone() }.put().returning_new().send(&files).await.unwrap();
    let moved = File { name: "b".into(), ..second.clone() };
    second.move_to(&moved).send(&files).await.unwrap();
    let third = stored(&files, "b").await;
    assert!(third.made_at == first.made_at && third.changed_at > second.changed_at);
    coherent(&files, std::slice::from_ref(&third)).await;
    let newer = File { name: "c".into(), made_at: Timestamp::now(), ..third.clone() };
    let error = third.move_to(&newer).send(&files).await.unwrap_err();
    assert!(error.is_invalid_request() && error.to_string().contains("`made_at`"), "{error:?}");
    third.delete().send(&files).await.unwrap();
    coherent(&files, &[]).await;
}

pub async fn times_with_versions_guards_and_precisions<B: Store + CrossPartitionTransactions>(
    backend: B,
) {
    let files = Pages::on(backend);
    let page = |id: &str| Page {
        id: id.into(),
        title: format!("title of {id}"),
        version: 0,
        made: None,
        changed: Timestamp::UNIX_EPOCH,
    };
    let first = page("a").create().returning_new().send(&files).await.unwrap();
    assert_eq!(Page::get("a").send(&files).await.unwrap().as_ref(), Some(&first));
    let made = first.made.unwrap();
    assert_eq!((made.subsec_nanosecond() % 1_000_000, first.changed.subsec_nanosecond()), (0, 0));
    assert!(
        Timestamp::now().duration_since(made) < SignedDuration::from_mins(1) && first.version > 0
    );
    let second = first.update().set(Page::TITLE, "new").returning_new().send(&files).await.unwrap();
    assert!(second.made == first.made && second.changed >= first.changed);
    // The version decides about conflicts, and the times do not.
    let error = first.update().set(Page::TITLE, "x").send(&files).await.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    let third =
        second.update().set(Page::TITLE, "newer").returning_new().send(&files).await.unwrap();
    assert_eq!(
        Page::recent("a").eq(third.changed).all(&files).await.unwrap(),
        std::slice::from_ref(&third)
    );
    let thief = Page { title: "newer".into(), ..page("b") };
    assert!(thief.create().send(&files).await.unwrap_err().is_unique_violation());
    let key = Page::key("a");
    let fourth = key.update_with(|page| page.title = "newest".into()).send(&files).await.unwrap();
    assert!(fourth.made == first.made && fourth.version > third.version);
    fourth.delete().send(&files).await.unwrap();
    thief.create().send(&files).await.unwrap();
}

pub async fn a_time_beside_other_fields_of_a_key<B: Store>(backend: B) {
    let files = Files::on(backend);
    let task =
        |id: &str| Task { id: id.into(), state: "open".into(), changed: Timestamp::UNIX_EPOCH };
    // An entity without `created` can be put in a batch, which sets the time.
    let report = files.batch().add(task("a").put()).add(task("b").put()).send().await.unwrap();
    report.into_result().unwrap();
    let first = Task::get("a").send(&files).await.unwrap().unwrap();
    assert!(first.changed > Timestamp::UNIX_EPOCH);
    let open = Task::by_state("a").eq("open").eq(first.changed);
    assert_eq!(open.all(&files).await.unwrap(), std::slice::from_ref(&first));
    let done = first.update().set(Task::STATE, "done").returning_new().send(&files).await.unwrap();
    assert_eq!(Task::by_state("a").all(&files).await.unwrap(), std::slice::from_ref(&done));
    // The loaded state is needed for the key, so a stale entity is refused.
    let error = first.update().when(Task::ID.eq("a")).send(&files).await.unwrap_err();
    assert!(error.is_stale(), "{error:?}");
    let again = Task::key("a").update_with(|task| task.state = "open".into()).send(&files).await;
    assert_eq!(Task::by_state("a").all(&files).await.unwrap(), [again.unwrap()]);
}

/// The item is found under its stored times, and a write of the loaded entity leaves its keys as they are.
pub async fn times_of_any_serde_function_are_those_in_index_keys<B: Store>(backend: B) {
    macro_rules! check {
        ($entity:ident, $files:ident) => {
            let given = $entity {
                id: "a".into(),
                note: String::new(),
                made: Timestamp::UNIX_EPOCH,
                changed: Timestamp::UNIX_EPOCH,
            };
            let new = given.create().returning_new().send(&$files).await.unwrap();
            let loaded = $entity::get("a").consistent().send(&$files).await.unwrap().unwrap();
            assert_eq!(new, loaded);
            let by_age = || $entity::by_age("a").eq(loaded.made);
            let by_change = $entity::by_change("a").eq(loaded.changed);
            assert_eq!(by_age().all(&$files).await.unwrap(), std::slice::from_ref(&loaded));
            assert_eq!(by_change.all(&$files).await.unwrap(), std::slice::from_ref(&loaded));
            let put = $entity { note: "put".into(), ..loaded.clone() };
            let put = put.put().returning_new().send(&$files).await.unwrap();
            assert_eq!(by_age().all(&$files).await.unwrap(), std::slice::from_ref(&put));
            let update = put.update().set($entity::NOTE, "updated").returning_new();
            let updated = update.send(&$files).await.unwrap();
            assert_eq!(by_age().all(&$files).await.unwrap(), std::slice::from_ref(&updated));
            let by_change = $entity::by_change("a").eq(updated.changed);
            assert_eq!(by_change.all(&$files).await.unwrap(), std::slice::from_ref(&updated));
            assert_eq!($entity::by_change("a").all(&$files).await.unwrap(), [updated]);
        };
    }
    let files = Files::on(backend);
    check!(Visit, files);
    check!(Shift, files);
}
