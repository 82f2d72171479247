//! Projections: entries of indexes that do not project whole items, the items that belong to them, and fewer fields
//! of an item.

use futures_util::TryStreamExt as _;
use monotable::backend::Keyed;
use monotable::ops::Many;
use monotable::prelude::*;
use monotable::request::{Operation, Put};
use monotable::testing::{Recorder, Request};
use monotable::{Hydrated, Key};
use monotable_tests::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Index)]
#[index(name = "gsi1", projection = include(title, "pts", points, tags, price, place))]
pub struct ByOwner;

#[derive(Debug, Index)]
#[index(name = "gsi2", projection = keys_only)]
pub struct ByState;

#[derive(Debug, Index)]
#[index(name = "gsi3")]
pub struct ByRoom;

#[derive(Debug, Table)]
#[table(indexes(ByOwner, ByState, ByRoom))]
#[allow(dead_code)]
pub enum Work {
    Task(Task),
    Note(Note),
}

/// `name`, `status` and `size` are reserved words of DynamoDB.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "TEAM#{team}", sk = "TASK#{number}")]
#[access(of_team)]
#[access(by_owner, index = ByOwner, pk = "OWNER#{owner}", sk = "{number}")]
#[access(by_state, index = ByState, pk = "STATE#{status}", sk = "{number:desc}")]
#[access(by_room, index = ByRoom, pk = "ROOM#{name}", sk = "{number}")]
pub struct Task {
    team: String,
    number: u32,
    owner: String,
    status: String,
    title: String,
    name: Option<String>,
    #[serde(rename = "pts", alias = "points")]
    size: u32,
    #[serde(default, with = "monotable::set", skip_serializing_if = "BTreeSet::is_empty")]
    tags: BTreeSet<String>,
    #[serde(with = "monotable::decimal")]
    price: String,
    #[serde(default = "three")]
    weight: u32,
    place: Option<Place>,
}

fn three() -> u32 {
    3
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Document)]
pub struct Place {
    room: String,
    floor: Option<u8>,
}

/// It expires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Work, pk = "TEAM#{team}", sk = "NOTE#{id}", ttl = until)]
#[access(notes)]
pub struct Note {
    team: String,
    id: String,
    text: String,
    until: Option<i64>,
}

/// It has no serde derives: the values are read by the functions of the entity.
#[derive(Debug, PartialEq, Projection)]
#[projection(of = Task)]
struct Line {
    number: u32,
    title: String,
    #[projection(field = size)]
    points: u32,
    tags: BTreeSet<String>,
    price: String,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = Task)]
struct More {
    name: Option<String>,
    weight: u32,
    status: String,
    place: Option<Place>,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = Task)]
struct Numbers {
    number: u32,
    #[projection(field = number)]
    again: u32,
    team: String,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(of = Note)]
struct Text {
    text: String,
}

fn task(number: u32) -> Task {
    Task {
        team: "core".into(),
        number,
        owner: "ada".into(),
        status: "open".into(),
        title: format!("Task {number}"),
        name: number.is_multiple_of(2).then(|| "101".to_owned()),
        size: number * 10,
        tags: (1..number).map(|tag| tag.to_string()).collect(),
        price: format!("{number}.5"),
        weight: 7,
        place: Some(Place { room: "101".into(), floor: None }),
    }
}

fn line(number: u32) -> Line {
    let Task { title, size, tags, price, .. } = task(number);
    Line { number, title, points: size, tags, price }
}

async fn fill<B: Store>(backend: B, tasks: u32) -> (Table<Work, Recorder<B>>, Recorder<B>) {
    let recorder = Recorder::new(backend);
    let work = Work::on(recorder.clone());
    for number in 1..=tasks {
        task(number).put().send(&work).await.unwrap();
    }
    recorder.take();
    (work, recorder)
}

pub async fn entries_have_what_the_index_includes<B: Store>(backend: B) {
    let (work, _) = fill(backend, 3).await;
    let entries = Task::by_owner("ada").filter(Task::SIZE.gt(10_u32)).all(&work).await.unwrap();
    assert_eq!(entries.len(), 2);
    let entry = &entries[0];
    assert_eq!(entry.get(Task::TITLE).unwrap(), "Task 2");
    assert_eq!(entry.get(Task::SIZE).unwrap(), 20);
    assert_eq!(entry.get(Task::TAGS).unwrap(), BTreeSet::from(["1".to_owned()]));
    assert_eq!(entry.get(Task::PRICE).unwrap(), "2.5");
    assert_eq!(entry.get(Task::PLACE).unwrap().unwrap().room, "101");
    // From the primary key.
    assert_eq!(entry.get(Task::NUMBER).unwrap(), 2);
    assert_eq!(entry.get(Task::TEAM).unwrap(), "core");
    assert_eq!(entry.key(), &Task::key("core", 2_u32));
    assert_eq!(entry.index_key(), ("OWNER#ada", "0000000002"));

    let newest = Task::by_state("open").first(&work).await.unwrap().unwrap();
    assert_eq!(newest.get(Task::NUMBER).unwrap(), 3);
    assert_eq!(newest.key(), &Task::key("core", 3_u32));
}

