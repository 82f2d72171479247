//! The bugs that were found later, in public trackers.

use jiff::Timestamp;
use monotable::prelude::*;
use monotable_tests::club::unique::{Club, Seat, seat};
use monotable_tests::{Order, Shop, order};
use serde::{Deserialize, Serialize};

/// Row 18: a ttl in milliseconds is stored, and the item never expires.
#[tokio::test]
async fn row_18_milliseconds_are_no_ttl() {
    let club = Club::on(Embedded::in_memory());
    let until = Timestamp::now().as_millisecond() + 1_000;
    let error = Seat { until: Some(until), ..seat("H", 1) }.create().send(&club).await.unwrap_err();
    assert!(error.is_encode() && error.to_string().contains("milliseconds"), "{error:?}");
    assert_eq!(Seat::get("H", 1).send(&club).await.unwrap(), None);
}

#[derive(Debug, Table)]
enum Notes {
    #[allow(dead_code)]
    Note(Note),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE", created = created, updated = updated)]
struct Note {
    id: String,
    text: String,
    created: Timestamp,
    updated: Timestamp,
}

/// Row 21: an upsert or a batch put resets the time of creation. A put in a batch does not compile, see
/// `ui/rules`.
#[tokio::test]
async fn row_21_no_upsert_resets_the_time_of_creation() {
    let notes = Notes::on(Embedded::in_memory());
    let new = |text: &str| {
        let now = Timestamp::now();
        Note { id: "1".into(), text: text.into(), created: now, updated: now }
    };
    let created = async || Note::get("1").send(&notes).await.unwrap().unwrap().created;
    new("first").create().send(&notes).await.unwrap();
    let first = created().await;
    assert!(new("second").put().send(&notes).await.unwrap_err().is_stale());
    let upsert = Note::key("1").update().set(Note::TEXT, "third");
    upsert.or_create(&new("third")).send(&notes).await.unwrap();
    assert!(new("fourth").create().send(&notes).await.unwrap_err().is_condition_failed());
    let stored = Note::get("1").send(&notes).await.unwrap().unwrap();
    Note { text: "fifth".into(), ..stored }.put().send(&notes).await.unwrap();
    assert_eq!(created().await, first);
}

/// Row 24: an empty text in an index key passes in tests, and fails in production.
#[tokio::test]
async fn row_24_an_empty_text_is_no_part_of_an_index_key() {
    let shop = Shop::on(Embedded::in_memory());
    let order = Order { region: Some(String::new()), ..order("C", "1") };
    assert!(order.put().send(&shop).await.unwrap_err().is_invalid_key());
    let stored = Order { region: None, ..order };
    stored.put().send(&shop).await.unwrap();
    let update = stored.update().set(Order::REGION, "").send(&shop).await;
    assert!(update.unwrap_err().is_invalid_key());
    assert_eq!(Order::get("C", "1").send(&shop).await.unwrap(), Some(stored));
}
