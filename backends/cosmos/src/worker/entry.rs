//! The entries of an item in an index's container.
//!
//! An item has at most one entry, in the partition of its partition key on the index. If an update moves it, the old
//! entry has to go, but the feed tells only the new state. So the container has one more document for each item, which
//! says in which partitions its entry may be. It is written before an entry is, so it never says too little. What was
//! an entry becomes a mark without keys, which no query finds, and which a worker that stood still cannot write over.

use super::fence::{Belief, Fence, Kept, Place, overtaken};
use crate::document::names;
use crate::feed::{Change, text};
use crate::index_ids as ids;
use crate::upload::now;
use monotable_core::schema::{IndexDef, TableDef};
use monotable_core::{Cost, Result};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The id of the document that says where the entry of an item is.
const WHEREABOUTS: &str = "_:entry";

/// The entry in `_index` with the partitions in which an entry may be.
const PARTITIONS: &str = "partitions";

/// The entry in `_index` with the time when the item expires.
const EXPIRES: &str = "expires";

/// The entry in `_index` of an entry with the version of the item that it was made of.
const SOURCE: &str = "source";

/// How long a mark is kept, and what is known of an item that is in the index no more.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// An index whose entries are kept.
#[derive(Clone, Copy)]
pub(crate) struct Entries {
    pub(crate) table: &'static TableDef,
    pub(crate) index: &'static IndexDef,
}

/// What is known of the entry of an item.
#[derive(Debug, Clone, Default, PartialEq)]
struct Known {
    partitions: Vec<String>,
    expires: Option<i64>,
}

impl Known {
    fn of(kept: Option<&Kept>) -> Self {
        let Some(kept) = kept else { return Known::default() };
        let partitions = kept.index(PARTITIONS).and_then(Value::as_array);
        let partitions = partitions.into_iter().flatten().filter_map(Value::as_str);
        let expires = kept.index(EXPIRES).and_then(Value::as_i64);
        Known { partitions: partitions.map(str::to_owned).collect(), expires }
    }

    fn has(&self, partition: &str) -> bool {
        self.partitions.iter().any(|known| known == partition)
    }
}

impl Entries {
    /// Makes the entries of an item agree with its new state.
    pub(crate) async fn apply(&self, fence: &Fence, change: &Change) -> Result<Cost> {
        let mut cost = Cost::ZERO;
        if !self.may_have(change) {
            return Ok(cost);
        }
        let id = ids::of_entry(self.table, &change.key);
        let own = format!("_:{id}");
        let place = Place { partition: &own, id: WHEREABOUTS };
        let new = self.entry(change);
        let target = new.as_ref().map(|entry| entry.partition.as_str());
        let expires = change.document.as_ref().and_then(|document| self.expires(document));
        let kept = fence.read(place.partition, place.id, &mut cost).await?;
        if kept.as_ref().is_some_and(|kept| kept.epoch() > fence.epoch) {
            return Err(overtaken());
        }
        let known = Known::of(kept.as_ref());
        // A worker that stood still may be about to write an entry. It must not find the item unknown.
        let is_marked = kept.as_ref().is_some_and(|kept| kept.epoch() == fence.epoch);
        let mark = fence.is_contested && !is_marked;
        if target.is_none() && known.partitions.is_empty() && !mark {
            return Ok(cost);
        }
        // First, where the entry may be from now on.
        let is_new = target.is_some_and(|target| !known.has(target));
        let mut noted = known.clone();
        if is_new || mark {
            noted.expires = expires.filter(|_| known.partitions.is_empty());
            noted.partitions.extend(target.filter(|_| is_new).map(str::to_owned));
            self.note(fence, place, &noted, Belief::Stored(kept), &mut cost).await?;
        }
        if let Some(entry) = &new {
            let place = Place { partition: &entry.partition, id: &id };
            let belief = if is_new { Belief::Stored(None) } else { Belief::Unknown };
            fence.write(place, &entry.body, &entry.index, belief, &mut cost).await?;
        }
        for old in known.partitions.iter().filter(|old| Some(old.as_str()) != target) {
            let place = Place { partition: old, id: &id };
            fence.write(place, &lasting(KEPT), &Map::new(), Belief::Unknown, &mut cost).await?;
        }
        let now = Known { partitions: target.into_iter().map(str::to_owned).collect(), expires };
        if now != noted {
            self.note(fence, place, &now, Belief::Unknown, &mut cost).await?;
        }
        Ok(cost)
    }

    /// Writes where the entry of an item may be.
    async fn note(
        &self,
        fence: &Fence,
        place: Place<'_>,
        known: &Known,
        belief: Belief,
        cost: &mut Cost,
    ) -> Result<()> {
        let mut index = Map::new();
        index.insert(PARTITIONS.to_owned(), json!(known.partitions));
        let mut body = Map::new();
        if known.partitions.is_empty() {
            body = lasting(KEPT);
        } else if let Some(expires) = known.expires {
            index.insert(EXPIRES.to_owned(), json!(expires));
            body = lasting(Duration::from_secs(left(expires)) + KEPT);
        }
        fence.write(place, &body, &index, belief, cost).await
    }

    /// Returns whether the entity of an item has a key on the index.
    fn may_have(&self, change: &Change) -> bool {
        let entity = change.tag.as_deref().and_then(|tag| self.table.entity(tag));
        entity
            .is_none_or(|entity| entity.indexes.iter().any(|key| key.index.name == self.index.name))
    }

    /// Returns the entry of an item, if it is in the index.
    fn entry(&self, change: &Change) -> Option<Entry> {
        let document = change.document.as_ref()?;
        let partition = text(document, self.index.pk)?.to_owned();
        text(document, self.index.sk)?;
        let projected = self.projected();
        let is_in = |name: &String| {
            let Some(attribute) = names::attribute(name.as_str().into()) else { return false };
            projected.as_ref().is_none_or(|all| all.iter().any(|one| *one == attribute))
        };
        let mut body: Map<_, _> = document
            .iter()
            .filter(|(name, _)| is_in(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if let Some(expires) = self.expires(document) {
            body.insert("ttl".to_owned(), json!(left(expires)));
        }
        let mut index = Map::new();
        if let Some(etag) = document.get("_etag") {
            index.insert(SOURCE.to_owned(), etag.clone());
        }
        Some(Entry { partition, body, index })
    }

    /// Returns the attributes of an entry; `None` if it has all of the item's.
    fn projected(&self) -> Option<Vec<&'static str>> {
        let keys = [self.table.pk, self.table.sk, self.index.pk, self.index.sk];
        Some(self.table.projected(self.index)?.into_iter().chain(keys).collect())
    }

    fn expires(&self, document: &Map<String, Value>) -> Option<i64> {
        document.get(&*names::stored(self.table.ttl))?.as_i64()
    }
}

/// An entry of an index.
struct Entry {
    partition: String,
    body: Map<String, Value>,
    index: Map<String, Value>,
}

/// Returns a document of nothing but a time to live.
fn lasting(time: Duration) -> Map<String, Value> {
    let seconds = time.as_secs().min(i32::MAX.unsigned_abs().into());
    [("ttl".to_owned(), json!(seconds))].into_iter().collect()
}

/// Returns the seconds until a time, at least one.
fn left(expires: i64) -> u64 {
    expires.saturating_sub(now()).clamp(1, i32::MAX.into()).unsigned_abs()
}