pub async fn conditions_on_included_places_filter<B: Store>(backend: B) {
    let (work, _) = fill(backend, 3).await;
    let here = Task::PLACE.then(Place::ROOM).eq("101");
    let tagged = Task::TAGS.size().ge(1) & !Task::TITLE.begins_with("Task 3");
    let found = Task::by_owner("ada").filter(here & tagged).all(&work).await.unwrap();
    assert_eq!(monotable_tests::keys(found), [Task::key("core", 2_u32)]);
    fn large() -> monotable::Condition<Task, monotable::query::Include<ByOwner>> {
        Task::SIZE.ge(30_u32)
    }
    assert_eq!(Task::by_owner("ada").filter(large()).count(&work).await.unwrap(), 1);
}

pub async fn a_projection_reads_its_fields<B: Store>(backend: B) {
    let (work, recorder) = fill(backend, 3).await;
    let lines = Task::of_team("core").project::<Line>().all(&work).await.unwrap();
    assert_eq!(lines, [line(1), line(2), line(3)]);
    // The former name is asked for, too.
    let requests = recorder.take();
    assert_eq!(requests.operations(), [Operation::Query]);
    let Request::Query(query) = requests[0].request() else { panic!("{requests}") };
    let names = ["pk", "sk", "_type", "number", "title", "pts", "points", "tags", "price"];
    assert_eq!(query.attributes.as_deref(), Some(&names[..]));
    assert!(requests.to_string().contains(", only pk sk _type number title"), "{requests}");

    let more = Task::get("core", 1_u32).project::<More>().send(&work).await.unwrap().unwrap();
    let Task { name, weight, status, place, .. } = task(1);
    assert_eq!(more, More { name, weight, status, place });
    let none = Task::get("core", 9_u32).project::<More>().consistent().send(&work).await;
    assert_eq!(none.unwrap(), None);
}

pub async fn every_way_to_run_a_query_projects<B: Store>(backend: B) {
    let (work, recorder) = fill(backend, 5).await;
    let lines = || Task::of_team("core").project::<Line>();
    let all: Vec<_> = (1..=5).map(line).collect();
    let streamed: Vec<_> = lines().page_size(2).stream(&work).try_collect().await.unwrap();
    assert_eq!(streamed, all);
    let pages: Vec<_> = lines().limit(3).page_size(2).pages(&work).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(lines().descending().first(&work).await.unwrap(), Some(line(5)));
    assert_eq!(lines().eq(2_u32).one(&work).await.unwrap(), line(2));
    assert!(lines().one(&work).await.unwrap_err().is_several());
    // A limit with a filter ends inside of a page, and the cursor goes on after the last item.
    for lines in [lines(), Task::of_team("core").filter(Task::SIZE.gt(10_u32)).project()] {
        let page = lines.clone().limit(2).page(&work).await.unwrap();
        let rest = lines.after(page.cursor).all(&work).await.unwrap();
        let both: Vec<_> = page.items.into_iter().chain(rest).collect();
        assert_eq!(both, all[5 - both.len()..]);
    }
    recorder.take();
    assert_eq!(lines().count(&work).await.unwrap(), 5);
    assert!(recorder.take().to_string().contains("count only"));
}

pub async fn a_projection_of_an_index<B: Store>(backend: B) {
    let (work, recorder) = fill(backend, 3).await;
    // It includes all fields but the number, which is in the primary key.
    let lines = Task::by_owner("ada").project::<Line>();
    assert_eq!(lines.clone().all(&work).await.unwrap(), [line(1), line(2), line(3)]);
    let page = lines.clone().filter(Task::SIZE.gt(0_u32)).limit(1).page(&work).await.unwrap();
    assert_eq!(page.items, [line(1)]);
    assert_eq!(lines.after(page.cursor).all(&work).await.unwrap(), [line(2), line(3)]);
    let keys = Task::by_state("open").project::<Numbers>().first(&work).await.unwrap().unwrap();
    assert_eq!(keys, Numbers { number: 3, again: 3, team: "core".into() });
    let number = Task::get("core", 2_u32).project::<Numbers>().send(&work).await.unwrap();
    assert_eq!(number.unwrap().again, 2);
    let whole = Task::by_room("101").project::<More>().all(&work).await.unwrap();
    assert_eq!(whole[0].name.as_deref(), Some("101"));
    let operations = recorder.take().operations();
    assert_eq!(operations.iter().filter(|it| **it != Operation::Query).count(), 1);
}

/// Puts an item as another program has stored it.
async fn put_stored<B: Store>(
    work: &Table<Work, B>,
    key: &Key<Task>,
    fields: &impl Serialize,
    tag: &str,
) {
    let (backend, rendered) = (work.backend(), key.render().unwrap());
    let attributes = [
        ("pk", &*rendered.pk),
        ("sk", &*rendered.sk),
        ("_type", tag),
        ("gsi1pk", "OWNER#ada"),
        ("gsi1sk", "0000000001"),
    ];
    let item = backend.encode(&Keyed::new(&attributes, fields)).unwrap();
    backend.put(Put::new(Work::DEF, "Task", rendered, item)).await.unwrap();
}

