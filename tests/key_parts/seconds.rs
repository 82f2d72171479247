//! Buckets of a second and of smaller units: keys of existing tables, which have no smaller unit.
#![allow(clippy::needless_borrows_for_generic_args, reason = "references are what is tested")]

use jiff::Timestamp;
use monotable::key::{Millisecond, Second};
use monotable::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Table)]
#[table(indexes(BySecond))]
enum Log {
    Event(Event),
}

#[derive(Debug, Index)]
struct BySecond;

/// The index has the time with both: as a bucket in the partition key, and cut off in the sort key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Log, pk = "HOST#{host}#{at:day:bucket}", sk = "EVENT#{at:second:bucket}")]
#[access(of_host)]
#[access(
    of_second,
    index = BySecond,
    pk = "SECOND#{at:second:bucket}",
    sk = "{at:s}#{seen:millisecond:bucket:desc}"
)]
struct Event {
    host: String,
    at: Timestamp,
    seen: Timestamp,
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn event(at: &str) -> Event {
    Event { host: "a".into(), at: time(at), seen: time("2026-11-02T11:00:00.0005Z") }
}

#[tokio::test]
async fn items_of_one_second_have_one_key() -> monotable::Result<()> {
    let log = Log::on(Embedded::in_memory());
    let events = [event("2026-11-02T10:20:30.25Z"), event("2026-11-02T10:20:31.75Z")];
    for event in &events {
        event.create().send(&log).await?;
    }
    let same = event("2026-11-02T10:20:30.5Z");
    assert!(same.create().send(&log).await.unwrap_err().is_condition_failed());

    let key = events[0].primary_key().render()?;
    assert_eq!((&*key.pk, &*key.sk), ("HOST#a#2026-11-02", "EVENT#2026-11-02T10:20:30Z"));
    // The argument is the second, and the day follows from it.
    let second = Second::from(same.at);
    assert_eq!(Event::key("a", second).render()?, key);
    assert_eq!(
        monotable::Key::<Event>::parse(&key.pk, &key.sk)?.parts(),
        &("a".to_owned(), second)
    );
    assert_eq!(Event::get("a", &second).send(&log).await?.as_ref(), Some(&events[0]));

    let day = jiff::civil::date(2026, 11, 2);
    let later = Event::of_host("a", day).range(Second::from(events[1].at)..);
    assert_eq!(later.all(&log).await?, events[1..]);
    // A bound is a whole second, which includes all of its times.
    let until = Event::of_host("a", day).range(..=Second::from(time("2026-11-02T10:20:30Z")));
    assert_eq!(until.all(&log).await?, events[..1]);
    Ok(())
}

#[tokio::test]
async fn a_bucket_and_a_precision_have_the_same_text_and_other_arguments() -> monotable::Result<()>
{
    let log = Log::on(Embedded::in_memory());
    let event = event("2026-11-02T10:20:30Z");
    event.create().send(&log).await?;
    // The second does not give the time that is cut off, whose argument is a whole time.
    let of_second = || Event::of_second(Second::from(event.at));
    let query = of_second().eq(event.at).eq(Millisecond::from(event.seen));
    let request = query.request()?.expect("not empty");
    assert_eq!(request.keys.texts().unwrap().0, "SECOND#2026-11-02T10:20:30Z");
    assert_eq!(query.all(&log).await?, std::slice::from_ref(&event));
    let odd = time("2026-11-02T10:20:30.25Z");
    assert!(of_second().eq(odd).all(&log).await.unwrap_err().is_invalid_key());
    let millisecond = Millisecond::from(event.seen);
    let newest_first = of_second().eq(event.at).range(..millisecond);
    assert_eq!(newest_first.all(&log).await?, []);
    Ok(())
}
