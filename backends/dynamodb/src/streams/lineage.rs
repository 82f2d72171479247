//! Which shards of a stream are to be read, so that parents are read before their children.
//!
//! A shard is a part of the stream. When DynamoDB splits a partition of the table, and some hours later in any case, the shard
//! is closed, and others follow it, which name it as their parent. The changes of an item are in one shard at a time. Shards are
//! no longer listed when all of their records are older than 24 hours.

use super::position::Place;
use std::collections::{HashMap, HashSet};

/// A shard as the stream lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) parent: Option<String>,
    /// Whether nothing is added to it any more.
    pub(super) is_closed: bool,
}

/// How long DynamoDB keeps a record, in seconds.
const KEPT: i64 = 24 * 60 * 60;

/// The shards to read from the oldest record on: those whose parents are not listed.
pub(super) fn oldest(listed: &[Listed], now: i64) -> Vec<(String, Place)> {
    let mut shards = Vec::new();
    follow(&mut shards, listed, now);
    shards
}

/// The shards to read from now on: those that are open, and closed ones whose children are not listed yet.
pub(super) fn newest(listed: &[Listed], now: i64) -> Vec<(String, Place)> {
    let parents: HashSet<_> = listed.iter().filter_map(|it| it.parent.as_deref()).collect();
    let last = listed.iter().filter(|it| !parents.contains(&*it.id));
    let place = |closed| if closed { Place::Ended } else { Place::Since(now) };
    last.map(|it| (it.id.clone(), place(it.is_closed))).collect()
}

/// Adds the shards that can be read now. A shard that was read to its end is replaced by its children.
pub(super) fn follow(shards: &mut Vec<(String, Place)>, listed: &[Listed], now: i64) {
    let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
    for it in listed {
        if let Some(parent) = &it.parent {
            children.entry(parent).or_default().push(&it.id);
        }
    }
    let parents: HashMap<_, _> = listed.iter().map(|it| (&*it.id, it.parent.as_deref())).collect();
    let mut known: HashSet<String> = shards.iter().map(|(id, _)| id.clone()).collect();
    let ended: Vec<_> = shards
        .iter()
        .filter(|(_, place)| *place == Place::Ended)
        .map(|(id, _)| id.clone())
        .collect();
    for parent in ended {
        let Some(children) = children.get(&*parent) else { continue };
        shards.retain(|(id, _)| *id != parent);
        for child in children {
            if known.insert((*child).to_owned()) {
                shards.push(((*child).to_owned(), Place::Child));
            }
        }
    }
    // Shards before one that is known were read.
    let mut read: HashSet<&str> = HashSet::new();
    for id in &known {
        let mut parent = parents.get(&**id).copied().flatten();
        while let Some(it) = parent
            && read.insert(it)
        {
            parent = parents.get(it).copied().flatten();
        }
    }
    for it in listed.iter().filter(|it| !known.contains(&it.id) && !read.contains(&*it.id)) {
        let place = match it.parent.as_deref() {
            // Another child of the parent was listed before this one.
            Some(parent) if read.contains(parent) => Place::Child,
            // It follows its parent.
            Some(parent) if known.contains(parent) || parents.contains_key(parent) => continue,
            _ => Place::Oldest(now),
        };
        shards.push((it.id.clone(), place));
    }
}

/// Returns a shard of a stored position of which records may be lost, because they are no longer kept.
pub(super) fn lost<'a>(
    shards: &'a [(String, Place)],
    listed: &[Listed],
    now: i64,
) -> Option<&'a str> {
    let is_listed = |id: &str| listed.iter().any(|it| it.id == id);
    let is_lost = |(id, place): &&(String, Place)| match place {
        // The first records of its children were written when its own ended. Those are gone.
        Place::Ended => !is_listed(id),
        // That records after a sequence number are lost is what DynamoDB says when the shard is read.
        Place::After(_) => !is_listed(id),
        Place::Oldest(since) | Place::Since(since) => {
            !is_listed(id) || now.saturating_sub(*since) >= KEPT
        }
        // Its first records were written when those of its parent ended.
        Place::Child => {
            !listed.iter().any(|it| it.id == *id && it.parent.as_deref().is_none_or(is_listed))
        }
    };
    shards.iter().find(is_lost).map(|(id, _)| &**id)
}

#[cfg(test)]
mod tests;