pub async fn values_that_are_not_stored<B: Store>(backend: B) {
    #[derive(Serialize)]
    struct Old {
        number: u32,
        title: &'static str,
        /// The former name.
        points: u32,
        price: u32,
        status: &'static str,
    }
    #[derive(Serialize)]
    struct Damaged {
        number: u32,
        title: Option<&'static str>,
        pts: &'static str,
    }
    let work = Work::on(backend);
    let key = Task::key("core", 1_u32);
    let old = Old { number: 1, title: "Old", points: 5, price: 2, status: "open" };
    put_stored(&work, &key, &old, "Task").await;
    let tags = BTreeSet::new();
    let expected = Line { number: 1, title: "Old".into(), points: 5, tags, price: "2".into() };
    let found = Task::get("core", 1_u32).project::<Line>().send(&work).await.unwrap();
    assert_eq!(found, Some(expected));
    let more = Task::get("core", 1_u32).project::<More>().send(&work).await.unwrap();
    assert_eq!(more, Some(More { name: None, weight: 3, status: "open".into(), place: None }));

    let damaged = Damaged { number: 1, title: None, pts: "many" };
    put_stored(&work, &key, &damaged, "Task").await;
    let error = Task::of_team("core").project::<Line>().all(&work).await.unwrap_err();
    assert!(error.is_decode(), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("`title`") && text.contains("TEAM#core / TASK#0000000001"), "{text}");
    let entry = Task::by_owner("ada").one(&work).await.unwrap();
    let error = entry.get(Task::SIZE).unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`pts`"), "{error}");

    put_stored(&work, &key, &old, "Note").await;
    let error = Task::get("core", 1_u32).project::<Line>().send(&work).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("stored as `Note`"), "{error}");
    let error = Task::by_owner("ada").all(&work).await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("stored as `Note`"), "{error}");
}

pub async fn expired_items_are_not_projected<B: Store>(backend: B) {
    let work = Work::on(backend);
    for (id, until) in [("never", None), ("past", Some(1)), ("live", Some(i64::from(u32::MAX)))] {
        let (team, text) = ("core".into(), id.to_owned());
        Note { team, id: id.into(), text, until }.put().send(&work).await.unwrap();
    }
    let texts = Note::notes("core").project::<Text>().all(&work).await.unwrap();
    assert_eq!(texts.iter().map(|note| &*note.text).collect::<Vec<_>>(), ["live", "never"]);
    for (id, is_there) in [("never", true), ("past", false), ("live", true)] {
        let read = Note::get("core", id).project::<Text>().send(&work).await.unwrap();
        assert_eq!(read.is_some(), is_there, "{id}");
    }
}

pub async fn hydrated_items_are_in_the_order_of_the_query<B: Store>(backend: B) {
    let (work, recorder) = fill(backend, 5).await;
    let many = Task::by_state("open").hydrate().all(&work).await.unwrap();
    assert!(many.missing.is_empty() && many.unprocessed.is_empty());
    assert_eq!(many.found(), [5, 4, 3, 2, 1].map(task));
    assert!(recorder.take().operations().contains(&Operation::Query));

    let large = Task::by_owner("ada").filter(Task::SIZE.gt(10_u32)).limit(3);
    let found = large.clone().hydrate().consistent().all(&work).await.unwrap().found();
    assert_eq!(found, [2, 3, 4].map(task));
    let page = large.clone().limit(2).hydrate().page(&work).await.unwrap();
    let items: Vec<_> = page.items.into_iter().filter_map(Hydrated::item).collect();
    assert_eq!(items, [2, 3].map(task));
    let next = Task::by_owner("ada").filter(Task::SIZE.gt(10_u32)).after(page.cursor);
    let next: Vec<_> = next.hydrate().stream(&work).try_collect().await.unwrap();
    assert_eq!(next.into_iter().filter_map(Hydrated::item).collect::<Vec<_>>(), [4, 5].map(task));
    let pages = Task::by_state("open").page_size(2).limit(5).hydrate().pages(&work);
    let pages: Vec<_> = pages.try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [2, 2, 1]);
    let first = Task::by_state("open").hydrate().first(&work).await.unwrap();
    assert_eq!(first.and_then(Hydrated::item), Some(task(5)));
    assert!(Task::by_state("done").hydrate().first(&work).await.unwrap().is_none());

    // Entries that were read before.
    let entries = Task::by_owner("ada").limit(2).page(&work).await.unwrap().items;
    assert_eq!(Task::get_many(&entries).send(&work).await.unwrap().found(), [1, 2].map(task));
}

pub async fn deleted_items_are_reported<B: Store>(backend: B) {
    let (work, _) = fill(backend, 3).await;
    // What is deleted after the index was read.
    let entries = Task::by_state("open").all(&work).await.unwrap();
    task(2).delete().send(&work).await.unwrap();
    let Many { items, missing, .. } = Task::get_many(entries).send(&work).await.unwrap();
    assert_eq!(items, [Some(task(3)), None, Some(task(1))]);
    assert_eq!(missing, [Task::key("core", 2_u32)]);
}
