//! The span of a request says how it was answered.

use crate::support::shop::*;
use monotable::cache::{
    Cache, CacheExt as _, Effect, Found, Lease, SharedStore, StoredEntry, Wrote,
};
use monotable::prelude::*;
use monotable::{Error, Kind, Result};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

/// Notes the values of the field `monotable.cache`.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>, Arc<Mutex<Option<&'static Metadata<'static>>>>);

impl Visit for Notes {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "monotable.cache" {
            self.0.lock().unwrap().push(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// All spans have one number: the requests come one after the other.
impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "monotable"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        *self.1.lock().unwrap() = Some(span.metadata());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn current_span(&self) -> Current {
        match *self.1.lock().unwrap() {
            Some(metadata) => Current::new(Id::from_u64(1), metadata),
            None => Current::none(),
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// A store that cannot be reached.
#[derive(Clone)]
struct Down;

fn refused<T>() -> Result<T> {
    Err(Error::new(Kind::Unavailable, "connection refused"))
}

impl SharedStore for Down {
    async fn get(&self, _: &str, _: &str, _: Option<Lease<'_>>) -> Result<Found> {
        refused()
    }
    async fn fill(&self, _: &str, _: &str, _: StoredEntry<'_>) -> Result<bool> {
        refused()
    }
    async fn release(&self, _: &str, _: &str) -> Result<()> {
        refused()
    }
    async fn wrote(&self, _: &str, _: Wrote<'_>) -> Result<Effect> {
        refused()
    }
}

#[tokio::test]
async fn how_a_read_was_answered() {
    let notes = Notes::default();
    let _guard = tracing::subscriber::set_default(notes.clone());
    let (shop, _) = recorded();
    note("1", "a").put().send(&shop).await.unwrap();
    Note::get("1").send(&shop).await.unwrap();
    Note::get("1").send(&shop).await.unwrap();
    Note::get("1").consistent().send(&shop).await.unwrap();
    let down =
        Shop::on(Embedded::in_memory().cached(Cache::shared(Down).entity::<Note>(MINUTE)).unwrap());
    Note::get("1").send(&down).await.unwrap();
    assert_eq!(*notes.0.lock().unwrap(), ["miss", "hit", "bypassed", "unavailable"]);
}
