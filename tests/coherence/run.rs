//! Random writes of one entity.

use crate::case::Case;
use crate::check::{self, Partition};
use crate::entities::Zoo;
use crate::plan::{Expected, Kind, Plan, is_taken};
use fastrand::Rng;
use monotable::prelude::*;
use monotable::request::PrimaryKey;
use monotable::schema::EntityDef;
use monotable::{CrossPartitionTransactions, Error, Result};
use monotable_tests::Store;
use std::collections::{BTreeMap, BTreeSet};

/// The model: the entities that must be stored.
pub type Model<E> = BTreeMap<PrimaryKey, E>;

/// The whole table is compared each time after this number of steps.
const WHOLE: usize = 100;

struct Run<'a, E, B: Store> {
    zoo: &'a Table<Zoo, B>,
    random: Rng,
    model: Model<E>,
    /// Earlier states of the items.
    past: Model<E>,
    /// Every partition that a write has written to, or would have written to.
    known: BTreeSet<Partition>,
    /// Whether transactions and moves are sent.
    is_whole: bool,
    done: usize,
    refused: usize,
}

pub fn key<E: Case>(entity: &E) -> PrimaryKey {
    entity.primary_key().render().unwrap()
}

pub async fn run<E: Case, B: Store + CrossPartitionTransactions>(
    zoo: &Table<Zoo, B>,
    steps: usize,
    seed: u64,
    is_whole: bool,
) {
    if !is_whole && !is_portable(E::DEF) {
        return;
    }
    let random = Rng::with_seed(seed);
    let (model, past, known) = (Model::new(), Model::new(), BTreeSet::new());
    let mut run: Run<'_, E, B> =
        Run { zoo, random, model, past, known, is_whole, done: 0, refused: 0 };
    for step in 1..=steps {
        let (what, touched) = run.step().await;
        let what = format!("step {step}: {what}");
        run.check(&touched, &what).await;
        if step % WHOLE == 0 || step == steps {
            check::contents(zoo.backend(), &run.model, &run.known, &what).await;
        }
    }
    let least = steps / 10;
    let Run { done, refused, .. } = run;
    assert!(done > least && refused > least, "{done} of {steps} steps were done: a poor run");
}

