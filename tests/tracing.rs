//! Each request has a span whose attributes have the names of OpenTelemetry.

use monotable::Change;
use monotable::embedded::Retention;
use monotable::prelude::*;
use monotable_tests::{Order, Shop, Status, order};
use serde::{Deserialize, Serialize};
use std::io;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Lines;
    fn make_writer(&'a self) -> Lines {
        self.clone()
    }
}

#[tokio::test(flavor = "current_thread")]
async fn each_request_has_a_span() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        // Its digits could be those of a value.
        .without_time()
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(lines.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let shop = Shop::on(Embedded::in_memory());
    let stored = order("C001", "secret-free");
    stored.create().send(&shop).await.unwrap();
    stored.create().send(&shop).await.unwrap_err();
    Order::get("C001", "1").send(&shop).await.unwrap();
    Order::by_status(Status::Placed).count(&shop).await.unwrap();
    stored.delete().send(&shop).await.unwrap();
    shop.create_if_missing().await.unwrap();
    Order::by_customer("").count(&shop).await.unwrap_err();

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let spans: Vec<&str> = text.lines().collect();
    let wanted = [
        ("put", "monotable.entity=\"Order\""),
        ("put", "monotable.write_units"),
        ("get", "monotable.read_units=0.5"),
        ("query", "monotable.access_pattern=\"by_status\""),
        ("delete", "monotable.entity=\"Order\""),
        ("create_table", "otel.kind=\"client\""),
    ];
    assert_eq!(spans.len(), wanted.len(), "one span for each request that was sent:\n{text}");
    for (span, (operation, field)) in spans.iter().zip(wanted) {
        assert!(span.contains(&format!("db.operation.name=\"{operation}\"")), "{span}");
        assert!(span.contains(&format!("otel.name=\"{operation}\"")), "{span}");
        assert!(span.contains("db.system.name=\"monotable\""), "{span}");
        assert!(span.contains("db.collection.name=\"Shop\""), "{span}");
        assert!(span.contains(field), "{span}");
    }
    // The values of items are not logged.
    assert!(!text.contains("1970"), "{text}");
}

#[derive(Debug, Table)]
#[table(coordination)]
enum Notes {
    Note(Note),
}

#[derive(Debug, Serialize, Deserialize, Entity)]
#[entity(table = Notes, pk = "NOTE#{id}", sk = "NOTE")]
struct Note {
    id: String,
}

#[tokio::test(flavor = "current_thread")]
async fn a_consumer_that_waits_says_so_once() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(lines.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let store = Embedded::in_memory().with_change_log(Retention::default()).unwrap();
    let notes = Notes::on(store);
    let ignored = async |_: Change<Notes>| -> monotable::Result<()> { Ok(()) };
    let mut first = notes.consumer("mails");
    first.step(ignored).await.unwrap();
    let mut second = notes.consumer("mails");
    for _ in 0..3 {
        assert!(second.catch_up(ignored).await.unwrap().is_waiting);
    }
    first.release().await.unwrap();
    assert!(!second.step(ignored).await.unwrap().is_waiting);

    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.matches("waiting: another worker has the changes").count(), 1, "{text}");
    assert!(text.contains("mails"), "{text}");
}
