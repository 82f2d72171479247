//! A random write and its expected outcome.

use crate::case::Case;
use crate::entities::Zoo;
use crate::run::{Model, key};
use fastrand::Rng;
use monotable::field::role::{ByKey, Loaded};
use monotable::prelude::*;
use monotable::request::PrimaryKey;
use monotable::{CrossPartitionTransactions, Delete, Move, Put, Result, Transaction, Update};
use monotable_tests::Store;

/// A write that can be part of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Put,
    Create,
    Blind,
    Loaded,
    Delete,
    Move,
}

/// The expected outcome of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Done,
    Refused,
    /// The entity in memory differs from the stored one: the write may be refused, and must not
    /// make an index stale.
    Either,
}

#[derive(Debug, Clone)]
pub struct Plan<E> {
    pub kind: Kind,
    /// The new values. They include the key of a put, a create or a write by key, and the target of
    /// a move.
    pub draft: E,
    /// The entity in memory, for writes of a loaded entity.
    pub memory: E,
    /// Decides which of the new values are used.
    pub seed: u64,
}

/// Builds the request of a plan.
enum Request<'a, E: Entity> {
    Put(Put<'a, E>),
    Create(monotable::Create<'a, E>),
    Blind(Update<E, ByKey>),
    Loaded(Update<E, Loaded<'a, E>>),
    Delete(Delete<E>),
    Move(Move<'a, E>),
}

impl<E: Case> Plan<E> {
    /// Returns the items that the write is about.
    pub fn keys(&self) -> Vec<PrimaryKey> {
        match self.kind {
            Kind::Move => vec![key(&self.memory), key(&self.draft)],
            Kind::Loaded | Kind::Delete => vec![key(&self.memory)],
            Kind::Put | Kind::Create | Kind::Blind => vec![key(&self.draft)],
        }
    }

    fn request(&self) -> Request<'_, E> {
        let (Plan { draft, memory, .. }, mut random) = (self, Rng::with_seed(self.seed));
        // `apply` computes the expected entity.
        let mut to = draft.clone();
        match self.kind {
            Kind::Put => match draft.try_put() {
                Some(put) => Request::Put(put),
                None => Request::Create(draft.create()),
            },
            Kind::Create => Request::Create(draft.create()),
            Kind::Blind => Request::Blind(draft.blind(&mut to, &mut random)),
            Kind::Loaded => Request::Loaded(draft.loaded(memory, &mut to, &mut random)),
            Kind::Delete => Request::Delete(memory.delete()),
            Kind::Move => Request::Move(memory.move_to(draft)),
        }
    }

    pub async fn send<B: Store + CrossPartitionTransactions>(
        &self,
        zoo: &Table<Zoo, B>,
    ) -> Result<()> {
        match self.request() {
            Request::Put(put) => put.send(zoo).await,
            Request::Create(create) => create.send(zoo).await,
            Request::Blind(update) => update.send(zoo).await,
            Request::Loaded(update) => update.send(zoo).await,
            Request::Delete(delete) => delete.send(zoo).await,
            Request::Move(to) => to.send(zoo).await,
        }
    }

    pub fn add<B: Store>(&self, to: Transaction<Zoo, B>) -> Transaction<Zoo, B> {
        match self.request() {
            Request::Put(put) => to.add(put),
            Request::Create(create) => to.add(create),
            Request::Blind(update) => to.add(update),
            Request::Loaded(update) => to.add(update),
            Request::Delete(delete) => to.add(delete),
            Request::Move(by) => to.add(by),
        }
    }

    /// Makes the same change in the model as the write makes in the store.
    pub fn apply(&self, model: &mut Model<E>) -> Expected {
        self.apply_with(model, is_taken)
    }

    /// Makes the same change in the model as the write in a transaction. Another write of it may give up the
    /// unique values that this one takes, so these are to be compared after all writes.
    pub fn apply_in_transaction(&self, model: &mut Model<E>) -> Expected {
        self.apply_with(model, |_, _, _| false)
    }

    fn apply_with(
        &self,
        model: &mut Model<E>,
        is_taken: fn(&Model<E>, &E, &[&PrimaryKey]) -> bool,
    ) -> Expected {
        use Expected::{Done, Either, Refused};
        let (Plan { draft, memory, .. }, mut random) = (self, Rng::with_seed(self.seed));
        let (is_locked, is_guarded) =
            (E::DEF.rules.version.is_some(), !E::DEF.rules.unique.is_empty());
        let (new_key, old_key) = (key(draft), key(memory));
        let stored = model.get(&new_key).cloned();
        let loaded = model.get(&old_key).cloned();
        let same_version =
            |of: &E, stored: &Option<E>| of.version() == stored.as_ref().map_or(0, E::version);
        let is_fresh = loaded.as_ref() == Some(memory);
        match self.kind {
            Kind::Put if draft.try_put().is_some() => {
                if !same_version(draft, &stored) {
                    return Refused;
                }
                model.insert(new_key, draft.clone());
                Done
            }
            Kind::Put | Kind::Create => {
                if stored.is_some() || is_taken(model, draft, &[&new_key]) {
                    return Refused;
                }
                model.insert(new_key, draft.clone());
                Done
            }
            Kind::Blind => {
                let Some(mut new) = stored else { return Refused };
                let _ = draft.blind(&mut new, &mut random);
                model.insert(new_key, new);
                Done
            }
            Kind::Loaded => {
                let Some(mut new) = loaded.clone() else { return Refused };
                if is_locked && !same_version(memory, &loaded) {
                    return Refused;
                }
                let _ = draft.loaded(memory, &mut new, &mut random);
                if is_taken(model, &new, &[&old_key]) {
                    return Refused;
                }
                model.insert(old_key, new);
                if is_fresh { Done } else { Either }
            }
            Kind::Delete => {
                if is_locked && !same_version(memory, &loaded) || is_guarded && loaded.is_none() {
                    return Refused;
                }
                model.remove(&old_key);
                if is_fresh || !is_guarded { Done } else { Either }
            }
            Kind::Move => {
                // The stored item must be the same as the one in memory.
                if !is_fresh || stored.is_some() || is_taken(model, draft, &[&old_key, &new_key]) {
                    return Refused;
                }
                model.remove(&old_key);
                model.insert(new_key, draft.clone());
                Done
            }
        }
    }
}

/// Returns whether another item has one of the unique values.
pub fn is_taken<E: Case>(model: &Model<E>, of: &E, but: &[&PrimaryKey]) -> bool {
    let wanted = of.unique();
    let others = model.iter().filter(|(key, _)| !but.contains(key));
    others.flat_map(|(_, other)| other.unique()).any(|taken| wanted.contains(&taken))
}