impl<E: Case, B: Store + CrossPartitionTransactions> Run<'_, E, B> {
    /// Makes one step. Returns a description of it, and the items that it was about.
    async fn step(&mut self) -> (String, BTreeSet<PrimaryKey>) {
        match self.random.u8(0..100) {
            0..12 => self.rewrite().await,
            12..27 if self.is_whole => self.transaction().await,
            _ => {
                let plan = self.plan();
                let mut after = self.model.clone();
                let expected = plan.apply(&mut after);
                let result = plan.send(self.zoo).await;
                let what = format!("{plan:?} was to be {expected:?}, and came to {result:?}");
                let touched = plan.keys().into_iter().collect();
                self.settle(expected, result, after, &touched, &what).await;
                (what, touched)
            }
        }
    }

    fn plan(&mut self) -> Plan<E> {
        let kinds = [
            (Kind::Put, 16),
            (Kind::Create, 16),
            (Kind::Blind, 24),
            (Kind::Loaded, 30),
            (Kind::Delete, 7),
            (Kind::Move, 7),
        ];
        let mut left = self.random.u8(0..100);
        let kind = kinds.iter().find(|(_, share)| match left.checked_sub(*share) {
            Some(less) => {
                left = less;
                false
            }
            None => true,
        });
        let kind = kind.map(|(kind, _)| *kind);
        let kind = kind.filter(|kind| self.is_whole || *kind != Kind::Move).unwrap_or(Kind::Loaded);
        let mut draft = E::random(&mut self.random);
        let mut memory = self.memory(key(&draft));
        match kind {
            // The key is that of the loaded entity, or another one.
            Kind::Put => draft = draft.with_version(memory.version()),
            Kind::Move => {
                let old = self.random.usize(..self.model.len().max(1));
                let old = self.model.keys().nth(old).cloned();
                memory = self.memory(old.unwrap_or_else(|| key(&draft)));
                while key(&memory) == key(&draft) {
                    draft = E::random(&mut self.random);
                }
            }
            _ => {}
        }
        self.know(&draft);
        Plan { kind, draft, memory, seed: self.random.u64(..) }
    }

    /// Returns an entity in memory. In most cases it is the same as the stored one. Otherwise it is
    /// an earlier state, or was never stored.
    fn memory(&mut self, at: PrimaryKey) -> E {
        let (stored, past) = (self.model.get(&at), self.past.get(&at));
        let chosen = match self.random.u8(0..10) {
            0..6 => stored.or(past),
            6..9 => past.or(stored),
            _ => None,
        };
        if let Some(chosen) = chosen {
            return chosen.clone();
        }
        loop {
            let made_up = E::random(&mut self.random);
            if key(&made_up) == at {
                return made_up;
            }
        }
    }

    /// Sends several writes, of different items, in one transaction.
    async fn transaction(&mut self) -> (String, BTreeSet<PrimaryKey>) {
        let mut plans: Vec<Plan<E>> = Vec::new();
        let mut touched = BTreeSet::new();
        for _ in 0..self.random.usize(1..4) {
            let plan = self.plan();
            if plan.keys().iter().all(|key| !touched.contains(key)) {
                touched.extend(plan.keys());
                plans.push(plan);
            }
        }
        let mut after = self.model.clone();
        let all: Vec<Expected> =
            plans.iter().map(|plan| plan.apply_in_transaction(&mut after)).collect();
        let has_taken = after.iter().any(|(key, entity)| is_taken(&after, entity, &[key]));
        let expected = if all.contains(&Expected::Refused) || has_taken {
            Expected::Refused
        } else if all.contains(&Expected::Either) || !E::DEF.rules.unique.is_empty() {
            // Two writes of the same guard are refused, although they would be possible one after
            // the other.
            Expected::Either
        } else {
            Expected::Done
        };
        let transaction = self.zoo.transaction();
        let transaction = plans.iter().fold(transaction, |all, plan| plan.add(all));
        let result = transaction.send().await;
        let what = format!("{plans:?} were to be {expected:?}, and came to {result:?}");
        self.settle(expected, result, after, &touched, &what).await;
        (what, touched)
    }

    /// Changes an item with `update_with`.
    async fn rewrite(&mut self) -> (String, BTreeSet<PrimaryKey>) {
        let (draft, seed) = (E::random(&mut self.random), self.random.u64(..));
        let at = key(&draft);
        let mut after = self.model.clone();
        let expected = match after.get_mut(&at) {
            None => Expected::Refused,
            Some(entity) => {
                draft.change(entity, &mut Rng::with_seed(seed));
                let is_taken = is_taken(&self.model, entity, &[&at]);
                if is_taken { Expected::Refused } else { Expected::Done }
            }
        };
        let change = |entity: &mut E| draft.change(entity, &mut Rng::with_seed(seed));
        let result = draft.primary_key().update_with(change).send(self.zoo).await;
        let what = format!("update_with {draft:?} was to be {expected:?}, came to {result:?}");
        let touched = BTreeSet::from([at]);
        self.settle(expected, result.map(drop), after, &touched, &what).await;
        (what, touched)
    }

    /// Brings the model up to date after a step.
    async fn settle(
        &mut self,
        expected: Expected,
        result: Result<()>,
        mut after: Model<E>,
        touched: &BTreeSet<PrimaryKey>,
        what: &str,
    ) {
        if let Err(error) = result {
            assert!(expected != Expected::Done && is_refusal(&error), "{what}");
            self.refused += 1;
            return;
        }
        assert!(expected != Expected::Refused, "{what}");
        self.done += 1;
        for at in touched {
            if let Some(before) = self.model.get(at) {
                self.past.insert(at.clone(), before.clone());
            }
            let Some(wanted) = after.get_mut(at) else { continue };
            self.know(wanted);
            // The next loaded entity has the version that this write has stored.
            if E::DEF.rules.version.is_some() {
                let get = wanted.primary_key().get().consistent();
                let stored = get.send(self.zoo).await.unwrap().expect(what);
                let before = self.model.get(at);
                if before.is_none_or(|before| before != wanted) {
                    assert!(stored.version() > wanted.version(), "{what}");
                }
                assert_eq!(stored, wanted.clone().with_version(stored.version()), "{what}");
                *wanted = stored;
            }
        }
        self.model = after;
    }

    fn know(&mut self, entity: &E) {
        self.known.extend(check::partitions(self.zoo.backend(), entity));
    }

    /// Checks the items, and the partitions that they are in or were in.
    async fn check(&self, touched: &BTreeSet<PrimaryKey>, step: &str) {
        let backend = self.zoo.backend();
        let mut partitions = BTreeSet::new();
        for at in touched {
            check::item(backend, &self.model, at, step).await;
            for entity in [self.model.get(at), self.past.get(at)].into_iter().flatten() {
                partitions.extend(check::partitions(backend, entity));
            }
        }
        // Guards are in partitions of their own. The test checks them by trying which unique values
        // are taken.
        check::contents(backend, &self.model, &partitions, step).await;
    }
}

/// Returns whether an entity needs neither transactions across partitions nor indexes of attributes.
fn is_portable(entity: &EntityDef) -> bool {
    entity.rules.unique.is_empty()
        && !entity.indexes.iter().any(|on| check::is_of_attributes(on.index))
}

/// Returns whether an error refuses a write because of the stored items.
fn is_refusal(error: &Error) -> bool {
    let is_one = |error: &Error| {
        error.is_stale()
            || error.is_conflict()
            || error.is_condition_failed()
            || error.is_not_found()
            || error.is_unique_violation()
    };
    // Two writes of the same guard in a transaction are refused before it is sent.
    let by_reason = error.is_cancelled() && error.reasons().iter().flatten().all(is_one);
    is_one(error) || by_reason || error.to_string().contains("twice: a transaction")
}
