//! A cache as it is often written: filled after a read, emptied after a write.

use super::schedule::{SimTable, TTL};
use crate::support::memory::Memory;
use monotable::backend::{Item as _, Keyed, Limits};
use monotable::cache::{Found, Lease, StoredEntry, Wrote};
use monotable::embedded::Document;
use monotable::request::{
    BatchWrite, BatchWritten, CreateTable, Delete, Fetched, Get, Put, Queried, Query, Update,
    Written,
};
use monotable::{Backend, Cost, Result};
use serde::Serialize;
use std::time::{Duration, SystemTime};

#[derive(Clone)]
pub struct Naive {
    table: SimTable,
    memory: Memory,
}

impl Naive {
    pub fn new(table: SimTable, memory: Memory) -> Self {
        Naive { table, memory }
    }

    /// Sets the entry, whatever is there.
    fn set(&self, key: &str, item: Option<&Document>) {
        let data = item.map(AsRef::as_ref).unwrap_or_default();
        let ttl = Duration::from_millis(TTL);
        let lease = Lease { token: "naive", lasts: ttl };
        self.memory.wrote_now(key, Wrote::Something);
        self.memory.get_now(key, "", Some(lease));
        self.memory.fill_now(key, "naive", StoredEntry { form: "", version: "", data, ttl });
    }
}

macro_rules! writes {
    ($($name:ident($request:ty) -> $answer:ty;)*) => {$(
        async fn $name(&self, request: $request) -> Result<$answer> {
            let key = request.key.pk.clone();
            let answer = self.table.$name(request).await;
            self.table.sim.delay().await;
            self.memory.wrote_now(&key, Wrote::Something);
            answer
        }
    )*};
}

impl Backend for Naive {
    type Item = Document;
    type Indexes = <SimTable as Backend>::Indexes;
    const SYSTEM: &'static str = "naive";
    const LIMITS: Limits = SimTable::LIMITS;

    fn collection(&self) -> Option<&str> {
        None
    }

    fn encode<T: Serialize + ?Sized>(&self, item: &Keyed<'_, T>) -> Result<Document> {
        self.table.encode(item)
    }

    async fn get(&self, request: Get) -> Result<Fetched<Document>> {
        let key = request.key.pk.clone();
        if let Found::Entry { data, .. } = self.memory.get_now(&key, "", None) {
            let item = data.map(Document::from);
            assert!(item.as_ref().is_none_or(|item| item.size().is_ok()));
            return Ok(Fetched::new(item, Cost::ZERO));
        }
        let found = self.table.get(request).await?;
        self.table.sim.delay().await;
        self.set(&key, found.item.as_ref());
        Ok(found)
    }

    writes! {
        put(Put<Document>) -> Written<Document>;
        update(Update) -> Written<Document>;
        delete(Delete) -> Written<Document>;
    }

    async fn batch_write(&self, request: BatchWrite<Document>) -> Result<BatchWritten> {
        let keys: Vec<_> = request.writes.iter().map(|write| write.key().pk.clone()).collect();
        let answer = self.table.batch_write(request).await;
        for key in keys {
            self.memory.wrote_now(&key, Wrote::Something);
        }
        answer
    }

    async fn query(&self, request: Query) -> Result<Queried<Document>> {
        self.table.query(request).await
    }

    async fn create_table(&self, request: CreateTable) -> Result<()> {
        self.table.create_table(request).await
    }

    async fn pause(&self, duration: Duration) {
        self.table.pause(duration).await;
    }

    fn now(&self) -> SystemTime {
        self.table.now()
    }
}
